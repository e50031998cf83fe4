"""Addresses of the desk's part of search, and what each leads to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound

from portal.agencies import queries as agencies
from portal.search.models import BestBet, Synonym

if TYPE_CHECKING:
    from portal.request import Request

DESK = "/ban-lam-viec/tim-kiem"
_LARGEST, _LONGEST = 2**31 - 1, 10


@dataclass(frozen=True)
class SearchDesk:
    """Search as a whole. `keeper_id`: the agency that this instance belongs to, None when not registered."""

    keeper_id: int | None


@dataclass(frozen=True)
class Maintained(SearchDesk):
    """The row that a page of the desk is about."""

    row: Any


def desk(request: "Request") -> SearchDesk:
    """Search, with who keeps the portal."""
    keeper = agencies.by_code(request.db, request.portal.agency_code)
    return SearchDesk(keeper.id if keeper else None)


def synonym(request: "Request") -> Maintained:
    """The group of the number in the address; 404 when there is none."""
    return _row(request, "synonym", Synonym)


def best_bet(request: "Request") -> Maintained:
    """The best bet of the number in the address; 404 when there is none."""
    return _row(request, "best_bet", BestBet)


def _row(request: "Request", name: str, model: type[Any]) -> Maintained:
    number = request.matchdict[name]
    known = len(number) <= _LONGEST and number.isascii() and number.isdecimal() and int(number) <= _LARGEST
    row = request.db.get(model, int(number)) if known else None
    if row is None:
        raise HTTPNotFound
    return Maintained(desk(request).keeper_id, row)


def includeme(config: Configurator) -> None:
    config.add_route("search.desk", DESK, factory=desk)
    config.add_route("search.report", f"{DESK}/bao-cao.csv", factory=desk)
    config.add_route("search.synonyms", f"{DESK}/tu-dong-nghia", factory=desk)
    config.add_route("search.bring_synonyms", f"{DESK}/tu-dong-nghia/co-san", factory=desk)
    config.add_route("search.add_synonym", f"{DESK}/tu-dong-nghia/them", factory=desk)
    config.add_route("search.synonym", f"{DESK}/tu-dong-nghia/{{synonym}}", factory=synonym)
    config.add_route("search.synonym_action", f"{DESK}/tu-dong-nghia/{{synonym}}/{{action}}", factory=synonym)
    config.add_route("search.best_bets", f"{DESK}/dua-len-dau", factory=desk)
    config.add_route("search.add_best_bet", f"{DESK}/dua-len-dau/them", factory=desk)
    config.add_route("search.best_bet", f"{DESK}/dua-len-dau/{{best_bet}}", factory=best_bet)
    config.add_route("search.best_bet_action", f"{DESK}/dua-len-dau/{{best_bet}}/{{action}}", factory=best_bet)
