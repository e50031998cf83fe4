"""The reader of Word files (.docx, ISO/IEC 29500): our own, because automatic numbers, layout tables and old fonts are
what converters lose.

`package` opens the file, `styles` and `numbering` know what Word prints, `body` and `inline` read the text, `arranging`
puts headers and signatures in order, `writing` makes the blocks.
"""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from lxml import etree

from portal.papers.errors import TooLong, Unreadable
from portal.papers.options import Options
from portal.papers.paper import Note, Paper, Remark, Writer
from portal.papers.readers.docx.arranging import arranged
from portal.papers.readers.docx.body import Body
from portal.papers.readers.docx.images import Images
from portal.papers.readers.docx.items import Item, Line, text_of
from portal.papers.readers.docx.names import OFF, R, W
from portal.papers.readers.docx.numbering import Numbering
from portal.papers.readers.docx.package import Package, Relations
from portal.papers.readers.docx.phrases import MOTTO, NUMBER
from portal.papers.readers.docx.pieces import html_of, tidy
from portal.papers.readers.docx.shared import Shared, Story
from portal.papers.readers.docx.styles import Styles, child
from portal.papers.remarks import Remarks
from portal.text import nfc
from portal.text.encodings import VIETNAMESE_ONLY
from portal.text.legacy import Recognised, recognise

__all__ = ["read"]

_SAMPLE = 20_000
"""Stretches of text by which old encodings are recognised."""
_UNICODE_SHARE = 40
"""A Unicode text has more than one letter in so many that is only Vietnamese."""
_HEAD = 2_500
_MOST_CHARACTERS_A_PAGE = 20_000


def read(path: Path, name: str, *, options: Options) -> Paper:
    """The text of a .docx in reading order, with its lists, tables, notes and pictures.

    Raises `Unreadable`, `EncryptedPaper` or `TooLong`; nothing else, whatever the file holds.
    """
    with Package(path) as package:
        main = package.relations("").of_type("officeDocument") or "word/document.xml"
        root = package.xml(main)
        body = child(root, "body")
        if body is None:
            raise Unreadable()
        relations = package.relations(main)
        pages = _pages(package)
        if pages and pages > options.max_pages:
            raise TooLong(pages=options.max_pages)
        recognised = recognise_text(body) if options.encoding is None else Recognised(None, True)
        shared = _shared(package, relations, options, recognised)
        items = Body(Story(shared, relations)).read(body)
        items = [*_page_header(shared, relations, body, items), *items]
        return _paper(name, shared, relations, items, pages, recognised)


def _shared(package: Package, relations: Relations, options: Options, recognised: Recognised) -> Shared:
    styles = Styles(package.xml(relations.of_type("styles")), package.xml(relations.of_type("theme")))
    numbering = Numbering(package.xml(relations.of_type("numbering")), styles)
    return Shared(package, options, styles, numbering, Images(package), encoding=recognised.encoding)


def _paper(
    name: str,
    shared: Shared,
    relations: Relations,
    items: list[Item],
    pages: int | None,
    recognised: Recognised,
) -> Paper:
    from portal.papers.readers.docx.writing import write

    writer = Writer()
    write(arranged(items), writer)
    notes = _notes(shared, relations)
    used = [name for name, _count in shared.encodings.most_common()]
    if not writer.text.strip():
        shared.tally[Remarks.EMPTY] += 1
    return Paper(
        name=name,
        format="docx",
        text=writer.text,
        blocks=writer.blocks,
        images=shared.images.found,
        notes=notes,
        pages=pages if pages and len(writer.text) <= pages * _MOST_CHARACTERS_A_PAGE else None,
        encoding=used[0] if used else None,
        encodings=() if recognised.sure else recognised.candidates,
        remarks=tuple(_remarks(shared, used, recognised)),
    )


