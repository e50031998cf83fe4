"""Whoosh's dictionary, posting lists and lengths of a segment, written at once; see `private`."""

import pickle
import struct
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from whoosh.codec.whoosh3 import LENGTHS_COLUMN, WHOOSH3_HEADER_MAGIC, W3Codec
from whoosh.util.numeric import length_to_byte

from portal.search.engines.whoosh.private import INFO, PLACE, Array, Storage

_INLINE = 4
"""Lists so short stand in the dictionary itself."""
_ANY_LENGTH = 0, 255
"""Least and greatest length of a block, as Whoosh's bytes: the true ones lie between."""


@dataclass(frozen=True, slots=True)
class Postings:
    """All lists of a field, one after the other in the order of the terms: list i is `rows[starts[i]:starts[i+1]]`."""

    terms: list[bytes]
    starts: Array
    rows: Array
    """Ascending within a list."""
    weights: Array


def write_lengths(storage: Storage, segment: Any, lengths: Mapping[str, Array]) -> None:
    """Whoosh's own columns of lengths, rounded to a byte; we keep exact ones elsewhere."""
    for field, values in lengths.items():
        writer = LENGTHS_COLUMN.writer(storage.create_file(segment.make_filename(f"._{field}_len{W3Codec.COLUMN_EXT}")))
        for row, length in enumerate(values.tolist()):
            writer.add(row, length_to_byte(length))
        writer.finish(len(values))
        writer._dbfile.close()
    segment._fieldlengths = {field: int(values.sum()) for field, values in lengths.items()}


def write_terms(folder: Path, segment: Any, fields: Iterator[tuple[str, Postings]]) -> list[Path]:
    """The dictionary and the lists of a segment, field by field."""
    paths = [folder / segment.make_filename(each) for each in (W3Codec.TERMS_EXT, W3Codec.POSTS_EXT)]
    with paths[0].open("wb") as dictionary, paths[1].open("wb") as lists:
        table = _Table(dictionary)
        numbers: dict[str, int] = {}
        for field, postings in fields:
            numbers[field] = len(numbers)
            prefix = struct.pack("!H", numbers[field])
            for term, entry in zip(postings.terms, _entries(lists, postings), strict=True):
                table.add(prefix + term, entry)
        table.finish({"fieldmap": numbers})
    return paths


def _entries(lists: Any, postings: Postings) -> Iterator[bytes]:
    """Write each list; give the entry of its term."""
    if not postings.terms:
        return
    heads, rows, weights = postings.starts[:-1], postings.rows, postings.weights
    deltas = np.zeros_like(rows)
    deltas[1:] = rows[1:] - rows[:-1]
    deltas[heads] = rows[heads]
    narrow, wide, light = (each.tobytes() for each in (deltas.astype("u1"), deltas.astype("u2"), weights.astype("u1")))
    columns = (
        heads,
        postings.starts[1:],
        np.maximum.reduceat(deltas, heads),
        np.minimum.reduceat(weights, heads),
        np.maximum.reduceat(weights, heads),
        np.add.reduceat(weights, heads, dtype=np.float64),
        rows[heads],
        rows[postings.starts[1:] - 1],
    )
    at = lists.tell()
    for start, end, gap, least, most, total, first, last in zip(*(each.tolist() for each in columns), strict=True):
        count = end - start
        info = INFO.pack(count <= _INLINE, total, count, *_ANY_LENGTH, most, first, last)
        if count <= _INLINE:
            few = tuple(map(float, weights[start:end])) if least != most else (float(most),) * count
            yield info + pickle.dumps((tuple(rows[start:end].tolist()), few, (b"",) * count), 3)
            continue
        if gap < 1 << 16:
            ids = array("B", narrow[start:end]) if gap < 1 << 8 else array("H", wide[2 * start : 2 * end])
        else:
            ids = array("I", deltas[start:end].astype("u4").tobytes())
        if least == most:
            heavy: Any = None if most == 1 else float(most)
        elif most < 1 << 8:
            heavy = array("B", light[start:end])
        else:
            code = "H" if most < 1 << 16 else "I"
            heavy = array(code, weights[start:end].astype(code).tobytes())
        block = pickle.dumps((count, last, float(most), 0, *_ANY_LENGTH), 2) + pickle.dumps((ids, heavy, None), 3)
        written = WHOOSH3_HEADER_MAGIC + struct.pack("!i", -len(block)) + block
        lists.write(written)
        yield info + PLACE.pack(at, len(written))
        at += len(written)


class _Table:
    """What `OrderedHashWriter` writes, hashed by CRC-32 and put down in large pieces; keys come in order."""

    _AT_ONCE = 8192

    def __init__(self, file: Any) -> None:
        self._file = file
        self._pieces = [b"HSH3", b"\x01", bytes(8)]
        self._at = 13
        self._hashes = array("I")
        self._places = array("q")

    def add(self, key: bytes, value: bytes) -> None:
        self._hashes.append(crc32(key))
        self._places.append(self._at)
        self._pieces += (struct.pack("!ii", len(key), len(value)), key, value)
        self._at += 8 + len(key) + len(value)
        if len(self._pieces) > self._AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        self._file.write(b"".join(self._pieces))
        self._pieces = []

    def finish(self, extras: dict[str, Any]) -> None:
        self._flush()
        hashes, places = np.frombuffer(self._hashes, "u4"), np.frombuffer(self._places, "i8")
        order = np.argsort(hashes & 255, kind="stable")
        bounds = np.searchsorted(hashes[order] & 255, np.arange(257))
        directory = []
        for bucket in range(256):
            mine = order[bounds[bucket] : bounds[bucket + 1]]
            directory.append(PLACE.pack(self._at, 2 * len(mine)))
            if len(mine):
                slots = _slots(hashes[mine], places[mine])
                self._file.write(slots)
                self._at += len(slots)
        code = "H" if not len(places) or places[-1] < 1 << 16 else "i" if places[-1] < 1 << 31 else "q"
        trailer = pickle.dumps({**extras, "indextype": code, "indexlen": len(places)}, 2)
        trailer += places.astype(f">{np.dtype(code).char}").tobytes()
        self._file.write(b"".join(directory) + trailer + struct.pack("!i", len(trailer)))


def _slots(hashes: Array, places: Array) -> bytes:
    """A hash table, open addressing, twice as large as what it holds."""
    count = 2 * len(hashes)
    taken = bytearray(count)
    slots = []
    for slot in ((hashes >> 8) % count).tolist():
        while taken[slot]:
            slot = (slot + 1) % count  # noqa: PLW2901  # the next free one
        taken[slot] = 1
        slots.append(slot)
    table = np.zeros(count, _SLOT)
    table["hash"][slots] = hashes
    table["place"][slots] = places
    return table.tobytes()


_SLOT = np.dtype([("hash", ">u4"), ("place", ">i8")])
