"""The two sides of a header or a foot that are made by columns, tabs, spaces or frames, one after the other."""

import re
from collections.abc import Sequence

from portal.papers.readers.docx.items import Item, Line, broken, cut
from portal.papers.readers.docx.phrases import (
    ANNEX,
    ARCHIVE,
    DATE,
    GAP,
    HEAD_LINE,
    MOTTO,
    NUMBER,
    PERSON,
    RECIPIENTS,
    TITLE,
)

_LEADING = 14
_LONGEST_HEAD_LINE = 200
_LONGEST_FOOT_LINE = 300
_LONGEST_FOOT = 60


def in_order(left: list[Line], right: list[Line]) -> list[Line]:
    """Agency, motto, number, place and date (NĐ 30/2020, Appendix I), from the two columns of a header."""
    if any(MOTTO.search(line.text) for line in left) and not any(MOTTO.search(line.text) for line in right):
        left, right = right, left
    number = next((place for place, line in enumerate(left) if NUMBER.match(line.text)), len(left))
    date = next((place for place, line in enumerate(right) if DATE.search(line.text)), len(right))
    return [*left[:number], *right[:date], *left[number:], *right[date:]]


def sections(items: list[Item]) -> list[Item]:
    """A header set in two columns of a section."""
    start = 0
    for place, item in enumerate(items[: _LEADING * 3]):
        if not isinstance(item, Line) or not item.columns:
            continue
        lines = plain_lines(items[start : place + 1])
        motto = next((at for at, line in enumerate(lines) if MOTTO.search(line.text)), None)
        if item.columns == 2 and motto is not None:
            return [*items[:start], *in_order(lines[:motto], lines[motto:]), *items[place + 1 :]]
        start = place + 1
    return items


def plain_lines(items: Sequence[Item]) -> list[Line]:
    """The lines of a stretch without tables and boxes; none when it has some."""
    lines = [item for item in items if isinstance(item, Line) and not item.boxes]
    if len(lines) != len(items):
        return []
    return [part.plain() for line in lines for part in broken(line) if not part.is_empty and not part.is_rule]


def leading_lines(items: list[Item]) -> list[Line]:
    """The first lines up to the title, the addressees or a long paragraph."""
    found: list[Line] = []
    for item in items[:_LEADING]:
        if not isinstance(item, Line) or TITLE.match(item.text) or len(item.text) > 120:
            break
        found.append(item)
    while found and not found[-1].boxes and not NUMBER.match(found[-1].text) and not DATE.search(found[-1].text):
        found.pop()
    return found


def _halves(line: Line) -> tuple[Line, Line] | None:
    """The two sides of a line with a wide gap; None when it has none."""
    gap = GAP.search(line.text)
    if gap is None:
        return None
    before, after = cut(line.pieces, gap.start(), gap.end())
    return Line(before), Line(after)


def tabbed_head(items: list[Item]) -> list[Item]:
    """A header whose two sides are parted by tabs or many spaces."""
    taken = _tabbed_lines(items)
    parts = [part for line in taken for part in broken(line)]
    motto = next((_halves(line) for line in parts if MOTTO.search(line.text)), None)
    if motto is None or not motto[0].text.strip():
        return items
    left: list[Line] = []
    right: list[Line] = []
    for line in parts:
        side = _halves(line)
        if side is None:
            (right if DATE.search(line.text) else left).append(line)
        else:
            left.append(side[0])
            right.append(side[1])
    return [*in_order(_shown(left), _shown(right)), *items[len(taken) :]]


def _tabbed_lines(items: list[Item]) -> list[Line]:
    """The first lines, to the last one that shows motto, number, place and date, or a rule."""
    lines: list[Line] = []
    end = 0
    for item in items[:_LEADING]:
        if not isinstance(item, Line) or item.boxes or TITLE.match(item.text):
            break
        parts = broken(item)
        if any(len(part.text) > _LONGEST_HEAD_LINE for part in parts):
            break
        lines.append(item)
        if any(HEAD_LINE.search(part.text) or NUMBER.match(part.text) or part.is_rule for part in parts):
            end = len(lines)
    return lines[:end]


def _shown(lines: list[Line]) -> list[Line]:
    return [line for line in lines if not line.is_empty and not line.is_rule]


def number_after_motto(items: list[Item]) -> list[Item]:
    """Frames side by side come one after the other: agency, number, motto, date."""
    leading = leading_lines(items)
    lines = plain_lines(leading)
    motto = next((place for place, line in enumerate(lines) if MOTTO.search(line.text)), 0)
    if any(NUMBER.match(line.text) for line in lines[:motto]):
        return [*in_order(lines[:motto], lines[motto:]), *items[len(leading) :]]
    return items


def tabbed_foot(items: list[Item]) -> list[Item]:
    """Recipients and signature side by side by tabs: the left side first, then the right."""
    for place in range(len(items) - 1, -1, -1):
        item = items[place]
        if not isinstance(item, Line) or not RECIPIENTS.match(item.text):
            continue
        first = _halves(broken(item)[0])
        if first is None or not first[1].text.strip():
            return items
        left: list[Line] = []
        right: list[Line] = []
        end = place
        while end < len(items) and end - place < _LONGEST_FOOT:
            following = items[end]
            if not isinstance(following, Line) or (end > place and _ends_foot(following, left, right)):
                break
            _share(following, left, right)
            end += 1
        return [*items[:place], *left, *right, *items[end:]]
    return items


def _ends_foot(line: Line, left: list[Line], right: list[Line]) -> bool:
    """Whether an annex begins here, or both sides are complete: the archive line and the name of the signer."""
    if line.boxes or len(line.text) > _LONGEST_FOOT_LINE or ANNEX.match(line.text):
        return True
    is_archived = any(ARCHIVE.match(one.text) for one in left)
    name = right[-1].text if len(right) > 1 else ""
    is_signed = PERSON.fullmatch(name) is not None and not name.isupper()
    return is_archived and is_signed and _halves(line) is None and not line.is_empty


def _share(line: Line, left: list[Line], right: list[Line]) -> None:
    for part in broken(line):
        if part.is_empty or part.is_rule:
            continue
        sides = _halves(part) if part.bullet is None else None
        if sides is not None:
            left += [side for side in sides[:1] if side.text.strip()]
            right += [side for side in sides[1:] if side.text.strip()]
        elif part.bullet is not None or re.match(r"\s*[-–+]|\s*Lưu\b", part.text):
            left.append(part.plain())
        else:
            right.append(part)
