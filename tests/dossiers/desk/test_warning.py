"""Warnings before a due date and after it: to the right people, once a step, one letter a run."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.dossiers.desk.warning import warn
from portal.dossiers.models import DossierWarning
from portal.mail.models import Mail


@pytest.fixture
def letters(counter):
    def go():
        query = select(Mail).where(Mail.key.startswith("dossier-warning:")).order_by(Mail.id)
        return [(mail.recipient, mail.subject) for mail in counter.db.scalars(query)]

    return go


@pytest.fixture
def given(counter, staff):
    """Due on Monday 9 March at 17:00."""
    dossier = counter.take()
    counter.do("receive", dossier)
    counter.do("assign", dossier, to=staff.handler.person)
    return dossier


def test_nobody_is_warned_early(counter, given, letters):
    warn(counter.db, counter.office, at=counter.at + timedelta(days=3))
    assert letters() == []


def test_the_handler_is_warned_a_working_day_before_and_once(counter, staff, given, letters):
    friday = given.due_at - timedelta(days=3)
    for later in range(3):
        warn(counter.db, counter.office, at=friday + timedelta(hours=later))
    assert letters() == [(staff.handler.person.email, "1 hồ sơ sắp đến hạn")]


def test_leaders_too_once_it_is_late(counter, staff, given, letters):
    late = given.due_at + timedelta(minutes=1)
    assert warn(counter.db, counter.office, at=late) == 2
    assert warn(counter.db, counter.office, at=late + timedelta(hours=1)) == 0
    assert {who for who, _what in letters()} == {staff.handler.person.email, staff.leader.person.email}
    assert {what for _who, what in letters()} == {"1 hồ sơ quá hạn"}


def test_what_nobody_was_given_is_told_to_the_leaders(counter, staff, letters):
    dossier = counter.take()
    counter.do("receive", dossier)
    warn(counter.db, counter.office, at=dossier.due_at - timedelta(hours=1))
    assert letters() == [(staff.leader.person.email, "1 hồ sơ sắp đến hạn")]


def test_a_date_that_moved_is_warned_of_anew(counter, staff, given, letters):
    warn(counter.db, counter.office, at=given.due_at - timedelta(hours=1))
    counter.do("extend", given, why="Phức tạp", basis="Điều 1", due_on=(given.due_at + timedelta(days=7)).date())
    warn(counter.db, counter.office, at=given.due_at - timedelta(hours=1))
    assert len(letters()) == 2
    assert len(counter.db.scalars(select(DossierWarning)).all()) == 2


def test_several_dossiers_are_one_letter(counter, staff, given, letters):
    other = counter.take()
    counter.do("receive", other)
    counter.do("assign", other, to=staff.handler.person)
    warn(counter.db, counter.office, at=given.due_at - timedelta(hours=1))
    assert letters() == [(staff.handler.person.email, "2 hồ sơ sắp đến hạn")]


def test_a_dossier_that_waits_or_ended_warns_nobody(counter, staff, given, letters):
    counter.do("ask_supplement", given, what="Ảnh", by=staff.handler)
    warn(counter.db, counter.office, at=given.due_at + timedelta(days=30))
    assert letters() == []
