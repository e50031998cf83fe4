"""One page: its characters, rules and pictures made lines and tables."""

import pypdfium2 as pdfium

from portal.papers.readers.pdf.characters import Text, text_of_page
from portal.papers.readers.pdf.drawing import Drawing, drawing_of
from portal.papers.readers.pdf.frames import Frame, frame_of
from portal.papers.readers.pdf.lines import lines_of
from portal.papers.readers.pdf.model import Box, Glyph, Look, Page, Rule
from portal.papers.readers.pdf.stamps import without_stamps
from portal.papers.readers.pdf.tables import tables_in

_OUTLINES = 3000
"""Points of drawn paths on a page without text that tell letters drawn as outlines from ornaments."""


def page_read(page: pdfium.PdfPage, number: int) -> Page:
    """What a person reads on the page; `characters` counts the visible ones that are no stamp's."""
    frame = frame_of(page)
    drawing = drawing_of(page, frame, number)
    text = text_of_page(page, frame, drawing.is_dark)
    if text.frame.turn != frame.turn:
        frame = text.frame
        drawing = drawing_of(page, frame, number)
    sheet = Box(0, 0, frame.width, frame.height)
    out = Page(number, frame.width, frame.height)
    out.covered = drawing.covered(sheet)
    out.pictures = drawing.pictures
    out.hidden, out.lost = text.hidden, text.lost
    glyphs = text.glyphs
    if drawing.doubled and len(drawing.doubled) < 500:
        _embolden(glyphs, drawing.doubled)
    if out.covered >= 0.55 and _is_written(text.invisible) and len(text.invisible) > len(glyphs):
        # A scan with the letters that a program recognised, invisible over the picture.
        glyphs, out.is_ocr = [*glyphs, *text.invisible], True
    else:
        out.hidden += len(text.invisible)
        out.is_ocr = out.covered >= 0.55 and drawing.text_before_picture and _is_written(glyphs)
    _compose(out, glyphs, text, drawing, sheet)
    return out


def _embolden(glyphs: list[Glyph], doubled: list[Box]) -> None:
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.3 * glyph.size
        if any(box.holds(x, y, 1) for box in doubled):
            glyph.look |= Look.BOLD


def _is_written(glyphs: list[Glyph]) -> bool:
    return sum(not glyph.char.isspace() for glyph in glyphs) >= 40


def _compose(out: Page, glyphs: list[Glyph], text: Text, drawing: Drawing, sheet: Box) -> None:
    out.encodings = {glyph.encoding for glyph in glyphs if glyph.encoding}
    tables, outside = tables_in(glyphs, drawing.level, drawing.upright, sheet, out.number)
    out.tables = tables
    out.lines = lines_of(outside, out.number)
    _put_turned(out, text, text.frame)
    out.rules = [rule for rule in drawing.level if not _in_table(rule, out)]
    stamped = without_stamps(out)
    count = sum(not glyph.char.isspace() for glyph in glyphs)
    out.characters = max(0, count - stamped)
    out.has_drawing = count == 0 and drawing.points > _OUTLINES


def _in_table(rule: Rule, page: Page) -> bool:
    return any(table.box.holds((rule.start + rule.end) / 2, rule.at, 2) for table in page.tables)


def _put_turned(out: Page, text: Text, frame: Frame) -> None:
    """Letters that run upwards or downwards belong to the cell in which they stand; elsewhere they are no text."""
    for direction, turned in text.aside.items():
        glyphs = turned
        for cell in (cell for table in out.tables for cell in table.cells):
            inside = [g for g in glyphs if _back(g, direction, frame, cell.box)]
            if inside:
                cell.lines += lines_of(inside, out.number)
                known = {id(g) for g in inside}
                glyphs = [g for g in glyphs if id(g) not in known]
        out.turned += sum(not glyph.char.isspace() for glyph in glyphs)
    out.turned += text.askew


def _back(glyph: Glyph, direction: int, frame: Frame, box: Box) -> bool:
    """Whether a character, whose place is that of the turned sheet, stands in a box of the sheet."""
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.base
    width, height = (frame.height, frame.width) if direction % 180 else (frame.width, frame.height)
    if direction == 90:
        x, y = height - y, x
    elif direction == 270:
        x, y = y, width - x
    elif direction == 180:
        x, y = width - x, height - y
    return box.holds(x, y)
