"""The Akoma Ntoso form of a document, beside its page."""

from typing import Any

from pyramid.response import Response
from pyramid.view import view_config

from portal.notices import queries
from portal.notices.akn import MEDIA_TYPE
from portal.notices.akn.published import SUFFIX, export
from portal.notices.kind import NAME, touches
from portal.notices.rules import READ
from portal.publishing.errors import Gone
from portal.publishing.views.addresses import gone_page, live_at
from portal.request import Request, _


@view_config(route_name="notices.akn", permission=READ, renderer="notices/gone.jinja2")
def akn(context: Any, request: Request) -> Any:
    """The same edition that the page shows; withdrawn and renamed documents answer as their page does."""
    try:
        live = live_at(request, NAME, below=SUFFIX)
    except Gone as gone:
        return gone_page(request, gone, _("Văn bản đã được thu hồi"))
    request.depends_on("agencies", *touches(live.edition.data))
    notice = queries.of_edition(request.db, live.edition)
    body = export(request.db, notice, base=request.portal.address)
    return Response(body=body, content_type=MEDIA_TYPE, charset="utf-8")
