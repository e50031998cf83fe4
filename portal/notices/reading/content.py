"""What the text itself says: bases, addressees, day of the meeting, day of effect (A3-8: only from its place)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from portal.notices.reading.found import Found
from portal.notices.reading.source import Source, one_line
from portal.notices.types import TYPES, NoticeType
from portal.request import _
from portal.text import find_dates

_BASIS = re.compile(r"(?:(?<=\n)|(?<=[;.:]\s)|(?<=[A-ZĐ]\s)|\A)[ \t]*(?:[-–+][ \t]*)?Căn cứ\s+(?=\S)")
_BASIS_END = re.compile(
    r";|\.(?=\s*(?:\n|\Z))|\n|(?<!\d)\.\s(?=[A-ZĐ])|\s(?=Theo đề nghị|Xét (?:đề nghị|Tờ trình)|QUYẾT ĐỊNH|QUYẾT NGHỊ)"
)
_BASES_END = re.compile(
    r"^[ \t]*(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|CHỈ THỊ|Điều 1\b|NGHỊ ĐỊNH|THÔNG TƯ)\s*:?[ \t]*$|\bĐiều 1[.:]", re.MULTILINE
)
_ADDRESS = re.compile(r"Kính gửi\s*:?\s*")
_LONGEST_ADDRESS = 300
_RUNS_ON = re.compile(r"[.;](?=\s)|\s(?=Căn cứ\s|Trả lời\s|Thực hiện\s|Ngày\s\d|Về việc\s|\S+ \S+ nhận được)")
_MEETING = re.compile(
    r"(?P<date>(?:Ngày|Sáng ngày|Chiều ngày|Tối ngày|Trong ngày|"
    r"Trong các ngày)\s.{4,60}?\d{4})\s*,?\s(?P<rest>[^\n]{0,900})",
    re.DOTALL,
)
_MET = re.compile(
    r"chủ trì|(?:cuộc|buổi|phiên|kỳ)\s+(?:họp|làm việc)|hội nghị|tọa đàm|kiểm tra|làm việc (?:tại|với)", re.IGNORECASE
)
_NAMES = "|".join(sorted((type_.name for type_ in TYPES), key=len, reverse=True))
_CLOSING = re.compile(
    rf"(?<!ngày )(?P<subject>{_NAMES}|[Vv]ăn bản) này (?:(?:đã )?được [^.\n]{{5,220}}? và )?(?:bắt đầu )?có hiệu lực"
    rf"(?: thi hành)?,? ?(?P<when>.{{0,90}})"
)
_FROM_SIGNING = re.compile(r"(?:(?:kể )?từ )?ngày (?:được )?(?:ký|ban hành)(?! (?:luật|nghị))")
_AFTER_DAYS = re.compile(
    r"sau (?P<days>\d{1,3}) ?(?:\([^)]{2,40}\) ?)?ngày,? ?(?:kể )?(?:từ )?ngày (?:được )?"
    r"(?P<what>ký|ban hành|thông qua|công bố|đăng)",
    re.IGNORECASE,
)


def legal_bases(source: Source, start: int, end: int) -> Iterator[Found[str]]:
    """The clauses that begin with "Căn cứ" between title and the first article."""
    plain = source.plain
    stop = _BASES_END.search(plain, start, end)
    limit = stop.start() if stop else min(end, start + 15000)
    for basis in _BASIS.finditer(plain, max(0, start - 1), limit):
        ending = _BASIS_END.search(plain, basis.end(), limit)
        finish = ending.start() if ending else limit
        first = plain.index("Căn cứ", basis.start())
        yield source.found(one_line(plain[first:finish]), first, finish)


def addressees(source: Source, start: int) -> Iterator[Found[str]]:
    """Kính gửi: whom a letter is addressed to; on a line that runs on into the text only the first, unsure."""
    plain = source.plain
    opening = _ADDRESS.match(plain, start)
    if opening is None:
        return
    place = opening.end()
    while place < len(plain):
        line_end = plain.find("\n", place)
        line_end = len(plain) if line_end < 0 else line_end
        is_first = place == opening.end()
        if not is_first and not plain[place:line_end].lstrip().startswith(("-", "–", "+", "•")):
            return
        if line_end - place > _LONGEST_ADDRESS:
            end = _RUNS_ON.search(plain, place, line_end)
            if is_first and end:
                why = _("Dòng “Kính gửi” liền với nội dung; cần kiểm tra nơi nhận.")
                yield source.found(one_line(plain[place : end.start()]).rstrip(" .;"), place, end.start(), why)
            return
        for item in re.finditer(r"[^;]+", plain[place:line_end]):
            text = item[0].strip(" \t-–+•;.")
            if text:
                first = plain.index(text, place + item.start())
                yield source.found(one_line(text), first, first + len(text))
        place = line_end + 1


def meeting_on(source: Source, start: int, *, title: str) -> Found[date] | None:
    """The day of the meeting whose conclusions are announced: the first words of the text, never the day of issue."""
    plain = source.plain
    opening = re.compile(r"\s*").match(plain, start)
    place = opening.end() if opening else start
    found = _MEETING.match(plain, place)
    if found is None:
        return None
    met = _MET.search(found["rest"]) is not None
    first = next(iter(find_dates(found["date"])), None)
    if first is None or first.day is None or not (met or "KẾT LUẬN" in title.upper()):
        return None
    at = found.start("date") + first.start
    doubt = "" if met else _("Có thể không phải ngày họp.")
    return source.found(first.day, at, found.start("date") + first.end, doubt)


def effective_on(
    source: Source, start: int, end: int, *, type_: NoticeType | None, issued_on: Found[date] | None
) -> Found[date] | None:
    """The day of effect from the document's own closing words; quoted texts and other documents' dates do not count."""
    proposals = list(_effects(source, start, end, type_, issued_on))
    if not proposals:
        return None
    first = proposals[-1]
    if len({found.value for found in proposals}) > 1:
        why = _("Văn bản nêu nhiều ngày có hiệu lực; cần kiểm tra.")
        return Found(first.value, first.start, first.end, first.passage, False, why)
    return first


def _effects(
    source: Source, start: int, end: int, type_: NoticeType | None, issued_on: Found[date] | None
) -> Iterator[Found[date]]:
    plain = source.plain
    spaced = plain[:end].replace("\n", " ")
    for closing in _CLOSING.finditer(spaced, start):
        if not _is_own(closing["subject"], type_) or _is_quoted(plain, closing.start(), start):
            continue
        when = closing["when"]
        later = _AFTER_DAYS.match(when)
        if later and issued_on is not None and later["what"].lower() in ("ký", "ban hành"):
            doubt = "" if issued_on.sure else _("Hiệu lực từ ngày ký, mà ngày ký chưa chắc chắn.")
            day = issued_on.value + timedelta(days=int(later["days"]))
            yield source.found(day, closing.start(), closing.start("when") + later.end(), doubt)
            continue
        signing = _FROM_SIGNING.match(when)
        if signing and issued_on is not None:
            doubt = "" if issued_on.sure else _("Hiệu lực từ ngày ký, mà ngày ký chưa chắc chắn.")
            yield source.found(issued_on.value, closing.start(), closing.start("when") + signing.end(), doubt)
            continue
        found = next(iter(find_dates(when)), None)
        if found is not None and found.day is not None and found.start <= 12 and found.bound in (None, "from"):
            exception = "trừ" in plain[closing.end() - 40 : closing.end() + 60]
            doubt = _("Có quy định ngoại lệ về ngày có hiệu lực.") if exception else ""
            yield source.found(found.day, closing.start(), closing.start("when") + found.end, doubt)


def is_effect_uncounted(source: Source, start: int, end: int) -> bool:
    """Whether the day of effect counts from a day that the paper does not tell: that of its publication."""
    later = (_AFTER_DAYS.match(closing["when"]) for closing in _CLOSING.finditer(source.plain, start, end))
    return any(found is not None for found in later)


def _is_own(subject: str, type_: NoticeType | None) -> bool:
    return type_ is None or subject.lower() in (type_.name.lower(), "văn bản")


def _is_quoted(plain: str, place: int, start: int) -> bool:
    """Inside “…”: what an amending article puts into another document. Looks back 4,000 characters."""
    before = plain[max(start, place - 4000) : place]
    return before.rfind("“") > before.rfind("”")
