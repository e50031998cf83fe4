"""The door of the embedded engine."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Self

from portal.search.engine import Damaged, Unit
from portal.search.engines.whoosh import private
from portal.search.engines.whoosh.batch import Batch
from portal.search.engines.whoosh.lists import Lists
from portal.search.engines.whoosh.searcher import WhooshSearcher
from portal.search.engines.whoosh.segment import Segment
from portal.search.engines.whoosh.snapshot import Snapshot
from portal.search.engines.whoosh.writer import WhooshWriter

_MEMORY = 64 << 20
_POSTINGS = 60_000_000
"""So many at once are sorted in memory while an index is built (a gigabyte); more make a further segment."""


class WhooshIndex:
    """See `portal.search.engine.Index`."""

    def __init__(self, folder: Path, memory: int) -> None:
        self._folder = folder
        self._storage = private.Storage(folder)
        self._lists = Lists(memory)
        self._lock = Lock()
        self._segments: dict[str, Segment] = {}
        self._generation = -1
        self._searcher: WhooshSearcher | None = None

    @classmethod
    def create(cls, folder: Path) -> Self:
        private.write_contents(private.Storage(folder), 0, [])
        return cls(folder, _MEMORY)

    @classmethod
    def open(cls, folder: Path, *, memory: int) -> Self:
        made = cls(folder, memory)
        made.searcher()
        return made

    def build(self, documents: Iterable[tuple[str, Sequence[Unit]]]) -> None:
        written: list[Any] = []
        generation = private.latest(self._storage)
        batch = Batch(self._storage)
        try:
            for _uid, units in documents:
                for unit in units:
                    batch.add(unit)
                if batch.postings > _POSTINGS:
                    written.append(batch.finish())
                    batch = Batch(self._storage)
            if len(batch):
                written.append(batch.finish())
            else:
                batch.drop()
            private.write_contents(self._storage, generation + 1, written)
        except BaseException:
            if private.latest(self._storage) == generation:
                batch.drop()
            raise
        private.clean(self._storage, generation + 1, written)

    def writer(self) -> WhooshWriter:
        return WhooshWriter(self._storage, self._opened)

    def searcher(self) -> WhooshSearcher:
        """Raises `Damaged`."""
        with self._lock:
            while True:
                generation = private.latest(self._storage)
                if self._searcher is not None and generation == self._generation:
                    return self._searcher
                try:
                    records = private.contents(self._storage, generation)
                    self._searcher = WhooshSearcher(Snapshot(self._open(records), records, self._lists))
                except FileNotFoundError as error:
                    # a commit has removed them meanwhile; without one they are lost
                    if private.latest(self._storage) == generation:
                        raise Damaged(f"{error.filename} is missing") from error
                    continue
                self._generation = generation
                used = {record.segment_id() for record in records}
                self._segments = {name: each for name, each in self._segments.items() if name in used}
                self._lists.keep(used)

    def _opened(self, records: Sequence[Any]) -> list[Segment]:
        with self._lock:
            return self._open(records)

    def _open(self, records: Sequence[Any]) -> list[Segment]:
        for record in records:
            if record.segment_id() not in self._segments:
                self._segments[record.segment_id()] = Segment(self._folder, record)
        return [self._segments[record.segment_id()] for record in records]

    def check(self) -> None:
        """Raises `Damaged`."""
        self.searcher()
        for segment in list(self._segments.values()):
            segment.check()

    def close(self) -> None:
        with self._lock:
            self._searcher = None
            self._generation = -1
            self._segments = {}
            self._lists.keep(set())
