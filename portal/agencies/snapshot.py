"""The register in memory, for a run over many rows: the same answers as `queries`, without a question for each row."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.agencies.kinds import Evidence, Kind
from portal.agencies.models import Agency
from portal.agencies.register import Entry, Register

_KEY = "portal.agencies.snapshot"


@dataclass(frozen=True)
class Snapshot:
    """The units as they stood when it was taken, with their ids."""

    register: Register
    ids: dict[str, int]

    def resolve(self, text: str, on: date | None = None) -> Entry | None:
        """The unit that a code or name means, as `queries.resolver` says."""
        return self.register.resolve(text, on)

    def id_of(self, code: str | None, name: str | None, on: date | None) -> int | None:
        """The unit of the code, else the one of the name; None when unknown or ambiguous."""
        found = self.register.by_code(code, on) if code else None
        if found is None and name:
            found = self.register.resolve(name, on)
        return self.ids[found.key] if found else None


def take(db: Session) -> Snapshot:
    """Read the whole register."""
    units = db.scalars(select(Agency).options(selectinload(Agency.aliases))).all()
    return Snapshot(Register(tuple(_entry(unit) for unit in units)), {unit.key: unit.id for unit in units})


def lend(db: Session, snapshot: Snapshot) -> None:
    """Let whoever works in this session answer from the snapshot: the register stands still meanwhile."""
    db.info[_KEY] = snapshot


def lent(db: Session) -> Snapshot | None:
    """The snapshot that was lent to this session, if one was."""
    found: Snapshot | None = db.info.get(_KEY)
    return found


def _entry(unit: Agency) -> Entry:
    return Entry(
        key=unit.key,
        name=unit.name,
        kind=Kind(unit.kind),
        code=unit.code,
        evidence=Evidence(unit.code_evidence),
        short_name=unit.short_name,
        english_name=unit.english_name,
        abbreviation=unit.abbreviation,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        aliases=tuple(alias.name for alias in unit.aliases),
    )
