"""The whole reading: pages, what runs over them, the order, paragraphs, and what a person should know."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

from portal.papers.decoding import encoding_remarks
from portal.papers.errors import PaperError, TooLong
from portal.papers.options import Options
from portal.papers.paper import Paper, Remark, Signature
from portal.papers.readers.pdf.encodings import put_right
from portal.papers.readers.pdf.header import MOTTO
from portal.papers.readers.pdf.margins import usual_size
from portal.papers.readers.pdf.model import Box, Line, Page
from portal.papers.readers.pdf.notes import Notes
from portal.papers.readers.pdf.opening import opened, page_of
from portal.papers.readers.pdf.order import PLACES
from portal.papers.readers.pdf.pages import page_read
from portal.papers.readers.pdf.paragraphs import Hyphens
from portal.papers.readers.pdf.pictures import Album
from portal.papers.readers.pdf.remarking import remarks_on
from portal.papers.readers.pdf.running import without_running
from portal.papers.readers.pdf.writing import written
from portal.papers.remarks import Remarks


def read(path: Path, name: str, *, options: Options) -> Paper:
    """The paper of a PDF. Raises Unreadable, EncryptedPaper or TooLong, whatever the bytes are.

    A scan has `is_scan` and no text; what a program recognised on one (an OCR layer) is kept, with a remark.
    """
    album = Album()
    with opened(path, max_pages=options.max_pages) as document:
        pages = list(_pages(document, album, options.max_text))
    signatures = _signatures(path, options)
    scanned = [page.number for page in pages if page.is_scanned]
    characters = sum(page.characters for page in pages if not page.is_scanned)
    if scanned and (len(scanned) == len(pages) or characters < 40):
        return Paper(
            name, "pdf", pages=len(pages), is_scan=True, signatures=signatures, remarks=(Remark(Remarks.SCAN),)
        )
    if characters and sum(page.lost for page in pages) > 0.4 * characters:
        # The fonts do not say which letters they draw: there is no text to read, only shapes.
        return Paper(
            name,
            "pdf",
            pages=len(pages),
            is_scan=True,
            signatures=signatures,
            remarks=(Remark(Remarks.LETTERS_UNKNOWN),),
        )
    for page in pages:
        if page.is_scanned:
            page.pictures = []
    old, candidates = put_right(pages, options.encoding)
    without_running(pages)
    hyphens = Hyphens(line for page in pages for line in page.lines)
    notes = Notes(hyphens)
    size = usual_size(line for page in pages for line in page.lines)
    for page in pages:
        notes.taken_from(page, size)
    writer = written(pages, hyphens)
    if len(writer.text) > options.max_text:
        raise TooLong(characters=options.max_text)
    return Paper(
        name,
        "pdf",
        text=writer.text,
        blocks=writer.blocks,
        images=tuple(album.images),
        notes=notes.as_notes(),
        pages=len(pages),
        encoding=old[0] if old else None,
        encodings=candidates,
        signatures=signatures,
        remarks=remarks_on(pages, writer.text, album, encoding_remarks(old, candidates)),
    )


def _pages(document: pdfium.PdfDocument, album: Album, max_text: int) -> Iterator[Page]:
    count = 0
    for index in range(len(document)):
        with page_of(document, index) as page:
            if page is None:
                yield Page(index + 1, 595, 842)
                continue
            read_page = page_read(page, index + 1)
            if read_page.pictures:
                album.take(page, read_page, _head_bottom(read_page), _signed(read_page))
        count += read_page.characters
        if count > 2 * max_text:
            raise TooLong(characters=max_text)
        yield read_page


def _head_bottom(page: Page) -> float:
    """Above it pictures are logos and marks of signing: the motto with what stands under it, or the sheet's edge."""
    motto = next((line for line in page.lines if MOTTO.search(line.text)), None)
    if motto is None or motto.top > 0.5 * page.height:
        return 0.08 * page.height
    return motto.base + 8 * motto.size


def _signed(page: Page) -> list[Box]:
    """Where the signature stands: seals and pictures of signatures lie upon it."""
    place: Line | None = next((line for line in page.lines if PLACES.match(line.text)), None)
    if place is None:
        return []
    return [Box(0.35 * page.width, place.top - 5 * place.size, page.width, place.bottom + 14 * place.size)]


def _signatures(path: Path, options: Options) -> tuple[Signature, ...]:
    """The digital signatures, where the file has any; without them the paper is still read."""
    content = path.read_bytes()
    if b"/ByteRange" not in content and b"/Sig" not in content:
        return ()
    del content
    try:
        from portal.papers.signatures import signatures_of

        return signatures_of(path, options.roots)
    except (ImportError, PaperError):
        return ()
