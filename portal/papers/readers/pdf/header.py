"""The head of a paper: agency on the left, national motto on the right, number under the one, date under the other."""

import re
from itertools import pairwise

from portal.papers.readers.pdf.lines import split_at_gaps
from portal.papers.readers.pdf.model import Line
from portal.text import LOWERCASE, UPPERCASE

MOTTO = re.compile(r"CỘNG\s*(?:HÒA|HOÀ|HÓA)\s+XÃ\s+HỘI(?:\s+CHỦ|\s*$)|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM\s*$")
_MOTTO_END = re.compile(r"(?:\s*CHỦ)?(?:\s*NGHĨA)?(?:\s*VIỆT)?(?:\s*NAM)?\s*")
MOTTO_REST = re.compile(r"(?:CHỦ\s+)?(?:NGHĨA\s+)?(?:VIỆT\s+)?NAM")
SLOGAN = re.compile(r"Độc\s+lập\s*[-–—]\s*Tự\s+do", re.IGNORECASE)
NUMBER = re.compile(r"(?:Luật\s+|Pháp\s+lệnh\s+|Nghị\s+quyết\s+)?[Ss]ố\s*[:.]?\s*[\d.…_/]|[Ss]ố\s*:", re.IGNORECASE)
DATE = re.compile(r"[Nn]gày\s*[\d.…_]*\s*tháng|,\s*ngày\b|^\s*[Nn]gày\s+\d")
_PLACE = re.compile(
    rf"(?<!\S)(?:(?:Thành\s+phố|Tỉnh|Thị\s+xã|TP\.?)\s+)?[{UPPERCASE}][{LOWERCASE}']*"
    rf"(?:[ -]+[{UPPERCASE}][{LOWERCASE}']+){{0,5}}\s*,\s*ngày"
)
RULE = re.compile(r"[-–—_=*~.\s]{3,}|[-–—_*]{2,}|o0o|oOo")


def mottoes_of(lines: list[Line]) -> list[Line]:
    """Lines with the national motto as a head has it: to their end, with the slogan under it; or the Party's name."""
    slogans = [line for line in lines if SLOGAN.search(line.text)]
    out: list[Line] = []
    for line in lines:
        found = MOTTO.search(line.text)
        if found is None or not _MOTTO_END.fullmatch(line.text, found.end()):
            continue
        if found[0].startswith("ĐẢNG"):
            out += [line] if found.start() == 0 else []
        elif any(0 < slogan.base - line.base < 4.5 * line.size for slogan in slogans):
            out.append(line)
    return out


def split_head(lines: list[Line]) -> list[Line]:
    """Rows that hold both columns of a head, with too small a gap between them, cut where the right column begins."""
    mottoes = mottoes_of(lines)
    if not mottoes:
        return lines
    out: list[Line] = []
    for line in lines:
        near = [m for m in mottoes if -2 * m.size < line.base - m.base < 9 * m.size]
        own = next((m for m in mottoes if m is line), None)
        out += _cut(line, own or near[0]) if near else [line]
    return out


def _cut(line: Line, motto: Line) -> list[Line]:
    found = MOTTO.search(line.text) if line is motto else SLOGAN.search(line.text)
    if found and found.start() > 0 and line.base - motto.base < 4.5 * motto.size:
        return _at(line, found.start())
    if line.x0 < motto.x0 - motto.size and DATE.search(line.text):
        place = _PLACE.search(line.text)
        return _at(line, place.start()) if place and place.start() > 0 else _at_widest(line)
    return [line]


def _at(line: Line, place: int) -> list[Line]:
    position = 0
    for index, word in enumerate(line.words):
        position += 0 if word.glued or index == 0 else 1
        if position >= place and index:
            word.glued = False
            return [line.of(line.words[:index]), line.of(line.words[index:])]
        position += len(word.text)
    return [line]


def _at_widest(line: Line) -> list[Line]:
    gaps = [(b.x0 - a.x1, i) for i, (a, b) in enumerate(pairwise(line.words), 1)]
    widest, index = max(gaps, default=(0.0, 0))
    if widest < 0.6 * line.size:
        return [line]
    return [line.of(line.words[:index]), line.of(line.words[index:])]


