"""One writer at a time for each item, who sees it as the last one left it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.publishing.errors import NoLongerThere, StaleVersion, WrongState
from portal.publishing.models import Edition, Item, State


def hold(db: Session, item: Item, *, wait: bool = True) -> bool:
    """Keep other writers away from the item until this transaction ends, and read it and its editions anew.

    False when somebody else holds it and the caller does not `wait`. Readers are never kept waiting. On SQLite the
    transaction of a writer has the whole database to itself already. Raises `NoLongerThere`.
    """
    db.flush()
    row = select(Item.id).where(Item.id == item.id)
    if db.scalar(row.with_for_update(key_share=True, skip_locked=not wait)) is None:
        if wait or db.scalar(row) is None:
            raise NoLongerThere
        return False
    db.refresh(item, ["path"])
    db.scalars(select(Edition).where(Edition.item_id == item.id), execution_options={"populate_existing": True}).all()
    db.expire(item, ["editions"])
    return True


def check(db: Session, edition: Edition, version: int, *states: State) -> None:
    """Hold the item; the version that the caller saw is the one stored, and the state is one of `states`.

    Raises `StaleVersion`, `WrongState`, and `NoLongerThere` for a draft that was thrown away meanwhile.
    """
    hold(db, edition.item)
    if edition not in edition.item.editions:
        raise NoLongerThere
    if edition.version != version:
        raise StaleVersion(edition)
    if edition.state not in states:
        raise WrongState
