"""Tables of a page: those that hold data, and those that only lay out the page."""

import re
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

if TYPE_CHECKING:
    from portal.papers.readers.web.walking import Walk

_LAYOUT_WORDS = re.compile(
    r"(CỘNG H[OÒ][AÀ] XÃ HỘI|Nơi nhận|Độc lập\s*[-–]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM)", re.IGNORECASE
)
_BORDER = re.compile(r"border(?:-top|-left)?\s*:\s*(?!none|0)[^;]*(solid|windowtext|\d+\s*px)", re.IGNORECASE)
_LONG = 600
"""Characters of a cell beyond which a table without lines is a layout."""
_MOST_SPAN = 1000
_MOST_ROWS = 20_000


def write_table(walk: "Walk", element: HtmlElement, depth: int) -> None:
    """A table of data as one block; the cells of a layout as paragraphs, row by row."""
    rows = _rows(element)
    if not _is_data(element, rows):
        _lay_out(walk, element, rows, depth)
        return
    caption = next(element.iterchildren("caption"), None)
    head = _head_rows(element, rows)
    lines, html = [], []
    for place, row in enumerate(rows[:_MOST_ROWS]):
        texts, cells = _row(walk, row, is_head=place < head)
        if any(texts) or cells:
            lines.append(f"| {' | '.join(texts)} |")
            html.append(f"<tr>{cells}</tr>")
    if not lines:
        return
    if caption is not None:
        text, said = walk.line_of(caption)
        if text:
            walk.write(text, f"<p><strong>{said}</strong></p>")
    top = f"<thead>{''.join(html[:head])}</thead>" if head else ""
    walk.write("\n".join(lines), f"<table>{top}<tbody>{''.join(html[head:])}</tbody></table>")


def _rows(element: HtmlElement) -> list[HtmlElement]:
    """Its own rows, not those of tables in it."""
    parts = [part for part in element if part.tag in ("thead", "tbody", "tfoot", "tr")]
    return [row for part in parts for row in ([part] if part.tag == "tr" else part.iterchildren("tr"))]


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _is_data(element: HtmlElement, rows: list[HtmlElement]) -> bool:
    if (element.get("role") or "").lower() in ("presentation", "none"):
        return False
    if any(inner is not element for inner in element.iter("table")):
        return False
    counts = [len(_cells(row)) for row in rows]
    if any(True for _ in element.iter("th", "caption")):
        return True
    if len(rows) < 2 or max(counts, default=0) < 2 or _LAYOUT_WORDS.search(element.text_content()):
        return False
    return _has_lines(element) or _is_regular(rows, counts)


def _is_regular(rows: list[HtmlElement], counts: list[int]) -> bool:
    """Whether it looks like data without any lines drawn: as many short cells in nearly every row."""
    texts = [cell.text_content().strip() for row in rows for cell in _cells(row)]
    even = sum(count == max(counts) for count in counts) * 3 >= len(counts) * 2
    return even and len(rows) > 2 and max(map(len, texts), default=0) < _LONG and sum(map(bool, texts)) * 2 > len(texts)


def _has_lines(element: HtmlElement) -> bool:
    border = (element.get("border") or "").strip()
    if border not in ("", "0"):
        return True
    styles = [element.get("style") or "", *((cell.get("style") or "") for cell in element.iter("td", "tr"))][:20]
    return sum(_BORDER.search(style) is not None for style in styles) * 2 > min(len(styles), 4)


def _head_rows(element: HtmlElement, rows: list[HtmlElement]) -> int:
    """How many rows at the top are headers: those in `<thead>`, of `<th>` only, or bold where the next is not."""
    inside = [row for row in rows if row.getparent() is not None and row.getparent().tag == "thead"]
    if inside:
        return len(inside)
    count = 0
    for row in rows:
        cells = _cells(row)
        if not cells or any(cell.tag != "th" for cell in cells):
            break
        count += 1
    if count == 0 and len(rows) > 1 and _is_bold(rows[0]) and not _is_bold(rows[1]):
        return 1
    return count if count < len(rows) else min(count, 1)


def _is_bold(row: HtmlElement) -> bool:
    cells = [cell for cell in _cells(row) if cell.text_content().strip()]
    return bool(cells) and all(
        sum(len(bold.text_content().strip()) for bold in cell.iter("b", "strong")) >= len(cell.text_content().strip())
        for cell in cells
    )


def _row(walk: "Walk", row: HtmlElement, *, is_head: bool) -> tuple[list[str], str]:
    texts, html = [], []
    for cell in _cells(row):
        text, said = walk.line_of(cell)
        texts.append(" ".join(text.replace("|", "¦").split()))
        tag = "th" if is_head or cell.tag == "th" else "td"
        scope = ' scope="col"' if is_head else ' scope="row"' if tag == "th" else ""
        if is_head:
            said = re.sub(r"</?strong>", "", said)
        html.append(f"<{tag}{scope}{_spans(cell)}>{said}</{tag}>")
    return texts, "".join(html)


def _spans(cell: HtmlElement) -> str:
    found = ""
    for name in ("colspan", "rowspan"):
        value = (cell.get(name) or "").strip()
        if re.fullmatch(r"\d{1,5}", value) and 1 < int(value) <= _MOST_SPAN:
            found += f' {name}="{int(value)}"'
    return found


def _lay_out(walk: "Walk", element: HtmlElement, rows: list[HtmlElement], depth: int) -> None:
    caption = next(element.iterchildren("caption"), None)
    parts = [] if caption is None else [caption]
    cells = [cell for row in rows for cell in _cells(row)]
    if not cells:
        walk.inside(element, depth)
        return
    for part in [*parts, *cells]:
        walk.flush()
        walk.inside(part, depth + 1)
        walk.flush()
