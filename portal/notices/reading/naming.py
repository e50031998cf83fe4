"""The type of the document and its title (tên loại và trích yếu; NĐ 30/2020, Appendix I, component 5)."""

import re
from dataclasses import dataclass

from portal.notices import types
from portal.notices.reading.head import Head
from portal.notices.reading.phrases import AUTHORITY, TEXT_BEGINS, TYPE_AT, TYPE_LINE
from portal.text import LOWERCASE, UPPERCASE, with_old_tone_place

_ADDRESSED = re.compile(r"(?:Đồng\s+)?Kính gửi\s*:?")
_SUBJECT = re.compile(r"(?<!\w)(?:V/[vV]|v/v|Về việc|(?<=\n)Về)\s*:?\s*(?=\S)")
_BELOW_NUMBER = re.compile(rf"[ \t]*\n[ \t]*(?P<subject>[{LOWERCASE}][^\n\t,:;]{{8,200}}?)[ \t]*(?=\n)")
"""Letters of the Party write the subject below the number without "V/v"."""

_CELL_END = re.compile(rf"\t|[ ]{{4,}}|\n(?=[^{LOWERCASE}\n]{{4,}}\n)")
_RULE = re.compile(r"[\s\-–—_*=.]*")
_GAP = re.compile(r"(?:\s|[-–—_*=]{3,})*")
_CONNECTS = re.compile(
    r"(?:CỦA|VÀ|THUỘC|CHO|TẠI|DO|BỞI|GIỮA|VỚI|TRÊN ĐỊA BÀN|VỀ|TỪ|LÀ|HOẶC|ĐỐI VỚI|CÁC|THỦ TƯỚNG|CHỦ TỊCH|"
    r"VĂN PHÒNG|,|\(|-|–)\s*\Z"
)
_TITLE_GOES_ON = re.compile(r"\b(?:VỀ|QUY ĐỊNH|BAN HÀNH|SỬA ĐỔI|NĂM \d|GIAI ĐOẠN|CÔNG BỐ|PHÊ DUYỆT)\b")
_LOWER_WORD = re.compile(rf"(?<!\S)[“\"(]?[{UPPERCASE}{LOWERCASE}]*[{LOWERCASE}]{{2,}}[{UPPERCASE}{LOWERCASE}]*")
_LONGEST_TITLE = 1500


@dataclass(frozen=True)
class Naming:
    """Offsets of the type's name and of the title; `end` is where the content begins."""

    end: int
    type: types.NoticeType | None = None
    heading: str | None = None
    type_at: tuple[int, int] | None = None
    title_at: tuple[int, int] | None = None
    is_letter: bool = False
    title_doubtful: bool = False


def read_naming(plain: str, head: Head) -> Naming:
    """The type and title after the header, or those of a letter (V/v … Kính gửi), or nothing."""
    named = TYPE_AT.match(plain, head.end) if head.motto or head.number_at or head.end == 0 else None
    if named is None or _is_part(plain, named):
        named = _later_heading(plain, head)
    if named is None or _is_part(plain, named):
        return _letter(plain, head)
    start, end, doubtful = _title(plain, _over_authority(plain, named.end()))
    heading = " ".join(named["name"].split())
    return Naming(
        end=_over_rule(plain, end if end > start else named.end()),
        type=types.by_name(with_old_tone_place(heading.lower())),
        heading=heading,
        type_at=named.span("name"),
        title_at=(start, end) if end > start else None,
        title_doubtful=doubtful,
    )


_PART = re.compile(
    rf"QUY\s+ĐỊNH\s+(?:CHUNG|CỤ THỂ|KHÁC|CHUYỂN TIẾP|THI HÀNH|VỀ TỔ CHỨC THỰC HIỆN)(?![{UPPERCASE}{LOWERCASE}])"
)
_PART_ABOVE = re.compile(r"(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC)\s+(?:[IVXLC\d]+|thứ\s\S+|THỨ\s\S+)[.:]?\s*\Z")


def _is_part(plain: str, named: re.Match[str]) -> bool:
    """Whether the words are the heading of a chapter ("Chương I QUY ĐỊNH CHUNG"), not the name of the paper."""
    at = named.start("name")
    return _PART.match(plain, at) is not None or _PART_ABOVE.search(plain, max(0, at - 40), at) is not None


_OF_WHOM = re.compile(
    rf"[ \t]*\n?[ \t]*CỦA[ \t]+(?:(?!Số\b)[{UPPERCASE},]+[ \t]*){{1,14}}(?=\n|[{UPPERCASE}“\"]?[{LOWERCASE}]|SỐ\b)"
)


_GAZETTE_NUMBER = re.compile(
    r"\s*SỐ\s*:?\s*\d\S*\s*,?\s*(?:NGÀY\s*\d{1,2}\s*(?:THÁNG|/|-)\s*\d{1,2}\s*(?:NĂM|/|-)\s*\d{4})?", re.IGNORECASE
)


