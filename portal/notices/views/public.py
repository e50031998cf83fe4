"""Lists of documents and the page of one."""

from datetime import date
from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently, HTTPNotFound
from pyramid.view import view_config
from sqlalchemy import select

from portal import clock
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.db import Page
from portal.notices import citations, queries, signing
from portal.notices.kind import NAME, shown_keys
from portal.notices.models import Notice
from portal.notices.routes import LISTS
from portal.notices.rules import READ
from portal.notices.timelines import effects_on, timeline
from portal.notices.types import BY_SLUG, TYPES
from portal.notices.views.filters import SIZE, Wanted, wanted
from portal.notices.views.over_time import asked_day, over_time
from portal.notices.views.present import facts, shown
from portal.notices.views.referring import CITING, with_links
from portal.publishing import queries as items
from portal.publishing.errors import Gone
from portal.publishing.views.addresses import gone_page, live_at
from portal.request import Request, _
from portal.theming.panels import DOCUMENT, panels_of

PLURAL = _("Văn bản")


@view_config(route_name="notices.list.all", permission=READ, renderer="notices/list.jinja2")
def all_notices(context: Any, request: Request) -> dict[str, Any]:
    """Every published document."""
    return _list(request, "all")


@view_config(route_name="notices.list.type", permission=READ, renderer="notices/list.jinja2")
def notices_of_type(context: Any, request: Request) -> dict[str, Any]:
    """Documents of one type."""
    return _list(request, "type")


@view_config(route_name="notices.list.issuer", permission=READ, renderer="notices/list.jinja2")
def notices_of_issuer(context: Any, request: Request) -> dict[str, Any]:
    """Documents of one agency."""
    return _list(request, "issuer")


@view_config(route_name="notices.list.field", permission=READ, renderer="notices/list.jinja2")
def notices_of_field(context: Any, request: Request) -> dict[str, Any]:
    """Documents of one field of law."""
    return _list(request, "field")


@view_config(route_name="notices.list.year", permission=READ, renderer="notices/list.jinja2")
def notices_of_year(context: Any, request: Request) -> dict[str, Any]:
    """Documents of one year."""
    return _list(request, "year")


@view_config(route_name="notices.find", permission=READ)
def find(context: Any, request: Request) -> HTTPMovedPermanently:
    """The address of the find box before there was search: it leads on to search, with the same words."""
    words = request.GET.get("q", "").strip()[:200]
    return HTTPMovedPermanently(request.route_path("search.page", _query={"q": words} if words else {}))


@view_config(route_name="notices.one", permission=READ, renderer="notices/one.jinja2")
def one(context: Any, request: Request) -> dict[str, Any]:
    """One document in its official layout, with its facts, relations, files and history."""
    try:
        live = live_at(request, NAME)
    except Gone as gone:
        return gone_page(request, gone, _("Văn bản đã được thu hồi"))
    request.depends_on("agencies", *shown_keys(str(live.item.uid), live.edition.data))
    notice = queries.of_edition(request.db, live.edition)
    return page_of_edition(request, notice, asked=asked_day(request))


def page_of_edition(request: Request, notice: Notice, *, asked: date | None = None) -> dict[str, Any]:
    """What the page of an edition shows; the preview of a draft is this same page. `asked`: the day to tell of."""
    edition, day = notice.edition, clock.today(request.at)
    data, view = edition.data, shown(edition, link=with_links(request, notice))
    names = {field.slug: field for field in agencies.fields(request.db)}
    return {
        "edition": edition,
        "item": edition.item,
        "notice": notice,
        "data": data,
        "shown": view,
        "page_title": view.citation[:150],
        "title_lang": data["language"],
        "page_description": data["summary"] or data["title"],
        "facts": facts(request, data, notice),
        "fields": [names[slug] for slug in data["fields"] if slug in names],
        **over_time(timeline(request.db, notice), day, asked),
        "links": queries.links(request.db, notice),
        "cited_by": citations.cited_by(request.db, notice, page=1, size=CITING),
        "history": [e for e in items.public_history(request.db, edition.item) if not e.minor],
        "files": [
            {
                **file,
                "href": request.route_path("files.file", sha256=file["sha256"], name=file["name"]),
                "signed": signing.shown(file.get("signatures"), request.translate),
            }
            for file in data["attachments"]
        ],
        "successors": _successors(request, notice, day),
        "panels": panels_of(request, DOCUMENT, notice),
        "address": request.portal.address + request.script_name + str(edition.item.path or ""),
        "types": BY_SLUG,
    }


def _successors(request: Request, notice: Notice, day: Any) -> list[Any]:
    """Who holds the duties of an issuer that no longer exists (E30)."""
    issuer = notice.issuer
    if issuer is None or issuer.valid_to is None or issuer.valid_to >= day:
        return []
    return agencies.successors(request.db, issuer, day)


def _list(request: Request, fixed: str) -> dict[str, Any]:
    request.depends_on("list:notice", "agencies")
    ask = wanted(request, fixed)
    page = queries.public_page(request.db, ask.filter, page=ask.page, size=SIZE)
    if ask.page > page.pages:
        raise HTTPNotFound
    day = clock.today(request.at)
    return {
        "wanted": ask,
        "page": page,
        "page_title": heading(request, ask),
        "effects": effects_on(request.db, page.rows, day),
        "types": BY_SLUG,
        "feeds": [{"title": heading(request, ask), "href": request.route_path(f"notices.feed.{fixed}", **ask.values)}],
        "action": request.route_path("notices.list.all"),
        **_choices(request, ask, page),
    }


def heading(request: Request, ask: Wanted) -> str:
    """What the list is called."""
    name = ask.type.name if ask.type else request.translate(PLURAL)
    if request.lang == "en" and ask.type:
        name = ask.type.english
    if ask.issuer:
        name = f"{name} – {ask.issuer.label(request.lang)}"
    if ask.field:
        name = f"{name} – {ask.field.label(request.lang)}"
    return f"{name} – {ask.year}" if ask.year else name


def _choices(request: Request, ask: Wanted, page: Page[Any]) -> dict[str, Any]:
    """Options of the filter, each with how many documents it has."""
    db, english = request.db, request.lang == "en"
    types, issuers = queries.counts_by(db, "type"), queries.counts_by(db, "issuer_id")
    fields = queries.counts_by_field(db)
    named = db.scalars(select(Agency).where(Agency.id.in_(list(issuers))))
    return {
        "type_options": [(t.slug, t.english if english else t.name, types[t.slug]) for t in TYPES if t.slug in types],
        "issuer_options": sorted(
            ((a.key, a.label(request.lang), issuers[a.id]) for a in named),
            key=lambda option: -option[2],
        ),
        "field_options": [
            (f.slug, f.label(request.lang), fields[f.slug]) for f in agencies.fields(db) if f.slug in fields
        ],
        "year_options": [
            (year, str(year), n) for year, n in sorted(queries.counts_by(db, "year").items(), reverse=True)
        ],
        "lists": LISTS,
    }
