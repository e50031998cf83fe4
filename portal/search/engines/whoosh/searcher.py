"""Answers over one commit."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from portal.search.engine import Candidate, Plan, Term
from portal.search.engines.whoosh import private, scoring
from portal.search.engines.whoosh.matching import Matches
from portal.search.engines.whoosh.snapshot import Snapshot


class WhooshSearcher:
    """See `portal.search.engine.Searcher`. Holds its files open, so that later commits change nothing here.

    A `ref` is the number of a segment and of a row in it.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._matches = Matches(snapshot)

    @property
    def units(self) -> int:
        return self._snapshot.units

    def top(self, plan: Plan, limit: int) -> list[Candidate]:
        return scoring.best(self._snapshot, plan, self._matches.of(plan), limit)

    def by_date(self, plan: Plan, limit: int, offset: int = 0) -> list[Candidate]:
        return scoring.latest(self._snapshot, self._matches.of(plan), offset + limit)[offset:]

    def total(self, plan: Plan) -> int:
        masks = zip(self._snapshot.parts, self._matches.of(plan), strict=True)
        return sum(int(np.count_nonzero(mask & part.segment.head)) for part, mask in masks)

    def facets(self, plan: Plan, names: Sequence[str]) -> dict[str, dict[str, int]]:
        counts: dict[str, Counter[str]] = {name: Counter() for name in names}
        for part, mask in zip(self._snapshot.parts, self._matches.of(plan), strict=True):
            heads = mask & part.segment.head
            rows = np.flatnonzero(heads)
            for name, counted in counts.items():
                if facet := part.segment.facets.get(name):
                    counted.update(facet.counts(heads, rows))
        return {name: dict(counted) for name, counted in counts.items()}

    def briefs(self, refs: Sequence[Any]) -> list[Mapping[str, Any]]:
        return [self._snapshot.parts[place].segment.stored.brief(row) for place, row in refs]

    def texts(self, refs: Sequence[Any]) -> list[str]:
        return [self._snapshot.parts[place].segment.stored.text(row) for place, row in refs]

    def frequency(self, term: Term) -> int:
        return self._snapshot.frequency(term)

    def terms(self, field: str) -> Iterator[tuple[str, int]]:
        """Deleted units count."""
        found: Counter[str] = Counter()
        for part in self._snapshot.parts:
            for term, entry in part.segment.terms.entries(field):
                found[term] += private.frequency(entry)
        yield from found.items()

    def heads(self) -> Iterator[Mapping[str, Any]]:
        for part in self._snapshot.parts:
            for row in np.flatnonzero(part.heads).tolist():
                yield part.segment.stored.brief(row)

    def versions(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for part in self._snapshot.parts:
            segment = part.segment
            units = np.bincount(segment.document[part.live], minlength=segment.documents)
            for document in np.flatnonzero(units).tolist():
                uid = segment.uid(document).decode("utf-8", "surrogatepass")
                found[uid] = int(segment.versions[document]), int(units[document])
        return found
