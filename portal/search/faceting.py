"""Facets with true counts: clicking "Nghị định (12)" gives 12."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal.search.documents import FACETS
from portal.search.engine import Plan, Searcher
from portal.search.query.asked import Asked
from portal.search.results import FacetValue, Wanted
from portal.search.vocabulary import labels

Counts = Mapping[str, Mapping[str, int]]
MOST_VALUES = 200
"""Values of one facet that are shown, the most frequent."""


def without_own(plan: Plan, facet: str, asked: Asked) -> Plan:
    """The plan without what the visitor chose of this facet; what the question itself says of it stays."""
    limits = {name: values for name, values in plan.limits.items() if name != facet}
    if facet in asked.limits:
        limits[facet] = asked.limits[facet]
    return replace(plan, limits=limits)


def counts(searcher: Searcher, plan: Plan, asked: Asked, wanted: Wanted) -> Counts:
    """Facet → value → how many documents; a facet that is limited counts as if it were not."""
    chosen = [facet for facet in FACETS if wanted.limits.get(facet)]
    found = dict(searcher.facets(plan, [facet for facet in FACETS if facet not in chosen]))
    for facet in chosen:
        found |= searcher.facets(without_own(plan, facet, asked), [facet])
    return found


def facets(db: Session, found: Counts, wanted: Wanted, language: str) -> dict[str, tuple[FacetValue, ...]]:
    """The counts with words, most frequent first, years latest first; what is chosen is always there."""
    named: dict[str, tuple[FacetValue, ...]] = {}
    for facet in FACETS:
        chosen = wanted.limits.get(facet, frozenset())
        values = dict.fromkeys(sorted(chosen), 0) | dict(found.get(facet, {}))
        if not values:
            continue
        words = labels(db, facet, list(values), language)
        if facet == "year":
            shown = sorted(values, reverse=True)
        else:
            shown = sorted(values, key=lambda value: (value not in chosen, -values[value], words[value]))
        named[facet] = tuple(
            FacetValue(value, words[value], values[value], value in chosen) for value in shown[:MOST_VALUES]
        )
    return named


def is_within(brief: Mapping[str, Any], plan: Plan) -> bool:
    """Whether a document, by its brief, keeps every limit of the plan."""
    if plan.days is not None:
        issued = brief["issued_on"]
        day = date.fromisoformat(issued).toordinal() if issued else 0
        if not plan.days[0] <= day <= plan.days[1]:
            return False
    return all(values & set(values_of(brief, facet)) for facet, values in plan.limits.items())


def values_of(brief: Mapping[str, Any], facet: str) -> Sequence[str]:
    """The values of a facet that a document has, by its brief."""
    found = brief["fields"] if facet == "field" else brief[facet]
    return found if isinstance(found, list | tuple) else [found] if found else []


def counts_of(briefs: Sequence[Mapping[str, Any]], plan: Plan, asked: Asked, wanted: Wanted) -> Counts:
    """The same counts over documents that were read one by one."""
    found: dict[str, Counter[str]] = {}
    for facet in FACETS:
        free = without_own(plan, facet, asked) if wanted.limits.get(facet) else plan
        values = (value for brief in briefs if is_within(brief, free) for value in values_of(brief, facet))
        found[facet] = Counter(values)
    return found
