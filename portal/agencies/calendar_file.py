"""Reading the data file of the calendar (`content/calendar/vn.toml`)."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from portal.agencies.errors import AgencyError
from portal.agencies.lunar import solar_date
from portal.errors import _


class BadCalendar(AgencyError):
    """A calendar file that cannot be used; the message names the file and the reason."""

    status = 500

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            _(
                "Dữ liệu lịch làm việc không dùng được (${file}): ${reason}",
                mapping={"file": path.name, "reason": reason},
            )
        )


class Evidence(StrEnum):
    """How sure a day is: announced, remembered and equal to the rule, or only expected by the rule."""

    ATTESTED = "attested"
    RECALLED = "recalled"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """A holiday that the law sets for the years `since` to `until`, by the solar or the lunar calendar.

    `adjacent` gives for each weekday of the holiday, Monday first, whether the day before or after is off too.
    """

    name: str
    english_name: str
    month: int
    day: int
    source: str
    lunar: bool = False
    since: int = 1
    until: int = 9999
    adjacent: tuple[int, ...] = ()
    adjacent_since: int = 9999

    def days(self, year: int) -> list[date]:
        """The days of that holiday in the year: none, one or two."""
        if not self.since <= year <= self.until:
            return []
        first = solar_date(year, self.month, self.day) if self.lunar else date(year, self.month, self.day)
        if year < self.adjacent_since:
            return [first]
        return [first, first + timedelta(days=self.adjacent[first.weekday()])]


@dataclass(frozen=True, slots=True)
class TetRule:
    """How many days are off before, and how many from the first day of the lunar year on."""

    before: int
    after: int
    source: str
    since: int = 1
    until: int = 9999

    def applies(self, year: int) -> bool:
        """Whether it is the rule of the year."""
        return self.since <= year <= self.until


@dataclass(frozen=True, slots=True)
class YearDecision:
    """The weekdays off at Tết as announced for a year."""

    tet: frozenset[date]
    evidence: Evidence
    source: str


@dataclass(frozen=True, slots=True)
class Swap:
    """A working day that is off (`off`) against a day of rest that is worked (`work`)."""

    off: date
    work: date
    evidence: Evidence
    source: str


@dataclass(frozen=True)
class CalendarData:
    """The whole file."""

    weekly_rest: frozenset[int]
    holidays: tuple[HolidayRule, ...]
    tets: tuple[TetRule, ...]
    years: dict[int, YearDecision]
    swaps: tuple[Swap, ...]


def read_calendar(path: Path) -> CalendarData:
    """The data of a file. Raises `BadCalendar` for a missing, malformed or contradictory one."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        data = CalendarData(
            frozenset(raw["weekly_rest"]),
            tuple(HolidayRule(**{**rule, "adjacent": tuple(rule.get("adjacent", ()))}) for rule in raw["holiday"]),
            tuple(TetRule(**rule) for rule in raw["tet"]),
            {year["year"]: _decision(year) for year in raw.get("year", ())},
            tuple(Swap(**{**swap, "evidence": Evidence(swap["evidence"])}) for swap in raw.get("swap", ())),
        )
    except (OSError, KeyError, TypeError, ValueError) as mistake:
        raise BadCalendar(path, str(mistake)) from mistake
    for problem in _problems(data):
        raise BadCalendar(path, problem)
    return data


def _decision(year: dict[str, Any]) -> YearDecision:
    return YearDecision(frozenset(year["tet"]), Evidence(year["evidence"]), year["source"])


def _problems(data: CalendarData) -> list[str]:
    rests = [f"{s.off} is a day of rest already" for s in data.swaps if s.off.isoweekday() in data.weekly_rest]
    works = [f"{s.work} is a working day already" for s in data.swaps if s.work.isoweekday() not in data.weekly_rest]
    away = [f"Tết {y}: {d}" for y, decision in data.years.items() for d in decision.tet if d.year != y]
    weekday = [f"{rule.name}: seven weekdays needed" for rule in data.holidays if len(rule.adjacent) not in (0, 7)]
    return [*rests, *works, *away, *weekday]
