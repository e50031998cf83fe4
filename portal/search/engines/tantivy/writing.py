"""Writing: records first, then tantivy, whose commit is what makes units live."""

import contextlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from errno import EIO
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import tantivy

from portal.clock import now
from portal.search.engine import Unit
from portal.search.engines.tantivy.checking import META
from portal.search.engines.tantivy.records import Contents, Records, Row
from portal.search.engines.tantivy.schema import SLOT, UID, row
from portal.search.engines.tantivy.snapshot import of_these, reading

_HEAP, _HEAP_TO_BUILD = 32_000_000, 256_000_000
_KEPT = 600
"""Seconds that the records of dead units stay for those who still look at them."""
_SMALL = 2_000
"""An index of at most so many units forgets what was removed at once (`_tidy`)."""
_DEAD = 50
"""It is tidied when one unit in so many is dead."""
_BATCH = 500
"""Documents handed over at once."""


class Locked(Exception):
    """Another process or writer is writing to this index."""


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    """What tantivy could not write (a full disk, a lost folder) as `OSError`."""
    try:
        yield
    except ValueError as error:
        number = re.search(r"os error (\d+)|code: (\d+)", str(error))
        raise OSError(int(number[1] or number[2]) if number else EIO, str(error)) from error


def _opened(index: tantivy.Index, heap: int) -> tantivy.IndexWriter:
    try:
        return index.writer(heap, 1)
    except ValueError as error:
        if "LockBusy" in str(error) or "lock" in str(error).lower():
            raise Locked("another writer has this index open") from error
        raise OSError(EIO, str(error)) from error


