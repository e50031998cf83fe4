"""What may be asked about dossiers; personal data are asked for by `service.readings` only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from portal.dossiers import codes
from portal.dossiers.models import Assignment, Dossier, Note
from portal.dossiers.states import OPEN, State
from portal.rules import APPROVER, HANDLER, RECEPTIONIST, Identity


def by_uid(db: Session, uid: UUID) -> Dossier | None:
    """The dossier with that permanent identity."""
    return db.scalars(select(Dossier).where(Dossier.uid == uid)).one_or_none()


def by_code(db: Session, code: str) -> Dossier | None:
    """For officers: the dossier with that whole code, however it was typed. The public asks `tracking.look`."""
    return db.scalars(select(Dossier).where(Dossier.code == codes.normal(code))).one_or_none()


def inbox(identity: Identity, *, states: tuple[State, ...] = OPEN, mine: bool = False) -> Select[Dossier]:
    """The dossiers that the officer has to do with, what is due first, no due date last: a query to page through.

    `mine`: only those given to this officer.
    """
    query = select(Dossier).where(Dossier.state.in_(states))
    if mine:
        query = query.where(Dossier.handler_id == identity.person.id)
    else:
        deciding = identity.units(HANDLER) | identity.units(APPROVER)
        received = identity.units(RECEPTIONIST)
        query = query.where(or_(Dossier.deciding_id.in_(deciding), Dossier.reception_id.in_(received)))
    return query.order_by(Dossier.due_at.is_(None), Dossier.due_at, Dossier.id)


def overdue(at: datetime) -> Select[Dossier]:
    """Open dossiers whose due date has passed while nobody waits for the applicant, the latest first."""
    late = (Dossier.due_at < at, Dossier.ended_at.is_(None))
    waited = or_(Dossier.paused_at.is_(None), Dossier.paused_at > Dossier.due_at)
    return select(Dossier).where(*late, waited).order_by(Dossier.due_at, Dossier.id)


def due_within(start: datetime, end: datetime) -> Select[Dossier]:
    """Open dossiers that fall due in the span and are not waiting: whom to remind."""
    span = (Dossier.due_at >= start, Dossier.due_at < end)
    query = select(Dossier).where(*span, Dossier.ended_at.is_(None), Dossier.paused_at.is_(None))
    return query.order_by(Dossier.due_at, Dossier.id)


def notes_of(db: Session, dossier: Dossier) -> list[Note]:
    """Internal notes, the first one first."""
    return list(db.scalars(select(Note).where(Note.dossier_id == dossier.id).order_by(Note.id)))


def assignments_of(db: Session, dossier: Dossier) -> list[Assignment]:
    """Who handled it, in order."""
    query = select(Assignment).where(Assignment.dossier_id == dossier.id).order_by(Assignment.id)
    return list(db.scalars(query))
