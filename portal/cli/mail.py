"""`portal mail`: what became of letters, whether intent and effect agree, and sending again."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import click

from portal.cli.instance import Instance
from portal.cli.words import _, say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.mail import Mail


@click.group(help=_("Thư điện tử: xem, đối chiếu, gửi lại."))
def mail() -> None:
    pass


@mail.command(help=_("Máy chủ thư và số thư theo tình trạng."))
@click.pass_obj
def status(instance: Instance) -> None:
    from portal.mail import State, queries
    from portal.mail.server import server_of

    server = server_of(instance.settings)
    click.echo(
        _("Máy chủ: ${server}", {"server": str(server)}) if server else _("Chưa có máy chủ thư; thư được giữ lại.")
    )
    with instance.reading() as db:
        overview = queries.overview(db)
    names = {
        State.WAITING: _("chờ gửi"),
        State.SENT: _("đã gửi"),
        State.FAILED: _("không gửi được"),
        State.KEPT: _("giữ lại"),
    }
    click.echo(", ".join(f"{name} {overview.counts[state]}" for state, name in names.items()))
    if overview.oldest:
        click.echo(_("Thư chờ lâu nhất: từ ${when}", {"when": _shown(overview.oldest)}))
    if overview.last_sent_at:
        click.echo(_("Gửi được lần cuối: ${when}", {"when": _shown(overview.last_sent_at)}))
    if overview.trouble:
        click.echo(_("Lần gửi gần nhất không thành: ${why}", {"why": overview.trouble}))


@mail.command(help=_("Đối chiếu thư phải gửi với thư đã gửi; in mọi chỗ lệch. Kết thúc với mã 1 nếu có."))
@click.option("--repair", is_flag=True, help=_("Tạo lại việc nền cho những thư đang chờ mà không còn việc nào gửi."))
@click.pass_obj
def verify(instance: Instance, repair: bool) -> None:
    from portal import clock
    from portal.mail import State, queries, reconciling

    if repair:
        with instance.session() as db:
            click.echo(_("${n} thư có việc nền mới.", {"n": reconciling.repair(db, clock.now())}))
    with instance.reading() as db:
        found = list(reconciling.differences(db, clock.now()))
        overview = queries.overview(db)
    for difference in found:
        click.echo(f"{difference.uid}: {say(difference.reason)}")
    counts = {"total": overview.total, **{state.value: overview.counts[state] for state in State}}
    click.echo(_("${total} thư = đã gửi ${sent} + chờ ${waiting} + không được ${failed} + giữ lại ${kept}", counts))
    click.echo(_("Số chỗ lệch: ${n}", {"n": len(found)}))
    raise SystemExit(1 if found else 0)


@mail.command(help=_("Gửi lại một thư, mọi thư không gửi được, hoặc mọi thư được giữ lại."))
@click.argument("uid", type=click.UUID, required=False)
@click.option("--failed", "which", flag_value="failed", help=_("Mọi thư không gửi được còn nội dung."))
@click.option("--kept", "which", flag_value="kept", help=_("Mọi thư được giữ lại."))
@click.pass_obj
def retry(instance: Instance, uid: UUID | None, which: str | None) -> None:
    from portal import clock
    from portal.mail import State, queries, service

    if (uid is None) == (which is None):
        raise click.UsageError(_("Hãy ghi mã của một thư, hoặc --failed, hoặc --kept."))
    with instance.session() as db:
        again = [_known(db, uid)] if uid else queries.to_retry(db, State(which or ""))
        for letter in again:
            service.retry(db, letter, by=None, at=clock.now())
    click.echo(_("${n} thư sẽ được gửi lại.", {"n": len(again)}))


@mail.command(help=_("In một thư: tình trạng và nội dung."))
@click.argument("uid", type=click.UUID)
@click.pass_obj
def show(instance: Instance, uid: UUID) -> None:
    with instance.reading() as db:
        letter = _known(db, uid)
        for name in ("uid", "key", "state", "tries", "unanswered", "created_at", "sent_at", "answer", "last_error"):
            value = getattr(letter, name)
            if value is not None:
                click.echo(f"{name}: {_shown(value) if isinstance(value, datetime) else value}")
        click.echo()
        click.echo(f"To: {letter.recipient}\nSubject: {letter.subject}\nMessage-ID: {letter.message_id or '–'}\n")
        click.echo(letter.body if letter.body is not None else _("(Nội dung đã được xóa theo thời hạn lưu.)"))


@mail.command("try", help=_("Gửi ngay một thư thử đến địa chỉ này, không qua hàng đợi."))
@click.argument("address")
@click.pass_obj
def try_out(instance: Instance, address: str) -> None:
    from portal import clock
    from portal.mail import address_of, smtp
    from portal.mail.letter import trial
    from portal.mail.server import server_of

    server = server_of(instance.settings)
    if server is None:
        raise click.UsageError(_("Chưa có máy chủ thư: hãy đặt khóa portal.mail_server."))
    recipient = address_of(address)
    subject, text = _("Thư thử từ ${name}", {"name": instance.settings.instance_name}), _("Cổng gửi được thư.")
    message = trial(recipient, subject, text, server, instance.settings, clock.now())
    try:
        answer = smtp.deliver(server, recipient, message)
    except smtp.Undelivered as failure:
        click.echo(_("Máy chủ không nhận thư: ${said}", {"said": failure.said}))
        raise SystemExit(1) from failure
    click.echo(_("Máy chủ đã nhận thư: ${said}", {"said": answer}))


def _known(db: "Session", uid: UUID) -> "Mail":
    from portal.mail import queries

    letter = queries.by_uid(db, uid)
    if letter is None:
        raise click.UsageError(_("Không có thư mang mã ${uid}.", {"uid": str(uid)}))
    return letter


def _shown(moment: datetime) -> str:
    from portal import clock

    return f"{clock.in_vietnam(moment):%d/%m/%Y %H:%M}"
