"""The Atom feed of every list."""

from typing import Any

from pyramid.response import Response
from pyramid.view import view_config

from portal.notices import queries
from portal.notices.atom import feed
from portal.notices.rules import READ
from portal.notices.views.filters import wanted
from portal.notices.views.public import heading
from portal.request import Request

ENTRIES = 50


def _view(name: str) -> Any:
    return view_config(route_name=f"notices.feed.{name}", permission=READ, attr=name)


class Feeds:
    """One method a list; each answers the newest publications and what was withdrawn of them."""

    def __init__(self, context: Any, request: Request) -> None:
        self.request = request

    @_view("all")
    def all(self) -> Response:
        return self._feed("all")

    @_view("type")
    def type(self) -> Response:
        return self._feed("type")

    @_view("issuer")
    def issuer(self) -> Response:
        return self._feed("issuer")

    @_view("field")
    def field(self) -> Response:
        return self._feed("field")

    @_view("year")
    def year(self) -> Response:
        return self._feed("year")

    def _feed(self, fixed: str) -> Response:
        request = self.request
        request.depends_on("list:notice", "agencies")
        ask = wanted(request, fixed)
        base = request.portal.address
        body = feed(
            address=base + request.route_path(f"notices.feed.{fixed}", **ask.values),
            page=base + request.route_path(f"notices.list.{fixed}", **ask.values),
            base=base + request.script_name,
            title=heading(request, ask),
            author=request.portal.name_in(request.lang),
            lang=request.lang,
            notices=queries.latest_published(request.db, ask.filter, ENTRIES),
            withdrawn=queries.latest_withdrawn(request.db, ask.filter, ENTRIES),
            at=request.at,
        )
        return Response(body=body, content_type="application/atom+xml", charset="utf-8")
