"""`/api/v1/statistics/dossiers`: how many dossiers were received, solved, and solved in time; the public figures."""

from typing import Any

import orjson
from pyramid.response import Response
from pyramid.view import view_config

from portal import clock
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.api.problems import bad_parameters
from portal.api.statistics_description import COUNTS, PARAMETERS
from portal.api.views import options, other_method
from portal.dossiers.figures import Figures
from portal.dossiers.following import statistics
from portal.dossiers.following.rules import FIGURES
from portal.dossiers.following.statistics import Published, Row
from portal.errors import BadParameter
from portal.request import Request


@view_config(route_name="api.dossier_statistics", request_method="GET", permission=FIGURES)
def figures(context: Any, request: Request) -> Response:
    """The figures of a year, of all agencies or of one."""
    try:
        year, agency = _asked(request)
    except BadParameter as error:
        return bad_parameters(request, error)
    found = statistics.published(request.db, year, clock.today(request.at), agency=agency, lang=request.lang)
    request.depends_on("figures:dossiers", "agencies")
    return Response(body=orjson.dumps(_answer(request, found, agency)), content_type="application/json")


@view_config(route_name="api.dossier_statistics", request_method="OPTIONS", permission=FIGURES)
def preflight(context: Any, request: Request) -> Response:
    """What may be asked."""
    return options(context, request)


@view_config(route_name="api.dossier_statistics", permission=FIGURES, require_csrf=False)
def nothing_changes(context: Any, request: Request) -> Response:
    """Nothing can be changed here."""
    return other_method(context, request)


def _asked(request: Request) -> tuple[int, Agency | None]:
    """The year and the agency. Raises `BadParameter`."""
    for name in request.GET:
        if name not in PARAMETERS or len(request.GET.getall(name)) > 1:
            raise BadParameter(name)
    years = statistics.years(request.db, clock.today(request.at))
    wanted = request.GET.get("year", str(years[0]))
    if wanted not in map(str, years):
        raise BadParameter("year")
    given = request.GET.get("agency")
    if given is None:
        return int(wanted), None
    agency = agencies.by_key(request.db, given) or agencies.by_code(request.db, given)
    if agency is None:
        raise BadParameter("agency")
    return int(wanted), agency


def _answer(request: Request, found: Published, agency: Agency | None) -> dict[str, Any]:
    keys = {str(one.id): one.key for one in statistics.deciding(request.db)}
    return {
        "first": found.first,
        "last": found.last,
        "agency": agency.key if agency else None,
        "fewest": statistics.FEWEST,
        "total": _both(found.total),
        "months": [{"month": row.key, **_both(row)} for row in found.by_month],
        "fields": [_group(row, row.key if row.said else None) for row in found.by_field],
        "agencies": [_group(row, keys.get(row.key)) for row in found.by_agency],
        "url": f"{request.portal.address}{request.script_name}/thong-ke?nam={found.year}",
    }


def _group(row: Row, key: str | None) -> dict[str, Any]:
    name = row.said.text if row.said else None
    return {"key": key, "name": name, "together": row.key == "", **_both(row)}


def _both(row: Row) -> dict[str, Any]:
    return {"law": _numbers(row.law), "kpi": _numbers(row.kpi)}


def _numbers(one: Figures | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {**{name: getattr(one, name) for name in COUNTS}, "share_on_time": one.share_on_time}
