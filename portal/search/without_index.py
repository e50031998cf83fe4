"""The answer while there is no index: numbers and titles, asked of the database."""

from collections import Counter
from datetime import date

from sqlalchemy.orm import Session

from portal.search import faceting
from portal.search.analysis import fold, has_marks
from portal.search.documents import FACETS, Document, searchables
from portal.search.engine import Plan
from portal.search.highlight import marked
from portal.search.query import Asked, parse
from portal.search.query.planning import limits_of
from portal.search.results import Hit, Results, Wanted
from portal.search.vocabulary import Vocabulary

MOST = 100
"""Documents of each kind that the database is asked for."""


def found_in_database(db: Session, wanted: Wanted, language: str) -> Results:
    """Documents whose number was typed or whose title holds the words; `total` counts at most `MOST` of a kind."""
    asked = parse(wanted.q, Vocabulary(db, None))
    plan = limits_of(Plan(), asked, wanted)
    every = _documents(db, asked)
    briefs = {document.uid: _brief(document) for document in every}
    within = [document for document in every if faceting.is_within(briefs[document.uid], plan)]
    if wanted.sort == "date":
        within.sort(key=lambda document: document.issued_on or date.min, reverse=True)
    counts = faceting.counts_of(list(briefs.values()), plan, asked, wanted)
    facets = faceting.facets(db, counts, wanted, language)
    names = {facet: {value.value: value.label for value in facets.get(facet, ())} for facet in ("type", "effect")}
    start = (wanted.page - 1) * wanted.size
    return Results(
        wanted=wanted,
        total=len(within),
        relaxed=False,
        took_ms=0.0,
        hits=tuple(_hit(document, asked, names) for document in within[start : start + wanted.size]),
        facets=facets,
        from_index=False,
        shortened=asked.shortened,
        unknown=asked.unknown,
    )


def _documents(db: Session, asked: Asked) -> list[Document]:
    words = asked.text if asked.plain else " ".join([*asked.numbers, *asked.words])
    if not words:
        return []
    found = (document for kind in searchables().values() for document in kind.by_words(db, words, MOST))
    return list({document.uid: document for document in found}.values())


def _brief(document: Document) -> dict[str, object]:
    values = {facet: getattr(document, facet) for facet in FACETS if facet != "field"}
    issued = document.issued_on.isoformat() if document.issued_on else None
    return {**values, "fields": document.fields, "issued_on": issued}


def _hit(document: Document, asked: Asked, names: dict[str, dict[str, str]]) -> Hit:
    weights = Counter(fold(word) for word in asked.words)
    exact = frozenset(word for word in asked.words if has_marks(word))
    return Hit(
        uid=document.uid,
        kind=document.kind,
        title=document.title,
        title_pieces=tuple(marked(document.title, weights, exact)),
        number=document.number,
        type=document.type,
        type_name=names["type"].get(document.type or ""),
        issuer=document.issuer,
        issuer_name=document.issuer_name,
        issued_on=document.issued_on,
        effect=document.effect,
        effect_name=names["effect"].get(document.effect or ""),
        fields=document.fields,
        path=document.path,
        url=document.path,
        source_id=document.source_id,
        passage=None,
        passages=(),
        snippet_pieces=(),
        score=0.0,
        language=document.language,
    )
