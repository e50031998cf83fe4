"""Roles are given and taken per unit."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.accounts.errors import AlreadyThere
from portal.accounts.models import Grant, Person
from portal.accounts.service import credentials, guards, people
from portal.agencies.models import Agency
from portal.rules import ADMINISTRATOR, ROLES


def grant(db: Session, person: Person, role: str, unit: Agency, *, by: Person | None, at: datetime) -> Grant:
    """Give `role` in `unit` and all units below; what is held already stays as it is.

    `by` None: the operator of the machine. Raises `NotAdministrator`, and ValueError for a role that does not exist.
    """
    if role not in ROLES:
        raise ValueError(role)
    guards.require_administrator(db, by, {unit.id})
    held = _held(db, person, role, unit)
    if held is not None:
        return held
    given = Grant(person_id=person.id, role=role, unit_id=unit.id, granted_at=at, granted_by_id=by.id if by else None)
    db.add(given)
    db.flush()
    db.expire(person, ["grants"])
    audit.record(db, by, "granted", person, at=at, role=role, unit=str(unit.uid))
    return given


def revoke_grant(db: Session, person: Person, role: str, unit: Agency, *, by: Person | None, at: datetime) -> None:
    """Take `role` in `unit` away; nothing happens if it is not held. Raises `LastAdministrator`, `NotAdministrator`."""
    guards.require_administrator(db, by, {unit.id})
    held = _held(db, person, role, unit)
    if held is None:
        return
    if role == ADMINISTRATOR:
        guards.require_another_administrator(db, person, unit.id)
    db.delete(held)
    db.flush()
    db.expire(person, ["grants"])
    audit.record(db, by, "revoked", person, at=at, role=role, unit=str(unit.uid))


def first_administrator(
    db: Session, *, email: str, name: str, unit: Agency, password: str | None = None, at: datetime
) -> tuple[Person, str | None]:
    """The person with whom an instance starts, administrator of `unit` (its top unit).

    Without `password` the second value is the token of a link by which the person chooses one.
    Raises `AlreadyThere` when somebody administers the unit already, `WeakPassword`, `EmailTaken`, `BadEmail`.
    """
    taken = select(Grant.id).where(Grant.role == ADMINISTRATOR, Grant.unit_id == unit.id).limit(1)
    if db.scalar(taken) is not None:
        raise AlreadyThere
    person = people.add_person(db, email=email, name=name, unit=unit, by=None, at=at)
    grant(db, person, ADMINISTRATOR, unit, by=None, at=at)
    if password is None:
        return person, credentials.make_password_link(db, person, by=None, at=at)
    credentials.set_password(db, person, password, by=None, at=at)
    return person, None


def _held(db: Session, person: Person, role: str, unit: Agency) -> Grant | None:
    query = select(Grant).where(Grant.person_id == person.id, Grant.role == role, Grant.unit_id == unit.id)
    return db.scalars(query).one_or_none()
