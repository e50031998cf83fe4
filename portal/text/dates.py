"""Dates as Vietnamese official texts write them (requirement C-11)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from portal.text.normal import normal

Precision: TypeAlias = Literal["day", "month", "quarter"]
Bound: TypeAlias = Literal["before", "until", "from", "after"]

_BOUNDS: dict[str, Bound] = {
    "trước": "before",
    "chậm nhất": "until",
    "muộn nhất": "until",
    "không quá": "until",
    "đến hết": "until",
    "đến": "until",
    "kể từ": "from",
    "từ": "from",
    "sau": "after",
}
_BOUND = r"(?P<bound>{})".format("|".join(word.replace(" ", r"\s+") for word in _BOUNDS))
_SEP = r"\s*(?P<sep>[/.\-–])\s*"
_DATE = re.compile(
    rf"(?<!\w)(?:{_BOUND}(?:\s+(?:là|vào|đến))*\s+)?(?:"
    r"(?:ngày\s*(?P<d1>\d{1,2})\s*)?tháng\s*(?P<m1>\d{1,2})\s*,?\s*(?:năm\s*(?P<y1>\d{4})|[/.\-]\s*(?P<y2>\d{4}))"
    rf"|(?:ngày\s*)?(?P<d3>\d{{1,2}}){_SEP}(?P<m3>\d{{1,2}})\s*(?P=sep)\s*(?P<y3>\d{{4}})"
    r"|quý\s*(?P<q>III|II|IV|I|[1-4])\s*(?:[/.\-]|,?\s*năm)\s*(?P<y5>\d{4})"
    r")(?![\w/])",
    re.IGNORECASE,
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: `start` and `end` are offsets; a month or a quarter spans from `first` to `last` day.

    `bound` tells the word before it: "trước" before (day excluded), "chậm nhất", "đến" until, "từ" from, "sau" after.
    """

    start: int
    end: int
    first: date
    last: date
    precision: Precision
    bound: Bound | None = None

    @property
    def day(self) -> date | None:
        """The day when it is one, else None."""
        return self.first if self.precision == "day" else None


def find_dates(text: str) -> Iterator[FoundDate]:
    """Every complete and possible date (with its year), in order. NFC text is expected."""
    for found in _DATE.finditer(text):
        date_ = _found_date(found)
        if date_ is not None:
            yield date_


def parse_date(text: str) -> date | None:
    """The one day that the whole text is ("01/7/2014", "ngày 01 tháng 7 năm 2014"), or None."""
    tidy = " ".join(normal(text).split()).rstrip(" .;,")
    found = _DATE.match(tidy)
    if found is None or found.end() != len(tidy) or found["bound"]:
        return None
    date_ = _found_date(found)
    return date_.day if date_ else None


def write_date(day: date) -> str:
    """`ngày 01 tháng 7 năm 2014`: a leading zero for days below 10 and for months 1 and 2 only."""
    return f"ngày {day.day:02} tháng {_month(day)} năm {day.year}"


def write_short_date(day: date) -> str:
    """`01/7/2014`, with the same zeros as `write_date`."""
    return f"{day.day:02}/{_month(day)}/{day.year}"


def write_place_and_date(place: str, day: date) -> str:
    """`Hà Nội, ngày 01 tháng 7 năm 2014`."""
    return f"{place}, {write_date(day)}"


def _month(day: date) -> str:
    return f"{day.month:02}" if day.month < 3 else str(day.month)


def _found_date(found: re.Match[str]) -> FoundDate | None:
    span = _span(found)
    if span is None:
        return None
    word = " ".join((found["bound"] or "").lower().split())
    return FoundDate(found.start(), found.end(), *span, bound=_BOUNDS.get(word))


def _span(found: re.Match[str]) -> tuple[date, date, Precision] | None:
    year = int(found["y1"] or found["y2"] or found["y3"] or found["y5"] or 0)
    day, month = found["d1"] or found["d3"], found["m1"] or found["m3"]
    if not 1900 <= year <= 2199:
        return None
    if found["q"]:
        quarter = _QUARTERS.get(found["q"].lower()) or int(found["q"])
        return date(year, quarter * 3 - 2, 1), _last_of(year, quarter * 3), "quarter"
    if not 1 <= int(month) <= 12:
        return None
    if day is None:
        return date(year, int(month), 1), _last_of(year, int(month)), "month"
    if not 1 <= int(day) <= _last_of(year, int(month)).day:
        return None
    only = date(year, int(month), int(day))
    return only, only, "day"


def _last_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
