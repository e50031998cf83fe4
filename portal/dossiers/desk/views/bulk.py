"""Several dossiers at once: ticked in the list, looked at once more, done one by one, each with its own result."""

from typing import Any

from pyramid.view import view_config

from portal.dossiers.desk import bulk, choosing, presenting
from portal.dossiers.desk.acts import BY_NAME
from portal.dossiers.desk.views import office_of, officer_of
from portal.dossiers.errors import DossierError, NobodyToAssign, NothingChosen
from portal.dossiers.rules import LIST
from portal.errors import BadParameter
from portal.request import Request


@view_config(route_name="dossiers.bulk", request_method="POST", permission=LIST, renderer="dossiers/desk/bulk.jinja2")
def several(context: Any, request: Request) -> dict[str, Any]:
    """First what would happen to which, then what happened."""
    request.response.cache_control.no_store = True
    act = str(request.POST.get("do", ""))
    if act not in bulk.NAMES:
        raise BadParameter("do")
    ticked = [one for one in request.POST.getall("chon") if isinstance(one, str)]
    chosen = bulk.picked(request.db, ticked)
    chosen = [one for one in chosen if request.has_permission("dossiers.read", one.dossier)]
    if not chosen:
        return _page(request, act, [], refused=NothingChosen())
    if "confirm" not in request.POST:
        return _page(request, act, chosen)
    try:
        more = _more(request, act)
    except DossierError as error:
        return _page(request, act, chosen, refused=error)
    results = bulk.do(request.db, act, chosen, office_of(request), more, by=officer_of(request), at=request.at)
    return _page(request, act, chosen, results=results)


def _more(request: Request, act: str) -> dict[str, Any]:
    """What is sent beside the dossiers."""
    sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    if act == "phan-cong":
        known = {uid for one in _units(request) for uid, _name in one}
        if sent.get("person") not in known:
            raise NobodyToAssign()
        return {"to": choosing.person_of(request.db, sent["person"])}
    if act == "chuyen":
        return {"to": choosing.agency_by_text(request.db, sent.get("agency"), sent.get("code"))}
    return {}


def _units(request: Request) -> list[list[tuple[str, str]]]:
    """The handlers of each deciding unit among the ticked dossiers; a unit without any offers nobody."""
    chosen = bulk.picked(request.db, [one for one in request.POST.getall("chon") if isinstance(one, str)])
    chosen = [one for one in chosen if request.has_permission("dossiers.read", one.dossier)]
    units = {one.dossier.deciding_id: one.dossier.deciding for one in chosen}
    found = []
    for unit in units.values():
        try:
            found.append(choosing.handlers(request.db, unit))
        except NobodyToAssign:
            continue
    return found


def _page(
    request: Request, act: str, chosen: list[bulk.Picked], *, refused: Any = None, results: Any = None
) -> dict[str, Any]:
    office, at = office_of(request), request.at
    people = sorted({one for unit in _units(request) for one in unit}, key=lambda one: one[1])
    agencies: dict[str, str] = {}
    for one in chosen[:10] if act == "chuyen" else ():
        agencies |= dict(choosing.agencies_near(request.db, one.dossier, request.lang))
    if refused is not None:
        request.response.status_int = refused.status
    return {
        "act": BY_NAME[act],
        "chosen": chosen,
        "lefts": {one.dossier.id: presenting.left_of(one.dossier, office, at) for one in chosen},
        "people": people if act == "phan-cong" else [],
        "agencies": sorted(agencies.items(), key=lambda one: one[1]),
        "refused": refused.message if refused is not None else None,
        "results": results,
        "labels": presenting.LABELS,
        "tags": presenting.TAGS,
    }
