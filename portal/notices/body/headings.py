"""Which lines of a body are headings, and how deep they stand."""

import re

from portal.notices.body.markers import HEADINGS, Kind, Marker

KINDS = frozenset(HEADINGS)
"""Parts whose marker can make a line a heading."""
_ORDER = {kind: rank for rank, kind in enumerate(HEADINGS)}
_SENTENCE_END = re.compile(r"[.;:!?…”\"»)]\Z")
_LONGEST = 250


class Headings:
    """Follows the lines from the first to the last. `awaits_title`: the last heading has its title on the next line."""

    def __init__(self) -> None:
        self.awaits_title = False
        self._open: list[Kind] = []

    def level(self, marker: Marker, line: str) -> int | None:
        """The level, 2 to 4 by nesting, of a line with a marker of `KINDS`; None when it is a sentence, no heading."""
        while self._open and _ORDER[self._open[-1]] >= _ORDER[marker.kind]:
            self._open.pop()
        level = min(2 + len(self._open), 4)
        self._open.append(marker.kind)
        rest = line[marker.end :]
        if len(line) > _LONGEST or (rest and is_sentence(rest) and not rest.endswith(")")):
            self.awaits_title = False
            return None
        is_roman = marker.kind is Kind.SECTION and line[0] in "IVX"
        self.awaits_title = not rest and not is_roman and marker.kind is not Kind.ARTICLE
        return level


def is_sentence(text: str) -> bool:
    """Whether it ends as sentences do."""
    return _SENTENCE_END.search(text) is not None


def is_title(line: str) -> bool:
    """Whether it may be the title below a chapter's number: short, in capitals."""
    return len(line) <= _LONGEST and line.upper() == line and any(map(str.isalpha, line))
