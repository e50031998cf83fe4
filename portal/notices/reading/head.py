"""The header: national motto, agency, number, place and date (NĐ 30/2020, Appendix I, components 1 to 4)."""

import re
from dataclasses import dataclass
from datetime import date

from portal.notices.reading.phrases import NAME_LINE, TYPE_LINE
from portal.text import LOWERCASE, UPPERCASE, DocumentNumber, find_numbers, parse_number

_MOTTO = re.compile(
    r"CỘNG\s+(?:HÒA|HOÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM(?=\s*[-–—*_\n])"
)
_SLOGAN = re.compile(r"Độc\s+lập\s*[-–—]\s*Tự\s+do\s*[-–—]\s*Hạnh\s+ph[úu]c", re.IGNORECASE)
_BEYOND = re.compile(
    r"^[ \t]*(?:Điều\s+1\b|Nơi\s+nhận\s*:|PHỤ\s+LỤC|Phụ\s+lục\s+(?:số\s+)?[\dIVX]+\s*$|Mẫu\s+(?:số\s+)?\d|Biểu\s+mẫu)",
    re.MULTILINE,
)
_HEAD_END = re.compile(r"\bCăn cứ\b|\bKính gửi\b|^[ \t]*Điều 1\b|Nơi nhận\s*:|\bđiện:", re.MULTILINE)
_NUMBER_WORD = re.compile(
    r"(?:(?<=\n)|(?<=\t)|(?<=\s\s)|(?<=[-–—*_]\s)|(?<=NAM\s)|(?<=phúc\s)|(?<=\s)(?=Số\s?:)|\A)[ \t]*(?:Luật\s+|"
    r"Pháp lệnh\s+|"
    r"Nghị quyết\s+)?Số[ \t]*[:.]?[ \t]*"
)
_BLANK_NUMBER = re.compile(r"[ .…_]*/(?:20\d\d/)?[^\s\d][^\s]*")
_REST = re.compile(r"[-/.&]?[\w&][\w&/.-]*(?<![.-])")
"""What stands right behind the last letter that the grammar knows: a notation with slips is kept whole, and doubted."""

_OLD_NUMBER = re.compile(rf"\d{{1,5}}\s?[-–]\s?[{UPPERCASE}][{UPPERCASE}{LOWERCASE}]{{1,6}}(?!\w|[/-])")
"""`327-CT`, `15-TTg`: before 1996."""

_PLACE = (
    rf"(?:(?:Thành phố|Tỉnh|Thị xã|Thị trấn|Xã|Phường|Đặc khu|Quận|Huyện|TP\.?|Tp\.?) )?"
    rf"[{UPPERCASE}][{UPPERCASE}{LOWERCASE}']*"
    rf"(?:(?:[ \u00a0]{{1,2}}| - |-|\. ?)[{UPPERCASE}][{UPPERCASE}{LOWERCASE}']*){{0,5}}"
)
_BLANK = r"[.…_ \u00a0]{0,20}"
_DATE_LINE = re.compile(
    rf"(?:(?<![^\s])(?P<place>{_PLACE})[ \t]*[,.;]|(?:(?<=\n)|(?<=\t)|(?<=\s\s)|\A)[ \t]*(?P<bare>{_PLACE})[ \t]|"
    rf"(?:(?<=\n)|(?<=\t)|(?<=\s\s))[.…_]*,)"
    rf"\s*ngày\s*(?P<d>\d{{1,2}}|{_BLANK})\s*"
    rf"(?:tháng\s*(?P<m>\d{{1,2}}|{_BLANK})\s*năm\s*(?P<y>\d{{4}}|(?:20)?{_BLANK})|"
    rf"[/.-]\s*(?P<m2>\d{{1,2}})\s*[/.-]\s*(?P<y2>\d{{4}}))"
)
_CELL = r"(?:^[ \u00a0]{0,300}|\t[ \u00a0]{0,300}|(?<=[ \u00a0]{3})|(?<=[-–_*] ))"
_CELL_ENDS = r"(?=[ \u00a0]*(?:$|\t)|[ \u00a0]{3})"
_URGENCY = re.compile(
    rf"{_CELL}(?:(?:ĐỘ|Độ) (?:KHẨN|khẩn)\s*:?\s*)?(?P<mark>HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|"
    rf"KHẨN)(?:\s+HẸN GIỜ[^\n\t]{{0,40}})?{_CELL_ENDS}"
    r"|(?<!\S)(?P<inline>HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN)(?!\w)",
    re.MULTILINE,
)
_SECRECY = re.compile(
    rf"{_CELL}(?:(?:ĐỘ|Độ) (?:MẬT|mật)\s*:?\s*)?(?P<mark>TUYỆT MẬT|TỐI MẬT|MẬT|Tuyệt mật|Tối mật|Mật){_CELL_ENDS}"
    r"|(?<!\S)(?<!ĐỘ )(?<!TÀI LIỆU )(?P<inline>TUYỆT MẬT|TỐI MẬT)(?!\w)|"
    r"(?P<before>(?<!\S)(?<!BẢO )(?<!BÍ )(?<!CƠ )(?<!TỐI )(?<!TUYỆT )"
    r"(?<!NHÀ NƯỚC )(?<!ĐỘ )MẬT)(?=\s+(?:Số\s?:|CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Độc lập))",
    re.MULTILINE,
)
_LONGEST_HEAD = 2500


