"""The kinds of files that the portal takes, and what else it knows by sight."""

from dataclasses import dataclass

from translationstring import TranslationString

from portal.request import _


@dataclass(frozen=True)
class FileKind:
    """`extensions`: the first is the usual one. `inline`: browsers show it rather than save it."""

    name: str
    media_type: str
    extensions: tuple[str, ...]
    label: TranslationString
    inline: bool = False


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

KINDS: dict[str, FileKind] = {
    kind.name: kind
    for kind in (
        FileKind("pdf", "application/pdf", ("pdf",), _("tài liệu PDF"), inline=True),
        FileKind("docx", f"{_OOXML}.wordprocessingml.document", ("docx",), _("văn bản Word (.docx)")),
        FileKind("xlsx", f"{_OOXML}.spreadsheetml.sheet", ("xlsx",), _("bảng tính Excel (.xlsx)")),
        FileKind("pptx", f"{_OOXML}.presentationml.presentation", ("pptx",), _("bản trình chiếu PowerPoint (.pptx)")),
        FileKind("odt", f"{_ODF}.text", ("odt",), _("văn bản OpenDocument (.odt)")),
        FileKind("ods", f"{_ODF}.spreadsheet", ("ods",), _("bảng tính OpenDocument (.ods)")),
        FileKind("doc", "application/msword", ("doc",), _("văn bản Word đời cũ (.doc)")),
        FileKind("xls", "application/vnd.ms-excel", ("xls",), _("bảng tính Excel đời cũ (.xls)")),
        FileKind("ppt", "application/vnd.ms-powerpoint", ("ppt",), _("bản trình chiếu PowerPoint đời cũ (.ppt)")),
        FileKind("rtf", "application/rtf", ("rtf",), _("văn bản RTF (.rtf)")),
        FileKind("text", "text/plain", ("txt",), _("văn bản thuần (.txt)"), inline=True),
        FileKind("csv", "text/csv", ("csv",), _("bảng dữ liệu CSV (.csv)")),
        FileKind("html", "text/html", ("html", "htm"), _("trang web HTML (.html)")),
        FileKind("jpeg", "image/jpeg", ("jpg", "jpeg", "jpe"), _("ảnh JPEG"), inline=True),
        FileKind("png", "image/png", ("png",), _("ảnh PNG"), inline=True),
        FileKind("gif", "image/gif", ("gif",), _("ảnh GIF"), inline=True),
        FileKind("webp", "image/webp", ("webp",), _("ảnh WebP"), inline=True),
        FileKind("zip", "application/zip", ("zip",), _("tệp nén ZIP")),
    )
}
IMAGES = frozenset({"jpeg", "png", "gif", "webp"})
OOXML = frozenset({"docx", "xlsx", "pptx"})

BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS.values()}
BY_EXTENSION = {extension: kind for kind in KINDS.values() for extension in kind.extensions}

FOREIGN: tuple[tuple[bytes, TranslationString], ...] = (
    (b"Rar!\x1a\x07", _("tệp nén RAR")),
    (b"7z\xbc\xaf\x27\x1c", _("tệp nén 7-Zip")),
    (b"\x1f\x8b", _("tệp nén GZIP")),
    (b"BZh", _("tệp nén BZIP2")),
    (b"\xfd7zXZ\x00", _("tệp nén XZ")),
    (b"MSCF", _("tệp nén CAB")),
    (b"II*\x00", _("ảnh TIFF")),
    (b"MM\x00*", _("ảnh TIFF")),
    (b"BM", _("ảnh BMP")),
    (b"ID3", _("tệp âm thanh")),
    (b"OggS", _("tệp âm thanh")),
    (b"\x1aE\xdf\xa3", _("tệp phim")),
    (b"%!PS", _("tài liệu PostScript")),
    (b"AC10", _("bản vẽ AutoCAD")),
)
"""What is often sent and not taken, by its first bytes."""
SVG = _("ảnh SVG, vì loại này chứa được mã chạy trong trình duyệt")
XML = _("tệp XML")
MEDIA = _("tệp phim hoặc ảnh HEIC")
ODD_ZIP = _("tệp nén ZIP dùng cách nén lạ")
OLE = _("loại tệp Microsoft Office này")
ODF = _("loại tệp OpenDocument này")


def media_type_of(media_type: str, name: str) -> str:
    """The media type of a content that stands under `name`: a text called `.csv` is a table."""
    is_table = media_type == "text/plain" and name.casefold().endswith(".csv")
    return KINDS["csv"].media_type if is_table else media_type
