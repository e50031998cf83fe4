"""Addresses of the catalogue as data. Everybody may read them, programs of other sites too."""

from typing import Any

from pyramid.response import FileIter, Response
from pyramid.view import view_config

from portal.catalogue import queries
from portal.catalogue.kind import NAME
from portal.catalogue.open import changes, known, whole
from portal.catalogue.open.cpsv import Describer
from portal.catalogue.open.rdf import Graph, jsonld, turtle
from portal.catalogue.public.page import GONE, gone_answer
from portal.catalogue.rules import READ
from portal.catalogue.vocabularies.service import KEY as WORDS
from portal.clock import today
from portal.notices.references import number_key_of
from portal.publishing.errors import Gone
from portal.publishing.views.addresses import live_at
from portal.request import Request
from portal.theming.compression import accepts_gzip

TYPES = {"ttl": "text/turtle", "jsonld": "application/ld+json", "csv": "text/csv"}
WRITERS = {"ttl": turtle, "jsonld": jsonld}
OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}
SHARED = {**OPEN, "Cross-Origin-Resource-Policy": "cross-origin"}
KEPT = "public, no-cache"
"""May be kept, and is asked for again each time: what was withdrawn must not be shown from a copy."""


@view_config(
    route_name="catalogue.data", permission=READ, request_method=("GET", "HEAD"), renderer="catalogue/gone.jinja2"
)
def one(context: Any, request: Request) -> Any:
    """One procedure, with everything that it refers to described as far as it must be."""
    form = request.matchdict["form"]
    try:
        live = live_at(request, NAME, below=f".{form}")
    except Gone as gone:
        return gone_answer(request, gone, GONE)
    procedure = queries.of_edition(request.db, live.edition)
    service, found = known.one(request.db, procedure)
    _depend(request, service)
    graph = Graph()
    Describer(graph, request.portal, found).describe(service)
    response = _response(b"".join(WRITERS[form](graph.taken())), form)
    response.headers["Link"] = f'<{request.portal.address}{live.item.path}>; rel="describedby"; type="text/html"'
    return response


@view_config(route_name="catalogue.whole", permission=READ, request_method=("GET", "HEAD"))
def all_of_them(context: Any, request: Request) -> Response:
    """The whole catalogue; 304 when the client has this state of it already."""
    form = request.matchdict["form"]
    stamp = whole.state(request.db, request.portal)
    response = Response(status=304) if stamp in request.if_none_match else _whole(request, form, stamp)
    response.etag = (stamp, False)
    response.headers["Cache-Control"] = KEPT
    response.vary = ("Accept-Encoding",)
    return response


@view_config(route_name="catalogue.feed", permission=READ, request_method=("GET", "HEAD"))
def feed(context: Any, request: Request) -> Response:
    """New and changed procedures, and those that were withdrawn (Atom)."""
    request.depends_on(f"list:{NAME}", "agencies", WORDS)
    base = request.portal.address
    body = changes.feed(
        request.db,
        address=base + request.route_path("catalogue.feed"),
        page=base + request.route_path("catalogue.front"),
        base=base + request.script_name,
        author=request.portal.name_in(request.lang),
        lang=request.lang,
        at=request.at,
    )
    return Response(body=body, content_type="application/atom+xml", charset="utf-8")


def _whole(request: Request, form: str, stamp: str) -> Response:
    path = whole.kept(request.db, request.portal, form, stamp)
    response = Response(content_type=TYPES[form], charset="utf-8")
    if accepts_gzip(request):
        response.content_encoding = "gzip"
        response.content_length = path.stat().st_size
        response.app_iter = FileIter(path.open("rb"))
    else:
        response.app_iter = whole.unpacked(path)
    if form == "csv":
        name = f"dich-vu-cong-{today(request.at).isoformat()}.csv"
        response.content_disposition = f'attachment; filename="{name}"'
    response.headers.update(SHARED)
    return response


def _response(body: bytes, form: str) -> Response:
    response = Response(body=body, content_type=TYPES[form], charset="utf-8")
    response.headers.update(SHARED)
    return response


def _depend(request: Request, service: known.Service) -> None:
    """What the data names beside the procedure itself."""
    data, uid = service.data, service.procedure.edition.item.uid
    keys = {number_key_of(row["number"]) for row in data["legal_basis"] if row["number"]}
    keys |= {f"catalogue:code:{code}" for code in data["related"]}
    request.depends_on("agencies", WORDS, f"procedure:{uid}", *keys)
