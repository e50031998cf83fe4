"""What a digital signature paints on a page: no text of the paper."""

import re

from portal.papers.readers.pdf.model import Line, Page

_STAMP = re.compile(
    r"\s*(?:(?:Được\s+)?[Kk]ý\s+bởi|Người\s+ký|Ký\s+(?:số\s+bởi|ngày|điện\s+tử)|Ngày\s+(?:giờ\s+)?ký|Giờ\s+ký|"
    r"Thời\s+gian\s+ký|E-?mail|Cơ\s+quan|Tổ\s+chức|Đơn\s+vị|Chức\s+vụ|Lý\s+do|Địa\s+điểm|Signature\s+(?:Not\s+Verified|"
    r"valid)|(?:Digitally\s+)?[Ss]igned\s+by|DN|Date|Reason|Location|Sign(?:ing)?\s+[Tt]ime|Foxit|Chứng\s+thư)"
    r"\s*[:=]",
)
_SURE = re.compile(
    r"[Kk]ý\s+(?:số\s+)?bởi|Người\s+ký\s*:|(?:Thời\s+gian|Ngày|Giờ)\s+(?:giờ\s+)?ký\s*:|Signature\s+(?:Not\s+Verified|valid)"
    r"|[Ss]igned\s+by\s*:|Ký\s+ngày\s*:"
)


def without_stamps(page: Page) -> int:
    """Takes the lines of signature stamps out of the page; how many characters they had."""
    count = 0
    for group in _groups(page.lines):
        if not any(_SURE.search(line.text) for line in group):
            continue
        marked = [i for i, line in enumerate(group) if _STAMP.match(line.text) or _SURE.search(line.text)]
        lines = group[marked[0] : marked[-1] + 1]
        # A stamp is all fields: between them stand only ends of long values.
        if 2 * len(marked) < len(lines):
            continue
        lines = [*lines, *_rest(group[marked[-1] + 1 :], lines[-1])]
        gone = {id(line) for line in lines}
        count += sum(len(line.text) for line in lines)
        page.lines = [line for line in page.lines if id(line) not in gone]
    return count


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Lines close under each other in one column."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: x.base):
        for group in groups[-6:]:
            last = group[-1]
            near = 0 < line.base - last.base < 2.0 * max(line.size, last.size)
            if near and line.x0 < last.x1 and last.x0 < line.x1 and abs(line.size - last.size) < 0.3 * last.size:
                group.append(line)
                break
        else:
            groups.append([line])
    return groups


def _rest(below: list[Line], last: Line) -> list[Line]:
    """The end of a long value: dates and offices go on on the next line, in the same small letters."""
    first = below[:1]
    return first if first and re.fullmatch(r"[\d:.+\-/\s]+(?:[+-]\d\d'?:?\d\d'?)?", first[0].text) else []
