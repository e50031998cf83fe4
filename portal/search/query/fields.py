"""Limits that can be typed into a question: `so:249`, `coquan:bộ tài chính`, `năm:2010-2014`."""

import re
from collections.abc import Sequence
from typing import Protocol

from portal.search.analysis import fold, tokens

NUMBER, YEAR = "number", "year"

_SPELLINGS = {
    NUMBER: ("so", "sohieu", "sokyhieu", "sovanban", "number", "no"),
    "issuer": ("coquan", "cq", "cqbh", "coquanbanhanh", "noibanhanh", "issuer", "agency"),
    YEAR: ("nam", "nambanhanh", "year"),
    "type": ("loai", "loaivanban", "loaivb", "type"),
    "field": ("linhvuc", "lv", "field"),
    "effect": ("hieuluc", "tinhtrang", "tinhtranghieuluc", "effect"),
    "kind": ("kieu", "nhom", "kind"),
}
NAMES = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings}
"""Folded spelling without spaces → facet, or `number`."""

_YEARS = re.compile(r"((?:19|20)\d\d)(?:(?:-|\.\.+|…|–|—|/)((?:19|20)\d\d))?\Z")


class Vocabulary(Protocol):
    """What values there are, by the words that mean them."""

    def values(self, facet: str, words: Sequence[str]) -> frozenset[str]:
        """The values that these words, all together, mean; none when they mean nothing."""
        ...


def facet_named(spelling: str) -> str | None:
    """The facet (or `number`) of that name, with accents or without: "Cơ quan", `coquan`, `issuer`."""
    return NAMES.get("".join(map(fold, tokens(spelling[:40]))))


def years(text: str) -> frozenset[str]:
    """`2014` and `2010-2014` as the years that they mean; none for anything else."""
    found = _YEARS.match(text.strip(" .,;"))
    if found is None:
        return frozenset()
    first, last = sorted((int(found[1]), int(found[2] or found[1])))
    return frozenset(map(str, range(first, last + 1)))


def longest_known(vocabulary: Vocabulary, facet: str, chunks: Sequence[str]) -> tuple[frozenset[str], int]:
    """The values meant by the longest beginning of the chunks that means any, and how many chunks that are."""
    for length in range(len(chunks), 0, -1):
        found = vocabulary.values(facet, chunks[:length])
        if found:
            return found, length
    return frozenset(), 0
