"""What is known of each slot without asking a file, as arrays over slots. Never changed: a commit makes new ones."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from portal.search.engine import Damaged
from portal.search.engines.tantivy.bits import WORD, Bits, Slots, marks_of, packed, slots_of
from portal.search.engines.tantivy.records import Row

T = TypeVar("T", bound=np.generic)
Ints = npt.NDArray[np.int32]


class FacetSets:
    """The different sets of facet values that units have, numbered. Grows, and numbers stay."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._values: dict[str, dict[str, int]] = {}
        self._pairs: dict[str, list[tuple[int, int]]] = {}
        self._as_arrays: dict[str, tuple[Slots, Slots]] = {}
        self._named: dict[str, list[str]] = {}

    def number(self, facets: str) -> int:
        """Of a set, as JSON."""
        known = self._numbers.get(facets)
        if known is None:
            known = len(self._numbers)
            for name, values in json.loads(facets).items():
                ordinals = self._values.setdefault(name, {})
                pairs = self._pairs.setdefault(name, [])
                pairs.extend((known, ordinals.setdefault(value, len(ordinals))) for value in dict.fromkeys(values))
            self._numbers[facets] = known
        return known

    def __len__(self) -> int:
        return len(self._numbers)

    def with_any(self, name: str, values: Collection[str]) -> npt.NDArray[np.bool_]:
        """For each set whether it has one of the values."""
        known = self._values.get(name, {})
        wanted = [known[value] for value in values if value in known]
        numbers, ordinals = self._arrays(name)
        marks = np.zeros(max(len(self), *numbers[-1:] + 1, 1), dtype=np.bool_)
        marks[numbers[np.isin(ordinals, wanted)]] = True
        return marks

    def counted(self, name: str, times: Slots) -> dict[str, int]:
        """value → how often, where `times[n]` is how often set n occurs; sets made since occur nowhere."""
        numbers, ordinals = self._arrays(name)
        if len(numbers) and numbers[-1] >= len(times):
            there = np.searchsorted(numbers, len(times))
            numbers, ordinals = numbers[:there], ordinals[:there]
        counts = np.bincount(ordinals, weights=times[numbers])
        values = self._named[name] if len(ordinals) else []
        return {values[ordinal]: int(counts[ordinal]) for ordinal in np.flatnonzero(counts).tolist()}

    def _arrays(self, name: str) -> tuple[Slots, Slots]:
        """The pairs of a set and the ordinal of a value."""
        pairs = self._pairs.get(name, [])
        known = self._as_arrays.get(name)
        if known is None or len(known[0]) < len(pairs):
            both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
            self._named[name] = list(self._values.get(name, ()))
            known = self._as_arrays[name] = (both[:, 0].copy(), both[:, 1].copy())
        return known


@dataclass(frozen=True)
class Columns:
    """Arrays of one length, a multiple of 64; what no unit has taken is dead."""

    live: Bits
    taken: int
    """Slots below it are known; none from it on."""
    uid: npt.NDArray[np.bytes_]
    first: Ints
    place: Ints
    day: Ints
    facets: Ints
    """Number of its set in `sets`."""
    sets: FacetSets

    @classmethod
    def none(cls) -> "Columns":
        numbers = np.zeros(0, dtype=np.int32)
        return cls(np.zeros(0, np.uint64), 0, np.zeros(0, "S36"), numbers, numbers, numbers, numbers, FacetSets())

    @property
    def words(self) -> int:
        return len(self.live)

    @cached_property
    def heads(self) -> Bits:
        """Live heads."""
        return self.live & packed(self.place == 0)

    def changed(self, batches: Iterable[Sequence[Row]], live: Slots, taken: int, dead: Slots) -> "Columns":
        """With these rows behind, of which `live` are so, and without the dead ones."""
        size = -(-taken // WORD) * WORD
        marks = _longer(marks_of(self.live), size)
        uid, numbers = (
            _longer(self.uid, size),
            [_longer(old, size) for old in (self.first, self.place, self.day, self.facets)],
        )
        known = np.zeros(size, dtype=np.bool_)
        for rows in batches:
            slots = [row.slot for row in rows]
            uids = np.array([row.uid.encode() for row in rows], dtype=np.bytes_)
            if uids.dtype.itemsize > uid.dtype.itemsize:
                uid = uid.astype(uids.dtype)
            known[slots], uid[slots] = True, uids
            for array, values in zip(numbers, zip(*map(self._numbers, rows), strict=True), strict=True):
                array[slots] = values
        if not known[live].all():
            raise Damaged("there are units without records")
        marks[live], marks[dead] = True, False
        first, place, day, facets = numbers
        return Columns(packed(marks), taken, uid, first, place, day, facets, self.sets)

    def _numbers(self, row: Row) -> tuple[int, int, int, int]:
        return row.first, row.place, row.day, self.sets.number(row.facets)

    def only(self, live: Slots) -> "Columns":
        """With exactly these live."""
        marks = np.zeros(self.words * 64, dtype=np.bool_)
        marks[live] = True
        return Columns(packed(marks), self.taken, self.uid, self.first, self.place, self.day, self.facets, self.sets)

    def within(self, limits: Mapping[str, Collection[str]], days: tuple[int, int] | None) -> list[Bits]:
        """One bitmap for each condition."""
        found = [packed(self.sets.with_any(name, values)[self.facets]) for name, values in limits.items()]
        if days is not None:
            found.append(packed((self.day >= days[0]) & (self.day <= days[1])))
        return found

    def counted(self, matching: Bits, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """Facet → value → how many of these slots have it."""
        slots = slots_of(matching)
        times = np.bincount(self.facets[slots], minlength=1)
        return {name: self.sets.counted(name, times) for name in names}

    def latest(self, slots: Slots, limit: int) -> Slots:
        """The first so many of these by day, the latest first, then by uid and anchor."""
        days = self.day[slots]
        if len(slots) > limit:
            border = np.partition(days, len(days) - limit)[len(days) - limit]
            slots = slots[days >= border]
        return slots[np.lexsort((self.place[slots], self.uid[slots], -self.day[slots]))][:limit]

    def ranked(self, slots: Slots, scores: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
        """The order of these by score, equal ones as `latest` has them."""
        return np.lexsort((self.place[slots], self.uid[slots], -self.day[slots], -scores))


def _longer(old: npt.NDArray[T], size: int) -> npt.NDArray[T]:
    new = np.zeros(size, dtype=old.dtype)
    new[: len(old)] = old[:size]
    return new
