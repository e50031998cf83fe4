"""The end of a paper: Nơi nhận with the archive line, and the signature (NĐ 30/2020, Appendix I, parts 7 and 9)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.notices.reading.found import Found, Recipient, Signer
from portal.notices.reading.phrases import OFFICE
from portal.notices.reading.source import Source, one_line
from portal.request import _
from portal.text import LOWERCASE, UPPERCASE

_HEADING = re.compile(r"Nơi\s+nhận\s*(?::|(?=\n\s*[-–]))")
_ARCHIVE = re.compile(r"(?<![^\s\-–—+*;,.])Lưu\s*(?::|(?=\s*VT))|(?<=[-–+*•] )Lưu(?= \S)|(?<=[-–+*•])Lưu(?= \S)")
_ITEM = re.compile(r"(?:\A|(?<=[;:.,\n])|(?<=[;:.,\n][ \t])|(?<=\n)[ \t]*)[ \t]*[-–—+*•][ \t]*(?=\S)|\n")
_PURPOSE = re.compile(
    r"\s*\(\s*(?P<purpose>(?:để|đề)\b[^()]*|[bpt]/[\w/]+|đ/b|đưa tin[^()]*|đăng[^()]*|báo cáo|phối hợp|"
    r"thực hiện|theo dõi)\s*\)\s*\Z",
    re.IGNORECASE,
)
_FORM = re.compile(
    rf"(?<![{UPPERCASE}])(?:(?P<form>TM|KT|TL|TUQ|Q)\.|(?P<slashed>T/M|K/T|T/L|TUQ))\s*(?=[{UPPERCASE}])"
)
_GIVEN = rf"[{UPPERCASE}][{LOWERCASE}']+"
_SYLLABLE = rf"(?:{_GIVEN}|[{UPPERCASE}])"
_RANK = (
    r"(?:(?:Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Trung tá|Đô đốc|Chuẩn đô đốc|"
    r"Phó Đô đốc|GS|PGS|TSKH|TS|ThS|BS|CKI{1,2}|DS|Dr)"
    r"[.,]?\s*)*"
)
_NAME = re.compile(
    rf"(?P<rank>{_RANK})(?P<name>{_GIVEN}(?:[ \u00a0]{{1,3}}(?:{_SYLLABLE}\b)){{1,5}})(?=\s*(?:$|\n|\t|\(|\Z)|"
    rf"\s+[{UPPERCASE}]{{2,}}(?!\w))",
    re.MULTILINE,
)
_SIGNATURE_LINE = re.compile(rf"^[ \t]*(?=(?:TM|KT|TL|TUQ|Q)\.|T/M|K/T|T/L|{OFFICE.pattern})", re.MULTILINE)
_SIGNED = re.compile(r"\(?\s*(?:[Đđ]ã ký|Đã ký tên|Ký tên|[Kk]ý bởi)[^\n)]*\)?")
_LONGEST_LIST, _LONGEST_SIGNATURE, _LONGEST_FORMS = 8000, 900, 400


@dataclass(frozen=True)
class Foot:
    """`start` is where the content ends, `end` where annexes may begin."""

    start: int
    end: int
    recipients: tuple[Found[Recipient], ...] = ()
    archive_line: Found[str] | None = None
    signer: Found[Signer] | None = None


def read_foot(source: Source, after: int) -> Foot:
    """Recipients, archive line and signature behind the offset `after`; without them the content goes to the end."""
    plain = source.plain
    heading = _heading(plain, after)
    if heading is None:
        return _signature_only(source, after)
    archive = _ARCHIVE.search(plain, heading.end(), heading.end() + _LONGEST_LIST)
    list_end = _archive_end(plain, archive.start()) if archive else _list_end(plain, heading.end())
    items = [] if archive is None else [*_items(plain, heading.end(), archive.start())]
    items = items or [*_items(plain, heading.end(), list_end)]
    archive_line = source.found(*_trimmed_archive(plain, archive.start(), list_end)) if archive else None
    signer, span = _signature(source, after, heading, list_end)
    starts = [heading.start(), *([span[0]] if signer else [])]
    return Foot(
        start=max(after, _before_rule(plain, min(starts))),
        end=max([list_end, *([span[1]] if signer else [])]),
        recipients=tuple(_recipient(source, start, end) for start, end in items),
        archive_line=archive_line,
        signer=signer,
    )


def _signature(
    source: Source, after: int, heading: re.Match[str], list_end: int
) -> tuple[Found[Signer] | None, tuple[int, int]]:
    """Below the list, else above it, else in the column beside it."""
    plain = source.plain
    below = min(len(plain), list_end + _LONGEST_SIGNATURE)
    beside = _right_column(plain, heading.start(), below)
    if beside.strip():
        signer, span = _signer(source, beside, heading.start(), below)
        if signer is not None:
            return signer, span
    signer, span = _signer(source, plain, list_end, below)
    if signer is None:
        signer, span = _signer(source, plain, max(after, heading.start() - _LONGEST_FORMS), heading.start())
    return signer, span


_RIGHT_CELL = re.compile(r"(?<=\t)[^\t\n]+|(?<=[ ]{4})\S[^\n]*")


def _right_column(plain: str, start: int, end: int) -> str:
    """`plain` with everything blank but what stands after a tab or wide gap from `start` on; lines without one keep
    their text below the first such cell, unless they are items of the list."""
    out = [" " * start]
    seen = False
    for line in plain[start:end].splitlines(keepends=True):
        cell = _RIGHT_CELL.search(line)
        is_item = line.lstrip().startswith(("-", "–", "+", "•", "Nơi nhận"))
        seen = seen or cell is not None
        keep = cell.start() if cell else (len(line) if is_item or not seen else 0)
        out.append("".join("\n" if c == "\n" else " " for c in line[:keep]) + line[keep:])
    return "".join(out) if seen else ""


def _heading(plain: str, after: int) -> re.Match[str] | None:
    """The first "Nơi nhận" that has an archive line; else the last one that has at least a list."""
    last = None
    for heading in _HEADING.finditer(plain, after):
        following = _HEADING.search(plain, heading.end())
        limit = min(following.start() if following else len(plain), heading.end() + _LONGEST_LIST)
        if _ARCHIVE.search(plain, heading.end(), limit):
            return heading
        if re.match(r"\s*[-–+]", plain[heading.end() : heading.end() + 20]):
            last = last or heading
    return last


def _archive_end(plain: str, start: int) -> int:
    line_end = plain.find("\n", start)
    line_end = len(plain) if line_end < 0 else line_end
    cells = re.search(r"\t|[ ]{3,}", plain[start:line_end].rstrip())
    end = start + cells.start() if cells else line_end
    form = _FORM.search(plain, start, end) or OFFICE.search(plain, start + 4, end)
    return form.start() if form else end


def _list_end(plain: str, start: int) -> int:
    """Without an archive line: up to the signature or the first line that is no item."""
    form = _FORM.search(plain, start, start + _LONGEST_LIST) or OFFICE.search(plain, start, start + _LONGEST_LIST)
    limit = form.start() if form else min(len(plain), start + _LONGEST_LIST)
    end = start
    for line in re.finditer(r"[^\n]*\n?", plain[start:limit]):
        text = line[0].strip()
        if text and text[0] not in "-–—+*•" and start + line.start() > start:
            break
        end = start + line.end()
        if line.end() == limit - start:
            break
    return end


def _items(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The offsets of the items; the right-hand column of a flattened table (after a tab or wide gap) is left out."""
    place: int | None = None
    for mark in [*_ITEM.finditer(plain, start, end), None]:
        stop = mark.start() if mark else end
        if place is not None:
            cell = re.search(r"\t|[ ]{4,}", plain[place:stop].strip("\n"))
            item_end = place + cell.start() if cell else stop
            text = plain[place:item_end].strip(" \t\n;.,:-–")
            if text and any(map(str.isalpha, text)):
                first = plain.index(text, place)
                yield first, first + len(text)
        if mark is None:
            return
        if mark[0] == "\n":
            place = place if plain[mark.end() : mark.end() + 1].isalpha() and place is not None else None
            if place is not None:
                place = mark.end()
        else:
            place = mark.end()


