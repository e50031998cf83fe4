"""The end of a paper: Nơi nhận with the archive line, and the signature (NĐ 30/2020, Appendix I, parts 7 and 9)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from portal.notices.reading.found import Found, Recipient, Signer
from portal.notices.reading.people import RANK
from portal.notices.reading.phrases import FORM, OFFICE
from portal.notices.reading.signing import SIGNED, signers, small_signature, unplaced_signature
from portal.notices.reading.source import Source, one_line
from portal.text import LOWERCASE, UPPERCASE

_HEADING = re.compile(r"Nơi\s+nhận\s*(?::|(?=\n\s*[-–]))")
_ARCHIVE = re.compile(r"(?<![^\s\-–—+*;,.])Lưu\s*(?::|(?=\s*VT))|(?<=[-–+*•] )Lưu(?= \S)|(?<=[-–+*•])Lưu(?= \S)")
_ITEM = re.compile(r"(?:\A|(?<=[;:.,\n])|(?<=[;:.,\n][ \t])|(?<=\n)[ \t]*)[ \t]*[-–—+*•][ \t]*(?=\S)|\n")
_PURPOSE = re.compile(
    r"\s*\(\s*(?P<purpose>(?:để|đề)\b[^()]*|[bpt]/[\w/]+|đ/b|đưa tin[^()]*|đăng[^()]*|báo cáo|phối hợp|"
    r"thực hiện|theo dõi)\s*\)\s*\Z",
    re.IGNORECASE,
)
_SIGNATURE_LINE = re.compile(rf"^[ \t]*(?=(?:TM|KT|TL|TUQ|Q)\.|T/M|K/T|T/L|{OFFICE.pattern})", re.MULTILINE)
_MOST_TRIES = 500
_LONGEST_LIST, _LONGEST_SIGNATURE, _LONGEST_FORMS = 8000, 900, 400


@dataclass(frozen=True)
class Foot:
    """`start` is where the content ends, `end` where annexes may begin."""

    start: int
    end: int
    recipients: tuple[Found[Recipient], ...] = ()
    archive_line: Found[str] | None = None
    signer: Found[Signer] | None = None
    joint_signers: tuple[Found[Signer], ...] = ()


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
    signed = _signatures(source, after, heading, list_end)
    starts = [heading.start(), *(span[0] for _signer, span in signed)]
    return Foot(
        start=max(after, _before_rule(plain, min(starts))),
        end=max([list_end, *(span[1] for _signer, span in signed)]),
        recipients=tuple(_recipient(source, start, end) for start, end in items),
        archive_line=archive_line,
        signer=signed[0][0] if signed else None,
        joint_signers=tuple(signer for signer, _span in signed[1:]),
    )


def _signatures(
    source: Source, after: int, heading: re.Match[str], list_end: int
) -> list[tuple[Found[Signer], tuple[int, int]]]:
    """Below the list, else above it, else in the column beside it."""
    plain = source.plain
    below = min(len(plain), list_end + _LONGEST_SIGNATURE)
    beside = _right_column(plain, heading.start(), below)
    above = max(after, heading.start() - _LONGEST_FORMS)
    for text, start, end in (
        (beside, heading.start(), below if beside.strip() else heading.start()),
        (plain, list_end, below),
        (plain, above, heading.start()),
    ):
        found = list(signers(source, text, start, end))
        if found:
            return found
    small = small_signature(source, list_end, below) or small_signature(source, above, heading.start())
    return [small] if small else []


_MARK = rf"(?:TM|KT|TL|TUQ|Q)\.\s?[{UPPERCASE}]|T/M|K/T|T/L|{OFFICE.pattern}"
_RIGHT_CELL = re.compile(r"(?<=\t)[^\t\n]+|(?<=[ ]{4})\S[^\n]*")
_MERGED_CELL = re.compile(rf"(?<=[;.,:)*] )(?:{_MARK})[^{LOWERCASE}\n]*$", re.MULTILINE)
_NAME_CELL = re.compile(
    rf"(?<=[;.)] ){RANK}*[{UPPERCASE}][{LOWERCASE}]+(?: [{UPPERCASE}][{LOWERCASE}]*){{1,4}}\s*$", re.MULTILINE
)
_ITEM_CELL = re.compile(rf"\t|[ ]{{4,}}|(?<=[;.,:)]) (?=(?:{_MARK})[^{LOWERCASE}\n]*$)", re.MULTILINE)


def _right_column(plain: str, start: int, end: int) -> str:
    """`plain` with everything blank but what stands in the right column from `start` on: after a tab or wide gap, or
    the position or name that follows an item; lines without one keep their text below the first such cell, unless they
    are items of the list."""
    out = [" " * start]
    seen = False
    for line in plain[start:end].splitlines(keepends=True):
        is_item = line.lstrip().startswith(("-", "–", "+", "•", "Nơi nhận"))
        cell = _RIGHT_CELL.search(line)
        if cell is None and is_item:
            cell = _MERGED_CELL.search(line) or (_NAME_CELL.search(line) if seen else None)
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
    form = FORM.search(plain, start, end) or OFFICE.search(plain, start + 4, end)
    if form is None and "\n" in plain[max(0, start - 300) : start]:
        form = _NAME_CELL.search(plain, start + 4, end)
    return form.start() if form else end


def _list_end(plain: str, start: int) -> int:
    """Without an archive line: up to the signature or the first line that is no item."""
    form = FORM.search(plain, start, start + _LONGEST_LIST) or OFFICE.search(plain, start, start + _LONGEST_LIST)
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
            cell = _ITEM_CELL.search(plain[place:stop].strip("\n"))
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
    signed = SIGNED.search(plain, start, end)
    end = signed.start() if signed else end
    text = plain[start:end].rstrip(" \t\n.;,-–")
    return one_line(text), start, start + len(text)


_RUNNING_END = re.compile(rf"(?:\./\.|[.!])\s+(?=(?:TM|KT|TL|TUQ)\.\s*[{UPPERCASE}]|T/M|K/T|{OFFICE.pattern})")


def _signature_only(source: Source, after: int) -> Foot:
    """A signature without recipients: the first line that begins with a form or position and ends with a name."""
    plain = source.plain
    for line in islice(_SIGNATURE_LINE.finditer(plain, after), _MOST_TRIES):
        found = list(signers(source, plain, line.start(), min(len(plain), line.start() + 400)))
        if found and found[0][1][0] - line.start() < 4:
            others = tuple(signer for signer, _span in found[1:])
            return Foot(_before_rule(plain, found[0][1][0]), found[-1][1][1], signer=found[0][0], joint_signers=others)
    begin = max(after, plain.rfind("\n", 0, len(plain.rstrip())) + 1, len(plain) - _LONGEST_FORMS)
    found = list(signers(source, plain, begin, len(plain)))
    if found and len(plain.rstrip()) - found[-1][1][1] < 3:
        return Foot(_before_rule(plain, found[0][1][0]), found[-1][1][1], signer=found[0][0])
    end = _RUNNING_END.search(plain, after)
    if end is not None:
        found = list(signers(source, plain, end.end(), min(len(plain), end.end() + _LONGEST_FORMS)))
        if found:
            return Foot(_before_rule(plain, found[0][1][0]), found[-1][1][1], signer=found[0][0])
    begin = max(after, len(plain) - _LONGEST_LIST)
    small = small_signature(source, begin, len(plain)) or unplaced_signature(source, begin, len(plain))
    if small is not None:
        return Foot(_before_rule(plain, small[1][0]), small[1][1], signer=small[0])
    return Foot(len(plain), len(plain))


def _before_rule(plain: str, end: int) -> int:
    while end > 0 and plain[end - 1] in " \t\n\u00a0-–—_*":
        end -= 1
    return end
