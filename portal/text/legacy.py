"""Text in old Vietnamese encodings: recognised, ranked when unsure, converted by paragraphs (requirements C-9).

    recognise("Th«ng b¸o cña Uñy ban nh©n d©n")    → Recognised("TCVN3", sure=True, …)
    to_unicode(content or text)                     → Converted(text, …): what was legacy converted, the rest untouched

The measure is how many of the words that would change become possible Vietnamese syllables, and how many marks stay
that the encoding cannot explain. Good Unicode is left alone, and so are other languages.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from portal.text.encodings import (
    CP1258,
    ENCODINGS,
    TCVN3,
    VIETNAMESE_ONLY,
    VIQR,
    VISCII,
    VNI,
    bytes_as_text,
    convert,
    encoding_of_font,
    is_capital_font,
)
from portal.text.normal import nfc
from portal.text.syllables import is_syllable

__all__ = [
    "CP1258",
    "ENCODINGS",
    "TCVN3",
    "VIQR",
    "VISCII",
    "VNI",
    "Converted",
    "Recognised",
    "convert",
    "encoding_of_font",
    "is_capital_font",
    "recognise",
    "to_unicode",
]

_SAMPLE = 50_000
"""Characters by which a whole text is judged; taken from all over it."""
_WORD = re.compile(r"[^\W\d_]+")
_STRANGE = re.compile("[\x80-\x9f\xa1-\xaa\xac-\xb2\xb4-\xb6\xb8-\xba\xbc-\xbf\xd7\xf7]")
"""Signs beside letters that no text has: what is left of a wrong conversion. Texts do have « » ³ ·."""
_VIQR_SHAPE = re.compile(r"[aA][(^]|[eEoO]\^|[oOuU][+*](?![+*=])|\b[dD][dD](?=[aeiouyAEIOUY])")
_OTHER_LETTER = re.compile(r"[^\W\d_a-zA-Z]")
_EIGHT_BIT = (TCVN3, VNI, VISCII, CP1258)
_ENOUGH = 4
"""Words that must speak for an encoding before it is sure."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """`encoding` None: Unicode, or nothing that need be converted. `candidates`: best first, when in doubt."""

    encoding: str | None
    sure: bool
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Converted:
    """`encodings`: what was converted, the most frequent first; empty when nothing was."""

    text: str
    encodings: tuple[str, ...] = ()
    sure: bool = True
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class _Score:
    """Of one text under one encoding: possible words with Vietnamese letters; the others, and stray marks."""

    right: int = 0
    wrong: int = 0

    @property
    def share(self) -> float:
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def worth(self) -> float:
        return self.right - 2 * self.wrong


def recognise(given: str | bytes) -> Recognised:
    """The encoding of a whole text: bytes that are no UTF-8, or a text that shows such bytes as letters."""
    return _recognise(_sample(_text_of(given)), is_bytes=isinstance(given, bytes) and not _is_utf8(given))


def to_unicode(given: str | bytes, encoding: str | None = None) -> Converted:
    """The text in Unicode, NFC. `encoding`: what a person chose for all of it; else each line is recognised by itself,
    those that say too little like the text about them.
    """
    text, is_bytes = _text_of(given), isinstance(given, bytes) and not _is_utf8(given)
    if encoding is not None:
        return Converted(convert(text, encoding), (encoding,) if encoding in ENCODINGS else ())
    whole = _recognise(_sample(text), is_bytes=is_bytes)
    if whole.encoding == VIQR and whole.sure:  # at once: whether full stops are escaped shows in the whole only
        return Converted(convert(text, VIQR), (VIQR,))
    used: Counter[str] = Counter()
    lines = list(_converted(text.split("\n"), whole, is_bytes, used))
    ranked = tuple(name for name, _count in used.most_common())
    doubts = whole.candidates if used or is_bytes else ()
    return Converted("\n".join(lines), ranked, whole.sure or not (used or is_bytes), () if whole.sure else doubts)


def _text_of(given: str | bytes) -> str:
    if isinstance(given, str):
        return given
    try:
        return given.decode("utf-8-sig")
    except UnicodeDecodeError:
        return bytes_as_text(given)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _sample(text: str) -> str:
    """Stretches from all over a long text."""
    if len(text) <= _SAMPLE:
        return text
    step, piece = len(text) // 20, _SAMPLE // 20
    return "\n".join(text[start : start + piece] for start in range(0, step * 20, step))


def _recognise(text: str, *, is_bytes: bool) -> Recognised:
    if not _OTHER_LETTER.search(text) and ((viqr := _recognise_viqr(text)).encoding or text.isascii()):
        return viqr
    scores = {name: _score(name, convert(text, name)) for name in _EIGHT_BIT}
    unicode = _Score() if is_bytes else _score(None, nfc(text))
    ranked = sorted(scores, key=lambda name: (-scores[name].worth, _EIGHT_BIT.index(name)))
    best, second = scores[ranked[0]], scores[ranked[1]]
    if best.right == 0 or best.worth <= 0 or unicode.worth >= best.worth:
        likely = tuple(name for name in ranked if scores[name].share > 0.5)
        return Recognised(None, not is_bytes or not likely, likely if is_bytes else ())
    clear = best.share >= 0.85 and second.right <= best.right * 0.7
    if not is_bytes:
        clear = clear and unicode.right <= best.right * 0.3
        if not clear or best.right < 2:
            return Recognised(None, True)
    sure = clear and best.right >= _ENOUGH
    return Recognised(ranked[0], sure, tuple(name for name in ranked if scores[name].share > 0.3))


def _recognise_viqr(text: str) -> Recognised:
    """VIQR is ASCII: believed only where shapes (a^ o+ dd) are frequent, which no prose and hardly any code has."""
    shapes = len(_VIQR_SHAPE.findall(text))
    if shapes < 2 or shapes * 6 < len(text.split()):
        return Recognised(None, True)
    score = _score(VIQR, convert(text, VIQR))
    if score.share < 0.85:
        return Recognised(None, True)
    return Recognised(VIQR, score.right >= _ENOUGH, (VIQR,))


def _score(encoding: str | None, text: str) -> _Score:
    score = _Score()
    for word in _WORD.findall(text):
        if len(word) < 2 or word.isascii() or not _says_something(word):
            continue
        if is_syllable(word):
            score.right += 1
        else:
            score.wrong += 1
    if encoding is not None:
        score.wrong += len(_STRANGE.findall(text))
    return score


def _says_something(word: str) -> bool:
    """Not the shorthands `ĐBSCL`, `NĐ`: their letters are no syllable in any encoding."""
    return not (len(word) < 8 and word.isupper() and not re.search("[AEIOUYÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ]", word))


def _converted(lines: list[str], whole: Recognised, is_bytes: bool, used: Counter[str]) -> Iterator[str]:
    for line in lines:
        encoding = _encoding_of_line(line, whole, is_bytes)
        if encoding is None:
            yield nfc(_western(line) if is_bytes else line)
            continue
        converted = convert(line, encoding)
        if converted != line:
            used[encoding] += 1
        yield converted


def _encoding_of_line(line: str, whole: Recognised, is_bytes: bool) -> str | None:
    if line.isascii():
        return _recognise_viqr(line).encoding
    if VIETNAMESE_ONLY.search(line):
        return None
    if whole.sure and whole.encoding in _EIGHT_BIT:  # the usual case, and five times as fast
        score = _score(whole.encoding, convert(line, whole.encoding))
        if score.right >= _ENOUGH and score.share >= 0.9:
            return whole.encoding
    own = _recognise(line, is_bytes=is_bytes)
    if own.encoding is not None and own.sure:
        return own.encoding
    if whole.encoding in _EIGHT_BIT and (is_bytes or _fits(line, whole.encoding)):
        return whole.encoding
    return own.encoding if is_bytes else None


def _fits(line: str, encoding: str | None) -> bool:
    """Whether a line that says little may be what the text about it is: it must not be good as it stands."""
    as_it_is, as_legacy = _score(None, nfc(line)), _score(encoding, convert(line, encoding or ""))
    return as_legacy.worth > as_it_is.worth or (as_legacy.right > 0 and as_legacy.wrong == 0 and as_it_is.right == 0)


def _western(line: str) -> str:
    return line.encode("latin-1").decode("cp1252", "replace") if not line.isascii() else line
