"""Filling the tables from the data files of the register."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.agencies.aliases import set_aliases
from portal.agencies.errors import CodeTaken
from portal.agencies.models import Agency, Field, Succession
from portal.agencies.periods import overlap
from portal.agencies.register import Entry, Register


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load wrote: new units, changed units, new successions, new or changed fields of law."""

    added: int
    changed: int
    successions: int
    fields: int


class RegisterFiles:
    """The subject of audit lines about the register as one thing: a load of the data files, a further field of law."""

    audit_kind: ClassVar[str] = "register"
    uid: ClassVar[UUID] = uuid5(NAMESPACE_URL, "portal:agencies:register")


def load_register(db: Session, register: Register, at: datetime, *, by: audit.Actor | None = None) -> Loaded:
    """Bring the tables to what the data files say. Idempotent: a second load writes nothing.

    A unit is known again by its key, and written only when its line in the files is another than at the last load; so
    what administrators changed since (a name, an address, a merger) stays until the files themselves bring news of that
    unit. Units added here are never touched. Raises `CodeTaken` when a file's code collides with one of them.
    """
    units = {unit.key: unit for unit in db.scalars(select(Agency))}
    new = [entry for entry in register.entries if entry.key not in units]
    news = [entry for entry in register.entries if entry.key in units and _is_news(entry, units[entry.key])]
    for entry in new:
        units[entry.key] = Agency(key=entry.key)
    for entry in (*new, *news):
        _write(units[entry.key], entry)
    _check_codes(units, (*new, *news))
    db.add_all(units[entry.key] for entry in new)
    db.flush()
    for entry in (*new, *news):
        units[entry.key].parent_id = units[entry.parent].id if entry.parent else None
        set_aliases(db, units[entry.key], entry.aliases)
    loaded = Loaded(len(new), len(news), _load_successions(db, register, units), _load_fields(db, register))
    db.flush()
    if any((loaded.added, loaded.changed, loaded.successions, loaded.fields)):
        changed = [entry.key for entry in news]
        audit.record(db, by, "loaded", RegisterFiles, at=at, added=loaded.added, changed=changed)
    return loaded


def _digest(entry: Entry) -> str:
    return hashlib.sha256(repr(entry).encode()).hexdigest()


def _is_news(entry: Entry, unit: Agency) -> bool:
    return unit.loaded_digest != _digest(entry)


def _write(unit: Agency, entry: Entry) -> None:
    unit.name, unit.kind = entry.name, entry.kind.value
    unit.code, unit.code_evidence = entry.code, entry.evidence.value
    unit.short_name, unit.english_name = entry.short_name, entry.english_name
    unit.abbreviation, unit.note = entry.abbreviation, entry.note
    unit.website = entry.website or unit.website
    unit.valid_from = entry.valid_from
    unit.valid_to = entry.valid_to or unit.valid_to
    unit.loaded_digest = _digest(entry)


def _check_codes(units: dict[str, Agency], written: tuple[Entry, ...]) -> None:
    bearers: dict[str, list[Agency]] = {}
    for unit in units.values():
        if unit.code:
            bearers.setdefault(unit.code, []).append(unit)
    for entry in written:
        for other in bearers.get(entry.code or "", ()):
            if other.key != entry.key and overlap(units[entry.key], other):
                raise CodeTaken(other.code or "", other.name)


def _load_successions(db: Session, register: Register, units: dict[str, Agency]) -> int:
    known = {(s.predecessor_id, s.successor_id, s.on) for s in db.scalars(select(Succession))}
    new = [
        Succession(
            predecessor_id=units[passing.predecessor].id,
            successor_id=units[passing.successor].id,
            on=passing.on,
            instrument=passing.instrument,
            note=passing.note,
        )
        for passing in register.successions
    ]
    new = [s for s in new if (s.predecessor_id, s.successor_id, s.on) not in known]
    db.add_all(new)
    return len(new)


def _load_fields(db: Session, register: Register) -> int:
    return sum(1 for field in _new_fields(db, register))


def _new_fields(db: Session, register: Register) -> Iterator[Field]:
    known = {field.slug: field for field in db.scalars(select(Field))}
    for line in register.fields:
        field = known.get(line.slug) or Field(slug=line.slug)
        if (field.number, field.name, field.english_name) != (line.number, line.name, line.english_name):
            field.number, field.name, field.english_name = line.number, line.name, line.english_name
            db.add(field)
            yield field
