"""Ruled tables filled with their words, joined over pages, and told from frames that only lay out a page."""

import re
from html import escape

from portal.papers.readers.pdf.grids import grids_of
from portal.papers.readers.pdf.header import DATE, MOTTO, NUMBER, SLOGAN
from portal.papers.readers.pdf.lines import lines_of
from portal.papers.readers.pdf.margins import Margins
from portal.papers.readers.pdf.markup import html_of_words
from portal.papers.readers.pdf.model import Box, Cell, Glyph, Line, Look, Rule, Table
from portal.papers.readers.pdf.paragraphs import Hyphens, Joining

_PLACES = re.compile(r"N[ơƠ][iI]\s+[nN](?:hận|HẬN)\s*:")
_COUNTED = re.compile(r"(?:STT|TT|Số\s*TT|Số\s+thứ\s+tự|S\.?T\.?T\.?|Stt|Số\s*tt)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\(?\s*(?:\d{1,2}|[A-Z])\s*\)?")


def tables_in(
    glyphs: list[Glyph], level: list[Rule], upright: list[Rule], sheet: Box, page: int
) -> tuple[list[Table], list[Glyph]]:
    """The data tables of a page with their text, and the characters outside of them."""
    tables: list[Table] = []
    for table in grids_of(level, upright, sheet, page):
        inside = [g for g in glyphs if table.box.holds((g.x0 + g.x1) / 2, g.base - 0.3 * g.size)]
        filled = _filled(table, inside, page)
        if filled is None or _is_layout(filled, sheet):
            continue
        tables.append(filled)
        taken = {id(g) for g in inside}
        glyphs = [g for g in glyphs if id(g) not in taken]
    return tables, glyphs


def _filled(table: Table, glyphs: list[Glyph], page: int) -> Table | None:
    if not any(not g.char.isspace() for g in glyphs):
        return None
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            rows.setdefault(row, []).append(cell)
    tops = sorted({cell.box.top for cell in table.cells} | {table.box.bottom})
    held: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.3 * glyph.size
        row = max(0, sum(top <= y for top in tops) - 1)
        near = [*rows.get(row, ()), *rows.get(row - 1, ()), *rows.get(row + 1, ())]
        place = next((c for c in near if c.box.holds(x, y)), None)
        place = place or next((c for c in table.cells if c.box.holds(x, y, 1)), None)
        if place is not None:
            held.setdefault(id(place), []).append(glyph)
    for cell in table.cells:
        lines = lines_of(held.get(id(cell), []), page)
        cell.lines = sorted(lines, key=lambda x: (round(x.base), x.x0))
    return _without_empty(table)


def _without_empty(table: Table) -> Table | None:
    """Rows and columns in which no cell begins (double lines) are closed up."""
    kept_rows = sorted({cell.row for cell in table.cells})
    kept_columns = sorted({cell.column for cell in table.cells})
    for cell in table.cells:
        cell.rows = sum(cell.row <= row < cell.row + cell.rows for row in kept_rows)
        cell.columns = sum(cell.column <= column < cell.column + cell.columns for column in kept_columns)
        cell.row, cell.column = kept_rows.index(cell.row), kept_columns.index(cell.column)
    table.rows = len(kept_rows)
    table.columns = [table.columns[column] for column in kept_columns] + [table.columns[-1]]
    return table


def _is_layout(table: Table, sheet: Box) -> bool:
    """Head and foot set in a table, a frame about a text, or lines that only happen to cross."""
    columns = len(table.columns) - 1
    texts = [" ".join(line.text for line in cell.lines) for cell in table.cells]
    if columns <= 3 and table.rows <= 4 and any(MOTTO.search(t) and SLOGAN.search(t) for t in texts):
        return True
    if columns <= 3 and table.rows <= 3 and any(_PLACES.match(t) for t in texts):
        return True
    if columns <= 3 and table.rows <= 2 and any(NUMBER.match(t) for t in texts) and any(DATE.search(t) for t in texts):
        return True
    filled = [cell for cell in table.cells if cell.lines]
    if columns == 1 or len(filled) < 2:
        return True
    # One box with long running text is a frame.
    return len(filled) <= 2 and table.rows <= 2 and max(map(len, texts)) > 1500


def joined(upper: Table, lower: Table) -> bool:
    """Whether `upper` goes on with `lower` on the next page, which is then taken in."""
    if len(upper.columns) != len(lower.columns):
        return False
    shift = lower.columns[0] - upper.columns[0]
    if any(abs(a + shift - b) > 6 for a, b in zip(upper.columns, lower.columns, strict=True)):
        return False
    repeated = _repeated_rows(upper, lower)
    rows = upper.rows
    cells = [cell for cell in lower.cells if cell.row >= repeated]
    for cell in cells:
        cell.row += rows - repeated
    upper.cells += cells
    upper.rows += lower.rows - repeated
    _mend_break(upper, rows)
    return True


def _repeated_rows(upper: Table, lower: Table) -> int:
    """How many rows at the top of the next page only repeat the heading."""
    same = 0
    for row in range(min(upper.rows, lower.rows, 5)):
        if _row_text(upper, row) != _row_text(lower, row) or not any(_row_text(upper, row)):
            break
        same = row + 1
    return same if same < lower.rows else 0


