"""Just enough of Microsoft's compound file format ([MS-CFB]) to read the names in its directory."""

import struct
from typing import BinaryIO

from portal.files.errors import Damaged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_REAL = 0xFFFFFFFA
_ENTRY = 128
_MOST_SECTORS = 4096
"""Of the directory: far more than any real document has."""


def entry_names(stream: BinaryIO) -> frozenset[str]:
    """The names of all storages and streams. Raises `Damaged`."""
    stream.seek(0)
    header = stream.read(512)
    if len(header) < 512 or not header.startswith(MAGIC):
        raise Damaged()
    shift = struct.unpack_from("<H", header, 30)[0]
    if shift not in (9, 12):
        raise Damaged()
    sector_size = 1 << shift
    first = struct.unpack_from("<I", header, 48)[0]
    table = _AllocationTable(stream, sector_size, struct.unpack_from("<109I", header, 76))
    names: set[str] = set()
    for sector in table.chain(first):
        names.update(_names_in(_sector(stream, sector, sector_size)))
    return frozenset(names)


class _AllocationTable:
    """Which sector follows which. The first 109 sectors of the table suffice for directories of up to 7 MB in."""

    def __init__(self, stream: BinaryIO, sector_size: int, sectors: tuple[int, ...]) -> None:
        self._stream, self._size, self._sectors = stream, sector_size, sectors

    def _next(self, sector: int) -> int:
        index, offset = divmod(sector, self._size // 4)
        if index >= len(self._sectors) or self._sectors[index] >= _LAST_REAL:
            return _LAST_REAL
        found: int = struct.unpack_from("<I", _sector(self._stream, self._sectors[index], self._size), offset * 4)[0]
        return found

    def chain(self, sector: int) -> list[int]:
        """The sectors of a stream in order. Raises `Damaged` when it goes in a circle."""
        found: list[int] = []
        while sector < _LAST_REAL:
            found.append(sector)
            if len(found) > _MOST_SECTORS:
                raise Damaged()
            sector = self._next(sector)
        return found


def _sector(stream: BinaryIO, number: int, size: int) -> bytes:
    stream.seek((number + 1) * size)
    data = stream.read(size)
    if len(data) < _ENTRY:
        raise Damaged()
    return data.ljust(size, b"\xff")


def _names_in(sector: bytes) -> list[str]:
    names = []
    for start in range(0, len(sector) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", sector, start + 64)
        if kind in (1, 2, 5) and 2 <= length <= 64:
            names.append(sector[start : start + length - 2].decode("utf-16-le", "replace"))
    return names
