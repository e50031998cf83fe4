"""The page of one service, as it is and as it was on a day."""

from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently, HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config
from translationstring import TranslationString

from portal import clock
from portal.catalogue import present, queries
from portal.catalogue.data import Data
from portal.catalogue.editions import editions_on
from portal.catalogue.kind import NAME
from portal.catalogue.labels import CHANNELS, FEE_KINDS, LEVELS, OLD_LEVELS, PROACTIVE, ROLES
from portal.catalogue.models import LocalService, Procedure
from portal.catalogue.public.applying import apply_link
from portal.catalogue.public.lists import VOCABULARY_KEY
from portal.catalogue.rules import READ
from portal.errors import BadParameter
from portal.notices.citations import targets
from portal.notices.references import number_key_of
from portal.notices.views.over_time import asked_day
from portal.publishing.errors import Gone
from portal.publishing.models import State
from portal.publishing.views.addresses import gone_page, live_at
from portal.request import Request, _
from portal.theming.panels import SERVICE, panels_of

GONE = _("Dịch vụ công này đã được gỡ")


@view_config(route_name="catalogue.one", permission=READ, renderer="catalogue/one.jinja2")
def one(context: Any, request: Request) -> Any:
    """One service; `?ngay=` as it was on a day, `?co-quan=` leads to what an agency adds."""
    try:
        live = live_at(request, NAME)
    except Gone as gone:
        return gone_answer(request, gone, GONE)
    except HTTPNotFound:
        raise meant(request, request.matchdict["code"]) from None
    chosen = request.GET.get("co-quan", "").strip()
    if chosen:
        return HTTPSeeOther(request.script_name + _chosen_path(request, live.item.uid, chosen))
    day = asked_day(request)
    then = editions_on(request.db, live.item, day) if day else None
    procedure = queries.of_edition(request.db, then or live.edition)
    return page_of(request, procedure) | {"asked": {"day": day, "found": then is not None} if day else None}


def _chosen_path(request: Request, uid: Any, chosen: str) -> str:
    """The page of the variant whose address ends so. Raises `BadParameter`."""
    paths = [local.edition.item.path or "" for local in queries.local_of(request.db, uid)]
    for path in paths:
        if path.rsplit("/", 1)[-1] == chosen:
            return path
    raise BadParameter("co-quan")


def gone_answer(request: Request, gone: Gone, title: TranslationString) -> dict[str, Any]:
    """410 with the reason, on the page of the catalogue."""
    answer = gone_page(request, gone, title)
    request.override_renderer = "catalogue/gone.jinja2"
    return answer


def meant(request: Request, typed: str) -> Any:
    """What to raise when a code was typed carelessly or in full, with the part of an agency: a redirect, else 404."""
    found = queries.by_code(request.db, typed)
    if found is None:
        return HTTPNotFound()
    path, own = found.edition.item.path, queries.agency_code(typed)
    unit = queries.agencies_with_code(request.db, [own]).get(own) if own else None
    local = queries.local_at(request.db, found.edition.item.uid, unit.id) if unit else None
    return HTTPMovedPermanently(f"{request.script_name}{local.edition.item.path if local else path}")


def page_of(request: Request, procedure: Procedure, local: LocalService | None = None) -> dict[str, Any]:
    """What the page of an edition shows, with the parts of an agency in their places; previews are this same page."""
    edition, db = procedure.edition, request.db
    merged = present.merged(edition.data, local.edition.data if local else None, local.agency if local else None)
    data, uid = merged.data, edition.item.uid
    _depend(request, data, str(uid))
    variants = queries.local_of(db, uid)
    current = edition.state is State.PUBLISHED
    return {
        "edition": edition,
        "item": edition.item,
        "procedure": procedure,
        "data": data,
        "merged": merged,
        "local": local,
        "page_title": procedure.label(request.lang),
        "title_lang": "en" if request.lang == "en" and procedure.name_en else "vi",
        "page_description": (data["summary_en"] if request.lang == "en" else None) or data["summary"] or data["name"],
        "glance": _glance(request, data),
        "papers": present.papers(data),
        "forms": present.forms(data),
        "basis": _basis(request, data),
        "units": queries.agencies_with_code(db, _codes(data)),
        "variants": variants,
        "panels": panels_of(request, SERVICE, procedure),
        "related": queries.named(db, data["related"]),
        "apply": apply_link(request, procedure, local, data) if current else None,
        "history": [(each, starts) for each, starts in queries.history(db, edition.item) if not each.minor],
        "today": clock.today(request.at),
        "limit_words": lambda row: present.limit_words(request, row),
        "fee_words": lambda row: present.fee_words(request, row),
        "source_words": present.source_words(data),
        "address": request.portal.address + request.script_name + str((local or procedure).edition.item.path or ""),
        "asked": None,
        "terms": queries.terms(db),
        "fields": queries.fields(db),
        **LABELS,
    }


LABELS = {
    "channel_labels": CHANNELS,
    "fee_labels": FEE_KINDS,
    "level_labels": LEVELS,
    "role_labels": ROLES,
    "proactive_labels": PROACTIVE,
    "old_level_labels": OLD_LEVELS,
}


def _glance(request: Request, data: Data) -> dict[str, Any]:
    return {
        "cost": present.glance_cost(request, data),
        "time": present.glance_time(request, data),
        "place": present.glance_place(request, data),
        "online": present.online_words(data),
        "most": present.SHOWN,
    }


def _depend(request: Request, data: Data, uid: str) -> None:
    """Everything else that the page shows: variants, documents of the legal basis, related services, words, units."""
    keys = {number_key_of(row["number"]) for row in data["legal_basis"] if row["number"]}
    keys |= {f"catalogue:code:{code}" for code in data["related"]}
    if data["eform"]:
        keys.add(f"item:{data['eform']}")
    request.depends_on("agencies", VOCABULARY_KEY, f"procedure:{uid}", *keys)


def _codes(data: Data) -> list[str]:
    rows = [data["authority"], *(row for rows in data["agencies"].values() for row in rows)]
    return [row["code"] for row in rows if row["code"]]


def _basis(request: Request, data: Data) -> list[dict[str, Any]]:
    """The legal basis, each with the address of the document where exactly one of that number is published here."""
    keys = {row["number"]: number_key_of(row["number"]) for row in data["legal_basis"] if row["number"]}
    found = targets(request.db, frozenset(keys.values()))
    rows = []
    for row in data["legal_basis"]:
        bearing = found.get(keys.get(row["number"], ""), ())
        rows.append(row | {"path": bearing[0].path if len(bearing) == 1 else None})
    return rows
