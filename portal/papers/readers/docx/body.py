"""Paragraphs and tables of a part, in the order of the file."""

from lxml import etree

from portal.papers.readers.docx.drawings import Box, chosen
from portal.papers.readers.docx.fields import Fields
from portal.papers.readers.docx.inline import Inline, marks_of
from portal.papers.readers.docx.items import Cell, Item, Line, Row, Table
from portal.papers.readers.docx.names import MC, OFF, W
from portal.papers.readers.docx.numbering import Label
from portal.papers.readers.docx.pieces import Marks, Piece
from portal.papers.readers.docx.shared import Story
from portal.papers.readers.docx.styles import child, leaders, value, whole
from portal.papers.readers.docx.tables import Borders, is_deleted, merge_down, placed
from portal.papers.remarks import Remarks

_DEEPEST = 12
_DEEPEST_BOX = 3
_WRAPPERS = frozenset(W + name for name in ("customXml", "ins", "moveTo", "sdtContent", "smartTag", "docPartBody"))
_CONTENTS = "table of contents"


class Body:
    """Reads one part. Lists count on through all parts that share them, so read each part once and in order."""

    def __init__(self, story: Story) -> None:
        self._story, self._shared = story, story.shared
        self._fields = Fields()
        self._balanced = True
        self._waiting: list[Piece] = []
        self._waiting_boxes: list[Box] = []

    def read(self, element: etree._Element) -> list[Item]:
        """Everything in a body, a note, a header or a text box."""
        kinds = [one.get(W + "fldCharType") for one in element.iter(W + "fldChar")]
        self._balanced = kinds.count("begin") == kinds.count("end")
        items = self._items(element, 0)
        self._shared.tally[Remarks.CONTENTS_DROPPED] += self._fields.contents
        return items

    def _items(self, element: etree._Element, depth: int) -> list[Item]:
        items: list[Item] = []
        for one in element:
            tag = one.tag
            if tag == W + "p":
                self._paragraph(one, items)
            elif tag == W + "tbl":
                self._end_line(items)
                items += self._table(one, depth + 1)
            elif tag == W + "sdt":
                items += self._content_control(one, depth)
            elif tag in _WRAPPERS:
                items += self._items(one, depth + 1) if depth < _DEEPEST else []
            elif tag == MC + "AlternateContent":
                option = chosen(one)
                items += [] if option is None or depth >= _DEEPEST else self._items(option, depth + 1)
            elif tag in (W + "altChunk", W + "subDoc"):
                self._shared.tally[Remarks.CHUNK_DROPPED] += 1
        self._end_line(items)
        return items

    def _end_line(self, items: list[Item]) -> None:
        """A paragraph that should run on where none follows is a line of its own."""
        if self._waiting or self._waiting_boxes:
            waiting, self._waiting = self._waiting, []
            items.append(self._line(self._shared.finished(waiting)))

    def _content_control(self, one: etree._Element, depth: int) -> list[Item]:
        gallery = value(child(child(one, "sdtPr"), "docPartObj"), "docPartGallery") or ""
        if gallery.lower() == _CONTENTS:
            self._shared.tally[Remarks.CONTENTS_DROPPED] += 1
            return []
        content = child(one, "sdtContent")
        return [] if content is None or depth >= _DEEPEST else self._items(content, depth + 1)

    def _paragraph(self, element: etree._Element, items: list[Item]) -> None:
        properties = child(element, "pPr")
        style_id = value(properties, "pStyle")
        style = self._shared.styles.paragraph(style_id)
        shown, contents = self._fields.shows, self._fields.contents
        inline = Inline(self._story, self._fields, style_id, leaders(properties) or style.leaders)
        inline.read(element)
        self._fields.end_of_paragraph(balanced=self._balanced)
        if self._fields.contents > contents and items and _is_contents_title(items[-1]):
            items.pop()
        pieces = self._waiting + inline.pieces
        self._waiting_boxes += inline.boxes
        if _runs_on(properties):
            self._waiting = pieces
            return
        self._waiting = []
        nothing = not any(piece.html is not None or piece.text.strip() for piece in pieces)
        if nothing and (not shown or inline.has_hidden) and not self._waiting_boxes:
            return
        label = self._shared.numbering.label(properties, style_id)
        if label is not None and not label.is_bullet:
            pieces = [self._label(label, properties, style_id), *pieces]
        line = self._line(self._shared.finished(pieces))
        if label is not None and label.is_bullet and not nothing:
            line.bullet = label.depth
        outline = whole(value(properties, "outlineLvl"))
        outline = style.outline if outline is None else outline
        line.heading = None if outline is None or not 0 <= outline <= 8 else min(outline + 2, 4)
        line.columns = _columns(child(properties, "sectPr"))
        items.append(line)

    def _line(self, pieces: list[Piece]) -> Line:
        boxes, self._waiting_boxes = self._waiting_boxes, []
        if abs(self._story.level) >= _DEEPEST_BOX:
            return Line(pieces)
        level = self._story.level + (1 if self._story.level >= 0 else -1)
        inner = Story(self._shared, self._story.relations, level)
        return Line(pieces, boxes=[(box.across, Body(inner).read(box.element)) for box in boxes])

    def _label(self, label: Label, properties: etree._Element | None, style_id: str | None) -> Piece:
        styles = self._shared.styles
        look = styles.look(child(properties, "rPr")).over(styles.under(style_id, None))
        look = look if label.look is None else label.look.over(look)
        marks = marks_of(look)
        text = label.text.upper() if look.capitals and marks.encoding is None else label.text
        return Piece(text, Marks(strong=marks.strong, em=marks.em, encoding=marks.encoding))

    def _table(self, element: etree._Element, depth: int) -> list[Item]:
        if depth > _DEEPEST:
            return self._flat(element)
        borders = Borders(element, self._shared.styles)
        rows: list[Row] = []
        grid: list[list[tuple[Cell, str | None]]] = []
        for row in placed(element, "tr"):
            about = child(row, "trPr")
            if is_deleted(about):
                self._shared.tally[Remarks.CHANGES_ACCEPTED] += 1
                continue
            grid.append(self._row(row, about, borders, depth))
            header = child(about, "tblHeader")
            rows.append(Row([], header is not None and header.get(W + "val") not in OFF))
        width = merge_down(rows, grid)
        return [Table(rows, width)] if rows else []

    def _row(
        self, row: etree._Element, about: etree._Element | None, borders: Borders, depth: int
    ) -> list[tuple[Cell, str | None]]:
        cells: list[tuple[Cell, str | None]] = []
        column = min(max(whole(value(about, "gridBefore")) or 0, 0), 64)
        for one in placed(row, "tc"):
            properties = child(one, "tcPr")
            if is_deleted(properties, "cellDel"):
                continue
            span = min(max(whole(value(properties, "gridSpan")) or 1, 1), 64)
            merge, across = child(properties, "vMerge"), child(properties, "hMerge")
            if across is not None and across.get(W + "val") != "restart" and cells:
                cells[-1][0].colspan += span
                column += span
                continue
            down = None if merge is None else merge.get(W + "val") or "continue"
            items = [] if down == "continue" else self._items(one, depth)
            cells.append((Cell(items, column, span, 1, borders.around(properties)), down))
            column += span
        return cells

    def _flat(self, element: etree._Element) -> list[Item]:
        """Tables nested beyond all reason: their words, line by line."""
        lines: list[Item] = []
        for one in element.iter(W + "p"):
            text = "".join(text.text or "" for text in one.iter(W + "t"))
            if text.strip() and not any(True for _ in one.iterdescendants(W + "p")):
                lines.append(Line(self._shared.finished([Piece(text)])))
        return lines


def _runs_on(properties: etree._Element | None) -> bool:
    """Whether the next paragraph goes on in the same line: its end was deleted or hides, or it is a large initial."""
    mark = child(properties, "rPr")
    if mark is not None and (mark.find(W + "del") is not None or mark.find(W + "specVanish") is not None):
        return True
    frame = child(properties, "framePr")
    return frame is not None and frame.get(W + "dropCap") in ("drop", "margin")


def _columns(section: etree._Element | None) -> int:
    columns = child(section, "cols")
    if section is None:
        return 0
    return 1 if columns is None else whole(columns.get(W + "num")) or max(1, len(columns))


def _is_contents_title(item: Item) -> bool:
    return isinstance(item, Line) and item.text.strip().upper().rstrip(":") == "MỤC LỤC"
