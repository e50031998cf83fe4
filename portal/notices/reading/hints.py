"""What a paper without header says of itself elsewhere: its annexes, or a first line that names it. Never sure."""

import re
from dataclasses import dataclass
from datetime import date

from portal.notices import types
from portal.notices.reading.found import Found
from portal.notices.reading.phrases import HEADINGS
from portal.notices.reading.source import Source
from portal.request import _
from portal.text import DocumentNumber, find_dates, find_numbers, with_old_tone_place

_NAMES = "|".join(sorted((re.escape(type_.name) for type_ in types.TYPES), key=len, reverse=True))
_HEADING = "|".join(heading.replace(" ", r"\s+") for heading in HEADINGS)
_ANNEX_LINE = re.compile(
    rf"^[^\n“]{{0,400}}\(\s*(?:Ban\s+hành\s+)?[Kk]èm\s+theo\s+(?P<type>{_NAMES})\s+số\s*:?\s*(?=\d)", re.MULTILINE
)
_FIRST_LINE = re.compile(rf"\s*(?P<type>{_NAMES})\s+(?:số\s*:?\s*)?(?=\d)")
_LONGEST_ABSTRACT = 600


@dataclass(frozen=True)
class Hint:
    """Number, day and type as another place of the paper gives them; all unsure."""

    type: Found[str]
    number: Found[str] | None
    notation: Found[str]
    issued_on: Found[date] | None = None
    issuer: tuple[str, int, int] | None = None


_GAZETTE = re.compile(
    rf"^[ \t]*(?P<type>{_HEADING})\s+(?:(?:CỦA|của)\s+(?P<who>[^\n\d]{{3,90}}?(?:\n[^\n\d]{{3,60}}?)?)\s+)?"
    r"(?:SỐ|Số|số)\s*:?\s*(?=\d)",
    re.MULTILINE,
)
_GAZETTE_DAY = re.compile(r"\s*,?\s*(?=NGÀY|ngày|Ngày)")


def read_gazette(source: Source) -> Hint | None:
    """The heading of papers without header, as gazettes and databases give it: "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG … SỐ 12/…
    NGÀY 5 THÁNG 2 NĂM 1999 VỀ VIỆC …". It is the document's own name: sure when type and notation agree."""
    plain = source.plain
    named = _GAZETTE.search(plain, 0, 600)
    if named is None:
        return None
    line = plain[named.end() : named.end() + 120]
    number = next((n for n in find_numbers(line) if n.start == 0), None)
    type_ = types.by_name(with_old_tone_place(" ".join(named["type"].split()).lower()))
    if number is None or type_ is None:
        return None
    told = types.by_notation(number.number)
    why = "" if told == type_ else _("Lấy từ tên văn bản, không phải từ phần đầu; tên loại và ký hiệu không khớp.")
    end = named.end() + number.end
    following = _GAZETTE_DAY.match(plain, end)
    day = next(iter(find_dates(plain[end : end + 70].lower())), None) if following else None
    issued_on = None
    if following and day is not None and day.day is not None and end + day.start == following.end():
        issued_on = source.found(day.day, end + day.start, end + day.end, why)
    return Hint(
        type=source.found(type_.slug, *named.span("type"), why),
        number=_part(source, number.number, named.end(), end, why),
        notation=source.found(number.number.notation, named.end(), end, why),
        issued_on=issued_on,
        issuer=(" ".join(named["who"].split()).upper(), *named.span("who")) if named["who"] else None,
    )


_PASSED = re.compile(
    r"(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Hiến pháp)\s+này\s+(?:đã\s+)?được\s+(?:Quốc hội|Ủy ban|Uỷ ban|Hội đồng|HĐND)"
    r"[^.]{0,300}?thông\s+qua\s+(?:tại[^.]{0,120}?)?(?=ngày)"
)


def passed_on(source: Source, start: int) -> Found[date] | None:
    """The day on which an assembly passed its own law or resolution, from the closing words."""
    found = next(reversed(list(_PASSED.finditer(source.plain, start))), None)
    if found is None:
        return None
    day = next(iter(find_dates(source.plain[found.end() : found.end() + 40])), None)
    if day is None or day.day is None or day.start:
        return None
    return source.found(day.day, found.end(), found.end() + day.end)


def read_hint(source: Source, type_: types.NoticeType | None, annexes: int) -> Hint | None:
    """From the line "(Kèm theo Quyết định số … ngày …)" above an annex, or from a text that is only one naming line."""
    plain = source.plain
    for line in [*_ANNEX_LINE.finditer(plain, annexes), *_ANNEX_LINE.finditer(plain, 0, min(annexes, 3000))]:
        named = types.by_name(line["type"])
        if type_ is None or named == type_:
            why = _("Lấy từ dòng “Kèm theo …” của phụ lục, không phải từ phần đầu văn bản.")
            return _hint(source, line, named, why)
    first = _FIRST_LINE.match(plain) if len(plain.strip()) < _LONGEST_ABSTRACT else None
    why = _("Lấy từ câu đầu của đoạn giới thiệu, không phải từ phần đầu văn bản.")
    return _hint(source, first, types.by_name(first["type"]), why) if first else None


def _hint(source: Source, found: re.Match[str], type_: types.NoticeType | None, why: str) -> Hint | None:
    plain = source.plain
    number = next((n for n in find_numbers(plain[found.end() : found.end() + 60]) if n.start == 0), None)
    if number is None or type_ is None:
        return None
    end = found.end() + number.end
    following = re.match(r"\s*,?\s*(?=ngày)", plain[end : end + 10])
    day = next(iter(find_dates(plain[end : end + 60])), None) if following else None
    issued_on = None
    if day is not None and day.day is not None and following and day.start == following.end():
        issued_on = source.found(day.day, end + day.start, end + day.end, why)
    return Hint(
        type=source.found(type_.slug, *found.span("type"), why),
        number=_part(source, number.number, found.end(), end, why),
        notation=source.found(number.number.notation, found.end(), end, why),
        issued_on=issued_on,
    )


def _part(source: Source, number: DocumentNumber, start: int, end: int, why: str) -> Found[str] | None:
    return source.found(number.number, start, end, why) if number.number else None
