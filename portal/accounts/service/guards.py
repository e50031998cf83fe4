"""The two truths about administrators that every change keeps."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.errors import LastAdministrator, NotAdministrator
from portal.accounts.models import Grant, Person
from portal.agencies.queries import units_above
from portal.rules import ADMINISTRATOR


def require_administrator(db: Session, by: Person | None, unit_ids: Iterable[int]) -> None:
    """`by` administers every one of the units, there or above; None is the operator of the machine, who may.

    Raises `NotAdministrator`.
    """
    if by is not None and not (by.active and queries.administers(db, by, unit_ids)):
        raise NotAdministrator


def require_another_administrator(db: Session, person: Person, unit_id: int) -> None:
    """Somebody else who can sign in administers the unit, there or above. Raises `LastAdministrator`.

    Locks the grants it looks at, so that two administrators cannot remove each other at the same moment.
    """
    above = units_above(db, unit_id)
    query = (
        select(Grant).where(Grant.role == ADMINISTRATOR, Grant.unit_id.in_(above)).order_by(Grant.id).with_for_update()
    )
    holders = {held.person_id for held in db.scalars(query)} - {person.id}
    able = select(Person.id).where(Person.id.in_(holders), Person.active, Person.password_hash.is_not(None))
    if db.scalars(able.limit(1)).first() is None:
        raise LastAdministrator
