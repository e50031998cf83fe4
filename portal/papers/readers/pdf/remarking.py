"""What a person should know about how a PDF was read."""

from portal.papers.paper import Remark
from portal.papers.readers.pdf.model import Page
from portal.papers.readers.pdf.pictures import Album
from portal.papers.remarks import Remarks


def remarks_on(pages: list[Page], text: str, album: Album, encodings: list[Remark]) -> tuple[Remark, ...]:
    remarks: list[Remark] = []
    if not text.strip():
        remarks.append(Remark(Remarks.EMPTY))
    if scanned := [page.number for page in pages if page.is_scanned]:
        remarks.append(Remark(Remarks.PAGES_SCANNED, {"pages": numbers(scanned)}))
    if recognised := [page.number for page in pages if page.is_ocr]:
        remarks.append(Remark(Remarks.OCR_LAYER, {"pages": numbers(recognised)}))
    if lost := sum(page.lost for page in pages):
        remarks.append(Remark(Remarks.CHARACTERS_LOST, {"count": lost}))
    remarks += encodings
    if sum(page.hidden for page in pages) >= 20:
        remarks.append(Remark(Remarks.HIDDEN_TEXT, {"count": sum(page.hidden for page in pages)}))
    if sum(page.turned for page in pages) >= 20:
        remarks.append(Remark(Remarks.TURNED_TEXT, {"pages": numbers([page.number for page in pages if page.turned])}))
    if album.images:
        remarks.append(Remark(Remarks.ALT_MISSING, {"count": len(album.images)}))
    if album.dropped:
        remarks.append(Remark(Remarks.IMAGE_DROPPED, {"count": album.dropped}))
    return tuple(remarks)


def numbers(pages: list[int]) -> str:
    """`2–4, 7`."""
    parts: list[list[int]] = []
    for page in pages:
        if parts and page == parts[-1][1] + 1:
            parts[-1][1] = page
        else:
            parts.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in parts)
