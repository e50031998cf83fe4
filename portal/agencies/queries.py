"""What may be asked of the register."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql import ColumnElement

from portal.agencies.codes import to_code
from portal.agencies.kinds import Kind
from portal.agencies.models import Agency, AgencyAlias, Field, Succession
from portal.agencies.names import folded_key, name_key, without_office
from portal.agencies.periods import only_one
from portal.text import sort_key


def in_force(on: date) -> ColumnElement[bool]:
    """The condition that an agency exists on the day."""
    return and_(
        or_(Agency.valid_from.is_(None), Agency.valid_from <= on),
        or_(Agency.valid_to.is_(None), Agency.valid_to >= on),
    )


def by_key(db: Session, key: str) -> Agency | None:
    """The unit of that permanent key."""
    return db.scalar(select(Agency).where(Agency.key == key))


def by_uid(db: Session, uid: UUID) -> Agency | None:
    """The unit of that identity."""
    return db.scalar(select(Agency).where(Agency.uid == uid))


def by_code(db: Session, code: str, on: date | None = None) -> Agency | None:
    """The unit of that code, in either form and any case.

    Without `on` the latest unit that bore it; with `on` only one in force that day. None when there is none.
    """
    parsed = to_code(code)
    return only_one(db.scalars(select(Agency).where(Agency.code == parsed)), on) if parsed else None


def by_name(db: Session, name: str, on: date | None = None) -> Agency | None:
    """The unit of that name, short form, abbreviation or other name; None when unknown or ambiguous.

    Accents count first, text without accents is the fallback, and so is the head for the agency. Without `on` one name
    in several periods means the latest unit; with `on` only units in force that day count.
    """
    key, folded = name_key(name), folded_key(name)
    agency = without_office(key)
    for column, alias_column, wanted in (
        (Agency.name_key, AgencyAlias.name_key, key),
        (Agency.name_key, AgencyAlias.name_key, agency),
        (Agency.name_folded, AgencyAlias.name_folded, folded),
        (Agency.name_folded, AgencyAlias.name_folded, folded_key(agency) if agency else None),
    ):
        if not wanted:
            continue
        also = select(AgencyAlias.agency_id).where(alias_column == wanted)
        found = db.scalars(select(Agency).where(or_(column == wanted, Agency.id.in_(also)))).all()
        if found:
            return only_one(found, on)
    return None


def resolver(db: Session, text: str, on: date | None = None) -> Agency | None:
    """The unit that a code or a name of any form means: `by_code`, then `by_name`."""
    return by_code(db, text, on) or by_name(db, text, on)


def successors(db: Session, agency: Agency, on: date) -> list[Agency]:
    """Who holds its duties on the day: itself while it exists, else all units in force that it passed into.

    One recursive query over any number of mergers, splits and circles; ordered by name.
    """
    line = (
        select(Agency.id.label("id"), in_force(on).label("stands"))
        .where(Agency.id == agency.id)
        .cte("line", recursive=True)
    )
    line = line.union(
        select(Agency.id, in_force(on))
        .join(Succession, Succession.successor_id == Agency.id)
        .join(line, Succession.predecessor_id == line.c.id)
        .where(Succession.on <= on, ~line.c.stands)
    )
    return in_order(db.scalars(select(Agency).join(line, Agency.id == line.c.id).where(line.c.stands)))


def predecessor_links(db: Session, agency: Agency) -> list[Succession]:
    """The units that passed directly into this one, the latest first."""
    return list(
        db.scalars(
            select(Succession)
            .where(Succession.successor_id == agency.id)
            .join(Agency, Agency.id == Succession.predecessor_id)
            .order_by(Succession.on.desc(), Agency.name)
            .options(joinedload(Succession.predecessor))
        )
    )


def successor_links(db: Session, agency: Agency) -> list[Succession]:
    """The units that this one passed directly into, the first first."""
    return list(
        db.scalars(
            select(Succession)
            .where(Succession.predecessor_id == agency.id)
            .join(Agency, Agency.id == Succession.successor_id)
            .order_by(Succession.on, Agency.name)
            .options(joinedload(Succession.successor))
        )
    )


def units_below(db: Session, agency_id: int) -> frozenset[int]:
    """The ids of the unit and of all units below it, at any depth, of any period; one recursive query."""
    tree = select(Agency.id).where(Agency.id == agency_id).cte("tree", recursive=True)
    tree = tree.union(select(Agency.id).join(tree, Agency.parent_id == tree.c.id))
    return frozenset(db.scalars(select(tree.c.id)))


def units_above(db: Session, agency_id: int) -> frozenset[int]:
    """The ids of the unit and of all units above it."""
    line = select(Agency.id, Agency.parent_id).where(Agency.id == agency_id).cte("above", recursive=True)
    line = line.union(select(Agency.id, Agency.parent_id).join(line, Agency.id == line.c.parent_id))
    return frozenset(db.scalars(select(line.c.id)))


def children(db: Session, agency_id: int, on: date | None = None) -> list[Agency]:
    """The units directly below, by name; only those in force when a day is given."""
    return _listed(db, select(Agency).where(Agency.parent_id == agency_id), on)


def roots(db: Session, on: date | None = None, *, kind: Kind | None = None) -> list[Agency]:
    """The units that stand below no other, by name."""
    query = select(Agency).where(Agency.parent_id.is_(None))
    return _listed(db, query.where(Agency.kind == kind.value) if kind else query, on)


def all_in_force(db: Session, on: date, *kinds: Kind) -> list[Agency]:
    """Every unit (of those kinds) that exists on the day, by name."""
    query = select(Agency)
    return _listed(db, query.where(Agency.kind.in_([kind.value for kind in kinds])) if kinds else query, on)


def former(db: Session, on: date) -> list[Agency]:
    """The units that no longer exist on the day, by name."""
    return in_order(db.scalars(select(Agency).where(Agency.valid_to < on)))


def search(text: str | None, kind: Kind | None = None) -> Select[Agency]:
    """Units whose name, code or other name contains the text, accents or not: a query to page through."""
    query = select(Agency).order_by(Agency.name_folded, Agency.valid_from)
    if kind:
        query = query.where(Agency.kind == kind.value)
    wanted = folded_key(text or "")
    if wanted:
        also = select(AgencyAlias.agency_id).where(AgencyAlias.name_folded.contains(wanted, autoescape=True))
        query = query.where(
            or_(
                Agency.name_folded.contains(wanted, autoescape=True),
                func.lower(Agency.code) == wanted,
                func.lower(Agency.old_code) == (text or "").strip().lower(),
                Agency.id.in_(also),
            )
        )
    return query


def fields(db: Session) -> Sequence[Field]:
    """All fields of law, in the order of the Bộ pháp điển, own ones last."""
    return db.scalars(select(Field).order_by(Field.number.is_(None), Field.number, Field.name)).all()


def in_order(units: Iterable[Agency]) -> list[Agency]:
    """By name in Vietnamese order (C-10), units of one name by age."""
    return sorted(units, key=lambda unit: (sort_key(unit.name), unit.valid_from or date.min, unit.id))


def _listed(db: Session, query: Select[Agency], on: date | None) -> list[Agency]:
    if on:
        query = query.where(in_force(on))
    return in_order(db.scalars(query))
