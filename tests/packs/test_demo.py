"""The demonstration content of this repository."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.db import Sessions
from portal.notices.models import Notice
from portal.packs import Loaded, Pack, Verdict, has_other_content, load
from portal.publishing.models import Edition, State
from portal.settings import ROOT
from portal.site import queries as site

DEMO = ROOT / "content" / "demo"


@pytest.fixture
def demo(db: Session, sessions: Sessions, settings: Any) -> Callable[[datetime], Loaded]:
    def go(at: datetime) -> Loaded:
        loaded = load(sessions, Pack.read(DEMO), settings=settings, at=at)
        db.expire_all()
        return loaded

    return go


def test_the_whole_demonstration_loads_and_loads_again(db: Session, demo: Callable[[datetime], Loaded]) -> None:
    at = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    first = demo(at)
    editions = db.scalars(select(Edition)).all()
    states = Counter(edition.state for edition in editions if edition.item.kind == "notice")
    files = len(list((DEMO / "notices").glob("*.txt")))
    assert states == {
        State.PUBLISHED: files - 4, State.DRAFT: 1, State.IN_REVIEW: 1, State.SCHEDULED: 1, State.WITHDRAWN: 1,
    }  # fmt: skip
    assert all(edition.published_at is None or edition.published_at <= at for edition in editions)
    assert {page.slug for page in site.pages(db)} >= {"gioi-thieu", "lien-he", "tro-nang", "chinh-sach-rieng-tu"}
    assert len(site.sections(db)) == 11
    assert [account.roles[0][0] for account in first.accounts] == [
        "editor",
        "approver",
        "editor",
        "reader",
        "administrator",
        "receptionist",
        "handler",
        "handler",
        "approver",
        "administrator",
    ]
    assert list(audit.verify(db)) == []
    assert not has_other_content(db, Pack.read(DEMO))
    again = demo(at)
    assert again.changed == 0
    assert set(again.counts["notices"]) == {Verdict.UNCHANGED}


def test_every_issuer_but_the_ward_is_in_the_register(db: Session, demo: Callable[[datetime], Loaded]) -> None:
    demo(datetime(2026, 11, 21, 2, 0, tzinfo=UTC))
    unknown = db.scalars(select(Notice.issuer_name).where(Notice.issuer_id.is_(None))).all()
    assert set(unknown) <= {"Ủy ban nhân dân phường Hải Châu", "Hội đồng nhân dân thành phố Đà Nẵng"}


def test_it_can_be_loaded_long_after_it_was_written(db: Session, demo: Callable[[datetime], Loaded]) -> None:
    at = datetime(2031, 5, 5, 2, 0, tzinfo=UTC)
    demo(at)
    scheduled = db.scalars(select(Edition).where(Edition.state == State.SCHEDULED)).one()
    assert scheduled.publish_at is not None
    assert scheduled.publish_at > at


def test_other_content_is_noticed(db: Session, demo: Callable[[datetime], Loaded], make: Any) -> None:
    demo(datetime(2026, 11, 21, 2, 0, tzinfo=UTC))
    make.notice(make.agency())
    assert has_other_content(db, Pack.read(DEMO))
