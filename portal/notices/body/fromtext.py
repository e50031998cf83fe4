"""The plain text of a body made into HTML: headings, paragraphs with their literal numbers, lists."""

import re
from collections.abc import Iterator
from html import escape

from portal.notices.body.headings import KINDS, Headings, is_sentence, is_title
from portal.notices.body.markers import Kind, Marker, read_marker
from portal.notices.body.tables import pipe_tables, table_html
from portal.text import UPPERCASE, nfc, without_controls, without_invisible

_BETWEEN_ITEMS = re.compile(r"(?<=<ul>)\n|(?<=</li>)\n(?=<li>|</ul>)|(?<=</ul>)\n(?=</li>)")
"""Where the cleaner has no line end. The text itself is escaped, so nothing in it looks like these."""
_BULLET = re.compile(r"(?P<sign>[-–—•●▪·*+])[ ]*(?=[^\s\-–—])")


def text_to_html(text: str) -> str:
    """The body as HTML in the cleaner's alphabet; everything is escaped and no word is added, dropped or moved.

    Chapters, sections and articles become h2–h4 by their nesting; a long article sentence, clauses and points stay
    paragraphs that begin with their literal number; lines with dashes become lists, lines of cells between bars tables.
    Bodies that came on a few long lines are parted where a number of the running order follows the end of a sentence.
    """
    writer = _Writer()
    for line in _lines(nfc(without_invisible(without_controls(text)))):
        if isinstance(line, str):
            writer.add(line)
        else:
            writer.table(line)
    return writer.html()


def _lines(text: str) -> Iterator[str | list[str]]:
    """One paragraph at a time: wrapped lines joined, run-together ones parted. The rows of a table come together."""
    joined: list[str] = []
    for raw in pipe_tables(text.splitlines()):
        if not isinstance(raw, str):
            yield from _parted(" ".join(joined))
            joined = []
            yield raw
            continue
        line = " ".join(raw.split())
        if not line:
            yield from _parted(" ".join(joined))
            joined = []
        elif joined and _goes_on(joined[-1], line):
            joined.append(line)
        else:
            yield from _parted(" ".join(joined))
            joined = [line]
    yield from _parted(" ".join(joined))


def _goes_on(before: str, line: str) -> bool:
    return line[0].islower() and not is_sentence(before) and read_marker(line) is None


_PLACE = re.compile(
    r"(?<=[.;:”])[ ](?=(?:Điều \d+[a-zđ]?[.:]|(?:Chương|Mục) [IVXLC\d]+[ .]|[a-zđ]\) "
    rf"|\d{{1,3}}\. [{UPPERCASE}“]|[-+–] [{UPPERCASE}“]))"
)


def _parted(paragraph: str) -> Iterator[str]:
    if not paragraph:
        return
    start = 0
    order: _RunningOrder | None = None
    for place in _PLACE.finditer(paragraph):
        order = order or _RunningOrder(read_marker(paragraph))
        marker = read_marker(paragraph[place.end() : place.end() + 300])
        if marker is None or order.takes(marker):
            yield paragraph[start : place.start()]
            start = place.end()
    yield paragraph[start:]


class _RunningOrder:
    """Whether a number inside a line is the next one of its row: only then it begins a part, not a mere mention."""

    def __init__(self, first: Marker | None) -> None:
        self._last: dict[Kind, str] = {first.kind: first.number} if first else {}

    def takes(self, marker: Marker) -> bool:
        if marker.kind in (Kind.CHAPTER, Kind.SECTION):
            return True
        before = self._last.get(marker.kind)
        if not _follows(before, marker):
            return False
        if marker.kind is Kind.ARTICLE:
            self._last.pop(Kind.CLAUSE, None)
        if marker.kind is not Kind.POINT:
            self._last.pop(Kind.POINT, None)
        self._last[marker.kind] = marker.number
        return True


_POINTS = "abcdđeghiklmnopqrstuvxy"


def _follows(before: str | None, marker: Marker) -> bool:
    if marker.kind is Kind.POINT:
        place = _POINTS.find(marker.number)
        return len(marker.number) == 1 and (place == 0 or (place > 0 and before == _POINTS[place - 1]))
    digits, previous = _leading(marker.number), _leading(before)
    if marker.kind is Kind.ARTICLE:
        return before is None or digits - previous in (0, 1)
    return digits in (1, previous + 1)


def _leading(number: str | None) -> int:
    digits = re.match(r"\d+", number or "")
    return int(digits[0]) if digits else 0


class _Writer:
    def __init__(self) -> None:
        self._out: list[str] = []
        self._headings = Headings()
        self._lists = 0

    def add(self, line: str) -> None:
        bullet = _BULLET.match(line)
        if bullet:
            self._item(line[bullet.end() :], 2 if bullet["sign"] == "+" and self._lists else 1)
            return
        self._close_lists(0)
        marker = read_marker(line)
        if marker is None or marker.kind not in KINDS:
            if self._headings.awaits_title and marker is None and is_title(line):
                self._complete_heading(line)
            else:
                self._paragraph(line)
            return
        self._heading(marker, line)

    def table(self, rows: list[str]) -> None:
        self._close_lists(0)
        self._headings.awaits_title = False
        self._out.append(table_html(rows))

    def html(self) -> str:
        self._close_lists(0)
        return _BETWEEN_ITEMS.sub("", "\n".join(self._out))

    def _paragraph(self, line: str) -> None:
        self._headings.awaits_title = False
        self._out.append(f"<p>{escape(line, quote=False)}</p>")

    def _heading(self, marker: Marker, line: str) -> None:
        level = self._headings.level(marker, line)
        if level is None:
            self._paragraph(line)
            return
        self._out.append(f"<h{level}>{escape(line, quote=False)}</h{level}>")

    def _complete_heading(self, line: str) -> None:
        heading = self._out[-1]
        self._out[-1] = f"{heading[:-5]}<br>{escape(line, quote=False)}{heading[-5:]}"
        self._headings.awaits_title = False

    def _item(self, text: str, depth: int) -> None:
        self._headings.awaits_title = False
        if depth > self._lists:
            if self._lists:
                self._out[-1] = self._out[-1].removesuffix("</li>")
            self._out.append("<ul>")
            self._lists = depth
        else:
            self._close_lists(depth)
        self._out.append(f"<li>{escape(text, quote=False)}</li>")

    def _close_lists(self, depth: int) -> None:
        while self._lists > depth:
            self._lists -= 1
            self._out.append("</ul></li>" if self._lists else "</ul>")
