"""Our own file of a segment: briefs and texts, then the columns of its units as arrays that are used where they lie.

    the briefs (JSON) and texts (zlib) · the arrays · a header (JSON) that says where they lie · a footer

Briefs and texts are read one by one when a result is shown; the arrays and the header are read once, when it is opened.
"""

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import compress, crc32, decompress, error

import numpy as np
import orjson
from numpy.typing import NDArray

from portal.search.engine import Damaged
from portal.search.engines.whoosh.files import Bytes

Array = NDArray[Any]

EXTENSION = ".rows"
_FOOTER = struct.Struct("<8sqqqII")
_MAGIC = b"PORTAL01"
_LEVEL = 1


class Writer:
    """Puts such a file down: first what is stored, unit by unit, then `finish`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("wb")
        self._at = self._checksum = 0
        self._sizes: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return len(self._sizes)

    def add(self, brief: Mapping[str, Any], text: str) -> None:
        packed = json.dumps(brief, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        self.add_packed(packed, compress(text.encode("utf-8", "surrogatepass"), _LEVEL))

    def add_packed(self, brief: bytes, text: bytes) -> None:
        """As they lie in another such file."""
        self._write(brief + text)
        self._sizes.append((len(brief), len(text)))

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._checksum = crc32(content, self._checksum)
        self._at += len(content)

    def finish(self, arrays: Mapping[str, Array], header: Mapping[str, Any]) -> None:
        self._write(bytes(-self._at % 8))
        end_of_stored, of_stored = self._at, self._checksum
        self._checksum = 0
        sizes = np.array(self._sizes, "<u4").reshape(-1, 2)
        ends = np.cumsum(sizes.sum(axis=1, dtype=np.int64))
        places: dict[str, tuple[str, int, int]] = {}
        for name, each in {"ends": ends, "sizes": sizes.ravel(), **arrays}.items():
            values = each.astype(each.dtype.newbyteorder("<"), copy=False)
            places[name] = values.dtype.str, self._at - end_of_stored, len(values)
            self._write(values.tobytes())
            self._write(bytes(-self._at % 8))
        start = self._at
        self._write(json.dumps({**header, "arrays": places}, ensure_ascii=False).encode())
        self._file.write(_FOOTER.pack(_MAGIC, end_of_stored, start, self._at, of_stored, self._checksum))
        self._file.close()

    def close(self) -> None:
        self._file.close()


class Rows:
    """Such a file, opened."""

    def __init__(self, path: Path) -> None:
        """Raises `FileNotFoundError`, and `Damaged` unless its arrays are whole."""
        self._file = Bytes(path)
        footer = self._file.read(self._file.size - _FOOTER.size, _FOOTER.size)
        magic, self._end_of_stored, start, end, self._of_stored, of_arrays = _FOOTER.unpack(footer)
        if magic != _MAGIC or end + _FOOTER.size != self._file.size or not 0 <= self._end_of_stored <= start <= end:
            raise Damaged(f"{path.name}: no footer")
        content = self._file.read(self._end_of_stored, end - self._end_of_stored)
        if crc32(content) != of_arrays:
            raise Damaged(f"{path.name}: its columns have changed")
        self.header: dict[str, Any] = json.loads(content[start - self._end_of_stored :])
        self.arrays: dict[str, Array] = {
            name: np.frombuffer(content, dtype, count, offset)
            for name, (dtype, offset, count) in self.header.pop("arrays").items()
        }
        self._ends = self.arrays.pop("ends")
        self._sizes = self.arrays.pop("sizes").reshape(-1, 2)

    def brief(self, row: int) -> Mapping[str, Any]:
        of_brief, of_text = self._sizes[row].tolist()
        try:
            found: dict[str, Any] = _read(self._file.read(int(self._ends[row]) - of_text - of_brief, of_brief))
        except ValueError as broken:
            raise Damaged(f"{self._file.path.name}: brief {row}") from broken
        return found

    def text(self, row: int) -> str:
        of_text = int(self._sizes[row][1])
        try:
            content = decompress(self._file.read(int(self._ends[row]) - of_text, of_text))
        except error as broken:
            raise Damaged(f"{self._file.path.name}: text {row}") from broken
        return content.decode("utf-8", "surrogatepass")

    def packed(self, rows: Sequence[int]) -> Iterator[tuple[bytes, bytes]]:
        """Briefs and texts of these rows as they lie."""
        for row in rows:
            of_brief, of_text = self._sizes[row].tolist()
            content = self._file.read(int(self._ends[row]) - of_text - of_brief, of_brief + of_text)
            yield content[:of_brief], content[of_brief:]

    def check(self) -> None:
        """Raises `Damaged`."""
        if self._file.checksum(0, self._end_of_stored) != self._of_stored:
            raise Damaged(f"{self._file.path.name}: what is stored has changed")


def _read(brief: bytes) -> Any:
    try:
        return orjson.loads(brief)
    except orjson.JSONDecodeError:  # a half of a character, which only the slower one reads
        return json.loads(brief.decode("utf-8", "surrogatepass"))
