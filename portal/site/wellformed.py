"""Requests that no page of ours and no browser would send are refused at the door, with a page that says so.

Everything behind may rely on it: address, query and form are UTF-8, addresses are short, hold no control character
and no backslash, never begin with two slashes (a link to them would lead to another host), and a form has files only
where a file may be.
"""

import re
from collections.abc import Callable
from itertools import accumulate
from typing import Any
from urllib.parse import unquote_to_bytes

from pyramid.config import Configurator
from pyramid.tweens import EXCVIEW
from webob.cookies import parse_cookie

from portal.errors import PortalError
from portal.request import Request, _

Handler = Callable[[Request], Any]

LONGEST_PATH, LONGEST_QUERY = 2_000, 4_000
"""Bytes, percent-encoding undone in the path and not undone in the query."""
MOST_FIELDS, DEEPEST = 20_000, 20
"""Controls of one form, and how deep they nest (peppercorn's `__start__` and `__end__`)."""
SLACK = 1_000_000
"""Bytes of a form beside its file and its long text."""
FILE_CONTROL = "upload"
"""Name of the control that carries files in every form (`portal.forms.widgets.Upload`)."""
NOT_CACHED = "HTTP_RANGE"
"""The page cache answers no request for a part of a page."""
_REFUSED = "portal.refused"
_NEVER_IN_A_PATH = re.compile(r"[\x00-\x1f\x7f\\]|^//")
_OF_MACHINES = re.compile(r"(?:/[a-z]{2})?/api/")
"""Addresses that answer with problem documents: a refused one stays among them."""


class Malformed(PortalError):
    """A request that cannot be read."""

    status = 400
    message = _("Yêu cầu gửi đến không đọc được. Hãy quay lại trang trước, kiểm tra địa chỉ hoặc nội dung rồi gửi lại.")


class AddressTooLong(Malformed):
    """An address longer than any of ours."""

    status = 414
    message = _("Địa chỉ dài quá mức cho phép. Hãy rút ngắn nội dung tìm kiếm rồi thử lại.")


class TooLarge(Malformed):
    """More than the instance's limits for files and texts."""

    status = 413
    message = _(
        "Nội dung gửi lên quá lớn nên chưa được lưu. Hãy quay lại, chia nhỏ nội dung hoặc đính kèm tệp rồi gửi lại."
    )


def door_tween(handler: Handler, registry: Any) -> Handler:
    """Look at the address before the page cache and the routes do; what is refused goes on under a harmless one."""

    def tween(request: Request) -> Any:
        refused = _of_address(request.environ)
        if refused is not None:
            machines = _OF_MACHINES.match(request.environ.get("PATH_INFO", ""))
            harmless = machines[0] if machines else "/"
            request.environ.update({_REFUSED: refused, "PATH_INFO": harmless, "QUERY_STRING": "", NOT_CACHED: "none"})
        if "HTTP_COOKIE" in request.environ:
            request.environ["HTTP_COOKIE"] = _readable_cookies(request.environ["HTTP_COOKIE"])
        return handler(request)

    return tween


def form_tween(handler: Handler, registry: Any) -> Handler:
    """Below the exception views: refuse what the door found, and forms that cannot be read."""

    def tween(request: Request) -> Any:
        refused: type[Malformed] | None = request.environ.get(_REFUSED)
        if refused is not None:
            raise refused
        _require_readable_form(request)
        return handler(request)

    return tween


def _of_address(environ: dict[str, Any]) -> type[Malformed] | None:
    raw, query = environ.get("PATH_INFO", "").encode("latin-1"), environ.get("QUERY_STRING", "")
    if len(raw) > LONGEST_PATH or len(query) > LONGEST_QUERY:
        return AddressTooLong
    try:
        path, parameters = raw.decode(), unquote_to_bytes(query).decode()
    except UnicodeError:
        return Malformed
    return Malformed if _NEVER_IN_A_PATH.search(path) or "\0" in parameters else None


def _readable_cookies(header: str) -> str:
    """Without the cookies that are not UTF-8: another program of the same domain may have set them."""
    return ";".join(pair for pair in header.split(";") if _is_readable(pair))


def _is_readable(pair: str) -> bool:
    try:
        for name, value in parse_cookie(pair):
            name.decode(), value.decode()
    except UnicodeError:
        return False
    return True


def _require_readable_form(request: Request) -> None:
    if request.method in ("GET", "HEAD", "OPTIONS", "TRACE"):
        return
    settings = request.portal
    if (request.content_length or 0) > settings.max_upload + settings.max_text + SLACK:
        raise TooLarge
    try:
        readable = request.charset.lower() in ("utf-8", "utf8")
        fields = list(request.POST.items()) if readable else []
    except (ValueError, LookupError):  # a broken multipart body, text that is not in its charset
        readable, fields = False, []
    if not readable or not all(_may_be_sent(name, value) for name, value in fields):
        raise Malformed
    if sum(len(value) for _name, value in fields if isinstance(value, str)) > settings.max_text + SLACK:
        raise TooLarge
    if len(fields) > MOST_FIELDS or _depth(fields) > DEEPEST:
        raise Malformed


def _may_be_sent(name: str | None, value: Any) -> bool:
    if name is None or "\0" in name:
        return False
    return "\0" not in value if isinstance(value, str) else name == FILE_CONTROL


def _depth(fields: list[tuple[str, Any]]) -> int:
    steps = ({"__start__": 1, "__end__": -1}.get(name, 0) for name, _value in fields)
    return max(accumulate(steps), default=0)


def includeme(config: Configurator) -> None:
    config.add_tween("portal.site.wellformed.door_tween", over="portal.publishing.cache.page_cache_tween")
    config.add_tween("portal.site.wellformed.form_tween", under=EXCVIEW)
