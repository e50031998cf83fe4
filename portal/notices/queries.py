"""What may be asked about notices. Public questions see published editions only."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, with_expression

from portal.db import Page
from portal.notices.models import Notice, NoticeField, NoticeRelation
from portal.publishing.models import WORKING, Edition, Item, State
from portal.text import fold, number_key, parse_number

PUBLIC = and_(Notice.edition_id == Edition.id, Edition.state == State.PUBLISHED)
WITH_LANGUAGE = with_expression(Notice.language, Edition.data["language"].as_string())
NEWEST = (Notice.issued_on.desc().nulls_last(), Notice.edition_id.desc())


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to. `issuers`, `units`: agency ids; `words`: a number or words of the title."""

    type: str | None = None
    issuers: frozenset[int] | None = None
    field: str | None = None
    year: int | None = None
    words: str = ""
    units: frozenset[int] | None = None
    states: tuple[State, ...] = ()
    doubtful: bool = False
    types: frozenset[str] | None = None
    fields: frozenset[str] | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """As SQL, over `Notice`."""
        found: list[ColumnElement[bool]] = []
        if self.type:
            found.append(Notice.type == self.type)
        if self.types is not None:
            found.append(Notice.type.in_(self.types))
        if self.issuers is not None:
            found.append(Notice.issuer_id.in_(self.issuers))
        if self.year:
            found.append(Notice.year == self.year)
        if self.field:
            found.append(exists().where(NoticeField.edition_id == Notice.edition_id, NoticeField.field == self.field))
        if self.fields is not None:
            found.append(
                exists().where(NoticeField.edition_id == Notice.edition_id, NoticeField.field.in_(self.fields))
            )
        if self.doubtful:
            found.append(Notice.doubts > 0)
        if self.words.strip():
            found.append(_matches(self.words))
        return found


@dataclass(frozen=True)
class Link:
    """A relation as a reader sees it: what it does, and the other document, `notice` when it is published here."""

    relation: str
    number: str | None
    title: str | None
    notice: Notice | None = None
    scope: str | None = None
    """What of the other document is meant ("Điều 5, Điều 7"); None: all of it."""


@dataclass(frozen=True)
class Links:
    """Relations both ways."""

    outgoing: list[Link] = field(default_factory=list)
    incoming: list[Link] = field(default_factory=list)


def public_page(db: Session, wanted: Filter, *, page: int, size: int) -> Page[Any]:
    """Published notices, newest issue date first; those without a date stand last."""
    rows = newest(db, wanted, size, skip=(page - 1) * size)
    return Page(rows=rows, total=public_count(db, wanted), page=page, size=size)


def newest(db: Session, wanted: Filter, limit: int, *, skip: int = 0) -> list[Notice]:
    """The newest published notices, without counting the others.

    Asked as "which of the notices in this order is public", so that the database walks an index of the order and stops
    early; joined, SQLite sorts every public notice.
    """
    public = exists().where(PUBLIC).correlate(Notice)
    ids = select(Notice.edition_id).where(public, *wanted.conditions()).order_by(*NEWEST).limit(limit).offset(skip)
    found = list(db.scalars(ids))
    query = select(Notice).join(Edition, Edition.id == Notice.edition_id).options(WITH_LANGUAGE)
    rows = {notice.edition_id: notice for notice in db.scalars(query.where(Notice.edition_id.in_(found)))}
    return [rows[id_] for id_ in found]


def public_count(db: Session, wanted: Filter) -> int:
    """How many published notices there are."""
    query = select(func.count()).select_from(Notice).join(Edition, PUBLIC).where(*wanted.conditions())
    return db.scalar(query) or 0


def latest_published(db: Session, wanted: Filter, limit: int) -> list[Notice]:
    """Published notices by the moment of publication, newest first: the order of feeds."""
    query = select(Notice).join(Edition, PUBLIC).where(*wanted.conditions())
    query = query.options(joinedload(Notice.edition).undefer(Edition.data))
    return list(db.scalars(query.order_by(Edition.published_at.desc(), Edition.id.desc()).limit(limit)))


def latest_withdrawn(db: Session, wanted: Filter, limit: int) -> list[Edition]:
    """Withdrawn editions, the latest first: tombstones of the feeds (RFC 6721)."""
    query = select(Edition).join(Notice, Notice.edition_id == Edition.id).where(Edition.state == State.WITHDRAWN)
    return list(db.scalars(query.where(*wanted.conditions()).order_by(Edition.withdrawn_at.desc()).limit(limit)))


def counts_by(db: Session, column: str, wanted: Filter | None = None) -> dict[Any, int]:
    """How many published notices have each value of `type`, `issuer_id` or `year`; without those that have none."""
    attribute = {"type": Notice.type, "issuer_id": Notice.issuer_id, "year": Notice.year}[column]
    query = select(attribute, func.count()).join(Edition, PUBLIC).where(attribute.is_not(None))
    conditions = (wanted or Filter()).conditions()
    rows = db.execute(query.where(*conditions).group_by(attribute))
    return {row[0]: row[1] for row in rows}


def counts_by_field(db: Session, wanted: Filter | None = None) -> dict[str, int]:
    """How many published notices belong to each field of law."""
    query = select(NoticeField.field, func.count()).join(Notice, Notice.edition_id == NoticeField.edition_id)
    query = query.join(Edition, PUBLIC).where(*(wanted or Filter()).conditions()).group_by(NoticeField.field)
    return {row[0]: row[1] for row in db.execute(query)}


