"""The only writer of what readers tell."""

import hashlib
import hmac
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.accounts.models import Person
from portal.accounts.throttle import address_key
from portal.db import insert_into
from portal.feedback.errors import ToldTooOften
from portal.feedback.models import FeedbackCount, FeedbackDay, FeedbackMark, FeedbackWords, Rating
from portal.publishing.models import Item
from portal.text import nfc, without_controls, without_invisible

LONGEST = 1000
"""Characters of what a reader writes."""
OF_ONE_PAGE, OF_ALL = 10, 100
"""What one network address may tell in a day about one page, and about all: an office shares an address."""
KEPT = timedelta(days=400)
"""How long words are kept; counts stay."""


def tell(
    db: Session, item: Item, rating: Rating, words: str | None, *, address: str, secret: str, at: datetime
) -> None:
    """Count a reader's rating of a published item, and keep their words. Raises `ToldTooOften`.

    `address`: of the network that asks; only a keyed digest of it is written, and only until the day is over.
    """
    today = clock.today(at)
    _admit(db, item, today, address=address, secret=secret)
    new = insert_into(db, FeedbackCount).values(item_id=item.id, told_on=today, rating=rating.value, times=1)
    key = [FeedbackCount.item_id, FeedbackCount.told_on, FeedbackCount.rating]
    db.execute(new.on_conflict_do_update(index_elements=key, set_={"times": FeedbackCount.times + 1}))
    told = plain(words)
    if told:
        db.add(FeedbackWords(item_id=item.id, told_on=today, rating=rating.value, words=told))
    db.flush()


def plain(words: str | None) -> str:
    """What was typed as plain text that every page and spreadsheet can hold."""
    lines = without_controls(without_invisible(nfc(words or ""))).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()[:LONGEST]


def remove(db: Session, words: FeedbackWords, *, by: Person, at: datetime) -> None:
    """Take away words that should not stand there, such as personal data; the rating stays counted."""
    audit.record(db, by, "removed reader's words", words.item, at=at, told_on=words.told_on.isoformat())
    db.delete(words)
    db.flush()


def forget(db: Session, at: datetime) -> None:
    """A periodic job: marks and salts of past days go, and words that are old."""
    today = clock.today(at)
    db.execute(delete(FeedbackMark).where(FeedbackMark.told_on < today))
    db.execute(delete(FeedbackDay).where(FeedbackDay.told_on < today))
    db.execute(delete(FeedbackWords).where(FeedbackWords.told_on < today - KEPT))


def _admit(db: Session, item: Item, today: date, *, address: str, secret: str) -> None:
    salt = _salt(db, today)
    network = address_key(address)
    for about, allowed in ((str(item.uid), OF_ONE_PAGE), ("", OF_ALL)):
        mark = hmac.new(f"{secret} {salt}".encode(), f"{network} {about}".encode(), hashlib.sha256).hexdigest()
        if _counted(db, mark, today) > allowed:
            raise ToldTooOften


def _salt(db: Session, today: date) -> str:
    """The day's own; the first to need it makes it."""
    new: Any = insert_into(db, FeedbackDay).values(told_on=today, salt=secrets.token_hex(32))
    db.execute(new.on_conflict_do_nothing())
    return db.scalars(select(FeedbackDay.salt).where(FeedbackDay.told_on == today)).one()


def _counted(db: Session, mark: str, today: date) -> int:
    new = insert_into(db, FeedbackMark).values(mark=mark, told_on=today, times=1)
    again = new.on_conflict_do_update(index_elements=[FeedbackMark.mark], set_={"times": FeedbackMark.times + 1})
    db.execute(again)
    return db.scalars(select(FeedbackMark.times).where(FeedbackMark.mark == mark)).one()
