"""Posting lists as arrays, kept while there is room for them; shared by all threads and snapshots of an index."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import numpy as np

from portal.search.engine import Term
from portal.search.engines.whoosh.facets import Mask
from portal.search.engines.whoosh.private import Array
from portal.search.engines.whoosh.segment import Segment

_DENSE = 5
"""A list that holds one row in five, or more, is smaller and faster as one weight for every row."""
_OVERHEAD = 300


@dataclass(frozen=True, slots=True)
class List:
    """The rows that hold a term, and its weight in each. `rows` None: `weights` has one for every row, 0 for none."""

    rows: Array | None
    weights: Array
    count: int

    def mark(self, mask: Mask) -> None:
        """Set the rows that hold the term."""
        if self.rows is None:
            mask |= self.weights > 0
        else:
            mask[self.rows] = True

    def tally(self, counts: Array) -> None:
        """Add one to the rows that hold the term."""
        if self.rows is None:
            counts += self.weights > 0
        else:
            counts[self.rows] += 1

    def among(self, live: Mask) -> int:
        """How many of these rows hold the term."""
        if self.rows is None:
            return int(np.count_nonzero(self.weights[live]))
        return int(np.count_nonzero(live[self.rows]))


def read(segment: Segment, term: Term) -> List | None:
    """None when no unit holds the term. Raises `Damaged`."""
    entry = segment.terms.entry(term.field, term.text)
    if entry is None:
        return None
    rows, weights = segment.terms.postings(entry)
    weights = weights.astype(np.min_scalar_type(int(weights.max())))
    if len(rows) * _DENSE < segment.count:
        return List(rows, weights, len(rows))
    dense = np.zeros(segment.count, weights.dtype)
    dense[rows] = weights
    return List(None, dense, len(rows))


class Lists:
    """The last ones used, up to so many bytes."""

    def __init__(self, memory: int) -> None:
        self._room = memory
        self._held: OrderedDict[tuple[str, Term], tuple[int, List | None]] = OrderedDict()
        self._lock = Lock()

    def get(self, segment: Segment, term: Term) -> List | None:
        key = segment.id, term
        with self._lock:
            if found := self._held.get(key):
                self._held.move_to_end(key)
                return found[1]
        made = read(segment, term)
        size = _OVERHEAD
        if made:
            size += made.weights.nbytes + (0 if made.rows is None else made.rows.nbytes)
        with self._lock:
            if key not in self._held:
                self._held[key] = size, made
                self._room -= size
            while self._room < 0 and self._held:
                self._room += self._held.popitem(last=False)[1][0]
        return made

    def keep(self, segments: set[str]) -> None:
        """Forget the lists of all others."""
        with self._lock:
            for key in [key for key in self._held if key[0] not in segments]:
                self._room += self._held.pop(key)[0]