def of_edition(db: Session, edition: Edition) -> Notice:
    """The typed row of an edition."""
    return db.get_one(Notice, edition.id)


def by_number(db: Session, text: str, *, limit: int = 20) -> list[Notice]:
    """Published notices whose whole number is `text` in any spelling (C-6), newest first."""
    query = select(Notice).join(Edition, PUBLIC).where(Notice.number_key == number_key(text)).order_by(*NEWEST)
    return list(db.scalars(query.limit(limit)))


def links(db: Session, notice: Notice) -> Links:
    """What this document does to others, and what published documents do to it."""
    targets = _targets(db, notice)
    outgoing = [
        Link(r.relation, r.number, r.title, targets.get(r.target_uid or r.number_key or ""), r.scope)
        for r in notice.relations
    ]
    return Links(outgoing, _incoming(db, notice))


def duplicates(db: Session, *, number_key: str | None, year: int | None, issuer_id: int | None, issuer_name: str | None,
               besides: int | None = None) -> list[Notice]:  # fmt: skip
    """Other items with the same number, notation, issuer and year (A3-6), in any state but superseded."""
    if not number_key or year is None:
        return []
    same_issuer = Notice.issuer_id == issuer_id if issuer_id is not None else Notice.issuer_name == issuer_name
    query = (
        select(Notice)
        .join(Edition, Edition.id == Notice.edition_id)
        .where(Notice.number_key == number_key, Notice.year == year, same_issuer, Edition.state != State.SUPERSEDED)
    )
    if besides is not None:
        query = query.where(Notice.item_id != besides)
    return list(db.scalars(query.order_by(Notice.edition_id)))


SORTS: dict[str, tuple[Any, Any]] = {
    "updated": (Edition.updated_at.desc(), Edition.id.desc()),
    "issued": (Notice.issued_on.desc().nulls_last(), Edition.id.desc()),
    "number": (Notice.number_key.asc().nulls_last(), Edition.id.desc()),
    "title": (Notice.title_folded.asc(), Edition.id.desc()),
}


def desk_page(db: Session, wanted: Filter, *, sort: str, page: int, size: int) -> Page[Any]:
    """The current edition of every notice in `wanted.units`: the working one where there is one, else the live one."""
    conditions = [*wanted.conditions(), _current(wanted)]
    if wanted.units is not None:
        conditions.append(Item.unit_id.in_(wanted.units))
    base = select(Edition).join(Notice, Notice.edition_id == Edition.id).join(Item, Item.id == Edition.item_id)
    counted = select(func.count()).select_from(base.where(*conditions).subquery())
    total = db.scalar(counted) or 0
    ids = base.with_only_columns(Edition.id).where(*conditions).order_by(*SORTS[sort])
    wanted_ids = list(db.scalars(ids.limit(size).offset((page - 1) * size)))
    rows = {notice.edition_id: notice for notice in db.scalars(select(Notice).where(Notice.edition_id.in_(wanted_ids)))}
    return Page(rows=[rows[id_] for id_ in wanted_ids], total=total, page=page, size=size)


def _current(wanted: Filter) -> ColumnElement[bool]:
    if wanted.states:
        return Edition.state.in_(wanted.states)
    other = aliased(Edition)
    has_working = exists().where(other.item_id == Edition.item_id, other.state.in_(WORKING))
    return or_(Edition.state.in_(WORKING), and_(Edition.state.in_((State.PUBLISHED, State.WITHDRAWN)), ~has_working))


def _matches(words: str) -> ColumnElement[bool]:
    key = number_key(words)
    parsed = parse_number(words)
    if parsed is not None and parsed.notation:
        return Notice.number_key == parsed.key
    text = [Notice.title_folded.contains(word, autoescape=True) for word in fold(words).split()]
    by_key = or_(Notice.number_key == key, Notice.number_key.startswith(f"{key}/", autoescape=True))
    return or_(by_key, and_(*text)) if text else by_key


def _targets(db: Session, notice: Notice) -> dict[str, Notice]:
    """The published documents that its relations mean, by uid, else by number key where only one bears it."""
    uids = {r.target_uid for r in notice.relations if r.target_uid}
    keys = {r.number_key for r in notice.relations if r.number_key and not r.target_uid}
    if not uids and not keys:
        return {}
    query = select(Notice).join(Edition, PUBLIC).join(Item, Item.id == Notice.item_id)
    meant = or_(Notice.number_key.in_(keys), Item.uid.in_({UUID(uid) for uid in uids}))
    found = list(db.scalars(query.where(meant, Notice.item_id != notice.item_id)))
    bearers = Counter(row.number_key for row in found)
    by_number = {row.number_key: row for row in found if row.number_key in keys and bearers[row.number_key] == 1}
    return by_number | {str(row.edition.item.uid): row for row in found}


def _incoming(db: Session, notice: Notice) -> list[Link]:
    uid = str(notice.edition.item.uid)
    meant = NoticeRelation.target_uid == uid
    if notice.number_key and len(by_number(db, notice.full_number or "", limit=2)) <= 1:
        meant = or_(meant, and_(NoticeRelation.target_uid.is_(None), NoticeRelation.number_key == notice.number_key))
    query = (
        select(NoticeRelation, Notice)
        .join(Notice, Notice.edition_id == NoticeRelation.edition_id)
        .join(Edition, PUBLIC)
        .where(meant, Notice.item_id != notice.item_id)
        .order_by(Notice.issued_on.desc().nulls_last())
    )
    return [Link(r.relation, n.full_number, n.title, n, r.scope) for r, n in db.execute(query)]
