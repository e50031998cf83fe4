"""Characters drawn in pieces or twice, put right before they become words."""

import unicodedata
from collections import Counter

from portal.papers.readers.pdf.model import Glyph, Look
from portal.text import nfc

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_row(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters of one row from left to right: accents upon their letters, twice drawn letters once (and bold)."""
    letters: list[Glyph] = []
    marks: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: g.x0):
        (marks if _is_mark(glyph.char) else letters).append(glyph)
    letters = _once(letters)
    if marks:
        _put_marks(letters, marks)
    return letters


def _is_mark(char: str) -> bool:
    return len(char) == 1 and unicodedata.combining(char) != 0


def _once(letters: list[Glyph]) -> list[Glyph]:
    """Letters drawn a second time hardly aside imitate bold or a shadow."""
    out: list[Glyph] = []
    for glyph in letters:
        for before in out[-3:]:
            near = 0.12 * glyph.size + 0.01
            same = before.char == glyph.char and abs(before.x0 - glyph.x0) <= near
            if same and not glyph.char.isspace() and abs(before.base - glyph.base) <= near:
                before.look |= Look.BOLD
                break
            if before.char == glyph.char and _is_piece(glyph, before):
                break
        else:
            out.append(glyph)
    return out


def _is_piece(glyph: Glyph, letter: Glyph) -> bool:
    """The horn or accent of a letter drawn as a shape of its own, which the file names like the whole letter."""
    narrow = glyph.x1 - glyph.x0 < 0.5 * (letter.x1 - letter.x0)
    return not glyph.char.isascii() and narrow and glyph.x0 < letter.x1 + 0.1 * glyph.size


def _put_marks(letters: list[Glyph], marks: list[Glyph]) -> None:
    """Each accent to the letter in whose width its middle lies; the nearest one when there is none."""
    for mark in marks:
        middle = mark.mark_x or (mark.x0 + mark.x1) / 2
        near = [g for g in letters if g.x0 - 0.5 * g.size <= middle <= g.x1 + 0.5 * g.size and g.char[-1:].isalpha()]
        if not near:
            continue
        letter = min(near, key=lambda g: (not g.x0 <= middle <= g.x1, abs((g.x0 + g.x1) / 2 - middle)))
        base = {"ı": "i", "ȷ": "j"}.get(letter.char[0], letter.char[0])
        accents = sorted(set(unicodedata.normalize("NFD", base + letter.char[1:] + mark.char)[1:]), key=_TONES.find)
        letter.char = nfc(unicodedata.normalize("NFD", base)[0] + "".join(accents))


def usual_size(glyphs: list[Glyph]) -> float:
    """The size that most characters have."""
    sizes = Counter(round(g.size, 1) for g in glyphs if not g.char.isspace())
    return sizes.most_common(1)[0][0] if sizes else 12.0
