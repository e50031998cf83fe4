"""A searcher: tantivy ranks the best units, bitmaps say which of them match and how many there are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import orjson
import tantivy

from portal.search.engine import Candidate, Damaged, Plan, Term
from portal.search.engines.tantivy.bits import Bits, Slots, count, has, of_slots, slots_of
from portal.search.engines.tantivy.matching import Matching
from portal.search.engines.tantivy.postings import Postings
from portal.search.engines.tantivy.records import Records
from portal.search.engines.tantivy.snapshot import Occur, Query, Scores, Snapshot, of_these

Stored = TypeVar("Stored")

FEW = 1000
"""So many matching units are scored one by one instead of looking for them among the best of all."""
_MORE = 4
_AT_ONCE = 500


class TantivySearcher:
    """A reference is a slot."""

    def __init__(self, snapshot: Snapshot, records: Records, postings: Postings) -> None:
        self._snapshot, self._records = snapshot, records
        self._columns = snapshot.columns
        self._matching = Matching(snapshot, postings)

    @property
    def units(self) -> int:
        return int(self._snapshot.searcher.num_docs)

    def top(self, plan: Plan, limit: int) -> list[Candidate]:
        matching = self._matching.units(plan)
        limit = min(limit, count(matching))
        if limit <= 0:
            return []
        slots, scores = self._scored(plan, matching, limit)
        if len(slots) < limit:
            rest = self._columns.latest(slots_of(matching & ~of_slots(slots, len(matching))), limit - len(slots))
            slots, scores = np.concatenate([slots, rest]), np.concatenate([scores, np.zeros(len(rest))])
        order = self._columns.ranked(slots, scores)[:limit]
        return self._candidates(slots[order], scores[order])

    def by_date(self, plan: Plan, limit: int, offset: int = 0) -> list[Candidate]:
        slots = slots_of(self._matching.heads(plan))
        slots = self._columns.latest(slots, offset + limit)[offset:]
        return self._candidates(slots, np.zeros(len(slots)))

    def total(self, plan: Plan) -> int:
        return count(self._matching.heads(plan))

    def facets(self, plan: Plan, names: Sequence[str]) -> dict[str, dict[str, int]]:
        return self._columns.counted(self._matching.heads(plan), names)

    def briefs(self, refs: Sequence[Any]) -> list[Mapping[str, Any]]:
        found = self._records.briefs(refs)
        return [_read(found, ref) for ref in refs]

    def texts(self, refs: Sequence[Any]) -> list[str]:
        found = self._records.texts(refs)
        return [_there(found, ref) for ref in refs]

    def frequency(self, term: Term) -> int:
        return self._snapshot.frequency(term)

    def terms(self, field: str) -> Iterator[tuple[str, int]]:
        return iter(self._snapshot.terms(field))

    def heads(self) -> Iterator[Mapping[str, Any]]:
        slots = slots_of(self._columns.heads).tolist()
        for start in range(0, len(slots), _AT_ONCE):
            found = self._records.briefs(slots[start : start + _AT_ONCE])
            yield from (_read(found, slot) for slot in found)

    def versions(self) -> dict[str, tuple[int, int]]:
        live = set(slots_of(self._columns.live).tolist())
        found: dict[str, tuple[int, int]] = {}
        for rows in self._records.rows(0, self._columns.taken):
            for row in rows:
                if row.slot in live:
                    found[row.uid] = (row.version, found.get(row.uid, (0, 0))[1] + 1)
        return found

    def _candidates(self, slots: Slots, scores: Scores) -> list[Candidate]:
        columns = self._columns
        heads = (columns.place[slots] == 0).tolist()
        found = zip(scores.tolist(), slots.tolist(), columns.first[slots].tolist(), heads, strict=True)
        return [Candidate(score, slot, group, head) for score, slot, group, head in found]

    def _scored(self, plan: Plan, matching: Bits, limit: int) -> tuple[Slots, Scores]:
        """The best of those that match and have a scored term, all of equal score where the limit cuts."""
        weighted = [(Occur.Should, self._weighted(term, weight)) for term, weight in plan.scored]
        if not weighted:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        query = Query.boolean_query(weighted)
        if count(matching) <= max(FEW, 2 * limit):
            return self._one_by_one(query, slots_of(matching))
        wanted = int(limit * 1.1 / self._matching.share(plan, matching)) + 16
        while True:
            slots, scores = self._snapshot.best(query, wanted)
            last = scores[-1] if len(scores) else 0.0
            complete = len(slots) < wanted
            matched = has(matching, slots)
            slots, scores = slots[matched], scores[matched]
            if complete or (len(slots) >= limit and scores[limit - 1] > last):
                return slots, scores
            wanted = min(wanted * _MORE, self.units + 1)

    def _one_by_one(self, query: tantivy.Query, matching: Slots) -> tuple[Slots, Scores]:
        these = of_these(self._snapshot.schema, matching.tolist())
        return self._snapshot.best(Query.boolean_query([(Occur.Must, these), (Occur.Should, query)]), len(matching))

    def _weighted(self, term: Term, weight: float) -> tantivy.Query:
        query = self._snapshot.term(term)
        return query if weight == 1 else Query.boost_query(query, weight)


def _there(found: Mapping[int, Stored], slot: int) -> Stored:
    if slot not in found:
        raise Damaged(f"there is no record of unit {slot}")
    return found[slot]


def _read(found: Mapping[int, bytes], slot: int) -> Mapping[str, Any]:
    try:
        brief: Mapping[str, Any] = orjson.loads(_there(found, slot))
    except orjson.JSONDecodeError as error:
        raise Damaged(f"the record of unit {slot}: {error}") from error
    return brief