def _remarks(shared: Shared, used: list[str], recognised: Recognised) -> Iterator[Remark]:
    if len(used) > 1:
        yield Remark(Remarks.ENCODING_MIXED, {"encodings": ", ".join(used)})
    elif used:
        yield Remark(Remarks.ENCODING_CONVERTED, {"encoding": used[0]})
    if not recognised.sure and recognised.candidates:
        yield Remark(Remarks.ENCODING_UNSURE, {"encodings": ", ".join(recognised.candidates)})
    if shared.images.dropped:
        yield Remark(Remarks.IMAGE_DROPPED, {"count": shared.images.dropped})
    for code, count in sorted(shared.tally.items()):
        if count:
            yield Remark(code, {} if code is Remarks.EMPTY else {"count": count})


def recognise_text(body: etree._Element) -> Recognised:
    """The old encoding of a text whose fonts do not name it; judged only where few letters are surely Unicode."""
    texts = [nfc(one.text) for one in islice(body.iter(W + "t"), _SAMPLE) if one.text]
    whole = " ".join(texts)
    if len(VIETNAMESE_ONLY.findall(whole)) * _UNICODE_SHARE > len(whole):
        return Recognised(None, True)
    return recognise(" ".join(text for text in texts if not VIETNAMESE_ONLY.search(text)))


def _pages(package: Package) -> int | None:
    about = package.xml("docProps/app.xml")
    for element in () if about is None else about:
        if isinstance(element.tag, str) and element.tag.endswith("}Pages"):
            written = (element.text or "").strip()
            return int(written) if re.fullmatch(r"[1-9]\d{0,5}", written) else None
    return None


def _page_header(shared: Shared, relations: Relations, body: etree._Element, items: list[Item]) -> list[Item]:
    """The header of the first page, when it holds the motto or the number that the text itself does not."""
    section = next(body.iter(W + "sectPr"), None)
    if section is None:
        return []
    text = text_of(items[:40])[:_HEAD]
    has_motto, has_number = MOTTO.search(text), any(NUMBER.match(line) for line in text.split("\n"))
    if has_motto and has_number:
        return []
    title = child(section, "titlePg")
    kinds = ["first"] if title is not None and title.get(W + "val") not in OFF else []
    for kind in [*kinds, "default"]:
        for part, root in _headers(shared, relations, section, kind):
            lines = ["".join(one.text or "" for one in line.iter(W + "t")) for line in root.iter(W + "p")]
            if (not has_motto and any(map(MOTTO.search, lines))) or (
                not has_number and any(NUMBER.match(nfc(line)) and "/" in line for line in lines)
            ):
                return Body(Story(shared, shared.package.relations(part), -1)).read(root)
    return []


def _headers(
    shared: Shared, relations: Relations, section: etree._Element, kind: str
) -> Iterator[tuple[str, etree._Element]]:
    for reference in section.iterfind(W + "headerReference"):
        part = relations.part(reference.get(R + "id"))
        root = shared.package.xml(part) if reference.get(W + "type") == kind else None
        if part is not None and root is not None:
            yield part, root


def _notes(shared: Shared, relations: Relations) -> tuple[Note, ...]:
    parts: dict[str, dict[str, tuple[etree._Element, Relations]]] = {}
    for kind in {kind for kind, _ in shared.noted}:
        part = relations.of_type(f"{kind}s")
        root = shared.package.xml(part)
        own = shared.package.relations(part) if part else relations
        found = () if root is None else root.iter(W + kind)
        parts[kind] = {one.get(W + "id") or "": (one, own) for one in found}
    notes = []
    for (kind, identifier), number in shared.noted.items():
        known = parts[kind].get(identifier)
        items = Body(Story(shared, known[1], -1)).read(known[0]) if known else []
        notes.append(Note(number, _note_html(items)))
    return tuple(notes)


def _note_html(items: list[Item]) -> str:
    lines = [tidy(item.plain().pieces) for item in _flat(items)]
    return "<br>".join(filter(None, map(html_of, lines)))


def _flat(items: list[Item]) -> Iterator[Line]:
    for item in items:
        if isinstance(item, Line):
            yield item
        else:
            for cell in item.cells:
                yield from _flat(cell.items)
