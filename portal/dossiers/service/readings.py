"""Personal data are read here and nowhere else: whoever reads is noted, with time and purpose (nhật ký truy cập)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.dossiers import forms, rules
from portal.dossiers.errors import PurposeMissing
from portal.dossiers.models import AnswerSet, Applicant, Dossier, DossierFile, Reading
from portal.eforms.rendering import Rendered
from portal.rules import Identity

LONGEST_PURPOSE = 500


@dataclass(frozen=True)
class Personal:
    """What is personal in a dossier. `answers`: every set that was given, the first one first; None once erased."""

    applicant: Applicant
    answers: list[dict[str, Any] | None]
    rendered: list[Rendered]
    """The last set, by the definition that it was given to."""
    files: list[DossierFile]


def read(db: Session, dossier: Dossier, *, by: Identity, purpose: str, lang: str = "vi", at: datetime) -> Personal:
    """Applicant, answers and files, and a row that says who read them when and what for.

    Raises `NotAllowed`, `PurposeMissing`. It writes: call it in a transaction that may.
    """
    rules.require(rules.READ_PERSONAL, by, dossier)
    note(db, dossier, by=by, what="application", purpose=purpose, at=at)
    return personal_of(db, dossier, lang)


def note(db: Session, dossier: Dossier, *, by: Identity, what: str, purpose: str, at: datetime) -> None:
    """Note a reading: `what` is `application`, `file` or `export`."""
    said = " ".join(purpose.split())[:LONGEST_PURPOSE]
    if not said:
        raise PurposeMissing()
    db.add(Reading(dossier_id=dossier.id, person_id=by.person.id, read_at=at, what=what, purpose=said))
    db.flush()


def readings_of(db: Session, dossier: Dossier, *, by: Identity) -> list[Reading]:
    """Who has read it, the last one first; for those who look after the rules. Raises `NotAllowed`."""
    rules.require(rules.SEE_READINGS, by, dossier)
    query = select(Reading).where(Reading.dossier_id == dossier.id).order_by(Reading.read_at.desc(), Reading.id.desc())
    return list(db.scalars(query))


def personal_of(db: Session, dossier: Dossier, lang: str = "vi") -> Personal:
    """Without asking and noting: only for what the applicant themselves is shown or given."""
    sets = select(AnswerSet).where(AnswerSet.dossier_id == dossier.id).order_by(AnswerSet.number)
    answers = [one.answers for one in db.scalars(sets)]
    rendered = forms.rendered(db, dossier, answers[-1] or {}, lang) if answers else []
    own = select(DossierFile).where(DossierFile.dossier_id == dossier.id).order_by(DossierFile.id)
    return Personal(db.get_one(Applicant, dossier.id), answers, rendered, list(db.scalars(own)))
