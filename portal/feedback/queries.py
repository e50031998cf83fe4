"""What may be asked about what readers told."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db import Page, page_of
from portal.feedback.models import FeedbackCount, FeedbackWords, Rating
from portal.publishing.models import LIVE, WORKING, Edition, Item

PERIODS = (7, 30, 90, 365)


@dataclass
class Told:
    """What readers said of one item in a period."""

    item: Item
    title: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def times(self) -> int:
        """How many said something."""
        return sum(self.counts.values())

    @property
    def unsatisfied(self) -> int:
        """How many were not satisfied."""
        return self.counts.get(Rating.NOT_SATISFIED.value, 0)


def told(db: Session, units: Collection[int], today: date, days: int) -> list[Told]:
    """What readers said of the items of these units in the last days, the most unsatisfied first."""
    query = (
        select(Item.id, FeedbackCount.rating, func.sum(FeedbackCount.times))
        .join(FeedbackCount, FeedbackCount.item_id == Item.id)
        .where(Item.unit_id.in_(units), FeedbackCount.told_on > today - timedelta(days=days))
        .group_by(Item.id, FeedbackCount.rating)
    )
    rows = db.execute(query).all()
    ids = {row[0] for row in rows}
    titles = titles_of(db, ids)
    found = {item.id: Told(item, titles.get(item.id, "")) for item in db.scalars(select(Item).where(Item.id.in_(ids)))}
    for item_id, rating, times in rows:
        found[item_id].counts[rating] = int(times)
    return sorted(found.values(), key=lambda one: (-one.unsatisfied, -one.times, one.title, one.item.id))


def words(db: Session, units: Collection[int], today: date, days: int, *, page: int, size: int) -> Page[Any]:
    """What readers of the items of these units wrote in the last days, the latest first."""
    query = (
        select(FeedbackWords)
        .join(Item, Item.id == FeedbackWords.item_id)
        .where(Item.unit_id.in_(units), FeedbackWords.told_on > today - timedelta(days=days))
        .order_by(FeedbackWords.told_on.desc(), FeedbackWords.id.desc())
    )
    return page_of(db, query, page=page, size=size)


def titles_of(db: Session, item_ids: Collection[int]) -> dict[int, str]:
    """What each item is called, on its public page or else on the desk."""
    query = select(Edition.item_id, Edition.title).where(
        Edition.item_id.in_(item_ids), Edition.state.in_((*LIVE, *WORKING))
    )
    return {row.item_id: row.title for row in db.execute(query.order_by(Edition.number.desc()))}
