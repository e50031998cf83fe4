"""All that is read and written of Whoosh 2.7.4 beyond what it promises: its W3 segments and its table of contents.

Here lists are read as arrays; `private_writer` puts whole lists down at once (Whoosh's own sorts and pickles single
postings). The files stay plain W3: a contract test reads both ways with Whoosh alone.
"""

import pickle
import struct
from array import array
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3Segment
from whoosh.fields import ID, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import FileFormatError, OrderedHashReader
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC, EmptyIndexError, IndexVersionError, clean_files

from portal.search.engine import FIELDS, Damaged
from portal.search.engines.whoosh.files import Bytes, sync

NAME = "MAIN"
BROKEN = (
    struct.error,
    pickle.UnpicklingError,
    EmptyIndexError,
    IndexVersionError,
    FileFormatError,
    EOFError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    ImportError,
    MemoryError,
)
"""What reading broken bytes can raise, in Whoosh, pickle and NumPy."""

INFO = struct.Struct("!BfIBBfII")
"""Entry of a term: whether its list follows, total weight, rows, least and greatest length, greatest weight, first and
last row."""
PLACE = struct.Struct("!qi")
"""Where something begins, and how long it is."""

Array = NDArray[Any]


class Storage(FileStorage):
    """Whoosh's folder, whose renaming is durable."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        sync(Path(self.folder) / oldname)
        super().rename_file(oldname, newname, safe=safe)
        sync(Path(self.folder))


def schema() -> Any:
    """The fields of units: terms with weights and no positions."""
    made = Schema()
    for name in FIELDS:
        kind = ID()
        kind.scorable = True
        made.add(name, kind)
    return made


def new_segment() -> Any:
    return W3Segment(W3Codec(), NAME)


def segment_like(segment: Any, deleted: set[int]) -> Any:
    """The same segment with these rows deleted."""
    copy = W3Segment(W3Codec(), NAME, segment.doc_count_all(), segment.segid, set(deleted) or None)
    copy._fieldlengths = segment._fieldlengths
    return copy


def latest(storage: Storage) -> int:
    """Number of the last commit; -1 in a folder without one, or without a folder."""
    try:
        found: int = TOC._latest_generation(storage, NAME)
    except FileNotFoundError:
        return -1
    return found


def contents(storage: Storage, generation: int) -> list[Any]:
    """The segments of a commit. Raises `FileNotFoundError` when a later one has replaced it, and `Damaged`."""
    try:
        found = TOC.read(storage, NAME, gen=generation, schema=SCHEMA).segments
        if not all(isinstance(each, W3Segment) for each in found):
            raise Damaged("the table of contents holds something else")
    except BROKEN as error:
        raise Damaged(f"table of contents {generation}: {error!r}") from error
    return list(found)


def write_contents(storage: Storage, generation: int, segments: list[Any]) -> None:
    """Commit: after this returns, readers see these segments, also after a power failure."""
    TOC(SCHEMA, segments, generation).write(storage, NAME)


def clean(storage: Storage, generation: int, segments: list[Any]) -> None:
    """Remove what belongs to other commits, also to such as never came about."""
    clean_files(storage, NAME, generation, segments)
    for left in Path(storage.folder).glob(f"_{NAME}_*.toc.*"):
        left.unlink(missing_ok=True)


class _File(StructFile):
    """A file of Whoosh that many threads may read."""

    def __init__(self, content: Bytes) -> None:
        super().__init__(content.stream(), name=content.path.name)
        self._content = content

    def get(self, position: int, length: int) -> bytes:
        return self._content.read(position, length)


class Terms:
    """The dictionary and the posting lists of one segment."""

    def __init__(self, folder: Path, segment: Any) -> None:
        """Raises `FileNotFoundError` and `Damaged`."""
        self.dictionary = Bytes(folder / segment.make_filename(W3Codec.TERMS_EXT))
        self.lists = Bytes(folder / segment.make_filename(W3Codec.POSTS_EXT))
        try:
            file = _File(self.dictionary)
            self._hash = OrderedHashReader(file, self.dictionary.size)
            file.close()
            self._fields: Mapping[str, int] = dict(self._hash.extras["fieldmap"])
        except (*BROKEN, OSError) as error:
            raise Damaged(f"{self.dictionary.path.name}: {error!r}") from error

    def entry(self, field: str, term: str) -> bytes | None:
        """What the dictionary says of a term, for `frequency` and `postings`."""
        number = self._fields.get(field)
        if number is None:
            return None
        try:
            found: bytes | None = self._hash.get(struct.pack("!H", number) + term.encode("utf-8", "surrogatepass"))
        except BROKEN as error:
            raise Damaged(f"{self.dictionary.path.name}: {error!r}") from error
        return found

    def entries(self, field: str) -> Iterator[tuple[str, bytes]]:
        """Every term of a field in order, with its entry."""
        number = self._fields.get(field)
        if number is None:
            return
        prefix = struct.pack("!H", number)
        try:
            place = self._hash.closest_key_pos(prefix)
            end = self._hash.endofdata
            content, base = b"", place or end
            while base < end:
                if len(content) < 8 or len(content) < 8 + sum(struct.unpack_from("!ii", content)):
                    content += self.dictionary.read(base + len(content), min(1 << 20, end - base - len(content)))
                at = 0
                while at + 8 <= len(content):
                    of_key, of_value = struct.unpack_from("!ii", content, at)
                    stop = at + 8 + of_key + of_value
                    if stop > len(content) or min(of_key, of_value) < 0:
                        break
                    key = content[at + 8 : at + 8 + of_key]
                    if not key.startswith(prefix):
                        return
                    yield key[2:].decode("utf-8", "surrogatepass"), content[at + 8 + of_key : stop]
                    at = stop
                if not at and base + len(content) >= end:
                    raise Damaged(f"{self.dictionary.path.name}: an entry without an end")
                content, base = content[at:], base + at
        except BROKEN as error:
            raise Damaged(f"{self.dictionary.path.name}: {error!r}") from error

    def postings(self, entry: bytes) -> tuple[Array, Array]:
        """Rows (int32, ascending) and weights (unsigned, of any size)."""
        try:
            inlined, total, count, _, _, _, first, _ = INFO.unpack_from(entry)
            if count == 1:
                return np.array([first], np.int32), np.array([total], np.uint32)
            if inlined:
                rows, weights, _ = _Plain(BytesIO(entry[INFO.size :])).load()
                return np.array(rows, np.int32), np.array(weights).astype(np.uint32)
            found = list(self._blocks(*PLACE.unpack_from(entry, INFO.size)))
        except BROKEN as error:
            raise Damaged(f"{self.lists.path.name}: {error!r}") from error
        if sum(len(rows) for rows, _ in found) != count:
            raise Damaged(f"{self.lists.path.name}: a list of another length")
        return found[0] if len(found) == 1 else _joined(found)

    def _blocks(self, start: int, length: int) -> Iterator[tuple[Array, Array]]:
        content = BytesIO(self.lists.read(start, length))
        if content.read(4) != WHOOSH3_HEADER_MAGIC:
            raise Damaged(f"{self.lists.path.name}: no list at {start}")
        following = 1
        while following > 0:
            (following,) = struct.unpack("!i", content.read(4))
            plain = _Plain(content)
            count = plain.load()[0]
            deltas, weights, _ = plain.load()
            rows = np.cumsum(_numbers(deltas), dtype=np.int32)
            if weights is None or isinstance(weights, float):
                yield rows, np.full(count, weights or 1, np.uint32)
            else:
                yield rows, _numbers(weights)


def frequency(entry: bytes) -> int:
    """In how many rows the term of an entry stands."""
    found: int = INFO.unpack_from(entry)[2]
    return found


def _numbers(values: Any) -> Array:
    return np.frombuffer(values, values.typecode) if isinstance(values, array) else np.array(values).astype(np.uint32)


def _joined(found: list[tuple[Array, Array]]) -> tuple[Array, Array]:
    return np.concatenate([rows for rows, _ in found]), np.concatenate([weights for _, weights in found])


class _Plain(pickle.Unpickler):
    """Numbers and arrays of numbers; damaged bytes cannot name anything else."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "array" and name in {"array", "_array_reconstructor"}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} in a posting list")


SCHEMA = schema()
