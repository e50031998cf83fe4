"""What a paper without header says of itself elsewhere: its annexes, or a first line that names it. Never sure."""

import re
from dataclasses import dataclass
from datetime import date

from portal.notices import types
from portal.notices.reading.found import Found
from portal.notices.reading.source import Source
from portal.request import _
from portal.text import DocumentNumber, find_dates, find_numbers

_NAMES = "|".join(sorted((re.escape(type_.name) for type_ in types.TYPES), key=len, reverse=True))
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
