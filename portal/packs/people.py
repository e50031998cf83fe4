"""The people of a pack: accounts with their roles, and who among them writes and approves for a unit."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts import service
from portal.accounts.models import LANGUAGES, Person
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.packs.errors import BadPack
from portal.packs.pack import DESCRIPTION, Pack
from portal.packs.passwords import readable_password
from portal.rules import APPROVER, EDITOR, ROLES


@dataclass(frozen=True)
class Account:
    """Somebody of the pack. `password` is told once, when the account is made; None for one that existed before."""

    email: str
    name: str
    roles: tuple[tuple[str, str], ...]
    """Pairs of role and name of the unit."""
    what: str
    password: str | None


class Cast:
    """The people of the pack who can act, and in which units."""

    def __init__(self, db: Session, pack: Pack) -> None:
        found = (accounts.person_by_email(db, accounts.folded_email(row["email"])) for row in pack.people)
        self._people = [(p, accounts.units_with_roles(db, p.id)) for p in found if p is not None and p.active]

    def editor(self, unit: Agency) -> Person | None:
        """Who writes for the unit."""
        return self._with(EDITOR, unit, besides=None)

    def approver(self, unit: Agency, *, besides: Person | None) -> Person | None:
        """Who approves for the unit what `besides` wrote."""
        return self._with(APPROVER, unit, besides=besides)

    def pair(self, unit: Agency) -> tuple[Person | None, Person | None]:
        """An editor and another person who approves what that editor wrote."""
        editor = self.editor(unit)
        return editor, self.approver(unit, besides=editor)

    def holder(self, role: str, unit: Agency, *, first: str | None = None) -> Person | None:
        """Who holds the role in the unit; of several the one with the address `first`, else the first of the pack."""
        fitting = [person for person, units in self._people if unit.id in units.get(role, ())]
        return next((person for person in fitting if person.email == first), next(iter(fitting), None))

    def _with(self, role: str, unit: Agency, *, besides: Person | None) -> Person | None:
        fitting = (person for person, units in self._people if unit.id in units.get(role, ()))
        return next((person for person in fitting if person is not besides), None)


def load_people(db: Session, pack: Pack, *, at: datetime) -> list[Account]:
    """Make the accounts that do not exist yet and give everybody the roles of the pack. Raises `BadPack`."""
    return [_load(db, row, _grants(db, row), at) for row in pack.people]


def renew_passwords(db: Session, existing: list[Account], *, at: datetime) -> list[Account]:
    """New passwords for these accounts; whoever is signed in with an old one is signed out."""
    return [replace(account, password=_renewed(db, account, at)) for account in existing]


def accounts_of(db: Session, pack: Pack) -> list[Account]:
    """The accounts of the pack as they are, without passwords."""
    people = ((accounts.person_by_email(db, accounts.folded_email(row["email"])), row) for row in pack.people)
    return [_account(db, person, row, None) for person, row in people if person is not None]


def _renewed(db: Session, account: Account, at: datetime) -> str:
    if account.password is not None:
        return account.password
    person = accounts.person_by_email(db, account.email)
    assert person is not None
    password = readable_password((account.email, account.name))
    service.set_password(db, person, password, by=None, at=at)
    return password


def _load(db: Session, row: dict[str, Any], grants: list[tuple[str, Agency]], at: datetime) -> Account:
    person, password = accounts.person_by_email(db, accounts.folded_email(row["email"])), None
    if person is None:
        password = readable_password((row["email"], row["name"]))
        person = service.add_person(
            db,
            email=row["email"],
            name=row["name"],
            unit=grants[0][1],
            language=row.get("language", LANGUAGES[0]),
            password=password,
            by=None,
            at=at,
        )
    for role, unit in grants:
        service.grant(db, person, role, unit, by=None, at=at)
    return _account(db, person, row, password)


def _account(db: Session, person: Person, row: dict[str, Any], password: str | None) -> Account:
    roles = tuple((held.role, held.unit.name) for held in accounts.grants_of(db, person))
    return Account(person.email, person.name, roles, row.get("what", ""), password)


def _grants(db: Session, row: dict[str, Any]) -> list[tuple[str, Agency]]:
    """What the row gives, checked before anything is written."""
    if row.get("language", LANGUAGES[0]) not in LANGUAGES:
        raise BadPack(DESCRIPTION, f"{row['email']}: language phải là {' hoặc '.join(LANGUAGES)}")
    found: list[tuple[str, Agency]] = []
    for given in row["grants"]:
        unit = agencies.by_code(db, str(given.get("agency")))
        if unit is None or given.get("role") not in ROLES:
            raise BadPack(DESCRIPTION, f"{row['email']}: không có vai trò hoặc cơ quan này: {given}")
        found.append((given["role"], unit))
    return found
