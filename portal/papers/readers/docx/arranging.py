"""Tables, tabs, columns and boxes that only lay out a page, put in the order in which a person reads them."""

import re
from collections.abc import Iterable, Sequence

from portal.papers.readers.docx.items import Item, Line, Table, at_columns, broken, cut, text_of

MOTTO = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ|ÓA)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA|(?:^|\t|[ ]{3})ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM[^\S\n]*$|"
    r"^[^\w\n]*(?i:cộng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam)[^\w\n]*$",
    re.MULTILINE,
)
"""The motto as a header shows it; a sentence or a cell that only mentions the state or the party is none."""
NUMBER = re.compile(r"\s*(?:(?:Bộ\s+)?Luật\s+|Pháp\s+lệnh\s+|Nghị\s+quyết\s+|Lệnh\s+)?Số(?!\w)\s*[:.]?", re.IGNORECASE)
_DATE = re.compile(r"ngày[\s.…_\d]*(?:tháng|/)", re.IGNORECASE)
_RECIPIENTS = re.compile(r"\s*Nơi\s+nhận\s*:?\s*", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"(?:^|\n)[^\S\n]*(?:TM\.|KT\.|TL\.|TUQ\.|Q\.|T/M|K/T|CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|TỔNG |CỤC TRƯỞNG|CHÁNH |"
    r"TRƯỞNG |PHÓ |HIỆU TRƯỞNG|VIỆN TRƯỞNG|NGƯỜI |ĐẠI DIỆN)|\((?:đã\s+)?k[ýí]\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\s*(?:[^\W\d_][^\W\d_']+\.?\s+){1,5}[^\W\d_]+\s*")
_GAP = re.compile(r"[\t\x0b][\s\x0b]*|[ \u00a0]{4,}")
_TITLE = re.compile(
    r"\s*(?:THÔNG\s+BÁO|QUYẾT\s+ĐỊNH|NGHỊ\s+ĐỊNH|NGHỊ\s+QUYẾT|THÔNG\s+TƯ|CHỈ\s+THỊ|LUẬT(?!\s+SỐ)|BÁO\s+CÁO|KẾ\s+HOẠCH|TỜ\s+TRÌNH|"
    r"CÔNG\s+ĐIỆN|PHÁP\s+LỆNH|HƯỚNG\s+DẪN|GIẤY|BIÊN\s+BẢN|Kính\s+gửi|Căn\s+cứ)"
)
_LEADING = 14
_LONGEST_FOOT = 60


def arranged(items: Sequence[Item]) -> list[Item]:
    """The items in reading order: what remains a table holds data, and every box stands where it is anchored."""
    whole = [part for item in items for part in (at_columns(item) if isinstance(item, Line) else [item])]
    for step in (_sections, _leading_boxes, _tabbed_head, _number_after_motto, _tabbed_foot):
        whole = step(whole)
    out: list[Item] = []
    for item in whole:
        if isinstance(item, Line):
            out.append(item)
            for _, inner in sorted(item.boxes, key=lambda box: box[0]):
                out += arranged(inner)
            item.boxes = []
        elif is_layout(item):
            out += _laid_out(item)
        else:
            out.append(item)
    return out


def is_layout(table: Table) -> bool:
    """Whether a table only places text: the header, the signature, a frame, cells without lines."""
    cells = [cell for cell in table.cells if text_of(cell.items).strip()]
    if max((len(row.cells) for row in table.rows), default=0) <= 1:
        return True
    height = len(table.rows)
    text = text_of(item for cell in cells for item in cell.items)
    bordered = sum(cell.has_borders for cell in cells) * 2 >= max(1, len(cells))
    has_recipients = any(_RECIPIENTS.match(text_of(cell.items)) for cell in cells)
    if height <= 6 and (MOTTO.search(text) or (has_recipients and height <= 4)):
        return True
    if bordered:
        return False
    if any(row.is_header for row in table.rows):
        return False
    columns = len({cell.column for cell in cells})
    return not (columns >= 3 and height >= 3 and len(cells) * 5 >= columns * height * 3)


