"""What the desk asks about procedures and local variants, in whatever state they are."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.agencies.models import Agency
from portal.catalogue.models import LocalService, Procedure, ProcedureTerm
from portal.db import Page
from portal.forms.widgets.choices import Words
from portal.publishing.models import LIVE, WORKING, Edition, Item, State
from portal.text import fold


@dataclass(frozen=True)
class DeskFilter:
    """What the desk's list of procedures is narrowed to.

    `units`: ids of the person's units; `all_public`: also what other units have published; `late_on`: only those whose
    review was due before that day.
    """

    units: frozenset[int]
    all_public: bool = False
    states: tuple[State, ...] = ()
    authority_id: int | None = None
    field: str | None = None
    service: str | None = None
    doubtful: bool = False
    late_on: date | None = None
    words: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """As SQL, over `Procedure`, `Edition` and `Item`."""
        found = [self._reach(), self._current()]
        if self.authority_id is not None:
            found.append(Procedure.authority_id == self.authority_id)
        if self.field:
            found.append(_has_term("field", self.field))
        if self.service:
            found.append(Procedure.service == self.service)
        if self.doubtful:
            found.append(Procedure.doubts > 0)
        if self.late_on:
            found.append(Procedure.review_by < self.late_on)
        for word in fold(self.words).split():
            found.append(Procedure.words_folded.contains(word, autoescape=True))
        return found

    def _reach(self) -> ColumnElement[bool]:
        mine = Item.unit_id.in_(self.units)
        return or_(mine, Edition.state == State.PUBLISHED) if self.all_public else mine

    def _current(self) -> ColumnElement[bool]:
        """The edition that an item is shown by: the working one, else the live one; of other units the public one."""
        if self.states:
            return Edition.state.in_(self.states)
        other = aliased(Edition)
        has_working = exists().where(other.item_id == Edition.item_id, other.state.in_(WORKING))
        live = and_(Edition.state.in_(LIVE), or_(~has_working, Item.unit_id.not_in(self.units)))
        return or_(Edition.state.in_(WORKING), live)


SORTS: dict[str, tuple[Any, ...]] = {
    "updated": (Edition.updated_at.desc(), Edition.id.desc()),
    "name": (Procedure.name_folded, Edition.id),
    "code": (Procedure.code.asc().nulls_last(), Edition.id),
    "review": (Procedure.review_by.asc().nulls_last(), Edition.id),
}


def desk_page(db: Session, wanted: DeskFilter, *, sort: str, page: int, size: int) -> Page[Procedure]:
    """Procedures by their current edition. The ids are asked for first: a page of a long list stays cheap."""
    base = _over(select(Edition.id)).where(*wanted.conditions())
    total = db.scalar(select(func.count()).select_from(base.subquery())) or 0
    ids = list(db.scalars(base.order_by(*SORTS[sort]).limit(size).offset((page - 1) * size)))
    rows = {row.edition_id: row for row in db.scalars(select(Procedure).where(Procedure.edition_id.in_(ids)))}
    return Page(rows=[rows[id_] for id_ in ids], total=total, page=page, size=size)


def authorities(db: Session, wanted: DeskFilter) -> list[Agency]:
    """The agencies that announced what the person may list, by name."""
    ids = _over(select(Procedure.authority_id)).where(DeskFilter(wanted.units, wanted.all_public)._reach())
    return list(db.scalars(select(Agency).where(Agency.id.in_(ids)).order_by(Agency.name_folded)))


def late_count(db: Session, units: frozenset[int], today: date) -> int:
    """How many procedures of the units should have been reviewed by now."""
    wanted = DeskFilter(units, states=(State.PUBLISHED,), late_on=today)
    query = _over(select(func.count())).where(*wanted.conditions())
    return db.scalar(query) or 0


def with_code(db: Session, code: str | None, *, besides: int | None = None) -> list[Procedure]:
    """Procedures of other items with that code, in any state but superseded."""
    if not code:
        return []
    query = select(Procedure).join(Edition, Edition.id == Procedure.edition_id)
    query = query.where(Procedure.code == code, Edition.state != State.SUPERSEDED)
    if besides is not None:
        query = query.where(Procedure.item_id != besides)
    return list(db.scalars(query.order_by(Procedure.edition_id)))


def variants_page(
    db: Session, units: frozenset[int], *, behind: bool, state: State | None, page: int, size: int
) -> Page[LocalService]:
    """Local variants of the units by their current edition, those left behind first."""
    other = aliased(Edition)
    has_working = exists().where(other.item_id == Edition.item_id, other.state.in_(WORKING))
    current = or_(Edition.state.in_(WORKING), and_(Edition.state.in_(LIVE), ~has_working))
    query = select(LocalService).join(Edition, Edition.id == LocalService.edition_id)
    query = query.join(Item, Item.id == Edition.item_id).where(Item.unit_id.in_(units))
    query = query.where(Edition.state == state if state else current)
    if behind:
        query = query.where(LocalService.behind)
    total = db.scalar(select(func.count()).select_from(query.subquery())) or 0
    query = query.order_by(LocalService.behind.desc(), Edition.updated_at.desc(), Edition.id.desc())
    rows = list(db.scalars(query.limit(size).offset((page - 1) * size)))
    return Page(rows=rows, total=total, page=page, size=size)


def variants_of(db: Session, uid: UUID, units: frozenset[int]) -> list[LocalService]:
    """The variants of a procedure: public ones, and those that the units are writing."""
    query = select(LocalService).join(Edition, Edition.id == LocalService.edition_id)
    query = query.join(Item, Item.id == Edition.item_id).where(LocalService.procedure_uid == str(uid))
    mine = and_(Item.unit_id.in_(units), Edition.state.in_(WORKING))
    query = query.where(or_(Edition.state == State.PUBLISHED, mine))
    return list(db.scalars(query.order_by(Edition.title, Edition.id)))


def eforms(db: Session) -> list[tuple[str, str]]:
    """The published forms that a procedure may name: uid and title."""
    query = select(Item.uid, Edition.title).join(Edition, Edition.item_id == Item.id)
    query = query.where(Item.kind == "eform", Edition.state == State.PUBLISHED).order_by(Edition.title)
    return [(str(uid), Words(title)) for uid, title in db.execute(query)]


def _over(query: Select[Any]) -> Select[Any]:
    joined = query.select_from(Procedure).join(Edition, Edition.id == Procedure.edition_id)
    return joined.join(Item, Item.id == Edition.item_id)


def _has_term(facet: str, slug: str) -> ColumnElement[bool]:
    return exists().where(
        ProcedureTerm.edition_id == Procedure.edition_id, ProcedureTerm.facet == facet, ProcedureTerm.slug == slug
    )
