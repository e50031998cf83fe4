"""Which cached public pages are no longer fresh, and which documents the search indexes must read anew."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from portal.publishing.kinds import kind_of
from portal.publishing.models import Item, PageChange
from portal.search import service as search

KEEP = timedelta(days=1)


def changed(db: Session, *keys: str, at: datetime) -> None:
    """Say that what these keys stand for has changed; pages that depend on one of them are made anew."""
    if keys:
        db.execute(insert(PageChange), [{"key": key[:255], "at": at} for key in keys])


def item_changed(db: Session, item: Item, at: datetime) -> None:
    """The keys that an item's publication touches: itself, the lists of its kind, its unit's pages, and the pages of
    other items that show something of what it says now or said before; search reads it anew."""
    said = [edition.data for edition in item.editions if edition.published_at is not None][-2:]
    elsewhere = frozenset[str]().union(*(kind_of(item).touches(data) for data in said))
    changed(db, f"item:{item.uid}", f"list:{item.kind}", f"unit:{item.unit_id}", *sorted(elsewhere), at=at)
    search.changed(db, item.kind, [item.uid], at=at)


def forget_old_changes(db: Session, at: datetime) -> None:
    """A cached page lives until the end of its day, so no process needs changes that are older."""
    db.execute(delete(PageChange).where(PageChange.at < at - KEEP))
