"""What a dossier over the counter will cost and how long it takes, told before it is registered."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.agencies.models import Agency
from portal.catalogue import present
from portal.catalogue import queries as catalogue
from portal.catalogue.data import Channel
from portal.catalogue.labels import CHANNELS
from portal.catalogue.models import Procedure
from portal.dossiers.applying.offers import offer_for
from portal.dossiers.service.intake import terms
from portal.request import Request

ON_PAPER = (Channel.DIRECT, Channel.POST)
Choices = list[tuple[str, str]]
"""(uid, name) of agencies."""


@dataclass(frozen=True)
class Terms:
    """A line: fees and limit where `agency` has a part of its own, or of the procedure for all others (None)."""

    agency: Agency | None
    channels: list[Any]
    limit: present.Said | None
    fees: list[present.Said]


def terms_here(request: Request, procedure: Procedure, receptions: Choices, deciding: Choices) -> list[Terms]:
    """What each choice leads to, as `registering.record_of` decides: those of deciding agencies where a reception has
    nothing of its own."""
    parts = {part.agency_id for part in catalogue.local_of(request.db, procedure.edition.item.uid)}
    asked = [UUID(uid) for uid, _name in receptions + deciding]
    query = select(Agency).where(Agency.uid.in_(asked), Agency.id.in_(parts))
    units = {str(one.uid): one for one in request.db.scalars(query)}
    further = any(uid not in units for uid, _name in receptions)
    asked_of = receptions + (deciding if further else [])
    own = [units[uid] for uid in dict.fromkeys(uid for uid, _name in asked_of) if uid in units]
    found = [line for unit in own for line in _lines(request, unit, offer_for(request.db, procedure, unit).data)]
    if further and any(uid not in units for uid, _name in deciding):
        found += _lines(request, None, procedure.edition.data)
    return found


def _lines(request: Request, agency: Agency | None, data: Any) -> list[Terms]:
    """One line where both ways cost and take the same."""
    made: list[Terms] = []
    for channel in ON_PAPER:
        limits, fees = terms(data, channel)
        limit = present.limit_words(request, limits[0]) if limits else None
        paid = [said for said in (present.fee_words(request, fee) for fee in fees) if said.text]
        same = next((one for one in made if (one.limit, one.fees) == (limit, paid)), None)
        if same is None:
            made.append(Terms(agency, [CHANNELS[channel]], limit, paid))
        else:
            same.channels.append(CHANNELS[channel])
    return made
