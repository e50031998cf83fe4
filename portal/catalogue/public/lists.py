"""The front of the catalogue and its lists."""

from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently, HTTPNotFound
from pyramid.view import view_config
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.catalogue import queries
from portal.catalogue.labels import LEVELS, SERVICES
from portal.catalogue.models import VOCABULARIES, Term
from portal.catalogue.present import SHORT_SERVICES
from portal.catalogue.public.filters import SIZE, SORTS, Wanted, wanted
from portal.catalogue.queries import Filter
from portal.catalogue.rules import READ
from portal.catalogue.usage import counts_usage, usage, year_of
from portal.catalogue.vocabularies.queries import successor
from portal.request import Request, _
from portal.text import sort_key

VOCABULARY_KEY = "catalogue:terms"
"""What pages depend on that show words of the vocabularies."""
TITLE = _("Dịch vụ công")
ALL = _("Tất cả dịch vụ công")
SORT_LABELS = {"ten": _("Tên, theo thứ tự chữ cái"), "linh-vuc": _("Lĩnh vực"), "cap": _("Cấp thực hiện")}
BY_USE = "su-dung"


@view_config(route_name="catalogue.front", permission=READ, renderer="catalogue/front.jinja2")
def front(context: Any, request: Request) -> dict[str, Any]:
    """Every way into the catalogue: events, audiences, fields, agencies, letters."""
    request.depends_on("list:procedure", "agencies", VOCABULARY_KEY)
    db, words = request.db, first_words(request.db)
    counts = queries.counts(db, "field")
    by_agency = queries.counts(db, "authority")
    units = agencies.in_order(db.scalars(select(Agency).where(Agency.id.in_(by_agency))))
    return {
        "total": queries.count(db, Filter()),
        "words": words,
        "fields": sorted(
            ((field, counts[slug]) for slug, field in queries.fields(db).items() if slug in counts),
            key=lambda row: sort_key(row[0].label(request.lang)),
        ),
        "units": [(unit, by_agency[unit.id]) for unit in units],
        "letters": queries.letters(db),
        "services": [
            (value.value, label, n)
            for value, label in SERVICES.items()
            if (n := queries.counts(db, "service").get(value.value))
        ],
    }


def first_words(db: Session) -> dict[str, list[tuple[Term, int]]]:
    """The words of each vocabulary that have services, with how many, in their order."""
    counts = queries.counts(db, "audience") | queries.counts(db, "event")
    found: dict[str, list[tuple[Term, int]]] = {name: [] for name in VOCABULARIES}
    for term in queries.terms(db).values():
        if term.slug in counts and not term.retired:
            found[term.vocabulary].append((term, counts[term.slug]))
    return found


@view_config(route_name="catalogue.list.all", permission=READ, renderer="catalogue/list.jinja2")
def everything(context: Any, request: Request) -> dict[str, Any]:
    """Every service, narrowed by what was chosen."""
    request.depends_on("list:procedure", "list:local_service")
    return _list(request, wanted(request))


@view_config(route_name="catalogue.list.field", permission=READ, renderer="catalogue/list.jinja2")
def of_field(context: Any, request: Request) -> dict[str, Any]:
    """The services of a field of law."""
    return _narrowed(request, "field")


@view_config(route_name="catalogue.list.audience", permission=READ, renderer="catalogue/list.jinja2")
def of_audience(context: Any, request: Request) -> dict[str, Any]:
    """The services for somebody."""
    return _narrowed(request, "audience")


@view_config(route_name="catalogue.list.event", permission=READ, renderer="catalogue/list.jinja2")
def of_event(context: Any, request: Request) -> dict[str, Any]:
    """The services that belong to an event of life or of business."""
    return _narrowed(request, "event")


@view_config(route_name="catalogue.list.agency", permission=READ, renderer="catalogue/list.jinja2")
def of_agency(context: Any, request: Request) -> dict[str, Any]:
    """The services that an agency announces or adds to."""
    request.depends_on("list:procedure", "list:local_service")
    return _list(request, wanted(request, "agency"))


@view_config(route_name="catalogue.list.letter", permission=READ, renderer="catalogue/list.jinja2")
def of_letter(context: Any, request: Request) -> dict[str, Any]:
    """The services whose names begin with a letter."""
    request.depends_on("list:procedure", "list:local_service")
    return _list(request, wanted(request, "letter")) | {"letters": queries.letters(request.db)}


def _narrowed(request: Request, facet: str) -> dict[str, Any]:
    """A list that publishing changes only where the service belongs to it, now or before."""
    ask = wanted(request, facet)
    thing = getattr(ask, facet)
    request.depends_on(f"catalogue:{facet}:{thing.slug}")
    if ask.agency:
        request.depends_on("list:local_service")
    return _list(request, ask)


def _moved(request: Request, ask: Wanted) -> str | None:
    """The address of the list of the word that a retired one of this address went into; None where none did."""
    for facet, name in (("event", "su-kien"), ("audience", "doi-tuong")):
        term = getattr(ask, facet)
        following = successor(request.db, term) if term is not None and term.retired else None
        if following is None:
            continue
        if ask.fixed == facet:
            return str(request.route_path(f"catalogue.list.{facet}", **{facet: following.slug}, _query=request.GET))
        return str(request.current_route_path(_query=request.GET.mixed() | {name: following.slug}))
    return None


