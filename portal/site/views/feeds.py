"""The Atom feed of a section."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from portal.notices import queries as notices
from portal.notices.atom import feed
from portal.request import Request
from portal.site import queries
from portal.site.rules import READ

ENTRIES = 50


@view_config(route_name="site.section_feed", permission=READ)
def section_feed(context: Any, request: Request) -> Response:
    """The newest publications of a section, and what was withdrawn of them."""
    request.depends_on("sections", "list:notice")
    section = queries.section(request.db, request.matchdict["slug"])
    if section is None or not section.lists_documents:
        raise HTTPNotFound
    wanted = queries.documents_of(request.db, section)
    base, name = request.portal.address, request.portal.name_in(request.lang)
    body = feed(
        address=base + request.path,
        page=base + request.route_path("site.section", slug=section.slug),
        base=base + request.script_name,
        title=f"{section.label(request.lang)} – {name}",
        author=name,
        lang=request.lang,
        notices=notices.latest_published(request.db, wanted, ENTRIES),
        withdrawn=notices.latest_withdrawn(request.db, wanted, ENTRIES),
        at=request.at,
    )
    return Response(body=body, content_type="application/atom+xml", charset="utf-8")
