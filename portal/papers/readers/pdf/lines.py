"""From characters to words and lines."""

from itertools import pairwise
from statistics import median

from portal.papers.readers.pdf.encodings import converted
from portal.papers.readers.pdf.mending import in_row
from portal.papers.readers.pdf.model import Glyph, Line, Look, Word
from portal.text import nfc, without_controls, without_invisible

_SMALL = 0.84
_MARKER_LENGTH = 7
_OFF = Look.RAISED | Look.LOWERED


def lines_of(glyphs: list[Glyph], page: int) -> list[Line]:
    """Lines from top to bottom; a row with wide gaps becomes several, from left to right."""
    rows = _with_raised(_rows(glyphs))
    out: list[Line] = []
    for row in rows:
        _mark_small(row)
        words = words_of(in_row(row))
        if words:
            out += split_at_gaps(_line(words, row, page))
    return out


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters that stand on the same line, by their base lines."""
    rows: list[list[Glyph]] = []
    base = -1e9
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if not rows or glyph.base - base > 0.16 * glyph.size:
            rows.append([])
            base = glyph.base
        rows[-1].append(glyph)
    return [row for row in rows if any(not g.char.isspace() for g in row)]


def _mark_small(row: list[Glyph]) -> None:
    """Small characters a little off the line they share with larger ones."""
    size, base = _size(row), median(g.base for g in row)
    for glyph in row:
        if glyph.size < 0.75 * size and abs(glyph.base - base) > 0.04 * size and not glyph.look & _OFF:
            glyph.look |= Look.LOWERED if glyph.base > base else Look.RAISED


def _size(row: list[Glyph]) -> float:
    return median(g.size for g in row)


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Small characters beside and a little above or below the letters of a row belong to it: x², H₂O, footnotes."""
    out = list(rows)
    sizes = [_size(row) for row in rows]
    for index, row in enumerate(rows):
        for other in (index + 1, index - 1, index + 2, index - 2):
            if 0 <= other < len(rows) and out[other] and out[index] and sizes[index] < _SMALL * sizes[other]:
                shift = rows[other][0].base - row[0].base
                if -0.35 * sizes[other] <= shift <= 0.62 * sizes[other] and _beside(row, rows[other], sizes[other]):
                    look = Look.RAISED if shift > 0.05 * sizes[other] else Look.LOWERED
                    for glyph in row:
                        glyph.look |= look
                    out[other] = [*out[other], *row]
                    out[index] = []
                    break
    return [row for row in out if row]


def _beside(small: list[Glyph], large: list[Glyph], size: float) -> bool:
    """Every group of small characters touches the row; a line of small print does not."""
    visible = sorted((g for g in small if not g.char.isspace()), key=lambda g: g.x0)
    spans = [(g.x0, g.x1) for g in large if not g.char.isspace()]
    groups: list[list[float]] = []
    for glyph in visible:
        if groups and glyph.x0 - groups[-1][1] < 0.6 * size:
            groups[-1][1] = glyph.x1
        else:
            groups.append([glyph.x0, glyph.x1])
    return all(
        end - start < 8 * size and any(-0.3 * size < start - x1 < 0.8 * size or -0.3 * size < x0 - end < 0.5 * size
                                       for x0, x1 in spans)
        for start, end in groups
    )  # fmt: skip


def words_of(glyphs: list[Glyph]) -> list[Word]:
    """Words parted by blanks and by gaps; within a word a new piece begins where the look changes."""
    words: list[Word] = []
    letters: list[str] = []
    blank, last = True, None
    gap = _usual_gap(glyphs)
    encoding: str | None = None

    def close() -> None:
        if letters:
            words[-1].text = _clean("".join(letters), encoding)
            letters.clear()

    for glyph in glyphs:
        if glyph.char.isspace():
            blank = True
            continue
        apart = last is not None and glyph.x0 - last.x1 > gap * max(glyph.size, last.size)
        begins = blank or apart or last is None
        if begins or last is None or glyph.look != last.look or glyph.encoding != encoding:
            close()
            words.append(Word("", glyph.x0, glyph.x1, glyph.size, glyph.look, glued=not begins))
            encoding = glyph.encoding
        letters.append(glyph.char)
        words[-1].x1 = max(words[-1].x1, glyph.x1)
        blank, last = False, glyph
    close()
    kept = [word for word in words if word.text]
    if kept:
        kept[0].glued = False
    return kept


def _usual_gap(glyphs: list[Glyph]) -> float:
    """From which gap on (in sizes) two letters belong to two words. Letters set wide apart need a wider one."""
    gaps = [
        (b.x0 - a.x1) / max(a.size, 0.1) for a, b in pairwise(glyphs) if not a.char.isspace() and not b.char.isspace()
    ]
    if len(gaps) < 3:
        return 0.2
    blanks = sum(g.char.isspace() for g in glyphs)
    spread = max(0.0, median(gaps))
    return spread + (0.17 if blanks * 12 >= len(glyphs) else 0.14)


def _clean(text: str, encoding: str | None) -> str:
    if encoding is not None:
        text = converted(text, encoding)
    return nfc(without_invisible(without_controls(text)))


def _line(words: list[Word], row: list[Glyph], page: int) -> Line:
    plain = [g for g in row if not g.look & _OFF and not g.char.isspace()]
    plain = plain or row
    size = median(g.size for g in plain)
    base = median(g.base for g in plain)
    return Line(words, words[0].x0, max(w.x1 for w in words), base - 0.9 * size, base + 0.25 * size, base, size, page)


def split_at_gaps(line: Line, widest: float = 1.8) -> list[Line]:
    """A row at gaps that no blank between words makes; the gap behind a number or dash of a list does not count."""
    words = line.words
    gaps = [b.x0 - a.x1 for a, b in pairwise(words) if not b.glued]
    usual = median(gaps) if len(gaps) >= 4 else 0.0
    out: list[list[Word]] = [[words[0]]]
    for word, before in zip(words[1:], words, strict=False):
        gap = word.x0 - before.x1
        is_marker = len(out) == 1 and sum(len(w.text) for w in out[0]) <= _MARKER_LENGTH and gap < 5 * line.size
        if gap > widest * line.size and gap > 2.5 * usual and not (is_marker and _is_marker(out[0])):
            out.append([])
            word.glued = False
        out[-1].append(word)
    return [line.of(words) for words in out] if len(out) > 1 else [line]


def _is_marker(words: list[Word]) -> bool:
    text = "".join(word.text for word in words)
    return text[-1:] in ".):-–—+•*" or text in ("o", "□", "☐", "\ufffd")
