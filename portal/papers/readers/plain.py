"""Plain text, in whatever encoding. It has no structure but its lines, which may be wrapped (`Paper.has_structure`)."""

from html import escape
from pathlib import Path

from portal.papers.decoding import decode
from portal.papers.errors import TooLong
from portal.papers.options import Options
from portal.papers.paper import Block, Paper, Remark
from portal.papers.remarks import Remarks

_WIDEST = 4
"""Bytes of a character."""


def read(path: Path, name: str, *, options: Options) -> Paper:
    """The text as it stands, one block a line that has words. Raises `TooLong`, `FormatUnknown`."""
    content = content_of(path, options)
    decoded = decode(content, options.encoding)
    if len(decoded.text) > options.max_text:
        raise TooLong(characters=options.max_text)
    remarks = decoded.remarks()
    if not decoded.text.strip():
        remarks.append(Remark(Remarks.EMPTY))
    return Paper(
        name=name,
        format="text",
        text=decoded.text,
        blocks=tuple(_blocks(decoded.text)),
        encoding=decoded.encoding,
        encodings=decoded.candidates,
        remarks=tuple(remarks),
    )


def content_of(path: Path, options: Options) -> bytes:
    """The bytes of a text file that is not longer than a text may be. Raises `TooLong`."""
    with path.open("rb") as stream:
        content = stream.read(options.max_text * _WIDEST + 1)
    if len(content) > options.max_text * _WIDEST:
        raise TooLong(characters=options.max_text)
    return content


def _blocks(text: str) -> list[Block]:
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(start, start + len(line), f"<p>{escape(line.strip(), quote=False)}</p>"))
        start += len(line) + 1
    return blocks
