"""What a refused request gets: the sign-in page, a page that names the missing role, or a problem document."""

from typing import Any

from pyramid.exceptions import BadCSRFOrigin, BadCSRFToken
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import exception_view_config, forbidden_view_config
from translationstring import TranslationString

from portal.accounts import csrf, destinations, keeping
from portal.accounts.labels import ROLE_LABELS
from portal.request import Request, _

EXPIRED, NOT_KEPT = "het-han", "khong-giu-duoc"


@forbidden_view_config(renderer="accounts/forbidden.jinja2")
def forbidden(request: Request) -> Any:
    """Not signed in: to the sign-in page, with the text typed so far kept. Signed in: say which role is missing."""
    if request.identity is None:
        return _ask_to_sign_in(request)
    refused = getattr(request.exception, "result", None)
    roles = [request.translate(ROLE_LABELS[role]) for role in getattr(refused, "roles", ())]
    if keeping.wants_json(request):
        detail = (
            _("Bạn cần vai trò: ${roles}.", mapping={"roles": ", ".join(roles)})
            if roles
            else _("Tài khoản của bạn không được phép làm việc này.")
        )
        return problem(request, 403, _("Không có quyền"), detail)
    request.response.status = 403
    request.response.cache_control = "no-store"
    return {"roles": roles, "person": request.identity.person}


def _ask_to_sign_in(request: Request) -> Response:
    unsafe = request.method not in keeping.SAFE_METHODS
    known = keeping.known_sign_in(request)
    form = keeping.keep_expired(request) if unsafe else None
    query = {"den": keeping.page_of(request) if unsafe else destinations.local(request.path_qs) or "/"}
    if form is not None:
        query[keeping.PARAMETER] = str(form.uid)
    elif known is not None and known.revoked_at is None:
        query["ly-do"] = NOT_KEPT if unsafe else EXPIRED
    address = request.route_path("accounts.sign_in", _query=query)
    if keeping.wants_json(request):
        return problem(
            request,
            401,
            _("Cần đăng nhập"),
            _("Phiên làm việc đã hết hạn. Hãy đăng nhập lại ở một thẻ khác rồi lưu tiếp; đừng đóng trang này."),
            sign_in=address,
            kept=form is not None,
        )
    response = HTTPSeeOther(address)
    response.cache_control = "no-store"
    return response


@exception_view_config(BadCSRFToken, renderer="accounts/stale_page.jinja2")
@exception_view_config(BadCSRFOrigin, renderer="accounts/stale_page.jinja2")
def stale_page(request: Request) -> Any:
    """The page was opened under an older sign-in, or another site sent the request.

    Nothing is done. What a signed-in person typed on a page of ours comes back in a fresh form, to be checked and
    saved by them; a request from elsewhere leaves no trace.
    """
    ours = csrf.came_from_here(request) and isinstance(request.exception, BadCSRFToken)
    form = keeping.keep_for(request, request.identity.person.id) if ours and request.identity else None
    if keeping.wants_json(request):
        return problem(
            request,
            400,
            _("Trang đã cũ"),
            _("Trang này mở từ phiên làm việc trước. Hãy tải lại trang rồi lưu tiếp."),
            kept=form is not None,
        )
    if form is not None:
        return HTTPSeeOther(keeping.back_to(form))
    request.response.status = 400
    request.response.cache_control = "no-store"
    return {"page": keeping.page_of(request) if ours else None}


def problem(
    request: Request, status: int, title: TranslationString, detail: TranslationString, **more: Any
) -> Response:
    """A problem document (RFC 9457) in the language of the page."""
    body = {
        "type": "about:blank",
        "title": request.translate(title),
        "status": status,
        "detail": request.translate(detail),
        **more,
    }
    response = Response(json_body=body, status=status, content_type="application/problem+json", charset="utf-8")
    response.cache_control = "no-store"
    return response
