"""What commands that bring many rows in share: a bar, and stopping at the end of a batch."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

import click

from portal.cli.words import _

Advance = Callable[..., None]


@dataclass
class Stop:
    """Whether somebody asked to stop: the second time the command ends at once."""

    times: int = 0

    def asked(self) -> bool:
        return self.times > 0

    def ask(self, number: int, frame: FrameType | None) -> None:
        self.times += 1
        if self.times > 1:
            raise KeyboardInterrupt
        click.echo(_("Đang ghi nốt phần đang làm rồi dừng…"), err=True)


@contextmanager
def stop_at_a_batch() -> Iterator[Stop]:
    """Ctrl+C and SIGTERM let the batch under way be committed."""
    stop = Stop()
    before = {number: signal.signal(number, stop.ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def progress(total: int, *, rate: str) -> Iterator[Advance]:
    """A bar on a terminal, nothing where nobody looks; `rate`: words with `${rate}` rows a second.

    Yields `advance(refused=, doubtful=)`, to be called after each row with the sums so far.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(TextColumn):
        def render(self, task: Task) -> Text:
            return Text(rate.replace("${rate}", str(round(task.speed or 0))))

    console = Console(stderr=True)
    counters = _("từ chối {task.fields[refused]}, còn ngờ {task.fields[doubtful]}")
    columns = (BarColumn(), MofNCompleteColumn(), Rate(""), TextColumn(counters), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total, refused=0, doubtful=0)
        yield lambda **counted: bar.update(task, advance=1, **counted)
