"""Papers in English translation: what their header says, every value doubtful, for the Vietnamese text is the "
"document."""

import re
from dataclasses import dataclass
from datetime import date

from portal.notices import types
from portal.notices.reading.found import Found, Issuer, Resolved, Signer
from portal.notices.reading.issuing import Resolve
from portal.notices.reading.source import Source, one_line
from portal.request import _
from portal.text import find_numbers

_MOTTO = re.compile(r"SOCIALIST\s+REPUBLIC\s+OF\s+VIET\s?NAM", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"(?:\bLaw\s+)?\bNo\s*[.:]{0,2}\s*(?=\d)", re.IGNORECASE)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NAMES = "|".join(_MONTHS)
_DATE = re.compile(
    rf"(?P<place>[A-Z][\w .]{{1,40}}?)\s*,?\s+(?:dated?\s+|on\s+)?(?:(?P<m>{_NAMES})\s+(?P<d>\d{{1,2}})(?:st|"
    rf"nd|rd|th)?\s*,?\s*(?P<y>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{_NAMES})\s*,?\s*(?P<y2>\d{{4}}))",
    re.IGNORECASE,
)
_TYPES = {
    "JOINT CIRCULAR": "thong-tu-lien-tich", "CIRCULAR": "thong-tu", "DECREE": "nghi-dinh", "DECISION": "quyet-dinh",
    "RESOLUTION": "nghi-quyet", "ORDINANCE": "phap-lenh", "DIRECTIVE": "chi-thi", "CODE": "bo-luat", "LAW": "luat",
    "NOTIFICATION": "thong-bao", "NOTICE": "thong-bao", "ANNOUNCEMENT": "thong-bao", "PLAN": "ke-hoach",
    "ORDER": "lenh", "OFFICIAL TELEGRAM": "cong-dien", "GUIDELINE": "huong-dan", "GUIDELINES": "huong-dan",
    "REPORT": "bao-cao", "OFFICIAL LETTER": "cong-van", "OFFICIAL DISPATCH": "cong-van",
}  # fmt: skip
_HEADING = re.compile(
    rf"^[ \t]*(?P<name>{'|'.join(sorted(_TYPES, key=len, reverse=True))})\b(?=[ \t]*(?:$|[A-Z]))", re.MULTILINE
)
_LETTER = re.compile(r"^[ \t]*(?:To|Attention)\s*:", re.MULTILINE)
_POSITION = re.compile(
    r"^[ \t]*(?P<position>(?:DEPUTY |VICE |PERMANENT |ACTING )*(?:MINISTER|PRIME MINISTER|CHAIRMAN|CHAIRPERSON|"
    r"CHAIRWOMAN|PRESIDENT|"
    r"DIRECTOR GENERAL|GENERAL DIRECTOR|DIRECTOR|GOVERNOR|CHIEF|HEAD|CHIEF JUSTICE|COMMISSIONER)[^\na-z]{0,60})\n"
    r"(?:\s*\n|[^\n]*[Ss]igned[^\n]*\n){0,5}[ \t]*(?P<name>[A-Z][\w']+(?:[ ][A-Z][\w']*){1,4})[ \t]*$",
    re.MULTILINE,
)
_HEAD = 3000


@dataclass(frozen=True)
class English:
    """The fields of a translation; what it does not say is None."""

    number: Found[str] | None = None
    notation: Found[str] | None = None
    type: Found[str] | None = None
    issued_on: Found[date] | None = None
    place: Found[str] | None = None
    issuer: Found[Issuer] | None = None
    signer: Found[Signer] | None = None


def read_english(source: Source, resolve: Resolve | None) -> English | None:
    """The header of a translation, or None for a paper in Vietnamese."""
    plain = source.plain
    motto = _MOTTO.search(plain, 0, _HEAD)
    if motto is None:
        return None
    why = _("Đây là bản dịch tiếng Anh; cần đối chiếu với bản tiếng Việt.")
    limit = min(len(plain), motto.end() + _HEAD)
    word = _NUMBER_WORD.search(plain, 0, limit)
    found = next((n for n in find_numbers(plain[word.end() : word.end() + 60]) if n.start == 0), None) if word else None
    day, at = _day(plain, motto.end(), limit)
    number = notation = None
    if word is not None and found is not None:
        span = (word.start(), word.end() + found.end)
        notation = source.found(found.number.notation, *span, why)
        number = source.found(found.number.number, *span, why) if found.number.number else None
    signed = next(reversed(list(_POSITION.finditer(plain, motto.end()))), None)
    return English(
        number=number,
        notation=notation,
        type=_type(source, plain, motto.end(), limit, why),
        issued_on=source.found(day, *at.span(), why) if day and at else None,
        place=source.found(one_line(at["place"]), *at.span("place"), why) if day and at else None,
        issuer=_issuer(source, plain, motto, resolve, why),
        signer=source.found(Signer(signed["name"], one_line(signed["position"]).capitalize()), *signed.span(), why)
        if signed
        else None,
    )


def _day(plain: str, start: int, limit: int) -> tuple[date | None, re.Match[str] | None]:
    found = _DATE.search(plain, start, limit)
    if found is None:
        return None, None
    month = _MONTHS.index((found["m"] or found["m2"]).lower()) + 1
    try:
        return date(int(found["y"] or found["y2"]), month, int(found["d"] or found["d2"])), found
    except ValueError:
        return None, None


def _type(source: Source, plain: str, start: int, limit: int, why: str) -> Found[str] | None:
    heading = _HEADING.search(plain, start, limit)
    letter = _LETTER.search(plain, start, limit)
    if heading is not None and (letter is None or heading.start() < letter.start()):
        return source.found(types.BY_SLUG[_TYPES[heading["name"]]].slug, *heading.span("name"), why)
    return source.found("cong-van", *letter.span(), why) if letter else None


def _issuer(
    source: Source, plain: str, motto: re.Match[str], resolve: Resolve | None, why: str
) -> Found[Issuer] | None:
    above = [
        (line[0].strip(" \t-–—_*"), line.start())
        for line in re.finditer(r"[^\n]+", plain[: motto.start()])
        if sum(map(str.isalpha, line[0])) > 3 and line[0] == line[0].upper()
    ]
    if not above:
        return None
    written, start = above[-1]
    name = re.sub(r"^THE\s+", "", written)
    known: Resolved | None = resolve(name) if resolve else None
    issuer = (
        Issuer(known.name, known.code)
        if known
        else Issuer(name.title().replace(" Of ", " of ").replace(" And ", " and "))
    )
    return source.found(issuer, start, start + len(written), why)