def _laid_out(table: Table) -> list[Item]:
    """The lines of a layout table: the header in its own order, the foot column by column, others cell by cell."""
    text = text_of(item for cell in table.cells for item in cell.items)
    if MOTTO.search(text) and len(table.rows) <= 6:
        return _head_of_table(table)
    if _is_foot(table):
        columns: dict[int, list[Item]] = {}
        for cell in table.cells:
            columns.setdefault(cell.column, []).extend(_lines(cell.items))
        return [item for column in sorted(columns) for item in columns[column]]
    return [item for cell in table.cells for item in _lines(cell.items)]


def _is_foot(table: Table) -> bool:
    texts = [[text_of(cell.items).strip() for cell in row.cells] for row in table.rows]
    if any(_RECIPIENTS.match(text) for row in texts for text in row):
        return True
    filled = [[text for text in row if text] for row in texts if any(row)]
    return (
        2 <= len(filled) <= 5
        and len(filled[0]) >= 2
        and any(_SIGNATURE.search(text) for text in filled[0])
        and all(_PERSON.fullmatch(text.split("\n")[-1]) and not text.isupper() for text in filled[-1])
    )


def _head_of_table(table: Table) -> list[Item]:
    left: list[Line] = []
    right: list[Line] = []
    rest: list[Item] = []
    for row in table.rows:
        filled = [cell for cell in row.cells if text_of(cell.items).strip()]
        lines = [_lines(cell.items) for cell in filled]
        flat = [[item for item in some if isinstance(item, Line)] for some in lines]
        if rest or len(filled) > 2 or sum(map(len, flat)) != sum(map(len, lines)):
            rest += [item for some in lines for item in some]
        elif len(filled) == 2:
            left += flat[0]
            right += flat[1]
        elif len(filled) == 1:
            is_left = filled[0].column == 0 and filled[0].colspan < table.width
            if filled[0].colspan >= table.width and (left or right):
                rest += flat[0]
            else:
                (left if is_left else right).extend(flat[0])
    return [*in_order(left, right), *rest]


def in_order(left: list[Line], right: list[Line]) -> list[Line]:
    """Agency, motto, number, place and date (NĐ 30/2020, Appendix I), from the two columns of a header."""
    if any(MOTTO.search(line.text) for line in left) and not any(MOTTO.search(line.text) for line in right):
        left, right = right, left
    number = next((place for place, line in enumerate(left) if NUMBER.match(line.text)), len(left))
    date = next((place for place, line in enumerate(right) if _DATE.search(line.text)), len(right))
    return [*left[:number], *right[:date], *left[number:], *right[date:]]


def _lines(items: Iterable[Item]) -> list[Item]:
    """What is in a cell of a layout table, as plain paragraphs without drawn lines."""
    out: list[Item] = []
    for item in arranged(list(items)):
        if isinstance(item, Line):
            out += [part.plain() for part in broken(item) if not part.is_empty and not part.is_rule]
        else:
            out.append(item)
    return out


def _sections(items: list[Item]) -> list[Item]:
    """A header set in two columns of a section."""
    start = 0
    for place, item in enumerate(items[: _LEADING * 3]):
        if not isinstance(item, Line) or not item.columns:
            continue
        lines = _plain_lines(items[start : place + 1])
        motto = next((at for at, line in enumerate(lines) if MOTTO.search(line.text)), None)
        if item.columns == 2 and motto is not None:
            return [*items[:start], *in_order(lines[:motto], lines[motto:]), *items[place + 1 :]]
        start = place + 1
    return items


def _plain_lines(items: Sequence[Item]) -> list[Line]:
    """The lines of a stretch without tables and boxes; none when it has some."""
    lines = [item for item in items if isinstance(item, Line) and not item.boxes]
    if len(lines) != len(items):
        return []
    return [part.plain() for line in lines for part in broken(line) if not part.is_empty and not part.is_rule]


