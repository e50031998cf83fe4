"""What the forms of acts offer to choose from: handlers of a unit, agencies near the dossier."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.accounts.queries import person_by_uid
from portal.agencies.models import Agency
from portal.dossiers import queries
from portal.dossiers.desk import schemas
from portal.dossiers.desk.possible import may_wait_for_fee
from portal.dossiers.errors import NobodyToAssign, NoSuchAgency
from portal.dossiers.models import Applicant, Dossier
from portal.dossiers.service import log
from portal.dossiers.service.records import CORRECTABLE
from portal.forms import Schema
from portal.request import Request
from portal.rules import HANDLER

MOST = 300


def handlers(db: Session, unit: Agency) -> list[tuple[str, str]]:
    """Who may be given a dossier of the unit: (uid, name). Raises `NobodyToAssign`."""
    people = [(str(one.uid), one.name) for one in queries.holders(db, HANDLER, unit)]
    if not people:
        raise NobodyToAssign()
    return people


def agencies_near(db: Session, dossier: Dossier, lang: str) -> list[tuple[str, str]]:
    """Agencies to which a dossier usually goes: those above, beside and below its own, by name."""
    own = {dossier.reception_id, dossier.deciding_id}
    above = {one for one in (dossier.reception.parent_id, dossier.deciding.parent_id) if one}
    query = select(Agency).where(or_(Agency.id.in_(own | above), Agency.parent_id.in_(own | above)))
    found = db.scalars(query.order_by(Agency.name, Agency.id).limit(MOST))
    return [(str(one.uid), one.label(lang)) for one in found if one.id != dossier.deciding_id]


def agency_of(db: Session, uid: str | None, code: str | None) -> Agency:
    """The chosen agency, or the one of the typed code. Raises `NoSuchAgency`."""
    if code and code.strip():
        wanted = code.strip()
        found = db.scalars(select(Agency).where(or_(Agency.code == wanted.upper(), Agency.old_code == wanted))).first()
    else:
        found = db.scalars(select(Agency).where(Agency.uid == UUID(uid))).one_or_none() if uid else None
    if found is None:
        raise NoSuchAgency()
    return found


def agency_by_text(db: Session, uid: str | None, code: str | None) -> Agency:
    """The same for what a plain form sent, whatever that is. Raises `NoSuchAgency`."""
    try:
        return agency_of(db, uid, code)
    except ValueError:
        raise NoSuchAgency() from None


def person_of(db: Session, uid: str) -> Person:
    """The chosen officer, who stood in the list."""
    found = person_by_uid(db, UUID(uid))
    if found is None:
        raise NobodyToAssign()
    return found


def assign_schema(request: Request, dossier: Dossier) -> Schema:
    return schemas.assign(request, handlers(request.db, dossier.deciding))


def transfer_schema(request: Request, dossier: Dossier) -> Schema:
    return schemas.transfer(request, agencies_near(request.db, dossier, request.lang))


def fee_schema(request: Request, dossier: Dossier) -> Schema:
    """Without the box for waiting where the log would refuse it."""
    waits = may_wait_for_fee(log.events_of(request.db, dossier), request.at)
    made: Schema = schemas.ASK_FEE() if waits else schemas.ASK_FEE_BESIDE()
    return made


def correctable(db: Session, dossier: Dossier) -> dict[str, Any]:
    """What may be corrected, as it is now."""
    applicant = db.get_one(Applicant, dossier.id)
    return {name: getattr(applicant, name) for name in CORRECTABLE}