def _recipient(source: Source, start: int, end: int) -> Found[Recipient]:
    text = source.plain[start:end]
    purpose = _PURPOSE.search(text)
    name = one_line(text[: purpose.start()] if purpose else text).rstrip(" ;,.")
    return source.found(Recipient(name, one_line(purpose["purpose"]) if purpose else None), start, end)


def _trimmed_archive(plain: str, start: int, end: int) -> tuple[str, int, int]:
    signed = _SIGNED.search(plain, start, end)
    end = signed.start() if signed else end
    text = plain[start:end].rstrip(" \t\n.;,-–")
    return one_line(text), start, start + len(text)


def _signature_only(source: Source, after: int) -> Foot:
    """A signature without recipients: the first line that begins with a form or position and ends with a name."""
    plain = source.plain
    for line in _SIGNATURE_LINE.finditer(plain, after):
        signer, span = _signer(source, plain, line.start(), min(len(plain), line.start() + 400))
        if signer is not None and span[0] - line.start() < 4:
            return Foot(_before_rule(plain, span[0]), span[1], signer=signer)
    return Foot(len(plain), len(plain))


def _signer(source: Source, plain: str, start: int, end: int) -> tuple[Found[Signer] | None, tuple[int, int]]:
    """The first name that stands under a position in capitals, or under the body it signs for."""
    for named in _NAME.finditer(plain, start, end):
        above = _SIGNED.sub(lambda found: " " * len(found[0]), plain[start : named.start()])
        offices = list(OFFICE.finditer(above))
        forms = list(_FORM.finditer(above))
        marks = sorted([*offices[-1:], *forms[-1:]], key=lambda mark: mark.end())
        if not marks or not _stands_under(above[marks[-1].end() :]):
            continue
        first = _first_line(forms, marks[-1].start())
        signer = _signer_of(one_line(named["name"]), above, first, offices)
        doubt = "" if forms or len(offices) == 1 else _("Cần kiểm tra chức vụ người ký.")
        return source.found(signer, start + first, named.end(), doubt), (start + first, named.end())
    return None, (start, start)


