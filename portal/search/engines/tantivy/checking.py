"""Whether tantivy's files are whole. Each ends with a note of its checksum: JSON, its length, a magic number."""

import json
import struct
import zlib
from pathlib import Path

from portal.search.engine import Damaged

_MAGIC = 1337
_END = struct.Struct("<II")
_CHUNK = 1 << 20
META = "meta.json"


def check_files(folder: Path, *, whole: bool) -> None:
    """Raises `Damaged`. `whole`: read everything; else only see whether the files are there to their ends."""
    for path in _files(folder):
        try:
            body, expected = _noted(path)
            if whole and _checksum(path, body) != expected:
                raise Damaged(f"{path.name}: its checksum is another one")
        except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
            raise Damaged(f"{path.name}: {error}") from error


def _files(folder: Path) -> list[Path]:
    """Those of the segments of the last commit. Without the terms or the columns a segment is nothing."""
    try:
        segments = json.loads((folder / META).read_bytes())["segments"]
        names = [segment["segment_id"].replace("-", "") for segment in segments]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(f"{META}: {error}") from error
    for name in names:
        for ending in ("term", "idx", "fast", "fieldnorm"):
            if not (folder / f"{name}.{ending}").is_file():
                raise Damaged(f"{name}.{ending} is missing")
    return [path for path in folder.iterdir() if path.stem.partition(".")[0] in names and path.suffix != ".tmp"]


def _noted(path: Path) -> tuple[int, int]:
    """How many bytes come before the note, and their checksum."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(size - _END.size)
        length, magic = _END.unpack(file.read(_END.size))
        if magic != _MAGIC or length > size - _END.size:
            raise ValueError("its end is missing")
        file.seek(size - _END.size - length)
        return size - _END.size - length, int(json.loads(file.read(length))["crc"])


def _checksum(path: Path, body: int) -> int:
    found = 0
    with path.open("rb") as file:
        while body > 0:
            chunk = file.read(min(_CHUNK, body))
            if not chunk:
                break
            found = zlib.crc32(chunk, found)
            body -= len(chunk)
    return found
