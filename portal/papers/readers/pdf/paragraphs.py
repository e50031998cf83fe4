"""From lines to paragraphs: line ends joined, hyphens of a break taken back, paragraphs over page breaks made whole."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from portal.papers.readers.pdf.breaks import begins
from portal.papers.readers.pdf.header import MOTTO_REST, RULE
from portal.papers.readers.pdf.margins import Margins
from portal.papers.readers.pdf.model import Line, Word, text_of
from portal.text.syllables import is_syllable

_DASH = re.compile(r"\s*[-–—+*•]")
_CLOSED = re.compile(r"[;.]\s*$")
_AGENCY = re.compile(
    r"(?:BỘ|CỤC|CHI CỤC|TỔNG|VỤ|SỞ|BAN|[ỦU][YỶ]|HỘI|VĂN|VIỆN|TRUNG TÂM|TRƯỜNG|PHÒNG|CÔNG AN|T[ÒO][ÀA]|KHO|NGÂN|ĐẠI|"
    r"HỌC|THANH|BẢO|KIỂM|CHÍNH PHỦ|QUỐC|THUẾ|HẢI QUAN|ĐOÀN|ĐẢNG|LIÊN|TẬP ĐOÀN|CÔNG TY|MẶT|CỘNG|THỦ|CHỦ|DỰ|SỐ)\b"
)
"""How a line begins that names an agency of its own."""


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
    """Recipients: an item begins with a dash, where the one before has ended."""
    out: list[Paragraph] = []
    last: Line | None = None
    widest = max((line.width for line in lines), default=0.0)
    dashed = [before for before, line in pairwise(lines) if _DASH.match(line.text)]
    ends_with_sign = len(dashed) >= 3 and sum(_CLOSED.search(x.text) is not None for x in dashed) >= 0.6 * len(dashed)
    for line in lines:
        closed = last is None or _CLOSED.search(last.text) is not None or last.text.rstrip().endswith(":")
        full = last is not None and last.width > 0.75 * widest
        begins_item = _DASH.match(line.text) is not None and (closed or not ends_with_sign or not full)
        if len(out) > 1 and not begins_item and (last is None or not _CLOSED.search(last.text)):
            hyphens.joined(out[-1].words, list(line.words))
        else:
            out.append(Paragraph(list(line.words), line.page))
        last = line
    return out


def _is_name_cut(before: Line, line: Line, widest: float) -> bool:
    """An agency's name over two lines: the first is full, looks the same, and the second names no agency of its own."""
    alike = before.words[-1].look == line.words[0].look and before.text == before.text.upper()
    if not alike or line.text != line.text.upper() or _AGENCY.match(line.text) or not before.text[-1:].isalpha():
        return False
    return before.width + 0.25 * before.size + line.first_width() > widest


def headed(lines: list[Line], hyphens: Hyphens) -> list[Paragraph]:
    """The head without its dashes: every line stays one, but for a subject (V/v …) over several lines."""
    out: list[Paragraph] = []
    last: Line | None = None
    subject = False
    widest = max((line.width for line in lines if line.x1 < lines[0].x1 + lines[0].width), default=0.0)
    for line in lines:
        if not line.words or RULE.fullmatch(line.text):
            continue
        under = (
            last is not None and 0 < line.base - last.base < 2 * line.size and line.x0 < last.x1 and last.x0 < line.x1
        )
        cut = last is not None and re.search(r"(?:\d|^\s*[Ss]ố\s*:).*[-/]$", last.text) is not None
        name = last is not None and _is_name_cut(last, line, widest)
        if (subject or cut or name or MOTTO_REST.fullmatch(line.text)) and under:
            hyphens.joined(out[-1].words, list(line.words))
        else:
            subject = re.match(r"\s*(?:V/[vV]|Về\s+việc)", line.text) is not None
            out.append(Paragraph(list(line.words), line.page))
        last = line
    return out
