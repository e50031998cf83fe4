"""Putting the due date off: by an apology, once, in time (NĐ 61/2018 Art 19.9), or because a law allows more time."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.clock import in_vietnam
from portal.dossiers import clock, rules, worktime
from portal.dossiers.errors import AlreadyRescheduled, NoDueDate, NotLater, TooLateToReschedule
from portal.dossiers.events import Event, Kind
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.dossiers.service import log
from portal.rules import Identity


def apologise(
    db: Session, dossier: Dossier, office: Office, *, why: str, due_on: date, seen: int, by: Identity, at: datetime
) -> Event:
    """Apologise in writing and give a new date (xin lỗi và hẹn lại).

    Raises `AlreadyRescheduled` (E12) and `TooLateToReschedule`, which cite the article; `NotLater`, `NoDueDate`.
    """
    current, new = _new_due(db, dossier, office, rules.APOLOGISE, due_on, seen, by)
    law = dossier.law
    if dossier.reschedules >= law.reschedules:
        raise AlreadyRescheduled(law.articles["reschedule"])
    last = clock.apology_by(current, office.calendar, law)
    if in_vietnam(at).date() > last:
        raise TooLateToReschedule(last, law.articles["reschedule"])
    who = log.by_officer(by)
    return log.append(db, dossier, Kind.APOLOGISED, office, by=who, at=at, payload={"due_at": new}, words=why)


def extend(
    db: Session,
    dossier: Dossier,
    office: Office,
    *,
    why: str,
    basis: str,
    due_on: date,
    seen: int,
    by: Identity,
    at: datetime,
) -> Event:
    """Give the handling more time because a provision (`basis`) allows it (gia hạn). Raises `NotLater`, `NoDueDate`."""
    _current, new = _new_due(db, dossier, office, rules.EXTEND, due_on, seen, by)
    who, facts = log.by_officer(by), {"due_at": new, "basis": basis}
    return log.append(db, dossier, Kind.EXTENDED, office, by=who, at=at, payload=facts, words=why)


def _new_due(
    db: Session, dossier: Dossier, office: Office, permission: str, due_on: date, seen: int, by: Identity
) -> tuple[datetime, datetime]:
    """The due date that stands and the one that is to be."""
    log.lock(db, dossier, seen)
    rules.require(permission, by, dossier)
    if dossier.due_at is None:
        raise NoDueDate()
    new = worktime.end_of(due_on, dossier.law)
    if new <= dossier.due_at or not office.calendar.is_working_day(due_on):
        raise NotLater()
    return dossier.due_at, new