@dataclass(frozen=True)
class Head:
    """Where the header's components stand in the plain text; None if missing. `end`: the type or text may begin."""

    start: int
    end: int
    motto: tuple[int, int] | None = None
    number: DocumentNumber | None = None
    number_at: tuple[int, int] | None = None
    issued_on: date | None = None
    date_at: tuple[int, int] | None = None
    date_loose: bool = False
    place: str | None = None
    place_at: tuple[int, int] | None = None
    urgency: re.Match[str] | None = None
    secrecy: re.Match[str] | None = None
    masked: tuple[tuple[int, int], ...] = ()


def read_head(plain: str) -> Head:
    """The header, also when only parts of it came along; an empty one when the text begins with type or body."""
    motto = _motto(plain)
    start = _start(plain, motto[0]) if motto else 0
    limit = _limit(plain, motto[1] if motto else 0)
    number, number_at = _number(plain, start, limit, anywhere=motto is not None)
    date_line = _date_line(plain, number_at[1] if number_at else (motto[1] if motto else 0), limit)
    if date_line is not None and not (motto or number_at) and not date_line["place"]:
        date_line = None
    loose = None
    if date_line is None and (motto or number_at):
        date_line = loose = _loose_date(plain, start, limit)
    slogans = tuple(found.span() for found in _SLOGAN.finditer(plain, start, limit))
    known = [span for span in (motto, number_at, date_line.span() if date_line else None, *slogans) if span]
    place_group = _place_group(date_line)
    marks_from = max(0, start - 200)
    return Head(
        start=start,
        end=max((end for _, end in known), default=start),
        motto=motto,
        number=number,
        number_at=number_at,
        issued_on=_date(date_line) if date_line else None,
        date_at=(plain.index("ngày", date_line.start()), date_line.end()) if date_line else None,
        date_loose=loose is not None,
        place=date_line[place_group] if date_line and place_group else None,
        place_at=date_line.span(place_group) if date_line and place_group else None,
        urgency=_URGENCY.search(plain, marks_from, limit),
        secrecy=_SECRECY.search(plain, marks_from, limit),
        masked=tuple(known),
    )


def _place_group(found: re.Match[str] | None) -> str | None:
    return next((name for name in ("place", "bare") if found and found[name]), None)


def _motto(plain: str) -> tuple[int, int] | None:
    found = _MOTTO.search(plain)
    if found is None or _BEYOND.search(plain, 0, found.start()):
        return None
    return found.span()


