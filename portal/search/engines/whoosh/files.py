"""Files that are read at any place by many threads, and that stay readable after others have removed them."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO
from weakref import finalize
from zlib import crc32

from portal.search.engine import Damaged

_AT_ONCE = 1 << 20


class Bytes:
    """An open file. Reads leave no pages in this process, unlike a map of the file into memory."""

    def __init__(self, path: Path) -> None:
        """Raises `FileNotFoundError`."""
        self.path = path
        self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        finalize(self, os.close, self._fd)
        self.size = os.fstat(self._fd).st_size

    def read(self, start: int, length: int) -> bytes:
        """Exactly so many bytes. Raises `Damaged` when they are not there."""
        if start < 0 or length < 0 or start + length > self.size:
            raise Damaged(f"{self.path.name}: nothing at {start}+{length}")
        found = os.pread(self._fd, length, start)
        while len(found) < length:
            more = os.pread(self._fd, length - len(found), start + len(found))
            if not more:
                raise Damaged(f"{self.path.name}: ends at {start + len(found)}")
            found += more
        return found

    def stream(self) -> BinaryIO:
        """The same file, also when its name is gone, to be read from the beginning."""
        os.lseek(self._fd, 0, os.SEEK_SET)
        return os.fdopen(os.dup(self._fd), "rb", buffering=0)

    def checksum(self, start: int = 0, end: int | None = None) -> int:
        """CRC-32 of a part."""
        found, end = 0, self.size if end is None else end
        while start < end:
            found = crc32(self.read(start, min(_AT_ONCE, end - start)), found)
            start += _AT_ONCE
        return found


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def sync_all(paths: list[Path]) -> None:
    """All at once: the file system joins what waits together."""
    with ThreadPoolExecutor(len(paths)) as pool:
        list(pool.map(sync, paths))
