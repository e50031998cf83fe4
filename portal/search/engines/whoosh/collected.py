"""The postings of a field on their way into a segment: as they come, then sorted at once."""

from array import array
from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from portal.search.engines.whoosh.private import Array, Terms
from portal.search.engines.whoosh.private_writer import Postings


class Collected:
    """Lists of other segments first, then those of new units, so that rows only grow."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._lengths = array("I")
        self._terms = array("I")
        self._rows = array("I")
        self._weights = array("I")
        self._merged: list[tuple[Array, Array, Array]] = []

    def __len__(self) -> int:
        return len(self._terms)

    def add(self, row: int, weighted: Mapping[str, int]) -> None:
        values = weighted.values()
        self._terms.extend(map(self._numbers.__getitem__, weighted))
        self._weights.extend(values)
        self._rows.append(row)
        self._rows.append(len(weighted))
        self._lengths.append(sum(values))

    def merge(self, terms: Terms, field: str, lengths: Array, places: Array) -> None:
        """`lengths` of the rows that stay; `places`: the new row of every row, -1 for one that is left out."""
        self._lengths.frombytes(lengths.astype(np.uint32).tobytes())
        numbers, counts, rows, weights = array("I"), array("I"), [], []
        for term, entry in terms.entries(field):
            mine, heavy = terms.postings(entry)
            numbers.append(self._numbers[term])
            counts.append(len(mine))
            rows.append(mine)
            weights.append(heavy)
        if numbers:
            new = places[np.concatenate(rows)]
            kept = new >= 0
            repeated = np.repeat(np.frombuffer(numbers, np.uint32), np.frombuffer(counts, np.uint32))
            heavy = np.concatenate(weights).astype(np.uint32)
            self._merged.append((repeated[kept], new[kept].astype(np.uint32), heavy[kept]))

    @property
    def lengths(self) -> Array:
        return np.frombuffer(self._lengths, np.uint32)

    def postings(self) -> Postings:
        """Sorted by term, then by row. To be called once: what was collected is given up on the way."""
        of_rows = np.frombuffer(self._rows, np.uint32)
        own = (
            np.frombuffer(self._terms, np.uint32),
            np.repeat(of_rows[0::2], of_rows[1::2]),
            np.frombuffer(self._weights, np.uint32),
        )
        numbers, rows, weights = (np.concatenate(each) for each in zip(*self._merged, own, strict=True))
        del own
        self._merged, self._terms, self._weights = [], array("I"), array("I")
        names = list(self._numbers)
        ordered = sorted(range(len(names)), key=names.__getitem__)
        ranks = np.empty(len(names), np.uint64)
        ranks[ordered] = np.arange(len(names), dtype=np.uint64)
        # the place in the lower half: sorting numbers is many times as fast as sorting places by numbers
        keys = ranks[numbers] << np.uint64(32)
        keys |= np.arange(len(numbers), dtype=np.uint64)
        keys.sort()
        places = keys.astype(np.uint32)
        counts = np.bincount(numbers, minlength=len(names))[ordered]
        held = np.flatnonzero(counts).tolist()
        starts = np.zeros(len(held) + 1, np.int64)
        np.cumsum(counts[held], out=starts[1:])
        terms = [names[ordered[place]].encode("utf-8", "surrogatepass") for place in held]
        return Postings(terms, starts, rows[places], weights[places])
