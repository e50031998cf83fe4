"""The grid of a Word table: rows through whatever wraps them, merged cells, borders."""

from collections.abc import Iterator

from lxml import etree

from portal.papers.readers.docx.items import Cell, Row
from portal.papers.readers.docx.names import W
from portal.papers.readers.docx.styles import Styles, child, value

_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_SIDES = ("top", "left", "bottom", "right")
_ALIASES = {"left": "start", "right": "end"}
_INVISIBLE = frozenset({None, "nil", "none"})
_DEEPEST = 8
_WIDEST = 64


def placed(element: etree._Element, name: str, depth: int = 0) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those inside content controls."""
    for one in element:
        if one.tag == W + name:
            yield one
        elif one.tag in _WRAPPERS and depth < _DEEPEST:
            yield from placed(one, name, depth + 1)


def is_deleted(properties: etree._Element | None, name: str = "del") -> bool:
    """Whether a tracked change took the row or cell away."""
    return child(properties, name) is not None


def merge_down(rows: list[Row], grid: list[list[tuple[Cell, str | None]]]) -> int:
    """Give each row the cells that begin in it, their height counted; the width of the table in columns."""
    above: dict[int, Cell] = {}
    width = 1
    for row, cells in zip(rows, grid, strict=True):
        for cell, down in cells:
            cell.column = min(cell.column, _WIDEST - 1)
            cell.colspan = min(cell.colspan, _WIDEST - cell.column)
            width = max(width, cell.column + cell.colspan)
            reaching = above.get(cell.column)
            if down == "continue" and reaching is not None:
                reaching.rowspan += 1
                continue
            row.cells.append(cell)
            if down is None:
                above.pop(cell.column, None)
            else:
                above[cell.column] = cell
    return width


class Borders:
    """Which borders the cells of a table show: their own, else the table's, else its style's."""

    def __init__(self, table: etree._Element, styles: Styles) -> None:
        properties = child(table, "tblPr")
        self._own = [child(properties, "tblBorders")]
        for style in styles.lineage(value(properties, "tblStyle")):
            self._own.append(child(child(style, "tblPr"), "tblBorders"))

    def around(self, properties: etree._Element | None) -> bool:
        """Whether at least two sides of a cell are drawn."""
        own = child(properties, "tcBorders")
        return sum(self._is_drawn(own, side) for side in _SIDES) >= 2

    def _is_drawn(self, own: etree._Element | None, side: str) -> bool:
        said = _said(own, side)
        for borders in self._own if said is None else ():
            said = _said(borders, side) or _said(borders, "insideH" if side in ("top", "bottom") else "insideV")
            if said is not None:
                break
        return said not in _INVISIBLE


def _said(borders: etree._Element | None, side: str) -> str | None:
    return value(borders, side) or value(borders, _ALIASES.get(side, side))
