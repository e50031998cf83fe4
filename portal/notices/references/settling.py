"""What one mention of a document leaves unsaid and another one of the same text tells."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from portal.notices.references.keys import key_of
from portal.notices.references.model import Reference


def settled(references: Iterable[Reference]) -> list[tuple[Reference, str | None]]:
    """Each reference with its key. A mention without type or date has that of the others, when these agree."""
    keyed = [(reference, None if reference.own else key_of(reference)) for reference in references]
    days: dict[str, set[date]] = defaultdict(set)
    types: dict[str, set[str]] = defaultdict(set)
    for reference, key in keyed:
        if key is None:
            continue
        if reference.issued_on:
            days[key].add(reference.issued_on)
        if reference.type:
            types[key].add(reference.type)
    return [(_completed(r, days.get(key or ""), types.get(key or "")), key) for r, key in keyed]


def _completed(reference: Reference, days: set[date] | None, types: set[str] | None) -> Reference:
    if days and len(days) == 1 and reference.issued_on is None:
        day = next(iter(days))
        reference = replace(reference, issued_on=day, year=reference.year or day.year)
    if types and len(types) == 1 and not reference.type:
        reference = replace(reference, type=next(iter(types)))
    return reference
