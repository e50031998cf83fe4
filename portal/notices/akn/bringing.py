"""Bringing Akoma Ntoso files in, as drafts."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal import files
from portal.agencies.models import Agency
from portal.notices import service
from portal.notices.akn.reading import Arrived, arrived
from portal.notices.body.fromhtml import only_pictures
from portal.notices.data import Data
from portal.notices.kind import NAME
from portal.publishing import queries as items
from portal.publishing.models import Item

_LONGEST = 255


@dataclass(frozen=True)
class Brought:
    """What became of a file: its item, whether that is new, and what a person should know."""

    item: Item
    is_new: bool
    notes: list[TranslationString]


def bring_in(db: Session, content: bytes, *, unit: Agency, origin: str, at: datetime) -> Brought:
    """A draft of `unit` from one file; what was brought in before, or written here, stays as it is.

    Raises an `AknError`.
    """
    found = arrived(content)
    item = _own_item(db, found)
    if item is not None:
        return Brought(item, False, found.notes)
    identity = found.work or hashlib.sha256(content).hexdigest()
    source_id = f"akn:{identity}"
    if len(source_id) > _LONGEST:
        source_id = f"akn:{hashlib.sha256(identity.encode()).hexdigest()}"
    item = items.item_by_source(db, origin=origin, kind=NAME, source_id=source_id)
    if item is not None:
        return Brought(item, False, found.notes)
    data = _without_ours(db, found.data)
    edition = service.create(db, data, unit=unit, origin=origin, by=None, at=at, source_id=source_id)
    return Brought(edition.item, True, found.notes)


def _own_item(db: Session, found: Arrived) -> Item | None:
    """The item that the file is an export of, when this portal has it."""
    if found.identity is None:
        return None
    origin, written = found.identity
    try:
        uid = UUID(written)
    except ValueError:
        return None
    return db.scalar(select(Item).where(Item.origin == origin, Item.uid == uid, Item.kind == NAME))


def _without_ours(db: Session, data: Data) -> Data:
    """A file of somebody else that names a file of this portal gives no right to it: it may be another unit's."""
    return data | {"body": only_pictures(data["body"], lambda sha256, _name: files.get(db, sha256) is None)}
