"""Stretches of a paragraph that look alike, and how they become a line of text and a line of HTML."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from operator import attrgetter

from portal.text import normal, without_controls

COLUMN = "\x0b"
"""Stands for the end of a column inside a paragraph."""
_ACCENTS = re.compile("[\u0300-\u036f]{1,4}")
_GAPS = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" *\n[ \n]*")


@dataclass(frozen=True, slots=True)
class Marks:
    """`encoding`: the legacy font encoding of the stretch and whether its letters are printed as capitals."""

    href: str | None = None
    strong: bool = False
    em: bool = False
    struck: bool = False
    vertical: str | None = None
    encoding: tuple[str, bool] | None = None


PLAIN = Marks()


@dataclass(frozen=True, slots=True)
class Piece:
    """`html` stands for something without text: a picture or the sign of a footnote."""

    text: str
    marks: Marks = PLAIN
    html: str | None = None


def words(pieces: Iterable[Piece]) -> str:
    """The plain text with its tabs."""
    return "".join(piece.text for piece in pieces)


def merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours that look alike made one, so that words which Word cut are whole again."""
    out: list[Piece] = []
    for marks, group in groupby(pieces, key=lambda piece: (piece.marks, piece.html, piece.text == COLUMN)):
        run = list(group)
        out += run if marks[1] is not None or marks[2] or len(run) == 1 else [Piece(words(run), marks[0])]
    return out


def composed(pieces: Sequence[Piece]) -> list[Piece]:
    """In NFC with nothing invisible, accents that stand apart from their letter brought to it."""
    out: list[Piece] = []
    for piece in pieces:
        if piece.html is not None or piece.text == COLUMN:
            out.append(piece)
            continue
        text = piece.text
        if text and unicodedata.combining(text[0]) and out and out[-1].html is None:
            before, accents = out[-1].text, _ACCENTS.match(text)
            text = text[accents.end() if accents else 1 :]
            out[-1] = replace(out[-1], text=before[:-1] + normal(before[-1:] + piece.text[: -len(text) or None]))
        if text := normal(without_controls(text)):
            out.append(replace(piece, text=text))
    return out


def tidy(pieces: Iterable[Piece]) -> list[Piece]:
    """Single spaces, no space at the ends of lines; gaps look like what stands before them."""
    out: list[Piece] = []
    ends_blank = True
    for piece in pieces:
        if piece.html is not None:
            out.append(piece)
            ends_blank = False
            continue
        text = _GAPS.sub(" ", piece.text.replace(COLUMN, "\n"))
        text = _LINE_ENDS.sub("\n", text) if "\n" in text else text
        if ends_blank:
            text = text.lstrip()
        elif text.startswith("\n") and out and out[-1].text.endswith(" "):
            out[-1] = replace(out[-1], text=out[-1].text.rstrip())
        if text:
            is_gap = not text.strip() and out and out[-1].html is None
            out.append(Piece(text, out[-1].marks if is_gap else piece.marks))
            ends_blank = text[-1].isspace()
    while out and out[-1].html is None and not out[-1].text.strip():
        out.pop()
    if out and out[-1].html is None:
        out[-1] = replace(out[-1], text=out[-1].text.rstrip())
    return merged(out)


def html_of(pieces: Iterable[Piece], *, strong: bool = True) -> str:
    """The line in the alphabet of stored bodies; without `strong` for headings, which are bold by themselves."""
    names = ("href", "strong", "em", "struck", "vertical") if strong else ("href", "em", "struck", "vertical")
    return _wrapped(list(pieces), names)


_TAGS = {"strong": "strong", "em": "em", "struck": "del"}
_VERTICAL = {"superscript": "sup", "subscript": "sub"}


def _wrapped(pieces: list[Piece], names: tuple[str, ...]) -> str:
    if not names:
        return "".join(
            escape(piece.text, quote=False).replace("\n", "<br>") if piece.html is None else piece.html
            for piece in pieces
        )
    name, *rest = names
    out = []
    for value, group in groupby(pieces, key=attrgetter(f"marks.{name}")):
        inner = _wrapped(list(group), tuple(rest))
        tag = _VERTICAL.get(value or "") if name == "vertical" else _TAGS.get(name) if value else None
        if name == "href" and value and inner.strip():
            inner = f'<a href="{escape(value)}">{inner}</a>'
        elif tag and inner.strip():
            inner = f"<{tag}>{inner}</{tag}>"
        out.append(inner)
    return "".join(out)
