"""A commit as readers see it: its segments with what is live in each, and the figures that scores are made of."""

from collections.abc import Callable, Sequence
from functools import cached_property
from math import log
from typing import Any

import numpy as np

from portal.search.engine import FIELDS, K1, B, Term
from portal.search.engines.whoosh import private
from portal.search.engines.whoosh.facets import Mask
from portal.search.engines.whoosh.lists import List, Lists
from portal.search.engines.whoosh.private import Array
from portal.search.engines.whoosh.segment import Segment

_TERMS = 50_000
"""Of so many the frequency is kept."""


class Part:
    """One segment within a snapshot."""

    def __init__(self, segment: Segment, deleted: Sequence[int], lists: Lists, first_group: int) -> None:
        self.segment = segment
        self.first_group = first_group
        self._lists = lists
        self.live: Mask = np.ones(segment.count, np.bool_)
        self.live[np.fromiter(deleted, np.int64)] = False
        self.whole = bool(self.live.all())
        self.heads: Mask = segment.head & self.live
        self.norms: dict[str, Array] = {}
        """K1·(1 − B + B·length/average), for each field and row."""

    @cached_property
    def units(self) -> int:
        return int(np.count_nonzero(self.live))

    def list(self, term: Term) -> List | None:
        return self._lists.get(self.segment, term)

    def frequency(self, term: Term) -> int:
        """In how many live units a term stands."""
        found = self.list(term)
        if not found:
            return 0
        return found.count if self.whole else found.among(self.live)


class Snapshot:
    """`written`: Whoosh's records, in their order, which say what is deleted."""

    def __init__(self, segments: Sequence[Segment], written: Sequence[Any], lists: Lists) -> None:
        self.parts: list[Part] = []
        groups = 0
        for segment, record in zip(segments, written, strict=True):
            self.parts.append(Part(segment, list(record.deleted_docs()), lists, groups))
            groups += segment.documents
        self.units = sum(part.units for part in self.parts)
        self._live: dict[Term, int] = {}
        self._stated: dict[Term, int] = {}
        for field in FIELDS:
            total = sum(int(part.segment.lengths[field][part.live].sum(dtype=np.int64)) for part in self.parts)
            average = max(total / max(1, self.units), 1e-9)
            for part in self.parts:
                lengths = part.segment.lengths[field]
                part.norms[field] = (K1 * (1 - B) + (K1 * B / average) * lengths).astype(np.float32)

    def frequency(self, term: Term) -> int:
        """In how many units a term stands, as the dictionaries say: deleted ones count. Reads no list."""
        entries = (part.segment.terms.entry(*term) for part in self.parts)
        return _kept(self._stated, term, lambda: sum(private.frequency(entry) for entry in entries if entry))

    def idf(self, term: Term) -> float:
        """Over live units."""
        frequency = _kept(self._live, term, lambda: sum(part.frequency(term) for part in self.parts))
        return log(1 + (self.units - frequency + 0.5) / (frequency + 0.5))


def _kept(held: dict[Term, int], term: Term, make: Callable[[], int]) -> int:
    found = held.get(term)
    if found is None:
        if len(held) > _TERMS:
            held.clear()
        found = held[term] = make()
    return found
