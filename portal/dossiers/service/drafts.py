"""Drafts: started, saved, resumed, discarded, submitted. Nothing typed is lost: a stale save shows both texts."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal import clock, mail
from portal.agencies.models import Agency
from portal.catalogue.data import Channel
from portal.dossiers import forms
from portal.dossiers.applications import Application, Receipt
from portal.dossiers.errors import AlreadySubmitted, AnswersIncomplete, DraftGone, StaleDraft, SubmitElsewhere
from portal.dossiers.models import Dossier, Draft
from portal.dossiers.office import Office
from portal.dossiers.service import intake, log
from portal.publishing.models import Edition

KEPT = timedelta(days=30)
"""How long a draft lives after it was last saved."""
_SWEPT_AT_ONCE = 10_000
"""An hour: more than several networks can begin meanwhile."""


def start(
    db: Session,
    edition: Edition,
    office: Office,
    *,
    reception: Agency | None = None,
    language: str = "vi",
    at: datetime,
) -> tuple[Draft, str]:
    """A new draft for this published edition of a procedure, and the key by which only its writer comes back to it.

    The form is pinned now: a later edition of it does not change the questions under the applicant's hands.
    Raises `SubmitElsewhere` where citizens submit on the national portal (A6-11).
    """
    if not office.takes_applications:
        raise SubmitElsewhere()
    key = secrets.token_urlsafe(32)
    draft = Draft(
        key_sha256=_digest(key),
        item_id=edition.item_id,
        edition_id=edition.id,
        form_sha256=forms.pin(db, edition, at=at),
        reception_id=reception.id if reception else None,
        language=language,
        answers={},
        created_at=at,
        saved_at=at,
        expires_at=at + KEPT,
    )
    db.add(draft)
    db.flush()
    return draft, key


def resume(db: Session, key: str, *, at: datetime) -> Draft:
    """The draft of a key. Raises `DraftGone`, and `AlreadySubmitted` when it has become a dossier."""
    draft = _of_key(db, key)
    if draft is None or (draft.expires_at <= at and draft.dossier_id is None):
        raise DraftGone()
    if draft.dossier_id is not None:
        raise AlreadySubmitted()
    return draft


def save(
    db: Session, draft: Draft, answers: Mapping[str, Any], *, section: str | None, seen: int, at: datetime
) -> Draft:
    """Keep all that was typed and where the applicant is. Raises `StaleDraft` with both texts."""
    _lock(db, draft)
    if draft.dossier_id is not None:
        raise AlreadySubmitted()
    if draft.version != seen:
        raise StaleDraft(draft, dict(answers))
    draft.answers, draft.section = dict(answers), section
    draft.saved_at, draft.expires_at = at, at + KEPT
    db.flush()
    return draft


def discard(db: Session, draft: Draft) -> None:
    """Throw the draft away with all that was typed, at the wish of its writer."""
    _lock(db, draft)
    if draft.dossier_id is not None:
        raise AlreadySubmitted()
    mail.forget_about(db, Draft.audit_kind, [draft.uid])
    db.delete(draft)
    db.flush()


def submit(
    db: Session,
    draft: Draft,
    key: str,
    office: Office,
    *,
    reception: Agency,
    deciding: Agency,
    support: Agency | None = None,
    channel: Channel = Channel.ONLINE,
    by: log.By = log.APPLICANT,
    record: Mapping[str, Any] | None = None,
    at: datetime,
) -> Receipt:
    """Make the draft a dossier, once: a second call (a second click, a retry) gives the same receipt.

    `key` is the idempotency key of the form. Only what was asked is submitted, as a whole; the draft is then empty.
    Raises `AnswersIncomplete` with the errors by section, `DraftGone`.
    """
    _lock(db, draft)
    if draft.dossier_id is not None:
        return intake.receipt_of(db.get_one(Dossier, draft.dossier_id), office)
    if draft.expires_at <= at:
        raise DraftGone()
    definition = forms.definition_of(db, draft.form_sha256)
    errors = forms.errors(definition, draft.answers, on=clock.today(at), lang=draft.language)
    if errors:
        raise AnswersIncomplete(errors)
    answers = forms.settled(definition, draft.answers)
    application = Application(
        edition=db.get_one(Edition, draft.edition_id),
        reception=reception,
        deciding=deciding,
        support=support,
        channel=channel,
        applicant=forms.applicant(definition, answers, draft.language),
        form=draft.form_sha256,
        answers=answers,
        files=forms.files_in(definition, answers),
        record=record,
    )
    receipt = intake.register(db, application, f"{draft.uid} {key}", office, by=by, at=at)
    draft.dossier_id, draft.answers, draft.section = receipt.dossier.id, {}, None
    db.flush()
    return receipt


def sweep(db: Session, at: datetime) -> int:
    """Remove drafts that ran out, and emptied ones a while after they were submitted. A periodic job."""
    old = select(Draft.id).where(Draft.expires_at <= at).limit(_SWEPT_AT_ONCE)
    found = list(db.scalars(old))
    db.execute(delete(Draft).where(Draft.id.in_(found)).execution_options(synchronize_session="fetch"))
    about = (mail.Mail.about_kind == Draft.audit_kind, mail.Mail.about_uid.not_in(select(Draft.uid)))
    mail.forget_about(db, Draft.audit_kind, select(mail.Mail.about_uid).where(*about))
    return len(found)


def _of_key(db: Session, key: str) -> Draft | None:
    return db.scalars(select(Draft).where(Draft.key_sha256 == _digest(key))).one_or_none()


def _lock(db: Session, draft: Draft) -> None:
    """Hold the draft for this transaction and see what is stored now. Raises `DraftGone`."""
    query = select(Draft).where(Draft.id == draft.id).with_for_update()
    if db.scalars(query.execution_options(populate_existing=True)).one_or_none() is None:
        raise DraftGone()


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
