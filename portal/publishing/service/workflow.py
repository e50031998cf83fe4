"""From draft to public and back: review, schedule, publication, withdrawal."""

import logging
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.accounts.models import Person
from portal.publishing.errors import (
    Incomplete,
    InThePast,
    NoteMissing,
    OwnWriting,
    ReasonMissing,
    Withdrawn,
    WrongState,
)
from portal.publishing.kinds import kind_of
from portal.publishing.models import Edition, State
from portal.publishing.service.guards import check, hold
from portal.publishing.service.pages import item_changed
from portal.publishing.service.paths import reserve
from portal.text import nfc, without_controls

log = logging.getLogger(__name__)


def submit(db: Session, edition: Edition, *, version: int, by: Person, at: datetime) -> None:
    """Hand a draft in for review. Raises `Incomplete` with what is missing."""
    check(db, edition, version, State.DRAFT)
    _require_complete(db, edition)
    edition.state, edition.submitted_at, edition.sent_back_why, edition.updated_at = State.IN_REVIEW, at, None, at
    db.flush()
    audit.record(db, by, "submitted", edition.item, at=at, edition=edition.number)


def take_back(db: Session, edition: Edition, *, version: int, by: Person, at: datetime) -> None:
    """A writer takes a submitted edition back to go on writing."""
    check(db, edition, version, State.IN_REVIEW)
    edition.state, edition.submitted_at, edition.updated_at = State.DRAFT, None, at
    db.flush()
    audit.record(db, by, "took back", edition.item, at=at, edition=edition.number)


def send_back(db: Session, edition: Edition, *, version: int, by: Person, at: datetime, why: str) -> None:
    """A reviewer returns it to its writers; `why` is required and shown to them."""
    check(db, edition, version, State.IN_REVIEW)
    edition.sent_back_why = _reason(why)
    edition.state, edition.submitted_at, edition.updated_at = State.DRAFT, None, at
    db.flush()
    audit.record(db, by, "sent back", edition.item, at=at, edition=edition.number, why=edition.sent_back_why)


def publish(
    db: Session,
    edition: Edition,
    *,
    version: int,
    by: Person,
    at: datetime,
    change_note: str = "",
    minor: bool = False,
    published_at: datetime | None = None,
) -> None:
    """Approve an edition and make it public now. `published_at`: when it first was public, if it was before now.

    Raises `OwnWriting`, `Incomplete`, and `NoteMissing` when a change to something public has neither a note
    nor the mark of a minor change.
    """
    check(db, edition, version, State.DRAFT, State.IN_REVIEW, State.SCHEDULED)
    _approve(db, edition, by=by, at=at, change_note=change_note, minor=minor)
    edition.published_at = published_at
    _go_live(db, edition, at)
    audit.record(db, by, "published", edition.item, at=at, edition=edition.number, **_how(edition))


def schedule(
    db: Session,
    edition: Edition,
    *,
    version: int,
    by: Person,
    at: datetime,
    publish_at: datetime,
    change_note: str = "",
    minor: bool = False,
) -> None:
    """Approve an edition to go public at `publish_at` (UTC). Raises as `publish`, and `InThePast`."""
    check(db, edition, version, State.DRAFT, State.IN_REVIEW, State.SCHEDULED)
    if publish_at <= at:
        raise InThePast
    _approve(db, edition, by=by, at=at, change_note=change_note, minor=minor)
    edition.state, edition.publish_at = State.SCHEDULED, publish_at
    db.flush()
    audit.record(
        db,
        by,
        "scheduled",
        edition.item,
        at=at,
        edition=edition.number,
        publish_at=publish_at.isoformat(),
        **_how(edition),
    )


def unschedule(db: Session, edition: Edition, *, version: int, by: Person, at: datetime) -> None:
    """Take an edition off the schedule; it is a draft again."""
    check(db, edition, version, State.SCHEDULED)
    _off_the_schedule(db, edition, by=by, at=at)


def _off_the_schedule(db: Session, edition: Edition, *, by: Person | None, at: datetime) -> None:
    edition.state, edition.publish_at, edition.updated_at = State.DRAFT, None, at
    edition.self_approved, edition.publisher = False, None
    db.flush()
    audit.record(db, by, "unscheduled", edition.item, at=at, edition=edition.number)


