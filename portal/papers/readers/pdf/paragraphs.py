"""From lines to paragraphs: line ends joined, hyphens of a break taken back, paragraphs over page breaks made whole."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from portal.papers.readers.pdf.header import MOTTO_REST, RULE
from portal.papers.readers.pdf.model import Line, Look, Word, text_of
from portal.text import LOWERCASE
from portal.text.syllables import is_syllable

MARKER = re.compile(
    rf"\s*(?:[“\"]?(?:Điều|Chương|Mục|Phần|Tiểu\s+mục|Phụ\s+lục|PHỤ\s+LỤC|CHƯƠNG|MỤC|PHẦN|ĐIỀU)\s+(?:thứ\s+)?"
    rf"(?:\d+[a-zđ]?|[IVXL]+|[A-ZĐ])(?!\w)"
    rf"|[“\"]?\d{{1,3}}(?:\.\d{{1,3}})*[.)]\s|[“\"]?\d{{1,2}}(?:\.\d{{1,2}})+\s|[“\"]?[{LOWERCASE}]{{1,2}}\d?\)\s"
    rf"|[IVXL]{{1,6}}\.\s|[A-HĐ][.)]\s|[-–—+*•▪➢✓]\s*\S|Căn\s+cứ\s|Nơi\s+nhận|Kính\s+gửi|V/v\s|\(\d{{1,2}}\)\s)"
)
_ENDS = re.compile(r"[.;:!?…][”\"»)\]]*\s*$|\./\.?\s*$")
_BEGINS_LOW = re.compile(rf"\s*[,;)%]|\s*[{LOWERCASE}](?!\))")
_ARTICLE = re.compile(r"\s*[“\"]?(?:Điều\s+\d+[a-zđ]?\.\s|PHỤ LỤC|Nơi nhận\s*:|V/v\s)")
_PART = re.compile(r"\s*(?:(?:Chương|Mục|Phần)\s+(?:thứ\s+)?[\dIVXLA-Z]+|CHƯƠNG\s|PHẦN\s|MỤC\s)")
_PART_ALONE = re.compile(r"\s*(?:Chương|Mục|Phần)\s+(?:thứ\s+)?(?:\w+|[\dIVXLA-Z]+)(?:[.:].*)?")
_SLACK = 1.2


@dataclass(slots=True)
class Margins:
    """Where the lines of a column begin and end, and how far apart lines of one paragraph stand."""

    left: float
    right: float
    pitch: float
    is_indented: bool
    indent: float = 0.0
    is_spaced: bool = False
    lowest: float = 0.0

    @property
    def width(self) -> float:
        return self.right - self.left


def margins_of(lines: Iterable[Line], known: "Margins | None" = None, *, least: float = 0.0) -> Margins:
    """The margins of a column, from its longer lines; of few lines those of the text so far (`known`).

    `least`: a column is at least that wide, so that a few short lines are not taken for full ones.
    """
    lines = [line for line in lines if line.words]
    if not lines:
        return known or Margins(0, 1e9, 16, False)
    right = sorted(line.x1 for line in lines)[-max(1, len(lines) // 20 + 1)]
    starts = Counter(round(line.x0 / 3) for line in lines if line.x1 > right - 0.12 * (right - line.x0))
    edge = min(line.x0 for line in lines)
    if starts:
        often = [place * 3 for place, times in starts.items() if times >= max(1, 0.15 * sum(starts.values()))]
        edge = min((line.x0 for line in lines if any(abs(line.x0 - x) < 4 for x in often)), default=edge)
    if known is not None and (len(lines) < 6 or right - edge < 0.85 * known.width):
        near = abs(edge - known.left) < 60
        edge, right = (min(edge, known.left), max(right, known.right)) if near else (edge, right)
    right = max(right, edge + least)
    lowest = max([known.lowest if known else 0.0, *(line.base for line in lines)])
    pitch = _pitch(lines, right) or (known.pitch if known else 0.0)
    indent = _indent(lines, edge, right) or (known.indent if known and len(lines) < 12 else 0.0)
    spaced = _is_spaced(lines, right, pitch) or (known is not None and len(lines) < 12 and known.is_spaced)
    return Margins(edge, right, pitch, indent > 0, indent, spaced, lowest)


def _pitch(lines: list[Line], right: float) -> float:
    """The usual distance from a full line to the next, in sizes."""
    steps = Counter(
        round((b.base - a.base) / a.size, 1)
        for a, b in pairwise(lines)
        if a.page == b.page and a.x1 > right - 2 * a.size and 0.8 < (b.base - a.base) / a.size < 3
    )
    return min((step for step, times in steps.items() if times >= 0.3 * steps.total()), default=0.0)


def _indent(lines: list[Line], left: float, right: float) -> float:
    """How far paragraphs begin inside: full lines a little inside, before lines at the edge; 0 where they do not."""
    inner = [
        a.x0 - left
        for a, b in pairwise(lines)
        if 0.8 * a.size < a.x0 - left < 8 * a.size and abs(b.x0 - left) < 3 and a.x1 > right - 2 * a.size
    ]
    return median(inner) if len(inner) >= 2 or (len(lines) < 12 and len(inner) == 1) else 0.0


def _is_spaced(lines: list[Line], right: float, pitch: float) -> bool:
    """Whether there is more room between paragraphs than within them, as short last lines show."""
    steps = [
        (b.base - a.base) / a.size
        for a, b in pairwise(lines)
        if a.page == b.page and a.x1 < right - 5 * a.size and b.base > a.base
    ]
    return bool(pitch) and len(steps) >= 3 and sum(step > 1.08 * pitch for step in steps) >= 0.85 * len(steps)


def begins(line: Line, before: Line, margins: Margins) -> bool:
    """Whether `line` begins a paragraph after `before`, in the same column or over the break of a page."""
    if line.is_row or before.is_row:
        return True
    size = max(line.size, before.size)
    if abs(line.size - before.size) > 0.13 * size:
        return True
    same_page = line.page == before.page and line.base > before.base
    if same_page and line.base - before.base > _widest_step(before, margins):
        return True
    # The page before ends early, or a page between is a scan.
    if line.page != before.page and (before.base < 0.6 * margins.lowest or line.page > before.page + 1):
        return True
    if _is_centred(before, margins) or _is_centred(line, margins):
        return _begins_centred(line, before, margins)
    ended, low = bool(_ENDS.search(before.text)), bool(_BEGINS_LOW.match(line.text))
    indent = line.x0 - margins.left > 0.8 * line.size
    if not _is_full(before, line, margins) and not (low and _nearly_full(before, line, margins) and not ended):
        return True
    if before.is_all(Look.BOLD) != line.is_all(Look.BOLD) and ended is False and not low and _bold_parts(before, line):
        return True
    if MARKER.match(line.text) and not low:
        if _PART.match(line.text) and not ended and not _is_heading(line):
            return False
        if ended and not indent and same_page and not _is_heading(line):
            return not ((margins.is_indented or margins.is_spaced) and _is_close(line, before, margins))
        return ended or indent or _is_apart(line, before, margins)
    if indent and margins.is_indented and line.x0 > before.x0 + 0.8 * line.size:
        return True
    if indent and margins.is_indented and abs(line.x0 - before.x0) < 2:
        return ended and not low
    if ended and not low and not margins.is_indented:
        return _may_begin(line, before, margins)
    return False


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


def _nearly_full(before: Line, line: Line, margins: Margins) -> bool:
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


class Hyphens:
    """Which hyphens at line ends belong to the word: judged by how the text writes it elsewhere, and by syllables."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.known: set[str] = set()
        for line in lines:
            words = line.words[:-1] if line.words and line.words[-1].text.endswith("-") else line.words
            self.known.update(word.text.strip('“”".,;:()').casefold() for word in words if len(word.text) > 3)

    def joined(self, words: list[Word], following: list[Word]) -> None:
        """Appends the words of the next line. `words` ends with the line before."""
        last, first = words[-1], following[0]
        if not last.text.endswith(("-", "\u00ad")) or len(last.text) < 2 or first.text[:1] in "-–—":
            words += following
            return
        head, tail = last.text[:-1], first.text
        alone = bool(not last.glued and not head.strip("-–—("))
        if alone or not tail[:1].isalnum():
            words += following
            return
        first.glued = True
        if self._is_break(head, tail):
            last.text = head
        words += following

    def _is_break(self, head: str, tail: str) -> bool:
        left, right = re.findall(r"[^\W\d_]+$", head), re.findall(r"^[^\W\d_]+", tail)
        if not left or not right or not right[0][0].islower():
            return False
        whole = (left[0] + right[0]).casefold()
        if f"{left[0]}-{right[0]}".casefold() in self.known:
            return False
        if whole in self.known:
            return True
        if is_syllable(whole) and not (is_syllable(left[0]) and is_syllable(right[0])):
            return True
        return not (is_syllable(left[0]) and is_syllable(right[0]))