def _row_text(table: Table, row: int) -> list[str]:
    return [" ".join(line.text for line in cell.lines) for cell in table.cells if cell.row == row]


def _mend_break(table: Table, row: int) -> None:
    """A row cut by the page break: its rest has no number of its own, and goes on in the middle of a sentence."""
    rest = [cell for cell in table.cells if cell.row == row]
    above = {cell.column: cell for cell in table.cells if cell.row + cell.rows == row}
    said = [cell for cell in rest if cell.lines]
    if not said or any(cell.column == 0 for cell in said) or {c.column for c in rest} - set(above):
        return
    if any(cell.rows > 1 for cell in rest) or not any(cell.lines[0].text[:1].islower() for cell in said):
        return
    for cell in said:
        above[cell.column].lines += cell.lines
    table.cells = [cell for cell in table.cells if cell.row != row]
    for cell in table.cells:
        if cell.row > row:
            cell.row -= 1
    table.rows -= 1


def text_of_table(table: Table, hyphens: Hyphens) -> tuple[str, str]:
    """The text, a line a row with cells between bars, and the HTML."""
    head = _head_rows(table)
    rows_text: list[str] = []
    rows_html: list[str] = []
    for row in range(table.rows):
        cells = sorted((cell for cell in table.cells if cell.row == row), key=lambda c: c.column)
        if not any(cell.lines for cell in cells) and all(cell.rows == 1 for cell in cells):
            continue
        parts = [_cell(cell, hyphens) for cell in cells]
        rows_text.append("| " + " | ".join(text.replace("|", "¦") for text, _ in parts) + " |")
        rows_html.append(
            "<tr>"
            + "".join(_cell_html(cell, html, row < head) for cell, (_, html) in zip(cells, parts, strict=True))
            + "</tr>"
        )
    top = min(head, len(rows_html))
    thead = f"<thead>{''.join(rows_html[:top])}</thead>" if top else ""
    html = f"<table>{thead}<tbody>{''.join(rows_html[top:])}</tbody></table>"
    return "\n".join(rows_text), html


def _cell(cell: Cell, hyphens: Hyphens) -> tuple[str, str]:
    joining = Joining(hyphens)
    if cell.lines:
        left, right = min(x.x0 for x in cell.lines), max(x.x1 for x in cell.lines)
        margins = Margins(left, max(right, cell.box.x1 - 8), 0.0, False)
        for line in cell.lines:
            last = joining.last
            beside = last is not None and abs(line.base - last.base) < 0.3 * line.size
            if last is not None and (beside or (not _new_in_cell(line, last, margins))):
                hyphens.joined(joining.paragraphs[-1].words, list(line.words))
                joining.last = line
            else:
                joining.last = None
                joining.add(line, margins)
    texts = [paragraph.text for paragraph in joining.paragraphs]
    if (whole := "".join(texts).replace(" ", "")) in ("STT", "TT"):
        return whole, whole
    htmls = [html_of_words(paragraph.words) for paragraph in joining.paragraphs]
    return " ".join(texts), "<br>".join(htmls)


def _new_in_cell(line: Line, last: Line, margins: Margins) -> bool:
    """In a narrow column only room left over, or a sign of a list, begins a paragraph."""
    room = margins.right - last.x1 - 0.25 * last.size - line.first_width()
    if re.match(r"\s*(?:[-–+•*]\s|\d{1,2}[.)]\s|[a-zđ]\)\s)", line.text):
        return True
    return room > max(0.9 * last.size, 0.06 * margins.width)


def _cell_html(cell: Cell, html: str, is_head: bool) -> str:
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
        f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    )
    tag = "th" if is_head else "td"
    scope = (' scope="colgroup"' if cell.columns > 1 else ' scope="col"') if is_head else ""
    return f"<{tag}{scope}{spans}>{html}</{tag}>"


def _head_rows(table: Table) -> int:
    """Rows that name the columns: counted (STT), or all bold over rows that are not; 0 when that is not known."""
    if table.rows < 2:
        return 0
    first = [cell for cell in table.cells if cell.row == 0]
    deep = max((cell.rows for cell in first), default=1)
    counted = any(_COUNTED.match(escape(" ".join(line.text for line in cell.lines))) for cell in first)
    if not counted and not (_is_bold(table, 0) and not _is_bold(table, table.rows - 1)):
        return 0
    rows = deep
    numbered = [" ".join(line.text for line in cell.lines) for cell in table.cells if cell.row == rows]
    if len(numbered) >= 2 and all(_NUMBERED.fullmatch(text) for text in numbered) and numbered[0].strip("() ") in "1A":
        second = [" ".join(line.text for line in cell.lines) for cell in table.cells if cell.row == rows + 1]
        rows += 1 if second and len(set(numbered)) == len(numbered) else 0
    return rows if rows < table.rows else 0


def _is_bold(table: Table, row: int) -> bool:
    words = [word for cell in table.cells if cell.row == row for line in cell.lines for word in line.words]
    return bool(words) and all(word.look & Look.BOLD for word in words)
