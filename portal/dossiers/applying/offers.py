"""Who takes applications for a procedure, and what they ask: each agency with its own part of the procedure."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal import clock
from portal.agencies.models import Agency
from portal.agencies.periods import lived_on
from portal.catalogue import present, queries
from portal.catalogue.data import Channel
from portal.catalogue.models import LocalService, Procedure
from portal.catalogue.public.applying import Apply
from portal.dossiers.applying.generic import GENERIC
from portal.dossiers.office import Office
from portal.eforms import queries as eforms
from portal.eforms.definition import Data
from portal.publishing.models import Edition
from portal.request import Request, _

ROLES = ("implementing", "competent", "delegated")
"""What an agency must be to a procedure to take applications for it."""


@dataclass(frozen=True)
class Offer:
    """An agency that takes applications for a procedure. `data`: the record as this agency carries it out."""

    procedure: Procedure
    agency: Agency
    local: LocalService | None
    data: Data

    @property
    def edition(self) -> Edition:
        """The published edition of the national procedure."""
        return self.procedure.edition

    @property
    def online(self) -> Data:
        """The record with what holds for applications on the net alone: their fees and time limits."""
        rows = [row for row in self.data["channels"] if row["channel"] == Channel.ONLINE]
        return self.data | {"channels": rows or self.data["channels"]}

    @property
    def name(self) -> str:
        """How the agency is called in the address."""
        return self.agency.code or self.agency.key

    def definition(self, db: Session) -> Data:
        """The form that it asks now; the general one where nobody designed one."""
        uid = self.data["eform"]
        return (eforms.published_definition(db, UUID(uid)) if uid else None) or GENERIC


def offers_of(db: Session, procedure: Procedure, on: date) -> list[Offer]:
    """Every agency that takes applications for it: those with a part of their own, those that the record names by code,
    else the one that announced it. Only agencies that exist on the day and can give a dossier a code (A6-1)."""
    data = procedure.edition.data
    local = {row.agency_id: row for row in queries.local_of(db, procedure.edition.item.uid) if row.agency}
    codes = [row["code"] for role in ROLES for row in data["agencies"][role] if row["code"]]
    named = queries.agencies_with_code(db, codes)
    units = [row.agency for row in local.values() if row.agency] + [named[code] for code in codes if code in named]
    if not units and procedure.authority is not None:
        units = [procedure.authority]
    return [
        _offer(procedure, unit, local.get(unit.id))
        for unit in {unit.id: unit for unit in units}.values()
        if lived_on(unit, on) and _numbered(unit)
    ]


def offer_at(db: Session, procedure: Procedure, typed: str, on: date) -> Offer | None:
    """The offer of the agency with that code or key; the one that announced the procedure may always be named."""
    found = offers_of(db, procedure, on)
    above = procedure.authority
    if above is not None and lived_on(above, on) and _numbered(above):
        found.append(_offer(procedure, above, None))
    wanted = typed.casefold()
    return next((one for one in found if wanted in (one.agency.key, (one.agency.code or "").casefold())), None)


def offer_for(db: Session, procedure: Procedure, agency: Agency) -> Offer:
    """What this agency asks now, whatever else has changed."""
    return _offer(procedure, agency, queries.local_at(db, procedure.edition.item.uid, agency.id))


def takes_here(procedure: Procedure, office: Office, data: Any = None) -> bool:
    """Whether citizens may apply on this portal: the instance takes applications, and the record sends nobody away."""
    record = data or procedure.edition.data
    elsewhere = record["online_url"] and not record["eform"]
    return bool(office.takes_applications and procedure.code and present.takes_online(record) and not elsewhere)


def apply_link(request: Request, procedure: Procedure, local: LocalService | None) -> Apply | None:
    """The button on the page of a service; None where nobody can apply on this portal."""
    office: Office = request.registry["portal.dossiers"]
    merged = present.merged(procedure.edition.data, local.edition.data if local else None)
    if not takes_here(procedure, office, merged.data):
        return None
    here = offers_of(request.db, procedure, clock.today(request.at))
    if local is not None:
        here = [one for one in here if one.agency.id == local.agency_id]
    if not here:
        return None
    if len(here) == 1:
        href = request.route_path("applying.start_at", code=procedure.code, agency=here[0].name)
    else:
        href = request.route_path("applying.start", code=procedure.code)
    return Apply(href, _("Nộp hồ sơ trực tuyến"))


def _offer(procedure: Procedure, agency: Agency, local: LocalService | None) -> Offer:
    merged = present.merged(procedure.edition.data, local.edition.data if local else None, agency)
    return Offer(procedure, agency, local, merged.data)


def _numbered(agency: Agency) -> bool:
    """Whether a dossier can get a code here: the unit or one above it has one."""
    owner: Agency | None = agency
    while owner is not None and owner.code is None:
        owner = owner.parent
    return owner is not None
