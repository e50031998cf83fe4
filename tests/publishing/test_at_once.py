"""Two people at one item at the same moment. SQLite lets one writer in at a time, so this is about PostgreSQL."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from jobs.databases import own_database
from makers import Makers
from sqlalchemy import select

from portal.db import Base, Sessions, engine_for, maker_for
from portal.publishing import service
from portal.publishing.errors import AlreadyBeingEdited, NoLongerThere, StaleVersion
from portal.publishing.models import Edition, Item, State
from portal.publishing.service.guards import hold

__all__ = ["own_database"]

pytestmark = pytest.mark.skipif(
    not os.environ.get("PORTAL_TEST_DATABASE"), reason="SQLite has one writer at a time: nothing can interleave"
)


@pytest.fixture
def sessions(config, own_database) -> Iterator[Sessions]:
    engine = engine_for(own_database)
    Base.metadata.create_all(engine)
    yield maker_for(engine)
    engine.dispose()


@pytest.fixture
def written(sessions, at):
    """The id of a draft that everybody can see, and of the unit's approver."""
    with sessions.begin() as db:
        make = Makers(db, at)
        unit = make.agency()
        draft, approver = make.notice(unit, by=make.person(editor=unit), number="7"), make.person(approver=unit)
        db.flush()
        return draft.id, approver.id


def test_the_second_of_two_saves_is_told_and_overwrites_nothing(sessions, written, at):
    with sessions() as mine, sessions() as theirs:
        one, other = mine.get_one(Edition, written[0]), theirs.get_one(Edition, written[0])
        seen, text = other.version, one.data
        service.save(mine, one, text | {"title": "Của tôi"}, version=seen, by=None, at=at)
        mine.commit()
        with pytest.raises(StaleVersion) as told:
            service.save(theirs, other, text | {"title": "Của người kia"}, version=seen, by=None, at=at)
        assert told.value.edition.data["title"] == "Của tôi"


def test_a_save_into_a_draft_thrown_away_meanwhile_is_told(sessions, written, at):
    with sessions() as mine, sessions() as theirs:
        one, other = mine.get_one(Edition, written[0]), theirs.get_one(Edition, written[0])
        text, seen = other.data, other.version
        service.discard(mine, one, version=seen, by=None, at=at)
        mine.commit()
        with pytest.raises(NoLongerThere):
            service.save(theirs, other, text, version=seen, by=None, at=at)


def test_two_people_open_one_working_copy(sessions, written, at):
    with sessions.begin() as db:
        service.publish_imported(db, db.get_one(Edition, written[0]), at=at)
    with sessions() as mine, sessions() as theirs:
        item = mine.scalars(select(Item)).one()
        same = theirs.scalars(select(Item)).one()
        assert (item.working, same.working) == (None, None)
        copy = service.working_copy(mine, item, by=None, at=at)
        mine.commit()
        with pytest.raises(AlreadyBeingEdited) as told:
            service.working_copy(theirs, same, by=None, at=at)
        assert told.value.edition.id == copy.id


def test_two_items_that_want_one_address_both_get_one(sessions, written, at):
    with sessions.begin() as db:
        unit = db.get_one(Edition, written[0]).item.unit
        twin = Makers(db, at, count=50).notice(unit, number="7")
        db.flush()
        twin_id = twin.id

    def publish(edition_id: int) -> str:
        with sessions.begin() as db:
            edition = db.get_one(Edition, edition_id)
            service.publish_imported(db, edition, at=at)
            return str(edition.item.path)

    with sessions() as mine, ThreadPoolExecutor(1) as elsewhere:
        edition = mine.get_one(Edition, written[0])
        service.publish_imported(mine, edition, at=at)
        theirs = elsewhere.submit(publish, twin_id)
        mine.commit()
        assert {edition.item.path, theirs.result(timeout=30)} == {"/van-ban/7-tb-thu-2026", "/van-ban/7-tb-thu-2026-2"}


def test_the_schedule_does_not_wait_for_whoever_is_at_an_item(sessions, written, at):
    from portal.accounts.models import Person

    with sessions.begin() as db:
        edition, approver = db.get_one(Edition, written[0]), db.get_one(Person, written[1])
        soon = at + timedelta(minutes=1)
        service.schedule(db, edition, version=edition.version, by=approver, at=at, publish_at=soon)
    with sessions() as person, sessions() as worker:
        assert hold(person, person.get_one(Edition, written[0]).item)
        assert service.publish_due(worker, soon) == 0
        worker.commit()
        person.rollback()
        assert service.publish_due(worker, soon) == 1
        worker.commit()
    with sessions() as db:
        assert db.get_one(Edition, written[0]).state is State.PUBLISHED
