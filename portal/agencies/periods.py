"""Periods of validity: first and last day, both counted, either open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Protocol, TypeVar


class Lived(Protocol):
    """Whatever was in force from `valid_from` to `valid_to`; None means without beginning, or still."""

    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


L = TypeVar("L", bound=Lived)


@dataclass(frozen=True, slots=True)
class Period:
    """A period by itself."""

    valid_from: date | None
    valid_to: date | None


def lived_on(one: Lived, on: date) -> bool:
    """Whether it was in force on the day."""
    return (one.valid_from is None or one.valid_from <= on) and (one.valid_to is None or on <= one.valid_to)


def overlap(one: Lived, other: Lived) -> bool:
    """Whether there is a day on which both are in force."""
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    return start <= min(one.valid_to or date.max, other.valid_to or date.max)


def only_one(candidates: Iterable[L], on: date | None) -> L | None:
    """The one that is meant: in force on the day; without a day the latest, if no two lived side by side."""
    left = [one for one in candidates if on is None or lived_on(one, on)]
    if any(overlap(one, other) for one, other in combinations(left, 2)):
        return None
    return max(left, key=lambda one: one.valid_from or date.min, default=None)