_COMPONENT = re.compile(
    r"[ \t]*(?:(?:Luật |Pháp lệnh |Nghị quyết )?Số\b|V/[vV]|Về việc|[^\n]{0,60}\bngày\b[^\n]{0,40}\bnăm\b)"
)
_HIGHEST = 14


def _start(plain: str, motto: int) -> int:
    """Above the motto may stand the agency in capitals and, where columns come one after the other, number, subject and
    date; what is higher is not the header's."""
    start = place = plain.rfind("\n", 0, motto) + 1
    loose = 0
    for _ in range(_HIGHEST):
        if place == 0:
            break
        above = plain.rfind("\n", 0, place - 1) + 1
        line = plain[above:place].strip()
        place = above
        if not line or NAME_LINE.fullmatch(line) or _COMPONENT.match(line):
            if TYPE_LINE.match(line) and not _COMPONENT.match(line):
                break
            start, loose = above, 0
            continue
        # The subject of a letter may go on for some lines: they count when "V/v" or the number stands above them.
        loose += 1
        if loose > 4 or len(line) > 90:
            break
    return start


def _limit(plain: str, after: int) -> int:
    end = _HEAD_END.search(plain, after)
    limit = min(len(plain), after + _LONGEST_HEAD, end.start() if end else len(plain))
    heading = TYPE_LINE.search(plain, after, limit)
    return heading.start() if heading else limit


def _number(
    plain: str, start: int, limit: int, *, anywhere: bool
) -> tuple[DocumentNumber | None, tuple[int, int] | None]:
    for word in _NUMBER_WORD.finditer(plain, start, limit):
        if not anywhere and plain[plain.rfind("\n", 0, word.end()) + 1 : word.start()].strip():
            continue
        line_end = plain.find("\n", word.end())
        line = plain[word.end() : min(len(plain) if line_end < 0 else line_end, word.end() + 90)]
        for found in find_numbers(line):
            if found.start == 0:
                rest = _REST.match(line, found.end)
                whole = parse_number(line[: rest.end()]) if rest else None
                end = rest.end() if rest and whole else found.end
                return whole or found.number, (word.start(), word.end() + end)
            break
        old = _OLD_NUMBER.match(line)
        if old and (number := parse_number(old[0])):
            return number, (word.start(), word.end() + old.end())
        blank = _BLANK_NUMBER.match(line)
        if blank and (number := parse_number(blank[0])):
            return number, (word.start(), word.end() + blank.end())
    return None, None


def _date_line(plain: str, start: int, limit: int) -> re.Match[str] | None:
    found = _DATE_LINE.search(plain, start, limit)
    return found or _DATE_LINE.search(plain, 0, min(start, limit))


_LOOSE_DATE = re.compile(
    rf"(?:(?P<place>{_PLACE})[ \t]*[.;:,]?[ \t]*|(?P<bare>(?!))|^[ \t]*|(?<=[,.;])[ \t]*)ngày\s*(?P<d>\d{{1,2}})\s*"
    rf"(?:tháng\s*(?P<m>\d{{1,2}})\s*năm\s*(?P<y>\d{{4}})|[/.-]\s*(?P<m2>\d{{1,2}})\s*[/.-]\s*(?P<y2>\d{{4}}))[ \t]*$",
    re.MULTILINE,
)


def _loose_date(plain: str, start: int, limit: int) -> re.Match[str] | None:
    """A date at the end of a line of the header without its place or comma; what names another document is none."""
    for found in _LOOSE_DATE.finditer(plain, start, limit):
        line = plain[plain.rfind("\n", 0, found.start()) + 1 : found.start()]
        if not re.search(r"[Ss]ố|của|đến|[Vv]/v|họp", line):
            return found
    return None


def _date(found: re.Match[str]) -> date | None:
    day, month, year = found["d"], found["m"] or found["m2"] or "", found["y"] or found["y2"] or ""
    if not (day.isdigit() and month.isdigit() and len(year.strip()) == 4 and year.isdigit()):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