def publish_due(db: Session, at: datetime) -> int:
    """Make public what is due at `at`; returns how many. One that fails stays, late and visible, and stops no other."""
    due = db.scalars(
        select(Edition).where(Edition.state == State.SCHEDULED, Edition.publish_at <= at).order_by(Edition.publish_at)
    ).all()
    done = 0
    for edition in due:
        number, uid = edition.number, edition.item.uid
        try:
            with db.begin_nested():
                done += _publish_if_due(db, edition, at)
        except Exception:
            log.exception("scheduled edition %s of item %s could not be published", number, uid)
    return done


def _publish_if_due(db: Session, edition: Edition, at: datetime) -> bool:
    """False when a person is at the item this very moment: the next look comes in seconds and deadlocks nobody."""
    item = edition.item
    if not hold(db, item, wait=False) or edition not in item.editions:
        return False
    if edition.state is not State.SCHEDULED or edition.publish_at is None or edition.publish_at > at:
        return False
    _go_live(db, edition, at)
    audit.record(db, None, "published on schedule", item, at=at, edition=edition.number)
    return True


def publish_imported(
    db: Session, edition: Edition, *, at: datetime, published_at: datetime | None = None, change_note: str = ""
) -> None:
    """Make an imported edition public without review: what it holds was approved where it comes from.

    Raises `Withdrawn`: a late or repeated import never brings back what a person has withdrawn (invariant 2).
    """
    hold(db, edition.item)
    live = edition.item.live
    if live is not None and live.state is State.WITHDRAWN:
        raise Withdrawn
    edition.published_at, edition.change_note = published_at, change_note or None
    _go_live(db, edition, at)
    audit.record(db, None, "published by import", edition.item, at=at, edition=edition.number)


def withdraw(db: Session, edition: Edition, *, version: int, by: Person | None, at: datetime, why: str) -> None:
    """Take the live edition off every public page. Its address answers 410 with `why` from now on.

    What was scheduled to take its place is a draft again: it was approved before anybody knew of the reason.
    """
    check(db, edition, version, State.PUBLISHED)
    edition.state, edition.withdrawn_at, edition.withdrawn_why, edition.updated_at = (
        State.WITHDRAWN,
        at,
        _reason(why),
        at,
    )
    db.flush()
    item_changed(db, edition.item, at)
    audit.record(db, by, "withdrew", edition.item, at=at, edition=edition.number, why=edition.withdrawn_why)
    working = edition.item.working
    if working is not None and working.state is State.SCHEDULED:
        _off_the_schedule(db, working, by=by, at=at)


def _approve(db: Session, edition: Edition, *, by: Person, at: datetime, change_note: str, minor: bool) -> None:
    own = any(writer.id == by.id for writer in edition.writers)
    if own and not edition.item.unit.self_approval:
        raise OwnWriting
    _require_complete(db, edition)
    note = _plain(change_note)
    live = edition.item.live
    if live is not None and not note and (not minor or live.state is State.WITHDRAWN):
        raise NoteMissing
    edition.self_approved, edition.publisher, edition.updated_at = own, by, at
    edition.change_note, edition.minor = note or None, minor


def _go_live(db: Session, edition: Edition, at: datetime) -> None:
    if edition.state not in (State.DRAFT, State.IN_REVIEW, State.SCHEDULED):
        raise WrongState
    item = edition.item
    previous = item.live
    if previous is not None:
        previous.state = State.SUPERSEDED
        db.flush()  # the database allows one live edition, so the old one steps down first
    edition.state = State.PUBLISHED
    edition.published_at = edition.published_at or at
    edition.publish_at = None
    edition.updated_at = at
    if item.path is None:
        item.path = reserve(db, item, kind_of(item).path(db, item, edition.data), at)
    db.flush()
    kind_of(item).went_live(db, edition, at)
    item_changed(db, item, at)


def _require_complete(db: Session, edition: Edition) -> None:
    problems = kind_of(edition.item).problems(db, edition)
    if problems:
        raise Incomplete(problems)


def _reason(why: str) -> str:
    told = _plain(why)
    if not told:
        raise ReasonMissing
    return told


def _plain(typed: str) -> str:
    """Text that every page, feed and database can hold: what is pasted may bring control characters along."""
    return without_controls(nfc(typed)).strip()


def _how(edition: Edition) -> dict[str, object]:
    return {"note": edition.change_note, "minor": edition.minor, "self_approved": edition.self_approved}
