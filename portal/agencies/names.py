"""How a name of an agency is compared: the same unit is written in many ways on paper."""

import re

from portal.text import exact, fold

_MARKS = re.compile(r"[\W_]+")
_WORDS = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "hdnd": "hội đồng nhân dân",
    "tp": "thành phố",
    "tphcm": "thành phố hồ chí minh",
    "hcm": "hồ chí minh",
    "tw": "trung ương",
    "qui": "quy",
    "kỹ": "kĩ",
}
_OFFICES = (
    "bộ trưởng chủ nhiệm",
    "bộ trưởng",
    "thứ trưởng",
    "phó chủ tịch",
    "chủ tịch",
    "chủ nhiệm",
    "thống đốc",
    "chánh án",
    "viện trưởng",
    "tổng cục trưởng",
    "cục trưởng",
    "tổng giám đốc",
    "trưởng ban",
)


def name_key(text: str) -> str:
    """The accent-exact key: without case, line breaks, punctuation, kind of dash, place of the tone; short words
    (`UBND`, `TP.`, `&`) in full. Two names with the same key are the same name.
    """
    words = _MARKS.sub(" ", exact(text.replace("&", " và "))).split()
    return " ".join(_WORDS.get(word, word) for word in words)


def folded_key(text: str) -> str:
    """The same without accents, for text that was typed without them."""
    return fold(name_key(text))


def without_office(key: str) -> str | None:
    """The agency in the name of its head (`bộ trưởng bộ tài chính` → `bộ tài chính`); None when there is no head."""
    for office in _OFFICES:
        if key.startswith(office + " "):
            return key.removeprefix(office + " ")
    return None
