"""Words that Vietnamese cannot have: what scanning broke apart, ran together or robbed of its accents.

No dictionary: a syllable has an onset, a rhyme and a tone (`portal.text.syllables`); one that ends in a stop bears sắc
or nặng; small letters do not stand before a capital within a word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import combinations

from portal.text import LOWERCASE, UPPERCASE
from portal.text.syllables import is_syllable

_STOPS = re.compile(r"(?:c|ch|p|t)\Z")
_HIGH_TONES = frozenset("\u0301\u0323")
_RUN_TOGETHER = re.compile(rf"(?<=[{LOWERCASE}])(?=[{UPPERCASE}])")
_MOST_BLANKS = 14


def is_impossible(word: str, *, accented: bool = True) -> bool:
    """Whether no Vietnamese word is written so (`Ngoc`, `MinhTiến`); of plain letters all may be."""
    if not word.isalpha() or _RUN_TOGETHER.search(word):
        return not word.isalpha() or not word.isascii()
    return not is_syllable(word) or (accented and _lacks_tone(word))


def has_lost(name: str) -> bool:
    """Whether some word of a name lost its accent or a blank. Names of other peoples have sounds of their own (`Krông`,
    `Phớc`): only the tone counts."""
    words = re.findall(r"[^\W\d_]+", name)
    return not name.isascii() and any(
        _RUN_TOGETHER.search(word) or word.endswith("rn") or _lacks_tone(word) for word in words
    )


def _lacks_tone(word: str) -> bool:
    marks = unicodedata.normalize("NFD", word.lower())
    letters = "".join(c for c in marks if not unicodedata.combining(c))
    return is_syllable(word) and _STOPS.search(letters) is not None and not _HIGH_TONES & set(marks)


_NO_DIGITS = re.compile(r"(?<!\w)[12][\dOolI]{3}(?!\w)(?<!\d{4})|\d[lIO!]+[\d/]|(?<!\w)[lI!]\d")


def has_slip(text: str) -> bool:
    """Whether a word of a sentence lost an accent or a blank (`viêc`, `ban hànhQuy`), or letters stand for digits
    (`2Ol8`); foreign words do not count."""
    return _NO_DIGITS.search(text) is not None or any(
        is_impossible(word)
        for word in re.findall(rf"[^\W\d_]*[{LOWERCASE}]{{2,}}[^\W\d_]*", text)
        if not word.isascii() or (len(word) > 2 and is_syllable(word))
    )


_NAME_CELL = re.compile(
    rf"(?:(?<=\n)|(?<=\t)|(?<=[ \u00a0]{{3}})|\A)[ \u00a0]*"
    rf"(?P<name>[{UPPERCASE}][{LOWERCASE}{UPPERCASE}]*(?:(?:[ \u00a0]{{1,2}}|\n(?=[{LOWERCASE}]))"
    rf"[{LOWERCASE}{UPPERCASE}]+){{1,6}})[ \u00a0]*(?=\n|\t|\Z)"
)


def names_put_right(plain: str, start: int, end: int, surnames: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Names of persons in cells of their own that scanning broke or ran together: `Ngu yễn Văn MinhTiến`; where they
    stand and how they must have been written."""
    known = frozenset(surnames)
    for found in _NAME_CELL.finditer(plain, start, end):
        written = found["name"]
        if not any(word[0].islower() or is_impossible(word, accented=False) for word in written.split()):
            continue
        whole = _whole(_RUN_TOGETHER.sub(" ", written).split(), known)
        if whole is not None and " ".join(whole) != written:
            yield *found.span("name"), " ".join(whole)


def _whole(pieces: list[str], surnames: frozenset[str]) -> list[str] | None:
    """The pieces joined into syllables that each begin with a capital, after a family name; None if they are none."""
    words: list[str] = []
    for piece in pieces:
        # "Ngu yễn", "N gô", "Hữu Ng hiệp": a small letter cannot begin a word of a name.
        if words and piece[0].islower():
            words[-1] += piece
        else:
            words.append(piece)
    is_name = 2 <= len(words) <= 5 and words[0] in surnames and all(is_syllable(word) for word in words)
    return words if is_name else None


def tightened(name: str) -> Iterator[str]:
    """The name with one to three blanks taken away beside pieces that are no syllables: `BỘ CÔNG THƯƠN G`."""
    words = name.split()
    places = [
        place
        for place in range(1, len(words))
        if any(is_impossible(word, accented=False) for word in words[place - 1 : place + 1])
    ][:_MOST_BLANKS]
    for count in (1, 2, 3):
        for chosen in combinations(places, count):
            yield "".join(("" if place in chosen or not place else " ") + word for place, word in enumerate(words))


def parted(name: str) -> Iterator[str]:
    """The name with a blank set into a word that is no syllable: `QUẢNGNAM`."""
    words = name.split()
    for place, word in enumerate(words):
        if len(word) > 3 and is_impossible(word, accented=False):
            for cut in range(1, len(word)):
                if is_syllable(word[:cut]) and is_syllable(word[cut:]):
                    yield " ".join([*words[:place], word[:cut], word[cut:], *words[place + 1 :]])