@dataclass(slots=True)
class Paragraph:
    """Words of one paragraph; `breaks` before which of them a line break is kept."""

    words: list[Word]
    page: int
    breaks: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return text_of(self.words)


class Joining:
    """Makes paragraphs of the lines of one column after the other."""

    def __init__(self, hyphens: Hyphens) -> None:
        self.hyphens = hyphens
        self.paragraphs: list[Paragraph] = []
        self.last: Line | None = None

    def add(self, line: Line, margins: Margins) -> None:
        if self.last is None or not self.paragraphs or begins(line, self.last, margins):
            self.paragraphs.append(Paragraph(list(line.words), line.page))
        else:
            self.hyphens.joined(self.paragraphs[-1].words, list(line.words))
        self.last = line

    def stop(self) -> None:
        """The next line begins a paragraph, whatever it is."""
        self.last = None


def listed(lines: list[Line], hyphens: Hyphens) -> list[Paragraph]:
    """Recipients: an item begins with a dash, or after one that ended."""
    out: list[Paragraph] = []
    last: Line | None = None
    for line in lines:
        item = re.match(r"\s*[-–—+*•]", line.text) is not None
        goes_on = last is not None and not item and not re.search(r"[;.]\s*$", last.text)
        if goes_on and len(out) > 1:
            hyphens.joined(out[-1].words, list(line.words))
        else:
            out.append(Paragraph(list(line.words), line.page))
        last = line
    return out


def headed(lines: list[Line], hyphens: Hyphens) -> list[Paragraph]:
    """The head without its dashes: every line stays one, but for a subject (V/v …) over several lines."""
    out: list[Paragraph] = []
    last: Line | None = None
    subject = False
    for line in lines:
        if not line.words or RULE.fullmatch(line.text):
            continue
        under = (
            last is not None and 0 < line.base - last.base < 2 * line.size and line.x0 < last.x1 and last.x0 < line.x1
        )
        cut = (
            last is not None and re.search(r"[-/]$", last.text) is not None and re.search(r"\d", last.text) is not None
        )
        if (subject or cut or MOTTO_REST.fullmatch(line.text)) and under:
            hyphens.joined(out[-1].words, list(line.words))
        else:
            subject = re.match(r"\s*(?:V/[vV]|Về\s+việc)", line.text) is not None
            out.append(Paragraph(list(line.words), line.page))
        last = line
    return out


def usual_size(lines: Iterable[Line]) -> float:
    """The size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.words)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def usual_step(lines: list[Line]) -> float:
    steps = [b.base - a.base for a, b in pairwise(lines) if b.base > a.base]
    return median(steps) if steps else 0.0
