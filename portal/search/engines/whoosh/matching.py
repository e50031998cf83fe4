"""Which rows of a segment a plan matches, as masks; those of the last few plans are kept."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import numpy as np

from portal.search.engine import Concept, Plan
from portal.search.engines.whoosh.facets import Mask
from portal.search.engines.whoosh.lists import List
from portal.search.engines.whoosh.private import Array
from portal.search.engines.whoosh.snapshot import Part, Snapshot

_KEPT = 12


class Matches:
    """Masks over every part of a snapshot, live rows only. Nobody may change them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._kept: OrderedDict[Hashable, list[Mask]] = OrderedDict()
        self._lock = Lock()

    def of(self, plan: Plan) -> list[Mask]:
        words = plan.concepts, plan.minimum, plan.required, plan.excluded
        bounds = frozenset(plan.limits.items()), plan.days
        parts = self._snapshot.parts

        def by_words() -> list[Mask]:
            return [part.live & said(part, plan) for part in parts]

        if bounds == (frozenset(), None):
            return self._held(words, by_words)
        return self._held(
            (words, bounds),
            lambda: [mask & within(part, plan) for part, mask in zip(parts, self._held(words, by_words), strict=True)],
        )

    def _held(self, key: Hashable, make: Callable[[], list[Mask]]) -> list[Mask]:
        with self._lock:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made


def said(part: Part, plan: Plan) -> Mask:
    """Rows where the words of the plan hold."""
    count = part.segment.count
    if plan.minimum > len(plan.concepts):
        return np.zeros(count, np.bool_)
    mask = np.ones(count, np.bool_)
    if plan.minimum > 0:
        counts = np.zeros(count, np.min_scalar_type(len(plan.concepts)))
        for concept in plan.concepts:
            add(part, concept, counts)
        mask = counts >= plan.minimum
    for concept in plan.required:
        mask &= holding(part, concept)
    for concept in plan.excluded:
        mask &= ~holding(part, concept)
    return mask


def add(part: Part, concept: Concept, counts: Array) -> None:
    """Count one for each row where a concept holds."""
    alternatives = present(part, concept)
    if len(alternatives) == 1 and len(alternatives[0]) == 1:
        alternatives[0][0].tally(counts)
    elif alternatives:
        counts += union(part, alternatives)


def holding(part: Part, concept: Concept) -> Mask:
    return union(part, present(part, concept))


def present(part: Part, concept: Concept) -> list[list[List]]:
    """The alternatives whose terms all stand somewhere in this segment."""
    found = []
    for alternative in concept:
        lists: list[List] = []
        for term in alternative:
            if (each := part.list(term)) is None:
                break
            lists.append(each)
        else:
            found.append(lists)
    return found


def union(part: Part, alternatives: list[list[List]]) -> Mask:
    mask = np.zeros(part.segment.count, np.bool_)
    for lists in alternatives:
        if len(lists) == 1:
            lists[0].mark(mask)
        else:
            both = np.ones(part.segment.count, np.bool_)
            for each in lists:
                own = np.zeros(part.segment.count, np.bool_)
                each.mark(own)
                both &= own
            mask |= both
    return mask


def within(part: Part, plan: Plan) -> Mask:
    """Rows inside of the limits and days."""
    segment = part.segment
    mask = np.ones(segment.count, np.bool_)
    for name, values in plan.limits.items():
        facet = segment.facets.get(name)
        if facet is None:
            return np.zeros(segment.count, np.bool_)
        mask &= facet.having(values, segment.count)
    if plan.days:
        mask &= (segment.day >= plan.days[0]) & (segment.day <= plan.days[1])
    return mask
