"""Many items at once from elsewhere: imports and feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal import audit
from portal.agencies.models import Agency
from portal.db import new_uid
from portal.publishing.kinds import kind_named
from portal.publishing.models import Edition, Item, State
from portal.publishing.service.pages import changed
from portal.publishing.service.paths import reserve_all
from portal.publishing.service.writing import fill, fingerprint, project
from portal.search import service as search


@dataclass(frozen=True)
class Incoming:
    """One item to make: its identity where it comes from, and its content."""

    source_id: str
    data: dict[str, Any]


def bring_in(
    db: Session,
    incoming: Sequence[Incoming],
    *,
    kind: str,
    unit: Agency,
    origin: str,
    at: datetime,
    public: bool,
) -> list[Edition]:
    """Make an item of each, with the rows that `create` and, if `public`, `publish_imported` would write.

    A handful of statements for all of them. Raises IntegrityError when one was brought in before.
    """
    behaviour = kind_named(kind)
    editions = [_edition(row, kind, unit, origin, at, public) for row in incoming]
    for edition, row in zip(editions, incoming, strict=True):
        fill(behaviour, edition, row.data)
    db.add_all(editions)
    db.flush()
    elsewhere: set[str] = set()
    for edition in editions:
        project(db, behaviour, edition, fresh=True)
        elsewhere |= behaviour.touches(edition.data) if public else frozenset()
    if public:
        items = [edition.item for edition in editions]
        wanted = [behaviour.path(db, item, edition.data) for item, edition in zip(items, editions, strict=True)]
        reserve_all(db, list(zip(items, wanted, strict=True)), at)
    for edition in editions:
        audit.record(db, None, "created", edition.item, at=at, edition=1, sha256=fingerprint(edition))
        if public:
            audit.record(db, None, "published by import", edition.item, at=at, edition=1)
    if public and editions:
        # No page shows the items themselves yet, but pages may speak of them by number.
        changed(db, f"list:{kind}", f"unit:{unit.id}", *sorted(elsewhere), at=at)
        search.changed(db, kind, [edition.item.uid for edition in editions], at=at)
    db.flush()
    return editions


def _edition(row: Incoming, kind: str, unit: Agency, origin: str, at: datetime, public: bool) -> Edition:
    item = Item(uid=new_uid(), kind=kind, origin=origin, source_id=row.source_id, unit=unit, created_at=at)
    return Edition(
        item=item,
        number=1,
        state=State.PUBLISHED if public else State.DRAFT,
        created_at=at,
        updated_at=at,
        published_at=at if public else None,
    )
