"""`portal dossiers`: whether rows and logs agree, making rows anew, and how long personal data are kept."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from portal.cli.instance import Instance
from portal.cli.words import _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.dossiers.models import Dossier
    from portal.publishing.models import Item

BATCH = 200


@click.group(help=_("Hồ sơ: đối chiếu nhật ký, dựng lại, thời hạn giữ dữ liệu cá nhân."))
def dossiers() -> None:
    pass


@dossiers.command(
    help=_(
        "So mỗi hồ sơ với nhật ký sự kiện của nó, và kiểm chuỗi mã băm của nhật ký. In mọi chỗ lệch; kết thúc với mã 1 "
        "nếu có."
    )
)
@click.pass_obj
def verify(instance: Instance) -> None:
    from portal.dossiers.service import differences, log

    office = instance.registry["portal.dossiers"]
    seen = wrong = 0
    with instance.reading() as db:
        for dossier in _all(db):
            seen += 1
            told = [
                _("cột ${name}: hàng có “${row}”, nhật ký có “${log}”", {"name": name, "row": row, "log": replayed})
                for name, (row, replayed) in differences(db, dossier, office).items()
            ]
            told += [
                _("sự kiện số ${n} không khớp chuỗi mã băm", {"n": number})
                for number in log.broken(dossier, log.rows_of(db, dossier))
            ]
            wrong += bool(told)
            for line in told:
                click.echo(f"{dossier.code}: {line}")
    if wrong:
        click.echo(_("${wrong} trên ${n} hồ sơ có chỗ lệch.", {"wrong": wrong, "n": seen}))
        raise SystemExit(1)
    click.echo(_("${n} hồ sơ khớp với nhật ký, 0 chỗ lệch.", {"n": seen}))


@dossiers.command(
    help=_(
        "Dựng lại các cột của hồ sơ từ nhật ký, chẳng hạn sau khi sửa lịch nghỉ. Không thêm sự kiện nào; người nộp "
        "không nhận thư."
    )
)
@click.argument("codes", metavar=_("[MÃ HỒ SƠ…]"), nargs=-1)
@click.option("--all", "every", is_flag=True, help=_("Mọi hồ sơ."))
@click.pass_obj
def rebuild(instance: Instance, codes: tuple[str, ...], every: bool) -> None:
    from portal.dossiers import queries
    from portal.dossiers.service import rebuild as build

    if bool(codes) == every:
        raise click.UsageError(_("Hãy ghi mã hồ sơ, hoặc --all cho mọi hồ sơ."))
    office = instance.registry["portal.dossiers"]
    seen = changed = 0
    with instance.session() as db:
        for code in codes:
            found = queries.by_code(db, code)
            if found is None:
                raise click.UsageError(_("Không có hồ sơ ${code}.", {"code": code}))
            seen, changed = seen + 1, changed + build(db, found, office)
    for ids in _batches(instance) if every else ():
        with instance.session() as db:
            for dossier in _of(db, ids):
                seen, changed = seen + 1, changed + build(db, dossier, office)
    click.echo(_("Đã xem ${n} hồ sơ, dựng lại ${changed}.", {"n": seen, "changed": changed}))


@dossiers.command(
    help=_(
        "Liệt kê hồ sơ đã hết thời hạn giữ dữ liệu cá nhân; với --apply thì xóa dữ liệu cá nhân của chúng. Việc nền "
        "cũng làm việc này mỗi giờ."
    )
)
@click.option("--apply", "really", is_flag=True, help=_("Xóa thật; không hoàn lại được."))
@click.pass_obj
def retention(instance: Instance, really: bool) -> None:
    from portal import clock
    from portal.dossiers.service import anonymise_due, planned

    office, at = instance.registry["portal.dossiers"], clock.now()
    if not really:
        with instance.reading() as db:
            due = planned(db, at=at)
            for one in due:
                ended = {"day": one.ended_on.isoformat(), "months": one.months}
                click.echo(f"{one.dossier.code}: " + _("kết thúc ${day}, giữ ${months} tháng", ended))
            click.echo(_("${n} hồ sơ đã hết thời hạn. Thêm --apply để xóa.", {"n": len(due)}))
        return
    total = 0
    while True:
        with instance.session() as db:
            gone = anonymise_due(db, office, at=at, limit=BATCH)
        if not gone:
            break
        total += gone
    click.echo(_("Đã xóa dữ liệu cá nhân của ${n} hồ sơ.", {"n": total}))


@dossiers.command(
    help=_(
        "Đặt số tháng giữ dữ liệu cá nhân sau khi hồ sơ của một thủ tục kết thúc; 0: giữ đến khi có quyết định khác."
    )
)
@click.argument("procedure", metavar=_("MÃ_THỦ_TỤC"))
@click.argument("months", metavar=_("SỐ_THÁNG"), type=click.IntRange(0, 1200))
@click.pass_obj
def keep(instance: Instance, procedure: str, months: int) -> None:
    from portal import audit, clock
    from portal.dossiers.service import set_rule

    with instance.session() as db:
        item = _procedure(db, procedure)
        set_rule(db, item, months or None)
        audit.record(db, None, "set retention", item, at=clock.now(), months=months or None)
    if months:
        click.echo(_("Dữ liệu cá nhân của thủ tục ${code} được giữ ${n} tháng.", {"code": procedure, "n": months}))
    else:
        click.echo(_("Dữ liệu cá nhân của thủ tục ${code} được giữ không thời hạn.", {"code": procedure}))


def _procedure(db: "Session", code: str) -> "Item":
    from portal.catalogue import queries
    from portal.publishing.models import Edition

    found = queries.by_code(db, code)
    if found is None:
        raise click.UsageError(_("Không có thủ tục ${code}.", {"code": code}))
    return db.get_one(Edition, found.edition_id).item


def _all(db: "Session") -> "Iterator[Dossier]":
    """Every dossier, a batch in memory at a time."""
    from sqlalchemy import select

    from portal.dossiers.models import Dossier

    last = 0
    while True:
        query = select(Dossier).where(Dossier.id > last).order_by(Dossier.id).limit(BATCH)
        found = list(db.scalars(query))
        if not found:
            return
        yield from found
        last = found[-1].id
        db.expunge_all()


def _batches(instance: Instance) -> Iterator[list[int]]:
    """The ids of all dossiers, some at a time, so that no writer waits long."""
    from sqlalchemy import select

    from portal.dossiers.models import Dossier

    last = 0
    while True:
        with instance.reading() as db:
            query = select(Dossier.id).where(Dossier.id > last).order_by(Dossier.id).limit(BATCH)
            found = list(db.scalars(query))
        if not found:
            return
        yield found
        last = found[-1]


def _of(db: "Session", ids: list[int]) -> "list[Dossier]":
    from sqlalchemy import select

    from portal.dossiers.models import Dossier

    return list(db.scalars(select(Dossier).where(Dossier.id.in_(ids)).order_by(Dossier.id)))
