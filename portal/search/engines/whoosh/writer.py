"""The one writer of an index. Deletions are marks in Whoosh's table of contents; new units make a new segment."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from whoosh.util.filelock import try_for

from portal.search.engine import Unit
from portal.search.engines.whoosh import merging, private
from portal.search.engines.whoosh.batch import Batch
from portal.search.engines.whoosh.segment import Segment

_PATIENCE = 10.0
"""Seconds to wait for another writer."""


class WhooshWriter:
    """See `portal.search.engine.Writer`. `opened` gives segments by Whoosh's records of them."""

    def __init__(self, storage: private.Storage, opened: Callable[[Sequence[Any]], list[Segment]]) -> None:
        """Raises `BlockingIOError` while another process writes, and `Damaged`."""
        self._storage = storage
        self._opened = opened
        self._lock = storage.lock(f"{private.NAME}_WRITELOCK")
        self._closed = False
        if not try_for(self._lock.acquire, timeout=_PATIENCE, delay=0.02):
            self._closed = True
            raise BlockingIOError("another process writes into this index")
        self._pending: dict[str, Sequence[Unit]] = {}

    def replace(self, uid: str, units: Sequence[Unit]) -> None:
        self._pending[uid] = units

    def commit(self) -> None:
        if not self._pending:
            return
        generation = private.latest(self._storage)
        records = private.contents(self._storage, generation)
        segments = self._opened(records)
        live = [_without(record, segment, self._pending) for record, segment in zip(records, segments, strict=True)]
        sizes = [int(np.count_nonzero(each)) for each in live]
        new = sum(map(len, self._pending.values()))
        joined = [place for place in merging.chosen(sizes, new) if sizes[place]]
        batch = Batch(self._storage)
        try:
            for place in joined:
                batch.merge(segments[place], live[place])
            for units in self._pending.values():
                for unit in units:
                    batch.add(unit)
            kept = [
                private.segment_like(record, set(np.flatnonzero(~mask).tolist()))
                for place, (record, mask) in enumerate(zip(records, live, strict=True))
                if sizes[place] and place not in joined
            ]
            written = [*kept, batch.finish()] if len(batch) else kept
            private.write_contents(self._storage, generation + 1, written)
        except BaseException:
            if private.latest(self._storage) == generation:
                batch.drop()
            raise
        self._pending = {}
        if not len(batch):
            batch.drop()
        private.clean(self._storage, generation + 1, written)

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._pending = {}
            self._lock.release()


def _without(record: Any, segment: Segment, uids: Sequence[str] | dict[str, Any]) -> private.Array:
    """Rows of a segment that stay live when these documents are gone."""
    live = np.ones(segment.count, np.bool_)
    live[np.fromiter(record.deleted_docs(), np.int64)] = False
    for uid in uids:
        live[segment.rows_of(uid)] = False
    return live
