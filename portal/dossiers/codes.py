"""The code of a dossier (mã hồ sơ, A6-1) in both forms. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from portal.agencies.codes import parse_code
from portal.dossiers.profiles import CodeFormat

_OLD = re.compile(r"(?P<agency>\d{3}(?:\.\d{2}){2}\.[A-Y]\d{2})-(?P<day>\d{6})-(?P<number>\d{4}|[1-9]\d{4,6})")
_NEW = re.compile(r"(?P<agency>[A-Z]\d{2}(?:\.[0-9A-Z]+)*)-(?P<day>\d{8})-(?P<number>\d{7}|[1-9]\d{7,8})")
CENTURY = "20"
"""The older form writes two digits of the year; no such code is older than 2018."""


@dataclass(frozen=True)
class DossierCode:
    """`agency` in the form of QĐ 20/2020, the day of issue, and its number among the agency's that day, from 1."""

    agency: str
    day: date
    number: int

    def written(self, form: CodeFormat) -> str | None:
        """The code in that form; None when the agency's code cannot be written in it."""
        parsed = parse_code(self.agency)
        if parsed is None:
            return None
        if form is CodeFormat.NEW:
            return f"{parsed.code}-{self.day:%Y%m%d}-{self.number:07}"
        return f"{parsed.old_code}-{self.day:%y%m%d}-{self.number:04}" if parsed.old_code else None


def parse(text: str) -> DossierCode | None:
    """The code that the whole text is, in either form, any case, with spaces; None when it is none."""
    plain = normal(text)
    found = _OLD.fullmatch(plain) or _NEW.fullmatch(plain)
    if found is None:
        return None
    agency, day = parse_code(found["agency"]), _day(found["day"])
    number = int(found["number"])
    return DossierCode(agency.code, day, number) if agency and day and number else None


def normal(text: str) -> str:
    """How a typed code is compared: capitals, no spaces, plain hyphens."""
    return re.sub(r"[‐-―−]", "-", "".join(text.split()).upper())


def _day(digits: str) -> date | None:
    try:
        return date.fromisoformat(digits if len(digits) == 8 else CENTURY + digits)
    except ValueError:
        return None
