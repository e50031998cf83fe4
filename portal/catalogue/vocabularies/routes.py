"""Addresses of the desk's part of the vocabularies, and what each leads to."""

from dataclasses import dataclass

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound

from portal.agencies import queries as agencies
from portal.catalogue.models import Term
from portal.catalogue.vocabularies import queries
from portal.request import Request

DESK = "/ban-lam-viec/danh-muc"
PLACES = {"doi-tuong": "audience", "doi-song": "life_event", "kinh-doanh": "business_event"}
"""How vocabularies are named in addresses."""


@dataclass(frozen=True)
class Vocabularies:
    """All of them. `keeper_id`: the agency that this instance belongs to, None when not registered."""

    keeper_id: int | None


@dataclass(frozen=True)
class Vocabulary(Vocabularies):
    """One of them, by its name and by how it is named in addresses."""

    name: str
    place: str


@dataclass(frozen=True)
class Word(Vocabulary):
    """The word that a page is about."""

    term: Term


def everything(request: Request) -> Vocabularies:
    """The vocabularies, with who keeps the portal."""
    return Vocabularies(_keeper(request))


def vocabulary(request: Request) -> Vocabulary:
    """The one of the address; 404 when there is none."""
    place = request.matchdict["vocabulary"]
    if place not in PLACES:
        raise HTTPNotFound
    return Vocabulary(_keeper(request), PLACES[place], place)


def word(request: Request) -> Word:
    """The word of the address; 404 when the vocabulary has none of that name."""
    own = vocabulary(request)
    term = queries.by_slug(request.db, request.matchdict["slug"])
    if term is None or term.vocabulary != own.name:
        raise HTTPNotFound
    return Word(own.keeper_id, own.name, own.place, term)


def _keeper(request: Request) -> int | None:
    keeper = agencies.by_code(request.db, request.portal.agency_code)
    return keeper.id if keeper else None


def includeme(config: Configurator) -> None:
    config.add_route("vocabularies.desk", DESK, factory=everything)
    config.add_route("vocabularies.add", f"{DESK}/{{vocabulary}}/them", factory=vocabulary)
    config.add_route("vocabularies.word", f"{DESK}/{{vocabulary}}/muc/{{slug}}", factory=word)
    config.add_route("vocabularies.retire", f"{DESK}/{{vocabulary}}/muc/{{slug}}/ngung", factory=word)
    config.add_route("vocabularies.offer", f"{DESK}/{{vocabulary}}/muc/{{slug}}/dung-lai", factory=word)
