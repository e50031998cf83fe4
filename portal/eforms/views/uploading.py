"""tus 1.0 (https://tus.io/protocols/resumable-upload): create, ask how far, send a piece, take back."""

from base64 import b64decode
from binascii import Error as NotBase64

from pyramid.response import Response
from pyramid.view import view_config

from portal.eforms import uploads
from portal.eforms.errors import TooMuch, UploadRefused, WrongOffset
from portal.eforms.models import PartialUpload
from portal.eforms.rules import UPLOAD
from portal.errors import BadParameter, PortalError
from portal.files import FileRefused
from portal.request import Request

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
_LONGEST_NUMBER = 15


@view_config(route_name="eforms.uploads", permission=UPLOAD, request_method="OPTIONS")
def abilities(context: object, request: Request) -> Response:
    """What this server can."""
    return _answer(204, **{"Tus-Version": VERSION, "Tus-Extension": "creation,expiration,termination"})


@view_config(route_name="eforms.uploads", permission=UPLOAD, request_method="POST")
def create(context: object, request: Request) -> Response:
    """Announce a file. `Upload-Metadata`: owner, field, filename in base64."""
    if (wrong := _wrong_version(request)) is not None:
        return wrong
    said = _metadata(request)
    total = _number(request, "Upload-Length")
    try:
        place = uploads.place_for(request, said.get("owner", ""), said.get("field", ""))
        made = uploads.begin(
            request.db, place, wanted=said["field"], name=said.get("filename", ""), total=total, at=request.at
        )
    except (FileRefused, TooMuch, UploadRefused) as refused:
        return _refused(request, refused)
    there = request.route_path("eforms.upload", key=made.key)
    return _answer(201, Location=there, **_where(made))


@view_config(route_name="eforms.upload", permission=UPLOAD, request_method="HEAD")
def how_far(context: object, request: Request) -> Response:
    """How many bytes are here, so that the sender goes on from there."""
    if (wrong := _wrong_version(request)) is not None:
        return wrong
    try:
        upload, _place = _mine(request)
    except PortalError as refused:
        return _refused(request, refused)
    return _answer(200, **{"Upload-Length": str(upload.total)}, **_where(upload))


@view_config(route_name="eforms.upload", permission=UPLOAD, request_method="PATCH")
def piece(context: object, request: Request) -> Response:
    """The next piece. A content that is not taken ends the upload: 413 or 422 with the reason."""
    if (wrong := _wrong_version(request)) is not None:
        return wrong
    if request.content_type != PIECE:
        return _answer(415)
    offset, directory = _number(request, "Upload-Offset"), request.portal.files_dir
    try:
        upload, place = _mine(request)
    except PortalError as refused:
        return _refused(request, refused)
    stream = request.body_file
    try:
        upload = uploads.receive(
            request.db, upload.key, stream, offset=offset, place=place, at=request.at, directory=directory
        )
    except WrongOffset as refused:
        return _refused(request, refused, **{"Upload-Offset": str(refused.received)})
    except (FileRefused, TooMuch) as refused:
        uploads.cancel(request.db, upload, directory=directory)
        return _refused(request, refused)
    return _answer(204, **_where(upload))


@view_config(route_name="eforms.upload", permission=UPLOAD, request_method="DELETE")
def take_back(context: object, request: Request) -> Response:
    """The sender does not want it any more."""
    if (wrong := _wrong_version(request)) is not None:
        return wrong
    try:
        upload, _place = _mine(request)
    except PortalError as refused:
        return _refused(request, refused)
    uploads.cancel(request.db, upload, directory=request.portal.files_dir)
    return _answer(204)


def _mine(request: Request) -> tuple[PartialUpload, uploads.Place]:
    """The upload of the address, if its gate still lets this sender in. `X-Upload-Owner` names the gate and token."""
    upload = uploads.find(request.db, request.matchdict["key"], at=request.at)
    place = uploads.place_for(request, request.headers.get("X-Upload-Owner", ""), upload.field)
    if place.owner != upload.owner:
        raise UploadRefused
    return upload, place


def _wrong_version(request: Request) -> Response | None:
    return None if request.headers.get("Tus-Resumable") == VERSION else _answer(412, **{"Tus-Version": VERSION})


def _where(upload: PartialUpload) -> dict[str, str]:
    expires = upload.expires_at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    return {"Upload-Offset": str(upload.received), "Upload-Expires": expires}


def _answer(status: int, **headers: str) -> Response:
    response = Response(status=status)
    response.headers["Tus-Resumable"] = VERSION
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(headers)
    if status == 204:
        response.headers.pop("Content-Type", None)
    return response


def _refused(request: Request, error: PortalError, **headers: str) -> Response:
    response = _answer(error.status, **headers)
    response.content_type, response.charset = "text/plain", "utf-8"
    response.text = request.translate(error.message)
    return response


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not text.isascii() or not text.isdigit() or len(text) > _LONGEST_NUMBER:
        raise BadParameter(header)
    return int(text)


def _metadata(request: Request) -> dict[str, str]:
    found = {"field": ""}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            found[name] = b64decode(value, validate=True).decode("utf-8")
        except (NotBase64, ValueError):
            raise BadParameter("Upload-Metadata") from None
    return {name: value[:400] for name, value in found.items()}
