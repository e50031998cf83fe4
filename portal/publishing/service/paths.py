"""Public addresses: reserved once, never given to another item, renamed with a redirect."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.accounts.models import Person
from portal.db import insert_into
from portal.publishing.errors import PathTaken
from portal.publishing.models import Item, ReservedPath
from portal.publishing.service.guards import hold
from portal.publishing.service.pages import item_changed

AT_ONCE = 50
"""Addresses with a number behind them that one question asks for."""


def reserve(db: Session, item: Item, wanted: str, at: datetime) -> str:
    """Give `item` the address `wanted`, or the next free one with a number behind it (C-12)."""
    while True:
        path = _free(db, item, wanted)
        if _claim(db, item, path, at):
            return path


def reserve_all(db: Session, wanted: Sequence[tuple[Item, str]], at: datetime) -> None:
    """Give each item, which has none yet, its address: one question for all that want one nobody has."""
    taken = _taken(db, [path for _item, path in wanted])
    for item, path in wanted:
        if path in taken:
            item.path = reserve(db, item, path, at)
        else:
            item.path = path
            taken.add(path)
            db.add(ReservedPath(path=path, item_id=item.id, reserved_at=at))


def _free(db: Session, item: Item, wanted: str) -> str:
    """The first of `wanted`, `wanted-2`, `wanted-3` … that no other item has or had."""
    if wanted not in _taken(db, [wanted], besides=item):
        return wanted
    for start in count(2, AT_ONCE):
        candidates = [f"{wanted}-{number}" for number in range(start, start + AT_ONCE)]
        taken = _taken(db, candidates, besides=item)
        free = next((path for path in candidates if path not in taken), None)
        if free is not None:
            return free
    raise AssertionError("count never ends")


def _claim(db: Session, item: Item, path: str, at: datetime) -> bool:
    """Reserve the address; False when another item has it, or had it. Waits for whoever is about to reserve it."""
    new = insert_into(db, ReservedPath).values(path=path, item_id=item.id, reserved_at=at)
    db.execute(new.on_conflict_do_nothing())
    return db.scalar(select(ReservedPath.item_id).where(ReservedPath.path == path)) == item.id


def _taken(db: Session, paths: Sequence[str], *, besides: Item | None = None) -> set[str]:
    query = select(ReservedPath.path).where(ReservedPath.path.in_(paths))
    return set(db.scalars(query.where(ReservedPath.item_id != besides.id) if besides is not None else query))


def move(db: Session, item: Item, path: str, *, by: Person | None, at: datetime) -> None:
    """Give a public item another address; every earlier one redirects to it in one hop. Raises `PathTaken`."""
    hold(db, item)
    if path == item.path:
        return
    if not _claim(db, item, path, at):
        raise PathTaken
    before, item.path = item.path, path
    db.flush()
    item_changed(db, item, at)
    audit.record(db, by, "moved", item, at=at, before=before, path=path)
