"""Characters of the symbol fonts Symbol, Wingdings and Webdings as Unicode."""

from functools import lru_cache

_SYMBOL = (
    dict(
        zip(
            "ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprVstufcyw",
            "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψω",
            strict=True,
        )
    )
    | dict(
        zip(
            map(chr, (0xA3, 0xA5, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0xB0, 0xB1, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9)),
            "≤∞↔←↑→↓°±≥×∝∂•÷≠",
            strict=True,
        )
    )
    | dict(
        zip(
            map(chr, (0xBA, 0xBB, 0xBC, 0xC5, 0xC6, 0xC7, 0xC8, 0xCE, 0xD2, 0xD6, 0xD7, 0xE5)),
            "≡≈…⊕∅∩∪∈®√⋅∑",
            strict=True,
        )
    )
)
_WINGDINGS = {
    "\xa8": "☐",
    "o": "☐",
    "q": "☐",
    "r": "☐",
    "p": "☐",
    "\xfe": "☑",
    "R": "☑",
    "\xfd": "☒",
    "T": "☒",
    "x": "☒",
    "\xfc": "✓",
    "P": "✓",
    "\xfb": "✗",
    "O": "✗",
    "l": "•",
    "n": "•",
    "\x9f": "•",
    "\xa7": "•",
    "v": "•",
    "u": "•",
    "w": "•",
    "s": "•",
    "\xd8": "•",
    "J": "☺",
    "(": "☎",
    ")": "☎",
    "*": "✉",
    "+": "✉",
    "\xe0": "→",
    "\xdf": "←",
    "\xe8": "→",
    "\xf0": "⇒",
    "F": "☞",
    "#": "✂",
    '"': "✂",
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS | {"\xa3": "☐", "*": "☐"}}
_KEPT = " \t\n"


@lru_cache(1 << 10)
def is_symbol_font(font: str | None) -> bool:
    """Whether the letters of this font are pictures."""
    name = (font or "").lower()
    return name.startswith("wingdings") or name in ("symbol", "webdings", "zapfdingbats")


def from_font(text: str, font: str | None) -> tuple[str, int]:
    """The text in Unicode and how many of its signs are not known (each is written as "•").

    Characters beyond Latin-1 that are not private are already Unicode.
    """
    known = _FONTS.get((font or "").lower(), {} if is_symbol_font(font) else _SYMBOL)
    out, lost = [], 0
    for sign in text:
        place = ord(sign)
        is_private = 0xF000 <= place <= 0xF0FF
        own = chr(place - 0xF000) if is_private else sign
        if own in _KEPT or (place > 0xFF and not is_private):
            out.append(own)
        elif own in known:
            out.append(known[own])
        elif known is _SYMBOL and " " < own < "\x7f":  # digits, signs and brackets stand where they do in ASCII
            out.append(own)
        else:
            out.append("•")
            lost += 1
    return "".join(out), lost
