"""Addresses of the editors' pages and the row each leads to."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound

from portal.notices.intake import queries
from portal.notices.kind import NAME
from portal.publishing.routes import edition_of, of_kind, working_of
from portal.request import Request

BASE = "/ban-lam-viec/van-ban"


def _found(ask: Callable[[Any, UUID], Any | None]) -> Callable[[Request], Any]:
    """A factory for the row that the address names. 404 for anything else."""

    def factory(request: Request) -> Any:
        try:
            uid = UUID(request.matchdict["uid"])
        except ValueError:
            raise HTTPNotFound from None
        row = ask(request.db, uid)
        if row is None:
            raise HTTPNotFound
        return row

    return factory


def includeme(config: Configurator) -> None:
    config.add_route("notices.desk", BASE)
    config.add_route("notices.new", f"{BASE}/moi")
    config.add_route("notices.batches", f"{BASE}/lo")
    config.add_route("notices.batch", f"{BASE}/lo/{{uid}}", factory=_found(queries.batch))
    config.add_route("notices.batch_action", f"{BASE}/lo/{{uid}}/{{action}}", factory=_found(queries.batch))
    config.add_route("notices.encoding", f"{BASE}/tep/{{uid}}", factory=_found(queries.file))
    config.add_route("notices.edit", f"{BASE}/{{uid}}/sua", factory=of_kind(NAME, working_of))
    config.add_route("notices.preview", f"{BASE}/{{uid}}/xem-truoc/{{number}}", factory=of_kind(NAME, edition_of))
