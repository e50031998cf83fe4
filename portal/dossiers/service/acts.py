"""What may happen to a dossier on its way to a result. Each act names the version that was seen (invariant 8).

Every function asks the rule table, locks the row, adds one event, projects it, writes the audit line and the letter,
all in the caller's transaction. All raise `NotAllowed`, `StaleDossier`, `IllegalTransition` or `NotPossibleNow`,
`BadEvent`, `WordsMissing`; further errors are named where they belong.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.catalogue.data import Channel
from portal.dossiers import clock, rules
from portal.dossiers.applications import HandedIn
from portal.dossiers.errors import NotAllowed, WordsMissing
from portal.dossiers.events import Event, Kind
from portal.dossiers.models import AnswerSet, Assignment, Dossier
from portal.dossiers.office import Office
from portal.dossiers.officers import Officer
from portal.dossiers.service import intake, log
from portal.dossiers.states import Outcome
from portal.rules import HANDLER, Identity


def receive(
    db: Session,
    dossier: Dossier,
    office: Office,
    *,
    limit: clock.Limit | None = None,
    seen: int,
    by: Identity,
    at: datetime,
) -> Event:
    """Take it in (tiếp nhận): from now the limit counts. `limit` where the procedure's own does not fit this case.

    The date on the receipt stands in the event, as it was promised.
    """
    counts = limit or clock.Limit.of(_pinned_limit(dossier))
    promised = clock.term(at, counts, office.calendar, dossier.law) if counts else None
    given = {"amount": limit.amount, "unit": limit.unit.value} if limit else None
    facts = {"limit": given, "promised_at": promised}
    return _act(db, dossier, office, Kind.RECEIVED, rules.RECEIVE, facts, None, seen, by, at)


def refuse(db: Session, dossier: Dossier, office: Office, *, why: str, seen: int, by: Identity, at: datetime) -> Event:
    """Not take it in (từ chối tiếp nhận), for a reason that the applicant gets in writing."""
    return _act(db, dossier, office, Kind.REFUSED, rules.REFUSE, {}, why, seen, by, at)


def transfer(
    db: Session, dossier: Dossier, office: Office, *, to: Agency, seen: int, by: Identity, at: datetime
) -> Event:
    """Hand it over to the agency that decides (chuyển hồ sơ)."""
    event = _act(db, dossier, office, Kind.TRANSFERRED, rules.TRANSFER, {"deciding": to.uid}, None, seen, by, at)
    _end_assignment(db, dossier, event.at)
    return event


def assign(
    db: Session, dossier: Dossier, office: Office, *, to: Person, seen: int, by: Identity, at: datetime
) -> Event:
    """Give it to a handler of the deciding unit (phân công). Raises `NotAllowed` for somebody who is none."""
    rules.require(rules.ASSIGN, by, dossier)
    if not Officer(db, to).has(HANDLER, dossier.deciding_id):
        raise NotAllowed()
    facts = {"person": to.uid, "unit": dossier.deciding.uid}
    event = _act(db, dossier, office, Kind.ASSIGNED, rules.ASSIGN, facts, None, seen, by, at)
    _end_assignment(db, dossier, event.at)
    row = Assignment(dossier_id=dossier.id, person_id=to.id, unit_id=dossier.deciding_id, assigned_at=event.at)
    row.assigned_by_id = by.person.id
    db.add(row)
    db.flush()
    return event


def ask_supplement(
    db: Session,
    dossier: Dossier,
    office: Office,
    *,
    what: str,
    until: date | None = None,
    seen: int,
    by: Identity,
    at: datetime,
) -> Event:
    """Ask for missing papers (yêu cầu bổ sung): the clock stands until they come."""
    facts = {"until": until}
    return _act(db, dossier, office, Kind.SUPPLEMENT_ASKED, rules.ASK_SUPPLEMENT, facts, what, seen, by, at)


def give_supplement(
    db: Session,
    dossier: Dossier,
    office: Office,
    *,
    answers: Mapping[str, Any] | None = None,
    files: tuple[HandedIn, ...] = (),
    seen: int,
    by: Identity | None,
    at: datetime,
) -> Event:
    """What was missing has come, from the applicant (`by` None) or over the counter: the limit counts from zero.

    Earlier answers stay; new ones are a further set.
    """
    digest = intake.answers_digest(answers) if answers is not None else None
    facts = {"answers": digest, "files": len(files)}
    event = _act(db, dossier, office, Kind.SUPPLEMENT_GIVEN, rules.GIVE_SUPPLEMENT, facts, None, seen, by, at)
    if answers is not None:
        sets = db.scalars(select(AnswerSet.number).where(AnswerSet.dossier_id == dossier.id)).all()
        intake.keep_answers(db, dossier, max(sets, default=0) + 1, answers, at=event.at)
    intake.add_files(db, dossier, files, "supplement", at=event.at)
    return event


def ask_fee(
    db: Session,
    dossier: Dossier,
    office: Office,
    *,
    amount: int,
    currency: str = "VND",
    waits: bool = True,
    words: str | None = None,
    seen: int,
    by: Identity,
    at: datetime,
) -> Event:
    """Ask for a payment (nghĩa vụ tài chính); `waits`: handling stands until it is paid."""
    facts = {"amount": amount, "currency": currency, "waits": waits}
    return _act(db, dossier, office, Kind.FEE_ASKED, rules.ASK_FEE, facts, words, seen, by, at)


def note_payment(
    db: Session,
    dossier: Dossier,
    office: Office,
    *,
    amount: int,
    reference: str,
    currency: str = "VND",
    seen: int,
    by: Identity | None,
    at: datetime,
) -> Event:
    """A payment has come, as an officer (`by`) or a payment gateway (None) says; `reference` is theirs."""
    facts = {"amount": amount, "currency": currency, "reference": reference}
    return _act(db, dossier, office, Kind.FEE_PAID, rules.NOTE_PAYMENT, facts, None, seen, by, at, otherwise=log.PORTAL)


def withdraw(
    db: Session,
    dossier: Dossier,
    office: Office,
    *,
    why: str | None = None,
    seen: int,
    by: Identity | None,
    at: datetime,
) -> Event:
    """The applicant takes it back (rút hồ sơ), by themselves (`by` None) or at the counter."""
    return _act(db, dossier, office, Kind.WITHDRAWN, rules.WITHDRAW, {}, why, seen, by, at)


def stop(
    db: Session,
    dossier: Dossier,
    office: Office,
    *,
    why: str,
    basis: str | None = None,
    seen: int,
    by: Identity,
    at: datetime,
) -> Event:
    """End handling without a decision (dừng giải quyết), for a reason given in writing."""
    return _act(db, dossier, office, Kind.STOPPED, rules.STOP, {"basis": basis}, why, seen, by, at)


def decide(
    db: Session,
    dossier: Dossier,
    office: Office,
    *,
    outcome: Outcome,
    number: str | None = None,
    signed_on: date | None = None,
    files: tuple[HandedIn, ...] = (),
    words: str | None = None,
    seen: int,
    by: Identity,
    at: datetime,
) -> Event:
    """Decide (giải quyết xong): granted, or denied with words. Signed is not yet delivered (A6-9)."""
    if outcome is Outcome.DENIED and not (words or "").strip():
        raise WordsMissing()
    facts = {"outcome": outcome.value, "number": number, "signed_on": signed_on, "files": len(files)}
    event = _act(db, dossier, office, Kind.DECIDED, rules.DECIDE, facts, words, seen, by, at)
    intake.add_files(db, dossier, files, "result", at=event.at)
    return event


def announce_result(
    db: Session, dossier: Dossier, office: Office, *, place: str | None = None, seen: int, by: Identity, at: datetime
) -> Event:
    """The result lies ready for the applicant."""
    return _act(db, dossier, office, Kind.RESULT_READY, rules.ANNOUNCE, {"place": place}, None, seen, by, at)


def return_result(
    db: Session, dossier: Dossier, office: Office, *, channel: Channel, seen: int, by: Identity, at: datetime
) -> Event:
    """The applicant has the result (trả kết quả)."""
    facts = {"channel": channel.value}
    return _act(db, dossier, office, Kind.RETURNED, rules.RETURN, facts, None, seen, by, at)


def _act(
    db: Session,
    dossier: Dossier,
    office: Office,
    kind: Kind,
    permission: str,
    facts: Mapping[str, Any],
    words: str | None,
    seen: int,
    by: Identity | None,
    at: datetime,
    *,
    otherwise: log.By = log.APPLICANT,
) -> Event:
    """`by` None: the applicant, or `otherwise`; who they are was proved at the edge, by code and secret."""
    log.lock(db, dossier, seen)
    if by is not None:
        rules.require(permission, by, dossier)
    who = log.by_officer(by) if by is not None else otherwise
    return log.append(db, dossier, kind, office, by=who, at=at, payload=facts, words=words)


def _pinned_limit(dossier: Dossier) -> dict[str, Any] | None:
    return {"amount": dossier.limit_amount, "unit": dossier.limit_unit} if dossier.limit_unit else None


def _end_assignment(db: Session, dossier: Dossier, at: datetime) -> None:
    open_ones = select(Assignment).where(Assignment.dossier_id == dossier.id, Assignment.ended_at.is_(None))
    for row in db.scalars(open_ones):
        row.ended_at = at
    db.flush()