def _signer_of(name: str, above: str, first: int, offices: list[re.Match[str]]) -> Signer:
    """A form names for whom, the last position under it is the signer's own; "TM. X" alone leaves no position."""
    form = _FORM.match(above, first)
    if form is None:
        return Signer(name, _words(above[offices[-1].start() :]))
    on_behalf = f"{form['form'] or form['slashed'].replace('/', '')}."
    own = [office for office in offices if office.start() > form.end()]
    if not own:
        return Signer(name, None, on_behalf, _words(above[form.end() :]))
    authority = _words(above[form.end() : own[-1].start()])
    return Signer(name, _words(above[own[-1].start() :]), on_behalf, authority)


def _words(text: str) -> str | None:
    return one_line(text).strip(" -–:") or None


def _stands_under(between: str) -> bool:
    """Only capitals (the rest of the position), rules and gaps may stand between position and name."""
    return len(between) < 160 and between == between.upper() and "./." not in between


def _first_line(forms: list[re.Match[str]], last: int) -> int:
    """Where the signature begins: at its first form ("TM. … KT. …"), else at the position."""
    return next((form.start() for form in forms if last - form.start() < _LONGEST_FORMS), last)


def _before_rule(plain: str, end: int) -> int:
    while end > 0 and plain[end - 1] in " \t\n\u00a0-–—_*":
        end -= 1
    return end
