"""The Akoma Ntoso form of a document, beside its page."""

from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently, HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from portal.notices import queries
from portal.notices.akn import MEDIA_TYPE
from portal.notices.akn.published import SUFFIX, export
from portal.notices.kind import NAME, touches
from portal.notices.rules import READ
from portal.publishing import queries as items
from portal.publishing.errors import Gone, Moved, NeverThere
from portal.publishing.views.addresses import gone_page
from portal.request import Request, _


@view_config(route_name="notices.akn", permission=READ, renderer="notices/gone.jinja2")
def akn(context: Any, request: Request) -> Any:
    """The same edition that the page shows; withdrawn and renamed documents answer as their page does."""
    try:
        live = items.by_path(request.db, request.path_info.removesuffix(SUFFIX))
    except Moved as moved:
        raise HTTPMovedPermanently(f"{request.script_name}{moved.path}{SUFFIX}") from None
    except Gone as gone:
        return gone_page(request, gone, _("Văn bản đã được thu hồi"))
    except NeverThere:
        raise HTTPNotFound from None
    if live.item.kind != NAME:
        raise HTTPNotFound
    request.depends_on(f"item:{live.item.uid}", "agencies", *touches(live.edition.data))
    notice = queries.of_edition(request.db, live.edition)
    body = export(request.db, notice, base=request.portal.address)
    return Response(body=body, content_type=MEDIA_TYPE, charset="utf-8")
