"""An officer as an identity without a request: for commands, jobs and tests."""

from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.models import Person


class Officer:
    """`portal.rules.Identity` of a person with the roles they hold at this moment."""

    def __init__(self, db: Session, person: Person) -> None:
        self._person = person
        self._units = queries.units_with_roles(db, person.id)

    @property
    def person(self) -> Person:
        return self._person

    def has(self, role: str, unit_id: int | None = None) -> bool:
        """Whether the person holds `role` in the unit, by a grant there or above; in any unit when None."""
        held = self.units(role)
        return bool(held) if unit_id is None else unit_id in held

    def units(self, role: str) -> frozenset[int]:
        """Every unit in which the person holds `role`, units below included."""
        return self._units.get(role, frozenset())
