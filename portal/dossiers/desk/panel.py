"""On the first page of the desk: the dossiers that fall due next."""

from datetime import timedelta
from typing import Any

from portal.db import page_of
from portal.dossiers import queries, worktime
from portal.dossiers.desk import presenting
from portal.dossiers.office import Office
from portal.request import Request
from portal.rules import APPROVER, HANDLER, RECEPTIONIST

ROWS = 8
DAYS = 2
"""Working days ahead."""


def soon(request: Request, about: Any) -> dict[str, Any] | None:
    """What is late or due within two working days; None for people who handle no dossiers."""
    identity = request.identity
    if identity is None or not any(identity.has(role) for role in (RECEPTIONIST, HANDLER, APPROVER)):
        return None
    office: Office = request.registry["portal.dossiers"]
    at, profile = request.at, office.profile
    end = worktime.add(at, timedelta(minutes=profile.minutes_a_day * DAYS), office.calendar, profile)
    page = page_of(request.db, queries.soon_or_late(identity, at=at, ahead=end - at), page=1, size=ROWS)
    return {
        "page": page,
        "rows": presenting.rows_of(request.db, page.rows, identity, office, at),
        "labels": presenting.LABELS,
        "tags": presenting.TAGS,
    }
