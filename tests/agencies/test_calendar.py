import dataclasses
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.agencies import lunar
from portal.agencies.calendar import Calendar, Why
from portal.agencies.calendar_file import BadCalendar, Evidence
from portal.settings import ROOT

CALENDAR = Calendar.load(ROOT / "content" / "calendar" / "vn.toml")
DAYS = st.dates(date(2008, 1, 1), date(2040, 12, 31))
TERMS = st.integers(0, 60)


def _weekdays_off(calendar: Calendar, year: int) -> set[date]:
    special = calendar.special_days(year)
    return {s.day for s in special if s.why is not Why.MADE_UP and s.day.isoweekday() < 6}


@pytest.mark.parametrize("year", range(1950, 2060))
def test_lunar_days_are_those_of_an_independent_table(year: int) -> None:
    other = holidays.VN(years=year, language="vi", observed=False)
    assert "Tết Nguyên Đán" in other[lunar.tet(year)]
    if year >= 2007:
        assert "Hùng Vương" in other[lunar.solar_date(year, 3, 10)]


@pytest.mark.parametrize("year", range(2015, 2035))
def test_days_off_are_those_of_an_independent_library(year: int) -> None:
    ours, theirs = _weekdays_off(CALENDAR, year), holidays.VN(years=range(2014, 2036))
    known_to_us_only = {date(2026, 1, 2)}
    assert ours - known_to_us_only == {day for day in theirs if day.year == year and day.isoweekday() < 6}


def test_the_rule_gives_what_was_announced_for_every_year_but_2014() -> None:
    by_rule = Calendar(dataclasses.replace(CALENDAR.data, years={}))
    differing = [year for year in range(2014, 2028) if _weekdays_off(by_rule, year) != _weekdays_off(CALENDAR, year)]
    assert differing == [2014]


def test_tet_2014_with_its_two_swapped_days() -> None:
    days = [date(2014, 1, 25) + timedelta(days=n) for n in range(15)]
    assert [day.day for day in days if CALENDAR.is_working_day(day)] == [25, 27, 6, 7, 8]


def test_a_swapped_saturday_is_worked_and_its_day_is_off() -> None:
    assert not CALENDAR.is_working_day(date(2026, 8, 31))
    assert CALENDAR.is_working_day(date(2026, 8, 22))
    assert CALENDAR.special(date(2026, 8, 22)).why is Why.MADE_UP  # type: ignore[union-attr]


def test_a_holiday_on_a_sunday_is_compensated_on_the_next_free_day() -> None:
    assert not CALENDAR.is_working_day(date(2022, 5, 2))
    assert not CALENDAR.is_working_day(date(2022, 5, 3))
    assert CALENDAR.is_working_day(date(2022, 5, 4))


def test_after_the_last_working_day_before_tet_comes_the_first_morning_after_it() -> None:
    """E10."""
    assert CALENDAR.next_working_day(date(2026, 2, 13)) == date(2026, 2, 23)
    assert CALENDAR.first_working_day(date(2026, 2, 14)) == date(2026, 2, 23)
    assert CALENDAR.add_working_days(date(2026, 2, 12), 5) == date(2026, 2, 26)


def test_a_notice_seven_working_days_ahead() -> None:
    """A1-12."""
    assert CALENDAR.add_working_days(date(2026, 3, 12), -7) == date(2026, 3, 3)


def test_a_year_without_a_decision_says_so() -> None:
    assert CALENDAR.is_decided(2026)
    assert not CALENDAR.is_decided(2027)
    assert not CALENDAR.is_decided(2031)
    assert {s.evidence for s in CALENDAR.special_days(2031) if "Tết Nguyên đán" in s.name} == {Evidence.EXPECTED}


@given(DAYS, TERMS)
def test_adding_and_counting_are_inverse(day: date, number: int) -> None:
    later, earlier = CALENDAR.add_working_days(day, number), CALENDAR.add_working_days(day, -number)
    assert CALENDAR.working_days_between(day, later) == number
    assert CALENDAR.working_days_between(day, earlier) == -number


@given(DAYS, st.integers(1, 60))
def test_a_term_ends_on_a_working_day(day: date, number: int) -> None:
    assert CALENDAR.is_working_day(CALENDAR.add_working_days(day, number))
    assert CALENDAR.is_working_day(CALENDAR.add_working_days(day, -number))


@given(DAYS, TERMS, TERMS)
def test_terms_add_up(day: date, one: int, other: int) -> None:
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(day, one), other) == CALENDAR.add_working_days(
        day, one + other
    )


@given(DAYS, DAYS, TERMS)
def test_who_starts_later_never_ends_earlier(one: date, other: date, number: int) -> None:
    first, second = sorted((one, other))
    assert CALENDAR.add_working_days(first, number) <= CALENDAR.add_working_days(second, number)


@given(st.integers(2015, 2060))
def test_a_year_has_at_least_eleven_days_off_and_every_swap_is_made_up(year: int) -> None:
    special = CALENDAR.special_days(year)
    assert sum(1 for s in special if s.why in (Why.HOLIDAY, Why.COMPENSATION) and s.day.isoweekday() < 6) >= 10
    assert len({s.day for s in special}) == len(special)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "weekly_rest = [6]",
        "weekly_rest = [6, 7]\nholiday = []\ntet = []\n"
        "[[swap]]\noff = 2026-01-03\nwork = 2026-01-10\nevidence = 'attested'\nsource = ''",
        "x =",
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "vn.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadCalendar):
        Calendar.load(file)
