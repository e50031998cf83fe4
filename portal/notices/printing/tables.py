"""Tables as a grid in which every cell knows its place: whatever spans the HTML claims, no two cells meet."""

from collections.abc import Callable
from typing import Any

from lxml import etree

MOST_COLUMNS = 60
MOST_ROWS_SPANNED = 500

WIDEST_WORD, WIDEST_TEXT = 16, 80
"""Characters beyond which a word or a text makes its column no wider."""
SHARE = 0.35
"""How much of what a text is longer than its longest word widens its column."""

Content = Callable[[etree._Element], list[dict[str, Any]]]
Runs = Callable[[etree._Element], list[dict[str, Any]]]


def table_of(element: etree._Element, content: Content, runs: Runs) -> dict[str, Any] | None:
    """`{k, columns, head, head_rows, rows, caption}`: `head` and `rows` are cells `{x, y, w, h, head, blocks}`, `y`
    counted within its half. None for a table without a cell."""
    head, body = _rows(element)
    head_cells, body_cells = _placed(head, content, all_heads=True), _placed(body, content, all_heads=False)
    columns = _without_empty_columns([*head_cells, *body_cells])
    if not columns:
        return None
    caption = element.find("caption")
    return {
        "k": "table",
        "columns": columns,
        "widths": _widths([*head_cells, *body_cells], columns),
        "head": head_cells,
        "head_rows": len(head),
        "rows": body_cells,
        "caption": runs(caption) if caption is not None else [],
    }


def _rows(element: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    """Rows of the head, and all others. Without a thead, leading rows of th alone are the head."""
    head = [row for part in element.iterchildren("thead") for row in part.iterchildren("tr")]
    body = [row for part in element.iterchildren("tbody", "tfoot") for row in part.iterchildren("tr")]
    body += list(element.iterchildren("tr"))
    if not head:
        while len(body) > 1 and len(body[0]) and all(cell.tag == "th" for cell in body[0]):
            head.append(body.pop(0))
    return (head, body) if body else ([], head)


def _placed(rows: list[etree._Element], content: Content, *, all_heads: bool) -> list[dict[str, Any]]:
    taken: set[tuple[int, int]] = set()
    cells: list[dict[str, Any]] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row.iterchildren("td", "th"):
            while (x, y) in taken:
                x += 1
            if x >= MOST_COLUMNS:
                break
            w = min(_span(cell, "colspan"), MOST_COLUMNS - x)
            w = next((n for n in range(w) if (x + n, y) in taken), w) or 1
            h = min(_span(cell, "rowspan"), len(rows) - y, MOST_ROWS_SPANNED)
            taken |= {(x + i, y + j) for i in range(w) for j in range(h)}
            cells.append(
                {"x": x, "y": y, "w": w, "h": h, "head": all_heads or cell.tag == "th", "blocks": content(cell)}
            )
            x += w
    return cells


def _without_empty_columns(cells: list[dict[str, Any]]) -> int:
    """Columns in which no cell begins are only spanned; returns how many are left."""
    starts = {x: place for place, x in enumerate(sorted({cell["x"] for cell in cells}))}
    for cell in cells:
        cell["w"] = sum(cell["x"] <= x < cell["x"] + cell["w"] for x in starts)
        cell["x"] = starts[cell["x"]]
    return len(starts)


def _widths(cells: list[dict[str, Any]], columns: int) -> list[float]:
    """How wide each column is against the others: at least as its longest word, wider the longer its texts are."""
    longest_word, longest_text = [1] * columns, [1] * columns
    for cell in cells:
        if cell["w"] > 1:
            continue
        words = _words(cell["blocks"]).split()
        column = cell["x"]
        longest_word[column] = max(longest_word[column], min(WIDEST_WORD, max(map(len, words), default=0)))
        longest_text[column] = max(longest_text[column], min(WIDEST_TEXT, sum(map(len, words)) + len(words)))
    both = zip(longest_word, longest_text, strict=True)
    return [round(word + 2 + max(0, text - word) * SHARE, 1) for word, text in both]


def _words(blocks: list[dict[str, Any]]) -> str:
    return " ".join(run["t"] for block in blocks for run in block.get("runs", []))


def _span(cell: etree._Element, name: str) -> int:
    written = cell.get(name) or "1"
    return max(1, int(written)) if written.isdigit() and len(written) < 5 else 1
