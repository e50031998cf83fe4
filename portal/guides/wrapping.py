"""Text broken into lines of a width, for pictures made on the server, where nobody can measure letters.

Widths are those of Be Vietnam Pro, in parts of the size of the letters, rounded up: a line may be shorter than it had
to be, never longer.
"""

import unicodedata

SIZE = 14
"""Pixels of the letters in pictures."""
_NARROW, _WIDE, _WIDEST = frozenset("iljtfr.,;:!'|()[]/- "), frozenset("wm%@&ƯơO"), frozenset("WM—…→")
_BOLDER = 1.06


def width_of(text: str, *, bold: bool = False) -> float:
    """Pixels that a text needs at most."""
    return sum(_width(character) for character in text) * SIZE * (_BOLDER if bold else 1)


def wrapped(text: str, width: float, *, bold: bool = False, most: int = 4) -> list[str]:
    """Lines no wider than `width`, at most `most`; the last ends with … where something was left out.

    At least one line, also for no text. A word that is too long is cut.
    """
    lines, line = [], ""
    for word in _words(text, width, bold=bold):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, bold=bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width_of(f"{last}…", bold=bold) > width:
        last = last[:-1].rstrip()
    return [*lines[: most - 1], f"{last}…"]


def _words(text: str, width: float, *, bold: bool) -> list[str]:
    made: list[str] = []
    for word in text.split():
        part = ""
        for character in word:
            if part and width_of(part + character, bold=bold) > width:
                made.append(part)
                part = ""
            part += character
        made.append(part)
    return made


def _width(character: str) -> float:
    base = unicodedata.normalize("NFD", character)[0]
    if base in _NARROW:
        return 0.36
    if base in _WIDEST:
        return 1.0
    if base in _WIDE or base.isupper():
        return 0.86 if base in _WIDE else 0.76
    return 0.63
