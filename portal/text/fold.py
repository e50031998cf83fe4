"""Search keys: text without case, accents or tone (requirements C-1 to C-4)."""

import re
import unicodedata
from functools import lru_cache

from portal.text.normal import normal

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_BASES = "aăâeêioôơuưy"


def _letters(tones: str) -> dict[str, str]:
    return {unicodedata.normalize("NFC", base + tone): base for base in _BASES for tone in tones}


_LOWER = _letters(_TONES)
_TONELESS = str.maketrans({**_LOWER, **{k.upper(): v.upper() for k, v in _LOWER.items()}})
_PLAIN = str.maketrans("ăâêôơưđ", "aaeooud")
_FOLDED = str.maketrans(
    {**{k: v.translate(_PLAIN) for k, v in _LOWER.items()}, **{chr(k): chr(v) for k, v in _PLAIN.items()}}
)

_OLD_FROM_NEW: dict[str, str] = {}
for _first, _second in ("oa", "oe", "uy"):
    for _tone in _TONES:
        _new = _first + unicodedata.normalize("NFC", _second + _tone)
        _old = unicodedata.normalize("NFC", _first + _tone) + _second
        for _variant in (str.lower, str.upper, str.capitalize):
            _OLD_FROM_NEW[_variant(_new)] = _variant(_old)
_NEW_FROM_OLD = {old: new for new, old in _OLD_FROM_NEW.items()}


def _open_syllables(spellings: dict[str, str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![qQ])(?:{'|'.join(spellings)})(?![^\W\d_])")


_NEW_PLACED = _open_syllables(_OLD_FROM_NEW)
_OLD_PLACED = _open_syllables(_NEW_FROM_OLD)


def fold(text: str) -> str:
    """The search key: lower case, no accents, đ as d, compatibility forms plain, spaces collapsed and trimmed.

    Idempotent; the same for NFC, NFD and misordered marks. Punctuation stays.
    """
    folded = normal(text).lower().translate(_FOLDED)
    if not folded.isascii():
        folded = _fold_others(folded)
    return " ".join(folded.split())


def _fold_others(text: str) -> str:
    """What is not Vietnamese. Repeats until nothing changes: a mark taken away may let its neighbours compose."""
    while True:
        others = {ord(c): _fold_character(c) for c in set(text) if not c.isascii()}
        folded = normal(text.translate(others))
        if folded == text:
            return folded
        text = folded


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    lower = unicodedata.normalize("NFKD", character).lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", lower) if unicodedata.category(c) not in ("Mn", "Cf"))
    return normal(bare).translate(_FOLDED)


def toneless(text: str) -> str:
    """Without the five tones, but with ă â đ ê ô ơ ư and case: the middle rank of an accented query (C-3)."""
    return normal(text).translate(_TONELESS)


def with_old_tone_place(text: str) -> str:
    """hoà → hòa, khoẻ → khỏe, thuỷ → thủy: open oa, oe, uy not after q (C-4); NFC text in, the length stays."""
    return _NEW_PLACED.sub(lambda found: _OLD_FROM_NEW[found[0]], text)


def with_new_tone_place(text: str) -> str:
    """hòa → hoà, khỏe → khoẻ, thủy → thuỷ: the reverse of `with_old_tone_place`."""
    return _OLD_PLACED.sub(lambda found: _NEW_FROM_OLD[found[0]], text)


def exact(text: str) -> str:
    """The accent-exact key: lower case, NFC, real Đ, one tone place, spaces collapsed; accents and tones kept."""
    return " ".join(with_old_tone_place(normal(text).lower()).split())
