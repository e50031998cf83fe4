"""Whose effect turns: when a document is published or withdrawn, and by the calendar alone.

The questions mirror `timelines`: what is told here is read anew there.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from portal.notices.models import Notice, NoticeEffect, NoticeRelation
from portal.notices.timelines import ACTS
from portal.publishing.models import Edition, Item, State

EVER_PUBLIC = (State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN)
AT_ONCE = 500
T = TypeVar("T")


def also(db: Session, uids: Sequence[UUID]) -> set[UUID]:
    """Public documents that these act on, or acted on in an edition that was public; and those of the same number,
    which an act by number means for certain only while one document bears it."""
    found: set[UUID] = set()
    for some in _some(uids):
        found |= _meant(db, Item.uid.in_(some), Edition.state.in_(EVER_PUBLIC))
        found |= _namesakes(db, some)
    return found - set(uids)


def changing(db: Session, after: date, until: date) -> set[UUID]:
    """Public documents whose effect may turn on a day after the first and not after the second: by their own dates, by
    what an editor stated, by acts that take effect."""
    public = _public_item().join(Notice, Notice.edition_id == Edition.id)
    own = public.where(or_(_within(Notice.effective_on, after, until), _within(Notice.expires_on, after, until)))
    stated = public.join(NoticeEffect, NoticeEffect.edition_id == Edition.id).where(
        or_(
            _within(NoticeEffect.starts_on, after, until),
            # the last day of it: it ends on the next one
            _within(NoticeEffect.ends_on, after - timedelta(days=1), until - timedelta(days=1)),
        )
    )
    turned = {*db.scalars(own), *db.scalars(stated)}
    acting = [_within(Notice.effective_on, after, until), Edition.state == State.PUBLISHED]
    return turned | _meant(db, *acting)


def _meant(db: Session, *acting: ColumnElement[bool]) -> set[UUID]:
    """The public documents that the relations of such editions mean, by choice or by number."""
    relations = (
        select(NoticeRelation.target_uid, NoticeRelation.number_key)
        .join(Notice, Notice.edition_id == NoticeRelation.edition_id)
        .join(Edition, Edition.id == Notice.edition_id)
        .join(Item, Item.id == Edition.item_id)
        .where(NoticeRelation.relation.in_(ACTS), *acting)
        .distinct()
    )
    rows = db.execute(relations).all()
    chosen = {UUID(row.target_uid) for row in rows if row.target_uid}
    keys = {row.number_key for row in rows if row.number_key and not row.target_uid}
    return _of(db, chosen, keys)


def _namesakes(db: Session, uids: Sequence[UUID]) -> set[UUID]:
    """Public documents that bear the number of one of these, where somebody acts on that number."""
    keys = (
        select(Notice.number_key)
        .join(Edition, Edition.id == Notice.edition_id)
        .join(Item, Item.id == Edition.item_id)
        .join(NoticeRelation, NoticeRelation.number_key == Notice.number_key)
        .where(Item.uid.in_(uids), Edition.state.in_(EVER_PUBLIC), NoticeRelation.relation.in_(ACTS))
        .distinct()
    )
    return _of(db, (), db.scalars(keys))


def _of(db: Session, uids: Iterable[UUID], keys: Iterable[str | None]) -> set[UUID]:
    found: set[UUID] = set()
    for some in _some(list(uids)):
        found.update(db.scalars(_public_item().where(Item.uid.in_(some))))
    for some_keys in _some(list(keys)):
        bearing = _public_item().join(Notice, Notice.edition_id == Edition.id)
        found.update(db.scalars(bearing.where(Notice.number_key.in_(some_keys))))
    return found


def _public_item() -> Select[UUID]:
    return select(Item.uid).join(Edition, and_(Edition.item_id == Item.id, Edition.state == State.PUBLISHED))


def _within(column: Any, after: date, until: date) -> ColumnElement[bool]:
    within: ColumnElement[bool] = and_(column > after, column <= until)
    return within


def _some(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
