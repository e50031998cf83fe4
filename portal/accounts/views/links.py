"""The page that shows a link for choosing a password, once, to the administrator who hands it over."""

from typing import Any

from pyramid.renderers import render_to_response
from pyramid.response import Response

from portal.accounts.models import Person
from portal.accounts.service.credentials import LINK_LIFE
from portal.request import Request


def link_page(request: Request, person: Person, token: str) -> Response:
    """Answered directly, never by a redirect: the token must not rest in a cookie or a log."""
    values: dict[str, Any] = {
        "person": person,
        "link": request.route_url("accounts.choose_password", token=token),
        "expires_at": request.at + LINK_LIFE,
    }
    response: Response = render_to_response("accounts/password_link.jinja2", values, request=request)
    response.cache_control = "no-store"
    return response
