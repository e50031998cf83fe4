"""What may happen while somebody applies: begun, kept, prefilled, submitted, thrown away. Writes drafts alone."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import case, delete, select
from sqlalchemy.orm import Session

from portal import files
from portal.accounts.throttle import address_key
from portal.db import insert_into
from portal.dossiers import forms
from portal.dossiers.applications import Receipt
from portal.dossiers.applying import letters, prefilling
from portal.dossiers.applying.errors import NoLongerOffered, TooManyDrafts, TooManyLetters
from portal.dossiers.applying.files import OWNER
from portal.dossiers.applying.held import Held
from portal.dossiers.applying.models import Begun
from portal.dossiers.applying.offers import Offer
from portal.dossiers.errors import DossierError, DraftGone, StaleDraft, SubmitElsewhere
from portal.dossiers.models import AnswerSet, Dossier, Draft
from portal.dossiers.office import Office
from portal.dossiers.service import drafts
from portal.eforms import service as eforms
from portal.eforms.definition import Data
from portal.files import FileUse

WINDOW = timedelta(hours=1)
MOST = {"draft": 600, "letter": 30}
"""In the window from one network: a school or a one-stop centre shares an address."""
_TOO_MANY: dict[str, type[DossierError]] = {"draft": TooManyDrafts, "letter": TooManyLetters}
_SWEPT_AT_ONCE = 500


def begin(db: Session, offer: Offer, office: Office, *, language: str, network: str, at: datetime) -> tuple[Draft, str]:
    """A new draft for what this agency asks now, and its key. Raises `SubmitElsewhere` (A6-11), `TooManyDrafts`."""
    if not office.takes_applications:
        raise SubmitElsewhere()
    _count(db, office, "draft", network, at)
    draft, key = drafts.start(db, offer.edition, office, reception=offer.agency, language=language, at=at)
    draft.form_sha256 = eforms.pin(db, offer.definition(db), at=at)
    db.flush()
    return draft, key


def keep(
    db: Session, draft: Draft, section: Data, typed: Mapping[str, Any], *, seen: int, drawn: str, at: datetime
) -> bool:
    """Keep what was typed on one page; False, and nothing kept, when the same page says something else meanwhile.

    `seen` and `drawn`: version of the draft and `digest` of the page's answers when it was drawn. What another window
    saved on other pages stays, and what it saved here with the same words is no conflict: a second click.
    """
    for _turn in range(2):
        before = page_answers(section, draft.answers)
        if draft.version != seen and digest(before) != drawn and {**before, **typed} != before:
            return False
        everything = {**draft.answers, **typed}
        try:
            drafts.save(db, draft, everything, section=section["id"], seen=draft.version, at=at)
        except StaleDraft:
            continue  # the row is held and read anew: what is stored now is compared once more
        return True
    return False


def add_answers(db: Session, draft: Draft, answers: Mapping[str, Any], *, at: datetime) -> None:
    """Put answers beside those that were typed: files that came by themselves, what an earlier dossier says."""
    for _turn in range(2):
        try:
            both = {**draft.answers, **answers}
            drafts.save(db, draft, both, section=draft.section, seen=draft.version, at=at)
        except StaleDraft:
            continue
        return


def prefill(db: Session, held: Held, earlier: Dossier, *, at: datetime) -> int:
    """Fill open questions with what the same person gave to an earlier dossier; how many were filled."""
    query = select(AnswerSet.answers).where(AnswerSet.dossier_id == earlier.id).order_by(AnswerSet.number.desc())
    given = next((row for row in db.scalars(query) if row), None)
    before = forms.definition_of(db, earlier.form_sha256)
    if given is None or before is None:
        return 0
    found = prefilling.from_earlier(held.definition, held.answers, before, given)
    if found:
        add_answers(db, held.draft, found, at=at)
    return len(found)


def send_link(
    db: Session, held: Held, office: Office, *, to: str, link: str, lang: str, network: str, at: datetime
) -> None:
    """Mail the address of the draft to its writer, once a day to one address. Raises `mail.BadAddress`."""
    _count(db, office, "letter", network, at)
    letters.send_link(db, held, office, to=to, link=link, lang=lang, at=at)


def submit(db: Session, held: Held, office: Office, *, key: str, language: str, at: datetime) -> Receipt:
    """Make the draft a dossier, once. Raises `NoLongerOffered`, `AnswersIncomplete`, `DraftGone`, `NoAgencyCode`.

    Fee and time limit are those of today: the dossier rests on the edition of the procedure that is in force now.
    """
    draft = held.draft
    if _hold(db, draft) is None:
        raise DraftGone()
    offer = held.offer(db, at)
    if offer is None:
        raise NoLongerOffered()
    if draft.dossier_id is None:
        draft.edition_id, draft.language = offer.edition.id, language
        draft.form_sha256 = draft.form_sha256 or eforms.pin(db, held.definition, at=at)
        db.flush()
    agency = offer.agency
    receipt = drafts.submit(db, draft, key, office, reception=agency, deciding=agency, record=offer.data, at=at)
    files.release(db, OWNER, draft.id)
    return receipt


def discard(db: Session, held: Held) -> None:
    """Throw the draft away with its files."""
    draft_id = held.draft.id
    drafts.discard(db, held.draft)
    files.release(db, OWNER, draft_id)


def page_answers(section: Data, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered on one page, hidden questions too."""
    return {field["id"]: answers[field["id"]] for field in section["fields"] if field["id"] in answers}


def digest(answers: Mapping[str, Any]) -> str:
    """A short name for answers, whatever their order."""
    return hashlib.sha256(orjson.dumps(dict(answers), option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def sweep(db: Session, at: datetime) -> None:
    """Let go of files whose draft ran out, and of counts whose hour is over. A periodic job."""
    db.execute(delete(Begun).where(Begun.since_at < at - WINDOW).execution_options(synchronize_session=False))
    lost = select(FileUse.owner_id).where(FileUse.owner_kind == OWNER, FileUse.owner_id.not_in(select(Draft.id)))
    for draft_id in list(db.scalars(lost.distinct().limit(_SWEPT_AT_ONCE))):
        files.release(db, OWNER, draft_id)


def _hold(db: Session, draft: Draft) -> Draft | None:
    """Hold the draft for this transaction, as it is stored now."""
    query = select(Draft).where(Draft.id == draft.id).with_for_update()
    return db.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _count(db: Session, office: Office, what: str, network: str, at: datetime) -> None:
    """Count one more from this network, in one statement, so that parallel ones all count. Raises when too many."""
    key = office.mac(f"begun {what}", address_key(network)).hex()
    first = insert_into(db, Begun).values(what=what, key_sha256=key, times=1, since_at=at)
    over = Begun.since_at <= at - WINDOW
    again = first.on_conflict_do_update(
        index_elements=[Begun.what, Begun.key_sha256],
        set_={
            "times": case((over, 1), else_=Begun.times + 1),
            "since_at": case((over, at), else_=Begun.since_at),
        },
    )
    if db.execute(again.returning(Begun.times)).scalar_one() > MOST[what]:
        raise _TOO_MANY[what]()
