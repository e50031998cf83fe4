"""The old Vietnamese encodings as tables, and their conversion to Unicode (requirements C-9).

Sources: TCVN 5712:1993 (VN3, as the fonts `.Vn…` have it), RFC 1456 (VISCII, VIQR), the keyboard tables of the VNI
fonts, Microsoft's code page 1258. A text that came through Word or a PDF shows such bytes as the letters of
Windows-1252; both that and bytes read as Latin-1 are taken.
"""

import re
import unicodedata

from portal.text.normal import nfc

TCVN3, VNI, VIQR, VISCII, CP1258 = ENCODINGS = ("TCVN3", "VNI", "VIQR", "VISCII", "CP1258")

_UPPER_HALF = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
_WINDOWS = {code: sign for code, sign in _UPPER_HALF.items() if sign != "\ufffd"}
_TCVN3_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB0: "\u0300\u0309\u0303\u0301\u0323",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_VISCII_RUNS = {
    0x80: "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ",
    0xA0: "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ",
    0xC0: "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
}
_VISCII_CONTROLS = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}


def _table(runs: dict[int, str]) -> dict[int, str]:
    return {start + place: letter for start, letters in runs.items() for place, letter in enumerate(letters)}


TCVN3_TABLE = _table(_TCVN3_RUNS)
VISCII_TABLE = _table(_VISCII_RUNS) | _VISCII_CONTROLS
CP1258_TABLE = {code: bytes([code]).decode("cp1258") for code in range(0xA0, 0x100)} | {
    code: sign for code, sign in _WINDOWS.items() if code not in (0x8A, 0x8E, 0x9A, 0x9E)
}

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT, _CIRCUMFLEX, _BREVE, _HORN = (
    "\u0300", "\u0309", "\u0303", "\u0301", "\u0323", "\u0302", "\u0306", "\u031b",
)  # fmt: skip
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_MARKS = (
    _VNI_TONES
    | {"â": _CIRCUMFLEX}
    | {sign: _CIRCUMFLEX + tone for sign, tone in zip("áàåãä", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)}
    | {"ê": _BREVE}
    | {sign: _BREVE + tone for sign, tone in zip("éèúüë", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)}
)
_VNI_ON = {"a": "ùøûõïâáàåãäêéèúüë", "e": "ùøûõïâáàåãä", "o": "ùøûõïâáàåãä", "u": "ùøûõï", "y": "ùøûõ"}
_VNI_ON |= {"ô": "ùøûõï", "ö": "ùøûõï"}
_VNI_SINGLE = {"ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}


def _vni() -> dict[str, str]:
    table: dict[str, str] = {}
    for base, signs in _VNI_ON.items():
        for sign in signs:
            letter = unicodedata.normalize("NFC", _VNI_SINGLE.get(base, base) + _VNI_MARKS[sign])
            table |= {base + sign: letter, base.upper() + sign.upper(): letter.upper()}
            table |= {base.upper() + sign: letter.upper(), base + sign.upper(): letter}
    for sign, letter in _VNI_SINGLE.items():
        table |= {sign: letter, sign.upper(): letter.upper()}
    return table


VNI_TABLE = _vni()
_VNI_PLACES = re.compile("|".join(sorted(map(re.escape, VNI_TABLE), key=len, reverse=True)))

_VIQR_TONES = {"'": _ACUTE, "`": _GRAVE, "?": _HOOK, "~": _TILDE, ".": _DOT}
_VIQR_SHAPES = {"(": _BREVE, "^": _CIRCUMFLEX, "+": _HORN, "*": _HORN}
_VIQR_PLACES = re.compile(
    r"\\(?P<plain>[\\'`?~.(^+*dD])|(?P<dd>d[dD]|D[dD])|"
    r"(?P<vowel>(?P<shaped>[aA](?P<a>[(^])|[eEoO](?P<eo>\^)|[oOuU](?P<ou>[+*]))|[aeiouyAEIOUY])(?P<tone>['`?~.])?"
)
_VIQR_END = re.compile(r"[ \t\"”')\]]*(?:\r?\n|\Z)")

_DOUBLED = {
    base.upper() + letter: letter.upper()
    for base in "aăâeêioôơuưy"
    for letter in (unicodedata.normalize("NFC", base + tone) for tone in _VIQR_TONES.values())
}
"""How some programs wrote a TCVN3 capital: the plain capital, then the small letter with its tone (`Uñy ban`)."""
_TCVN3_DOUBLED = re.compile("|".join(_DOUBLED))
_TCVN3_CAPITALS = re.compile(r"[^\W\d_]+(?:[ \t,]+[^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")
VIETNAMESE_ONLY = re.compile("[\u1ea0-\u1ef9ĂăĐđĨĩŨũƠơƯư]")
"""Letters that no legacy text shows by accident: where they stand, the text is Unicode already."""


def bytes_as_text(content: bytes) -> str:
    """A legacy content one character a byte: the form in which it is recognised and converted."""
    return content.decode("latin-1")


def convert(text: str, encoding: str, *, capitals: bool = False) -> str:
    """`text` in Unicode, NFC. `capitals`: it stood in a font of capitals (`.VnTimeH`), with codes of small letters.

    A text that already holds letters only Unicode has is returned as it is, in NFC; so is one of unknown encoding.
    """
    if encoding not in _CONVERTERS or (encoding != VIQR and VIETNAMESE_ONLY.search(text)):
        return nfc(text)
    converted = nfc(_CONVERTERS[encoding](text))
    return converted.upper() if capitals else converted


def encoding_of_font(name: str) -> str | None:
    """The encoding that a font's name promises: `.VnTimeH`, `ABCDEF+VnTime` → TCVN3, `VNI-Times` → VNI."""
    plain = re.sub(r"^[A-Z]{6}\+", "", name.strip().strip("\"'"))
    if re.match(r"\.Vn[A-Z3]", plain) or re.match(
        r"(?:_\.?|\.)?Vn(?:Time|Arial|Avant|Book|Courier|Century|Hel|Uni)", plain
    ):
        return TCVN3
    if re.match(r"VNI[-_ ]", plain, re.IGNORECASE):
        return VNI
    if re.match(r"VI (?:Times|Arial|Helvetica|Courier)", plain):
        return VISCII
    return None


def is_capital_font(name: str) -> bool:
    """Whether a TCVN3 font shows small letters as capitals: its name ends in H."""
    plain = re.split(r"[,\-]| (?:Bold|Italic)", re.sub(r"^[A-Z]{6}\+", "", name.strip()))[0]
    return encoding_of_font(name) == TCVN3 and plain.endswith("H")


def _from_tcvn3(text: str) -> str:
    converted = unicodedata.normalize("NFC", text.translate(_TCVN3_ALL))
    return _TCVN3_CAPITALS.sub(_raised, _TCVN3_DOUBLED.sub(lambda found: _DOUBLED[found[0]], converted))


def _raised(phrase: re.Match[str]) -> str:
    """Capitals with marks have no codes of their own: `CéNG` means CỘNG where the letters about it are capitals."""
    said = phrase[0]
    plain = [sign for sign in said if sign.isascii() and sign.isalpha()]
    if not plain or not any(map(str.isupper, plain)):
        return said
    if len(plain) > 1 and all(map(str.isupper, plain)):
        return said.upper()
    return _WORD.sub(_raised_word, said)


def _raised_word(word: re.Match[str]) -> str:
    plain = [sign for sign in word[0] if sign.isascii()]
    return word[0].upper() if len(plain) > 1 and all(map(str.isupper, plain)) else word[0]


def _from_vni(text: str) -> str:
    return _VNI_PLACES.sub(lambda found: VNI_TABLE[found[0]], text).translate(_WINDOWS)


def _from_viscii(text: str) -> str:
    return text.translate(_VISCII_ALL)


def _from_cp1258(text: str) -> str:
    return text.translate(CP1258_TABLE)


def _from_viqr(text: str) -> str:
    """Each syllable has one tone: a second mark is punctuation; so is one at a line's end, unless those are escaped."""
    out: list[str] = []
    escaped = "\\." in text or "\\?" in text
    at, toned = 0, False
    for found in _VIQR_PLACES.finditer(text):
        between = text[at : found.start()]
        toned = toned and between.isalpha() if between else toned
        out.append(between)
        at = found.end()
        if found["plain"]:
            out.append(found["plain"])
        elif found["dd"]:
            out.append("Đ" if found["dd"][0] == "D" else "đ")
            toned = False
        else:
            letter, tone = _viqr_vowel(found), found["tone"]
            if tone and not toned and not (tone in ".?" and not escaped and _VIQR_END.match(text, found.end())):
                letter, toned = letter + _VIQR_TONES[tone], True
            elif tone:
                letter += tone
            out.append(letter)
    out.append(text[at:])
    return "".join(out)


def _viqr_vowel(found: re.Match[str]) -> str:
    shape = found["a"] or found["eo"] or found["ou"]
    return found["vowel"][0] + _VIQR_SHAPES[shape] if shape else found["vowel"]


_TCVN3_ALL = TCVN3_TABLE | _WINDOWS
_VISCII_ALL = VISCII_TABLE | {ord(sign): VISCII_TABLE[code] for code, sign in _WINDOWS.items()}
_CONVERTERS = {TCVN3: _from_tcvn3, VNI: _from_vni, VIQR: _from_viqr, VISCII: _from_viscii, CP1258: _from_cp1258}