def head_about(motto: Line, lines: list[Line], width: float) -> list[Line] | None:
    """The lines of the head about its motto in the order of reading; None when it stands alone on its page.

    Agency, motto, slogan; then number (with the subject under it, V/v), place and date. Drawn dashes are left out.
    """
    right = motto.x0
    left = _beside_and_below(motto, [line for line in lines if _is_left(line, motto)])
    beside = [line for line in left if line.base < motto.base + 9 * motto.size]
    if not beside:
        return None
    rights = _right_column(motto, lines, right)
    date = next((line for line in rights if DATE.search(line.text)), None)
    number = next((line for line in beside if NUMBER.match(line.text) and line.base > motto.base - motto.size), None)
    ends = [line.bottom for line in (number, *rights) if line is not None]
    left = _left_column(beside, left, max(ends), lines, right)
    left = _rows_joined(left)
    above = [line for line in left if number is None or line.base < number.base - 0.3 * number.size]
    below = [line for line in left if not any(line is other for other in above)]
    said = [line for line in rights if line is not date]
    date_lines = [date] if date is not None else []
    return [*above, *said, *below, *date_lines]


def _beside_and_below(motto: Line, lines: list[Line]) -> list[Line]:
    """Of the lines on the left those beside the motto, the rest of the agency's name above, and what is below."""
    lines = sorted(lines, key=lambda x: x.base)
    near = [x for x in lines if -1.2 * motto.size < x.base - motto.base < 2.6 * motto.size]
    if not near:
        return []
    out = [x for x in lines if x.base >= near[0].base]
    for line in reversed([x for x in lines if x.base < near[0].base]):
        if out[0].base - line.base > 1.75 * line.size or motto.base - line.base > 4 * motto.size:
            break
        out.insert(0, line)
    return out


def _rows_joined(lines: list[Line]) -> list[Line]:
    """Pieces of one row of the left column, such as a number left blank before its notation ("Số:      /QĐ-UBND")."""
    out: list[Line] = []
    for line in lines:
        if out and abs(out[-1].base - line.base) < 0.3 * line.size:
            out[-1].words, out[-1].x1 = [*out[-1].words, *line.words], line.x1
            line.words = []
        out.append(line)
    return out


def _is_left(line: Line, motto: Line) -> bool:
    return line.x1 <= motto.x0 + 0.5 * motto.size or (
        line.middle < motto.x0 and line.x1 < motto.middle and line.x0 < motto.x0 - 2 * motto.size
    )


def _right_column(motto: Line, lines: list[Line], right: float) -> list[Line]:
    """The motto and what is centred under it, down to the date."""
    under = [
        line
        for line in sorted(lines, key=lambda x: x.base)
        if 0 < line.base - motto.base < 9 * motto.size and line.middle > right and abs(line.middle - motto.middle) < 90
    ]
    out = [motto]
    for line in under:
        if RULE.fullmatch(line.text) or SLOGAN.search(line.text) or MOTTO_REST.fullmatch(line.text):
            out.append(line)
        elif DATE.search(line.text) and len(line.text) < 90:
            rest = next((x for x in under if 0 < x.base - line.base < 2 * x.size), None)
            if rest is not None and re.fullmatch(r"(?:tháng\s+)?(?:\d{1,2}\s+)?(?:năm\s+)?\d{4}", rest.text):
                line.words, rest.words = [*line.words, *rest.words], []
                out.append(rest)
            out.append(line)
            break
        elif len(line.text) > 3:
            break
        else:
            out.append(line)
    return out


def _left_column(beside: list[Line], left: list[Line], end: float, lines: list[Line], right: float) -> list[Line]:
    """Left lines down to the end of the head, and what goes on under it (the subject of a letter)."""
    out = [line for line in beside if line.top < end]
    others = [line for line in lines if not any(line is x for x in left) and line.top > end - 0.5 * line.size]
    stop = min((line.top for line in others), default=1e9)
    last = max(out, key=lambda x: x.base, default=None)
    for line in sorted(left, key=lambda x: x.base):
        if last is None or line.base <= last.base or any(line is x for x in out):
            continue
        is_centred = abs(line.middle - last.middle) < 0.2 * max(line.width, last.width) + 6
        if line.base < stop and line.base - last.base < 2.2 * last.size and is_centred and line.x1 < right + 6:
            out.append(line)
            last = line
        else:
            break
    return sorted(out, key=lambda x: (x.base, x.x0))


def split_foot(lines: list[Line], place: Line) -> list[Line]:
    """Rows beside and below "Nơi nhận" cut at gaps that a justified text does not have either."""
    out: list[Line] = []
    for line in lines:
        out += split_at_gaps(line, 1.1) if line.base > place.base - 8 * place.size else [line]
    return out
