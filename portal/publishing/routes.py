"""URLs of the workflow and the row each leads to."""

from collections.abc import Callable
from uuid import UUID

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound

from portal.publishing import queries
from portal.publishing.models import Edition, Item
from portal.request import Request

BASE = "/ban-lam-viec/muc/{uid}"


def item_of(request: Request) -> Item:
    """The item named in the address. 404 for anything else."""
    try:
        uid = UUID(request.matchdict["uid"])
    except ValueError:
        raise HTTPNotFound from None
    item = queries.item_by_uid(request.db, uid)
    if item is None:
        raise HTTPNotFound
    return item


def edition_of(request: Request) -> Edition:
    """The edition named in the address. 404 for anything else."""
    number = small_number(request.matchdict["number"])
    edition = None if number is None else queries.edition_numbered(item_of(request), number)
    if edition is None:
        raise HTTPNotFound
    return edition


def working_of(request: Request) -> Edition:
    """The edition that is being written, else the live one: what a permission to edit is asked about."""
    item = item_of(request)
    edition = item.working or item.live
    if edition is None:
        raise HTTPNotFound
    return edition


def of_kind(kind: str, factory: Callable[[Request], Edition]) -> Callable[[Request], Edition]:
    """A factory for pages that only items of this kind have. 404 for an item of another kind."""

    def edition(request: Request) -> Edition:
        found = factory(request)
        if found.item.kind != kind:
            raise HTTPNotFound
        return found

    return edition


def small_number(typed: str | None) -> int | None:
    """A number as people write one in an address or a form; None for anything else, also a very long one."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def includeme(config: Configurator) -> None:
    config.add_route("publishing.item", BASE, factory=item_of)
    config.add_route("publishing.compare", f"{BASE}/so-sanh", factory=item_of)
    config.add_route("publishing.move", f"{BASE}/dia-chi", factory=item_of)
    config.add_route("publishing.copy", f"{BASE}/sua-ban-moi", factory=item_of)
    config.add_route("publishing.autosave", f"{BASE}/ban/{{number}}/tu-luu", factory=edition_of)
    config.add_route("publishing.presence", f"{BASE}/ban/{{number}}/co-mat", factory=edition_of)
    config.add_route("publishing.action", f"{BASE}/ban/{{number}}/{{action}}", factory=edition_of)
