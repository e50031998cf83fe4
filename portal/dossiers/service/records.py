"""Beside the way to a result: internal notes, corrections of who applies, a new secret for a lost receipt."""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from portal import audit, mail
from portal.dossiers import rules, tracking_secret
from portal.dossiers.applications import Receipt
from portal.dossiers.errors import BadEvent, WordsMissing
from portal.dossiers.events import LONGEST_WORDS, Event, Kind
from portal.dossiers.models import Applicant, Dossier, Note
from portal.dossiers.office import Office
from portal.dossiers.service import intake, log
from portal.rules import Identity

CORRECTABLE = ("name", "id_number", "phone", "email", "address", "language")


def note(db: Session, dossier: Dossier, office: Office, *, words: str, seen: int, by: Identity, at: datetime) -> Note:
    """Write something down for colleagues; the applicant never sees it."""
    log.lock(db, dossier, seen)
    rules.require(rules.NOTE, by, dossier)
    said = words.strip()[:LONGEST_WORDS]
    if not said:
        raise WordsMissing()
    row = Note(dossier_id=dossier.id, person_id=by.person.id, words=said, written_at=at)
    db.add(row)
    db.flush()
    log.append(db, dossier, Kind.NOTED, office, by=log.by_officer(by), at=at, payload={"note": row.uid})
    return row


def correct(
    db: Session,
    dossier: Dossier,
    office: Office,
    changes: dict[str, str | None],
    *,
    why: str,
    seen: int,
    by: Identity,
    at: datetime,
) -> Event:
    """Correct who applies (sửa sai sót); the log says which facts were corrected and why, not what they are."""
    log.lock(db, dossier, seen)
    rules.require(rules.CORRECT, by, dossier)
    if not changes or set(changes) - set(CORRECTABLE):
        raise BadEvent(min(set(changes) - set(CORRECTABLE), default="what"))
    if changes.get("email"):
        changes = changes | {"email": mail.address_of(changes["email"] or "")}
    applicant = db.get_one(Applicant, dossier.id)
    for name, value in changes.items():
        setattr(applicant, name, value)
    payload = {"what": sorted(changes)}
    return log.append(db, dossier, Kind.CORRECTED, office, by=log.by_officer(by), at=at, payload=payload, words=why)


def renew_secret(db: Session, dossier: Dossier, office: Office, *, seen: int, by: Identity, at: datetime) -> Receipt:
    """A new receipt for somebody who lost theirs and has shown who they are; the old secret opens nothing any more."""
    log.lock(db, dossier, seen)
    rules.require(rules.RENEW_SECRET, by, dossier)
    dossier.secret_turn += 1
    dossier.secret_salt = secrets.token_hex(16)
    new = tracking_secret.derive(office, dossier.uid, dossier.secret_turn)
    dossier.secret_sha256 = tracking_secret.digest(dossier.secret_salt, new)
    db.flush()
    audit.record(db, by.person, "renewed receipt", dossier, at=at, code=dossier.code)
    return intake.receipt_of(dossier, office)
