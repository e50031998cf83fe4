"""Items in their final order as blocks of a paper: text and HTML."""

from collections.abc import Sequence

from portal.papers.paper import Writer
from portal.papers.readers.docx.arranging import arranged, is_layout
from portal.papers.readers.docx.items import Cell, Item, Line, Row, Table
from portal.papers.readers.docx.pieces import html_of, tidy, words

_LONGEST_HEADING = 300
_FIRST_LINES = 15


def write(items: Sequence[Item], writer: Writer) -> None:
    """Each paragraph, table and list as one block."""
    run: list[Line] = []
    for place, item in enumerate(items):
        if isinstance(item, Line):
            if item.is_empty or _is_drawn_line(item, place):
                continue
            if item.bullet is not None:
                run.append(item)
                continue
        _write_list(run, writer)
        run = []
        if isinstance(item, Table):
            _write_table(item, writer)
        else:
            _write_line(item, writer)
    _write_list(run, writer)


def _is_drawn_line(line: Line, place: int) -> bool:
    """Underscores further down may be a blank to fill in."""
    return line.is_rule and ("_" not in line.text or place < _FIRST_LINES)


def _write_line(line: Line, writer: Writer) -> None:
    pieces = tidy(line.pieces)
    text = words(pieces).strip()
    is_heading = line.heading is not None and text and len(text) <= _LONGEST_HEADING
    tag = f"h{line.heading}" if is_heading else "p"
    writer.add(text, f"<{tag}>{html_of(pieces, strong=not is_heading)}</{tag}>")


def _write_list(lines: list[Line], writer: Writer) -> None:
    if lines:
        tidied = [tidy(line.pieces) for line in lines]
        depths = _depths([line.bullet or 0 for line in lines])
        text = "\n".join(
            f"{'-' if depth == 0 else '+'} {words(pieces).strip()}"
            for depth, pieces in zip(depths, tidied, strict=True)
        )
        writer.add(text, _nested([html_of(pieces) for pieces in tidied], depths))


def _depths(levels: list[int]) -> list[int]:
    """List levels as nesting: a first item is at the top, and nothing goes more than one deeper at a time."""
    found: list[int] = []
    open_levels: list[int] = []
    for level in levels:
        while open_levels and open_levels[-1] > level:
            open_levels.pop()
        if not open_levels or open_levels[-1] < level:
            open_levels.append(level)
        found.append(len(open_levels) - 1)
    return found


def _nested(items: list[str], depths: list[int]) -> str:
    out: list[str] = []
    depth = -1
    for item, wanted in zip(items, depths, strict=True):
        if wanted > depth:
            out.append("<ul>")
        else:
            out.append("</li>" + "</ul></li>" * (depth - wanted))
        out.append(f"<li>{item}")
        depth = wanted
    return "".join(out) + "</li>" + "</ul></li>" * depth + "</ul>"


def _write_table(table: Table, writer: Writer) -> None:
    lines = []
    for row in table.rows:
        cells = [""] * table.width
        for cell in row.cells:
            cells[cell.column] = " ".join(_cell_text(cell.items).replace("|", "¦").split())
        lines.append(f"| {' | '.join(cells)} |")
    writer.add("\n".join(lines), table_html(table))


def _ordered(items: Sequence[Item]) -> Sequence[Item]:
    """The content of a cell in reading order; most cells hold only lines."""
    return items if all(isinstance(item, Line) and not item.boxes for item in items) else arranged(items)


def _cell_text(items: Sequence[Item]) -> str:
    found = []
    for item in _ordered(items):
        if isinstance(item, Line):
            found.append(words(tidy(item.plain().pieces)))
        else:
            found += [_cell_text(cell.items) for cell in item.cells]
    return "\n".join(found)


def table_html(table: Table) -> str:
    """The table with its merged cells; header rows where Word marks them or where the first row alone is bold."""
    heads = _header_rows(table)
    rows = [_row_html(row, is_head=place < heads) for place, row in enumerate(table.rows)]
    head, body = "".join(rows[:heads]), "".join(rows[heads:])
    head = f"<thead>{head}</thead>" if head else ""
    return f"<table>{head}<tbody>{body}</tbody></table>" if body else f"<table>{head}</table>"


def _header_rows(table: Table) -> int:
    marked = 0
    while marked < len(table.rows) and table.rows[marked].is_header:
        marked += 1
    if marked == 0 and len(table.rows) > 1 and _is_bold(table.rows[0]) and not _is_bold(table.rows[-1]):
        marked = 1
    place = 0
    while place < min(marked, len(table.rows)):  # a cell that reaches down takes its rows into the header
        marked = max([marked, *(place + cell.rowspan for cell in table.rows[place].cells)])
        place += 1
    return marked if marked < len(table.rows) or table.rows[0].is_header else 0


def _is_bold(row: Row) -> bool:
    pieces = [p for cell in row.cells for item in cell.items if isinstance(item, Line) for p in item.pieces]
    shown = [piece for piece in pieces if piece.text.strip()]
    filled = sum(any(isinstance(item, Line) and not item.is_empty for item in cell.items) for cell in row.cells)
    return bool(shown) and filled >= 2 and all(piece.marks.strong for piece in shown)


def _row_html(row: Row, *, is_head: bool) -> str:
    return f"<tr>{''.join(_cell_html(cell, is_head=is_head) for cell in row.cells)}</tr>"


def _cell_html(cell: Cell, *, is_head: bool) -> str:
    spans = "".join(
        f' {name}="{number}"' for name, number in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if number > 1
    )
    inner = _cell_blocks(cell.items, strong=not is_head)
    return f'<th scope="col"{spans}>{inner}</th>' if is_head else f"<td{spans}>{inner}</td>"


def _cell_blocks(items: Sequence[Item], *, strong: bool) -> str:
    """The content of a cell; a single paragraph goes without its p."""
    found: list[str] = []
    run: list[Line] = []
    for item in _ordered(items):
        if isinstance(item, Line) and item.bullet is not None:
            run.append(item)
            continue
        found += _flushed(run)
        run = []
        if isinstance(item, Table):
            found.append(table_html(item) if not is_layout(item) else "")
        elif not item.is_empty:
            found.append(f"<p>{html_of(tidy(item.pieces), strong=strong)}</p>")
    found += _flushed(run)
    if len(found) == 1 and found[0].startswith("<p>"):
        return found[0][3:-4]
    return "".join(found)


def _flushed(run: list[Line]) -> list[str]:
    lines = Writer()
    _write_list(run, lines)
    return [block.html for block in lines.blocks]
