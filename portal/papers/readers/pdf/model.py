"""What is seen on a page: characters, words, lines, rules and pictures. Points, x to the right, y downwards."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple


class Look:
    """How a word is set: flags in an int (an IntFlag is too slow for every character of a book)."""

    PLAIN: int = 0
    BOLD: int = 1
    ITALIC: int = 2
    RAISED: int = 4
    LOWERED: int = 8


class Box(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        return self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack

    def common(self, other: "Box") -> float:
        """The area that both cover."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0

    def around(self, other: "Box") -> "Box":
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


@dataclass(slots=True)
class Glyph:
    """One character as drawn. `base` is the line it stands on; `mark_x` the middle of an accent drawn on its own."""

    char: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    look: int
    encoding: str | None = None
    mark_x: float = 0.0


@dataclass(slots=True)
class Word:
    """Characters without a blank between them that look the same. `glued`: no blank before it."""

    text: str
    x0: float
    x1: float
    size: float
    look: int
    glued: bool = False
    note: int | None = None


@dataclass(slots=True)
class Line:
    """Words in one row of one column. `is_row`: cells of a table without rules, side by side."""

    words: list[Word]
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    page: int = 0
    is_row: bool = False

    @property
    def text(self) -> str:
        return text_of(self.words)

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)

    def first_width(self) -> float:
        """The room that its first word takes."""
        end = self.words[0].x1
        for word in self.words[1:]:
            if not word.glued:
                break
            end = word.x1
        return end - self.words[0].x0

    def is_all(self, look: int) -> bool:
        return all(word.look & look for word in self.words)

    def of(self, words: list[Word]) -> "Line":
        """The part of the line with these words."""
        size = max(word.size for word in words)
        return replace(self, words=words, x0=words[0].x0, x1=max(word.x1 for word in words), size=size)


def text_of(words: Iterable[Word]) -> str:
    pieces: list[str] = []
    for word in words:
        if pieces and not word.glued:
            pieces.append(" ")
        pieces.append(word.text)
    return "".join(pieces)


class Rule(NamedTuple):
    """A drawn line, level or upright: `at` its place across, from `start` to `end` along."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Picture:
    """A picture on the page; `name` once it was taken out."""

    box: Box
    index: int
    page: int
    name: str = ""


@dataclass(slots=True)
class Cell:
    row: int
    column: int
    rows: int
    columns: int
    box: Box
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A ruled table: its cells, and where its columns stand (to join it with its rest on the next page)."""

    box: Box
    columns: list[float]
    rows: int
    cells: list[Cell]
    page: int = 0


Item = Line | Table | Picture


@dataclass(slots=True)
class Page:
    """A page as read: `lines` rows of words in no particular order, without what stands in `tables`."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    characters: int = 0
    lost: int = 0
    covered: float = 0.0
    is_ocr: bool = False
    has_drawing: bool = False
    hidden: int = 0
    turned: int = 0
    encodings: set[str] = field(default_factory=set)

    @property
    def is_scanned(self) -> bool:
        """Pictures, or outlines of letters, instead of text."""
        return self.characters < 40 and (self.covered >= 0.55 or self.has_drawing)
