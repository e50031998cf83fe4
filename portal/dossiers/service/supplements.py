"""What the applicant does by themselves after submission: bring what was asked for, and take the dossier back.

Who they are was proven at the edge, by code and secret. The acts are those of `service.acts`, with the words that the
applicant may add.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.dossiers.applications import HandedIn
from portal.dossiers.events import Event, Kind
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.dossiers.service import intake, log


def bring(
    db: Session,
    dossier: Dossier,
    office: Office,
    *,
    words: str | None,
    files: tuple[HandedIn, ...] = (),
    seen: int,
    at: datetime,
) -> Event:
    """What was missing has come, with an explanation: the limit counts anew (`acts.give_supplement`).

    Raises `StaleDossier`, `IllegalTransition`, `NotPossibleNow`.
    """
    log.lock(db, dossier, seen)
    facts = {"answers": None, "files": len(files)}
    event = log.append(db, dossier, Kind.SUPPLEMENT_GIVEN, office, by=log.APPLICANT, at=at, payload=facts, words=words)
    intake.add_files(db, dossier, files, "supplement", at=event.at)
    return event


def take_back(db: Session, dossier: Dossier, office: Office, *, why: str | None, seen: int, at: datetime) -> Event:
    """The applicant withdraws (rút hồ sơ). Raises as `bring`."""
    log.lock(db, dossier, seen)
    return log.append(db, dossier, Kind.WITHDRAWN, office, by=log.APPLICANT, at=at, words=why)
