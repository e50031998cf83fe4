"""Typed rows of every edition written anew from its data: after an upgrade that brought new columns."""

from collections.abc import Iterator

from sqlalchemy import select

from portal import clock
from portal.agencies import snapshot
from portal.db import Sessions
from portal.notices.kind import NAME, NOTICE
from portal.publishing.models import Edition, Item, State
from portal.search import service as search


def reproject(sessions: Sessions, *, batch: int = 100) -> Iterator[int]:
    """Rewrite the rows of every edition, in batches of one transaction; yields how many each batch had.

    Changes nothing that people or peers see but what is derived from the data, the search index too; it may be stopped
    and run again.
    """
    last = 0
    with sessions() as db:
        register = snapshot.take(db)
    while True:
        with sessions() as db:
            snapshot.lend(db, register)
            query = select(Edition).join(Item).where(Item.kind == NAME, Edition.id > last)
            editions = list(db.scalars(query.order_by(Edition.id).limit(batch)))
            for edition in editions:
                NOTICE.project(db, edition)
            public = [edition.item.uid for edition in editions if edition.state is State.PUBLISHED]
            search.changed(db, NAME, public, at=clock.now())
            db.commit()
            if not editions:
                return
            last = editions[-1].id
        yield len(editions)
