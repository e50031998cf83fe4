"""When personal data go: a term after the end of a dossier, or when the person asks. Statistics stay."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal import audit, clock, files, mail
from portal.db import insert_into
from portal.dossiers import rules, worktime
from portal.dossiers.errors import StillOpen
from portal.dossiers.events import Kind
from portal.dossiers.models import (
    AnswerSet,
    Applicant,
    Dossier,
    DossierEvent,
    DossierFile,
    Draft,
    IssuedPaper,
    Note,
    RetentionRule,
)
from portal.dossiers.office import Office
from portal.dossiers.service import log
from portal.dossiers.service.intake import OWNER
from portal.publishing.models import Item
from portal.rules import Identity


@dataclass(frozen=True)
class Planned:
    """A dossier whose personal data are to go: it ended on `ended_on`, and keeps them for `months`."""

    dossier: Dossier
    ended_on: date
    months: int


def set_rule(db: Session, procedure: Item, months: int | None) -> None:
    """How long dossiers of this procedure keep personal data; None: until somebody decides otherwise."""
    if months is None:
        db.execute(delete(RetentionRule).where(RetentionRule.item_id == procedure.id))
        return
    new = insert_into(db, RetentionRule).values(item_id=procedure.id, months=months)
    db.execute(new.on_conflict_do_update(index_elements=[RetentionRule.item_id], set_={"months": months}))


def planned(db: Session, *, at: datetime, limit: int = 1000) -> list[Planned]:
    """The dry run: what `anonymise_due` would do now, the oldest first; of procedures with a rule alone."""
    today = clock.today(at)
    found: list[Planned] = []
    for rule in db.scalars(select(RetentionRule)):
        last = worktime.add_months(today, -rule.months)
        over = (Dossier.item_id == rule.item_id, Dossier.ended_on < last, Dossier.anonymised_at.is_(None))
        query = select(Dossier).where(*over).order_by(Dossier.ended_on, Dossier.id).limit(limit)
        found += [Planned(dossier, dossier.ended_on or today, rule.months) for dossier in db.scalars(query)]
    return sorted(found, key=lambda one: (one.ended_on, one.dossier.id))[:limit]


def anonymise_due(db: Session, office: Office, *, at: datetime, limit: int = 200) -> int:
    """Let go what is planned, some at a time. A periodic job."""
    due = planned(db, at=at, limit=limit)
    for one in due:
        _anonymise(db, one.dossier, office, "retention", by=log.PORTAL, at=at)
    # letters that were still to be sent when the rest went
    mail.forget_about(db, Dossier.audit_kind, select(Dossier.uid).where(Dossier.anonymised_at.is_not(None)))
    return len(due)


def erase(db: Session, dossier: Dossier, office: Office, *, seen: int, by: Identity, at: datetime) -> None:
    """Let personal data go because the person asks for it. Raises `StillOpen` while it is handled, `NotAllowed`."""
    log.lock(db, dossier, seen)
    rules.require(rules.ERASE, by, dossier)
    if dossier.ended_at is None:
        raise StillOpen()
    _anonymise(db, dossier, office, "request", by=log.by_officer(by), at=at)


def _anonymise(db: Session, dossier: Dossier, office: Office, why: str, *, by: log.By, at: datetime) -> None:
    """Names, answers, words, notes, files, letters go; states, times, agencies stay, and the chain of events holds."""
    log.append(db, dossier, Kind.ANONYMISED, office, by=by, at=at, payload={"why": why})
    applicant = db.get_one(Applicant, dossier.id)
    applicant.name = applicant.id_number = applicant.phone = applicant.email = applicant.address = None
    mine = {"synchronize_session": "fetch"}
    emptied = update(AnswerSet).where(AnswerSet.dossier_id == dossier.id).values(answers=None)
    db.execute(emptied, execution_options=mine)
    papers = update(IssuedPaper).where(IssuedPaper.dossier_id == dossier.id).values(facts=None)
    db.execute(papers, execution_options=mine)
    silent = update(DossierEvent).where(DossierEvent.dossier_id == dossier.id).values(words=None, words_salt=None)
    db.execute(silent, execution_options=mine)
    for table in (Note, DossierFile):
        db.execute(delete(table).where(table.dossier_id == dossier.id), execution_options=mine)
    mail.forget_about(db, Dossier.audit_kind, [dossier.uid])
    mail.forget_about(db, Draft.audit_kind, list(db.scalars(select(Draft.uid).where(Draft.dossier_id == dossier.id))))
    db.execute(delete(Draft).where(Draft.dossier_id == dossier.id), execution_options=mine)
    files.release(db, OWNER, dossier.id)
    db.flush()
    audit.record(db, by.person, "erased personal data", dossier, at=at, why=why, code=dossier.code)
