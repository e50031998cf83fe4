"""References on the page of a document, and the list of the documents that cite it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from portal import clock
from portal.notices import citations, queries
from portal.notices.kind import NAME, shown_keys
from portal.notices.models import Notice
from portal.notices.references import linked
from portal.notices.rules import READ
from portal.notices.timelines import effects_on
from portal.notices.types import BY_SLUG
from portal.notices.views.filters import MOST, number
from portal.notices.views.present import name_of
from portal.publishing.errors import Gone
from portal.publishing.views.addresses import gone_page, live_at
from portal.request import Request, _

BELOW = "/duoc-dan-chieu"
CITING, SIZE = 10, 20
"""How many citing documents the page of a document shows, and a page of their list."""


def with_links(request: Request, notice: Notice) -> Callable[[str], str]:
    """What makes links of the references in the body; the page then depends on all that it cites, found or not."""

    def link(html: str) -> str:
        page = linked(
            html,
            partial(citations.targets, request.db),
            type_=notice.type,
            path=notice.edition.item.path,
            prefix=request.script_name,
        )
        request.depends_on(*page.keys)
        return page.html

    return link


@view_config(route_name="notices.citing", permission=READ, renderer="notices/citing.jinja2")
def citing(context: Any, request: Request) -> dict[str, Any]:
    """Every published document that cites this one, the newest first."""
    try:
        live = live_at(request, NAME, below=BELOW)
    except Gone as gone:
        return gone_page(request, gone, _("Văn bản đã được thu hồi"))
    notice = queries.of_edition(request.db, live.edition)
    data = live.edition.data
    request.depends_on("agencies", *shown_keys(str(live.item.uid), data))
    page = citations.cited_by(
        request.db, notice, page=number("trang", request.GET.get("trang"), 1, MOST) or 1, size=SIZE
    )
    if page.page > page.pages:
        raise HTTPNotFound
    return {
        "item": live.item,
        "notice": notice,
        "name": name_of(data),
        "title": data["title"],
        "page": page,
        "page_title": " – ".join(
            (notice.full_number or request.translate(_("Văn bản")), request.translate(_("Được dẫn chiếu")))
        ),
        "effects": effects_on(request.db, page.rows, clock.today(request.at)),
        "types": BY_SLUG,
    }
