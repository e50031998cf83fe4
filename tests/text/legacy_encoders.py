"""Texts as the old encodings wrote them: the far side of `portal.text.legacy`, for tests only."""

import unicodedata

from portal.text import nfc
from portal.text.encodings import CP1258, TCVN3, TCVN3_TABLE, VIQR, VISCII, VISCII_TABLE, VNI, VNI_TABLE

_TCVN3 = {letter: code for code, letter in TCVN3_TABLE.items()}
_VISCII = {letter: code for code, letter in VISCII_TABLE.items()}
_VNI = {letter: signs for signs, letter in VNI_TABLE.items() if len(signs) == 1 or signs.islower() or signs.isupper()}
_TONES = {"\u0300": "`", "\u0309": "?", "\u0303": "~", "\u0301": "'", "\u0323": "."}
_SHAPES = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}


def encode(text: str, encoding: str) -> bytes | str:
    """Bytes of an 8-bit encoding (what it lacks as Windows-1252 has it, or "?"); VIQR as a text."""
    if encoding == VIQR:
        return "".join(map(_viqr, nfc(text)))
    letter = {TCVN3: _tcvn3, VISCII: _viscii, VNI: _vni, CP1258: _cp1258}[encoding]
    return b"".join(sign.encode() if sign.isascii() else letter(sign) for sign in nfc(text))


def _western(sign: str) -> bytes:
    return sign.encode("cp1252", "replace")


def _tcvn3(sign: str) -> bytes:
    code = _TCVN3.get(sign) or _TCVN3.get(sign.lower())
    return bytes([code]) if code else _western(sign)


def _viscii(sign: str) -> bytes:
    if sign in _VISCII:
        return bytes([_VISCII[sign]])
    return {"“": b'"', "”": b'"', "–": b"-", "‘": b"'", "’": b"'", "…": b"..."}.get(sign, b"?")


def _vni(sign: str) -> bytes:
    return _VNI[sign].encode("latin-1") if sign in _VNI else _western(sign)


def _cp1258(sign: str) -> bytes:
    try:
        return sign.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", sign)
    tone = next((mark for mark in parts if mark in _TONES), "")
    base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
    return base.encode("cp1258", "replace") + tone.encode("cp1258")


def _viqr(sign: str) -> str:
    if sign in "đĐ":
        return "dd" if sign == "đ" else "DD"
    if sign in ".?'~`^(+*\\":
        return f"\\{sign}"
    parts = unicodedata.normalize("NFD", sign)
    return parts[0] + "".join(
        ([_SHAPES[mark] for mark in parts[1:] if mark in _SHAPES]) + [_TONES[m] for m in parts[1:] if m in _TONES]
    )
