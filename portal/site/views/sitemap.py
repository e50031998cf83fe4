"""The map of the portal: as a page for people, as XML and robots.txt for search engines."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker
from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import func, select

from portal.notices import queries as notices
from portal.notices.types import TYPES
from portal.publishing.models import Edition, Item, State
from portal.request import Request
from portal.site import queries
from portal.site.rules import READ

PART = 5_000
"""Items in one file, each in two languages: a file may hold 50,000 addresses, the page cache keeps small ones only."""

_M = ElementMaker(
    namespace="http://www.sitemaps.org/schemas/sitemap/0.9",
    nsmap={None: "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"},
)
_X = ElementMaker(namespace="http://www.w3.org/1999/xhtml", nsmap={"xhtml": "http://www.w3.org/1999/xhtml"})
FIXED = (
    "site.front",
    "catalogue.front",
    "catalogue.list.all",
    "guides.list",
    "notices.list.all",
    "site.sections",
    "agencies.list",
    "site.map",
)

LISTED = ("list:notice", "list:page", "list:procedure", "list:local_service", "list:guide")
"""Whatever is published changes the files."""


@view_config(route_name="site.map", permission=READ, renderer="site/map.jinja2")
def site_map(context: Any, request: Request) -> dict[str, Any]:
    """The portal as a tree (A12-1)."""
    request.depends_on("sections", "list:page", "list:notice")
    counts = notices.counts_by(request.db, "type")
    return {
        "sections": queries.sections(request.db),
        "pages": queries.pages(request.db),
        "type_counts": [(type_, counts[type_.slug]) for type_ in TYPES if type_.slug in counts],
        "years": sorted(notices.counts_by(request.db, "year").items(), reverse=True),
    }


@view_config(route_name="site.sitemap", permission=READ)
def sitemap_index(context: Any, request: Request) -> Response:
    """The index of the sitemap files (sitemaps.org)."""
    request.depends_on(*LISTED, "sections")
    total = request.db.scalar(select(func.count()).select_from(Edition).where(Edition.state == State.PUBLISHED)) or 0
    parts = range(1, total // PART + 2)
    base = request.portal.address
    index = _M.sitemapindex(
        *(_M.sitemap(_M.loc(base + request.route_path("site.sitemap_part", part=part))) for part in parts)
    )
    return _xml(index)


@view_config(route_name="site.sitemap_part", permission=READ)
def sitemap_part(context: Any, request: Request) -> Response:
    """One file: fixed pages first, then every published item by identity."""
    request.depends_on(*LISTED, "sections")
    part = int(request.matchdict["part"])
    if part < 1:
        raise HTTPNotFound
    query = (
        select(Item.path, Edition.published_at)
        .join(Edition, Edition.item_id == Item.id)
        .where(Edition.state == State.PUBLISHED)
        .order_by(Item.id)
        .limit(PART)
        .offset((part - 1) * PART)
    )
    rows: list[tuple[str, datetime | None]] = [(path, at) for path, at in request.db.execute(query) if path]
    if part > 1 and not rows:
        raise HTTPNotFound
    if part == 1:
        rows = [(path, None) for path in _fixed(request)] + rows
    return _xml(_M.urlset(*_urls(request, rows)))


@view_config(route_name="site.robots", permission=READ)
def robots(context: Any, request: Request) -> Response:
    """What crawlers may read: everything public; the desk needs a sign-in anyway."""
    request.depends_on("sections")
    lines = (
        "User-agent: *",
        "Disallow: /ban-lam-viec",
        "Disallow: /en/ban-lam-viec",
        "Disallow: /tim",
        f"Sitemap: {request.portal.address}{request.route_path('site.sitemap')}",
        "",
    )
    return Response(body="\n".join(lines).encode(), content_type="text/plain", charset="utf-8")


def _fixed(request: Request) -> list[str]:
    plain = [request.route_path(name) for name in FIXED]
    plain += [request.route_path("site.section", slug=section.slug) for section in queries.sections(request.db)]
    prefix = len(request.script_name)
    return [path[prefix:] for path in plain]


def _urls(request: Request, rows: Iterable[tuple[str, datetime | None]]) -> Iterable[Any]:
    base = request.portal.address
    for path, at in rows:
        in_english = "/en" + (path if path != "/" else "/")
        for address in (path, in_english):
            url = _M.url(_M.loc(base + address))
            if at is not None:
                url.append(_M.lastmod(at.isoformat(timespec="seconds")))
            url.append(_X.link(rel="alternate", hreflang="vi", href=base + path))
            url.append(_X.link(rel="alternate", hreflang="en", href=base + in_english))
            yield url


def _xml(root: Any) -> Response:
    body = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return Response(body=body, content_type="application/xml", charset="utf-8")
