"""Dates as official texts write them (C-11)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import find_dates, parse_date, write_date, write_place_and_date, write_short_date

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))


@given(DAYS)
def test_written_dates_are_read_back(day: date) -> None:
    assert parse_date(write_date(day)) == day
    assert parse_date(write_short_date(day)) == day
    (found,) = find_dates(f"Hà Nội, {write_date(day)} tại trụ sở")
    assert found.day == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ngày 01 tháng 7 năm 2014", date(2014, 7, 1)),
        ("Ngày 1 tháng 07 năm 2014.", date(2014, 7, 1)),
        ("01/7/2014", date(2014, 7, 1)),
        ("1-7-2014", date(2014, 7, 1)),
        ("01.07.2014", date(2014, 7, 1)),
        ("ngày 20tháng 11 năm2025", date(2025, 11, 20)),
    ],
)
def test_all_spellings_of_a_day(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text", ["31/2/2014", "tháng 7 năm 2014", "01/7-2014", "hôm nay", "7/2014", "0/0/2014", "01/13/2014"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_leading_zeros_stand_for_days_below_ten_and_the_first_two_months() -> None:
    assert write_date(date(2014, 7, 1)) == "ngày 01 tháng 7 năm 2014"
    assert write_short_date(date(2020, 2, 9)) == "09/02/2020"
    assert write_place_and_date("Hà Nội", date(2020, 11, 10)) == "Hà Nội, ngày 10 tháng 11 năm 2020"


def test_months_and_quarters_span_their_days() -> None:
    month, quarter = find_dates("trong tháng 02 năm 2024 hoặc quý III/2014")
    assert (month.first, month.last, month.day) == (date(2024, 2, 1), date(2024, 2, 29), None)
    assert (quarter.first, quarter.last, quarter.precision) == (date(2014, 7, 1), date(2014, 9, 30), "quarter")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("trình trước ngày 20 tháng 8 năm 2014", "before"),
        ("chậm nhất là ngày 30/7/2014", "until"),
        ("đến hết ngày 31/12/2014", "until"),
        ("kể từ ngày 01/01/2015", "from"),
        ("sau ngày 01/01/2015", "after"),
        ("Hà Nội, ngày 01/01/2015", None),
    ],
)
def test_the_word_before_a_date_is_its_bound(text: str, bound: str | None) -> None:
    (found,) = find_dates(text)
    assert found.bound == bound
    assert text[found.start : found.end].endswith(text[-4:])
