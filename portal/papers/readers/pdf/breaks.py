"""Which line begins a paragraph."""

import re

from portal.papers.readers.pdf.margins import Margins
from portal.papers.readers.pdf.model import Line, Look
from portal.text import LOWERCASE

MARKER = re.compile(
    rf"\s*(?:[“\"]?(?:Điều|Chương|Mục|Phần|Tiểu\s+mục|Phụ\s+lục|PHỤ\s+LỤC|CHƯƠNG|MỤC|PHẦN|ĐIỀU)\s+(?:thứ\s+)?"
    rf"(?:\d+[a-zđ]?|[IVXL]+|[A-ZĐ])(?!\w)"
    rf"|[“\"]?\d{{1,3}}(?:\.\d{{1,3}})*[.)]\s|[“\"]?\d{{1,2}}(?:\.\d{{1,2}})+\s|[“\"]?[{LOWERCASE}]{{1,2}}\d?\)\s"
    rf"|[IVXL]{{1,6}}\.\s|[A-HĐ][.)]\s|[-–—+*•▪➢✓]\s*\S|Căn\s+cứ\s|Nơi\s+nhận|Kính\s+gửi|V/v\s|\(\d{{1,2}}\)\s)"
)
_ENDS = re.compile(r"[.;:!?…][”\"»)\]]*\s*$|\./\.?\s*$")
_BLANK = re.compile(r"(?:…|\.{4,}|_{4,})[\s.…_]*$")
"""Dots to write upon: what follows in capitals is the next thing to fill in."""
_BEGINS_LOW = re.compile(rf"\s*[,;)%]|\s*[{LOWERCASE}](?!\))")
_ARTICLE = re.compile(r"\s*[“\"]?(?:Điều\s+\d+[a-zđ]?\.\s|PHỤ LỤC|Nơi nhận\s*:|V/v\s)")
_PART = re.compile(r"\s*(?:(?:Chương|Mục|Phần)\s+(?:thứ\s+)?[\dIVXLA-Z]+|CHƯƠNG\s|PHẦN\s|MỤC\s)")
_PART_ALONE = re.compile(r"\s*(?:Chương|Mục|Phần)\s+(?:thứ\s+)?(?:\w+|[\dIVXLA-Z]+)(?:[.:].*)?")
_SLACK = 1.2


def begins(line: Line, before: Line, margins: Margins) -> bool:
    """Whether `line` begins a paragraph after `before`, in the same column or over the break of a page."""
    if _is_apart_on_paper(line, before, margins) or (_BLANK.search(before.text) and line.text[:1].isupper()):
        return True
    if _is_centred(before, margins) or _is_centred(line, margins):
        return _begins_centred(line, before, margins)
    ended, low = bool(_ENDS.search(before.text)), bool(_BEGINS_LOW.match(line.text))
    goes_on = low and not ended
    if not _is_full(before, line, margins) and not (goes_on and _nearly_full(before, margins)):
        return True
    if not ended and not low and _bold_parts(before, line):
        return True
    if MARKER.match(line.text) and not low:
        return _begins_marked(line, before, margins, ended=ended)
    return _begins_plain(line, before, margins, ended=ended, low=low)


def _is_apart_on_paper(line: Line, before: Line, margins: Margins) -> bool:
    """Rows of cells, another size, more room than between lines, or a page that ends early or is a scan."""
    if line.is_row or before.is_row or abs(line.size - before.size) > 0.13 * max(line.size, before.size):
        return True
    if line.page != before.page:
        return before.base < 0.6 * margins.lowest or line.page > before.page + 1
    return line.base - before.base > _widest_step(before, margins)


def _begins_marked(line: Line, before: Line, margins: Margins, *, ended: bool) -> bool:
    """A line with the number or dash of a list: it may also only be a number within a sentence."""
    indent = line.x0 - margins.left > 0.8 * line.size
    heading = _is_heading(line)
    if _PART.match(line.text) and not ended and not heading:
        return False
    if ended and not indent and not heading and line.page == before.page and line.base > before.base:
        return not ((margins.is_indented or margins.is_spaced) and _is_close(line, before, margins))
    return ended or indent or _is_apart(line, before, margins)


