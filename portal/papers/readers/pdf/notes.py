"""Footnotes: small print at the bottom of a page that a raised number in the text refers to."""

import re
from dataclasses import dataclass, field

from portal.papers.paper import Note
from portal.papers.readers.pdf.markup import html_of_words
from portal.papers.readers.pdf.model import Line, Look, Page, Rule, Word
from portal.papers.readers.pdf.paragraphs import Hyphens

_LABEL = re.compile(r"[\[(]?(\d{1,3}|\*{1,3}|[a-z])[\])]?\.?")
_SMALLER = 0.93


@dataclass(slots=True)
class Notes:
    """Numbers notes through the whole paper in the order in which they are referred to."""

    hyphens: Hyphens
    found: dict[int, list[Word]] = field(default_factory=dict)

    def taken_from(self, page: Page, size: float) -> None:
        """Takes the notes at the bottom of the page out of it, where the text above refers to each of them."""
        lines = sorted(page.lines, key=lambda line: line.base)
        start = _start(page, lines, size)
        if start is None:
            return
        below = lines[start:]
        notes, before = _parted(below)
        if not notes:
            return
        above = lines[:start] + [line for table in page.tables for cell in table.cells for line in cell.lines]
        places = [_reference(label, above) for label, _ in notes]
        if any(place is None for place in places):
            return
        if before and self.found:
            self._append(max(self.found), before)
        elif before:
            return
        for (_, note_lines), place in zip(notes, places, strict=True):
            if place is None:
                continue
            number = len(self.found) + 1
            place.note = number
            self.found[number] = []
            self._append(number, note_lines)
        gone = {id(line) for line in below}
        page.lines = [line for line in page.lines if id(line) not in gone]

    def _append(self, number: int, lines: list[list[Word]]) -> None:
        words = self.found[number]
        for line in lines:
            if not line:
                continue
            if words:
                self.hyphens.joined(words, line)
            else:
                words += line

    def as_notes(self) -> tuple[Note, ...]:
        return tuple(Note(number, html_of_words(words)) for number, words in self.found.items() if words)


def _start(page: Page, lines: list[Line], size: float) -> int | None:
    """From which line on notes may stand: under a short rule, or small print that begins with a raised number."""
    if not lines:
        return None
    left = min(line.x0 for line in lines)
    rules = [rule for rule in page.rules if rule.at > 0.25 * page.height and _is_over_notes(rule, left, page.width)]
    for rule in sorted(rules, key=lambda r: -r.at):
        index = next((i for i, line in enumerate(lines) if line.base > rule.at + 1), None)
        if index is not None and index > 0 and _label(lines[index]) and _are_small(lines[index:], size):
            return index
    index = len(lines)
    while index > 1 and lines[index - 1].size < _SMALLER * size:
        index -= 1
    for i in range(index, len(lines)):
        if _label(lines[i]) and lines[i].words[0].look & Look.RAISED:
            return i
    return None


def _is_over_notes(rule: Rule, left: float, width: float) -> bool:
    return abs(rule.start - left) < 45 and 30 < rule.end - rule.start < 0.52 * width


def _are_small(lines: list[Line], size: float) -> bool:
    return all(line.size < _SMALLER * size or (line.words[0].look & Look.RAISED) for line in lines)


def _label(line: Line) -> str | None:
    """The number or star with which a note begins."""
    first = line.words[0]
    found = _LABEL.fullmatch(first.text)
    if not found or len(line.words) < 2:
        return None
    if first.look & Look.RAISED or not found[1].isalpha():
        return found[1]
    return None


def _parted(lines: list[Line]) -> tuple[list[tuple[str, list[list[Word]]]], list[list[Word]]]:
    """The notes with their labels, and lines before the first (the rest of a note of the page before)."""
    notes: list[tuple[str, list[list[Word]]]] = []
    before: list[list[Word]] = []
    raised = any(line.words[0].look & Look.RAISED and _label(line) for line in lines)
    for line in lines:
        label = _label(line)
        if label and (not raised or line.words[0].look & Look.RAISED):
            rest = line.words[1:]
            rest[0].glued = False
            notes.append((label, [rest]))
        elif notes:
            notes[-1][1].append(line.words)
        else:
            before.append(line.words)
    return notes, before


def _reference(label: str, lines: list[Line]) -> Word | None:
    """The raised word in the text that names the note."""
    for line in lines:
        for index, word in enumerate(line.words):
            if word.look & Look.RAISED and word.note is None and word.text.strip("[]().,") == label:
                word.glued = index > 0
                return word
    return None
