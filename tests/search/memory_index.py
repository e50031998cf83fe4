"""An index in memory that does exactly what `portal.search.engine` says, slowly: what questions are tried on."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import Any

from portal.search.documents import Document
from portal.search.engine import FIELDS, K1, B, Candidate, Concept, Plan, Term, Unit
from portal.search.units import units_of


class MemorySearcher:
    """A `Searcher` over these documents."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._units = [unit for document in documents for unit in units_of(document, 1)]
        self._groups = {document.uid: place for place, document in enumerate(documents)}
        self._frequencies = Counter(
            Term(field, text) for unit in self._units for field in FIELDS for text in unit.terms.get(field, ())
        )
        self._lengths = [{f: sum(unit.terms.get(f, {}).values()) for f in FIELDS} for unit in self._units]
        count = max(1, len(self._units))
        self._average = {f: sum(lengths[f] for lengths in self._lengths) / count or 1.0 for f in FIELDS}

    @property
    def units(self) -> int:
        return len(self._units)

    def top(self, plan: Plan, limit: int) -> list[Candidate]:
        found = [(self._score(place, plan), place) for place in self._matching(plan)]
        found.sort(key=lambda one: (-one[0], -self._units[one[1]].day, self._key(one[1])))
        return [self._candidate(score, place) for score, place in found[:limit]]

    def by_date(self, plan: Plan, limit: int, offset: int = 0) -> list[Candidate]:
        heads = sorted(self._heads(plan), key=lambda place: (-self._units[place].day, self._key(place)))
        return [self._candidate(0.0, place) for place in heads[offset : offset + limit]]

    def total(self, plan: Plan) -> int:
        return len(list(self._heads(plan)))

    def facets(self, plan: Plan, names: Sequence[str]) -> dict[str, dict[str, int]]:
        heads = [self._units[place] for place in self._heads(plan)]
        return {name: dict(Counter(value for unit in heads for value in unit.facets.get(name, ()))) for name in names}

    def briefs(self, refs: Sequence[Any]) -> list[Mapping[str, Any]]:
        return [self._units[ref].brief for ref in refs]

    def texts(self, refs: Sequence[Any]) -> list[str]:
        return [self._units[ref].text for ref in refs]

    def frequency(self, term: Term) -> int:
        return self._frequencies[term]

    def terms(self, field: str) -> Iterator[tuple[str, int]]:
        return ((term.text, count) for term, count in self._frequencies.items() if term.field == field)

    def heads(self) -> Iterator[Mapping[str, Any]]:
        return (unit.brief for unit in self._units if unit.head)

    def versions(self) -> dict[str, tuple[int, int]]:
        counts = Counter(unit.uid for unit in self._units)
        return {uid: (1, count) for uid, count in counts.items()}

    def _key(self, place: int) -> tuple[str, str]:
        return self._units[place].uid, self._units[place].anchor

    def _candidate(self, score: float, place: int) -> Candidate:
        unit = self._units[place]
        return Candidate(score, place, self._groups[unit.uid], unit.head)

    def _heads(self, plan: Plan) -> Iterator[int]:
        return (place for place in self._matching(plan) if self._units[place].head)

    def _matching(self, plan: Plan) -> Iterator[int]:
        for place, unit in enumerate(self._units):
            if _matches(unit, plan):
                yield place

    def _score(self, place: int, plan: Plan) -> float:
        unit, count, score = self._units[place], len(self._units), 0.0
        for term, weight in plan.scored:
            tf = unit.terms.get(term.field, {}).get(term.text, 0)
            if tf:
                df = self._frequencies[term]
                norm = 1 - B + B * self._lengths[place][term.field] / self._average[term.field]
                score += weight * log(1 + (count - df + 0.5) / (df + 0.5)) * tf * (K1 + 1) / (tf + K1 * norm)
        return score


def _holds(unit: Unit, concept: Concept) -> bool:
    return any(all(term.text in unit.terms.get(term.field, ()) for term in alternative) for alternative in concept)


def _matches(unit: Unit, plan: Plan) -> bool:
    return (
        sum(_holds(unit, concept) for concept in plan.concepts) >= plan.minimum
        and all(_holds(unit, concept) for concept in plan.required)
        and not any(_holds(unit, concept) for concept in plan.excluded)
        and all(values & set(unit.facets.get(facet, ())) for facet, values in plan.limits.items())
        and (plan.days is None or plan.days[0] <= unit.day <= plan.days[1])
    )


class MemoryLive:
    """The index of a host as `find` asks it."""

    def __init__(self, documents: Sequence[Document], suggestion: str | None = None) -> None:
        self._searcher = MemorySearcher(documents)
        self._suggestion = suggestion
        self.complaints: list[Exception] = []

    def searcher(self) -> MemorySearcher:
        return self._searcher

    def speller(self) -> "MemoryLive":
        return self

    def suggest(self, text: str) -> str | None:
        return self._suggestion

    def complain(self, error: Exception) -> None:
        self.complaints.append(error)
