"""`portal notices akn`: documents to and from Akoma Ntoso 3.0 files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal.cli.instance import Instance
from portal.cli.words import _, say
from portal.errors import NotFound, PortalError
from portal.errors import _ as N_

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.notices.models import Notice

_FILES = click.argument(
    "files", metavar=_("TỆP…"), nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)


class NoSuchNotice(NotFound):
    """No published document has this number or identity."""

    def __init__(self, name: str) -> None:
        super().__init__(N_("Cổng không có văn bản đã công bố nào là “${name}”.", mapping={"name": name}))


class NothingAsked(PortalError):
    """The command was not told which documents to write, or where."""

    message = N_("Hãy chọn --all, --uid hoặc --number; với --all, đích phải là một thư mục chứ không phải “-”.")


@click.group(help=_("Xuất, nhập, kiểm tra văn bản theo chuẩn Akoma Ntoso 3.0."))
def akn() -> None:
    pass


@akn.command(help=_("Xuất văn bản đã công bố thành tệp .akn.xml trong THƯ MỤC, hoặc ra màn hình nếu đích là “-”."))
@click.argument("target", metavar=_("THƯ MỤC|-"))
@click.option("--all", "everything", is_flag=True, help=_("Mọi văn bản đã công bố."))
@click.option("--uid", help=_("Văn bản mang mã định danh này."))
@click.option("--number", help=_("Văn bản mang số, ký hiệu này."))
@click.pass_obj
def export(instance: Instance, /, target: str, everything: bool, uid: str | None, number: str | None) -> None:
    from portal.notices.akn import published

    if not (everything or uid or number) or (everything and target == "-"):
        raise NothingAsked
    base = instance.settings.address.rstrip("/")
    count = 0
    with instance.reading() as db:
        for notice in _wanted(db, everything, uid, number):
            content = published.export(db, notice, base=base)
            if target == "-":
                click.echo(content, nl=False)
            else:
                folder = Path(target)
                folder.mkdir(parents=True, exist_ok=True)
                (folder / published.file_name(notice)).write_bytes(content)
            count += 1
    if target != "-":
        click.echo(_("Đã xuất ${n} văn bản vào ${folder}.", {"n": count, "folder": target}))


def _wanted(db: "Session", everything: bool, uid: str | None, number: str | None) -> Iterator["Notice"]:
    from portal.notices import queries
    from portal.notices.akn import published

    if everything:
        yield from published.all_published(db)
        return
    found = queries.by_number(db, number) if number else _of_uid(db, uid or "")
    if not found:
        raise NoSuchNotice(number or uid or "")
    yield from found


def _of_uid(db: "Session", uid: str) -> list["Notice"]:
    from uuid import UUID

    from portal.notices import queries
    from portal.notices.kind import NAME
    from portal.publishing import queries as items
    from portal.publishing.models import State

    try:
        item = items.item_by_uid(db, UUID(uid))
    except ValueError:
        return []
    live = items.live_edition(db, item) if item is not None and item.kind == NAME else None
    return [queries.of_edition(db, live)] if live is not None and live.state == State.PUBLISHED else []


@akn.command("import", help=_("Nhập tệp Akoma Ntoso thành bản nháp. Văn bản đã nhập trước đó không nhập lại."))
@_FILES
@click.option("--unit", help=_("Mã hoặc tên đơn vị quản lý các văn bản; mặc định là cơ quan của cổng."))
@click.option("--origin", help=_("Nơi văn bản được công bố lần đầu; mặc định là tên miền của cổng."))
@click.pass_obj
def import_akn(instance: Instance, /, files: tuple[Path, ...], unit: str | None, origin: str | None) -> None:
    from portal import clock
    from portal.cli.people import unit_named
    from portal.notices.akn.bringing import bring_in

    refused = 0
    for file in files:
        with _told(file) as outcome, instance.session() as db:
            brought = bring_in(
                db,
                file.read_bytes(),
                unit=unit_named(db, instance, unit),
                origin=origin or instance.settings.origin,
                at=clock.now(),
            )
            done = _("bản nháp mới") if brought.is_new else _("đã có từ trước")
            click.echo(f"{file}: {done} ({brought.item.uid})")
            for note in brought.notes:
                click.echo(f"  {say(note)}")
        refused += len(outcome)
    if refused:
        raise SystemExit(2)


@akn.command(help=_("Kiểm tra tệp: đọc được không, và đúng lược đồ của chuẩn không nếu có --schema."))
@_FILES
@click.option(
    "--schema",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=_("Đường dẫn tới akomantoso30.xsd của OASIS (xml.xsd ở cùng thư mục)."),
)
def check(files: tuple[Path, ...], schema: Path | None) -> None:
    from portal.notices.akn import arrived
    from portal.notices.akn.checking import Schema

    rules = Schema(schema) if schema else None
    wrong = 0
    for file in files:
        with _told(file) as outcome:
            content = file.read_bytes()
            found = arrived(content)
            problems = rules.problems(content) if rules else []
            told = _("đọc được, hợp lệ") if rules and not problems else _("đọc được")
            click.echo(f"{file}: {told if not problems else _('sai lược đồ')}")
            for line in [*problems, *(say(note) for note in found.notes)]:
                click.echo(f"  {line}")
            wrong += bool(problems)
        wrong += len(outcome)
    if wrong:
        raise SystemExit(2)


@contextmanager
def _told(file: Path) -> Iterator[list[str]]:
    """A file that cannot be read is one line on stderr, and the next one gets its turn."""
    refused: list[str] = []
    try:
        yield refused
    except PortalError as error:
        refused.append(say(error.message))
        click.echo(f"{file}: {refused[0]}", err=True)
