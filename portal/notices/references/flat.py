"""The text of a body with the way back to its HTML."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

_TAG = re.compile(r'<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?:\s+[a-z-]+(?:="[^"]*")?)*)\s*/?>')
_ID = re.compile(r'\sid="([^"]*)"')
_MARKS = frozenset({"strong", "em", "sup", "sub", "del", "ins", "a", "img"})
_BETWEEN = re.compile(r"</?(?:strong|em|sup|sub|del|ins|a|img)(?=[\s>])[^<>]*>")
_ANY = re.compile(r"<[^<>]+>")


@dataclass(slots=True)
class Flat:
    """`text`: one paragraph a line, entities as they are. `ids`: anchors with the offset in the text of their parts."""

    text: str
    ids: list[tuple[int, str]] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _linked: list[bool] = field(default_factory=list)

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where these words stand in the HTML; None when marks or a link lie between or around."""
        at = bisect_right(self._starts, start) - 1
        if at < 0 or end > self._ends[at] or self._linked[at]:
            return None
        shift = self._places[at] - self._starts[at]
        return start + shift, end + shift

    def anchor_at(self, place: int) -> str:
        """The anchor of the part in which the words stand, empty before the first one."""
        at = bisect_right(self.ids, (place, "\U0010ffff")) - 1
        return self.ids[at][1] if at >= 0 else ""


def flat(html: str) -> Flat:
    """Read the stored form of a body. Linear in its length."""
    found = Flat("")
    pieces: list[str] = []
    length = place = links = 0
    for tag in _TAG.finditer(html):
        length += _piece(found, pieces, html[place : tag.start()], length, place, bool(links))
        place = tag.end()
        name = tag["name"]
        if name == "a":
            links += -1 if tag["close"] else 1
        if name not in _MARKS:
            if pieces and pieces[-1] != "\n":
                pieces.append("\n")
                length += 1
            named = _ID.search(tag["attributes"]) if tag["attributes"] else None
            if named is not None:
                found.ids.append((length, named[1]))
    _piece(found, pieces, html[place:], length, place, bool(links))
    found.text = "".join(pieces)
    return found


def _piece(found: Flat, pieces: list[str], text: str, length: int, place: int, is_linked: bool) -> int:
    if not text or (text == "\n" and (not pieces or pieces[-1] == "\n")):
        return 0
    pieces.append(text)
    found._starts.append(length)
    found._places.append(place)
    found._ends.append(length + len(text))
    found._linked.append(is_linked)
    return len(text)


def text_of(html: str) -> str:
    """The same text without the way back, quicker."""
    return _ANY.sub("\n", _BETWEEN.sub("", html))
