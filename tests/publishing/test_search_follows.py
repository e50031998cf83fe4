"""Whatever changes what the public sees stands in the log of search, and nothing else does."""

from datetime import datetime
from typing import Any

from makers import Makers
from sqlalchemy.orm import Session

from portal.publishing import service as publishing
from portal.search import changes, service


def noted(db: Session, before: int) -> list[str]:
    service.settle(db)
    return [change.uid for change in changes.after(db, before, 100)]


def test_publishing_moving_and_withdrawing_are_noted_and_a_draft_is_not(
    config: Any, db: Session, make: Makers, at: datetime
) -> None:
    edition = make.notice(make.agency())
    item = edition.item
    assert noted(db, 0) == []
    publishing.publish_imported(db, edition, at=at)
    assert noted(db, 0) == [str(item.uid)]
    last = changes.last_number(db)
    publishing.move(db, item, "/van-ban/cho-khac", by=None, at=at)
    assert noted(db, last) == [str(item.uid)]
    last = changes.last_number(db)
    publishing.withdraw(db, edition, version=edition.version, by=None, at=at, why="nhầm")
    assert noted(db, last) == [str(item.uid)]
