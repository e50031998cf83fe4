"""Search for programs: the Atom feed of any result, the OpenSearch description, suggestions while somebody types."""

import json
from typing import Any

from pyramid.response import Response
from pyramid.view import view_config

from portal.request import Request, _
from portal.search import atom, parameters, present
from portal.search.documents import searchables
from portal.search.finding import find
from portal.search.results import Wanted
from portal.search.rules import READ
from portal.search.still_public import still_public, still_suggested
from portal.search.views.public import KEPT, title

ENTRIES, LONGEST = 50, 200
SUGGESTIONS = 8
ABOUT = _("Tìm văn bản, thông báo và thông tin chính thức theo số, ký hiệu hoặc nội dung.")
A_MOMENT, A_DAY = "public, max-age=30", "public, max-age=86400"
OPENSEARCH = "opensearch"


@view_config(route_name="search.feed", permission=READ)
def feed(context: Any, request: Request) -> Response:
    """The newest results of a question. Raises `BadSearch` as the page does not: who asks is no person."""
    asked = parameters.read(request.GET.items(), request.db, size=ENTRIES)
    wanted = Wanted(asked.q, asked.limits, asked.first, asked.last, sort="date", size=min(asked.size, ENTRIES))
    results = find(request.registry["portal.search"], request.db, wanted, at=request.at, language=request.lang)
    shown = Wanted(asked.q, asked.limits, asked.first, asked.last)
    results = still_public(request.registry["portal.search"], request.db, results)
    base, name = request.portal.address, request.portal.name_in(request.lang)
    body = atom.feed(
        results.hits,
        address=base + present.address(request, shown, "search.feed"),
        page=base + present.address(request, shown),
        base=base + request.script_name,
        title=f"{title(request, shown)} – {name}",
        author=name,
        lang=request.lang,
        words=wanted.q,
        total=results.total,
        at=request.at,
    )
    response = Response(body=body, content_type="application/atom+xml", charset="utf-8", conditional_response=True)
    response.headers["Cache-Control"] = KEPT
    response.md5_etag()
    return response


@view_config(route_name="search.description", permission=READ)
def description(context: Any, request: Request) -> Response:
    """What a browser or another search engine must know to ask this portal."""
    settings, assets = request.portal, request.registry["portal.assets"]
    body = atom.description(
        name=settings.name_in(request.lang),
        host=settings.origin,
        about=request.translate(ABOUT),
        base=settings.address + request.script_name,
        icon=settings.address + assets[request.registry["portal.theme"].logo].path,
        contact=settings.contact_email,
        lang=request.lang,
    )
    response = Response(body=body, content_type="application/opensearchdescription+xml", charset="utf-8")
    response.headers["Cache-Control"] = A_DAY
    return response


@view_config(route_name="search.suggestions", permission=READ)
def suggestions(context: Any, request: Request) -> Response:
    """Titles that begin like what was typed so far; asks the database only while the index is behind.

    For the find box a list of {title, number, path, kind, label}; with `format=opensearch` as browsers want it.
    """
    typed = " ".join(request.GET.get("q", "").split())[:LONGEST]
    live = request.registry["portal.search"]
    index = live.suggestions() if typed else None
    found = still_suggested(live, request.db, index.find(typed, SUGGESTIONS)) if index is not None else []
    kinds = searchables()
    rows = [
        {
            "title": one.title,
            "number": one.number,
            "path": request.script_name + one.path,
            "kind": one.kind,
            "label": request.translate(kinds[one.kind].label) if one.kind in kinds else "",
        }
        for one in found
    ]
    if request.GET.get("format") == OPENSEARCH:
        titles = [row["title"] for row in rows]
        about = [" · ".join(part for part in (row["number"], row["label"]) if part) for row in rows]
        addresses = [request.portal.address + row["path"] for row in rows]
        answer: Any = [typed, titles, about, addresses]
        media_type = "application/x-suggestions+json"
    else:
        answer, media_type = rows, "application/json"
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    response = Response(body=body, content_type=media_type, charset="utf-8")
    response.headers["Cache-Control"] = A_MOMENT
    return response
