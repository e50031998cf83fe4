"""CSRF tokens: one per sign-in, so a form stays good in every tab as long as its sign-in is known.

A signed-in browser's token is derived from its cookie and the instance's secret: nothing to store, and still
checkable when the sign-in has expired (`portal.accounts.keeping` relies on it). Without a sign-in (the sign-in form
itself) the token lives in the signed state cookie.
"""

import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pyramid.csrf import SessionCSRFStoragePolicy
from pyramid.interfaces import ICSRFStoragePolicy
from zope.interface import implementer

from portal.accounts import cookies

if TYPE_CHECKING:
    from portal.request import Request


@implementer(ICSRFStoragePolicy)
class SignInCsrf:
    """Pyramid's storage policy for CSRF tokens."""

    def __init__(self) -> None:
        self.anonymous = SessionCSRFStoragePolicy()

    def new_csrf_token(self, request: "Request") -> str:
        own = self._own(request)
        return own if own is not None else str(self.anonymous.new_csrf_token(request))

    def get_csrf_token(self, request: "Request") -> str:
        own = self._own(request)
        return own if own is not None else str(self.anonymous.get_csrf_token(request))

    def check_csrf_token(self, request: "Request", supplied_token: str) -> bool:
        own = self._own(request)
        if own is None:
            return bool(self.anonymous.check_csrf_token(request, supplied_token))
        return hmac.compare_digest(own.encode(), supplied_token.encode("utf-8", "backslashreplace"))

    def _own(self, request: "Request") -> str | None:
        token = cookies.token_in(request)
        if token is None or request.identity is None:
            return None
        return token_for(token, request.portal.secret)


def token_for(sign_in_token: str, secret: str) -> str:
    """The CSRF token of a sign-in."""
    return hmac.new(f"csrf {secret}".encode(), sign_in_token.encode(), hashlib.sha256).hexdigest()


def came_from_here(request: "Request") -> bool:
    """Whether the browser itself says that one of our own pages sent this request; a missing answer is a no."""
    if request.headers.get("Sec-Fetch-Site") is not None:
        return bool(request.headers["Sec-Fetch-Site"] == "same-origin")
    source = request.headers.get("Origin") or request.headers.get("Referer")
    return source is not None and urlsplit(source).netloc == request.host