def _leading_boxes(items: list[Item]) -> list[Item]:
    """A header made of floating boxes, with or without lines of its own beside them."""
    leading = _leading(items)
    boxes = sorted((box for line in leading for box in line.boxes), key=lambda box: box[0])
    mottos = [place for place, (_, inner) in enumerate(boxes) if MOTTO.search(text_of(inner))]
    if not mottos:
        return items
    columns = [[part for part in _lines(inner) if isinstance(part, Line)] for _, inner in boxes]
    own = [part for line in leading for part in broken(line) if not part.is_empty and not part.is_rule]
    for line in own:
        line.boxes = []
    left = [line for some in columns[: mottos[0]] for line in some]
    right = [line for some in columns[mottos[0] :] for line in some]
    return [*in_order([*left, *own], right), *items[len(leading) :]]


def _leading(items: list[Item]) -> list[Line]:
    """The first lines up to the title, the addressees or a long paragraph."""
    found: list[Line] = []
    for item in items[:_LEADING]:
        if not isinstance(item, Line) or _TITLE.match(item.text) or len(item.text) > 120:
            break
        found.append(item)
    while found and not found[-1].boxes and not NUMBER.match(found[-1].text) and not _DATE.search(found[-1].text):
        found.pop()
    return found


def _halves(line: Line) -> tuple[Line, Line] | None:
    """The two sides of a line with a wide gap; None when it has none."""
    gap = _GAP.search(line.text)
    if gap is None:
        return None
    before, after = cut(line.pieces, gap.start(), gap.end())
    return Line(before), Line(after)


def _tabbed_head(items: list[Item]) -> list[Item]:
    """A header whose two sides are parted by tabs or many spaces."""
    parts: list[Line] = []
    taken = 0
    for item in items[:_LEADING]:
        if not isinstance(item, Line) or item.boxes or _TITLE.match(item.text):
            break
        parts += broken(item)
        taken += 1
    sides = [_halves(line) for line in parts]
    first = next((at for at, line in enumerate(parts) if MOTTO.search(line.text)), None)
    if first is None or sides[first] is None or not sides[first][0].text.strip():  # type: ignore[index]
        return items
    left: list[Line] = []
    right: list[Line] = []
    for line, side in zip(parts, sides, strict=True):
        if line.is_empty or line.is_rule:
            continue
        if side is None:
            (right if _DATE.search(line.text) else left).append(line)
        else:
            left += [part for part in side[:1] if part.text.strip() and not part.is_rule]
            right += [part for part in side[1:] if part.text.strip() and not part.is_rule]
    return [*in_order(left, right), *items[taken:]]


def _number_after_motto(items: list[Item]) -> list[Item]:
    """Frames side by side come one after the other: agency, number, motto, date."""
    lines = _leading(items)
    if len(lines) == len(_plain_lines(lines)):
        motto = next((place for place, line in enumerate(lines) if MOTTO.search(line.text)), 0)
        if any(NUMBER.match(line.text) for line in lines[:motto]):
            return [*in_order(lines[:motto], lines[motto:]), *items[len(lines) :]]
    return items


def _tabbed_foot(items: list[Item]) -> list[Item]:
    """Recipients and signature side by side by tabs: the left side first, then the right."""
    for place in range(len(items) - 1, -1, -1):
        item = items[place]
        if not isinstance(item, Line) or not _RECIPIENTS.match(item.text):
            continue
        first = _halves(broken(item)[0])
        if first is None or not first[1].text.strip():
            return items
        left: list[Line] = []
        right: list[Line] = []
        end = place
        while end < len(items) and end - place < _LONGEST_FOOT:
            following = items[end]
            if not isinstance(following, Line) or following.boxes:
                break
            if end > place and len(following.text) > 300:
                break
            _share(following, left, right)
            end += 1
        return [*items[:place], *left, *right, *items[end:]]
    return items


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
