"""Tables, tabs, columns and boxes that only lay out a page, put in the order in which a person reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from portal.papers.readers.docx.columns import (
    in_order,
    leading_lines,
    number_after_motto,
    sections,
    tabbed_foot,
    tabbed_head,
)
from portal.papers.readers.docx.items import Item, Line, Table, at_columns, broken, text_of
from portal.papers.readers.docx.phrases import MOTTO, PERSON, RECIPIENTS, SIGNATURE


def arranged(items: Sequence[Item]) -> list[Item]:
    """The items in reading order: what remains a table holds data, and every box stands where it is anchored."""
    whole = [part for item in items for part in (at_columns(item) if isinstance(item, Line) else [item])]
    for step in (sections, _leading_boxes, tabbed_head, number_after_motto, tabbed_foot):
        whole = step(whole)
    out: list[Item] = []
    for item in whole:
        if isinstance(item, Line):
            out.append(replace(item, boxes=[]))
            for _, inner in sorted(item.boxes, key=lambda box: box[0]):
                out += arranged(inner)
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
    has_recipients = any(RECIPIENTS.match(text_of(cell.items)) for cell in cells)
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
    if any(RECIPIENTS.match(text) for row in texts for text in row):
        return True
    filled = [[text for text in row if text] for row in texts if any(row)]
    return (
        2 <= len(filled) <= 5
        and len(filled[0]) >= 2
        and any(SIGNATURE.search(text) for text in filled[0])
        and all(PERSON.fullmatch(text.split("\n")[-1]) and not text.isupper() for text in filled[-1])
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


def _lines(items: Iterable[Item]) -> list[Item]:
    """What is in a cell of a layout table, as plain paragraphs without drawn lines."""
    out: list[Item] = []
    for item in arranged(list(items)):
        if isinstance(item, Line):
            out += [part.plain() for part in broken(item) if not part.is_empty and not part.is_rule]
        else:
            out.append(item)
    return out


def _leading_boxes(items: list[Item]) -> list[Item]:
    """A header made of floating boxes, with or without lines of its own beside them."""
    leading = leading_lines(items)
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
