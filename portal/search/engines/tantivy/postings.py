"""In which slots a term stands, as bitmaps, kept for the terms asked for most lately.

Of a common term the bulk comes from a stored bitmap (`records.dense`), of others from tantivy. What is known of a
slot stays true, so after a commit only the slots behind are asked for.
"""

import threading
from collections import OrderedDict
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from portal.search.engine import Term
from portal.search.engines.tantivy.bits import Bits, nothing, of_slots, slots_of
from portal.search.engines.tantivy.records import Records
from portal.search.engines.tantivy.snapshot import Snapshot

SPARSE = 32
"""A list takes less than a bitmap when fewer than one slot in so many is set."""


class _Known(NamedTuple):
    serial: int
    below: int
    """It holds for slots below."""
    set: npt.NDArray[Any]
    sparse: bool

    def bits(self, words: int) -> Bits | None:
        if self.sparse:
            if not len(self.set):
                return None
            return of_slots(self.set.astype(np.int64), words)
        bits: Bits = self.set
        if len(bits) < words:
            return np.concatenate([bits, nothing(words - len(bits))])
        return bits[:words]


class Postings:
    """For any number of threads and snapshots. `memory`: bytes that it may hold."""

    def __init__(self, records: Records, memory: int) -> None:
        self._records, self._memory = records, memory
        self._known: OrderedDict[Term, _Known] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    def bits(self, term: Term, snapshot: Snapshot) -> Bits | None:
        """Slots may be set that are dead. None: none is set."""
        columns = snapshot.columns
        with self._lock:
            known = self._known.get(term)
            if known is not None:
                self._known.move_to_end(term)
        if known is not None and known.serial <= snapshot.serial and known.below >= columns.taken:
            return known.bits(columns.words)
        if known is None or known.serial > snapshot.serial:
            known = self._stored(term, snapshot)
        bits = known.bits(columns.words)
        if known.below < columns.taken:
            new = of_slots(snapshot.holding(term, known.below), columns.words)
            bits = new if bits is None else bits | new
        return self._keep(term, nothing(columns.words) if bits is None else bits, snapshot).bits(columns.words)

    def _stored(self, term: Term, snapshot: Snapshot) -> _Known:
        """A bitmap of a later state may lack what has died since: not for this snapshot."""
        found = self._records.dense(*term)
        if found is None or found[0] > snapshot.columns.taken:
            return _Known(0, 0, np.zeros(0, dtype=np.int32), sparse=True)
        return _Known(0, found[0], np.frombuffer(found[1], dtype=np.uint64), sparse=False)

    def _keep(self, term: Term, bits: Bits, snapshot: Snapshot) -> _Known:
        slots = slots_of(bits)
        sparse = len(slots) * SPARSE < len(bits) * 64
        entry = _Known(snapshot.serial, snapshot.columns.taken, slots.astype(np.int32) if sparse else bits, sparse)
        with self._lock:
            before = self._known.get(term)
            if before is not None and before.serial > snapshot.serial:
                return entry
            self._held += entry.set.nbytes - (before.set.nbytes if before else 0)
            self._known[term] = entry
            self._known.move_to_end(term)
            while self._held > self._memory and len(self._known) > 1:
                self._held -= self._known.popitem(last=False)[1].set.nbytes
        return entry
