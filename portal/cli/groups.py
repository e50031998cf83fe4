"""Click groups whose commands are modules that load only when asked for."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NamedTuple

import click

from portal.cli.words import _


class Late(NamedTuple):
    """Where a command lives (`package.module:name`) and the line that the list of commands shows for it."""

    target: str
    summary: str


class Formatter(click.HelpFormatter):
    """Click's help with its headings in the operator's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or _("Cách dùng: "))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        own = {
            "Show this message and exit.": _("Hiện phần trợ giúp này."),
            "Show the version and exit.": _("Hiện phiên bản."),
        }
        super().write_dl([(name, own.get(text, text)) for name, text in rows], col_max, col_spacing)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section({"Options": _("Tùy chọn"), "Commands": _("Lệnh")}.get(name, name)):
            yield


click.Context.formatter_class = Formatter


class LateGroup(click.Group):
    """A group that knows its commands by name and imports the one that is called."""

    def __init__(self, *args: Any, late: Mapping[str, Late] | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.late = dict(late or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.late, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = self.late.get(cmd_name)
        if entry is None:
            return super().get_command(ctx, cmd_name)
        module, name = entry.target.split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, entry.summary) for name, entry in self.late.items()]
        rows += [(name, self.commands[name].get_short_help_str(80)) for name in super().list_commands(ctx)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)
