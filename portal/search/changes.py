"""Reading the log of changes: what came after a number, in the order of the commits."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from portal.search.models import SearchChange, SearchSequence

_AT_ONCE = 500
_AFTER = (
    select(SearchChange.seq, SearchChange.uid, SearchChange.kind, SearchChange.at)
    .where(SearchChange.seq > bindparam("cursor"))
    .order_by(SearchChange.seq)
    .limit(bindparam("most"))
)


class Change(NamedTuple):
    """An item that has to be read anew."""

    seq: int
    uid: str
    kind: str
    at: datetime


def after(db: Session, cursor: int, most: int) -> list[Change]:
    """The next changes behind number `cursor`."""
    return [Change(*row) for row in db.execute(_AFTER, {"cursor": cursor, "most": most})]


def waiting(db: Session, cursor: int) -> tuple[int, datetime | None]:
    """How many changes stand behind `cursor`, and since when the oldest waits."""
    count, since = db.execute(select(func.count(), func.min(SearchChange.at)).where(SearchChange.seq > cursor)).one()
    return count, since


def last_number(db: Session) -> int:
    """The number of the last committed change; 0 before the first."""
    return db.scalar(select(SearchSequence.value)) or 0


def latest_of(db: Session, uid: str) -> Change | None:
    """The latest change of an item."""
    row = db.execute(
        select(SearchChange.seq, SearchChange.uid, SearchChange.kind, SearchChange.at).where(SearchChange.uid == uid)
    ).first()
    return Change(*row) if row else None


def changed_since(db: Session, cursor: int, uids: Collection[str]) -> set[str]:
    """Those of some items that changed behind number `cursor`."""
    return set(db.scalars(select(SearchChange.uid).where(SearchChange.uid.in_(uids), SearchChange.seq > cursor)))


def numbers_of(db: Session, uids: Sequence[str]) -> dict[str, int]:
    """Each item's number; those that never changed since there is a log are left away."""
    found: dict[str, int] = {}
    for start in range(0, len(uids), _AT_ONCE):
        query = select(SearchChange.uid, SearchChange.seq).where(SearchChange.uid.in_(uids[start : start + _AT_ONCE]))
        found |= {row.uid: row.seq for row in db.execute(query)}
    return found


def kinds_of(db: Session, uids: Sequence[str]) -> dict[str, str]:
    """Of which kind each item was when it changed last."""
    found: dict[str, str] = {}
    for start in range(0, len(uids), _AT_ONCE):
        query = select(SearchChange.uid, SearchChange.kind).where(SearchChange.uid.in_(uids[start : start + _AT_ONCE]))
        found |= {row.uid: row.kind for row in db.execute(query)}
    return found
