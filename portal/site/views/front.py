"""The front page and the sections."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from portal import clock
from portal.db import Page
from portal.errors import BadParameter
from portal.notices import queries as notices
from portal.notices.timelines import effects_on
from portal.notices.types import BY_SLUG, TYPES
from portal.notices.views.filters import MOST, number
from portal.request import Request
from portal.site import queries
from portal.site.models import Section
from portal.site.rules import READ
from portal.theming.panels import FRONT, panels_of

NEWEST, IN_SECTION, SIZE = 6, 3, 20
POPULAR = 6
"""How many types of document the opening of the front page offers."""


@view_config(route_name="site.front", permission=READ, renderer="site/front.jinja2")
def front(context: Any, request: Request) -> dict[str, Any]:
    """What is new, where to look, how to find."""
    db, day = request.db, clock.today(request.at)
    request.depends_on("list:notice", "list:page", "sections", "agencies")
    sections = queries.sections(db)
    shown = [
        (section, notices.newest(db, queries.documents_of(db, section), IN_SECTION))
        for section in sections
        if section.front and section.lists_documents and _narrows(section)
    ]
    newest = notices.newest(db, notices.Filter(), NEWEST)
    rows = newest + [notice for _section, found in shown for notice in found]
    counts = notices.counts_by(db, "type")
    type_counts = [(type_, counts[type_.slug]) for type_ in TYPES if type_.slug in counts]
    return {
        "newest": newest,
        "sections": sections,
        "shown": [(section, found) for section, found in shown if found],
        "effects": effects_on(request.db, rows, day),
        "types": BY_SLUG,
        "type_counts": type_counts,
        "popular": sorted(type_counts, key=lambda row: -row[1])[:POPULAR],
        "total": sum(counts.values()),
        "panels": panels_of(request, FRONT),
        "feeds": [{"title": request.portal.name_in(request.lang), "href": request.route_path("notices.feed.all")}],
    }


@view_config(route_name="site.sections", permission=READ, renderer="site/sections.jinja2")
def all_sections(context: Any, request: Request) -> dict[str, Any]:
    """Every section with what it is for."""
    request.depends_on("sections", "list:page")
    return {"sections": queries.sections(request.db), "pages": queries.pages(request.db)}


@view_config(route_name="site.section", permission=READ, renderer="site/section.jinja2")
def one_section(context: Any, request: Request) -> dict[str, Any]:
    """The pages and documents of one section."""
    request.depends_on("sections", "list:page", "list:notice", "agencies")
    section = queries.section(request.db, request.matchdict["slug"])
    if section is None:
        raise HTTPNotFound
    page: Page[Any] = Page(rows=[], total=0, page=1, size=SIZE)
    if section.lists_documents:
        wanted = queries.documents_of(request.db, section)
        page = notices.public_page(request.db, wanted, page=_page(request), size=SIZE)
        if page.page > page.pages:
            raise HTTPNotFound
    day = clock.today(request.at)
    feeds = [{"title": section.label(request.lang), "href": request.route_path("site.section_feed", slug=section.slug)}]
    return {
        "section": section,
        "feeds": feeds if section.lists_documents else [],
        "page": page,
        "pages": [each for each in queries.pages(request.db) if each.section == section.slug],
        "effects": effects_on(request.db, page.rows, day),
        "types": BY_SLUG,
    }


def _narrows(section: Section) -> bool:
    """False for a section that lists every document: the front page shows the newest of all anyway."""
    return bool(section.types or section.fields or section.issuers)


def _page(request: Request) -> int:
    for name in request.GET:
        if name != "trang":
            raise BadParameter(name)
    return number("trang", request.GET.get("trang"), 1, MOST) or 1
