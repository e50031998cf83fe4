"""Is it a text, in which encoding, and is it really a web page?"""

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

_CHUNK = 1 << 16
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_BINARY_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_SKIP = re.compile(r"(\s+|<\?xml[^>]*>|<!--.*?-->)+", re.DOTALL)
_HTML = re.compile(
    r"<(!doctype\s+html|html|head|body|script|iframe|h[1-6]|div|font|table|a|style|title|b|br|p|meta|link|form|img|span)"
    r"[\s/>]",
    re.IGNORECASE,
)
_SVG = re.compile(r"<(!doctype\s+svg|svg)[\s>]", re.IGNORECASE)


@dataclass(frozen=True)
class TextFound:
    """`form`: `text`, `html`, `svg` or `xml`. `charset` None: some 8-bit encoding."""

    form: str
    charset: str | None


def read_text(stream: BinaryIO) -> TextFound | None:
    """What kind of text the whole stream is, or None when it is not one."""
    stream.seek(0)
    head = stream.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(stream, "utf-16")
    return _decoded(stream, "utf-8") or _eight_bit(stream)


def _decoded(stream: BinaryIO, charset: str) -> TextFound | None:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(charset)("strict")
    beginning = ""
    try:
        while chunk := stream.read(_CHUNK):
            text = decoder.decode(chunk)
            if _BINARY_TEXT.search(text):
                return None
            beginning = beginning or text
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return TextFound(_form(beginning), charset)


def _eight_bit(stream: BinaryIO) -> TextFound | None:
    stream.seek(0)
    beginning = b""
    while chunk := stream.read(_CHUNK):
        if _BINARY.search(chunk):
            return None
        beginning = beginning or chunk
    return TextFound(_form(beginning.decode("latin-1")), None)


def _form(beginning: str) -> str:
    text = beginning.lstrip("\ufeff")
    skipped = _SKIP.match(text)
    body = text[skipped.end() :] if skipped else text
    if _SVG.match(body):
        return "svg"
    if _HTML.match(body):
        return "html"
    return "xml" if text.lstrip().startswith("<?xml") else "text"
