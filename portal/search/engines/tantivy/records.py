"""What is stored with units, by slot, in a SQLite file beside tantivy's: columns, briefs, texts, bitmaps of terms.

It is committed before tantivy is, and tantivy alone says which slots are live; so after a crash there may be records
too many here, never too few. Records of units that died are kept a while for the snapshots that still show them.
"""

import os
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from portal.search.engine import Damaged

_NAME = "records.sqlite"
_TABLES = """
CREATE TABLE units (
    slot INTEGER PRIMARY KEY, uid TEXT NOT NULL, first INTEGER NOT NULL, place INTEGER NOT NULL,
    version INTEGER NOT NULL, day INTEGER NOT NULL, facets TEXT NOT NULL, died INTEGER
);
CREATE INDEX units_uid ON units (uid);
CREATE INDEX units_died ON units (died) WHERE died IS NOT NULL;
CREATE TABLE contents (slot INTEGER PRIMARY KEY, brief BLOB NOT NULL, text BLOB NOT NULL, terms BLOB);
CREATE TABLE dense (field TEXT, term TEXT, slots INTEGER NOT NULL, bits BLOB NOT NULL, PRIMARY KEY (field, term))
WITHOUT ROWID;
"""
_REFUSED = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_NOMEM")
_NOT_WRITTEN = ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_SHMSIZE")
_AT_ONCE, _ROWS = 500, 4_000
_WAIT = 20.0
"""Seconds that one waits for another's lock on the file."""


class Row(NamedTuple):
    """The columns of a unit. `first`: slot of its document's first unit. `place`: of its anchor among the document's,
    0 the head. `facets`: JSON of facet → values.
    """

    slot: int
    uid: str
    first: int
    place: int
    version: int
    day: int
    facets: str


class Contents(NamedTuple):
    """`brief` and `terms` are JSON; `terms` None where they are not kept."""

    slot: int
    brief: bytes
    text: str
    terms: bytes | None


