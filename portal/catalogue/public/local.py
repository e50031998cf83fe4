"""What one agency does differently, and all agencies side by side."""

from typing import Any

from pyramid.httpexceptions import HTTPFound, HTTPMovedPermanently, HTTPNotFound
from pyramid.view import view_config

from portal.agencies import queries as agencies
from portal.catalogue import present, queries
from portal.catalogue.behind import national_edition
from portal.catalogue.kind import NAME
from portal.catalogue.local import NAME as LOCAL_NAME
from portal.catalogue.models import LocalService, Procedure
from portal.catalogue.public.lists import VOCABULARY_KEY
from portal.catalogue.public.page import GONE, LABELS, gone_answer, page_of
from portal.catalogue.rules import READ
from portal.publishing.errors import Gone
from portal.publishing.models import State
from portal.publishing.views.addresses import live_at
from portal.request import Request, _

BELOW = "/so-sanh"
GONE_LOCAL = _("Phần riêng của địa phương đã được gỡ")


@view_config(route_name="catalogue.local", permission=READ, renderer="catalogue/one.jinja2")
def one(context: Any, request: Request) -> Any:
    """A service as one agency carries it out; an agency that adds nothing leads to the national page."""
    try:
        live = live_at(request, LOCAL_NAME)
    except Gone as gone:
        return gone_answer(request, gone, GONE_LOCAL)
    except HTTPNotFound:
        raise _meant(request) from None
    local = request.db.get_one(LocalService, live.edition.id)
    national = national_edition(request.db, local.procedure_uid)
    if national is None or national.state is not State.PUBLISHED:
        raise HTTPNotFound
    request.depends_on(f"item:{national.item.uid}")
    return page_of(request, queries.of_edition(request.db, national), local)


def _meant(request: Request) -> Any:
    """What to raise: a redirect to the variant of the agency, by any of its names, else to the procedure; or 404."""
    found = queries.by_code(request.db, request.matchdict["code"])
    if found is None:
        return HTTPNotFound()
    item, typed = found.edition.item, request.matchdict["agency"]
    unit = agencies.by_key(request.db, typed) or agencies.resolver(request.db, typed)
    if unit is None:
        return HTTPNotFound()
    local = queries.local_at(request.db, item.uid, unit.id)
    if local is None:  # it may come to have one
        return HTTPFound(f"{request.script_name}{item.path}")
    return HTTPMovedPermanently(f"{request.script_name}{local.edition.item.path}")


@view_config(route_name="catalogue.compare", permission=READ, renderer="catalogue/compare.jinja2")
def compare(context: Any, request: Request) -> Any:
    """The national service and every variant: what it costs, how long it takes, where to go."""
    try:
        live = live_at(request, NAME, below=BELOW)
    except Gone as gone:
        return gone_answer(request, gone, GONE)
    procedure = queries.of_edition(request.db, live.edition)
    request.depends_on("agencies", VOCABULARY_KEY, f"procedure:{live.item.uid}")
    variants = queries.local_of(request.db, live.item.uid)
    national = _row(request, procedure, None) | {"differs": frozenset[str]()}
    rows = [_row(request, procedure, local) for local in variants]
    return {
        "procedure": procedure,
        "item": live.item,
        "page_title": request.translate(
            _("So sánh giữa các địa phương: ${name}", mapping={"name": procedure.label(request.lang)})
        ),
        "title_lang": request.lang if procedure.name_en or request.lang == "vi" else "vi",
        "national": national,
        "rows": [row | {"differs": {name for name in DIFFERING if row[name] != national[name]}} for row in rows],
        **LABELS,
    }


DIFFERING = ("cost", "time", "place", "channels")


def _row(request: Request, procedure: Procedure, local: LocalService | None) -> dict[str, Any]:
    merged = present.merged(procedure.edition.data, local.edition.data if local else None)
    return {
        "local": local,
        "agency": local.agency if local else None,
        "path": (local or procedure).edition.item.path,
        "cost": present.glance_cost(request, merged.data),
        "time": present.glance_time(request, merged.data),
        "place": present.glance_place(request, merged.data),
        "channels": [row["channel"] for row in merged.data["channels"]],
    }
