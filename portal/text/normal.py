"""Unicode normal forms of Vietnamese text (requirements C-1, C-2).

`LOWERCASE` and `UPPERCASE` are the Vietnamese letters for use within a regular expression's brackets.
"""

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MISORDERED = re.compile("([\u0300\u0301\u0303\u0309\u0340\u0341])([\u0302\u0306])")
_LOOKALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})

LOWERCASE = (
    "a-z"
    + "".join(
        unicodedata.normalize("NFC", base + tone)
        for base in ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y")
        for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
        if tone or not base.isascii()
    )
    + "đ"
)
UPPERCASE = LOWERCASE.upper()


def nfc(text: str) -> str:
    """The composed form (NFC) in which all text is stored.

    Also puts right the order "base, tone, circumflex or breve", which some keyboards type and plain NFC
    leaves decomposed. The author's spelling is kept: nothing else changes.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    if "\u0302" in composed or "\u0306" in composed:
        decomposed = unicodedata.normalize("NFD", composed)
        composed = unicodedata.normalize("NFC", _MISORDERED.sub(r"\2\1", decomposed))
    return composed


def without_invisible(text: str) -> str:
    """Without zero-width characters, soft hyphens, direction marks and byte order marks."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def without_controls(text: str) -> str:
    """Without control characters (but tab and line ends), lone surrogates and non-characters, which XML cannot hold."""
    return _CONTROLS.sub("", text)


def with_real_dd(text: str) -> str:
    """With Ð (Latin Eth) and Ɖ (African D) as the Vietnamese Đ which they imitate; the length stays."""
    return text if text.isascii() else text.translate(_LOOKALIKES)


def normal(text: str) -> str:
    """NFC, real Đ, nothing invisible: the form in which texts are compared and read; accents and case are kept."""
    return with_real_dd(nfc(without_invisible(text)))
