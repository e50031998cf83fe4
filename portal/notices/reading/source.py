"""The text as given beside the normal form that is read, so that every passage is one of the original."""

import re
import unicodedata

from portal.notices.reading.found import Found, Span, T
from portal.text import nfc, normal

_CLUSTER = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]*", re.DOTALL)


class Source:
    """`plain` is NFC with real Đ and nothing invisible; its offsets are turned into those of `given`."""

    def __init__(self, given: str) -> None:
        self.given = given
        self.plain = normal(given)
        self._places: list[int] | None = None
        if len(self.plain) != len(given) or not unicodedata.is_normalized("NFC", given):
            self.plain, self._places = _mapped(given)

    def span(self, start: int, end: int) -> Span:
        """A stretch of `plain` in offsets of the given text, without white space at its ends."""
        while start < end and self.plain[start].isspace():
            start += 1
        while end > start and self.plain[end - 1].isspace():
            end -= 1
        if self._places is None:
            return Span(start, end)
        return Span(self._places[start], self._places[end])

    def found(self, value: T, start: int, end: int, doubt: str = "") -> Found[T]:
        """A value shown by that stretch of `plain`; a `doubt` makes it unsure."""
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
