"""Addresses of the desk's page about letters."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound

from portal.agencies import queries as agencies
from portal.mail import queries
from portal.mail.models import Mail

if TYPE_CHECKING:
    from portal.request import Request

DESK = "/ban-lam-viec/thu"


@dataclass(frozen=True)
class MailDesk:
    """The mail as a whole. `keeper_id`: the agency that this instance belongs to, None when not registered."""

    keeper_id: int | None


@dataclass(frozen=True)
class OneMail(MailDesk):
    """The letter that a page is about."""

    mail: Mail


def desk(request: "Request") -> MailDesk:
    """The mail, with who keeps the portal."""
    keeper = agencies.by_code(request.db, request.portal.agency_code)
    return MailDesk(keeper.id if keeper else None)


def one(request: "Request") -> OneMail:
    """The letter of the identity in the address; 404 when there is none."""
    try:
        mail = queries.by_uid(request.db, UUID(request.matchdict["mail"]))
    except ValueError:
        mail = None
    if mail is None:
        raise HTTPNotFound
    return OneMail(desk(request).keeper_id, mail)


def add_routes(config: Configurator) -> None:
    config.add_route("mail.desk", DESK, factory=desk)
    config.add_route("mail.retry", f"{DESK}/{{mail}}/gui-lai", factory=one)
