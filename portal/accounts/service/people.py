"""People come, change and go."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal import audit
from portal.accounts import queries
from portal.accounts.errors import BadEmail, EmailTaken, NameMissing, StalePerson
from portal.accounts.models import Grant, Person
from portal.accounts.service import credentials, guards, sessions
from portal.agencies.models import Agency
from portal.rules import ADMINISTRATOR
from portal.text.fold import fold
from portal.text.normal import nfc, without_controls

_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")


def add_person(
    db: Session,
    *,
    email: str,
    name: str,
    unit: Agency,
    by: Person | None,
    at: datetime,
    language: str = "vi",
    password: str | None = None,
) -> Person:
    """Open an account in `unit`, without rights; without `password` the person chooses one: `make_password_link`.

    `by` None: the operator of the machine.
    Raises `BadEmail`, `EmailTaken`, `NameMissing`, `NotAdministrator`, `WeakPassword`.
    """
    guards.require_administrator(db, by, {unit.id})
    clean = _name(name)
    person = Person(
        email=_email(db, email),
        name=clean,
        name_folded=fold(clean),
        unit_id=unit.id,
        active=True,
        language=language,
        created_at=at,
    )
    with _unique_email(db):
        db.add(person)
    audit.record(db, by, "added", person, at=at, email=person.email, name=person.name, unit=str(unit.uid))
    if password is not None:
        credentials.set_password(db, person, password, by=by, at=at)
    return person


def change_person(
    db: Session,
    person: Person,
    *,
    email: str,
    name: str,
    unit: Agency,
    language: str,
    version: int | None,
    by: Person | None,
    at: datetime,
) -> None:
    """Change what the account says. `version` is the one the form showed; None: the caller saw the present one.

    Raises `StalePerson` when somebody was faster, and what `add_person` raises.
    """
    guards.require_administrator(db, by, queries.responsible_units(db, person) | {unit.id})
    if version is not None and version != person.version:
        raise StalePerson
    before, clean = _facts(person), _name(name)
    address = _email(db, email, person)
    with _unique_email(db):
        person.email, person.name, person.name_folded = address, clean, fold(clean)
        person.unit_id, person.unit, person.language = unit.id, unit, language
    _record_changes(db, person, before, by=by, at=at)


def change_own(db: Session, person: Person, *, name: str, language: str, version: int | None, at: datetime) -> None:
    """What people may change about themselves."""
    if version is not None and version != person.version:
        raise StalePerson
    before, clean = _facts(person), _name(name)
    with _unique_email(db):
        person.name, person.name_folded, person.language = clean, fold(clean), language
    _record_changes(db, person, before, by=person, at=at)


def deactivate(db: Session, person: Person, *, by: Person | None, at: datetime) -> None:
    """Close the account: every sign-in of it ends now. Raises `LastAdministrator`, `NotAdministrator`."""
    guards.require_administrator(db, by, queries.responsible_units(db, person))
    if not person.active:
        return
    query = select(Grant.unit_id).where(Grant.person_id == person.id, Grant.role == ADMINISTRATOR)
    for unit_id in sorted(db.scalars(query)):
        guards.require_another_administrator(db, person, unit_id)
    person.active = False
    sessions.end_all(db, person, why="deactivated", at=at)
    audit.record(db, by, "deactivated", person, at=at)


def activate(db: Session, person: Person, *, by: Person | None, at: datetime) -> None:
    """Open a closed account again; roles and password are as they were."""
    guards.require_administrator(db, by, queries.responsible_units(db, person))
    if person.active:
        return
    person.active = True
    audit.record(db, by, "activated", person, at=at)


def _facts(person: Person) -> dict[str, object]:
    return {
        "email": person.email,
        "name": person.name,
        "unit_id": person.unit_id,
        "language": person.language,
    }


def _record_changes(db: Session, person: Person, before: dict[str, object], *, by: Person | None, at: datetime) -> None:
    after = _facts(person)
    changes = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    if changes:
        audit.record(db, by, "changed", person, at=at, changes=changes)


def _name(name: str) -> str:
    clean = " ".join(nfc(without_controls(name)).split())
    if not clean:
        raise NameMissing
    return clean[:200]


def _email(db: Session, email: str, person: Person | None = None) -> str:
    clean = queries.folded_email(email)
    if len(clean) > 254 or not _EMAIL.fullmatch(clean):
        raise BadEmail
    with db.no_autoflush:
        owner = queries.person_by_email(db, clean)
    if owner is not None and owner is not person:
        raise EmailTaken
    return clean


@contextmanager
def _unique_email(db: Session) -> Iterator[None]:
    """The constraints decide between two who add the same e-mail, or change the same person, at the same moment."""
    try:
        with db.begin_nested():
            yield
    except IntegrityError as problem:
        if "email" in str(problem.orig):
            raise EmailTaken from problem
        raise
    except StaleDataError as problem:
        raise StalePerson from problem
