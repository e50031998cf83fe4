"""Papers that went out: numbered, with their facts and the version of their template, so that they never change."""

import hashlib
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import insert_into
from portal.dossiers.errors import PaperErased, PaperNotYet
from portal.dossiers.events import Event, Kind
from portal.dossiers.models import Dossier, IssuedPaper, PaperSequence
from portal.dossiers.office import Office
from portal.dossiers.printing.facts import ARISES, Facts, day_of, event_of, facts_of, issuer_of
from portal.dossiers.printing.wording import SETS
from portal.dossiers.profiles import Paper
from portal.dossiers.service import log

ISSUED_BY = {Kind.RECEIVED: Paper.RECEIPT} | {kind: paper for paper, kind in ARISES.items()}
"""The act with which each paper goes out."""


def issue(db: Session, dossier: Dossier, event: Event, office: Office, *, at: datetime) -> IssuedPaper | None:
    """Write the paper that this act sends out, in its transaction; None where it sends none. Once an event."""
    paper = ISSUED_BY.get(event.kind)
    if paper is None or paper not in SETS[dossier.profile]:
        return None
    there = _of_event(db, dossier, paper, event.sequence)
    if there is not None:
        return there
    template, agency = SETS[dossier.profile][paper], issuer_of(dossier, paper)
    facts = facts_of(db, dossier, paper, office, event)
    number = _next(db, agency.id, paper, day_of(facts).year)
    facts["number"] = number
    row = IssuedPaper(
        dossier_id=dossier.id,
        paper=paper.value,
        event=event.sequence,
        agency_id=agency.id,
        number=number,
        template=template,
        facts=facts,
        sha256=digest(template, facts),
        issued_at=at,
    )
    db.add(row)
    db.flush()
    return row


def issued(db: Session, dossier: Dossier) -> list[IssuedPaper]:
    """The papers that went out, the first one first."""
    query = select(IssuedPaper).where(IssuedPaper.dossier_id == dossier.id).order_by(IssuedPaper.id)
    return list(db.scalars(query))


def sheet_facts(db: Session, dossier: Dossier, paper: Paper, office: Office) -> tuple[str, Facts, IssuedPaper | None]:
    """Template and facts: of the paper as it went out, or as it would now. Raises `PaperNotYet`, `PaperErased`."""
    if dossier.anonymised_at is not None:
        raise PaperErased()
    template = SETS[dossier.profile].get(paper)
    if template is None:
        raise PaperNotYet()
    event = event_of(log.events_of(db, dossier), paper)
    row = _of_event(db, dossier, paper, event.sequence)
    if row is not None and row.facts is not None:
        return row.template, row.facts, row
    return template, facts_of(db, dossier, paper, office, event), None


def digest(template: str, facts: dict[str, Any]) -> str:
    """SHA-256 of what a paper says and by which template."""
    return hashlib.sha256(orjson.dumps([template, facts], option=orjson.OPT_SORT_KEYS)).hexdigest()


def _of_event(db: Session, dossier: Dossier, paper: Paper, event: int) -> IssuedPaper | None:
    mine = (IssuedPaper.dossier_id == dossier.id, IssuedPaper.paper == paper.value, IssuedPaper.event == event)
    return db.scalars(select(IssuedPaper).where(*mine)).one_or_none()


def _next(db: Session, agency_id: int, paper: Paper, year: int) -> int:
    first = insert_into(db, PaperSequence).values(agency_id=agency_id, paper=paper.value, year=year, last_number=1)
    counting = first.on_conflict_do_update(
        index_elements=[PaperSequence.agency_id, PaperSequence.paper, PaperSequence.year],
        set_={"last_number": PaperSequence.last_number + 1},
    )
    return int(db.execute(counting.returning(PaperSequence.last_number)).scalar_one())
