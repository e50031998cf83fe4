"""Pictures of a page: which belong to the text, and their files."""

import ctypes
import io
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from PIL import Image as Pictures
from pypdfium2 import raw

from portal.papers.paper import Image
from portal.papers.readers.pdf.model import Box, Page, Picture

MOST, MOST_BYTES, MOST_POINTS = 200, 40_000_000, 30_000_000
_SMALLEST, _TINIEST = 24.0, 1200.0


@dataclass(slots=True)
class Album:
    """The pictures taken out so far; `dropped` counts those that belonged to the text but could not be taken."""

    images: list[Image] = field(default_factory=list)
    size: int = 0
    dropped: int = 0

    def take(self, page: pdfium.PdfPage, read: Page, head_bottom: float, kept_out: list[Box]) -> None:
        """Keeps of `read.pictures` what belongs to the text and gives them names."""
        sheet = Box(0, 0, read.width, read.height)
        kept: list[Picture] = []
        for picture in read.pictures:
            if not _belongs(picture.box, sheet, head_bottom, kept_out):
                continue
            image = None
            if len(self.images) < MOST and self.size < MOST_BYTES and picture.index >= 0:
                image = _image(page, picture, len(self.images) + 1)
            if image is None:
                self.dropped += 1
                continue
            self.images.append(image)
            self.size += len(image.content)
            picture.name = image.name
            kept.append(picture)
        read.pictures = kept


def _belongs(box: Box, sheet: Box, head_bottom: float, kept_out: list[Box]) -> bool:
    """Neither a page that was scanned, nor a logo or seal of the head, nor the seal upon a signature, nor a rule."""
    if box.common(sheet) < 0.5 * box.area or box.area < _TINIEST or min(box.width, box.height) < _SMALLEST:
        return False
    if box.common(sheet) > 0.55 * sheet.area:
        return False
    if (box.top + box.bottom) / 2 < head_bottom:
        return False
    return not any(box.common(other) > 0.1 * min(box.area, other.area) for other in kept_out)


def _image(page: pdfium.PdfPage, picture: Picture, number: int) -> Image | None:
    thing = _object(page, picture.index)
    if thing is None:
        return None
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(thing, width, height) or width.value * height.value > MOST_POINTS:
        return None
    if (content := _jpeg(thing)) is not None:
        return Image(f"hinh-{number}.jpg", "image/jpeg", content)
    drawn = _drawn(page, thing)
    return Image(f"hinh-{number}.png", "image/png", drawn) if drawn else None


def _object(page: pdfium.PdfPage, index: int) -> Any | None:
    seen = 0
    for i in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, i)
        if thing and raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_IMAGE:
            if seen == index:
                return thing
            seen += 1
    return None


def _jpeg(thing: Any) -> bytes | None:
    """The JPEG as it lies in the file, when nothing else is done to it and browsers show it."""
    if raw.FPDFImageObj_GetImageFilterCount(thing) != 1:
        return None
    buffer = ctypes.create_string_buffer(32)
    raw.FPDFImageObj_GetImageFilter(thing, 0, buffer, 32)
    if buffer.value != b"DCTDecode" or raw.FPDFPageObj_HasTransparency(thing):
        return None
    length = raw.FPDFImageObj_GetImageDataRaw(thing, None, 0)
    if not 0 < length < MOST_BYTES:
        return None
    content = ctypes.create_string_buffer(length)
    raw.FPDFImageObj_GetImageDataRaw(thing, content, length)
    try:
        with Pictures.open(io.BytesIO(content.raw)) as image:
            image.load()
            return content.raw if image.format == "JPEG" and image.mode in ("RGB", "L") else None
    except (OSError, ValueError, Pictures.DecompressionBombError):
        return None


def _drawn(page: pdfium.PdfPage, thing: Any) -> bytes | None:
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(page.pdf, page, thing)
    bitmap = bitmap or raw.FPDFImageObj_GetBitmap(thing)
    if not bitmap:
        return None
    try:
        wrapped = pdfium.PdfBitmap.from_raw(bitmap)
        if wrapped.width * wrapped.height > MOST_POINTS:
            wrapped.close()
            return None
        out = io.BytesIO()
        wrapped.to_pil().save(out, "PNG")
        wrapped.close()
        return out.getvalue()
    except (OSError, ValueError, pdfium.PdfiumError):
        return None
