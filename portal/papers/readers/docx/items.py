"""A paper in memory: lines and tables as they stand in the file, before they are put in order and written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from portal.papers.readers.docx.pieces import COLUMN, Piece, words

_BREAK = re.compile(r"[\n\x0b]")
_RULE = re.compile(r"[\s\-–—=*~_]*")


@dataclass(slots=True)
class Line:
    """One paragraph. `heading` 2–4; `bullet` the depth of a list item; `columns` those of the section that it closes;
    `boxes` the text boxes anchored in it with their places from the left."""

    pieces: list[Piece]
    heading: int | None = None
    bullet: int | None = None
    columns: int = 0
    boxes: list[tuple[int, list["Item"]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands in it, with tabs."""
        return words(self.pieces)

    @property
    def is_empty(self) -> bool:
        """Whether it shows neither text nor picture."""
        return not any(piece.html is not None or piece.text.strip() for piece in self.pieces)

    @property
    def is_rule(self) -> bool:
        """Whether it only draws a line: ----- or _____."""
        text = self.text
        return (
            len(text.strip()) > 1
            and _RULE.fullmatch(text) is not None
            and not any(piece.html is not None for piece in self.pieces)
        )

    def plain(self) -> "Line":
        """The same as an ordinary paragraph: a list item keeps its sign as text."""
        sign = [] if self.bullet is None else [Piece("- " if self.bullet == 0 else "+ ")]
        return Line([*sign, *self.pieces], boxes=self.boxes)


@dataclass(slots=True)
class Cell:
    """`column` counts from 0; `lines_drawn` says whether most of its sides show a border."""

    items: list["Item"]
    column: int = 0
    colspan: int = 1
    rowspan: int = 1
    has_borders: bool = False


@dataclass(slots=True)
class Row:
    """The cells that begin in it; those that reach down from above are not among them."""

    cells: list[Cell]
    is_header: bool = False


@dataclass(slots=True)
class Table:
    """`width` in columns."""

    rows: list[Row]
    width: int = 1

    @property
    def cells(self) -> list[Cell]:
        """All cells, row by row."""
        return [cell for row in self.rows for cell in row.cells]


Item = Line | Table


def text_of(items: Iterable[Item]) -> str:
    """All words of items, a line each."""
    return "\n".join(
        item.text if isinstance(item, Line) else "\n".join(text_of(cell.items) for cell in item.cells) for item in items
    )


def cut(pieces: list[Piece], start: int, end: int) -> tuple[list[Piece], list[Piece]]:
    """The pieces before `start` and after `end`, counted in characters."""
    before: list[Piece] = []
    after: list[Piece] = []
    place = 0
    for piece in pieces:
        stop = place + len(piece.text)
        if piece.html is not None:
            (before if place <= start else after).append(piece)
        else:
            if place < start:
                before.append(replace(piece, text=piece.text[: start - place]))
            if stop > end:
                after.append(replace(piece, text=piece.text[max(0, end - place) :]))
        place = stop
    return before, after


def broken(line: Line, breaks: re.Pattern[str] = _BREAK) -> list[Line]:
    """A line cut at its breaks; the first keeps the sign of the list, the last what closes a section."""
    parts: list[list[Piece]] = [[]]
    for piece in line.pieces:
        if piece.html is not None:
            parts[-1].append(piece)
            continue
        for place, text in enumerate(breaks.split(piece.text)):
            if place:
                parts.append([])
            if text:
                parts[-1].append(replace(piece, text=text))
    found = [Line(pieces, line.heading) for pieces in parts]
    found[0].bullet, found[0].boxes, found[-1].columns = line.bullet, line.boxes, line.columns
    return found


def at_columns(line: Line) -> list[Line]:
    """A line cut where a column ends."""
    return broken(line, _COLUMN) if COLUMN in line.text else [line]


_COLUMN = re.compile(COLUMN)
