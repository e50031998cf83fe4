"""The values of one facet in one segment: a number a row where each has one at most, else pairs of row and number."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from portal.search.engines.whoosh.private import Array

Mask = NDArray[np.bool_]


class Facet:
    """Numbers begin with 1; 0 means none."""

    def __init__(self, name: str, values: list[str], arrays: Mapping[str, Array]) -> None:
        self.values = values
        self._rows = arrays.get(f"facet:{name}:rows")
        self._numbers = arrays[f"facet:{name}"]

    def counts(self, mask: Mask, rows: Array) -> dict[str, int]:
        """How many of these rows, given both ways, have each value, without those that none has."""
        chosen = self._numbers.take(rows) if self._rows is None else self._numbers[mask[self._rows]]
        counts = np.bincount(chosen, minlength=len(self.values) + 1).tolist()
        return {value: count for value, count in zip(self.values, counts[1:], strict=True) if count}

    def having(self, values: Collection[str], count: int) -> Mask:
        """The rows that have one of these values, of so many."""
        wanted = np.zeros(len(self.values) + 1, np.bool_)
        wanted[[number for number, value in enumerate(self.values, 1) if value in values]] = True
        if self._rows is None:
            return wanted[self._numbers]
        mask = np.zeros(count, np.bool_)
        mask[self._rows[wanted[self._numbers]]] = True
        return mask

    def pairs(self) -> tuple[Array, Array]:
        """Rows and numbers, by row."""
        if self._rows is not None:
            return self._rows, self._numbers
        rows = np.flatnonzero(self._numbers)
        return rows, self._numbers[rows]


class Collected:
    """The same while it comes in, by row."""

    def __init__(self) -> None:
        self._known: defaultdict[str, int] = defaultdict()
        self._known.default_factory = lambda: len(self._known) + 1
        self._rows = array("I")
        self._numbers = array("I")

    @property
    def values(self) -> list[str]:
        return list(self._known)

    def add(self, row: int, values: Collection[str]) -> None:
        for value in dict.fromkeys(values):
            self._rows.append(row)
            self._numbers.append(self._known[value])

    def merge(self, facet: Facet, places: Array) -> None:
        """`places`: the new row of each of its rows, -1 for one that is left out."""
        rows, numbers = facet.pairs()
        kept = places[rows] >= 0
        known = np.array([0, *map(self._known.__getitem__, facet.values)], np.uint32)
        self._rows.frombytes(places[rows][kept].astype(np.uint32).tobytes())
        self._numbers.frombytes(known[numbers[kept]].tobytes())

    def arrays(self, name: str, count: int) -> dict[str, Array]:
        rows, numbers = np.frombuffer(self._rows, np.uint32), np.frombuffer(self._numbers, np.uint32)
        small = numbers.astype(np.min_scalar_type(len(self._known)))
        if len(rows) and (rows[1:] == rows[:-1]).any():
            return {f"facet:{name}": small, f"facet:{name}:rows": rows}
        single = np.zeros(count, small.dtype)
        single[rows] = small
        return {f"facet:{name}": single}
