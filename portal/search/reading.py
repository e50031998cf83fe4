"""From changes to units: the documents as they are now, whatever happened when."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from portal import clock
from portal.db import Sessions, maker_for
from portal.search import changes
from portal.search.changes import Change
from portal.search.documents import Document, Searchable, searchables
from portal.search.engine import Unit

log = logging.getLogger(__name__)

Outage = (OperationalError, InterfaceError)
"""The database does not answer: not the fault of what was asked."""
Ready = tuple[str, Sequence[Unit]]
"""An item and its units; none when the public cannot see it."""


@dataclass(frozen=True)
class Source:
    """Where documents and changes come from. `polling` sends single statements, `reading` reads documents."""

    polling: Sessions
    reading: Sessions
    now: Callable[[], datetime] = clock.now

    @classmethod
    def of(cls, engine: Engine) -> "Source":
        """The database of an instance, without ever writing to it."""
        one_by_one = engine.execution_options(portal_reads_only=True, portal_single_statements=True)
        return cls(maker_for(one_by_one), maker_for(engine.execution_options(portal_reads_only=True)))

    @classmethod
    def within(cls, db: Session, at: datetime | None = None) -> "Source":
        """What the transaction of `db` sees, for tests; `at`: the moment it is there."""
        sessions: Sessions = sessionmaker(
            db.connection(), join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        return cls(sessions, sessions, (lambda: at) if at else clock.now)

    def changes(self, cursor: int, most: int) -> list[Change]:
        """The next changes behind `cursor`; one statement."""
        with self.polling() as db:
            return changes.after(db, cursor, most)

    def last_number(self) -> int:
        """The number of the last committed change."""
        with self.polling() as db:
            return changes.last_number(db)

    def units(self, wanted: Sequence[Change]) -> Iterator[Ready]:
        """What the index must hold of these items, read after they were noted."""
        with self.reading() as db:
            yield from units_of_changes(db, wanted, clock.today(self.now()))

    def everything(self, kind: str, uids: Iterable[UUID], *, at_once: int = 200) -> Iterator[Ready]:
        """The units of these items, a short transaction for each `at_once` of them."""
        left = [str(uid) for uid in uids]
        for start in range(0, len(left), at_once):
            batch = left[start : start + at_once]
            with self.reading() as db:
                numbers = changes.numbers_of(db, batch)  # before the documents: they are at least as new
                wanted = [Change(numbers.get(uid, 0), uid, kind, self.now()) for uid in batch]
                yield from units_of_changes(db, wanted, clock.today(self.now()))

    def public(self) -> list[tuple[str, list[UUID]]]:
        """Every public item, by kind."""
        with self.reading() as db:
            return [(kind, list(searchable.uids(db))) for kind, searchable in searchables().items()]


def units_of_changes(db: Session, wanted: Sequence[Change], day: date) -> Iterator[Ready]:
    """In the order of their kinds. An item that cannot be read is told and stays out; it stops no other."""
    by_kind: dict[str, list[Change]] = {}
    for change in wanted:
        by_kind.setdefault(change.kind, []).append(change)
    for kind, items in by_kind.items():
        searchable = searchables().get(kind)
        found = _documents(db, searchable, items, day) if searchable else {}
        for change in items:
            yield change.uid, _units(found.get(change.uid), change.seq)


def _documents(db: Session, searchable: Searchable, items: Sequence[Change], day: date) -> dict[str, Document]:
    try:
        return {one.uid: one for one in searchable.documents(db, [UUID(item.uid) for item in items], day)}
    except Outage:
        raise
    except Exception:
        db.rollback()
        if len(items) == 1:
            log.exception(
                "The document of %s %s cannot be read and stays out of the index.", searchable.kind, items[0].uid
            )
            return {}
    found: dict[str, Document] = {}
    for item in items:
        found |= _documents(db, searchable, [item], day)
    return found


def _units(document: Document | None, seq: int) -> Sequence[Unit]:
    from portal.search.units import units_of  # late: only who indexes needs the analysis

    if document is None:
        return ()
    try:
        return units_of(document, seq)
    except Exception:
        log.exception(
            "The text of %s %s cannot be taken apart and stays out of the index.", document.kind, document.uid
        )
        return ()


def source_of(registry: Any) -> Source:
    """The database of a configured instance."""
    return Source.of(registry["portal.engine"])
