"""What may be asked about dossiers; personal data are asked for by `service.readings` only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import Grant, Person
from portal.agencies.models import Agency
from portal.dossiers import codes
from portal.dossiers.models import Applicant, Assignment, Dossier, Note
from portal.dossiers.states import OPEN, WAITING, State
from portal.rules import ADMINISTRATOR, APPROVER, HANDLER, RECEPTIONIST, Identity
from portal.text import fold


def by_uid(db: Session, uid: UUID) -> Dossier | None:
    """The dossier with that permanent identity."""
    return db.scalars(select(Dossier).where(Dossier.uid == uid)).one_or_none()


def by_code(db: Session, code: str) -> Dossier | None:
    """For officers: the dossier with that whole code, however it was typed. The public asks `tracking.look`."""
    return db.scalars(select(Dossier).where(Dossier.code == codes.normal(code))).one_or_none()


class Tab(StrEnum):
    """The lists of the inbox."""

    MINE = "cua-toi"
    UNASSIGNED = "chua-giao"
    ALL = "dang-mo"
    WAITING = "cho-bo-sung"
    OVERDUE = "qua-han"
    RESULT = "cho-tra"
    DONE = "da-xong"


class Sort(StrEnum):
    """By what a list is ordered."""

    DUE = "han"
    NEWEST = "moi"
    OLDEST = "cu"


@dataclass(frozen=True)
class Wanted:
    """What an officer asks the inbox for; `text`: a code or a part of it, or words of the applicant's name.

    What is searched for is searched in all tabs.
    """

    tab: Tab = Tab.ALL
    text: str = ""
    sort: Sort = Sort.DUE


def inbox(identity: Identity, *, states: tuple[State, ...] = OPEN, mine: bool = False) -> Select[Dossier]:
    """The dossiers that the officer has to do with, what is due first, no due date last: a query to page through.

    `mine`: only those given to this officer.
    """
    query = select(Dossier).where(Dossier.state.in_(states))
    if mine:
        query = query.where(Dossier.handler_id == identity.person.id)
    else:
        query = query.where(_seen_by(identity, administrators=False))
    return query.order_by(Dossier.due_at.is_(None), Dossier.due_at, Dossier.id)


def listed(identity: Identity, wanted: Wanted, *, at: datetime) -> Select[Dossier]:
    """The dossiers of a tab, or those found in all of them, in order: a query to page through."""
    if wanted.text:
        chosen = or_(_by_code(wanted.text), _by_name(identity, wanted.text))
    else:
        chosen = _in_tab(identity, wanted.tab, at)
    query = select(Dossier).where(_seen_by(identity), chosen)
    match wanted.sort:
        case Sort.NEWEST:
            return query.order_by(Dossier.submitted_at.desc(), Dossier.id.desc())
        case Sort.OLDEST:
            return query.order_by(Dossier.submitted_at, Dossier.id)
    if wanted.text:
        query = query.order_by(Dossier.ended_at.is_not(None))  # what is open first
    elif wanted.tab is Tab.DONE:
        return query.order_by(Dossier.ended_at.desc(), Dossier.id.desc())
    return query.order_by(Dossier.due_at.is_(None), Dossier.due_at, Dossier.id)


def counts(db: Session, identity: Identity, *, at: datetime) -> dict[Tab, int]:
    """How many stand in each tab."""
    sums = [
        func.count().filter(_in_tab(identity, tab, at)).label(tab.name.lower()) for tab in Tab if tab is not Tab.DONE
    ]
    row = db.execute(select(*sums).select_from(Dossier).where(_seen_by(identity), Dossier.returned_at.is_(None))).one()
    return {tab: getattr(row, tab.name.lower()) for tab in Tab if tab is not Tab.DONE}


def applicants(db: Session, dossiers: list[Dossier]) -> dict[int, Applicant]:
    """Who applies, by the id of the dossier: only for masked names in lists."""
    ids = [one.id for one in dossiers]
    return {row.dossier_id: row for row in db.scalars(select(Applicant).where(Applicant.dossier_id.in_(ids)))}


def overdue(at: datetime) -> Select[Dossier]:
    """Open dossiers whose due date has passed while nobody waits for the applicant, the latest first."""
    return select(Dossier).where(_late(at)).order_by(Dossier.due_at, Dossier.id)


def due_within(start: datetime, end: datetime) -> Select[Dossier]:
    """Open dossiers that fall due in the span and are not waiting: whom to remind."""
    span = (Dossier.due_at >= start, Dossier.due_at < end)
    query = select(Dossier).where(*span, Dossier.ended_at.is_(None), Dossier.paused_at.is_(None))
    return query.order_by(Dossier.due_at, Dossier.id)


def soon_or_late(identity: Identity, *, at: datetime, ahead: timedelta) -> Select[Dossier]:
    """What an officer must look at now: late, or due within `ahead`; of a handler their own, else of the unit."""
    running = (Dossier.due_at < at + ahead, Dossier.ended_at.is_(None), Dossier.paused_at.is_(None))
    leads = Dossier.deciding_id.in_(identity.units(APPROVER))
    takes_in = Dossier.reception_id.in_(identity.units(RECEPTIONIST))
    works = Dossier.deciding_id.in_(identity.units(HANDLER)) & (Dossier.handler_id == identity.person.id)
    mine = or_(works, leads, takes_in)
    return select(Dossier).where(*running, mine).order_by(Dossier.due_at, Dossier.id)


def holders(db: Session, role: str, unit: Agency) -> list[Person]:
    """Active people who hold the role for the unit, by a grant there or above it, by name."""
    line: list[int] = []
    above: Agency | None = unit
    while above is not None:
        line.append(above.id)
        above = above.parent
    held = select(Grant.person_id).where(Grant.role == role, Grant.unit_id.in_(line))
    query = select(Person).where(Person.id.in_(held), Person.active == true()).order_by(Person.name, Person.id)
    return list(db.scalars(query))


def notes_of(db: Session, dossier: Dossier) -> list[Note]:
    """Internal notes, the first one first."""
    return list(db.scalars(select(Note).where(Note.dossier_id == dossier.id).order_by(Note.id)))


def assignments_of(db: Session, dossier: Dossier) -> list[Assignment]:
    """Who handled it, in order."""
    query = select(Assignment).where(Assignment.dossier_id == dossier.id).order_by(Assignment.id)
    return list(db.scalars(query))


def _seen_by(identity: Identity, *, administrators: bool = True) -> ColumnElement[bool]:
    """What the rule table lets the officer read."""
    decides = identity.units(HANDLER) | identity.units(APPROVER)
    takes_in = identity.units(RECEPTIONIST)
    if administrators:
        decides, takes_in = decides | identity.units(ADMINISTRATOR), takes_in | identity.units(ADMINISTRATOR)
    return or_(Dossier.deciding_id.in_(decides), Dossier.reception_id.in_(takes_in))


def _in_tab(identity: Identity, tab: Tab, at: datetime) -> ColumnElement[bool]:
    is_open = Dossier.state.in_(OPEN)
    tabs: dict[Tab, Any] = {
        Tab.MINE: is_open & (Dossier.handler_id == identity.person.id),
        Tab.UNASSIGNED: Dossier.state.in_((State.NEW, State.RECEIVED, State.IN_PROGRESS))
        & Dossier.handler_id.is_(None),
        Tab.ALL: is_open,
        Tab.WAITING: Dossier.state.in_(WAITING),
        Tab.OVERDUE: _late(at),
        Tab.RESULT: Dossier.state == State.DONE,
        Tab.DONE: Dossier.ended_at.is_not(None),
    }
    found: ColumnElement[bool] = tabs[tab]
    return found


def _late(at: datetime) -> ColumnElement[bool]:
    waited = or_(Dossier.paused_at.is_(None), Dossier.paused_at > Dossier.due_at)
    return (Dossier.due_at < at) & Dossier.ended_at.is_(None) & waited


def _by_code(text: str) -> ColumnElement[bool]:
    return Dossier.code.contains(codes.normal(text), autoescape=True)


def _by_name(identity: Identity, text: str) -> ColumnElement[bool]:
    """Names are personal data: they are searched where the officer may read those, and nowhere else."""
    words = fold(text).split()
    if not words or any(sign.isdigit() for sign in text):
        return false()
    named = [Applicant.name_folded.contains(word, autoescape=True) for word in words]
    known = select(Applicant.dossier_id).where(*named)
    mine = Dossier.deciding_id.in_(identity.units(HANDLER)) & (Dossier.handler_id == identity.person.id)
    readable = or_(
        Dossier.reception_id.in_(identity.units(RECEPTIONIST)), Dossier.deciding_id.in_(identity.units(APPROVER)), mine
    )
    return readable & Dossier.id.in_(known)
