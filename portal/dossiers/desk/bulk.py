"""The same act on several dossiers: each in a savepoint of its own, each with its own result, nothing half done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.dossiers import queries, service
from portal.dossiers.desk.acts import BY_NAME, Act
from portal.dossiers.errors import DossierError
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.dossiers.printing import issue
from portal.rules import APPROVER, RECEPTIONIST, Identity

NAMES = ("tiep-nhan", "phan-cong", "chuyen")
MOST = 100


@dataclass(frozen=True)
class Picked:
    """A dossier with the version that the list showed."""

    dossier: Dossier
    seen: int


@dataclass(frozen=True)
class Result:
    """What became of one; `refused`: why nothing happened to it."""

    dossier: Dossier
    refused: TranslationString | None


def offered(identity: Identity) -> list[Act]:
    """The acts that this officer may try on several at once."""
    roles = {"tiep-nhan": (RECEPTIONIST,), "phan-cong": (APPROVER,), "chuyen": (RECEPTIONIST, APPROVER)}
    return [BY_NAME[name] for name in NAMES if any(identity.has(role) for role in roles[name])]


def picked(db: Session, given: list[str]) -> list[Picked]:
    """What was ticked, as `uid:version`; what is no dossier is left out."""
    found: dict[int, Picked] = {}
    for one in given[:MOST]:
        uid, _colon, version = one.partition(":")
        try:
            dossier = queries.by_uid(db, UUID(uid))
        except ValueError:
            continue
        if dossier is not None and version.isascii() and version.isdigit() and len(version) < 10:
            found[dossier.id] = Picked(dossier, int(version))
    return list(found.values())


def do(
    db: Session, act: str, chosen: list[Picked], office: Office, more: Mapping[str, Any], *, by: Identity, at: datetime
) -> list[Result]:
    """Do it to each. `more`: what the act needs besides (`to`)."""
    call = {"tiep-nhan": service.receive, "phan-cong": service.assign, "chuyen": service.transfer}[act]
    results = []
    for one in sorted(chosen, key=lambda each: each.dossier.id):
        try:
            with db.begin_nested():
                event = call(db, one.dossier, office, seen=one.seen, by=by, at=at, **more)  # type: ignore[operator]
                issue(db, one.dossier, event, office, at=at)
        except DossierError as error:
            db.refresh(one.dossier)
            results.append(Result(one.dossier, error.message))
        else:
            results.append(Result(one.dossier, None))
    return results
