"""The files of the theme over HTTP."""

from pyramid.httpexceptions import HTTPFound, HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from portal.request import Request
from portal.theming.assets import Asset, Assets
from portal.theming.compression import accepts_gzip
from portal.theming.rules import READ_ASSET

FOR_EVER = "public, max-age=31536000, immutable"


@view_config(route_name="theming.asset", permission=READ_ASSET, request_method=("GET", "HEAD"))
def asset(request: Request) -> Response:
    """A file of the theme. An address from before an upgrade leads to the present file, so cached pages stay whole."""
    assets: Assets = request.registry["portal.assets"]
    found = assets.get(request.matchdict["name"])
    if found is None:
        raise HTTPNotFound()
    if found.hash != request.matchdict["hash"]:
        return HTTPFound(request.script_name + found.path, cache_control="no-store")
    return _answer(found, request)


def _answer(found: Asset, request: Request) -> Response:
    response = Response(found.body, content_type=found.media_type, charset="utf-8" if found.is_text else None)
    if found.is_text:
        response.vary = ("Accept-Encoding",)
        if accepts_gzip(request):
            response.body = found.gzipped
            response.content_encoding = "gzip"
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
