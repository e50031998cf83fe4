"""What a file really is, by its content; and everything for which it is refused."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from translationstring import TranslationString

from portal.files import archives, kinds, ole, texts
from portal.files.errors import (
    Damaged,
    Encrypted,
    Executable,
    ImageTooLarge,
    KindNotAllowed,
    KindUnknown,
    Macros,
    Mismatch,
)
from portal.files.kinds import KINDS, FileKind
from portal.files.names import extension_of

MB = 1024 * 1024
_HEAD = 1024
_ISO_MEDIA = 4  # where `ftyp` stands in MP4, MOV and HEIC


@dataclass(frozen=True)
class Limits:
    """What a place of the portal takes. Sizes in bytes; `kinds` names of `KINDS`, None for all of them."""

    size: int = 50 * MB
    kinds: frozenset[str] | None = None
    zip_entries: int = 5000
    zip_unpacked: int = 1024 * MB
    zip_ratio: int = 200
    """Unpacked to packed."""
    zip_depth: int = 2
    """Archives in archives; a Word file in a ZIP counts as one."""
    pixels: int = 80_000_000


@dataclass(frozen=True)
class Found:
    """What a content is; `charset` of texts, None when unknown."""

    kind: FileKind
    charset: str | None = None


def examine(path: Path, name: str, limits: Limits) -> Found:
    """What the file at `path`, called `name`, is. Raises a `FileRefused` that says why it is not taken."""
    with path.open("rb") as stream:
        found = _look(stream, limits)
    extension = extension_of(name)
    if found.kind.name == "text" and extension == "csv":
        found = Found(KINDS["csv"], found.charset)
    if extension not in found.kind.extensions:
        raise Mismatch(extension, found.kind.label, found.kind.extensions[0])
    if limits.kinds is not None and found.kind.name not in limits.kinds:
        wanted = ", ".join(f".{KINDS[kind].extensions[0]}" for kind in KINDS if kind in limits.kinds)
        raise KindNotAllowed(found.kind.label, wanted)
    if found.kind.name in kinds.IMAGES:
        _check_image(path, found.kind, limits)
    return found


def _look(stream: BinaryIO, limits: Limits) -> Found:
    head = stream.read(_HEAD)
    if archives.is_program(head):
        raise Executable()
    if head.startswith(archives.MAGIC):
        budget = archives.Budget(limits.zip_entries, limits.zip_unpacked, limits.zip_ratio, limits.zip_depth)
        return Found(KINDS[archives.inspect(stream, budget)])
    if head.startswith(ole.MAGIC):
        return Found(KINDS[_office_kind(ole.entry_names(stream))])
    if (kind := _by_first_bytes(head)) is not None:
        return Found(KINDS[kind])
    text = texts.read_text(stream)
    if text is None:
        raise KindUnknown(_foreign(head))
    if text.form in ("svg", "xml"):
        raise KindUnknown(kinds.SVG if text.form == "svg" else kinds.XML)
    return Found(KINDS[text.form], text.charset)


def _by_first_bytes(head: bytes) -> str | None:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") or (b"%PDF-" in head and not head.startswith(b"<")):
        return "pdf"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    beginnings = (
        (b"\xff\xd8\xff", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"GIF87a", "gif"),
        (b"GIF89a", "gif"),
        (b"{\\rtf", "rtf"),
    )
    return next((kind for beginning, kind in beginnings if head.startswith(beginning)), None)


def _foreign(head: bytes) -> TranslationString | None:
    if head[_ISO_MEDIA : _ISO_MEDIA + 4] == b"ftyp":
        return kinds.MEDIA
    return next((label for beginning, label in kinds.FOREIGN if head.startswith(beginning)), None)


def _office_kind(names: frozenset[str]) -> str:
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise Encrypted()
    if {"Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"} & names:
        raise Macros()
    for entry, kind in (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt")):
        if entry in names:
            return kind
    raise KindUnknown(kinds.OLE)


def _check_image(path: Path, kind: FileKind, limits: Limits) -> None:
    from PIL import Image, UnidentifiedImageError  # late: only uploads of images need it

    try:
        with Image.open(path, formats=(kind.name.upper(),)) as image:
            width, height = image.size
    except Image.DecompressionBombError:
        raise ImageTooLarge(limits.pixels) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Damaged() from error
    if width * height > limits.pixels:
        raise ImageTooLarge(limits.pixels)
