"""The documents of an agency, on its public page."""

from typing import Any

from portal import clock
from portal.agencies.models import Agency
from portal.notices import queries
from portal.notices.timelines import effects_on
from portal.notices.types import BY_SLUG
from portal.request import Request

NEWEST = 5


def latest_of(request: Request, agency: Agency) -> dict[str, Any] | None:
    """Its newest documents and how many there are; None when it has none."""
    request.depends_on("list:notice", "agencies")
    issued = queries.Filter(issuers=frozenset({agency.id}))
    rows = queries.newest(request.db, issued, NEWEST)
    if not rows:
        return None
    day = clock.today(request.at)
    return {
        "rows": rows,
        "total": queries.public_count(request.db, issued),
        "effects": effects_on(request.db, rows, day),
        "types": BY_SLUG,
        "more": request.route_path("notices.list.issuer", issuer=agency.key),
        "feed": request.route_path("notices.feed.issuer", issuer=agency.key),
    }
