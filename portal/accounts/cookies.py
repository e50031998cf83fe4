"""The two cookies: the opaque sign-in token, and the signed state (flash messages, the sign-in form's CSRF token)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pyramid.session import SignedCookieSessionFactory
from webob.cookies import make_cookie

if TYPE_CHECKING:
    from portal.request import Request
    from portal.settings import Settings

SIGN_IN, STATE = "portal_session", "portal_state"


def name_of(cookie: str, settings: "Settings") -> str:
    """`__Host-` on https: no other host of the same domain can then set or shadow the cookie."""
    return f"__Host-{cookie}" if settings.secure else cookie


def token_in(request: "Request") -> str | None:
    """The sign-in token that the browser sent; says nothing about whether it is worth anything."""
    token = request.cookies.get(name_of(SIGN_IN, request.portal))
    return token if token and len(token) <= 100 else None


def set_token(request: "Request", token: str) -> list[tuple[str, str]]:
    """Headers that give the browser its token until it is closed."""
    return [("Set-Cookie", _cookie(request, token, None))]


def drop_token(request: "Request") -> list[tuple[str, str]]:
    """Headers that take the token away."""
    return [("Set-Cookie", _cookie(request, "", 0))]


def _cookie(request: "Request", value: str, max_age: int | None) -> str:
    return str(
        make_cookie(
            name_of(SIGN_IN, request.portal),
            value,
            max_age=max_age,
            path="/",
            secure=request.portal.secure,
            httponly=True,
            samesite="Lax",
        )
    )


def state_factory(settings: "Settings") -> Callable[["Request"], Any]:
    """Pyramid's session: signed, readable by its holder, so nothing secret goes in. Set only when something changed."""
    factory: Callable[[Request], Any] = SignedCookieSessionFactory(
        settings.secret,
        salt="portal.state",
        cookie_name=name_of(STATE, settings),
        secure=settings.secure,
        httponly=True,
        samesite="Lax",
        timeout=None,
        reissue_time=None,
    )
    return factory
