"""What may be asked of the vocabularies."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.catalogue.models import ProcedureTerm, Term
from portal.publishing.models import WORKING, Edition, State

FACETS = {"audience": "audience", "life_event": "event", "business_event": "event"}
"""Vocabulary → the facet under which procedures name its words."""
_IN_USE = (*WORKING, State.PUBLISHED)


def terms(db: Session, vocabulary: str | None = None, *, retired: bool = False) -> list[Term]:
    """The words on offer in their order, of all vocabularies when None; with the retired ones when asked for."""
    asked = select(Term).order_by(Term.position, Term.name)
    if vocabulary is not None:
        asked = asked.where(Term.vocabulary == vocabulary)
    if not retired:
        asked = asked.where(~Term.retired)
    return list(db.scalars(asked))


def by_slug(db: Session, slug: str) -> Term | None:
    """The word of that slug, also a retired one."""
    return db.get(Term, slug)


def labels(db: Session, slugs: Collection[str], lang: str) -> dict[str, str]:
    """Names by slug, in the order of the vocabularies; slugs that are no words are missing."""
    found = db.scalars(select(Term).where(Term.slug.in_(set(slugs))).order_by(Term.position, Term.name))
    return {term.slug: term.label(lang) for term in found}


def successor(db: Session, term: Term) -> Term | None:
    """The word that a retired one went into at last; None for one on offer, or retired for good."""
    seen = {term.slug}
    while term.retired and term.merged_into and term.merged_into not in seen:
        seen.add(term.merged_into)
        term = db.get_one(Term, term.merged_into)
    return None if term.retired or len(seen) == 1 else term


def users(db: Session, term: Term, *, most: int = 20) -> list[Edition]:
    """Editions that are being written or published and name the word, by title; at most so many."""
    using = _in_use(term.vocabulary).where(ProcedureTerm.slug == term.slug).with_only_columns(Edition.id)
    return list(db.scalars(select(Edition).where(Edition.id.in_(using)).order_by(Edition.title).limit(most)))


def used(db: Session, vocabulary: str) -> dict[str, int]:
    """How many items name each word in an edition that is being written or published; without unused ones."""
    asked = _in_use(vocabulary).with_only_columns(ProcedureTerm.slug, func.count(Edition.item_id.distinct()))
    return {slug: int(number) for slug, number in db.execute(asked.group_by(ProcedureTerm.slug))}


def _in_use(vocabulary: str) -> Select[Any]:
    return (
        select(Edition.id)
        .join(ProcedureTerm, ProcedureTerm.edition_id == Edition.id)
        .where(ProcedureTerm.facet == FACETS[vocabulary], Edition.state.in_(_IN_USE))
    )
