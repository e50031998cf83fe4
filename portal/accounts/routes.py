"""URLs, and what each leads to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound

from portal.accounts import queries
from portal.accounts.models import Person

if TYPE_CHECKING:
    from portal.request import Request


@dataclass(frozen=True)
class PersonPage:
    """The person that an administration page is about."""

    person: Person
    unit_ids: frozenset[int]
    """Where the person works or holds a role: see `rules.administers_everywhere`."""


def person_page(request: "Request") -> PersonPage:
    """The person named in the address; 404 when there is none."""
    try:
        uid = UUID(request.matchdict["uid"])
    except ValueError:
        raise HTTPNotFound from None
    person = queries.person_by_uid(request.db, uid)
    if person is None:
        raise HTTPNotFound
    return PersonPage(person, queries.responsible_units(request.db, person))


def add_routes(config: Configurator) -> None:
    config.add_route("accounts.sign_in", "/dang-nhap")
    config.add_route("accounts.sign_out", "/dang-xuat")
    config.add_route("accounts.choose_password", "/dat-mat-khau/{token}")
    config.add_route("accounts.own", "/tai-khoan")
    config.add_route("accounts.password", "/tai-khoan/mat-khau")
    config.add_route("accounts.sessions", "/tai-khoan/phien-lam-viec")
    config.add_route("accounts.kept", "/tai-khoan/noi-dung-da-giu")
    people = "/ban-lam-viec/nhan-su"
    config.add_route("accounts.people", people)
    config.add_route("accounts.add_person", f"{people}/them")
    one = f"{people}/{{uid}}"
    config.add_route("accounts.person", one, factory=person_page)
    config.add_route("accounts.change_person", f"{one}/sua", factory=person_page)
    config.add_route("accounts.grants", f"{one}/quyen", factory=person_page)
    config.add_route("accounts.password_link", f"{one}/dat-mat-khau", factory=person_page)
    config.add_route("accounts.activity", f"{one}/hoat-dong", factory=person_page)
    config.add_route("accounts.end_sessions", f"{one}/ket-thuc-phien", factory=person_page)
