"""`GET /api/v1/search` and the description of the interface."""

import time
from typing import Any

import orjson
from pyramid.response import Response
from pyramid.view import view_config

from portal.api import description
from portal.api.answers import answer_of
from portal.api.problems import NO_SUCH_METHOD, bad_parameters, problem
from portal.api.validators import Answers
from portal.errors import BadParameter
from portal.request import Request, _
from portal.search import parameters
from portal.search.finding import find
from portal.search.rules import READ
from portal.search.still_public import still_public

METHODS = "GET, HEAD, OPTIONS"
KEPT = "public, no-cache"
"""May be kept, and is asked for again each time: what was withdrawn must not be shown from a copy."""
ANSWERS = Answers()


@view_config(route_name="api.search", request_method="GET", permission=READ)
def search(context: Any, request: Request) -> Response:
    """The answer to a question; a ready one when nothing has changed since it was asked, 304 when the client has it."""
    start = time.perf_counter()
    try:
        wanted = parameters.read(request.GET.items(), request.db)
    except BadParameter as error:
        return bad_parameters(request, error)
    live = request.registry.get("portal.search")
    searcher = live.searcher() if live is not None else None
    basis = None
    if live is not None and searcher is not None and live.behind() is None:
        basis = ANSWERS.basis(request, searcher, live.speller())
    kept = ANSWERS.known(basis) if basis else None
    if kept is None:
        results = find(live, request.db, wanted, at=request.at, language=request.lang)
        answer = answer_of(request, still_public(live, request.db, results))
        if basis is None or not results.from_index:
            return _json(answer, "no-store")
        kept = ANSWERS.keep(basis, answer)
    if kept.tag in request.if_none_match:
        return _unchanged(kept.tag)
    body = kept.body(round((time.perf_counter() - start) * 1000, 2))
    response = Response(body=body, content_type="application/json")
    response.headers["Cache-Control"] = KEPT
    response.etag = (kept.tag, False)
    return response


@view_config(route_name="api.openapi", request_method="GET", permission=READ)
def openapi(context: Any, request: Request) -> Response:
    """The OpenAPI 3.1 description of this interface."""
    response = _json(description.openapi(request), KEPT)
    response.conditional_response = True
    response.md5_etag()
    return response


@view_config(route_name="api.search", request_method="OPTIONS", permission=READ)
@view_config(route_name="api.openapi", request_method="OPTIONS", permission=READ)
def options(context: Any, request: Request) -> Response:
    """What may be asked, also for the browsers that ask before they ask (CORS)."""
    headers = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "Accept, If-None-Match",
        "Access-Control-Max-Age": "86400",
        "Cache-Control": "no-store",
    }
    return Response(status=204, headers=headers)


@view_config(route_name="api.search", permission=READ, require_csrf=False)
@view_config(route_name="api.openapi", permission=READ, require_csrf=False)
def other_method(context: Any, request: Request) -> Response:
    """Nothing can be changed here."""
    detail = request.translate(_("Địa chỉ này chỉ để đọc, bằng GET hoặc HEAD."))
    response = problem(request, 405, request.translate(NO_SUCH_METHOD), detail)
    response.headers["Allow"] = METHODS
    return response


def _json(answer: dict[str, Any], kept: str) -> Response:
    response = Response(body=orjson.dumps(answer), content_type="application/json")
    response.headers["Cache-Control"] = kept
    return response


def _unchanged(tag: str) -> Response:
    response = Response(status=304)
    response.etag = (tag, False)
    response.headers["Cache-Control"] = KEPT
    return response
