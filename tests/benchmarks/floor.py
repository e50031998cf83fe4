"""The floor of the comparison: a bare Pyramid view behind the same server."""

from typing import Any

from pyramid.config import Configurator
from pyramid.response import Response

BODY = b"<!DOCTYPE html><title>Bare</title><p>Nothing but Pyramid.</p>"


def app(global_config: dict[str, str], **settings: str) -> Any:
    """`use = call:floor:app`"""
    config = Configurator(settings=settings)
    config.add_route("bare", "/")
    config.add_view(lambda request: Response(BODY), route_name="bare")
    return config.make_wsgi_app()
