"""What a reader makes of a file: its text, block by block, and what else the file holds."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list or table. `start`, `end` are its place in `Paper.text`.

    `html` is that stretch in the alphabet of stored bodies (`docs/decisions/papers.md`), everything escaped;
    `page` counts from 1 where the file has pages.
    """

    start: int
    end: int
    html: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the paper. Blocks show it as `<img src="hinh:NAME" alt="…">`."""

    name: str
    media_type: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. Blocks refer to it by `<sup><a href="#chu-thich-NUMBER">NUMBER</a></sup>`; `html` is its content."""

    number: int
    html: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature of a PDF. `state`: valid, invalid or unchecked; `reason` a code of `portal.papers.remarks`.

    `signed_at` is ISO 8601 with its zone; `covers_all`: nothing was changed after it.
    """

    state: str
    reason: str
    signer: str | None = None
    organisation: str | None = None
    signed_at: str | None = None
    issuer: str | None = None
    covers_all: bool = True


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know about the reading: a code of `portal.papers.remarks` and its values."""

    code: str
    values: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Paper:
    """A file as it was read. `format` is the name of its kind: text, html, docx, pdf, doc, rtf.

    `text` is NFC: blocks in the order of reading, one line each (a table: one line a row, cells between bars), tables
    that only lay out a page (header, signature) as plain lines. A scan has no text worth reading. `encoding` names a
    legacy encoding that was converted; `encodings` the candidates, best first, when that is not certain.
    """

    name: str
    format: str
    text: str = ""
    blocks: tuple[Block, ...] = ()
    images: tuple[Image, ...] = ()
    notes: tuple[Note, ...] = ()
    pages: int | None = None
    is_scan: bool = False
    encoding: str | None = None
    encodings: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def has_structure(self) -> bool:
        """Whether the blocks know more than the text says. Of plain text they do not: its lines may be wrapped, and
        whoever wants HTML makes it from the text.
        """
        return self.format != "text"

    def html_between(self, start: int, end: int) -> str:
        """The body between two places of the text, with its notes. A block cut in two keeps only its words."""
        return self.html_of(((start, end),))

    def html_of(self, spans: Iterable[tuple[int, int]]) -> str:
        """Several stretches of the text as one body, its notes once at the end."""
        body = "\n".join(piece for start, end in spans for piece in self._pieces(start, end))
        cited = {int(number) for number in _CITED.findall(body)}
        notes = "".join(f'<li id="chu-thich-{n.number}">{n.html}</li>' for n in self.notes if n.number in cited)
        return f'{body}\n<aside class="portal-doc-notes"><ol>{notes}</ol></aside>' if notes else body

    def _pieces(self, start: int, end: int) -> Iterable[str]:
        starts = [block.start for block in self.blocks]
        for block in self.blocks[max(0, bisect_right(starts, start) - 1) :]:
            if block.start >= end and block.start > start:
                return
            if start <= block.start and block.end <= end:
                yield block.html
            elif piece := self.text[max(start, block.start) : min(end, block.end)].strip():
                yield f"<p>{escape(piece, quote=False)}</p>"


_CITED = re.compile(r'href="#chu-thich-(\d{1,4})"')


class Writer:
    """Collects blocks while a reader goes through a file, and counts their places."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def add(self, text: str, html: str, page: int | None = None) -> None:
        """A block of one or more lines. Pictures have no text."""
        if self._texts:
            self._length += 1
        self._blocks.append(Block(self._length, self._length + len(text), html, page))
        self._texts.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        return "\n".join(self._texts)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._blocks)
