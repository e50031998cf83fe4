"""Addresses around dossiers, and what each is about.

A page of a dossier (`/ho-so/{code}…`) is for a browser that has proven code and secret; `Followed.dossier` is None for
every other, whether or not there is such a code: the views answer both the same way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound

from portal.dossiers import queries
from portal.dossiers.following import access, requests, seals
from portal.dossiers.following.models import DataRequest, Seal
from portal.dossiers.models import Dossier

if TYPE_CHECKING:
    from portal.request import Request

PAGE = "/ho-so/{code}"
DESK = "/ban-lam-viec/ho-so"


@dataclass(frozen=True)
class Followed:
    """The code that was asked for, and its dossier where this browser has proven the pair."""

    code: str
    dossier: Dossier | None


@dataclass(frozen=True)
class OfDossier:
    """Something about a dossier, for officers: the rules of its three organisations hold."""

    dossier: Dossier
    request: DataRequest | None = None
    seal: Seal | None = None

    @property
    def reception_id(self) -> int:
        return self.dossier.reception_id

    @property
    def deciding_id(self) -> int:
        return self.dossier.deciding_id

    @property
    def handler_id(self) -> int | None:
        return self.dossier.handler_id


def followed(request: "Request") -> Followed:
    """Never a 404: that would tell which codes there are."""
    code = request.matchdict["code"]
    return Followed(code, access.proven(request, code))


def one_request(request: "Request") -> OfDossier:
    """The request of the identity in the address; 404 when there is none."""
    found = requests.by_uid(request.db, _uid(request))
    if found is None:
        raise HTTPNotFound
    return OfDossier(found.dossier, request=found)


def one_dossier(request: "Request") -> OfDossier:
    """The dossier of the identity in the address; 404 when there is none."""
    found = queries.by_uid(request.db, _uid(request))
    if found is None:
        raise HTTPNotFound
    return OfDossier(found)


def one_seal(request: "Request") -> OfDossier:
    """The seal of a dossier by its number; 404 when it has no such seal."""
    of = one_dossier(request)
    number = request.matchdict["number"]
    found = next((seal for seal in seals.of_dossier(request.db, of.dossier) if str(seal.id) == number), None)
    if found is None:
        raise HTTPNotFound
    return OfDossier(of.dossier, seal=found)


def _uid(request: "Request") -> UUID:
    try:
        return UUID(request.matchdict["uid"])
    except ValueError:
        raise HTTPNotFound from None


def add_routes(config: Configurator) -> None:
    routes: list[tuple[str, str, Callable[[Request], object] | None]] = [
        ("following.lookup", "/tra-cuu-ho-so", None),
        ("following.one", PAGE, followed),
        ("following.calendar", f"{PAGE}/lich.ics", followed),
        ("following.receipt", f"{PAGE}/giay-tiep-nhan", followed),
        ("following.receipt_pdf", f"{PAGE}/giay-tiep-nhan.pdf", followed),
        ("following.file", f"{PAGE}/tep/{{uid}}", followed),
        ("following.data", f"{PAGE}/du-lieu", followed),
        ("following.close", f"{PAGE}/dong", followed),
        ("following.verify_form", "/xac-minh", None),
        ("following.verify", "/xac-minh/{seal}", None),
        ("following.figures", "/thong-ke", None),
        ("following.figures_csv", "/thong-ke.csv", None),
        ("following.requests", f"{DESK}/yeu-cau-du-lieu", None),
        ("following.request", f"{DESK}/yeu-cau-du-lieu/{{uid}}", one_request),
        ("following.request_copy", f"{DESK}/yeu-cau-du-lieu/{{uid}}/ban-sao", one_request),
        ("following.request_done", f"{DESK}/yeu-cau-du-lieu/{{uid}}/da-giao", one_request),
        ("following.request_erase", f"{DESK}/yeu-cau-du-lieu/{{uid}}/xoa", one_request),
        ("following.request_refuse", f"{DESK}/yeu-cau-du-lieu/{{uid}}/tu-choi", one_request),
        ("following.readings", f"{DESK}/truy-cap", None),
        ("following.readings_of", f"{DESK}/{{uid}}/truy-cap", one_dossier),
        ("following.seals", f"{DESK}/{{uid}}/chung-thuc", one_dossier),
        ("following.revoke", f"{DESK}/{{uid}}/chung-thuc/{{number}}/thu-hoi", one_seal),
    ]
    for name, pattern, factory in routes:
        config.add_route(name, pattern, factory=factory)
