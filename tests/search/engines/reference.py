"""The contract of `portal.search.engine` in the plainest words: a list of units, counted one by one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

from portal.search.engine import K1, B, Concept, Plan, Term, Unit


def unit(
    uid: str,
    anchor: str = "",
    *,
    day: int = 0,
    version: int = 1,
    facets: Mapping[str, tuple[str, ...]] | None = None,
    text: str = "",
    **terms: str | Mapping[str, int],
) -> Unit:
    """`unit("a", E="một hai hai")`: words separated by spaces, as often as they stand there, or term → weight."""
    weighted = {
        name: dict(Counter(words.split()) if isinstance(words, str) else words) for name, words in terms.items()
    }
    brief = {"uid": uid, "anchor": anchor, "head": not anchor, "title": f"Tên của {uid}#{anchor}"}
    return Unit(uid, not anchor, anchor, version, weighted, facets or {}, day, brief, text or f"Lời của {uid}#{anchor}")


def words(field: str, text: str) -> tuple[Concept, ...]:
    """Each word of the text is one concept with one alternative."""
    return tuple(((Term(field, word),),) for word in text.split())


def scored(field: str, text: str, weight: float = 1.0) -> tuple[tuple[Term, float], ...]:
    return tuple((Term(field, word), weight) for word in dict.fromkeys(text.split()))


class Reference:
    """The same answers as an engine, by going through all units."""

    def __init__(self, documents: Iterable[tuple[str, Sequence[Unit]]] = ()) -> None:
        self.documents: dict[str, Sequence[Unit]] = {}
        for uid, units in documents:
            self.replace(uid, units)

    def replace(self, uid: str, units: Sequence[Unit]) -> None:
        self.documents.pop(uid, None)
        if units:
            self.documents[uid] = units

    @property
    def units(self) -> list[Unit]:
        return [each for units in self.documents.values() for each in units]

    def scores(self, plan: Plan) -> dict[tuple[str, str], float]:
        """(uid, anchor) → score of every unit that matches."""
        units = self.units
        found = {(each.uid, each.anchor): 0.0 for each in units if matches(plan, each)}
        for term, weight in plan.scored:
            lengths = {(each.uid, each.anchor): sum(each.terms.get(term.field, {}).values()) for each in units}
            holding = [each for each in units if holds(each, term)]
            average = sum(lengths.values()) / len(units) if units else 0
            idf = log(1 + (len(units) - len(holding) + 0.5) / (len(holding) + 0.5))
            for each in holding:
                key = each.uid, each.anchor
                if key in found:
                    tf = each.terms[term.field][term.text]
                    found[key] += weight * idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * lengths[key] / average))
        return found

    def total(self, plan: Plan) -> int:
        return sum(each.head and matches(plan, each) for each in self.units)

    def facets(self, plan: Plan, names: Sequence[str]) -> dict[str, dict[str, int]]:
        heads = [each for each in self.units if each.head and matches(plan, each)]
        return {name: dict(Counter(v for each in heads for v in set(each.facets.get(name, ())))) for name in names}

    def by_date(self, plan: Plan) -> list[str]:
        heads = [each for each in self.units if each.head and matches(plan, each)]
        return [each.uid for each in sorted(heads, key=lambda each: (-each.day, each.uid))]


def holds(each: Unit, term: Term) -> bool:
    return term.text in each.terms.get(term.field, {})


def said(each: Unit, concept: Concept) -> bool:
    return any(all(holds(each, term) for term in alternative) for alternative in concept)


def matches(plan: Plan, each: Unit) -> bool:
    return (
        sum(said(each, concept) for concept in plan.concepts) >= plan.minimum
        and all(said(each, concept) for concept in plan.required)
        and not any(said(each, concept) for concept in plan.excluded)
        and all(set(each.facets.get(name, ())) & values for name, values in plan.limits.items())
        and (plan.days is None or plan.days[0] <= each.day <= plan.days[1])
    )
