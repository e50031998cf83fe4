"""URLs, and what each leads to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther

from portal.agencies import queries
from portal.agencies.models import Agency

if TYPE_CHECKING:
    from portal.request import Request


@dataclass(frozen=True)
class RegisterPage:
    """The register as a whole. `keeper_id` is the agency that this instance belongs to, None when not registered."""

    keeper_id: int | None


@dataclass(frozen=True)
class UnitPage(RegisterPage):
    """The unit that a page of the desk is about."""

    agency: Agency
    unit_id: int
    parent_id: int | None


@dataclass(frozen=True)
class PublicPage:
    """The unit that a public page is about."""

    agency: Agency


def register_page(request: "Request") -> RegisterPage:
    """The register, with who keeps it."""
    return RegisterPage(_keeper(request))


def unit_page(request: "Request") -> UnitPage:
    """The unit of the identity in the address; 404 when there is none."""
    try:
        agency = queries.by_uid(request.db, UUID(request.matchdict["uid"]))
    except ValueError:
        agency = None
    if agency is None:
        raise HTTPNotFound
    return UnitPage(_keeper(request), agency, agency.id, agency.parent_id)


def public_page(request: "Request") -> PublicPage:
    """The unit of the key in the address. A code in either form leads on to the unit that bears it; else 404."""
    key = request.matchdict["key"]
    agency = queries.by_key(request.db, key)
    if agency is None:
        bearer = queries.by_code(request.db, key)
        if bearer is None:
            raise HTTPNotFound
        raise HTTPSeeOther(request.route_path("agencies.one", key=bearer.key))
    return PublicPage(agency)


def add_routes(config: Configurator) -> None:
    config.add_route("agencies.list", "/co-quan")
    config.add_route("agencies.one", "/co-quan/{key}", factory=public_page)
    desk = "/ban-lam-viec/co-quan"
    config.add_route("agencies.desk", desk, factory=register_page)
    config.add_route("agencies.add", f"{desk}/them", factory=register_page)
    config.add_route("agencies.merge", f"{desk}/sap-xep", factory=register_page)
    config.add_route("agencies.edit", f"{desk}/{{uid}}", factory=unit_page)


def _keeper(request: "Request") -> int | None:
    keeper = queries.by_code(request.db, request.portal.agency_code)
    return keeper.id if keeper else None