class Records:
    """The file, for any number of threads. Each has a connection of its own, unless there is to be `one` for a writer
    that goes from thread to thread.
    """

    def __init__(self, folder: Path, *, one: bool = False) -> None:
        self._path = folder / _NAME
        self._of_thread: Any = SimpleNamespace() if one else threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    @classmethod
    def create(cls, folder: Path) -> "Records":
        records = cls(folder)
        with records.using() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(_TABLES)
        return records

    @classmethod
    def open(cls, folder: Path, *, one: bool = False) -> "Records":
        """Raises `Damaged` when it is not there or not ours."""
        if not (folder / _NAME).is_file():
            raise Damaged(f"{_NAME} is missing")
        records = cls(folder, one=one)
        with records.using() as db:
            db.execute("SELECT slot, first FROM units LIMIT 1").fetchall()
        return records

    @contextmanager
    def using(self) -> Iterator[sqlite3.Connection]:
        """The connection of this thread. Turns SQLite's complaints into `Damaged` and `OSError`, but for those of
        a write, whose cause it does not tell.
        """
        try:
            yield self._connection()
        except sqlite3.DatabaseError as error:
            name = getattr(error, "sqlite_errorname", "")
            if name == "SQLITE_FULL":
                raise OSError(ENOSPC, str(error)) from error
            if name in _REFUSED:
                raise OSError(f"{_NAME}: {error}") from error
            if name in _NOT_WRITTEN:
                raise
            raise Damaged(f"{_NAME}: {error}") from error

    def _connection(self) -> sqlite3.Connection:
        known = getattr(self._of_thread, "connection", None)
        if known is not None and self._of_thread.process == os.getpid():
            assert isinstance(known, sqlite3.Connection)
            return known
        made = sqlite3.connect(self._path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        made.execute("PRAGMA synchronous = FULL")
        made.execute("PRAGMA cache_size = -512")
        self._of_thread.connection, self._of_thread.process = made, os.getpid()
        with self._lock:
            self._open.append(made)
        return made

    def close(self) -> None:
        with self._lock:
            while self._open:
                self._open.pop().close()
            self._of_thread.__dict__.clear()

    # --- reading ---

    def rows(self, start: int, end: int) -> Iterator[list[Row]]:
        """All from a slot on and before another, in order of slots, some at a time."""
        query = (
            "SELECT slot, uid, first, place, version, day, facets FROM units"
            " WHERE slot >= ? AND slot < ? ORDER BY slot LIMIT ?"
        )
        while start < end:
            with self.using() as db:
                found = [Row._make(row) for row in db.execute(query, (start, end, _ROWS))]
            if not found:
                return
            yield found
            start = found[-1].slot + 1

    def next_slot(self) -> int:
        with self.using() as db:
            (last,) = db.execute("SELECT max(slot) FROM units").fetchone()
        return 0 if last is None else int(last) + 1

    def died(self) -> list[int]:
        """Slots that are dead as soon as tantivy says so too."""
        with self.using() as db:
            return [slot for (slot,) in db.execute("SELECT slot FROM units WHERE died IS NOT NULL")]

    def undead(self) -> dict[int, str]:
        """slot → uid of all that are not dead."""
        with self.using() as db:
            return dict(db.execute("SELECT slot, uid FROM units WHERE died IS NULL").fetchall())

    def briefs(self, slots: Sequence[int]) -> dict[int, bytes]:
        """slot → JSON."""
        return dict(self._contents("brief", slots))

    def terms(self, slots: Sequence[int]) -> dict[int, bytes]:
        """slot → JSON of field → term → frequency; of an index that was small when they came."""
        return {slot: _whole(terms) for slot, terms in self._contents("terms", slots) if terms}

    def texts(self, slots: Sequence[int]) -> dict[int, str]:
        return {slot: _whole(text).decode() for slot, text in self._contents("text", slots)}

    def _contents(self, column: str, slots: Sequence[int]) -> list[tuple[int, Any]]:
        found: list[tuple[int, Any]] = []
        with self.using() as db:
            for start in range(0, len(slots), _AT_ONCE):
                part = [int(slot) for slot in slots[start : start + _AT_ONCE]]
                marks = ",".join("?" * len(part))
                query = f"SELECT slot, {column} FROM contents WHERE slot IN ({marks})"  # noqa: S608  # a column of ours
                found += db.execute(query, part)
        return found

    def dense(self, field: str, term: str) -> tuple[int, bytes] | None:
        """The bitmap of a common term, and below which slot it holds."""
        with self.using() as db:
            found = db.execute("SELECT slots, bits FROM dense WHERE field = ? AND term = ?", (field, term)).fetchone()
        return found if found is None else (found[0], found[1])

    def dense_slots(self) -> int:
        """Below which slot the bitmaps of common terms hold."""
        with self.using() as db:
            (slots,) = db.execute("SELECT max(slots) FROM dense").fetchone()
        return slots or 0

    def check(self) -> None:
        """Read everything. Raises `Damaged`."""
        with self.using() as db:
            (answer,) = db.execute("PRAGMA integrity_check").fetchone()
            if answer != "ok":
                raise Damaged(f"{_NAME}: {answer}")
            for (text,) in db.execute("SELECT text FROM contents"):
                _whole(text)

    # --- writing: one process, between `begin` and `commit` ---

    def begin(self) -> None:
        with self.using() as db:
            if not db.in_transaction:
                db.execute("BEGIN IMMEDIATE")

    def add(self, rows: Iterable[Row], contents: Iterable[Contents]) -> None:
        with self.using() as db:
            db.executemany(
                "INSERT INTO units (slot, uid, first, place, version, day, facets) VALUES (?, ?, ?, ?, ?, ?, ?)", rows
            )
            db.executemany(
                "INSERT INTO contents VALUES (?, ?, ?, ?)",
                (
                    (each.slot, each.brief, _small(each.text.encode()), each.terms and _small(each.terms))
                    for each in contents
                ),
            )

    def kill(self, uid: str, at: int) -> None:
        """Note of all units of a document that they die with the next commit of tantivy."""
        with self.using() as db:
            db.execute("UPDATE units SET died = ? WHERE uid = ? AND died IS NULL", (at, uid))

    def revive(self, slots: Iterable[int]) -> None:
        """They have not died after all."""
        with self.using() as db:
            db.executemany("UPDATE units SET died = NULL WHERE slot = ?", ((slot,) for slot in slots))

    def disown(self, slots: Iterable[int], at: int) -> None:
        """Note of slots that tantivy does not have that they are dead."""
        with self.using() as db:
            db.executemany("UPDATE units SET died = ? WHERE slot = ? AND died IS NULL", ((at, slot) for slot in slots))

    def bury(self, before: int) -> None:
        """Forget units that died before; some thousands at once."""
        these = "SELECT slot FROM units WHERE died < ? ORDER BY slot LIMIT 5000"
        with self.using() as db:
            db.execute(f"DELETE FROM contents WHERE slot IN ({these})", (before,))  # noqa: S608  # no value of others
            db.execute(f"DELETE FROM units WHERE slot IN ({these})", (before,))  # noqa: S608

    def put_dense(self, bitmaps: Iterable[tuple[str, str, int, bytes]]) -> None:
        """In the place of all: field, term, below which slot, bitmap."""
        with self.using() as db:
            db.execute("DELETE FROM dense")
            db.executemany("INSERT INTO dense VALUES (?, ?, ?, ?)", bitmaps)

    def commit(self) -> None:
        with self.using() as db:
            if db.in_transaction:
                db.execute("COMMIT")

    def rollback(self) -> None:
        with self.using() as db:
            if db.in_transaction:
                db.execute("ROLLBACK")


def _small(data: bytes) -> bytes:
    return zlib.compress(data, 1)


def _whole(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise Damaged(f"{_NAME}: {error}") from error
