"""Small files of every kind, made here: `SAMPLES[name]` is a pair of file name and content."""

import io
import struct
import zipfile
from typing import Any

from PIL import Image

CONTENT_TYPES = "[Content_Types].xml"
OOXML_TYPES = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
}


def zipped(entries: dict[str, bytes], **kw: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **kw) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(kind: str, more: dict[str, bytes] | None = None, types: str = "") -> bytes:
    part, mark = OOXML_TYPES[kind]
    listed = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{mark}"/>{types}</Types>'
    return zipped({CONTENT_TYPES: listed.encode(), part: b"<x/>"} | (more or {}))


def open_document(media_type: str, more: dict[str, bytes] | None = None, manifest: bytes = b"<manifest/>") -> bytes:
    entries = {"mimetype": media_type.encode(), "META-INF/manifest.xml": manifest, "content.xml": b"<x/>"}
    return zipped(entries | (more or {}))


def compound(*names: str) -> bytes:
    """A compound file of version 3 whose directory has these entries."""
    entries = [_entry("Root Entry", 5), *(_entry(name, 2) for name in names)]
    entries += [b"\0" * 128] * (-len(entries) % 4)
    directory = b"".join(entries)
    sectors = len(directory) // 512
    table = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHH", header, 24, 0x3E, 3, 0xFFFE, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    return bytes(header) + struct.pack("<128I", *table) + directory


def _entry(name: str, kind: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return encoded.ljust(64, b"\0") + struct.pack("<HB", len(encoded), kind) + b"\0" * 61


def image(form: str, size: tuple[int, int] = (4, 3)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, form)
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
TEXT = "Thông báo số 249/TB-VPCP ngày 01 tháng 7 năm 2014"
ODF = "application/vnd.oasis.opendocument"

SAMPLES: dict[str, tuple[str, bytes]] = {
    "pdf": ("Thông báo.pdf", PDF),
    "docx": ("Công văn.docx", office("docx")),
    "xlsx": ("Biểu.xlsx", office("xlsx")),
    "pptx": ("Trình bày.pptx", office("pptx")),
    "odt": ("Công văn.odt", open_document(f"{ODF}.text")),
    "ods": ("Biểu.ods", open_document(f"{ODF}.spreadsheet")),
    "doc": ("Công văn.doc", compound("WordDocument", "1Table", "\x05SummaryInformation")),
    "xls": ("Biểu.xls", compound("Workbook")),
    "ppt": ("Trình bày.ppt", compound("PowerPoint Document")),
    "rtf": ("Công văn.rtf", rb"{\rtf1\ansi Th\u244?ng b\u225?o}"),
    "text": ("Ghi chú.txt", TEXT.encode()),
    "csv": ("Danh mục.csv", "mã,tên\nG22,Văn phòng Chính phủ\n".encode()),
    "html": ("Trang.html", "<!DOCTYPE html><html><title>Thông báo</title></html>".encode()),
    "jpeg": ("Ảnh.jpg", image("JPEG")),
    "png": ("Ảnh.png", image("PNG")),
    "gif": ("Ảnh.gif", image("GIF")),
    "webp": ("Ảnh.webp", image("WEBP")),
    "zip": ("Hồ sơ.zip", zipped({"Thông báo.pdf": PDF})),
}
