"""Addresses of applying. The key of a draft and the code of a dossier are all that lead to them."""

from typing import TYPE_CHECKING

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound

from portal.catalogue import queries as catalogue
from portal.catalogue.models import Procedure
from portal.dossiers.applying.held import any_held_by, held_by
from portal.dossiers.following.routes import followed

if TYPE_CHECKING:
    from portal.request import Request

START, DRAFT, DOSSIER = "/nop-ho-so/{code}", "/ho-so-nhap/{draft_key}", "/ho-so/{code}"
_HIDDEN = "phan-"
"""Stands before the id of a section that is called like a page of ours."""
_OURS = frozenset({"bo"})


def procedure_of(request: "Request") -> Procedure:
    """The published procedure of the code in the address, however it is written; 404 when there is none."""
    found = catalogue.by_code(request.db, request.matchdict["code"])
    if found is None:
        raise HTTPNotFound
    return found


def place_of(section_id: str) -> str:
    """A section as its address names it; ids have no hyphens."""
    return f"{_HIDDEN}{section_id}" if section_id in _OURS else section_id


def section_at(place: str) -> str:
    """The section that an address names."""
    return place.removeprefix(_HIDDEN)


def includeme(config: Configurator) -> None:
    config.add_route("applying.start", START, factory=procedure_of)
    config.add_route("applying.start_at", f"{START}/{{agency}}", factory=procedure_of)
    config.add_route("applying.draft", DRAFT, factory=held_by)
    config.add_route("applying.check", f"{DRAFT}/kiem-tra", factory=held_by)
    config.add_route("applying.discard", f"{DRAFT}/bo", factory=held_by)
    config.add_route("applying.receipt", f"{DRAFT}/da-nop", factory=any_held_by)
    config.add_route("applying.section", f"{DRAFT}/{{section}}", factory=held_by)
    config.add_route("applying.supplement", f"{DOSSIER}/bo-sung", factory=followed)
    config.add_route("applying.withdraw", f"{DOSSIER}/rut", factory=followed)