def _list(request: Request, ask: Wanted) -> dict[str, Any]:
    request.depends_on("agencies", VOCABULARY_KEY)
    moved = _moved(request, ask)
    if moved:
        raise HTTPMovedPermanently(moved)
    used = usage(request)
    most = {item_id: one.received for item_id, one in used.items()}
    page = queries.listed(request.db, ask.filter, ask.page, SIZE, sort=SORTS[ask.sort], used=most)
    if ask.page > page.pages:
        raise HTTPNotFound
    return {
        "wanted": ask,
        "page": page,
        "page_title": heading(request, ask),
        "description": _description(request, ask),
        "fields": queries.fields(request.db),
        "services": SHORT_SERVICES,
        "used": used,
        "year": year_of(request),
        "action": request.route_path("catalogue.list.all"),
        "letters": {},
        "plain": _is_plain(request),
        **_choices(request, ask),
    }


def heading(request: Request, ask: Wanted) -> str:
    """What the list is called."""
    parts = [thing.label(request.lang) for thing in (ask.event, ask.audience, ask.field, ask.agency) if thing]
    if ask.filter.letter:
        letter = ask.filter.letter
        starts = _("Tên bắt đầu bằng chữ ${letter}", mapping={"letter": letter})
        parts.append(request.translate(_("Tên không bắt đầu bằng chữ") if letter == "#" else starts))
    title = request.translate(TITLE if parts else ALL)
    return ": ".join([title, ", ".join(parts)]) if parts else title


def _description(request: Request, ask: Wanted) -> str | None:
    thing = getattr(ask, ask.fixed, None) if ask.fixed in ("event", "audience") else None
    return thing.text(request.lang) if thing else None


def _is_plain(request: Request) -> bool:
    """Whether robots should keep it: lists narrowed by several things repeat each other."""
    return not set(request.GET) - {"trang"}


def _choices(request: Request, ask: Wanted) -> dict[str, Any]:
    """Options of the filter, each with how many services of this list it would leave."""
    db, lang, words = request.db, request.lang, queries.terms(request.db)
    counted = {facet: queries.counts(db, facet, ask.filter) for facet in ("field", "audience", "event", "level")}
    services, units = queries.counts(db, "service", ask.filter), queries.counts(db, "authority", ask.filter)
    fields = queries.fields(db)
    named = agencies.in_order(db.scalars(select(Agency).where(Agency.id.in_(units))))
    return {
        "field_options": [(s, f.label(lang), counted["field"][s]) for s, f in fields.items() if s in counted["field"]],
        "audience_options": _words(words, counted["audience"], lang),
        "event_options": _words(words, counted["event"], lang),
        "level_options": [
            (v.value, request.translate(label), counted["level"][v])
            for v, label in LEVELS.items()
            if v in counted["level"]
        ],
        "service_options": [
            (v.value, request.translate(label), services[v]) for v, label in SHORT_SERVICES.items() if v in services
        ],
        "agency_options": _with_chosen([(u.key, u.label(lang), units[u.id]) for u in named], ask, lang),
        "sort_options": _sorts(request),
        "chosen": _chosen(request, ask),
    }


def _sorts(request: Request) -> list[tuple[str, str]]:
    """Every order but the usual one; by use only where something counts it."""
    labels = SORT_LABELS | ({BY_USE: _("Số hồ sơ tiếp nhận trong năm")} if counts_usage(request) else {})
    return [(name, request.translate(label)) for name, label in labels.items() if name != "ten"]


def _words(words: dict[str, Term], counted: dict[str, int], lang: str) -> list[tuple[str, str, int]]:
    return [(slug, term.label(lang), counted[slug]) for slug, term in words.items() if slug in counted]


def _with_chosen(options: list[tuple[str, str, int]], ask: Wanted, lang: str) -> list[tuple[Any, ...]]:
    """An agency that only adds to procedures announces none of them, and is still the one chosen."""
    unit = ask.agency
    if unit is None or any(option[0] == unit.key for option in options):
        return list(options)
    return [(unit.key, unit.label(lang)), *options]


def _chosen(request: Request, ask: Wanted) -> list[tuple[str, str]]:
    """What was chosen, each with the address of the list without it."""
    lang, level, service = request.lang, ask.filter.level, ask.filter.service
    told: list[tuple[str, str | None]] = [
        ("q", f"“{ask.words}”" if ask.words else None),
        ("su-kien", ask.event.label(lang) if ask.event else None),
        ("doi-tuong", ask.audience.label(lang) if ask.audience else None),
        ("linh-vuc", ask.field.label(lang) if ask.field else None),
        ("co-quan", ask.agency.label(lang) if ask.agency else None),
        ("cap", next((request.translate(label) for v, label in LEVELS.items() if v == level), None)),
        ("muc-do", next((request.translate(label) for v, label in SHORT_SERVICES.items() if v == service), None)),
        ("mien-phi", request.translate(_("Miễn phí")) if ask.filter.free else None),
        ("chu-cai", ask.filter.letter),
    ]
    return [(text, request.route_path("catalogue.list.all", _query=ask.without(name))) for name, text in told if text]
