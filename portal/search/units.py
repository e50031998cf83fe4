"""A document as the rows of the index: its head, and one unit for each passage.

Words of the title, the context and the text are counted together, weighted, before the engine scores them; pairs
never cross from one of these into another.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from math import isqrt
from typing import Any

from portal.search.analysis import number_terms, tokens
from portal.search.analysis.words import FOLDED as FOLDED_OF_TOKEN
from portal.search.documents import Document, Passage
from portal.search.engine import EXACT, FOLDED, NUMBER, PAIRS, Unit
from portal.search.weights import CONTEXT, TITLE

VERSION = 2
"""To be raised with every change of terms, weights or briefs: each host then builds its index anew."""

_MOST_INDEXED = 4_000_000
_MOST_STORED = 40_000
_BEGINNING = 2_000
_PASSAGE_CONTEXT = 1_000

Terms = tuple[list[str], list[str], list[str]]
"""Exact, folded and pairs, in order."""


def units_of(document: Document, version: int) -> list[Unit]:
    """The head, then the passages in their order. `version`: number of the change at which the document was read."""
    facets = _facets(document)
    day = document.issued_on.toordinal() if document.issued_on else 0
    brief = _brief(document)
    numbers = dict.fromkeys(number_terms(document.number), 1) if document.number else {}

    def unit(counts: dict[str, Counter[str]], passage: Passage | None, text: str) -> Unit:
        own = {NUMBER: numbers} if passage is None else {}
        return Unit(
            uid=document.uid,
            head=passage is None,
            anchor=passage.anchor if passage else "",
            version=version,
            terms={**counts, **own},
            facets=facets,
            day=day,
            brief={**brief, **_brief_of_passage(passage)} if passage else brief,
            text=text,
        )

    known_by = tuple(part for part in (document.number, document.context) if part)
    of_passages = [_terms(passage.text) for passage in document.passages]
    head = _counted(
        _whole(document, of_passages),
        _terms(document.title),
        [_context(part) for part in known_by],
        damped=bool(document.passages),
    )
    units = [unit(head, None, document.text[: _BEGINNING if document.passages else _MOST_STORED])]
    around = [_context(part) for part in (document.title, *(part[:_PASSAGE_CONTEXT] for part in known_by))]
    for passage, of_text in zip(document.passages, of_passages, strict=True):
        counts = _counted([of_text], _terms(passage.title), around)
        units.append(unit(counts, passage, passage.text[:_MOST_STORED]))
    return units


def _terms(text: str) -> Terms:
    exact = tokens(text[:_MOST_INDEXED])
    folded = list(map(FOLDED_OF_TOKEN.__getitem__, exact))
    return exact, folded, list(map("_".join, pairwise(folded)))


_context = lru_cache(maxsize=256)(_terms)
"""The same words stand around many passages and items."""


def _whole(document: Document, of_passages: list[Terms]) -> list[Terms]:
    """The terms of the whole text; what stands in passages is not taken apart again."""
    text = document.text[:_MOST_INDEXED]
    rest, at = [], 0
    for passage in document.passages:
        start = text.find(passage.text, at)
        end = start + len(passage.text)
        if start < 0 or text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
            return [_terms(text)]
        rest.append(_terms(text[at:start]))
        at = end
    return [*of_passages, *rest, _terms(text[at:])]


def _counted(
    texts: Iterable[Terms], title: Terms, context: Iterable[Terms], *, damped: bool = False
) -> dict[str, Counter[str]]:
    """`damped`: words of the text count by the root of how often they stand there. The passages say how often; a whole
    law counted in full would only make every article look short beside the average (docs/decisions/search-quality.md).
    """
    counted = {}
    for place, field in enumerate((EXACT, FOLDED, PAIRS)):
        counts = counted[field] = Counter[str]()
        for terms in texts:
            counts.update(terms[place])
        if damped:
            counts = counted[field] = Counter({term: 1 + isqrt(times - 1) for term, times in counts.items()})
        _add(counts, title[place], TITLE)
        for terms in context:
            _add(counts, terms[place], CONTEXT)
    return counted


def _add(counts: Counter[str], terms: Iterable[str], weight: int) -> None:
    get = counts.get
    for term in terms:
        counts[term] = get(term, 0) + weight


def _facets(document: Document) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str | None, ...]] = {
        "kind": (document.kind,),
        "type": (document.type,),
        "issuer": (document.issuer,),
        "field": document.fields,
        "year": (document.year,),
        "effect": (document.effect,),
    }
    present = {name: tuple(value for value in of_facet if value) for name, of_facet in values.items()}
    return {name: of_facet for name, of_facet in present.items() if of_facet}


def _brief(document: Document) -> dict[str, Any]:
    return {
        "uid": document.uid,
        "kind": document.kind,
        "head": True,
        "anchor": "",
        "title": document.title,
        "heading": None,
        "number": document.number,
        "type": document.type,
        "issuer": document.issuer,
        "issuer_name": document.issuer_name,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "year": document.year,
        "effect": document.effect,
        "fields": list(document.fields),
        "path": document.path,
        "source_id": document.source_id,
        "passage_source_id": None,
        "language": document.language,
    }


def _brief_of_passage(passage: Passage) -> dict[str, Any]:
    return {
        "head": False,
        "anchor": passage.anchor,
        "heading": passage.title,
        "passage_source_id": passage.source_id,
    }
