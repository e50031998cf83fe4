"""Whether the index of this host equals the database: which items, and each as of its latest change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from portal.search import changes, service
from portal.search.host import Live
from portal.search.reading import Source

What = Literal["missing", "stale", "left over"]
Progress = Callable[[int], None]


class NoIndex(Exception):
    """There is none on this host, or it cannot be read."""


@dataclass(frozen=True)
class Difference:
    """An item about which index and database disagree. `kind` is None when the log does not know it."""

    uid: str
    kind: str | None
    what: What
    indexed: int | None
    """The number that the index has, and the one of the log; None: it is not there at all."""
    logged: int | None


@dataclass(frozen=True)
class Comparison:
    """`documents`: public items in the database; `last`: the number up to which both were compared."""

    documents: int
    last: int
    differences: list[Difference]


def verify(source: Source, live: Live) -> Comparison:
    """Compare. What changes meanwhile is not judged, so it may run beside everything else. Raises `NoIndex`.

    An index that is behind shows so: the items it has not read yet are differences.
    """
    last = source.last_number()
    searcher = live.searcher()
    if searcher is None:
        raise NoIndex
    indexed = {uid: version for uid, (version, _units) in searcher.versions().items()}
    public = {str(uid): kind for kind, uids in source.public() for uid in uids}
    with source.reading() as db:
        logged = changes.numbers_of(db, list(indexed.keys() | public.keys()))  # after all else: what is newer is known
        kinds = changes.kinds_of(db, list(indexed.keys() - public.keys()))
    found = []
    for uid in sorted(indexed.keys() | public.keys()):
        number = logged.get(uid, 0)
        if number > last:
            continue
        what = _difference(uid, indexed, public, number)
        if what is not None:
            kind = public.get(uid) or kinds.get(uid)
            found.append(Difference(uid, kind, what, indexed.get(uid), number if uid in public else None))
    return Comparison(len(public), last, found)


def _difference(uid: str, indexed: dict[str, int], public: dict[str, str], number: int) -> What | None:
    if uid not in indexed:
        return "missing"
    if uid not in public:
        return "left over"
    return "stale" if indexed[uid] != number else None


def repair(db: Session, differences: list[Difference], *, at: datetime) -> None:
    """Have the indexes of all hosts read these items anew."""
    for one in differences:
        service.note(db, one.kind or UNKNOWN, [one.uid], at=at)


UNKNOWN = "unknown"
"""The kind of what only an index knows: no document of it can be read, so it leaves."""
