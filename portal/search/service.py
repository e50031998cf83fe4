"""What the index must read anew: written by whoever changes what the public sees, in the same transaction.

The numbers are drawn at the very end of a transaction (before its COMMIT, after everything else was flushed), so the
one row that orders all commits is locked only for the moment of the commit itself.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session, SessionTransaction

from portal import clock
from portal.db import insert_into
from portal.search.documents import searchables
from portal.search.models import SearchChange, SearchSequence

_PENDING = "portal.search.pending"
_AT_ONCE = 500
FIRST_LOOK = timedelta(days=31)
"""How far the first look at the calendar goes back: an index may be older than the job."""

Pending = dict[str, tuple[str, datetime]]
"""uid → kind and moment, in the order in which they were noted last."""


def changed(db: Session, kind: str, uids: Iterable[UUID | str], *, at: datetime) -> None:
    """Have the indexes of all hosts read these items anew after this transaction; free for kinds nobody searches."""
    if kind in searchables():
        note(db, kind, uids, at=at)


def note(db: Session, kind: str, uids: Iterable[UUID | str], *, at: datetime) -> None:
    """As `changed`, also of a kind that is not registered (any more): its documents leave the indexes."""
    pending: Pending = db.info.setdefault(_PENDING, {})
    for uid in uids:
        pending.pop(str(uid), None)
        pending[str(uid)] = (kind, at)


def settle(db: Session) -> None:
    """Number what was noted so far. Happens by itself at the commit; earlier only where no commit follows."""
    if not db.info.get(_PENDING):
        return
    db.flush()  # whatever waits for other rows waits now, before the sequence is locked
    _note_others(db)
    pending: Pending = db.info.pop(_PENDING)
    last = _draw(db, len(pending))
    rows = [
        {"uid": uid, "kind": kind, "seq": seq, "at": at}
        for seq, (uid, (kind, at)) in enumerate(pending.items(), last - len(pending) + 1)
    ]
    new = insert_into(db, SearchChange)
    again = new.on_conflict_do_update(
        index_elements=[SearchChange.uid], set_={name: new.excluded[name] for name in ("kind", "seq", "at")}
    )
    db.connection().execute(again, rows)


def note_calendar(db: Session, at: datetime) -> None:
    """Note what changes by the calendar alone since the last day that was looked at. A periodic job."""
    today = clock.today(at)
    noted = db.scalar(select(SearchSequence.noted_until))
    if noted is not None and noted >= today:
        return
    for kind, searchable in searchables().items():
        changed(db, kind, searchable.changing(db, noted or today - FIRST_LOOK, today), at=at)
    _draw(db, 0)
    db.execute(update(SearchSequence).values(noted_until=today).execution_options(synchronize_session=False))


def listen() -> None:
    """Number the changes of every session at its commit, and forget them with what was rolled back."""
    if not event.contains(Session, "before_commit", _before_commit):
        event.listen(Session, "before_commit", _before_commit)
        event.listen(Session, "after_transaction_end", _after_transaction_end)


def _before_commit(db: Session) -> None:
    if not db.in_nested_transaction():
        settle(db)


def _after_transaction_end(db: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        db.info.pop(_PENDING, None)


def _note_others(db: Session) -> None:
    """Items whose documents say something else with these. Those of a savepoint rolled back may stand among them:
    reading an item anew that did not change does no harm."""
    pending: Pending = db.info[_PENDING]
    by_kind: dict[str, list[str]] = {}
    for uid, (kind, _at) in pending.items():
        by_kind.setdefault(kind, []).append(uid)
    at = max(at for _kind, at in pending.values())
    for kind, uids in by_kind.items():
        searchable = searchables().get(kind)
        if searchable is None:
            continue
        for start in range(0, len(uids), _AT_ONCE):
            others = searchable.also(db, [UUID(uid) for uid in uids[start : start + _AT_ONCE]])
            note(db, kind, (uid for uid in others if str(uid) not in pending), at=at)


def _draw(db: Session, count: int) -> int:
    """The last of the next `count` numbers. Whoever else draws waits until this transaction has ended."""
    drawing = (
        update(SearchSequence)
        .values(value=SearchSequence.value + count)
        .returning(SearchSequence.value)
        .execution_options(synchronize_session=False)
    )
    last = db.scalar(drawing)
    if last is None:
        db.execute(insert_into(db, SearchSequence).values(id=1, value=0).on_conflict_do_nothing())
        last = db.scalar(drawing)
    assert last is not None
    return last