def _over_authority(plain: str, place: int) -> int:
    """Old headings name who decides: "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH"; the title stands below."""
    found = _OF_WHOM.match(plain, place)
    if found is None or not AUTHORITY.match(found[0].strip().removeprefix("CỦA").strip()):
        return place
    numbered = _GAZETTE_NUMBER.match(plain, found.end())
    end = numbered.end() if numbered else found.end()
    # The capital of the first word of the title belongs to the title.
    return end - 1 if plain[end : end + 1].islower() else end


def _later_heading(plain: str, head: Head) -> re.Match[str] | None:
    """A heading on its own line a little further down, unless a letter's address or an article comes first."""
    address = _ADDRESSED.search(plain, head.end, head.end + _LONGEST_TITLE)
    limit = address.start() if address else head.end + 600
    article = _ARTICLE.search(plain, head.end, limit)
    return TYPE_LINE.search(plain, head.end, article.start() if article else limit)


_ARTICLE = re.compile(r"^[ \t]*(?:Điều\s+\d|Chương\s+[IVX]+\b)", re.MULTILINE)


def _letter(plain: str, head: Head) -> Naming:
    address = _ADDRESSED.search(plain, head.end, head.end + _LONGEST_TITLE)
    if address is None or (not head.motto and not head.number_at and plain[: address.start()].strip()):
        return Naming(end=head.end)
    # Without the place nothing shows where the columns part: the subject may hold a piece of it.
    is_loose = head.place_at is None and head.date_at is not None
    title_at = _subject(plain, head, address.start())
    return Naming(end=address.start(), title_at=title_at, is_letter=True, title_doubtful=is_loose)


def _subject(plain: str, head: Head, address: int) -> tuple[int, int] | None:
    """From "V/v" to the next component of the header or to the address, wherever the columns put it."""
    found = _SUBJECT.search(plain, head.number_at[1] if head.number_at else head.start, address)
    if found is None:
        found = _SUBJECT.search(plain, head.start, address)
    if found is None and head.number_at and (below := _BELOW_NUMBER.match(plain, head.number_at[1], address)):
        return below.span("subject")
    if found is None:
        return None
    line_start = head.place_at[0] if head.place_at else address
    if head.place_at is None and head.date_at:
        line_start = max(plain.rfind("\n", 0, head.date_at[0]), plain.rfind("\t", 0, head.date_at[0])) + 1
    edges = [start for start, _end in (*head.masked, (line_start, 0)) if start > found.start()]
    end = min([address, *edges])
    gap = _CELL_END.search(plain, found.end(), end)
    return _stripped(plain, found.start(), gap.start() if gap else end)


def _title(plain: str, start: int) -> tuple[int, int, bool]:
    """Where the title stands, from the end of the type's name, and whether its end is a guess."""
    line_end = _line_end(plain, start)
    if plain[start:line_end].strip(" \t:.-–—_*"):
        if _MIXED.match(plain, start) and (
            line_end - start > _LONGEST_LINE or _MIXED_END.search(plain, start + 12, line_end)
        ):
            return _mixed_title(plain, start, min(line_end, start + _LONGEST_TITLE))
        end = line_end if _MIXED.match(plain, start) else _capitals_end(plain, start, min(line_end, start + 1500))
        return (*_trimmed(plain, start, end), False) if end < line_end else _more_lines(plain, start, line_end)
    return _more_lines(plain, line_end, line_end)


_LONGEST_LINE = 250
_MIXED = re.compile(rf"[ \t:]*[“\"]?(?:[{UPPERCASE}][{LOWERCASE}]+|về|v/v)(?= )")
_MIXED_END = re.compile(
    rf" (?:(?P<sure>Căn cứ|Kính gửi|[{UPPERCASE}]{{2,}}(?:[ ,]+(?:[{UPPERCASE}]+|\d+|-)){{1,20}},? Căn cứ|Điều 1[.:])|"
    rf"(?=Thực hiện |Để |Nhằm |Ngày \d|Sau khi |Trong |Hôm nay|Hiện nay|Vừa qua|Qua |1\. |I\. |Trên cơ sở |"
    rf"Thi hành |Xét |Theo ))"
)


def _mixed_title(plain: str, start: int, limit: int) -> tuple[int, int, bool]:
    """A title in small letters that runs on into the text of one long line: up to the bases, else up to a word with
    which texts begin, which is a guess."""
    end = _MIXED_END.search(plain, start + 12, limit)
    if end is None:
        stop = plain.find(". ", start, limit)
        return (*_stripped(plain, start, stop if stop > 0 else min(limit, start + _LONGEST_LINE)), True)
    return (*_stripped(plain, start, end.start()), end["sure"] is None)


