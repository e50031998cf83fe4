"""ZIP files and what is built on them: which kind it is, and whether it is safe to keep and to open."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from portal.files import kinds
from portal.files.errors import Damaged, Encrypted, Executable, KindUnknown, Macros, UnpacksTooLarge

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_LISTED = 1 << 20
"""How much of a list of contents inside a document is read, in bytes."""
_SMALL = 20 * 1024 * 1024
"""Below this size unpacked, any ratio is harmless: an empty table packs a thousandfold."""
_ENCRYPTED_METHOD = 99
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Others are rare, and some take as much memory to unpack as the file asks for."""
_TAIL = 66_000
"""Where the end record stands: it may be followed by a comment of 64 KB."""
_ENTRY = 512
"""Bytes of the list that an entry may take on average."""
_IN_ZIP64 = 0xFFFFFFFF

_PROGRAMS = re.compile(
    r"\.(exe|dll|com|scr|bat|cmd|msi|ps1|vb[es]|jse?|ws[fh]|hta|jar|class|dex|apk|lnk|sh|pif|cpl|reg|app|dmg)$",
    re.IGNORECASE,
)
_ODF_MACRO = re.compile(r"(Basic/[^/]+/(?!script-lb\.xml$).|Scripts/.)")
_OOXML = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"presentationml.presentation.main+xml", "pptx"),
)
_OUTSIDE = re.compile(r"(^[/\\])|(^[A-Za-z]:)|((^|[/\\])\.\.([/\\]|$))")


@dataclass
class Budget:
    """What may still be unpacked, over all levels; sizes in bytes."""

    entries: int
    unpacked: int
    ratio: int
    depth: int


def is_program(head: bytes) -> bool:
    """Whether a file that begins so would run: Windows, Linux, macOS, Java, Android, shortcuts, scripts."""
    return (
        (head.startswith(b"MZ") and b"\0" in head[:64])
        or head.startswith(
            (
                b"\x7fELF",
                b"\xfe\xed\xfa\xce",
                b"\xfe\xed\xfa\xcf",
                b"\xce\xfa\xed\xfe",
                b"\xcf\xfa\xed\xfe",
                b"\xca\xfe\xba\xbe",
                b"dex\n",
                b"\0asm",
                b"L\0\0\0\x01\x14\x02\0",
            )
        )
        or re.match(rb"#!\s*/", head) is not None
    )


def inspect(stream: BinaryIO, budget: Budget) -> str:
    """The name of its kind: `docx`, `xlsx`, `pptx`, `odt`, `ods` or `zip`.

    Raises `Damaged`, `Encrypted`, `Executable`, `Macros`, `KindUnknown`, `UnpacksTooLarge`.
    """
    try:
        _check_directory(stream, budget)
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            infos = archive.infolist()
            _check_sizes(infos, budget)
            _check_names(infos)
            _check_contents(archive, infos, budget)
            return _kind(archive, {info.filename: info for info in infos})
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        struct.error,
    ) as error:
        raise Damaged() from error


def listed(stream: BinaryIO, budget: Budget) -> list[zipfile.ZipInfo]:
    """What an archive holds, paid from the budget before anything is unpacked. Raises `Damaged`, `UnpacksTooLarge`."""
    try:
        _check_directory(stream, budget)
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, struct.error) as error:
        raise Damaged() from error
    _check_sizes(infos, budget)
    return infos


def _check_directory(stream: BinaryIO, budget: Budget) -> None:
    """Refuse a list of entries that is itself too long, before the library reads it into memory."""
    length = stream.seek(0, 2)
    stream.seek(max(0, length - _TAIL))
    tail = stream.read(_TAIL)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0:
        raise Damaged()
    size: int = struct.unpack_from("<I", tail, end + 12)[0]
    if size == _IN_ZIP64 and (record := tail.rfind(b"PK\x06\x06", 0, end)) >= 0:
        size = struct.unpack_from("<Q", tail, record + 40)[0]
    if size > max(budget.entries, 1) * _ENTRY:
        raise UnpacksTooLarge()


def _check_sizes(infos: list[zipfile.ZipInfo], budget: Budget) -> None:
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    budget.entries -= len(infos)
    budget.unpacked -= unpacked
    if budget.entries < 0 or budget.unpacked < 0:
        raise UnpacksTooLarge()
    if unpacked > _SMALL and unpacked > packed * budget.ratio:
        raise UnpacksTooLarge()


def _check_names(infos: Iterable[zipfile.ZipInfo]) -> None:
    for info in infos:
        if info.flag_bits & 0x1 or info.compress_type == _ENCRYPTED_METHOD:
            raise Encrypted()
        if info.compress_type not in _METHODS:
            raise KindUnknown(kinds.ODD_ZIP)
        if _OUTSIDE.search(info.filename) or "\0" in info.orig_filename:
            raise Damaged()
        if info.filename.casefold().endswith("vbaproject.bin") or _ODF_MACRO.match(info.filename):
            raise Macros()
        if _PROGRAMS.search(info.filename):
            raise Executable()


def _check_contents(archive: zipfile.ZipFile, infos: Iterable[zipfile.ZipInfo], budget: Budget) -> None:
    for info in infos:
        if info.is_dir():
            continue
        with archive.open(info) as entry:
            head = entry.read(64)
            if is_program(head):
                raise Executable()
            if head.startswith(MAGIC[0]):
                _inspect_inner(head, entry, budget)


def _inspect_inner(head: bytes, entry: IO[bytes], budget: Budget) -> None:
    if budget.depth <= 0:
        raise UnpacksTooLarge()
    with SpooledTemporaryFile(max_size=_LISTED) as inner:
        inner.write(head)
        while chunk := entry.read(1 << 16):  # never more than the size it declares, which the budget has paid for
            inner.write(chunk)
        budget.depth -= 1
        inspect(cast(BinaryIO, inner), budget)
        budget.depth += 1


def _kind(archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo]) -> str:
    if "[Content_Types].xml" in infos:
        listed = _beginning(archive, infos["[Content_Types].xml"])
        if b"macroEnabled" in listed:
            raise Macros()
        return next((kind for mark, kind in _OOXML if mark in listed), "zip")
    if "mimetype" in infos:
        declared = _beginning(archive, infos["mimetype"]).decode("ascii", "replace").strip()
        if "META-INF/manifest.xml" in infos:
            if b"encryption-data" in _beginning(archive, infos["META-INF/manifest.xml"]):
                raise Encrypted()
            found = kinds.BY_MEDIA_TYPE.get(declared)
            if found is None and "opendocument" in declared:
                raise KindUnknown(kinds.ODF)
            if found is not None:
                return found.name
    return "zip"


def _beginning(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as entry:
        return entry.read(_LISTED)
