"""Whether a word is a possible Vietnamese syllable: the measure by which a legacy encoding is told from another.

Onset, rhyme and tone as school grammars list them; no dictionary, so names and rare words count like any other.
"""

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0301": "s", "\u0323": "j"}
_STOP_TONES = ("", "s", "j")
_MARKS = re.compile("[\u0300\u0309\u0303\u0301\u0323]")
_ONSETS = ("ngh", "ng", "nh", "ph", "th", "tr", "ch", "gh", "gi", "kh", "qu", *"bcdđghklmnpqrstvx", "")
_RHYMES = frozenset(
    unicodedata.normalize("NFD", rhyme)
    for rhyme in [
        "a",
        "ai",
        "ao",
        "au",
        "ay",
        "am",
        "an",
        "ang",
        "anh",
        "ac",
        "ach",
        "ap",
        "at",
        "ăm",
        "ăn",
        "ăng",
        "ăc",
        "ăp",
        "ăt",
        "âu",
        "ây",
        "âm",
        "ân",
        "âng",
        "âc",
        "âp",
        "ât",
        "e",
        "eo",
        "em",
        "en",
        "eng",
        "ec",
        "ep",
        "et",
        "ê",
        "êu",
        "êm",
        "ên",
        "ênh",
        "êch",
        "êp",
        "êt",
        "êng",
        "i",
        "iu",
        "im",
        "in",
        "inh",
        "ich",
        "ip",
        "it",
        "ia",
        "iêu",
        "iêm",
        "iên",
        "iêng",
        "iêc",
        "iêp",
        "iêt",
        "o",
        "oi",
        "om",
        "on",
        "ong",
        "oc",
        "op",
        "ot",
        "oong",
        "ooc",
        "ô",
        "ôi",
        "ôm",
        "ôn",
        "ông",
        "ôc",
        "ôp",
        "ôt",
        "ơ",
        "ơi",
        "ơm",
        "ơn",
        "ơp",
        "ơt",
        "u",
        "ui",
        "um",
        "un",
        "ung",
        "uc",
        "up",
        "ut",
        "ua",
        "uôi",
        "uôm",
        "uôn",
        "uông",
        "uôc",
        "uôt",
        "ư",
        "ưi",
        "ưu",
        "ưm",
        "ưng",
        "ưc",
        "ưt",
        "ưa",
        "ươi",
        "ươu",
        "ươm",
        "ươn",
        "ương",
        "ươc",
        "ươp",
        "ươt",
        "oa",
        "oai",
        "oao",
        "oay",
        "oam",
        "oan",
        "oang",
        "oanh",
        "oac",
        "oach",
        "oap",
        "oat",
        "oăm",
        "oăn",
        "oăng",
        "oăc",
        "oăt",
        "oe",
        "oeo",
        "oen",
        "oet",
        "uâ",
        "uây",
        "uân",
        "uâng",
        "uât",
        "uê",
        "uên",
        "uênh",
        "uêch",
        "uêt",
        "uơ",
        "uy",
        "uya",
        "uyu",
        "uyên",
        "uyêt",
        "uyn",
        "uynh",
        "uyt",
        "uych",
        "uyp",
        "y",
        "yêu",
        "yêm",
        "yên",
        "yêng",
        "yêt",
        "ya",
    ]
)
_AFTER_QU = frozenset(rhyme for rhyme in _RHYMES if rhyme[0] in "aeioy") | {"ynh", "yt", "ych", "yên", "yêt"}


def is_syllable(word: str) -> bool:
    """Whether this word, of letters only, could be Vietnamese; case, normal form and tone place do not matter."""
    return _is_syllable(word.lower())


@lru_cache(maxsize=1 << 16)
def _is_syllable(word: str) -> bool:
    if len(word) > 12:
        return False
    bare = unicodedata.normalize("NFD", word)
    tones = _MARKS.findall(bare)
    if len(tones) > 1:
        return False
    bare = _MARKS.sub("", bare)
    tone = _TONES[tones[0]] if tones else ""
    if bare.endswith(("c", "ch", "p", "t")) and tone not in _STOP_TONES:
        return False
    return any(bare.startswith(onset) and _fits(onset, bare[len(onset) :]) for onset in _ONSETS)


def _fits(onset: str, rhyme: str) -> bool:
    if onset == "qu":
        return rhyme in _AFTER_QU or unicodedata.normalize("NFC", rhyme) in _AFTER_QU
    if onset == "gi":
        return rhyme in _RHYMES or rhyme == "" or f"i{rhyme}" in _RHYMES
    if onset == "q":
        return False
    return rhyme in _RHYMES
