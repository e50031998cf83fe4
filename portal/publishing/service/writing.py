"""Making and writing editions."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from portal import audit, files
from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.publishing.errors import AlreadyBeingEdited, WrongState
from portal.publishing.kinds import Kind, kind_named, kind_of
from portal.publishing.models import Edition, Item, State
from portal.publishing.service.drafts import drop_autosave
from portal.publishing.service.guards import check, hold

FILE_OWNER = "edition"
KEPT_OWNER = "edition.kept"
"""Owns what an edition keeps without showing it: the file that a document was read from."""


def create(
    db: Session,
    *,
    kind: str,
    data: dict[str, Any],
    unit: Agency,
    origin: str,
    by: Person | None,
    at: datetime,
    source_id: str | None = None,
    uid: UUID | None = None,
) -> Edition:
    """A new item with its first draft. The data may be incomplete: they are cleaned, never refused."""
    item = Item(kind=kind, origin=origin, source_id=source_id, unit=unit, created_at=at)
    if uid is not None:
        item.uid = uid
    db.add(item)
    edition = _new_edition(item, number=1, by=by, at=at)
    _write(db, kind_named(kind), edition, data, fresh=True)
    audit.record(db, by, "created", item, at=at, edition=1, sha256=fingerprint(edition))
    return edition


def save(db: Session, edition: Edition, data: dict[str, Any], *, version: int, by: Person | None, at: datetime) -> None:
    """Store what was typed in a draft. Raises `StaleVersion` (both texts are kept) and `WrongState`."""
    check(db, edition, version, State.DRAFT)
    before = fingerprint(edition)
    edition.updated_at = at
    if by is not None and by not in edition.writers:
        edition.writers.append(by)
    _write(db, kind_of(edition.item), edition, data)
    audit.record(
        db, by, "saved", edition.item, at=at, edition=edition.number, before=before, sha256=fingerprint(edition)
    )
    if by is not None:
        drop_autosave(db, edition, by)


def working_copy(db: Session, item: Item, *, by: Person | None, at: datetime, source: Edition | None = None) -> Edition:
    """A draft made from the live edition, or from `source`, an older one that is to be restored.

    Raises `AlreadyBeingEdited` when there is one: open that.
    """
    hold(db, item)
    if item.working is not None:
        raise AlreadyBeingEdited(item.working)
    origin = source or item.live or (item.editions[-1] if item.editions else None)
    if origin is None or origin.item_id != item.id:
        raise WrongState
    data = origin.data
    edition = _new_edition(item, number=max(e.number for e in item.editions) + 1, by=by, at=at)
    _write(db, kind_of(item), edition, data)
    action = "restored" if source is not None else "opened working copy"
    audit.record(db, by, action, item, at=at, edition=edition.number, source=origin.number)
    return edition


def discard(db: Session, edition: Edition, *, version: int, by: Person | None, at: datetime) -> bool:
    """Throw a draft away; the live edition is untouched. True when the item itself went with its only draft."""
    check(db, edition, version, State.DRAFT)
    item = edition.item
    audit.record(db, by, "discarded draft", item, at=at, edition=edition.number, sha256=fingerprint(edition))
    files.release(db, FILE_OWNER, edition.id)
    files.release(db, KEPT_OWNER, edition.id)
    if len(item.editions) == 1:
        db.delete(item)
        db.flush()
        return True
    item.editions.remove(edition)
    db.flush()
    return False


def fingerprint(edition: Edition) -> str:
    """SHA-256 of an edition's data in canonical form, for the audit record."""
    return hashlib.sha256(orjson.dumps(edition.data, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _new_edition(item: Item, *, number: int, by: Person | None, at: datetime) -> Edition:
    return Edition(
        item=item, number=number, state=State.DRAFT, author=by, created_at=at, updated_at=at, writers=[by] if by else []
    )


def _write(db: Session, kind: Kind, edition: Edition, data: dict[str, Any], *, fresh: bool = False) -> None:
    fill(kind, edition, data)
    db.add(edition)
    db.flush()
    project(db, kind, edition, fresh=fresh)
    db.flush()


def fill(kind: Kind, edition: Edition, data: dict[str, Any]) -> None:
    """Put what was given into the edition, in the form in which its kind keeps it."""
    edition.data = kind.clean(data)
    edition.data_schema = kind.schema
    edition.title = kind.title(edition.data)


def project(db: Session, kind: Kind, edition: Edition, *, fresh: bool) -> None:
    """Bring the typed rows of an edition and its files to what its data say."""
    kind.project(db, edition, fresh=fresh)
    owned = [one for one in kind.files(edition.data) if one.sure or files.get(db, one.sha256) is not None]
    for owner, public in ((FILE_OWNER, True), (KEPT_OWNER, False)):
        wanted = [(one.sha256, one.name) for one in owned if one.public is public]
        if wanted or not fresh:
            files.set_uses(db, owner, edition.id, wanted)
