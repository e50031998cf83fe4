"""No text is lost when a sign-in expires: the edge of `service.keep_form`.

A form view fills its form from it where it would fill it from the row:

    return {"form": form.render(None if accounts.refill(request, form) else values)}
"""

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode, urlsplit
from uuid import UUID

from pyramid.config import Configurator
from pyramid.interfaces import ISecurityPolicy
from sqlalchemy.orm import Session
from webob.multidict import MultiDict

from portal.accounts import cookies, csrf, destinations, queries, service
from portal.accounts.models import KeptForm, SignIn
from portal.forms import Form, Invalid
from portal.request import _

if TYPE_CHECKING:
    from portal.request import Request

PARAMETER = "giu"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_NEVER = "portal.never_kept"


def never_keep(config: Configurator, must_not: Callable[[list[tuple[str, str]]], bool]) -> None:
    """Configurator directive: `must_not(fields)` says of what was typed whether it must not be stored anywhere."""
    config.registry.setdefault(_NEVER, []).append(must_not)


def kept(request: "Request") -> MultiDict[str, str] | None:
    """What this person had typed into the form of this page before the sign-in expired; None when nothing.

    In the order of the browser, without passwords, files and the CSRF token, so it can be handed to
    `Form.validate` and `peppercorn` as `request.POST.items()` can. A notice tells the person; it is theirs to
    check and save again. The text stays kept until a save of this page succeeds, at most seven days.
    """
    form = _named(request, request.GET.get(PARAMETER))
    if form is None or unquote(urlsplit(form.page).path) != unquote(request.path):
        return None
    request.session.flash(
        request.translate(
            _("Nội dung bạn đã nhập trước khi phiên làm việc hết hạn được điền lại bên dưới. Hãy kiểm tra rồi lưu.")
        )
    )
    return MultiDict([(str(name), str(value)) for name, value in form.fields])


def refill(request: "Request", form: Form) -> bool:
    """Fill `form` with what `kept` gives back; False when nothing was kept for this page.

    What could not be accepted stands there with its error, as if it had just been sent.
    """
    typed = kept(request)
    if typed is None:
        return False
    with suppress(Invalid):
        form.validate(typed.items())
    return True


def back_to(form: KeptForm) -> str:
    """The address of the form's page that fills the text in again."""
    parts = urlsplit(form.page)
    query = "&".join(part for part in parts.query.split("&") if part and not part.startswith(f"{PARAMETER}="))
    extra = urlencode({PARAMETER: str(form.uid)})
    return f"{parts.path}?{query + '&' if query else ''}{extra}"


def keep_expired(request: "Request") -> KeptForm | None:
    """Keep what was posted with a sign-in that has expired by age; None when there is nothing to keep for anybody.

    Only for a request of our own pages; it needs no live sign-in, so another site could send it otherwise.
    """
    sign_in = known_sign_in(request)
    if sign_in is None or sign_in.revoked_at is not None or not sign_in.person.active:
        return None
    if not (csrf.came_from_here(request) or _has_token_of(request)):
        return None
    return keep_for(request, sign_in.person_id)


def known_sign_in(request: "Request") -> SignIn | None:
    """The sign-in that the browser's cookie belongs to, live or not."""
    sign_in: SignIn | None = request.registry.getUtility(ISecurityPolicy).known_sign_in(request)
    return sign_in


def keep_for(request: "Request", person_id: int) -> KeptForm | None:
    """Keep what was posted for this person, in a transaction of its own: the request itself is refused."""
    page, fields = page_of(request), posted(request)
    if any(must_not(fields) for must_not in request.registry.get(_NEVER, ())):
        return None
    with apart(request) as db:
        return service.keep_form(
            db,
            person_id,
            page=page,
            fields=fields,
            at=request.at,
            largest=request.portal.max_text,
            replace=wants_json(request),
        )


def page_of(request: "Request") -> str:
    """The local address of the page that holds the form: where the browser says it was, else where it posted to."""
    there = destinations.page_of(request.referrer, request.host)
    return there or destinations.local(request.path_qs) or "/"


def posted(request: "Request") -> list[tuple[str, str]]:
    """The text fields of a form or of a JSON object, in their order; files are not text."""
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return [(name, value) for name, value in request.POST.items() if isinstance(value, str)]
    if request.content_type != "application/json":
        return []
    try:
        body: Any = request.json_body
    except ValueError:
        return []
    if not isinstance(body, dict):
        return []
    return [(str(name), value) for name, value in body.items() if isinstance(value, str)]


def wants_json(request: "Request") -> bool:
    """Whether a script asks (autosave, fetch), which cannot follow a redirect to a page for people."""
    if request.headers.get("Sec-Fetch-Dest") == "empty" or request.is_xhr:
        return True
    offers = request.accept.acceptable_offers(["text/html", "application/problem+json", "application/json"])
    return bool(offers) and offers[0][0] != "text/html"


@contextmanager
def apart(request: "Request") -> Iterator[Session]:
    """A transaction beside the request's, which gives up its own first: SQLite has one writer."""
    given = request.environ.get("portal.db")
    if given is not None:
        yield given
        return
    if request.environ.get("tm.active"):
        request.tm.abort()
        request.tm.begin()
    with request.registry["portal.sessions"].begin() as db:
        yield db


def forget_when_saved(event: Any) -> None:
    """Subscriber: a form that was filled from kept text and is saved (answered by a redirect) needs it no more."""
    request, response = event.request, event.response
    if request.method in SAFE_METHODS or response.status_code not in (302, 303):
        return
    there = destinations.page_of(request.referrer, request.host) or ""
    uid = request.GET.get(PARAMETER) or dict(_pairs(urlsplit(there).query)).get(PARAMETER)
    if uid is None or request.exception is not None:
        return
    with apart(request) as db:
        form = _named(request, uid, db)
        if form is not None and unquote(urlsplit(form.page).path) in (
            unquote(urlsplit(there).path),
            unquote(request.path),
        ):
            service.drop_form(db, form)


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    for part in query.split("&"):
        name, _sign, value = part.partition("=")
        yield name, unquote(value)


def _named(request: "Request", uid: str | None, db: Session | None = None) -> KeptForm | None:
    if uid is None or request.identity is None:
        return None
    try:
        wanted = UUID(uid)
    except ValueError:
        return None
    return queries.kept_form(db or request.db, request.identity.person, wanted, at=request.at)


def _has_token_of(request: "Request") -> bool:
    token = cookies.token_in(request)
    sent = request.headers.get("X-CSRF-Token") or request.POST.get("csrf_token")
    if not token or not isinstance(sent, str):
        return False
    return hmac.compare_digest(sent.encode(), csrf.token_for(token, request.portal.secret).encode())
