"""Vietnamese alphabetical order (requirement C-10, CLDR `vi`)."""

import unicodedata

from portal.text.fold import toneless
from portal.text.normal import normal

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_END = "\x01"


def sort_key(text: str) -> str:
    """A key to order by code point: letters first, then tones (ca cà cả cã cá cạ), then lower before upper case.

    Words are ordered letter by letter, spaces before digits before letters; a < ă < â, d < đ, e < ê, o < ô < ơ, u < ư.
    """
    collapsed = " ".join(normal(text).split())
    bare = toneless(collapsed)
    letters = "".join(map(_letter, bare.lower()))
    tones = "".join(map(_tone, collapsed)).rstrip("0")
    cases = "".join("1" if c.isupper() else "0" for c in bare).rstrip("0")
    return _END.join((letters, tones, cases))


def name_sort_key(name: str) -> tuple[str, str, str]:
    """The key of a person's name: given name (the last syllable), then surname, then the names between."""
    words = name.split()
    if not words:
        return ("", "", "")
    return (sort_key(words[-1]), sort_key(words[0]), sort_key(" ".join(words[1:-1])))


def _letter(character: str) -> str:
    rank = _RANK.get(character)
    if rank is not None:
        return rank
    if character == " " or character in "0123456789":
        return character
    plain = unicodedata.normalize("NFKD", character)[0]
    if plain in _RANK and plain != character:
        return _RANK[plain]
    return ("~" if character.isalpha() else "!") + character


def _tone(character: str) -> str:
    if character.isascii():
        return "0"
    marks = unicodedata.normalize("NFD", character)[1:]
    return next((_TONE_RANK[mark] for mark in marks if mark in _TONE_RANK), "0")
