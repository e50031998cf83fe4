"""The plain text of a stored body, and its articles as passages: places that can be linked to by themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.notices.body.markers import Kind, read_marker
from portal.notices.body.plain import plain_text

FEWEST = 2
"""A body with fewer articles is its own passage."""
LONG = 8_000
"""From so many characters on, a body without articles is parted by its chapters, sections or annexes."""
GAP = 3
"""Articles follow one another; a number that jumps further belongs to what the text quotes."""

_PART = re.compile(
    r'<(?P<tag>p|h[2-4]|li)\b(?=[^<>]*? class="portal-doc-(?P<kind>annex|part|chapter|section|subsection|article)")'
    r'[^<>]*? id="(?P<anchor>[^"]+)"[^<>]*>|(?P<notes><aside\b)'
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Place:
    """A passage. `anchor`: its id in the HTML; `number`: of an article outside annexes ("32", "5a"), else None;
    `title`: its heading in one line; `text`: what follows, in plain text."""

    anchor: str
    number: str | None
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: Kind | None
    anchor: str
    heading: str
    text: str
    whole: str
    """Heading and text as they stand."""


def text_and_passages(html: str) -> tuple[str, list[Place]]:
    """Stored HTML (`Body`) as plain text, and its passages in order; none for a short body or one of a single part.

    Passages are the articles, those of annexes too; what an amending article quotes has no anchor and is none.
    """
    pieces = list(_pieces(html))
    if len(pieces) == 1:
        return pieces[0].text, []
    text = "\n".join(piece.whole for piece in pieces if piece.whole)
    articles = list(_articles(pieces))
    if len(articles) >= FEWEST:
        return text, articles
    headed = [piece for piece in pieces if piece.kind not in (None, Kind.ARTICLE)]
    if len(text) >= LONG and len(headed) >= FEWEST:
        return text, [Place(piece.anchor, None, _line(piece.heading), piece.text) for piece in headed if piece.text]
    return text, []


def _pieces(html: str) -> Iterator[_Piece]:
    """The text before the first part, each part with what follows up to the next one, the footnotes."""
    found = list(_PART.finditer(html))
    yield _unheaded(html[: found[0].start()] if found else html)
    for place, mark in enumerate(found):
        after = found[place + 1].start() if place + 1 < len(found) else len(html)
        if mark["notes"]:
            yield _unheaded(html[mark.start() : after])
            continue
        closing = html.find(f"</{mark['tag']}>", mark.end(), after)
        end = closing if closing >= 0 else mark.end()
        heading, text = plain_text(html[mark.end() : end]), plain_text(html[end:after])
        kind, whole = Kind(mark["kind"]), "\n".join(part for part in (heading, text) if part)
        if mark["tag"] == "p" and kind is not Kind.ANNEX:
            heading, text = _parted(heading, text)
        yield _Piece(kind, mark["anchor"], heading, text, whole)


def _unheaded(html: str) -> _Piece:
    text = plain_text(html)
    return _Piece(None, "", "", text, text)


def _parted(line: str, text: str) -> tuple[str, str]:
    """Of an article that begins with a sentence only its number is the heading."""
    marker = read_marker(line[:300].replace("\n", " "))
    if marker is None:
        return line, text
    return marker.label, "\n".join(part for part in (line[marker.end :].strip(), text) if part)


def _articles(pieces: list[_Piece]) -> Iterator[Place]:
    """Articles in their running order; one that breaks it is part of the article before it."""
    held: list[_Piece] = []
    last = 0
    for piece in pieces:
        if piece.kind is Kind.ARTICLE and held and not _follows(piece.anchor, last):
            held.append(piece)
            continue
        if held:
            yield _place(held)
        held = []
        if piece.kind is Kind.ARTICLE:
            held, last = [piece], _number(piece.anchor)
    if held:
        yield _place(held)


def _follows(anchor: str, last: int) -> bool:
    """Whether the next article of the row bears it, or the first one of a text that is attached."""
    number = _number(anchor)
    return number == 1 or 0 < number - last <= GAP or (number == last and "-lan-" not in anchor)


def _place(pieces: list[_Piece]) -> Place:
    first, *quoted = pieces
    text = "\n".join(filter(None, (first.text, *(piece.whole for piece in quoted))))
    own = first.anchor.removeprefix("dieu-")
    is_own = own != first.anchor and "-" not in own
    return Place(first.anchor, own if is_own else None, _line(first.heading), text)


def _number(anchor: str) -> int:
    """Of an article, from its anchor: `phu-luc-1-dieu-12` → 12."""
    digits = _DIGITS.match(anchor.rpartition("dieu-")[2])
    return int(digits[0]) if digits else 0


def _line(text: str) -> str:
    return " ".join(text.split())
