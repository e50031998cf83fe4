"""What the catalogue shows on the pages of others: the front page, agencies, documents."""

from typing import Any

from portal.agencies.models import Agency
from portal.catalogue import queries
from portal.catalogue.models import Procedure
from portal.catalogue.public.lists import VOCABULARY_KEY, first_words
from portal.catalogue.usage import usage, year_of
from portal.notices.kind import own_keys
from portal.notices.models import Notice
from portal.request import Request

NEWEST = 5
OFFERED = 8
"""Events that the front page of the portal offers."""


def of_front(request: Request, about: None) -> dict[str, Any] | None:
    """The way into the catalogue: for whom, at which event. None while there are no services."""
    request.depends_on("list:procedure", VOCABULARY_KEY)
    words = first_words(request.db)
    total = queries.count(request.db, queries.Filter())
    if not total:
        return None
    return {
        "total": total,
        "audiences": sorted(words["audience"], key=lambda row: -row[1])[:4],
        "events": words["life_event"][:OFFERED],
    }


def of_agency(request: Request, agency: Agency) -> dict[str, Any] | None:
    """The services that an agency announces or adds to; None when there are none."""
    request.depends_on("list:procedure", "list:local_service")
    units = frozenset({agency.id})
    wanted = queries.Filter(agencies=units, items=queries.with_local(request.db, units))
    page = queries.listed(request.db, wanted, 1, NEWEST)
    if not page.rows:
        return None
    return {
        "rows": page.rows,
        "total": page.total,
        "more": request.route_path("catalogue.list.agency", agency=agency.key),
    }


def of_usage(request: Request, procedure: Procedure) -> dict[str, Any] | None:
    """How many applications for the service were received and solved this year; None when there are too few to tell."""
    used = usage(request).get(procedure.item_id)
    return {"used": used, "year": year_of(request)} if used else None


def of_document(request: Request, notice: Notice) -> list[Any] | None:
    """The services whose legal basis names the document; publishing one announces the document's own key."""
    keys = own_keys(notice.edition.data)
    request.depends_on(*keys)
    return queries.resting_on(request.db, keys) or None
