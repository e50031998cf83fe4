"""The log of a dossier: the one way in which an event is added, and the row made of it.

Each event carries the SHA-256 of the one before it and of itself, words excepted: of those it carries a salted digest,
so that words can be erased while the chain still holds.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.dossiers import letters, projection
from portal.dossiers.errors import StaleDossier
from portal.dossiers.events import Actor, Event, Kind, checked, without_typed
from portal.dossiers.models import Dossier, DossierEvent
from portal.dossiers.office import Office
from portal.publishing.models import Edition, Item
from portal.rules import Identity

GENESIS = "0" * 64
_POINTING = {"support_id": "support", "reception_id": "reception", "deciding_id": "deciding", "handler_id": "handler"}
"""Relationships of a dossier by the column they follow."""
_MODELS: dict[str, Any] = {"agency": Agency, "person": Person, "item": Item, "edition": Edition}


@dataclass(frozen=True)
class By:
    """Who acts: an officer with an identity, the applicant, or the portal."""

    actor: Actor
    identity: Identity | None = None

    @property
    def person(self) -> Any:
        """The officer; None for the others."""
        return self.identity.person if self.identity else None


def by_officer(identity: Identity) -> By:
    return By(Actor.OFFICER, identity)


APPLICANT, PORTAL = By(Actor.APPLICANT), By(Actor.PORTAL)


def rows_of(db: Session, dossier: Dossier) -> list[DossierEvent]:
    """The events as they are stored, in order."""
    query = select(DossierEvent).where(DossierEvent.dossier_id == dossier.id).order_by(DossierEvent.sequence)
    return list(db.scalars(query))


def events_of(db: Session, dossier: Dossier) -> list[Event]:
    """The events of a dossier, in order; without what was typed in them, once its personal data were erased."""
    events = [row.event for row in rows_of(db, dossier)]
    return [without_typed(event) for event in events] if dossier.anonymised_at else events


def lock(db: Session, dossier: Dossier, seen: int) -> None:
    """Hold the dossier for this transaction. Raises `StaleDossier` when it is not the version that was seen."""
    db.flush()
    query = select(Dossier).where(Dossier.id == dossier.id).with_for_update(of=Dossier)
    db.execute(query.execution_options(populate_existing=True)).one()
    if dossier.version != seen:
        raise StaleDossier(dossier)


def append(
    db: Session,
    dossier: Dossier,
    kind: Kind,
    office: Office,
    *,
    by: By,
    at: datetime,
    payload: Mapping[str, Any] | None = None,
    words: str | None = None,
) -> Event:
    """Add an event to a locked dossier: checked, chained, projected, audited, and told to the applicant.

    A clock that went back does not: the event happens when the last one did. Raises what `events.checked` and
    `projection.after` raise.
    """
    stored = rows_of(db, dossier)
    before = [row.event for row in stored]
    facts, said = checked(kind, payload or {}, words)
    event = Event(
        len(before) + 1,
        kind,
        max(at.astimezone(UTC), before[-1].at),
        facts,
        actor=by.actor,
        person=by.person.uid if by.person else None,
        words=said,
    )
    projection.after(projection.life_of(before), event)
    row = add_row(db, dossier, event, stored[-1].hash)
    project(db, dossier, [*before, event], office)
    audit.record(
        db, by.person, kind.value, dossier, at=event.at, code=dossier.code, event=event.sequence, hash=row.hash
    )
    letters.tell(db, dossier, event, office)
    return event


def add_row(db: Session, dossier: Dossier, event: Event, previous: str) -> DossierEvent:
    """The stored event, with its place in the chain."""
    salt = secrets.token_hex(16) if event.words else None
    row = DossierEvent(
        dossier_id=dossier.id,
        sequence=event.sequence,
        kind=event.kind,
        shape=event.schema,
        happened_at=event.at,
        actor=event.actor,
        person_uid=event.person,
        payload=event.payload,
        words=event.words,
        words_salt=salt,
        words_sha256=words_digest(salt, event.words) if salt and event.words else None,
        previous_hash=previous,
        hash="",
    )
    row.hash = hash_of(dossier.uid, row)
    db.add(row)
    db.flush()
    return row


def project(db: Session, dossier: Dossier, events: list[Event], office: Office) -> None:
    """Make the row what the events say; whom its new keys point to is read anew."""
    changed = {name: value for name, value in columns(db, events, office).items() if getattr(dossier, name) != value}
    for name, value in changed.items():
        setattr(dossier, name, value)
    db.flush()
    if pointing := [name for key, name in _POINTING.items() if key in changed]:
        db.expire(dossier, pointing)


def columns(db: Session, events: list[Event], office: Office) -> dict[str, Any]:
    """What the events say, column by column."""

    def resolve(model: str, uid: str) -> int | None:
        table = _MODELS[model]
        found: int | None = db.scalar(select(table.id).where(table.uid == UUID(uid)))
        return found

    return projection.columns(events, office.calendar, resolve)


def differences(db: Session, dossier: Dossier, office: Office) -> dict[str, tuple[Any, Any]]:
    """Columns in which the row and the replayed log differ: name → (row, log). Empty: they agree."""
    replayed = columns(db, events_of(db, dossier), office)
    return {
        name: (getattr(dossier, name), value) for name, value in replayed.items() if getattr(dossier, name) != value
    }


def rebuild(db: Session, dossier: Dossier, office: Office) -> bool:
    """Project anew, after a change of the calendar for instance; whether anything changed. No event is added."""
    changed = bool(differences(db, dossier, office))
    if changed:
        project(db, dossier, events_of(db, dossier), office)
    return changed


def broken(dossier: Dossier, rows: Iterable[DossierEvent]) -> list[int]:
    """The sequence numbers at which the chain does not hold; empty for a sound log."""
    found, previous = [], GENESIS
    for number, row in enumerate(rows, 1):
        words = row.words is None or words_digest(row.words_salt or "", row.words) == row.words_sha256
        if (
            row.sequence != number
            or row.previous_hash != previous
            or row.hash != hash_of(dossier.uid, row)
            or not words
        ):
            found.append(number)
        previous = row.hash
    return found


def hash_of(uid: UUID, row: DossierEvent) -> str:
    """SHA-256 over the event without its words."""
    said = {
        "dossier": str(uid),
        "sequence": row.sequence,
        "kind": row.kind.value,
        "shape": row.shape,
        "at": row.happened_at.isoformat(),
        "actor": row.actor.value,
        "person": str(row.person_uid) if row.person_uid else None,
        "payload": row.payload,
        "words": row.words_sha256,
        "previous": row.previous_hash,
    }
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def words_digest(salt: str, words: str) -> str:
    return hashlib.sha256(f"{salt} {words}".encode()).hexdigest()
