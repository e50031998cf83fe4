from datetime import UTC, date, datetime

import pytest

from portal.theming import formats


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (date(2014, 7, 1), "01/7/2014", "1 July 2014"),
        (date(2026, 2, 28), "28/02/2026", "28 February 2026"),
        ("2026-03-02", "02/3/2026", "2 March 2026"),
        (datetime(2026, 3, 1, 17, 30, tzinfo=UTC), "02/3/2026", "2 March 2026"),
        ("2026-03-01T17:30:00+00:00", "02/3/2026", "2 March 2026"),
        (None, "", ""),
    ],
)
def test_dates_are_written_as_the_decree_writes_them(value: object, vi: str, en: str) -> None:
    assert formats.date(value, "vi") == vi  # type: ignore[arg-type]
    assert formats.date(value, "en") == en  # type: ignore[arg-type]


def test_a_long_date_is_the_one_of_documents() -> None:
    assert formats.date(date(2014, 7, 1), "vi", long=True) == "ngày 01 tháng 7 năm 2014"


def test_moments_are_shown_on_vietnamese_clocks() -> None:
    at = datetime(2026, 3, 1, 17, 5, tzinfo=UTC)
    assert formats.datetime(at, "vi") == "00:05 ngày 02/3/2026"
    assert formats.datetime(at, "en") == "12:05 am, 2 March 2026 (Vietnam time)"
    assert formats.datetime(None, "vi") == ""


def test_numbers_have_the_marks_of_the_language() -> None:
    assert formats.number(1234567, "vi") == "1.234.567"
    assert formats.number(1234.5, "vi", places=1) == "1.234,5"
    assert formats.number(1234.5, "en", places=1) == "1,234.5"


@pytest.mark.parametrize(
    ("size", "vi"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (482113, "482 kB"),
        (999_700, "1,0 MB"),
        (1_440_000, "1,4 MB"),
        (250_000_000, "250 MB"),
    ],
)
def test_file_sizes_are_short(size: int, vi: str) -> None:
    assert formats.filesize(size, "vi") == vi
