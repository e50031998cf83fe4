"""The only writer of the vocabularies: every change is recorded, and every page that shows a word is made anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.catalogue.models import Term
from portal.catalogue.vocabularies import queries
from portal.catalogue.vocabularies.errors import (
    AddressTaken,
    ChangedMeanwhile,
    NameTaken,
    NotASuccessor,
    StillUsed,
)
from portal.catalogue.vocabularies.files import STEP, TermRow, digest
from portal.publishing.service.pages import changed as pages_changed
from portal.text import fold, free_slug

_NAMES = UUID("0b7c6f0e-5b2f-4a53-8f43-7b9a61f7b0c2")
"""Words have no identity outside of the portal; in the audit record they are named by one made of their slug."""
KEY = "catalogue:terms"
"""Every page depends on it that shows names of words."""
_CHANGED_BY_PEOPLE = ("name", "english_name", "description", "english_description", "position")


@dataclass(frozen=True)
class Subject:
    """What an audit line is about."""

    audit_kind: str
    uid: UUID


def subject_of(slug: str) -> Subject:
    """The word as the audit record names it."""
    return Subject("catalogue term", uuid5(_NAMES, slug))


def bring_terms(db: Session, terms: Sequence[TermRow], *, at: datetime) -> int:
    """Add the words of a file and bring those up to date that nobody has changed; how many were written.

    What people have renamed, described, moved or retired stays as it is, and a word of another vocabulary too.
    """
    known = {term.slug: term for term in db.scalars(select(Term))}
    written = []
    for row in terms:
        values = row.values()
        fresh, term = digest(values), known.get(row.slug)
        if term is None:
            db.add(Term(vocabulary=row.vocabulary, slug=row.slug, **values, retired=False, brought=fresh))
        elif term.retired or term.vocabulary != row.vocabulary or not _as_brought(term) or term.brought == fresh:
            continue
        else:
            _set(term, {**values, "brought": fresh})
        written.append(row.slug)
    if written:
        db.flush()
        audit.record(db, None, "brought", subject_of(""), at=at, terms=written)
        pages_changed(db, KEY, at=at)
    return len(written)


def add(
    db: Session, vocabulary: str, *, by: audit.Actor | None, at: datetime, slug: str | None = None, **values: Any
) -> Term:
    """A new word: `name`, `english_name`, `description`, `english_description`; last unless `position` is given.

    Its `slug` (its address for ever) is made of the name unless given. Raises `NameTaken`, `AddressTaken`.
    """
    _require_free(db, vocabulary, values["name"])
    if slug is not None and queries.by_slug(db, slug) is not None:
        raise AddressTaken(slug)
    slug = slug or free_slug(values["name"], lambda one: queries.by_slug(db, one) is not None)
    if values.get("position") is None:
        last = db.scalar(select(func.max(Term.position)).where(Term.vocabulary == vocabulary))
        values["position"] = (last or 0) + STEP
    term = Term(vocabulary=vocabulary, slug=slug, retired=False, **values)
    db.add(term)
    db.flush()
    audit.record(db, by, "added", subject_of(slug), at=at, slug=slug, vocabulary=vocabulary, **values)
    pages_changed(db, KEY, at=at)
    return term


def change(
    db: Session, term: Term, *, version: int | None, by: audit.Actor | None, at: datetime, **values: Any
) -> None:
    """Rename, describe or move it. Raises `NameTaken`, `ChangedMeanwhile`."""
    _require(term, version)
    if "name" in values:
        _require_free(db, term.vocabulary, values["name"], besides=term.slug)
    _change(db, term, "changed", values, by=by, at=at)


def retire(
    db: Session,
    term: Term,
    *,
    into: str | None = None,
    version: int | None,
    by: audit.Actor | None,
    at: datetime,
) -> None:
    """No longer offer it; `into`: slug of the word of its vocabulary to which its page leads from now on.

    Raises `StillUsed` while a procedure names it, `NotASuccessor`, `ChangedMeanwhile`.
    """
    _require(term, version)
    if into is not None:
        other = queries.by_slug(db, into)
        if other is None or other.retired or other.vocabulary != term.vocabulary or other is term:
            raise NotASuccessor
    using = queries.users(db, term)
    if using:
        raise StillUsed(term.name, queries.used(db, term.vocabulary)[term.slug])
    _change(db, term, "retired", {"retired": True, "merged_into": into}, by=by, at=at)


def offer_again(db: Session, term: Term, *, version: int | None, by: audit.Actor | None, at: datetime) -> None:
    """Take a retirement back. Raises `NameTaken`, `ChangedMeanwhile`."""
    _require(term, version)
    _require_free(db, term.vocabulary, term.name, besides=term.slug)
    _change(db, term, "offered again", {"retired": False, "merged_into": None}, by=by, at=at)


def _change(
    db: Session, term: Term, what: str, values: dict[str, Any], *, by: audit.Actor | None, at: datetime
) -> None:
    new = {name: value for name, value in values.items() if getattr(term, name) != value}
    if not new:
        return
    before = {name: getattr(term, name) for name in new}
    _set(term, new)
    db.flush()
    audit.record(db, by, what, subject_of(term.slug), at=at, before=before, after=new)
    pages_changed(db, KEY, at=at)


def _set(term: Term, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(term, name, value)


def _as_brought(term: Term) -> bool:
    """Whether nobody has changed it since a file last said it."""
    return term.brought == digest({name: getattr(term, name) for name in _CHANGED_BY_PEOPLE})


def _require(term: Term, version: int | None) -> None:
    if version is not None and version != term.version:
        raise ChangedMeanwhile


def _require_free(db: Session, vocabulary: str, name: str, *, besides: str | None = None) -> None:
    same = [term for term in queries.terms(db, vocabulary) if term.slug != besides and fold(term.name) == fold(name)]
    if same:
        raise NameTaken(name)
