"""Errors as pages that help, in the person's language; as problem documents (RFC 9457) for machines."""

import logging
import secrets
from typing import Any

from pyramid.exceptions import PredicateMismatch
from pyramid.httpexceptions import HTTPClientError, HTTPException, HTTPNotFound, HTTPRedirection
from pyramid.view import exception_view_config, notfound_view_config
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from translationstring import TranslationString

from portal.accounts.views.refused import problem
from portal.errors import PortalError
from portal.publishing.errors import Incomplete, StaleVersion
from portal.request import Request, _

log = logging.getLogger(__name__)

TITLES = {
    400: _("Yêu cầu không hợp lệ"),
    403: _("Bạn không được phép làm việc này"),
    404: _("Không tìm thấy trang"),
    405: _("Thao tác không được hỗ trợ"),
    409: _("Nội dung đã thay đổi"),
    410: _("Nội dung này không còn nữa"),
    413: _("Nội dung gửi lên quá lớn"),
    422: _("Thông tin gửi lên chưa hợp lệ"),
    500: _("Có lỗi ở phía cổng"),
    503: _("Cổng đang bận"),
}
MISSING = _("Địa chỉ có thể đã gõ sai. Hãy kiểm tra lại, hoặc tìm văn bản theo số, ký hiệu ở ô tìm kiếm.")
BROKEN = _("Lỗi đã được ghi lại. Hãy thử lại sau ít phút; nếu vẫn gặp, hãy gửi cho chúng tôi mã tra cứu bên dưới.")
BUSY = _("Cổng chưa phục vụ được yêu cầu này. Hãy thử lại sau ít phút; những gì đã lưu không bị mất.")
METHOD = _("Trang này không nhận cách gửi vừa rồi. Hãy quay lại và dùng nút trên trang.")


@notfound_view_config(renderer="error.jinja2", append_slash=False)
def not_found(request: Request) -> Any:
    """An address that was never public here."""
    return _told(request, 404, MISSING)


@exception_view_config(PredicateMismatch, renderer="error.jinja2")
def wrong_method(request: Request) -> Any:
    """A known address asked in a way it does not answer."""
    return _told(request, 405, METHOD)


@exception_view_config(PortalError, renderer="error.jinja2")
def refused(request: Request) -> Any:
    """A situation that the person can understand and act on."""
    error = request.exception
    more = [request.translate(problem_) for problem_ in error.problems] if isinstance(error, Incomplete) else []
    return _told(request, error.status, error.message, more=more)


@exception_view_config(StaleDataError, renderer="error.jinja2")
def stale(request: Request) -> Any:
    """Two saves met in the database; the second one learns it here."""
    return _told(request, 409, StaleVersion.message)


@exception_view_config(HTTPException, renderer="error.jinja2")
def http_error(request: Request) -> Any:
    """Whatever the framework refuses."""
    error = request.exception
    if isinstance(error, HTTPRedirection) or error.status_int < 400:
        return error
    if isinstance(error, HTTPNotFound):
        return _told(request, 404, MISSING)
    return _told(request, error.status_int, PortalError.message if isinstance(error, HTTPClientError) else BROKEN)


@exception_view_config(OperationalError, renderer="error.jinja2")
def database_away(request: Request) -> Any:
    """The database does not answer, or is locked for longer than we wait."""
    log.exception("database error at %s", request.path_for_logs)
    return _told(request, 503, BUSY)


@exception_view_config(Exception, renderer="error.jinja2")
def crashed(request: Request) -> Any:
    """A defect of ours: logged with a reference that the person can quote."""
    reference = secrets.token_hex(4)
    log.error("error %s at %s", reference, request.path_for_logs, exc_info=request.exc_info)
    return _told(request, 500, BROKEN, reference=reference)


def _told(
    request: Request, status: int, message: TranslationString, *, reference: str | None = None, more: Any = ()
) -> Any:
    title = TITLES.get(status, TITLES[400] if status < 500 else TITLES[500])
    if _wants_json(request):
        return problem(request, status, title, message, **({"reference": reference} if reference else {}))
    request.response.status_int = status
    request.response.cache_control = "no-store"
    text = " ".join([request.translate(message), *more])
    return {"status": status, "title": request.translate(title), "message": text, "reference": reference, "links": []}


def _wants_json(request: Request) -> bool:
    if request.path_info.startswith("/api/"):
        return True
    offers = request.accept.acceptable_offers(["text/html", "application/json", "application/problem+json"])
    return bool(offers) and offers[0][0] != "text/html"
