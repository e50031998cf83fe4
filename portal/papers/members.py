"""The papers in a .zip, with their names as the sender wrote them. What is not taken is told, with the reason."""

import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from translationstring import TranslationString

from portal.errors import _
from portal.papers.errors import EncryptedPaper, FormatUnknown, PaperError
from portal.papers.isolation import MB
from portal.papers.opening import EXTENSIONS, Limits
from portal.text import nfc, without_controls, without_invisible
from portal.text.legacy import CP1258, convert, recognise

if TYPE_CHECKING:
    from portal.files.archives import Budget

_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_UNICODE_PATH = 0x7075
_SYSTEM = re.compile(r"(^|/)(\.[^/]*|__MACOSX|~\$[^/]*|Thumbs\.db|desktop\.ini|ehthumbs\.db)(/|$)", re.IGNORECASE)
_LONGEST = 240
_ENTRIES, _UNPACKED, _RATIO, _DEPTH = 5000, 1024 * MB, 200, 1


class NotAnArchive(PaperError):
    """Something else under the name of a .zip."""

    message = _("Tệp này không phải tệp nén ZIP. Hãy nén lại thành .zip rồi gửi lại.")


@dataclass(frozen=True)
class Member:
    """A file of the archive: its `name` with the folders, and where it was unpacked, under a name that is safe."""

    name: str
    path: Path


@dataclass(frozen=True)
class Skipped:
    """What of an archive is not taken, and why."""

    name: str
    why: TranslationString


def members(
    path: Path, name: str, *, into: Path, limits: Limits | None = None, skipped: list[Skipped] | None = None
) -> Iterator[Member]:
    """The papers in the archive, in its order, unpacked one by one into the folder `into`.

    Archives in it are opened, archives in those are not. What is not taken is added to `skipped`, if given, but for
    files of the system. Raises `NotAnArchive`, `FileRefused` before the first one: none, broken, unpacks to too much.
    """
    from portal.files import Damaged, TooLarge
    from portal.files.archives import MAGIC, Budget

    limits = limits or Limits()
    size = path.stat().st_size
    if size > limits.size:
        raise TooLarge(limits.size)
    with path.open("rb") as stream:
        if not stream.read(4).startswith(MAGIC):
            raise NotAnArchive() if size else Damaged()
    budget = Budget(_ENTRIES, _UNPACKED, _RATIO, _DEPTH)
    return _Unpacking(into, limits, budget, [] if skipped is None else skipped).over(path, "")


class _Unpacking:
    def __init__(self, into: Path, limits: Limits, budget: "Budget", skipped: list[Skipped]) -> None:
        self._into, self._limits, self._budget, self._skipped = into, limits, budget, skipped
        self._count = 0

    def over(self, path: Path, folder: str) -> Iterator[Member]:
        from portal.files.archives import listed

        with path.open("rb") as stream:
            infos = listed(stream, self._budget)
        return self._each(path, infos, folder)

    def _each(self, path: Path, infos: list[zipfile.ZipInfo], folder: str) -> Iterator[Member]:
        with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            for info in infos:
                name = f"{folder}{true_name(info)}"
                if info.is_dir() or _SYSTEM.search(name):
                    continue
                yield from self._one(archive, info, name[:_LONGEST])

    def _one(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[Member]:
        from portal.files import Damaged, FileRefused

        is_archive = name.casefold().endswith(".zip")
        why = self._why_not(info, name, is_archive=is_archive)
        if why is None:
            try:
                unpacked = self._unpacked(archive, info, name)
                if not is_archive:
                    yield Member(name, unpacked)
                else:
                    yield from self._inner(unpacked, name)
                    unpacked.unlink(missing_ok=True)
                return
            except FileRefused as error:
                why = error.message
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
                why = Damaged.message
        self._skipped.append(Skipped(name, why))

    def _why_not(self, info: zipfile.ZipInfo, name: str, *, is_archive: bool) -> TranslationString | None:
        from portal.files import TooLarge

        if info.flag_bits & _ENCRYPTED_FLAG:
            return EncryptedPaper.message
        if not is_archive and not name.casefold().endswith(EXTENSIONS):
            return FormatUnknown.message
        return TooLarge(self._limits.size).message if info.file_size > self._limits.size else None

    def _inner(self, unpacked: Path, name: str) -> Iterator[Member]:
        from portal.files import UnpacksTooLarge

        if self._budget.depth <= 0:
            raise UnpacksTooLarge()
        self._budget.depth -= 1
        try:
            inner = list(self.over(unpacked, f"{name}/"))  # few: the budget counts them all
        finally:
            self._budget.depth += 1
        return iter(inner)

    def _unpacked(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Path:
        self._count += 1
        target = self._into / f"{self._count}.{name.rpartition('.')[2].casefold()}"
        with archive.open(info) as entry, target.open("wb") as out:
            shutil.copyfileobj(entry, out)  # never more than it declares, which was paid for
        return target


def true_name(info: zipfile.ZipInfo) -> str:
    """The name as the sender wrote it: old programs give bytes without an encoding, which `zipfile` reads as CP437."""
    name = _unicode_path(info) or (info.filename if info.flag_bits & _UTF8_FLAG else _repaired(info.filename))
    name = without_controls(without_invisible(nfc(name))).replace("\\", "/")
    parts = [part.strip() for part in name.split("/")]
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "khong-ten"


def _repaired(name: str) -> str:
    if name.isascii():
        return name
    try:
        content = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        encoding = recognise(content).encoding
    if encoding is not None:
        return convert(content.decode("latin-1"), encoding)
    vietnamese = nfc(convert(content.decode("latin-1"), CP1258))
    return vietnamese if _is_plausible(vietnamese) else name


def _is_plausible(name: str) -> bool:
    return all(sign.isalnum() or sign in " ._-()[]{}&+,;'–—“”‘’!@#%=/" for sign in name)


def _unicode_path(info: zipfile.ZipInfo) -> str | None:
    """The name in the extra field that Info-ZIP and 7-Zip write, when it belongs to this very name."""
    extra = info.extra
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            try:
                given = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8_FLAG else "cp437")
                checksum = struct.unpack_from("<I", field, 1)[0]
                return field[5:].decode("utf-8") if zlib.crc32(given) == checksum else None
            except (UnicodeError, struct.error):
                return None
    return None
