"""The register for the public: all agencies, and one agency with its history."""

from itertools import groupby
from typing import Any

from pyramid.view import view_config

from portal import clock
from portal.agencies import queries
from portal.agencies.kinds import EVIDENCE_LABELS, KIND_LABELS, Evidence, Kind
from portal.agencies.routes import PublicPage
from portal.agencies.rules import READ
from portal.errors import BadParameter
from portal.request import Request
from portal.theming.panels import AGENCY, panels_of

NOW, FORMER = "dang-hoat-dong", "truoc-day"


@view_config(route_name="agencies.list", request_method="GET", permission=READ, renderer="agencies/list.jinja2")
def list_agencies(request: Request) -> dict[str, Any]:
    """Agencies by kind: those that exist today, or with `tinh-trang=truoc-day` those that existed."""
    request.depends_on("agencies")
    kind = wanted_kind(request)
    state = request.GET.get("tinh-trang") or NOW
    if state not in (NOW, FORMER):
        raise BadParameter("tinh-trang")
    text = (request.GET.get("q") or "").strip()
    today = clock.today(request.at)
    found = [
        unit
        for unit in queries.in_order(request.db.scalars(queries.search(text, kind)))
        if (unit.in_force(today) if state == NOW else unit.valid_to is not None and unit.valid_to < today)
    ]
    order = {member.value: place for place, member in enumerate(Kind)}
    found.sort(key=lambda unit: order[unit.kind])
    groups = [(KIND_LABELS[Kind(name)], list(units)) for name, units in groupby(found, key=lambda unit: unit.kind)]
    return {
        "groups": groups,
        "total": len(found),
        "text": text,
        "kind": kind.value if kind else "",
        "kinds": [(member.value, request.translate(label)) for member, label in KIND_LABELS.items()],
        "state": state,
        "states": {"now": NOW, "former": FORMER},
    }


@view_config(route_name="agencies.one", request_method="GET", permission=READ, renderer="agencies/one.jinja2")
def show_agency(context: PublicPage, request: Request) -> dict[str, Any]:
    """One agency: profile, codes, who came before and after, units below, and what other packages add."""
    request.depends_on("agencies")
    agency, today = context.agency, clock.today(request.at)
    return {
        "agency": agency,
        "kind_label": KIND_LABELS[Kind(agency.kind)],
        "evidence_label": EVIDENCE_LABELS[Evidence(agency.code_evidence)],
        "is_former": agency.valid_to is not None and agency.valid_to < today,
        "is_future": agency.valid_from is not None and agency.valid_from > today,
        "heirs": [heir for heir in queries.successors(request.db, agency, today) if heir is not agency],
        "before": queries.predecessor_links(request.db, agency),
        "after": queries.successor_links(request.db, agency),
        "units": queries.children(request.db, agency.id, today),
        "panels": panels_of(request, AGENCY, agency),
    }


def wanted_kind(request: Request) -> Kind | None:
    """The kind asked for by `loai`; None for all. Raises `BadParameter`."""
    name = request.GET.get("loai")
    try:
        return Kind(name) if name else None
    except ValueError:
        raise BadParameter("loai") from None
