"""Giving out a file."""

from pyramid.httpexceptions import HTTPMovedPermanently, HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config
from webob.static import FileIter

from portal.files import rules
from portal.files.errors import BlobMissing
from portal.files.kinds import BY_MEDIA_TYPE
from portal.files.models import FileUse
from portal.files.names import disposition
from portal.files.owners import visible_use
from portal.files.storage import blob_path
from portal.request import Request

PUBLIC = "public, max-age=60, must-revalidate"
"""A minute at most: what is withdrawn must be gone, and asking again costs no more than a 304."""
PRIVATE = "private, no-store"
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"
PDF = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'"
"""Without `sandbox`, under which Safari and Firefox show an empty page instead of a PDF."""


@view_config(route_name="files.file", request_method=("GET", "HEAD"), permission=rules.READ)
def file(request: Request) -> Response:
    """The content, if one of its owners is visible to whoever asks; otherwise as if there were no such file."""
    sha256, name = request.matchdict["sha256"], request.matchdict["name"]
    use = visible_use(request, sha256, name)
    if use is None:
        raise HTTPNotFound(headers={"Cache-Control": PRIVATE})
    if use.name != name:
        return HTTPMovedPermanently(
            request.route_path("files.file", sha256=sha256, name=use.name), headers={"Cache-Control": PRIVATE}
        )
    return _answer(request, use)


def _answer(request: Request, use: FileUse) -> Response:
    path = blob_path(request.portal.files_dir, use.sha256)
    try:
        content = path.open("rb")
    except FileNotFoundError:
        raise BlobMissing() from None
    kind = BY_MEDIA_TYPE[use.media_type]
    response = Response(app_iter=FileIter(content), content_length=use.file.size, conditional_response=True)
    charset = f"; charset={use.file.charset}" if use.file.charset else ""
    response.headers["Content-Type"] = use.media_type + charset
    response.headers["Content-Disposition"] = disposition(use.name, inline=kind.inline)
    response.headers["Content-Security-Policy"] = PDF if kind.name == "pdf" else SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = PUBLIC if request.identity is None else PRIVATE
    response.headers["Accept-Ranges"] = "bytes"
    response.etag = use.sha256
    return response
