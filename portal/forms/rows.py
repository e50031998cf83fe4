"""Repeat rows without JavaScript: submit buttons that add, remove or move a row of what was just sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import colander

CONTROL = "__row__"
"""Name of the submit buttons; the value is `add:recipients`, `remove:recipients.2`, `up:…` or `down:…`."""

ACTIONS = ("add", "remove", "up", "down")


@dataclass(frozen=True)
class RowCommand:
    """What was asked for; `path` leads to the sequence, `index` to its row (None for add)."""

    action: str
    path: tuple[str, ...]
    index: int | None

    @property
    def landing(self) -> int | None:
        """The row to look at afterwards: None for the last one after an addition, and when a row has gone."""
        if self.index is None or self.action == "remove":
            return None
        return self.index - 1 if self.action == "up" else self.index + 1


def taken_out(controls: Iterable[tuple[str, Any]]) -> tuple[list[tuple[str, Any]], RowCommand | None]:
    """The controls without the row button, and what it asks for. A button of no meaning counts as not pressed."""
    kept: list[tuple[str, Any]] = []
    command = None
    for name, value in controls:
        if name == CONTROL:
            command = _read(str(value)) or command
        else:
            kept.append((name, value))
    return kept, command


def _read(value: str) -> RowCommand | None:
    action, _colon, target = value.partition(":")
    parts = tuple(part for part in target.split(".") if part)
    if action not in ACTIONS or not parts:
        return None
    if action == "add":
        return RowCommand(action, parts, None)
    if len(parts) < 2 or not parts[-1].isdecimal():
        return None
    return RowCommand(action, parts[:-1], int(parts[-1]))


def apply(command: RowCommand, pstruct: dict[str, Any]) -> bool:
    """Change the sent structure in place; False when the row is not there (pressed twice, or made up)."""
    rows = _rows_at(pstruct, command.path)
    if rows is None:
        return False
    if command.index is None:
        rows.append(colander.null)
        return True
    if not 0 <= command.index < len(rows):
        return False
    if command.action == "remove":
        del rows[command.index]
        return True
    landing = command.landing
    if landing is None or not 0 <= landing < len(rows):
        return False
    rows.insert(landing, rows.pop(command.index))
    return True


def _rows_at(pstruct: Any, path: tuple[str, ...]) -> list[Any] | None:
    place = pstruct
    for part in path:
        if isinstance(place, dict):
            place = place.get(part)
        elif isinstance(place, list) and part.isdecimal() and int(part) < len(place):
            place = place[int(part)]
        else:
            return None
    return place if isinstance(place, list) else None
