"""Characters of a page with their places, as PDFium gives them."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from portal.papers.readers.pdf.fonts import Font, font_named, mended
from portal.papers.readers.pdf.frames import Frame, turned
from portal.papers.readers.pdf.model import Box, Glyph, Look
from portal.text import nfc

MOST = 60_000
"""Characters read of one page; more is not a page that a person reads."""

_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_STROKED = (raw.FPDF_TEXTRENDERMODE_FILL_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)
_MARKS = range(0x300, 0x370)
_SPACING_MARKS = {"´": "\u0301", "`": "\u0300", "˜": "\u0303", "ˆ": "\u0302", "˘": "\u0306", "\u02c0": "\u0309"}


@dataclass(slots=True)
class Drawn:
    """How one text object is drawn."""

    font: Font
    size: float
    direction: int
    is_hidden: bool
    is_white: bool
    look: int
    a: float
    b: float


@dataclass(slots=True)
class Text:
    """The visible characters of a page that run in its main direction, and what was left out."""

    frame: Frame
    glyphs: list[Glyph] = field(default_factory=list)
    aside: dict[int, list[Glyph]] = field(default_factory=dict)
    invisible: list[Glyph] = field(default_factory=list)
    askew: int = 0
    hidden: int = 0
    lost: int = 0


def text_of_page(page: pdfium.PdfPage, frame: Frame, behind: Callable[[Box], bool]) -> Text:
    """`behind`: is there something dark behind that box (so that white letters can be seen)?"""
    textpage = page.get_textpage()
    try:
        found = _Reading(textpage, frame).glyphs()
    finally:
        textpage.close()
    directions = Counter(drawn.direction for _, drawn in found if drawn.direction >= 0)
    main = directions.most_common(1)[0][0] if directions else 0
    if main and directions[main] < 0.8 * sum(directions.values()):
        main = 0
    text = Text(turned(frame, main) if main else frame)
    width, height = text.frame.width + 2, text.frame.height + 2
    frames = {turn: turned(text.frame, turn) if turn else text.frame for turn in (0, 90, 180, 270)}
    for place, drawn in found:
        if drawn.direction < 0:
            text.askew += 1
            continue
        direction = (drawn.direction - main) % 360
        glyph = place.glyph(frames[direction], drawn)
        x, y = text.frame.point(place.x, place.y)
        if glyph is None or not (-2 <= x <= width and -2 <= y <= height):
            continue
        if drawn.is_hidden:
            text.invisible.append(glyph)
        elif glyph.size < 1.5 or (drawn.is_white and not behind(place.box(frame))):
            text.hidden += 1
        elif direction:
            text.aside.setdefault(direction, []).append(glyph)
        else:
            text.glyphs.append(glyph)
            text.lost += glyph.char == "\ufffd"
    return text


@dataclass(slots=True)
class _Place:
    char: str
    x: float
    y: float
    left: float
    bottom: float
    right: float
    top: float
    mark: Box | None

    def box(self, frame: Frame) -> Box:
        return frame.box(self.left, self.bottom, self.right, self.top)

    def glyph(self, frame: Frame, drawn: Drawn) -> Glyph | None:
        if frame.turn == 0:
            x0, x1, base = self.left - frame.left, self.right - frame.left, frame.top - self.y
        else:
            (x0, _), (x1, _) = frame.point(self.left, self.bottom), frame.point(self.right, self.top)
            x0, x1, base = min(x0, x1), max(x0, x1), frame.point(self.x, self.y)[1]
        if not (-1e5 < x0 < 1e5 and -1e5 < x1 < 1e5 and -1e5 < base < 1e5):
            return None
        mark = frame.box(*self.mark) if self.mark else None
        size = drawn.size
        return Glyph(
            self.char,
            x0,
            max(x0, x1),
            base - 0.9 * size,
            base + 0.25 * size,
            base,
            size,
            drawn.look,
            drawn.font.encoding,
            (mark.x0 + mark.x1) / 2 if mark else 0.0,
        )


class _Reading:
    """One pass over the characters; text objects are looked at once each."""

    def __init__(self, textpage: pdfium.PdfTextPage, frame: Frame) -> None:
        self.textpage, self.frame = textpage.raw, frame
        self.count = min(textpage.count_chars(), MOST)
        self.drawn: dict[int, Drawn] = {}

    def glyphs(self) -> list[tuple[_Place, Drawn]]:
        textpage = self.textpage
        out: list[tuple[_Place, Drawn]] = []
        rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        for index in range(self.count):
            thing = raw.FPDFText_GetTextObject(textpage, index)
            if not thing:
                continue
            drawn = self._drawn(thing, index)
            char = self._char(index, drawn.font)
            if not char or not raw.FPDFText_GetLooseCharBox(textpage, index, rect):
                continue
            raw.FPDFText_GetCharOrigin(textpage, index, x, y)
            is_mark = len(char) == 1 and ord(char) in _MARKS
            if is_mark and out and self._is_same_glyph(out[-1], drawn, x.value, y.value):
                out[-1][0].char = nfc(out[-1][0].char + char)
                out[-1][0].right = max(out[-1][0].right, rect.right)
                continue
            mark = self._tight(index) if is_mark else None
            out.append(
                (_Place(char, x.value, y.value, rect.left, rect.bottom, rect.right, rect.top, mark), drawn),
            )
        return out

    def _char(self, index: int, font: Font) -> str:
        code = raw.FPDFText_GetUnicode(self.textpage, index)
        if code in (0x02, 0xFFFE) and raw.FPDFText_IsHyphen(self.textpage, index):
            return "-"
        if code in (0x0D, 0x0A):
            return ""
        if code == 0 or raw.FPDFText_HasUnicodeMapError(self.textpage, index) == 1:
            code = code if 0x20 < code < 0xE000 else 0xFFFD
        char = mended(chr(code) if code < 0x110000 else "\ufffd", font)
        if char in _SPACING_MARKS and self._is_overlay(index):
            return _SPACING_MARKS[char]
        return char

    @staticmethod
    def _is_same_glyph(before: tuple["_Place", Drawn], drawn: Drawn, x: float, y: float) -> bool:
        """One drawn shape that stands for several characters: PDFium shares its width out among them."""
        place, other = before
        return other is drawn and abs(place.x - x) < 0.01 and abs(place.y - y) < 0.01 and place.char[-1:].isalpha()

    def _is_overlay(self, index: int) -> bool:
        """Whether an accent of its own stands above the character before it."""
        mark = self._tight(index)
        for other in (index - 1, index + 1):
            if 0 <= other < self.count and mark and (letter := self._tight(other)):
                middle = (mark[0] + mark[2]) / 2
                if letter[0] <= middle <= letter[2] and chr(raw.FPDFText_GetUnicode(self.textpage, other)).isalpha():
                    return True
        return False

    def _tight(self, index: int) -> Box | None:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        if not raw.FPDFText_GetCharBox(self.textpage, index, left, right, bottom, top):
            return None
        return Box(left.value, bottom.value, right.value, top.value)

    def _drawn(self, thing: Any, index: int) -> Drawn:
        key = ctypes.addressof(thing.contents)
        known = self.drawn.get(key)
        if known is None:
            known = self.drawn[key] = self._look_at(thing, index)
        return known

    def _look_at(self, thing: Any, index: int) -> Drawn:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.textpage, index, matrix)
        size = abs(raw.FPDFText_GetFontSize(self.textpage, index)) * math.hypot(matrix.c, matrix.d)
        mode = raw.FPDFTextObj_GetTextRenderMode(thing)
        font = font_named(*_font(thing))
        look = font.look | (Look.BOLD if mode in _STROKED else Look.PLAIN)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        known = raw.FPDFText_GetFillColor(self.textpage, index, red, green, blue, alpha)
        white = bool(known) and mode not in _STROKED and min(red.value, green.value, blue.value) > 250
        return Drawn(
            font,
            size if math.isfinite(size) else 0.0,
            self.frame.direction(matrix.a, matrix.b),
            mode in _INVISIBLE or (bool(known) and alpha.value == 0),
            white,
            look,
            matrix.a,
            matrix.b,
        )


def _font(thing: Any) -> tuple[str, int, int]:
    font = raw.FPDFTextObj_GetFont(thing)
    if not font:
        return "", 0, 0
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    return buffer.value.decode("utf-8", "replace"), raw.FPDFFont_GetFlags(font), raw.FPDFFont_GetWeight(font)
