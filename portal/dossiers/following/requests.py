"""What people ask about their own data: a copy, or that they go. Asked with code and secret, answered by an officer.

Code and secret show that somebody has the receipt, not who they are: an administrator sees the person's papers first.
Nothing personal is kept in a request. The answer goes to the applicant by mail and stands on the page of the dossier.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from portal import audit, mail
from portal.dossiers import rules, service
from portal.dossiers.errors import NotAllowed, StillOpen
from portal.dossiers.following import letters
from portal.dossiers.following.errors import AlreadyAnswered, AlreadyAsked, AlreadyErased, AnswerMissing
from portal.dossiers.following.models import DataRequest, Progress, Wish
from portal.dossiers.models import Applicant, Dossier, Reading
from portal.dossiers.office import Office
from portal.rules import Identity, allowed
from portal.text import nfc, without_controls, without_invisible

LONGEST = 1000
PURPOSE = "Sao dữ liệu theo yêu cầu của người nộp hồ sơ"
"""What the log of readings says of a copy."""


def ask(db: Session, dossier: Dossier, wish: Wish, *, at: datetime) -> DataRequest:
    """A request of whoever has shown code and secret. Raises `AlreadyAsked`, `AlreadyErased`, `StillOpen`."""
    if dossier.anonymised_at is not None:
        raise AlreadyErased()
    if wish is Wish.ERASE and dossier.ended_at is None:
        raise StillOpen()
    mine = (DataRequest.dossier_id == dossier.id, DataRequest.wish == wish.value)
    locked = select(Dossier.id).where(Dossier.id == dossier.id).with_for_update(of=Dossier)
    db.execute(locked).one()
    if db.scalar(select(DataRequest.id).where(*mine, DataRequest.progress == Progress.OPEN.value)) is not None:
        raise AlreadyAsked()
    row = DataRequest(dossier=dossier, wish=wish.value, progress=Progress.OPEN.value, asked_at=at)
    db.add(row)
    db.flush()
    audit.record(db, None, "asked about own data", dossier, at=at, wish=wish.value, code=dossier.code)
    return row


def of_dossier(db: Session, dossier: Dossier) -> list[DataRequest]:
    """Requests about a dossier, the last one first."""
    query = select(DataRequest).where(DataRequest.dossier_id == dossier.id)
    return list(db.scalars(query.order_by(DataRequest.id.desc())))


def by_uid(db: Session, uid: UUID) -> DataRequest | None:
    return db.scalars(select(DataRequest).where(DataRequest.uid == uid)).one_or_none()


def listed(units: Collection[int], progress: Progress | None) -> Select[DataRequest]:
    """Requests about dossiers of these units, open ones first, the oldest of them first: a query to page through."""
    query = select(DataRequest).join(Dossier, Dossier.id == DataRequest.dossier_id).where(_of(units))
    if progress is not None:
        query = query.where(DataRequest.progress == progress.value)
    answered = DataRequest.progress != Progress.OPEN.value
    return query.order_by(answered, DataRequest.asked_at, DataRequest.id)


def readings(
    units: Collection[int], dossier: Dossier | None = None, person: int | None = None
) -> Select[Reading, Dossier]:
    """Who has read personal data of dossiers of these units, the last reading first: (Reading, Dossier)."""
    query = select(Reading, Dossier).join(Dossier, Dossier.id == Reading.dossier_id).where(_of(units))
    if dossier is not None:
        query = query.where(Reading.dossier_id == dossier.id)
    if person is not None:
        query = query.where(Reading.person_id == person)
    return query.order_by(Reading.read_at.desc(), Reading.id.desc())


def copy(db: Session, request: DataRequest, office: Office, *, by: Identity, at: datetime) -> bytes:
    """The ZIP for the person, noted as a reading; the request stays open until it was handed over."""
    _open(request)
    return service.export(db, request.dossier, office, by=by, purpose=PURPOSE, at=at)


def handed_over(db: Session, request: DataRequest, office: Office, *, by: Identity, at: datetime) -> None:
    """The person has their copy. Raises `NotAllowed`, also where something else was asked for."""
    _require(rules.EXPORT, by, request, Wish.EXPORT)
    _answer(db, request, Progress.DONE, None, office, by=by, at=at)


def erase(db: Session, request: DataRequest, office: Office, *, seen: int, by: Identity, at: datetime) -> None:
    """Let the personal data go, as was asked. Raises what `service.erase` raises."""
    _require(rules.ERASE, by, request, Wish.ERASE)
    _answer(db, request, Progress.DONE, None, office, by=by, at=at)  # the letter needs the address that goes next
    service.erase(db, request.dossier, office, seen=seen, by=by, at=at)


def refuse(db: Session, request: DataRequest, office: Office, *, why: str, by: Identity, at: datetime) -> None:
    """Say no, with the reason. Raises `AnswerMissing`."""
    _require(rules.EXPORT if request.wish == Wish.EXPORT else rules.ERASE, by, request)
    said = "\n".join(line.rstrip() for line in without_controls(without_invisible(nfc(why))).splitlines()).strip()
    if not said:
        raise AnswerMissing()
    _answer(db, request, Progress.REFUSED, said[:LONGEST], office, by=by, at=at)


def _of(units: Collection[int]) -> Any:
    return or_(Dossier.reception_id.in_(units), Dossier.deciding_id.in_(units))


def _require(permission: str, by: Identity, request: DataRequest, wish: Wish | None = None) -> None:
    """`wish`: what must have been asked for; nobody is told that something was done which they did not ask for."""
    if wish not in (None, request.wish) or not allowed(rules.RULES, permission, by, request.dossier):
        raise NotAllowed()


def _open(request: DataRequest) -> None:
    if request.progress != Progress.OPEN:
        raise AlreadyAnswered()


def _answer(
    db: Session,
    request: DataRequest,
    progress: Progress,
    words: str | None,
    office: Office,
    *,
    by: Identity,
    at: datetime,
) -> None:
    locked = select(DataRequest).where(DataRequest.id == request.id).with_for_update(of=DataRequest)
    db.execute(locked.execution_options(populate_existing=True)).one()
    _open(request)
    request.progress, request.answer = progress.value, words
    request.answered_at, request.answered_by_id = at, by.person.id
    db.flush()
    about = {"wish": request.wish, "progress": progress.value, "code": request.dossier.code}
    audit.record(db, by.person, "answered request about own data", request.dossier, at=at, **about)
    applicant = db.get_one(Applicant, request.dossier_id)
    if applicant.email:
        subject, text = letters.answer(request, office, applicant.language)
        mail.send(
            db,
            to=applicant.email,
            subject=subject,
            text=text,
            key=f"data_request:{request.uid}",
            about=(request.dossier.audit_kind, request.dossier.uid),
            language=applicant.language,
            at=at,
        )
