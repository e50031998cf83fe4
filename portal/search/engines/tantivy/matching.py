"""Which units a plan matches."""

import threading
from collections import OrderedDict
from collections.abc import Hashable

from portal.search.engine import Alternative, Concept, Plan
from portal.search.engines.tantivy.bits import Bits, at_least, common, count, everything, nothing, united
from portal.search.engines.tantivy.postings import Postings
from portal.search.engines.tantivy.snapshot import Snapshot

_LATELY = 8
"""Top, total and facets of one request ask the same."""


class Matching:
    """Of one snapshot."""

    def __init__(self, snapshot: Snapshot, postings: Postings) -> None:
        self._snapshot, self._postings = snapshot, postings
        self._words = snapshot.columns.words
        self._lately: OrderedDict[Hashable, Bits] = OrderedDict()
        self._lock = threading.Lock()

    def units(self, plan: Plan) -> Bits:
        """Live units that match, heads and passages."""
        found = self._by_terms(plan)
        for condition in self._snapshot.columns.within(plan.limits, plan.days):
            found = found & condition
        return found

    def share(self, plan: Plan, matching: Bits) -> float:
        """Which part of the units that hold what was asked are within the limits: at most 1, never 0."""
        if not plan.limits and plan.days is None:
            return 1.0
        return max(1, count(matching)) / max(1, count(self._by_terms(plan)))

    def heads(self, plan: Plan) -> Bits:
        return self.units(plan) & self._snapshot.columns.heads

    def _by_terms(self, plan: Plan) -> Bits:
        key = (plan.concepts, plan.minimum, plan.required, plan.excluded)
        with self._lock:
            known = self._lately.get(key)
        if known is None:
            known = self._made(plan)
            with self._lock:
                self._lately[key] = known
                while len(self._lately) > _LATELY:
                    self._lately.popitem(last=False)
        return known

    def _made(self, plan: Plan) -> Bits:
        found = self._snapshot.columns.live
        if plan.concepts:
            sets = [self._concept(concept) for concept in plan.concepts]
            found = found & at_least(sets, plan.minimum, self._words)
        for concept in plan.required:
            found = found & self._concept(concept)
        for concept in plan.excluded:
            found = found & ~self._concept(concept)
        return found

    def _concept(self, concept: Concept) -> Bits:
        sets = [found for found in map(self._alternative, concept) if found is not None]
        if not sets:
            return nothing(self._words)
        return united(sets)

    def _alternative(self, alternative: Alternative) -> Bits | None:
        """None: no unit."""
        sets = []
        for term in alternative:
            found = self._postings.bits(term, self._snapshot)
            if found is None:
                return None
            sets.append(found)
        if not sets:
            return everything(self._words)
        return common(sets)
