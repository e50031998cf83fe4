"""A document as PDF: for the public at `/van-ban/….pdf`, and on the desk with a mark that says it is not public."""

from typing import Any

from pyramid.renderers import render_to_response
from pyramid.response import Response
from pyramid.view import view_config

from portal.files import blob_path
from portal.files.names import disposition
from portal.files.views import PDF as POLICY
from portal.files.views import PRIVATE, PUBLIC
from portal.notices.kind import NAME
from portal.notices.printing import keeping, press
from portal.notices.printing.content import MARKS, content_of
from portal.notices.printing.errors import PrintingError
from portal.notices.rules import READ
from portal.notices.views.present import name_of
from portal.publishing.errors import Gone
from portal.publishing.models import Edition, State
from portal.publishing.rules import READ as READ_EDITION
from portal.publishing.views.addresses import gone_page, live_at
from portal.request import Request, _
from portal.theming.assets import Assets

SUFFIX = ".pdf"
AGAIN_AFTER = "30"
GONE = _("Văn bản đã được thu hồi")
NO_PDF = _("Chưa có bản PDF")


@view_config(route_name="notices.pdf", permission=READ, renderer="notices/gone.jinja2", request_method=("GET", "HEAD"))
def pdf(context: Any, request: Request) -> Response | dict[str, Any]:
    """The PDF of what stands at the address without `.pdf`: 301, 404 and 410 as that page itself."""
    try:
        live = live_at(request, NAME, below=SUFFIX)
    except Gone as gone:
        return gone_page(request, gone, GONE)
    request.dependencies.clear()  # the files of `keeping` are its cache, with an ETag of their own
    edition, address = live.edition, _address(request, live.edition)
    key = keeping.key_of(str(edition.uid), str(edition.version), _source(request, address))
    if key in request.if_none_match:
        return _with_headers(request, Response(status=304), key, address)
    folder = keeping.folder_of(request.portal.files_dir)
    try:
        content = keeping.kept(folder, key, lambda: _made(request, edition, address), request.at)
    except PrintingError as error:
        return _not_now(request, error)
    return _with_headers(request, _answer(edition, content), key, address)


@view_config(route_name="notices.preview_pdf", permission=READ_EDITION, request_method=("GET", "HEAD"))
def preview_pdf(edition: Edition, request: Request) -> Response:
    """The edition as it would be on paper, marked as what it is; kept nowhere."""
    try:
        response = _answer(edition, _made(request, edition, None))
    except PrintingError as error:
        return _not_now(request, error)
    response.headers["Cache-Control"] = PRIVATE
    return response


def _made(request: Request, edition: Edition, address: str | None) -> bytes:
    """`address`: where the public finds it; None for what is not public."""
    assets: Assets = request.registry["portal.assets"]
    settings = request.portal
    content, pictures = content_of(
        edition,
        address=settings.address,
        source=_source(request, address) if address else None,
        mark=None if edition.state is State.PUBLISHED else MARKS.get(edition.state, MARKS[State.DRAFT]),
    )
    fonts = keeping.fonts_in(keeping.folder_of(settings.files_dir), ((name, assets[name].body) for name in press.FONTS))
    places = {sha256: blob_path(settings.files_dir, sha256) for sha256 in pictures}
    return press.print_pdf(content, pictures=places, fonts=fonts, made_at=edition.published_at or edition.updated_at)


def _source(request: Request, address: str) -> str:
    """The line under the document: where it is from, and that it is no original."""
    said = _(
        "Bản trình bày lại từ ${name}, ${address}. Bản này không thay thế bản gốc có chữ ký.",
        mapping={"name": request.portal.name_in(request.lang), "address": address},
    )
    return request.translate(said)


def _address(request: Request, edition: Edition) -> str:
    return f"{request.portal.address}{request.script_name}{edition.item.path or ''}"


def _answer(edition: Edition, content: bytes) -> Response:
    response = Response(content, content_type="application/pdf", charset=None)
    name = f"{name_of(edition.data).replace('/', '-')}{SUFFIX}"
    response.headers["Content-Disposition"] = disposition(name, inline=True)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _with_headers(request: Request, response: Response, key: str, address: str) -> Response:
    """A minute at most, as with files: what is withdrawn must be gone, and asking again costs no more than a 304."""
    response.headers["Cache-Control"] = PUBLIC if request.identity is None else PRIVATE
    response.headers["Link"] = f'<{address}>; rel="canonical"'
    response.etag = key
    return response


def _not_now(request: Request, error: PrintingError) -> Response:
    """Told as a page, with the time after which asking again makes sense."""
    told = {
        "status": error.status,
        "title": request.translate(NO_PDF),
        "message": request.translate(error.message),
        "reference": None,
        "links": [],
    }
    response = render_to_response("error.jinja2", told, request=request)
    response.status_int = error.status
    response.headers["Cache-Control"] = "no-store"
    if error.status == 503:
        response.headers["Retry-After"] = AGAIN_AFTER
    return response
