"""`portal search`: the index of this host: how it stands, whether it equals the database, building it anew."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from portal.cli.groups import Late, LateGroup
from portal.cli.instance import Instance
from portal.cli.words import _

if TYPE_CHECKING:
    from portal.search.host import Live, State
    from portal.search.verifying import Comparison, Difference

PATIENCE = 60.0
"""Seconds that `verify` waits for the indexer to read what was published before it was called."""


@click.group(
    cls=LateGroup,
    late={"score": Late("portal.cli.searching:score", _("Chấm chất lượng tìm kiếm trên một bộ câu hỏi có đáp án"))},
    help=_("Chỉ mục tìm kiếm của máy này."),
)
def search() -> None:
    pass


@search.command(help=_("Chỉ mục đang ở đâu so với cơ sở dữ liệu, tiến trình nào giữ nó."))
@click.pass_obj
def status(instance: Instance) -> None:
    with _index(instance) as live:
        for line in _told(live.state()):
            click.echo(line)


@search.command(
    short_help=_("So chỉ mục với cơ sở dữ liệu"),
    help=_(
        "So chỉ mục với cơ sở dữ liệu: mục nào thiếu, cũ hoặc thừa. Kết thúc với mã 1 nếu có chỗ khác. "
        "Cổng vẫn chạy trong lúc so."
    ),
)
@click.option("--repair", is_flag=True, help=_("Cho mọi máy đọc lại những mục khác, rồi so lại."))
@click.pass_obj
def verify(instance: Instance, repair: bool) -> None:
    from portal import clock
    from portal.search import verifying

    with _index(instance) as live:
        found = _compared(instance, live, catch_up=repair)
        _report(found)
        if repair and found.differences:
            with instance.session() as db:
                verifying.repair(db, found.differences, at=clock.now())
            found = _compared(instance, live, catch_up=True)
            click.echo(_("Sau khi sửa: ${n} chỗ khác.", {"n": len(found.differences)}))
    raise SystemExit(1 if found.differences else 0)


@search.command(
    short_help=_("Dựng lại chỉ mục bên cạnh chỉ mục đang dùng"),
    help=_(
        "Dựng lại chỉ mục bên cạnh chỉ mục đang dùng rồi thay nó trong một bước; cổng vẫn tìm được trong lúc ấy. "
        "Ctrl+C: dừng, chỉ mục đang dùng giữ nguyên."
    ),
)
@click.pass_obj
def rebuild(instance: Instance) -> None:
    import time

    from portal.search import rebuilding

    began = time.monotonic()
    with _index(instance) as live, _stoppable() as stop, _progress() as progress:
        try:
            rebuilding.rebuild(live.place, live.source, stop=stop.asked, progress=progress)
        except rebuilding.Stopped:
            click.echo(_("Đã dừng theo yêu cầu. Chỉ mục đang dùng giữ nguyên."), err=True)
            raise SystemExit(130) from None
        live.look_again()
        documents = live.state().documents or 0
    counts = {"n": documents, "seconds": f"{time.monotonic() - began:.1f}"}
    click.echo(_("Đã dựng xong chỉ mục ${n} tài liệu trong ${seconds} giây.", counts))


@contextmanager
def _index(instance: Instance) -> Iterator["Live"]:
    """The index of this host; an engine that is not there or a database that does not answer are told in a line."""
    from sqlalchemy.exc import OperationalError

    from portal.cli.instance import DatabaseUnreachable

    live: Live = instance.registry["portal.search"]
    live.place.engine()
    try:
        yield live
    except OperationalError as error:
        raise DatabaseUnreachable(" ".join(str(error.orig).split())) from error
    finally:
        live.close()


def _compared(instance: Instance, live: "Live", *, catch_up: bool) -> "Comparison":
    from portal.search import following, verifying

    if catch_up or not live.place.folder.lock("indexer").free:
        try:
            following.catch_up(instance.registry, patience=PATIENCE)
        except TimeoutError:
            click.echo(_("Tiến trình giữ chỉ mục không theo kịp: xem nhật ký của nó."), err=True)
    live.look_again()
    try:
        return verifying.verify(live.source, live)
    except verifying.NoIndex:
        remedy = _("Máy này chưa có chỉ mục đọc được. Hãy chạy: portal -c TỆP.ini search rebuild")
        click.echo(remedy, err=True)
        raise SystemExit(1) from None


def _report(found: "Comparison") -> None:
    for one in found.differences:
        click.echo(_line(one))
    counts = {"n": len(found.differences), "documents": found.documents}
    click.echo(_("${documents} mục công khai, ${n} chỗ khác.", counts))


def _line(one: "Difference") -> str:
    what = {"missing": _("thiếu"), "stale": _("cũ"), "left over": _("thừa")}[one.what]
    numbers = {"indexed": _number(one.indexed), "logged": _number(one.logged)}
    return _("${what}: ${uid} (${kind}); chỉ mục ${indexed}, cơ sở dữ liệu ${logged}", {
        "what": what, "uid": one.uid, "kind": one.kind or "?", **numbers,
    })  # fmt: skip


def _number(number: int | None) -> str:
    return "–" if number is None else f"#{number}"


def _told(state: "State") -> Iterator[str]:
    yield _("Bộ máy và phiên bản: ${engine}", {"engine": state.engine})
    if state.generation is None:
        yield _("Chưa có chỉ mục.")
    elif state.documents is None:
        yield _("Không đọc được chỉ mục ${name}.", {"name": state.generation})
    else:
        counts = {"name": state.generation, "documents": state.documents, "units": state.units}
        yield _("Chỉ mục ${name}: ${documents} tài liệu, ${units} đơn vị tìm kiếm", counts)
    yield _("Đã đọc đến thay đổi số ${cursor} trong ${last}; còn chờ ${waiting}", {
        "cursor": _number(state.cursor), "last": _number(state.last), "waiting": state.waiting or 0,
    })  # fmt: skip
    yield _keeper(state)
    if error := state.doing.get("error"):
        yield _("Lần nói cuối: ${error}", {"error": error})


def _keeper(state: "State") -> str:
    if not state.kept:
        return _("Không tiến trình nào trên máy này giữ chỉ mục: hãy chạy portal serve.")
    if state.doing.get("doing") == "building":
        counts = {"pid": state.doing["pid"], "done": state.doing["done"], "total": state.doing["total"]}
        return _("Tiến trình ${pid} đang dựng chỉ mục: ${done}/${total}", counts)
    return _("Tiến trình ${pid} giữ chỉ mục.", {"pid": state.doing.get("pid", "?")})


@dataclass
class _Stop:
    times: int = 0

    def asked(self) -> bool:
        return self.times > 0

    def ask(self, number: int, frame: Any) -> None:
        self.times += 1
        if self.times > 1:
            raise KeyboardInterrupt
        click.echo(_("Đang dừng…"), err=True)


@contextmanager
def _stoppable() -> Iterator[_Stop]:
    """Ctrl+C and SIGTERM end the build without harm; the second time at once."""
    stop = _Stop()
    before = {number: signal.signal(number, stop.ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, elsewhere a line now and then."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    with Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True,
        disable=not console.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)
            if not console.is_terminal and done % 10_000 == 0:
                click.echo(_("${done}/${total} tài liệu", {"done": done, "total": total}), err=True)

        yield advance
