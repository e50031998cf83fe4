"""What may be asked about people, their roles and their sign-ins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CTE, Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Grant, KeptForm, Person, SignIn
from portal.agencies.models import Agency
from portal.db import Page, page_of
from portal.rules import ADMINISTRATOR
from portal.text.fold import fold
from portal.text.normal import without_controls


def folded_email(email: str) -> str:
    """The one form in which an e-mail is stored and looked up."""
    return without_controls(email).strip().casefold()


def person_by_email(db: Session, email: str) -> Person | None:
    return db.scalars(select(Person).where(Person.email == folded_email(email))).one_or_none()


def person_by_uid(db: Session, uid: UUID) -> Person | None:
    return db.scalars(select(Person).where(Person.uid == uid)).one_or_none()


def grants_of(db: Session, person: Person) -> list[Grant]:
    """The person's grants with their units, by unit and role."""
    query = select(Grant).where(Grant.person_id == person.id).options(joinedload(Grant.unit))
    return sorted(db.scalars(query), key=lambda grant: (grant.unit.name_folded, grant.role))


def grants_by_person(db: Session, people: Iterable[Person]) -> dict[int, list[Grant]]:
    """The grants of several people with their units, by the person's id; one query."""
    ids = [person.id for person in people]
    found: dict[int, list[Grant]] = {person_id: [] for person_id in ids}
    query = select(Grant).where(Grant.person_id.in_(ids)).options(joinedload(Grant.unit))
    for held in sorted(db.scalars(query), key=lambda held: (held.unit.name_folded, held.role)):
        found[held.person_id].append(held)
    return found


def direct_units(db: Session, person_id: int) -> dict[str, frozenset[int]]:
    """Per role the units in which it was granted, without the units below."""
    units: dict[str, set[int]] = {}
    for role, unit_id in db.execute(select(Grant.role, Grant.unit_id).where(Grant.person_id == person_id)):
        units.setdefault(role, set()).add(unit_id)
    return {role: frozenset(ids) for role, ids in units.items()}


def units_with_roles(db: Session, person_id: int) -> dict[str, frozenset[int]]:
    """Per role every unit in which the person holds it, units below included; one query."""
    reach = _reach(person_id)
    units: dict[str, set[int]] = {}
    for role, unit_id in db.execute(select(reach.c.role, reach.c.unit_id)):
        units.setdefault(role, set()).add(unit_id)
    return {role: frozenset(ids) for role, ids in units.items()}


def administers(db: Session, person: Person, unit_ids: Iterable[int]) -> bool:
    """Whether the person is an administrator of every one of the units, there or above."""
    wanted = set(unit_ids)
    reach = _reach(person.id, ADMINISTRATOR)
    query = select(func.count(reach.c.unit_id.distinct())).where(reach.c.unit_id.in_(wanted))
    return db.scalar(query) == len(wanted)


def responsible_units(db: Session, person: Person) -> frozenset[int]:
    """The units whose administrators together look after the account: where the person works or holds a role.

    An administrator of only some of them may not reset the password or the e-mail: that would hand over the
    roles held elsewhere.
    """
    granted = db.scalars(select(Grant.unit_id).where(Grant.person_id == person.id))
    return frozenset({person.unit_id, *granted})


def _reach(person_id: int, role: str | None = None) -> CTE:
    start = select(Grant.role.label("role"), Grant.unit_id.label("unit_id")).where(Grant.person_id == person_id)
    if role is not None:
        start = start.where(Grant.role == role)
    reach = start.cte("reach", recursive=True)
    below = select(reach.c.role, Agency.id).join(Agency, Agency.parent_id == reach.c.unit_id)
    return reach.union(below)


@dataclass(frozen=True)
class PeopleFilter:
    """What the list of people is narrowed to; empty values mean no narrowing."""

    text: str = ""
    role: str = ""
    state: str = ""
    """`active`, `inactive` or `waiting` (no password chosen yet)."""
    unit_id: int | None = None


