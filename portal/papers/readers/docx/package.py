"""The ZIP package of a .docx: its parts, read within bounds, and how they refer to each other."""

import posixpath
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Self
from urllib.parse import unquote

from lxml import etree

from portal.papers.errors import EncryptedPaper, TooLong, Unreadable
from portal.papers.readers.docx.names import STRICT

MB = 1024 * 1024
LARGEST_PART = 128 * MB
"""Of XML, unpacked: a paper of 2,000 pages that LibreOffice wrote takes half of it."""
_LARGEST_TOTAL = 384 * MB
_MOST_ENTRIES = 10_000
_LARGEST_LIST = 8 * MB
_TAIL = 66_000
_IN_ZIP64 = 0xFFFFFFFF
_OLE = b"\xd0\xcf\x11\xe0"
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    struct.error,
)


class Relations:
    """What a part refers to: identifier → (type's last word, target, whether it lies outside the file)."""

    def __init__(self, known: dict[str, tuple[str, str, bool]]) -> None:
        self._known = known

    def part(self, identifier: str | None) -> str | None:
        """The path of an inner part, None for an unknown or an outer one."""
        found = self._known.get(identifier or "")
        return found[1] if found and not found[2] else None

    def address(self, identifier: str | None) -> str | None:
        """The address of an outer target."""
        found = self._known.get(identifier or "")
        return found[1] if found and found[2] else None

    def of_type(self, kind: str) -> str | None:
        """The first inner part of a type: "styles", "numbering", "footnotes" …"""
        return next((target for type_, target, outer in self._known.values() if type_ == kind and not outer), None)


class Package:
    """An opened package. Raises `Unreadable`, `EncryptedPaper` or `TooLong` for whatever is wrong with it."""

    def __init__(self, path: Path) -> None:
        self._left = _LARGEST_TOTAL
        try:
            _check(path)
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise Unreadable() from error
        infos = self._zip.infolist()
        if len(infos) > _MOST_ENTRIES:
            raise TooLong(megabytes=_LARGEST_TOTAL // MB)
        if any(info.flag_bits & 0x1 for info in infos):
            raise EncryptedPaper()
        self._names = {info.filename.replace("\\", "/").lstrip("/").casefold(): info for info in infos}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self._zip.close()

    def content(self, part: str, limit: int = LARGEST_PART) -> bytes | None:
        """The bytes of a part; None when there is no such part. Raises `TooLong` above `limit` bytes."""
        info = self._names.get(part.casefold())
        if info is None:
            return None
        try:
            with self._zip.open(info) as entry:
                content = entry.read(min(limit, self._left) + 1)
        except _BROKEN as error:
            raise Unreadable() from error
        if len(content) > min(limit, self._left):
            raise TooLong(megabytes=limit // MB)
        self._left -= len(content)
        return content

    def size(self, part: str) -> int:
        """The declared size of a part, unpacked, in bytes; 0 when there is none."""
        info = self._names.get(part.casefold())
        return info.file_size if info else 0

    def xml(self, part: str | None) -> etree._Element | None:
        """A part as a tree in transitional names. Raises `Unreadable` for XML that is broken or declares entities."""
        content = self.content(part) if part else None
        return None if content is None else _parsed(content)

    def relations(self, part: str) -> Relations:
        """What a part refers to; "" for the package itself."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        known: dict[str, tuple[str, str, bool]] = {}
        for relation in () if root is None else root.iter(_RELATIONSHIP):
            kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
            target, outer = relation.get("Target") or "", relation.get("TargetMode") == "External"
            known[relation.get("Id") or ""] = (kind, target if outer else _resolved(folder, target), outer)
        return Relations(known)


def _resolved(folder: str, target: str) -> str:
    path = unquote(target.split("#", 1)[0].replace("\\", "/"))
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))


def _check(path: Path) -> None:
    """Refuse what is no ZIP, and a list of entries too long to be read into memory."""
    with path.open("rb") as stream:
        if stream.read(4) == _OLE:  # a .docx with a password is wrapped in Microsoft's compound file
            raise EncryptedPaper()
        length = stream.seek(0, 2)
        stream.seek(max(0, length - _TAIL))
        tail = stream.read(_TAIL)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0:
        raise Unreadable()
    size: int = struct.unpack_from("<I", tail, end + 12)[0]
    if size == _IN_ZIP64 and (record := tail.rfind(b"PK\x06\x06", 0, end)) >= 0:
        size = struct.unpack_from("<Q", tail, record + 40)[0]
    if size > _LARGEST_LIST:
        raise TooLong(megabytes=_LARGEST_TOTAL // MB)


def _parsed(content: bytes) -> etree._Element:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4]:
        content = _from_utf16(content)
    if _FORBIDDEN.search(content):  # the standard forbids them, and nothing good comes of them
        raise Unreadable()
    for strict, transitional in STRICT if b"purl.oclc.org" in content else ():
        content = content.replace(strict, transitional)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unreadable() from error


def _from_utf16(content: bytes) -> bytes:
    known = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if known else "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    try:
        return content.decode(encoding).encode()
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        raise Unreadable() from error
