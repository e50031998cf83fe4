"""What the catalogue asks for on the first page of the desk: reviews that are overdue, variants left behind."""

from typing import Any

from portal.catalogue import queries_desk
from portal.catalogue.desk.listing import units_of
from portal.catalogue.queries_desk import DeskFilter
from portal.clock import today
from portal.publishing.models import State
from portal.request import Request
from portal.rules import APPROVER, EDITOR

ROWS = 5


def of_desk(request: Request, about: None) -> dict[str, Any] | None:
    """The procedures and variants of the person's units that somebody should look at; None for who writes none."""
    units = units_of(request, EDITOR, APPROVER)
    if not units:
        return None
    wanted = DeskFilter(units, states=(State.PUBLISHED,), late_on=today(request.at))
    late = queries_desk.desk_page(request.db, wanted, sort="review", page=1, size=ROWS)
    behind = queries_desk.variants_page(request.db, units, behind=True, state=None, page=1, size=ROWS)
    return {"late": late, "behind": behind} if late.total or behind.total else None
