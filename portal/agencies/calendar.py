"""Working days in Việt Nam: public holidays, compensation and swapped days, from data (requirements A2, E10).

What was decided for a year stands in the data file; other years follow the rules of the law in the same file and count
as expected. A holiday on a weekly day of rest is compensated by the next working day; at Tết a Saturday is compensated
on the working day before, as the yearly announcements do.
"""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from pathlib import Path

from portal.agencies.calendar_file import CalendarData, Evidence, read_calendar
from portal.agencies.lunar import tet

ONE = timedelta(days=1)
SATURDAY = 6


class Why(StrEnum):
    """Why a weekday is off or a day of rest is worked."""

    HOLIDAY = "holiday"
    COMPENSATION = "compensation"
    SWAP = "swap"
    MADE_UP = "made_up"
    """A day of rest that is worked instead of a swapped one."""


@dataclass(frozen=True, slots=True, order=True)
class SpecialDay:
    """A day that differs from its weekday, or a holiday on any day. `evidence` says how sure it is."""

    day: date
    name: str
    english_name: str
    why: Why
    evidence: Evidence
    source: str


@dataclass(frozen=True)
class Calendar:
    """The working days of one country. Immutable: load it once and share it."""

    data: CalendarData
    _years: dict[int, dict[date, SpecialDay]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def load(cls, path: Path) -> "Calendar":
        """Read the data file. Raises `BadCalendar` with the reason."""
        return cls(read_calendar(path))

    def special(self, day: date) -> SpecialDay | None:
        """What is special about the day; None for an ordinary one."""
        return self._year(day.year).get(day)

    def special_days(self, year: int) -> tuple[SpecialDay, ...]:
        """All special days of the year in order: for a page, iCalendar or JSON."""
        return tuple(sorted(self._year(year).values()))

    def is_decided(self, year: int) -> bool:
        """Whether the Tết of the year is known; else deadlines over it are only expected."""
        known = self.data.years.get(year)
        return known is not None and known.evidence is not Evidence.EXPECTED

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on the day."""
        special = self.special(day)
        if special:
            return special.why is Why.MADE_UP
        return day.isoweekday() not in self.data.weekly_rest

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.add_working_days(day, 1)

    def first_working_day(self, day: date) -> date:
        """`day` itself when it is a working day, else the next one."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add_working_days(self, day: date, number: int) -> date:
        """The working day that ends a term of `number` working days; the day itself does not count.

        0 gives `day` itself, a negative number goes back ("at the latest 7 working days before").
        """
        step = ONE if number > 0 else -ONE
        left = abs(number)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`.

        The inverse of `add_working_days`; negative when `end` lies before `start` (then from `end` to before `start`).
        """
        if end < start:
            return -sum(self.is_working_day(end + n * ONE) for n in range((start - end).days))
        return sum(self.is_working_day(start + n * ONE) for n in range(1, (end - start).days + 1))

    def _year(self, year: int) -> dict[date, SpecialDay]:
        if year not in self._years:
            self._years[year] = self._computed(year)
        return self._years[year]

    def _computed(self, year: int) -> dict[date, SpecialDay]:
        days = {special.day: special for special in [*self._fixed(year), *self._tet(year)]}
        for special in sorted(days.values()):
            if special.why is Why.HOLIDAY and not _is_tet(special) and self._rests(special.day):
                day = self._free_day(special.day, 1, days)
                days[day] = _compensation(special, day)
        for swap in self.data.swaps:
            reason = ("Nghỉ hoán đổi", "Day off in exchange"), ("Làm việc bù", "Working day in exchange")
            for day, (name, english), why in ((swap.off, reason[0], Why.SWAP), (swap.work, reason[1], Why.MADE_UP)):
                if day.year == year:
                    days[day] = SpecialDay(day, name, english, why, swap.evidence, swap.source)
        return days

    def _fixed(self, year: int) -> list[SpecialDay]:
        found = []
        for rule in self.data.holidays:
            for day in rule.days(year):
                found.append(SpecialDay(day, rule.name, rule.english_name, Why.HOLIDAY, Evidence.ATTESTED, rule.source))
        return found

    def _tet(self, year: int) -> list[SpecialDay]:
        """The days of Tết: by the rule, with compensation as announced, or by the rule where nothing is announced."""
        rule = next(rule for rule in self.data.tets if rule.applies(year))
        first = tet(year)
        known = self.data.years.get(year)
        evidence, source = (known.evidence, known.source) if known else (Evidence.EXPECTED, rule.source)
        by_rule = [first + n * ONE for n in range(-rule.before, rule.after)]
        on_rest = [day for day in by_rule if self._rests(day)]
        off = set(known.tet) if known else {day for day in by_rule if not self._rests(day)}
        for day in () if known else on_rest:
            off.add(self._free_day(day, -1 if day.isoweekday() == SATURDAY else 1, off))
        return [
            SpecialDay(day, *_TET, Why.HOLIDAY, evidence, source)
            if day in by_rule
            else SpecialDay(day, *_TET_COMPENSATION, Why.COMPENSATION, evidence, source)
            for day in sorted(off.union(on_rest))
        ]

    def _rests(self, day: date) -> bool:
        return day.isoweekday() in self.data.weekly_rest

    def _free_day(self, day: date, step: int, taken: Container[date]) -> date:
        steps = (day + n * step * ONE for n in count(1))
        return next(day for day in steps if day not in taken and not self._rests(day))


_TET = ("Tết Nguyên đán", "Lunar New Year")
_TET_COMPENSATION = ("Nghỉ Tết Nguyên đán", "Lunar New Year holiday")


def _is_tet(special: SpecialDay) -> bool:
    return special.name == _TET[0]


def _compensation(special: SpecialDay, day: date) -> SpecialDay:
    name, english = f"Nghỉ bù {special.name}", f"{special.english_name} (in lieu)"
    return SpecialDay(day, name, english, Why.COMPENSATION, special.evidence, special.source)
