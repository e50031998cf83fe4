"""Typing that is not saved yet, and who else is typing."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.db import insert_into
from portal.publishing.errors import StaleVersion, WrongState
from portal.publishing.models import Autosave, Edition, Presence, State


def autosave(
    db: Session, edition: Edition, person: Person, fields: list[tuple[str, str]], *, version: int, at: datetime
) -> Autosave:
    """Keep what `person` has typed so far.

    Raises `StaleVersion` when somebody saved since: the caller answers 409 and commits, so the typing is kept.
    """
    if edition.state is not State.DRAFT:
        raise WrongState
    new = insert_into(db, Autosave).values(
        edition_id=edition.id,
        person_id=person.id,
        fields=[list(field) for field in fields],
        version=version,
        saved_at=at,
    )
    again = new.on_conflict_do_update(
        index_elements=[Autosave.edition_id, Autosave.person_id],
        set_={name: new.excluded[name] for name in ("fields", "version", "saved_at")},
    )
    row: Autosave = db.scalars(again.returning(Autosave), execution_options={"populate_existing": True}).one()
    if edition.version != version:
        raise StaleVersion(edition)
    return row


def autosaved(db: Session, edition: Edition, person: Person) -> Autosave | None:
    """What this person typed in this edition and did not save."""
    return db.get(Autosave, (edition.id, person.id))


def drop_autosave(db: Session, edition: Edition, person: Person) -> None:
    """Forget the unsaved typing: it was saved, or thrown away on purpose."""
    db.execute(delete(Autosave).where(Autosave.edition_id == edition.id, Autosave.person_id == person.id))


def seen_editing(db: Session, edition: Edition, person: Person, *, at: datetime) -> None:
    """`person` has the edit form open at this moment."""
    new = insert_into(db, Presence).values(edition_id=edition.id, person_id=person.id, seen_at=at)
    db.execute(
        new.on_conflict_do_update(
            index_elements=[Presence.edition_id, Presence.person_id], set_={"seen_at": new.excluded.seen_at}
        )
    )


def leave(db: Session, edition: Edition, person: Person) -> None:
    """`person` has closed the edit form."""
    db.execute(delete(Presence).where(Presence.edition_id == edition.id, Presence.person_id == person.id))
