"""The canonical form of one word: what all of its equivalent spellings have in common (C-1, C-2, C-4, C-5)."""

import re
import unicodedata

from portal.text import LOWERCASE, normal

LONGEST = 64
"""Characters of a token; what is longer is no word, and its beginning stands for it."""

_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_VIETNAMESE = re.compile(f"[{LOWERCASE}]+")
_Y_FOR_I = re.compile("(h|k|l|m|s|t|qu)y")
_VOWELS = frozenset("aăâeêioôơuưy")
_WITH_QUALITY = frozenset("ăâêôơư")


def canonical(word: str) -> str:
    """The key of a word of letters, digits, combining marks and invisible characters; never empty."""
    plain = normal(word[: 4 * LONGEST]).lower()
    if not plain.isascii():
        plain = _plain_compatibility(plain)
    plain = plain[:LONGEST]
    if not _VIETNAMESE.fullmatch(plain):
        return plain or word[:LONGEST]
    bare = unicodedata.normalize("NFD", plain)
    tones = _TONE.findall(bare)
    if len(tones) > 1:
        return plain
    toneless = unicodedata.normalize("NFC", _TONE.sub("", bare))
    if _Y_FOR_I.fullmatch(toneless):
        toneless = f"{toneless[:-1]}i"
    if not tones:
        return toneless
    place = _tone_place(toneless)
    return unicodedata.normalize("NFC", f"{toneless[: place + 1]}{tones[0]}{toneless[place + 1 :]}")


def _plain_compatibility(word: str) -> str:
    """Full-width letters and digits, ligatures, superscripts as the plain letters and digits which they stand for."""
    plain = "".join(map(_plain_character, word))
    return plain if plain == word else normal(plain)


def _plain_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).lower()
    return plain if plain.isalnum() else character


def _tone_place(toneless: str) -> int:
    """Where the one tone of a syllable is written in the canonical form."""
    start = 0
    if (toneless.startswith("qu") and len(toneless) > 2) or (toneless.startswith("gi") and toneless[2:3] in _VOWELS):
        start = 2
    places = [place for place in range(start, len(toneless)) if toneless[place] in _VOWELS]
    with_quality = [place for place in places if toneless[place] in _WITH_QUALITY]
    if with_quality:
        return with_quality[-1]
    if not places:
        return len(toneless) - 1
    if places[-1] < len(toneless) - 1:
        return places[-1]
    return places[1] if len(places) > 2 else places[0]
