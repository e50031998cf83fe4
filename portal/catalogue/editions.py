"""Which edition of a procedure held on a day (A5-10): dossiers and readers may ask for the one of their day."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from portal.catalogue.data import as_date
from portal.clock import today
from portal.publishing.models import Edition, Item, State

PUBLIC = (State.PUBLISHED, State.SUPERSEDED)


def editions_on(db: Session, item: Item, day: date) -> Edition | None:
    """The public edition that held on the day; None before the first one, after its end, or when it was withdrawn."""
    query = select(Edition).where(Edition.item_id == item.id, Edition.published_at.is_not(None))
    return held_on(db.scalars(query.options(undefer(Edition.data))), day)


def held_on(editions: Iterable[Edition], day: date) -> Edition | None:
    """Of these, the one whose period holds the day: the newest among those that had begun.

    A period begins on `effective_on`, or on the day of publication where that is unknown; a later edition with a later
    period leaves the earlier one in force until then. `expires_on` is the last day.
    """
    begun = [edition for edition in editions if edition.state in PUBLIC and _begins(edition) <= day]
    found = max(begun, key=lambda edition: edition.number, default=None)
    if found is None:
        return None
    ends = as_date(found.data.get("expires_on"))
    return found if ends is None or day <= ends else None


def _begins(edition: Edition) -> date:
    stated = as_date(edition.data.get("effective_on"))
    return stated or (today(edition.published_at) if edition.published_at else date.max)