def _begins_plain(line: Line, before: Line, margins: Margins, *, ended: bool, low: bool) -> bool:
    """After a full line, by the indent; without indents by the room above."""
    if not margins.is_indented:
        return ended and not low and _may_begin(line, before, margins)
    if line.x0 - margins.left <= 0.8 * line.size:
        return False
    if line.x0 > before.x0 + 0.8 * line.size:
        return True
    return abs(line.x0 - before.x0) < 2 and ended and not low


def _widest_step(before: Line, margins: Margins) -> float:
    return (margins.pitch * 1.22 if margins.pitch else 1.75) * before.size


def _is_close(line: Line, before: Line, margins: Margins) -> bool:
    return bool(margins.pitch) and line.base - before.base < 1.06 * margins.pitch * before.size


def _is_heading(line: Line) -> bool:
    """Articles by their number and full stop; chapters, parts and sections only where they are set as headings."""
    if _ARTICLE.match(line.text):
        return True
    if not _PART.match(line.text):
        return False
    return line.text == line.text.upper() or _PART_ALONE.fullmatch(line.text) is not None


def _is_apart(line: Line, before: Line, margins: Margins) -> bool:
    """Behind a line that ends no sentence, a number may be one of the sentence; a heading or more space tells."""
    if line.page != before.page or line.base < before.base:
        return _is_heading(line)
    step = (line.base - before.base) / before.size
    return _is_heading(line) or not margins.pitch or step > margins.pitch * 1.1


def _may_begin(line: Line, before: Line, margins: Margins) -> bool:
    """After a full line that ends a sentence, without indents: only more space than usual, or a new page, tells."""
    if line.page != before.page:
        return False
    step = (line.base - before.base) / before.size
    return bool(margins.pitch) and step > margins.pitch * 1.1


def _bold_parts(before: Line, line: Line) -> bool:
    """A heading all in bold and a text without any."""
    return (before.is_all(Look.BOLD) and not any(w.look & Look.BOLD for w in line.words)) or (
        line.is_all(Look.BOLD) and not any(w.look & Look.BOLD for w in before.words)
    )


def _is_full(before: Line, line: Line, margins: Margins) -> bool:
    """The first word of `line` had no room on the line before."""
    return before.x1 + 0.22 * before.size + line.first_width() > margins.right - _SLACK


def _nearly_full(before: Line, margins: Margins) -> bool:
    """Ragged margins, and breaks before a long word: three quarters of the column are used."""
    return before.x1 > margins.left + 0.72 * margins.width


def _is_centred(line: Line, margins: Margins) -> bool:
    middle = (margins.left + margins.right) / 2
    inset = 1.2 * line.size
    if margins.is_indented and abs(line.x0 - margins.left - margins.indent) < 2:
        return False
    return (
        line.x0 > margins.left + inset
        and line.x1 < margins.right - inset
        and abs(line.middle - middle) < max(4.0, 0.02 * margins.width)
    )


def _begins_centred(line: Line, before: Line, margins: Margins) -> bool:
    """Titles: the next line goes on when the one before is full, or when it begins small."""
    if before.is_all(Look.BOLD) != line.is_all(Look.BOLD) or before.is_all(Look.ITALIC) != line.is_all(Look.ITALIC):
        return True
    if MARKER.match(line.text):
        return True
    low = bool(_BEGINS_LOW.match(line.text)) and not _ENDS.search(before.text)
    if low:
        return abs(before.middle - line.middle) > 0.05 * margins.width and not _is_full(before, line, margins)
    if before.width < 0.6 * margins.width and not _is_full(before, line, margins):
        return True
    upper = before.text == before.text.upper() and line.text == line.text.upper()
    # Lines of a title are broken by sense: much of the width is used, and the look stays.
    wide = before.width > (0.62 if upper else 0.8) * margins.width
    return not (wide and abs(before.middle - line.middle) < 0.03 * margins.width)
