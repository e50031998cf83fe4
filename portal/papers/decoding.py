"""Bytes of a text file as characters: Unicode in its forms, and what is left to `portal.text.legacy`."""

import codecs
import re
from dataclasses import dataclass

from portal.papers.errors import FormatUnknown
from portal.papers.paper import Remark
from portal.papers.remarks import Remarks
from portal.text import nfc, without_controls
from portal.text.encodings import VIETNAMESE_ONLY
from portal.text.legacy import ENCODINGS, Converted, to_unicode

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = re.compile(rb"[\x00\x01\x03\x04\x07\x0e-\x13\x15-\x18\x1c\x1d\x1f]")
"""Controls that no text has; the others among them are letters of VISCII."""
_BINARY_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """`legacy`: old encodings that were converted. `candidates`: best first, when it is not certain which."""

    text: str
    legacy: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()

    @property
    def encoding(self) -> str | None:
        return self.legacy[0] if self.legacy else None

    def remarks(self) -> list[Remark]:
        """What a person should know of the decoding."""
        found = encoding_remarks(self.legacy, self.candidates)
        if lost := self.text.count(_LOST):
            found.append(Remark(Remarks.CHARACTERS_LOST, {"count": lost}))
        return found


def encoding_remarks(legacy: tuple[str, ...], candidates: tuple[str, ...]) -> list[Remark]:
    """The remarks on encodings that were converted, and on what is in doubt."""
    found = []
    if len(legacy) == 1:
        found.append(Remark(Remarks.ENCODING_CONVERTED, {"encoding": legacy[0]}))
    elif legacy:
        found.append(Remark(Remarks.ENCODING_MIXED, {"encodings": ", ".join(legacy)}))
    if candidates:
        found.append(Remark(Remarks.ENCODING_UNSURE, {"encodings": ", ".join(candidates)}))
    return found


def decode(content: bytes, encoding: str | None = None) -> Decoded:
    """The text of a file, in NFC with "\\n" at line ends and without control characters.

    `encoding`: a legacy one that a person chose. Raises `FormatUnknown` for what is no text at all.
    """
    unicode = _unicode(content)
    if unicode is not None:
        return _finished(to_unicode(unicode, encoding))
    if _BINARY.search(content):
        raise FormatUnknown()
    if encoding in ENCODINGS:
        return _finished(to_unicode(content, encoding))
    return _finished(_by_lines(content))


def _unicode(content: bytes) -> str | None:
    """The text when all of it is Unicode in one form; without a mark, UTF-16 and UTF-32 show by their zeros."""
    named = next((name for bom, name in _BOMS if content.startswith(bom)), None) or _by_zeros(content)
    if named == "utf-8-sig" or named is None:
        if b"\0" in content:
            return None
        named = "utf-8-sig"
    try:
        text = content.decode(named)
    except UnicodeDecodeError:
        if named == "utf-8-sig":
            return None
        raise FormatUnknown() from None
    if named != "utf-8-sig" and _BINARY_TEXT.search(text):
        raise FormatUnknown()
    return text


def _by_zeros(content: bytes) -> str | None:
    head = content[:4096]
    head = head[: len(head) // 4 * 4]
    if len(head) < 8 or b"\0" not in head:
        return None
    zeros = [head[place::4].count(0) * 4 / len(head) for place in range(4)]
    patterns = {"utf-32-le": (0, 0, 1, 1), "utf-32-be": (1, 1, 0, 0)}
    for name, pattern in patterns.items():
        if all(zeros[place] > 0.9 for place in range(4) if pattern[place]) and min(zeros) < 0.5:
            return name
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if max(even, odd) > 0.4 and min(even, odd) < 0.05:
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _by_lines(content: bytes) -> Converted:
    """Neither one nor the other: lines of UTF-8 beside lines of something older, or UTF-8 with a few broken places."""
    lines = content.split(b"\n")
    texts = [_utf8(line) for line in lines]
    old = [line for line, text in zip(lines, texts, strict=True) if text is None]
    if not any(text and VIETNAMESE_ONLY.search(text) for text in texts):
        return to_unicode(content)
    converted = to_unicode(b"\n".join(old))
    if not converted.encodings:  # UTF-8 with broken places
        return Converted("\n".join(line.decode("utf-8", "replace") for line in lines))
    parts = iter(converted.text.split("\n"))
    whole = "\n".join(next(parts) if text is None else nfc(text) for text in texts)
    return Converted(whole, converted.encodings, converted.sure, converted.candidates)


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _finished(converted: Converted) -> Decoded:
    text = converted.text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n").removeprefix("\ufeff")
    return Decoded(without_controls(text), converted.encodings, () if converted.sure else converted.candidates)
