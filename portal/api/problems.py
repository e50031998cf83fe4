"""Refusals as problem documents (RFC 9457)."""

from typing import Any

import orjson
from pyramid.response import Response

from portal.errors import BadParameter
from portal.request import Request, _
from portal.search.parameters import BadSearch

TYPE = "application/problem+json"
BAD_PARAMETERS = _("Tham số không hợp lệ")
NO_SUCH_METHOD = _("Phương thức không được hỗ trợ")


def problem(request: Request, status: int, title: str, detail: str, **more: Any) -> Response:
    """A problem document in the language of the address."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    response = Response(body=orjson.dumps(body), status=status, content_type=TYPE)
    response.headers["Content-Language"] = request.lang
    response.cache_control = "no-store"
    return response


def bad_parameters(request: Request, error: BadParameter) -> Response:
    """Every parameter that was refused, with the reason and, where they can be listed, the values it may have."""
    if isinstance(error, BadSearch):
        errors = [
            {"parameter": one.parameter, "detail": request.translate(one.detail), "allowed": list(one.allowed) or None}
            for one in error.problems
        ]
    else:
        errors = [{"parameter": error.name, "detail": request.translate(error.message), "allowed": None}]
    detail = " ".join(str(one["detail"]) for one in errors)
    return problem(request, error.status, request.translate(BAD_PARAMETERS), detail, errors=errors)
