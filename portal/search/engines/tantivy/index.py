"""The door to the engine: `TantivyIndex`, an index in a folder of its own."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

import tantivy

from portal.search.engine import EXACT, FOLDED, NUMBER, Damaged, Term, Unit
from portal.search.engines.tantivy.checking import META, check_files
from portal.search.engines.tantivy.columns import Columns
from portal.search.engines.tantivy.postings import SPARSE, Postings
from portal.search.engines.tantivy.records import Records
from portal.search.engines.tantivy.schema import prepared, schema
from portal.search.engines.tantivy.searching import TantivySearcher
from portal.search.engines.tantivy.snapshot import Snapshot, following, reading
from portal.search.engines.tantivy.writing import TantivyWriter, build

_DENSE_FIELDS = (EXACT, FOLDED, NUMBER)
"""Fields of concepts: their common terms are kept as bitmaps on disk."""
_DENSE_AGAIN = 5_000
"""After so many new slots, and a tenth of all, these bitmaps are made anew."""
_MEMORY = 16 << 20


class TantivyIndex:
    """An index in a folder. One process writes; any number read, each at its own pace."""

    def __init__(self, folder: Path, index: tantivy.Index, records: Records, memory: int) -> None:
        self._folder, self._index, self._records = folder, prepared(index), records
        self._postings = Postings(records, memory)
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._searcher: TantivySearcher | None = None

    @classmethod
    def create(cls, folder: Path) -> Self:
        """A new, empty one; the folder exists and is empty."""
        records = Records.create(folder)
        with reading():
            index = tantivy.Index(schema(), str(folder), reuse=False)
        return cls(folder, index, records, _MEMORY)

    @classmethod
    def open(cls, folder: Path, *, memory: int) -> Self:
        """One that `create` made. `memory`: bytes of bitmaps to keep. Raises `Damaged`."""
        check_files(folder, whole=False)
        records = Records.open(folder)
        with reading():
            index = tantivy.Index.open(str(folder))
        opened = cls(folder, index, records, memory)
        opened.searcher()
        return opened

    def build(self, documents: Iterable[tuple[str, Sequence[Unit]]]) -> None:
        """Fill an empty index and commit."""
        build(self._folder, self._index, documents)
        self._keep_dense()

    def writer(self) -> TantivyWriter:
        """Begin to write. Raises `Locked` while another does."""
        return TantivyWriter(self._folder, self._index, self._keep_dense)

    def searcher(self) -> TantivySearcher:
        """A snapshot of the last commit; the same object while nothing is new."""
        if self._searcher is None or self._stamp() != self._seen:
            with self._lock:
                stamp = self._stamp()
                if self._searcher is None or stamp != self._seen:
                    self._follow()
                    self._seen = stamp
        assert self._searcher is not None
        return self._searcher

    def check(self) -> None:
        """Read everything. Raises `Damaged`."""
        check_files(self._folder, whole=True)
        self._records.check()
        with reading():
            self._index.reload()
            fresh = self._index.searcher()
            following(Columns.none(), self._records, self._index, fresh)

    def close(self) -> None:
        self._searcher = self._snapshot = None
        self._records.close()

    def _stamp(self) -> tuple[int, int, int]:
        try:
            found = (self._folder / META).stat()
        except OSError as error:
            raise Damaged(f"{META}: {error}") from error
        return found.st_mtime_ns, found.st_ino, found.st_size

    def _follow(self) -> None:
        before = self._snapshot
        with reading():
            self._index.reload()
            searcher = self._index.searcher()
        columns = following(before.columns if before else Columns.none(), self._records, self._index, searcher)
        serial = before.serial + 1 if before else 1
        self._snapshot = Snapshot(searcher, self._index.schema, columns, serial)
        self._searcher = TantivySearcher(self._snapshot, self._records, self._postings)

    def _keep_dense(self) -> None:
        self.searcher()
        snapshot = self._snapshot
        assert snapshot is not None
        new = snapshot.columns.taken - self._records.dense_slots()
        if new > max(_DENSE_AGAIN, snapshot.columns.taken // 10):
            self._records.begin()
            self._records.put_dense(self._dense(snapshot))
            self._records.commit()

    def _dense(self, snapshot: Snapshot) -> Iterator[tuple[str, str, int, bytes]]:
        for name in _DENSE_FIELDS:
            for text, times in snapshot.terms(name):
                if times * SPARSE < snapshot.columns.taken:
                    break
                bits = self._postings.bits(Term(name, text), snapshot)
                if bits is not None:
                    yield name, text, snapshot.columns.taken, bits.tobytes()
