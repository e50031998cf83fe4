"""Opening a PDF and giving everything back that PDFium holds, whatever happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from portal.papers.errors import EncryptedPaper, TooLong, Unreadable

_PASSWORD = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
_SHOWN = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_STAMP)


@contextmanager
def opened(path: Path, *, max_pages: int) -> Iterator[pdfium.PdfDocument]:
    """The document; EncryptedPaper when it asks for a password, Unreadable when broken or without pages, TooLong."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() in _PASSWORD or "assword" in str(error):
            raise EncryptedPaper from error
        raise Unreadable from error
    except (OSError, ValueError) as error:
        raise Unreadable from error
    try:
        if len(document) == 0:
            raise Unreadable
        if len(document) > max_pages:
            raise TooLong(pages=max_pages)
        yield document
    finally:
        document.close()


@contextmanager
def page_of(document: pdfium.PdfDocument, index: int) -> Iterator[pdfium.PdfPage | None]:
    """A page with what is typed or stamped on it made part of it; None when that one page is broken."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        yield None
        return
    try:
        if _has_shown_annotations(page) and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
            page.close()
            page = document[index]
        yield page
    finally:
        page.close()


def _has_shown_annotations(page: pdfium.PdfPage) -> bool:
    """Numbers, dates and stamps that signing programs put upon a page, and fields of a form."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), 500)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind in _SHOWN:
            return True
    return False