def _capitals_end(plain: str, start: int, limit: int) -> int:
    """Where running text begins in a line that holds the title in capitals and what follows it."""
    for word in _LOWER_WORD.finditer(plain, start, limit):
        if TEXT_BEGINS.match(plain, word.start()) or plain.startswith("điện", word.start()):
            return word.start()
        rest = plain[word.start() : word.start() + 60]
        if len(_LOWER_WORD.findall(rest)) >= 4:
            return word.start()
    return limit


_SURE_TEXT = re.compile(r"(?:Căn cứ|- Căn cứ|Kính gửi|I\.|A\.|1\.|Điều\s+1|Chương\s+I|Ngày\s+\d|Hôm nay|Xét\s)")
_DECIDES = re.compile(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ ĐỊNH|CHỈ THỊ)\s*:?")
_SENTENCE_END = re.compile(r"[.;:]\s*\Z|[.;]\s+[^\W\d_]")


def _begins_text(line: str, *, is_first: bool) -> bool:
    """Whether the line is the text: by the words with which texts begin, or because it is a whole sentence. Below the
    heading "Triển khai …" may also begin a title: it has no end of sentence."""
    if TEXT_BEGINS.match(line) is None:
        return not is_first and _SENTENCE_END.search(line.rstrip('”"')) is not None
    if not is_first or _SURE_TEXT.match(line) or len(line) > 160:
        return True
    return _SENTENCE_END.search(line) is not None or line.endswith(",")


def _more_lines(plain: str, start: int, end: int) -> tuple[int, int, bool]:
    """The lines of a title up to a rule, a gap, the authority or the first sentence, and whether its end is a guess: a
    line in small letters that begins like a sentence was taken."""
    first, last, place, doubtful = -1, start, end, False
    if plain[start:end].strip():
        first, last = start, end
    while place < len(plain) and place - start < _LONGEST_TITLE:
        line_start, place = place + 1, _line_end(plain, place + 1)
        line = plain[line_start:place].strip()
        # A letter or two alone are what a broken heading left.
        if len(line) < 3 and first < 0:
            continue
        is_first = first < 0
        if not line or _RULE.fullmatch(line) or _begins_text(line, is_first=is_first):
            break
        if not is_first and _DECIDES.fullmatch(line):
            break
        if first >= 0 and _ends_title(plain[first:last], line, plain[place : place + 200]):
            break
        is_mixed = line != line.upper() and line[:1].isupper()
        if is_first:
            doubtful = TEXT_BEGINS.match(line) is not None and plain[place + 1 : place + 2].islower()
        elif is_mixed and not _CONNECTS.search(plain[first:last].upper().rstrip()):
            doubtful = True
        first = line_start if is_first else first
        last = place
    return (*_stripped(plain, first, last), doubtful) if first >= 0 else (start, start, False)


_TELEGRAM = re.compile(r"\bđiện\s*:|\bĐIỆN\s*:")
_SESSION = re.compile(r"\A(?:(?:\(?KHÓA|\(?KHOÁ|KỲ HỌP|NHIỆM KỲ)[^\n]*\s*)+")


def _ends_title(before: str, line: str, following: str) -> bool:
    """Whether the line is the authority that decides (then come the bases), or running text after capitals."""
    following = _SESSION.sub("", following.lstrip())
    if AUTHORITY.match(line) and TEXT_BEGINS.match(following.lstrip()) and not _CONNECTS.search(before.rstrip()):
        return True
    if (AUTHORITY.match(line) and _TELEGRAM.search(line)) or line.startswith(("- ", "+ ", "Nơi nhận")):
        return True
    was_capitals, is_capitals = before == before.upper(), line == line.upper()
    if is_capitals and not was_capitals and (AUTHORITY.match(line) or len(line) > 7):
        return not _CONNECTS.search(before.upper().rstrip())
    return was_capitals and not is_capitals and len(_LOWER_WORD.findall(line)) > 3


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    """Without the authority that decides, when it stands on the same line after the title."""
    title = plain[start:end]
    if title == title.upper():
        for office in AUTHORITY.finditer(title):
            before, rest = title[: office.start()], title[office.start() :]
            if office.start() == 0 or not before[-1:].isspace() or _CONNECTS.search(before.rstrip()):
                continue
            if len(rest.strip()) <= 90 and not _TITLE_GOES_ON.search(rest) and before.strip():
                end = start + office.start()
                break
    return _stripped(plain, start, end)


def _stripped(plain: str, start: int, end: int) -> tuple[int, int]:
    while end > start and plain[end - 1] in " \t\n-–—_*":
        end -= 1
    while start < end and plain[start] in " \t\n-–—_*:":
        start += 1
    return start, end


def _over_rule(plain: str, end: int) -> int:
    blank = _GAP.match(plain, end)
    return blank.end() if blank else end


def _line_end(plain: str, start: int) -> int:
    end = plain.find("\n", start)
    return len(plain) if end < 0 else end