def _rows(first: int, uid: str, units: Sequence[Unit], *, with_terms: bool) -> tuple[list[Row], list[Contents]]:
    """Units of a document on the slots from `first` on."""
    passages = sorted({unit.anchor for unit in units if not unit.head})
    places = {anchor: place for place, anchor in enumerate(passages, start=1)}
    rows, contents = [], []
    for slot, unit in enumerate(units, start=first):
        facets = json.dumps(unit.facets, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        place = 0 if unit.head else places[unit.anchor]
        rows.append(Row(slot, uid, first, place, unit.version, unit.day, facets))
        terms = orjson.dumps(unit.terms, default=dict) if with_terms else None
        contents.append(Contents(slot, orjson.dumps(unit.brief, default=dict), unit.text, terms))
    return rows, contents


class TantivyWriter:
    """Holds tantivy's lock from the beginning until `close`. `committed` is called after each commit."""

    def __init__(self, folder: Path, index: tantivy.Index, committed: Callable[[], Any]) -> None:
        self._writer: tantivy.IndexWriter | None = _opened(index, _HEAP)
        self._records = Records.open(folder, one=True)
        self._committed = committed
        self._mend(index)
        self._meta, self._schema = folder / META, index.schema
        self._next = self._begun = self._records.next_slot()
        self._pending: dict[str, list[tuple[int, Mapping[str, Mapping[str, int]]]]] = {}
        self._added = 0

    def _mend(self, index: tantivy.Index) -> None:
        """After a crash between the two commits: tantivy says what is live."""
        with reading():
            index.reload()
            searcher = index.searcher()
            hits = searcher.search(
                tantivy.Query.all_query(), max(1, searcher.num_docs), count=False, order_by_field=SLOT
            ).hits
        live = np.array([slot for slot, _ in hits], dtype=np.int64)
        never = np.setdiff1d(np.array(list(self._records.undead()), dtype=np.int64), live)
        wrong = np.intersect1d(np.array(self._records.died(), dtype=np.int64), live)
        if len(never) or len(wrong):
            self._records.begin()
            self._records.disown(never.tolist(), _second())
            self._records.revive(wrong.tolist())
            self._records.commit()

    def replace(self, uid: str, units: Sequence[Unit]) -> None:
        rows, contents = _rows(self._next, uid, units, with_terms=self._next < _SMALL or self._is_small())
        self._records.begin()
        self._records.kill(uid, _second())
        self._records.add(rows, contents)
        self._pending[uid] = [(self._next + number, unit.terms) for number, unit in enumerate(units)]
        self._next += len(units)
        if len(self._pending) >= _BATCH:
            self._hand_over()

    def _hand_over(self) -> None:
        """Give tantivy what is pending; of a document that changed again meanwhile it never sees the first."""
        with _writing():
            assert self._writer is not None
            for uid, units in self._pending.items():
                self._writer.delete_documents_by_term(UID, uid)
                for slot, terms in units:
                    self._writer.add_document(row(uid, slot, terms))
                self._added += len(units)
        self._pending.clear()

    def commit(self) -> None:
        self._records.begin()
        self._hand_over()
        self._tidy()
        self._records.bury(_second() - _KEPT)
        self._records.commit()
        with _writing():
            assert self._writer is not None
            self._writer.commit()
        self._begun, self._added = self._next, 0
        self._committed()

    def _is_small(self) -> bool:
        return self._held() <= _SMALL

    def _held(self) -> int:
        """How many units tantivy has on disk, dead ones too."""
        return sum(int(segment["max_doc"]) for segment in json.loads(self._meta.read_bytes())["segments"])

    def _tidy(self) -> None:
        """Write a small index anew, on the same slots, when part of it is dead: tantivy counts the dead among those
        that hold a term until segments are merged, and where units are few that moves every score.
        """
        held = self._held() + self._added
        if held > _SMALL:
            return
        live = self._records.undead()
        old = {slot: uid for slot, uid in live.items() if slot < self._begun}
        terms = self._records.terms(list(old))
        if (held - len(live)) * _DEAD <= held or len(terms) < len(old):
            return
        with _writing():
            assert self._writer is not None
            if old:
                self._writer.delete_documents_by_query(of_these(self._schema, list(old)))
            for slot, uid in old.items():
                self._writer.add_document(row(uid, slot, orjson.loads(terms[slot])))

    def close(self) -> None:
        writer, self._writer = self._writer, None
        if writer is None:
            return
        with contextlib.suppress(OSError):
            self._records.rollback()
        self._records.close()
        with contextlib.suppress(ValueError):
            writer.rollback()
            writer.wait_merging_threads()


def build(folder: Path, index: tantivy.Index, documents: Iterable[tuple[str, Sequence[Unit]]]) -> None:
    """Fill an empty index: tantivy and the records work in threads of their own beside the caller's analysis."""
    writer = _opened(index, _HEAP_TO_BUILD)
    records = Records.open(folder, one=True)
    pending: list[Future[None]] = []
    try:
        with ThreadPoolExecutor(1) as beside:
            for batch in _batches(documents):
                if len(pending) > 1:
                    pending.pop(0).result()
                pending.append(beside.submit(_store, records, *batch[:2]))
                with _writing():
                    for slot, uid, terms in batch[2]:
                        writer.add_document(row(uid, slot, terms))
        for stored in pending:
            stored.result()
        with _writing():
            writer.commit()
            writer.wait_merging_threads()
    finally:
        records.close()


def _batches(
    documents: Iterable[tuple[str, Sequence[Unit]]],
) -> Iterator[tuple[list[Row], list[Contents], list[tuple[int, str, Any]]]]:
    slot = 0
    rows: list[Row] = []
    contents: list[Contents] = []
    terms: list[tuple[int, str, Any]] = []
    for uid, units in documents:
        new_rows, new_contents = _rows(slot, uid, units, with_terms=slot < _SMALL)
        rows += new_rows
        contents += new_contents
        terms += [(slot + number, uid, unit.terms) for number, unit in enumerate(units)]
        slot += len(units)
        if len(rows) >= _BATCH:
            yield rows, contents, terms
            rows, contents, terms = [], [], []
    yield rows, contents, terms


def _store(records: Records, rows: list[Row], contents: list[Contents]) -> None:
    records.begin()
    records.add(rows, contents)
    records.commit()


def _second() -> int:
    return int(now().timestamp())
