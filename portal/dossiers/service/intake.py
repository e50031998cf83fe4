"""How a dossier comes to be: exactly once for each submission, with its code, its secret and what it is pinned to."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import audit, clock, files, mail
from portal.agencies.models import Agency
from portal.catalogue.data import Channel
from portal.db import insert_into, new_uid
from portal.dossiers import letters, tracking_secret
from portal.dossiers.applications import Application, HandedIn, Person, Receipt
from portal.dossiers.codes import DossierCode
from portal.dossiers.errors import NoAgencyCode
from portal.dossiers.events import Event, Kind, checked
from portal.dossiers.models import AnswerSet, Applicant, CodeSequence, Dossier, DossierFile
from portal.dossiers.office import Office
from portal.dossiers.profiles import CodeFormat
from portal.dossiers.service import log

OWNER = "dossier"
"""Owner kind of its files."""


def register(db: Session, application: Application, key: str, office: Office, *, by: log.By, at: datetime) -> Receipt:
    """Make a dossier in state "Mới đăng ký"; the same `key` again gives the same receipt, also when both come at once.

    Raises `NoAgencyCode`, and `mail.BadAddress` for an address that no letter can go to.
    """
    once = hashlib.sha256(key.encode()).hexdigest()
    dossier = _of_key(db, once)
    if dossier is not None:
        return receipt_of(dossier, office)
    try:
        with db.begin_nested():
            dossier = _made(db, application, once, office, by=by, at=at)
    except IntegrityError:
        dossier = _of_key(db, once)
        if dossier is None:
            raise
    return receipt_of(dossier, office)


def receipt_of(dossier: Dossier, office: Office) -> Receipt:
    """The receipt of a dossier, as often as it is asked for: only for its applicant."""
    return Receipt(dossier, dossier.code, tracking_secret.derive(office, dossier.uid, dossier.secret_turn))


def next_code(db: Session, agency: Agency, office: Office, *, at: datetime) -> str:
    """The agency's next code of the day: no number twice, none left out (A6-1).

    The row of the day is locked until the transaction ends. A unit without a code of its own uses that of one above.
    """
    owner: Agency | None = agency
    while owner is not None and owner.code is None:
        owner = owner.parent
    if owner is None or owner.code is None:
        raise NoAgencyCode()
    today = clock.today(at)
    first = insert_into(db, CodeSequence).values(agency_code=owner.code, issued_on=today, last_number=1)
    counting = first.on_conflict_do_update(
        index_elements=[CodeSequence.agency_code, CodeSequence.issued_on],
        set_={"last_number": CodeSequence.last_number + 1},
    )
    number = int(db.execute(counting.returning(CodeSequence.last_number)).scalar_one())
    code = DossierCode(owner.code, today, number)
    written = code.written(office.profile.code_format) or code.written(CodeFormat.NEW)
    if written is None:
        raise NoAgencyCode()
    return written


def answers_digest(answers: Mapping[str, Any]) -> str:
    """SHA-256 of answers, whatever the order of their keys."""
    return hashlib.sha256(orjson.dumps(dict(answers), option=orjson.OPT_SORT_KEYS)).hexdigest()


def add_files(db: Session, dossier: Dossier, handed_in: tuple[HandedIn, ...], part: str, *, at: datetime) -> None:
    """Let the dossier own files: from now on they are seen by whoever may read its personal data."""
    for one in handed_in:
        stored = files.get(db, one.sha256)
        if stored is None:
            raise files.UnknownFile()
        use = files.use(db, stored, OWNER, dossier.id, one.name)
        mine = (DossierFile.dossier_id == dossier.id, DossierFile.part == part)
        there = select(DossierFile.id).where(*mine, DossierFile.sha256 == one.sha256, DossierFile.name == use.name)
        if db.scalar(there) is None:
            row = DossierFile(dossier_id=dossier.id, part=part, sha256=one.sha256, name=use.name, added_at=at)
            row.field_id = one.field
            db.add(row)
            db.flush()


def keep_answers(db: Session, dossier: Dossier, number: int, answers: Mapping[str, Any], *, at: datetime) -> str:
    """Store a set of answers; gives its digest."""
    digest = answers_digest(answers)
    db.add(AnswerSet(dossier_id=dossier.id, number=number, sha256=digest, answers=dict(answers), given_at=at))
    db.flush()
    return digest


def terms(data: Mapping[str, Any], channel: Channel) -> tuple[list[Any], list[Any]]:
    """Time limits that are numbers, the first of which holds, and fees of a record by this channel; where it says
    nothing of the channel, by any."""
    named = [row for row in data["channels"] if row["channel"] == channel]
    channels = named[:1] or data["channels"]
    limits = [limit for row in channels for limit in row["limits"] if limit["unit"] is not None]
    return limits, [fee for row in channels for fee in row["fees"]]


def _of_key(db: Session, once: str) -> Dossier | None:
    return db.scalars(select(Dossier).where(Dossier.submission_key == once)).one_or_none()


def _made(db: Session, application: Application, once: str, office: Office, *, by: log.By, at: datetime) -> Dossier:
    at = at.astimezone(UTC)
    code = next_code(db, application.reception, office, at=at)
    payload, _words = checked(Kind.SUBMITTED, _facts(application, code, office), None)
    person = by.person.uid if by.person else None
    event = Event(1, Kind.SUBMITTED, at, payload, actor=by.actor, person=person)
    uid, salt = new_uid(), secrets.token_hex(16)
    dossier = Dossier(uid=uid, submission_key=once, secret_salt=salt, secret_turn=0)
    dossier.secret_sha256 = tracking_secret.digest(salt, tracking_secret.derive(office, uid, 0))
    for name, value in log.columns(db, [event], office).items():
        setattr(dossier, name, value)
    db.add(dossier)
    db.flush()
    row = log.add_row(db, dossier, event, log.GENESIS)
    _keep_applicant(db, dossier, application.applicant)
    keep_answers(db, dossier, 1, application.answers, at=at)
    add_files(db, dossier, application.files, "submitted", at=at)
    audit.record(db, by.person, Kind.SUBMITTED.value, dossier, at=at, code=code, event=1, hash=row.hash)
    letters.tell(db, dossier, event, office)
    return dossier


def _facts(application: Application, code: str, office: Office) -> dict[str, Any]:
    data = application.record or application.edition.data
    limits, fees = terms(data, application.channel)
    return {
        "code": code,
        "profile": office.profile.name,
        "channel": application.channel.value,
        "procedure": application.edition.item.uid,
        "edition": application.edition.uid,
        "procedure_code": data["code"],
        "title": data["name"][:1000],
        "field": (data["fields"] or [None])[0],
        "form": application.form,
        "answers": answers_digest(application.answers),
        "limit": {name: limits[0][name] for name in ("amount", "unit")} if limits else None,
        "fees": [
            {"kind": fee["kind"], "text": (fee["text"] or "")[:1000] or None}
            | {name: fee[name] for name in ("amount", "currency")}
            for fee in fees
        ],
        "support": application.support.uid if application.support else None,
        "reception": application.reception.uid,
        "deciding": application.deciding.uid,
    }


def _keep_applicant(db: Session, dossier: Dossier, given: Person) -> None:
    row = Applicant(dossier_id=dossier.id, audience=given.audience, language=given.language)
    for name in ("name", "id_number", "phone", "address"):
        longest = getattr(Applicant, name).type.length  # the answers keep all of it
        setattr(row, name, (getattr(given, name) or "")[:longest] or None)
    row.email = mail.address_of(given.email) if given.email else None
    db.add(row)
    db.flush()
