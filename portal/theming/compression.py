"""Text answers are sent compressed to whoever accepts it."""

import gzip
import io
import secrets
from collections.abc import Callable
from typing import Any

from pyramid.request import Request
from pyramid.response import Response

LEAST = 1024
"""Bytes below which compressing costs more than it saves."""

_TEXT = ("text/", "application/json", "application/xml", "application/javascript")
_TEXT_ENDINGS = ("+xml", "+json")


def compression_tween(handler: Callable[[Request], Response], registry: Any) -> Callable[[Request], Response]:
    """Pyramid tween: gzip for text of more than `LEAST` bytes that is not encoded already and not streamed."""

    def compressed(request: Request) -> Response:
        response = handler(request)
        if _is_text(response) and not response.content_encoding:
            response.vary = tuple({*(response.vary or ()), "Accept-Encoding"})
            if _worth_it(response) and accepts_gzip(request):
                _encode(response)
        return response

    return compressed


def accepts_gzip(request: Request) -> bool:
    """Whether the client asked for it; one that says nothing (curl, many scripts) gets plain text."""
    return bool("Accept-Encoding" in request.headers and request.accept_encoding.acceptable_offers(["gzip"]))


def _is_text(response: Response) -> bool:
    media_type = response.content_type or ""
    return media_type.startswith(_TEXT) or media_type.endswith(_TEXT_ENDINGS)


def _worth_it(response: Response) -> bool:
    return isinstance(response.app_iter, list | tuple) and len(response.body) > LEAST


def _encode(response: Response) -> None:
    # A file name of random length in the header hides the true length from an eavesdropper who lets a victim's page
    # echo guesses of a secret (BREACH).
    packed = io.BytesIO()
    name = secrets.token_urlsafe(64)[: secrets.randbelow(64)]
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=6, fileobj=packed, mtime=0) as stream:
        stream.write(response.body)
    response.body = packed.getvalue()
    response.content_encoding = "gzip"
    if response.etag_strong:
        response.etag = (response.etag, False)