def people_of(db: Session, by: Person, wanted: PeopleFilter, *, page: int, size: int) -> Page[Person]:
    """The people who work or hold a role in a unit that `by` administers, by name."""
    reach = _reach(by.id, ADMINISTRATOR)
    mine = select(reach.c.unit_id)
    held = exists().where(Grant.person_id == Person.id, Grant.unit_id.in_(mine))
    query = (
        select(Person)
        .where(or_(Person.unit_id.in_(mine), held))
        .options(joinedload(Person.unit))
        .order_by(Person.name_folded, Person.id)
    )
    return page_of(db, _narrowed(query, wanted), page=page, size=size)


def _narrowed(query: Select[Person], wanted: PeopleFilter) -> Select[Person]:
    for word in fold(without_controls(wanted.text)).split():
        query = query.where(
            or_(Person.name_folded.contains(word, autoescape=True), Person.email.contains(word, autoescape=True))
        )
    if wanted.role:
        query = query.where(exists().where(Grant.person_id == Person.id, Grant.role == wanted.role))
    if wanted.unit_id is not None:
        held = exists().where(Grant.person_id == Person.id, Grant.unit_id == wanted.unit_id)
        query = query.where(or_(Person.unit_id == wanted.unit_id, held))
    if wanted.state == "active":
        query = query.where(Person.active, Person.password_hash.is_not(None))
    elif wanted.state == "inactive":
        query = query.where(Person.active.is_(False))
    elif wanted.state == "waiting":
        query = query.where(Person.active, Person.password_hash.is_(None))
    return query


def administered_units(db: Session, by: Person) -> list[Agency]:
    """The units that `by` administers, with the units below, by name."""
    reach = _reach(by.id, ADMINISTRATOR)
    return list(
        db.scalars(select(Agency).where(Agency.id.in_(select(reach.c.unit_id))).order_by(Agency.name_folded, Agency.id))
    )


def sign_in_by_hash(db: Session, token_hash: str) -> SignIn | None:
    """A sign-in, live or not, with its person."""
    query = select(SignIn).where(SignIn.token_hash == token_hash).options(joinedload(SignIn.person))
    return db.scalars(query).one_or_none()


def ends_at(sign_in: SignIn) -> datetime:
    """When the sign-in ends by age if nothing more happens."""
    return min(sign_in.expires_at, sign_in.seen_at + timedelta(seconds=sign_in.idle_seconds))


def is_live(sign_in: SignIn, at: datetime) -> bool:
    """Whether the sign-in still lets its person in."""
    return sign_in.revoked_at is None and at < ends_at(sign_in) and sign_in.person.active


def live_sign_ins(db: Session, person: Person, *, at: datetime) -> list[SignIn]:
    """The person's signed-in browsers, last used first."""
    query = (
        select(SignIn)
        .where(SignIn.person_id == person.id, SignIn.revoked_at.is_(None), SignIn.expires_at > at)
        .options(joinedload(SignIn.person))
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    )
    return [sign_in for sign_in in db.scalars(query) if is_live(sign_in, at)]


def sign_in_of(db: Session, person: Person, uid: UUID) -> SignIn | None:
    return db.scalars(select(SignIn).where(SignIn.uid == uid, SignIn.person_id == person.id)).one_or_none()


def kept_form(db: Session, person: Person, uid: UUID, *, at: datetime) -> KeptForm | None:
    """A kept form of this person that has not expired; nobody else's, ever."""
    query = select(KeptForm).where(KeptForm.uid == uid, KeptForm.person_id == person.id, KeptForm.expires_at > at)
    return db.scalars(query).one_or_none()


def kept_forms(db: Session, person: Person, *, at: datetime) -> list[KeptForm]:
    """What was kept for the person, newest first."""
    query = select(KeptForm).where(KeptForm.person_id == person.id, KeptForm.expires_at > at)
    return list(db.scalars(query.order_by(KeptForm.created_at.desc(), KeptForm.id.desc())))
