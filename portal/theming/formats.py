"""How values are written for people, per language."""

import datetime as dt

from portal import clock
from portal.text.dates import write_date, write_short_date

_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_UNITS = ("B", "kB", "MB", "GB", "TB")


def date(value: dt.date | dt.datetime | str | None, lang: str, *, long: bool = False) -> str:
    """`01/7/2014` (long: `ngày 01 tháng 7 năm 2014`), or `1 July 2014` in English; empty when None.

    A moment is shown as its day in Vietnam; a string is read as ISO 8601.
    """
    day = _day(value)
    if day is None:
        return ""
    if lang == "en":
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return write_date(day) if long else write_short_date(day)


def datetime(value: dt.datetime | str | None, lang: str) -> str:
    """`09:05 ngày 02/3/2026` on Vietnamese clocks, or `9:05 am, 2 March 2026 (Vietnam time)`; empty when None."""
    if not value:
        return ""
    moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    local = clock.in_vietnam(moment)
    if lang == "en":
        hour = f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"
        return f"{hour}, {date(local, lang)} (Vietnam time)"
    return f"{local:%H:%M} ngày {write_short_date(local.date())}"


def iso(value: dt.date | dt.datetime | str | None) -> str:
    """For the `datetime` attribute of `<time>`, to the second (HTML allows no microseconds); empty when None."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    return value if isinstance(value, str) else value.isoformat()


def number(value: float, lang: str, *, places: int = 0) -> str:
    """`1.234,5` in Vietnamese, `1,234.5` in English."""
    text = f"{value:,.{places}f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def filesize(size: int, lang: str) -> str:
    """`830 B`, `12 kB`, `1,4 MB`: decimal units, as file managers show them."""
    amount, power = float(size), 0
    while amount >= 999.5 and power < len(_UNITS) - 1:
        amount, power = amount / 1000, power + 1
    return f"{number(amount, lang, places=1 if power > 1 and amount < 99.95 else 0)} {_UNITS[power]}"


def _day(value: dt.date | dt.datetime | str | None) -> dt.date | None:
    if not value:
        return None
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)
    if isinstance(value, dt.datetime):
        return clock.today(value) if value.tzinfo else value.date()
    return value
