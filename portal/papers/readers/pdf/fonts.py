"""What a font's name tells: bold, italic, an old encoding; and characters that fonts name wrongly."""

import re
from dataclasses import dataclass
from functools import lru_cache

from portal.papers.readers.pdf.model import Look
from portal.text import legacy

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|[-,]bd\b|\bbd(?:it)?\b", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|[-,]it\b|slanted|kursiv", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_SYMBOLS = re.compile(r"symbol|wingding|webding|dingbat|marlett", re.IGNORECASE)
_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18

SOFT = "\uf8f0"
"""Stands for a soft hyphen until the whole paper is known: in TCVN3 its code is the letter ư."""

_WRONG = {"ƣ": "ư", "Ƣ": "Ư", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ſ": "s",
          "\u00ad": SOFT, "\u2010": "-", "\u2011": "-"}  # fmt: skip
"""Letters that Word's and other writers' maps give for the Vietnamese ones (Ƣ: gha, for Ư), and ligatures."""

_BULLETS = {0xB7: "•", 0xA7: "•", 0xA8: "•", 0xD8: "•", 0xFC: "•", 0x6C: "•", 0x6E: "•", 0x76: "•", 0x75: "•",
            0x71: "•", 0x6F: "o", 0x2D: "-", 0x2B: "+", 0xE0: "→", 0xAE: "→", 0xB3: "≥", 0xA3: "≤", 0xB1: "±",
            0xB4: "×", 0xFE: "☑", 0x20: " ", 0x3D: "=", 0x78: "☒", 0x52: "☑"}  # fmt: skip
"""Signs of the symbol fonts, which writers put into the private area from U+F000."""


CAPITALS = "/H"
"""Behind an encoding's name: a font that shows small letters as capitals."""


@dataclass(frozen=True, slots=True)
class Font:
    name: str
    look: int
    encoding: str | None
    is_symbol: bool


@lru_cache(maxsize=512)
def font_named(name: str, flags: int, weight: int) -> Font:
    """The font by its name in the file, its flags and its weight."""
    name = _SUBSET.sub("", name)
    bold = bool(_BOLD.search(name)) or weight >= 600 or bool(flags & _FORCE_BOLD_FLAG)
    italic = bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG)
    look = (Look.BOLD if bold else Look.PLAIN) | (Look.ITALIC if italic else Look.PLAIN)
    encoding = legacy.encoding_of_font(name)
    if encoding is not None and legacy.is_capital_font(name):
        encoding += CAPITALS
    return Font(name, look, encoding, bool(_SYMBOLS.search(name)))


def mended(char: str, font: Font) -> str:
    """The character that is meant; U+FFFD when nobody can know, "" when it is nothing to read."""
    code = ord(char)
    if 0x20 <= code < 0x7F:
        return char
    if 0xE000 <= code <= 0xF8FF:
        return _BULLETS.get(code & 0xFF, "\ufffd") if code >= 0xF000 else "\ufffd"
    if code < 0x20 or 0x7F <= code < 0xA0:
        return char if font.encoding else (" " if code in (0x09, 0x0A, 0x0D) else "")
    if font.encoding:
        return char
    if code in (0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000):
        return " "
    return _WRONG.get(char, char)
