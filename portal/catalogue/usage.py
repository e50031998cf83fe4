"""How much services are used this year (A5-8), as packages above count it.

    config.add_usage(counter)      # counter(db, first, last) → {id of the procedure's item: Used}

Figures go until yesterday, so that a page of a day stays as it is; fewer than `FEWEST` are not told.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal import clock
from portal.request import Request

FEWEST = 5
"""Fewer applications than that could speak of single people."""


@dataclass(frozen=True)
class Used:
    """Applications received and solved in a span of days."""

    received: int = 0
    solved: int = 0

    def __add__(self, other: "Used") -> "Used":
        return Used(self.received + other.received, self.solved + other.solved)

    @property
    def told(self) -> bool:
        """Whether there are enough to be told."""
        return max(self.received, self.solved) >= FEWEST


Counter = Callable[[Session, date, date], Mapping[int, Used]]
"""(db, first day, last day) → what was used, by id of the procedure's item."""


def add_usage(config: Configurator, counter: Counter) -> None:
    """Directive: count applications for procedures; several counters add up."""
    config.registry.setdefault("portal.usage", []).append(counter)


def year_of(request: Request) -> int:
    """The year that is counted: of yesterday."""
    return (clock.today(request.at) - timedelta(days=1)).year


def usage(request: Request) -> dict[int, Used]:
    """What is told of this year until yesterday, by id of the procedure's item; empty where nothing counts."""
    last = clock.today(request.at) - timedelta(days=1)
    found: dict[int, Used] = {}
    for counter in request.registry.get("portal.usage", ()):
        for item_id, used in counter(request.db, last.replace(month=1, day=1), last).items():
            found[item_id] = found.get(item_id, Used()) + used
    return {item_id: used for item_id, used in found.items() if used.told}


def counts_usage(request: Request) -> bool:
    """Whether anything counts at all."""
    return bool(request.registry.get("portal.usage"))
