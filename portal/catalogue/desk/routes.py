"""Addresses of the editors' pages and the row each leads to."""

from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound

from portal.catalogue.kind import NAME
from portal.catalogue.local import NAME as LOCAL_NAME
from portal.publishing.models import Item, State
from portal.publishing.routes import edition_of, item_of, of_kind, working_of
from portal.publishing.rules import READ
from portal.request import Request

BASE = "/ban-lam-viec/thu-tuc"
LOCAL = f"{BASE}/dia-phuong"


def _procedure(request: Request) -> Any:
    """The item of a procedure that is public, or that the person may read. 404 for anything else."""
    item: Item = item_of(request)
    if item.kind != NAME:
        raise HTTPNotFound
    public = item.live is not None and item.live.state is State.PUBLISHED
    if not public and not request.has_permission(READ, item):
        raise HTTPNotFound
    return item


def includeme(config: Configurator) -> None:
    config.add_route("catalogue.desk", BASE)
    config.add_route("catalogue.new", f"{BASE}/moi")
    config.add_route("catalogue.desk.local", LOCAL)
    config.add_route("catalogue.local.edit", f"{LOCAL}/{{uid}}/sua", factory=of_kind(LOCAL_NAME, working_of))
    config.add_route("catalogue.local.preview", f"{LOCAL}/{{uid}}/xem-truoc/{{number}}",
                     factory=of_kind(LOCAL_NAME, edition_of))  # fmt: skip
    config.add_route("catalogue.edit", f"{BASE}/{{uid}}/sua", factory=of_kind(NAME, working_of))
    config.add_route("catalogue.preview", f"{BASE}/{{uid}}/xem-truoc/{{number}}", factory=of_kind(NAME, edition_of))
    config.add_route("catalogue.variants", f"{BASE}/{{uid}}/dia-phuong", factory=_procedure)
