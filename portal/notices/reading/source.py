"""The text as given beside the normal form that is read, so that every passage is one of the original."""

import re
import unicodedata

from portal.notices.reading.found import Found, Span, T
from portal.notices.reading.mending import applied, mends, overlaps
from portal.request import _
from portal.text import nfc, normal

_BAR = re.compile(r"(?:^|(?<=[ \t\u00a0]))\|(?=[ \t\u00a0]|$)", re.MULTILINE)
"""A bar between the cells of a table: it parts like a tab."""

_STAMPED = 3000
_STAMP = re.compile(
    r"^[ \t]*(?:CÔNG VĂN |VĂN BẢN )?ĐẾN[ \t]*:?[ \t]*\n?[ \t]*Số[ \t]*:?[ \t]*[\d .…]{0,20}\n?[ \t]*"
    r"Ngày[ \t]*:?[ \t]*[\d ./…-]{0,20}(?:\n[ \t]*Chuyển[ \t]*:[^\n]{0,60})?$",
    re.MULTILINE,
)
"""The stamp of whom the paper came to: its number and day are not the paper's."""


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


_CLUSTER = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]*", re.DOTALL)


class Source:
    """`plain` is NFC with real Đ, nothing invisible and slips of scanning mended; its offsets are turned into those of
    `given`."""

    def __init__(self, given: str) -> None:
        self.given = given
        self.plain = normal(given)
        self._places: list[int] | None = None
        if len(self.plain) != len(given) or not unicodedata.is_normalized("NFC", given):
            self.plain, self._places = _mapped(given)
        self.plain = _BAR.sub("\t", self.plain)
        self.plain = _STAMP.sub(_blank, self.plain[:_STAMPED]) + self.plain[_STAMPED:]
        self._doubtful: list[tuple[int, int]] = []
        self._mend()

    def _mend(self) -> None:
        found = mends(self.plain)
        if not found:
            return
        before = self._places
        self.plain, places, self._doubtful = applied(self.plain, found)
        self._places = places if before is None else [before[place] for place in places]

    def is_mended(self, start: int, end: int) -> bool:
        """Whether letters or digits there were guessed."""
        return overlaps(self._doubtful, start, end)

    def span(self, start: int, end: int) -> Span:
        """A stretch of `plain` in offsets of the given text, without white space at its ends."""
        while start < end and self.plain[start].isspace():
            start += 1
        while end > start and self.plain[end - 1].isspace():
            end -= 1
        if self._places is None:
            return Span(start, end)
        return Span(self._places[start], self._places[end])

    def found(self, value: T, start: int, end: int, doubt: str = "", *, confirmed: bool = False) -> Found[T]:
        """A value shown by that stretch of `plain`; a `doubt` makes it unsure, and so do guessed letters unless the
        value is `confirmed` by another place."""
        if not doubt and not confirmed and self.is_mended(start, end):
            doubt = _("Chữ ở đây có lỗi nhận dạng và đã được sửa theo mẫu; cần đối chiếu với bản gốc.")
        span = self.span(start, end)
        return Found(value, span.start, span.end, self.given[span.start : span.end], not doubt, doubt)


def _mapped(given: str) -> tuple[str, list[int]]:
    plain: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTER.finditer(given):
        composed = normal(cluster[0])
        plain.append(composed)
        places += [cluster.start()] * len(composed)
    return "".join(plain), [*places, len(given)]


def one_line(text: str) -> str:
    """The passage as a value: NFC, white space collapsed."""
    return " ".join(nfc(text).split())
