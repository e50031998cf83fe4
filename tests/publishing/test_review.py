"""Promises that a review found broken: schedule and withdrawal, what text may hold, comparison of long documents."""

from datetime import timedelta

import pytest

from portal import audit
from portal.publishing import queries, service
from portal.publishing.diff import changes
from portal.publishing.errors import Withdrawn
from portal.publishing.models import Edition, State


@pytest.fixture
def unit(make):
    return make.agency()


@pytest.fixture
def editor(make, unit):
    return make.person(editor=unit)


@pytest.fixture
def approver(make, unit):
    return make.person(approver=unit)


@pytest.fixture
def notice(make, unit):
    return make.notice(unit, published=True)


def test_a_withdrawal_takes_what_was_scheduled_to_follow_off_the_schedule(db, notice, editor, approver, at):
    copy = service.working_copy(db, notice.item, by=editor, at=at)
    soon = at + timedelta(hours=1)
    service.schedule(db, copy, version=copy.version, by=approver, at=at, publish_at=soon, change_note="Sửa số liệu")
    service.withdraw(db, notice, version=notice.version, by=approver, at=at, why="Ban hành nhầm")
    assert service.publish_due(db, soon) == 0
    assert (copy.state, copy.publisher, notice.state) == (State.DRAFT, None, State.WITHDRAWN)
    assert [line.action for line in audit.history(db, notice.item.uid)][:2] == ["unscheduled", "withdrew"]


def test_an_import_never_brings_back_what_was_withdrawn(db, notice, approver, at):
    service.withdraw(db, notice, version=notice.version, by=approver, at=at, why="Ban hành nhầm")
    copy = service.working_copy(db, notice.item, by=None, at=at)
    with pytest.raises(Withdrawn):
        service.publish_imported(db, copy, at=at)
    assert queries.live_edition(db, notice.item) is notice


def test_a_reason_holds_only_what_a_feed_can_hold(app, db, notice, approver, at):
    service.withdraw(db, notice, version=notice.version, by=approver, at=at, why="Ban hành\x0b nhầm\x08")
    assert notice.withdrawn_why == "Ban hành nhầm"
    app.get("/van-ban.atom")


def test_two_tabs_of_one_person_keep_one_text_each_time(db, make, unit, editor, at):
    draft = make.notice(unit, by=editor)
    for text in ("một", "hai"):
        service.autosave(db, draft, editor, [("title", text)], version=draft.version, at=at)
    assert service.autosaved(db, draft, editor).fields == [["title", "hai"]]
    service.seen_editing(db, draft, editor, at=at)
    service.seen_editing(db, draft, editor, at=at)


def test_the_page_of_an_item_asks_no_more_for_more_editions(
    app, db, make, unit, editor, approver, sign_in, count_queries, at
):
    def with_editions(number: int) -> str:
        item = make.notice(unit, by=editor, published=True).item
        for _each in range(number):
            copy = service.working_copy(db, item, by=editor, at=at)
            service.publish(db, copy, version=copy.version, by=approver, at=at, minor=True)
        return str(item.uid)

    few, many = with_editions(1), with_editions(6)
    sign_in(app, make.person(reader=unit))
    asked = []
    for uid in (few, few, many):  # the first one fills what a process keeps
        db.expunge_all()
        with count_queries() as seen:
            app.get(f"/ban-lam-viec/muc/{uid}")
        asked.append(len(seen))
    assert asked[2] == asked[1]


def test_a_moved_address_keeps_the_question(app, db, notice, at):
    old = notice.item.path
    service.move(db, notice.item, "/van-ban/ten-moi", by=None, at=at)
    assert app.get(f"/en{old}?a=1", status=301).location == "http://localhost/en/van-ban/ten-moi?a=1"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("abcabba", "cbabac"),
        ("", "ab"),
        ("ab", ""),
        ("aaaa", "aa"),
        ("xaybzc", "aybc"),
    ],
)
def test_changes_lead_from_the_one_to_the_other(old, new):
    found = list(changes(list(old), list(new)))
    assert "".join(old[i1:i2] for _op, i1, i2, _j1, _j2 in found) == old
    assert "".join(new[j1:j2] for _op, _i1, _i2, j1, j2 in found) == new
    assert all(old[i1:i2] == new[j1:j2] for op, i1, i2, j1, j2 in found if op == "equal")


def test_a_long_text_with_blank_lines_can_be_compared():
    """difflib alone needs many minutes for this."""
    old = [f"Điều {n}" if n % 2 else "" for n in range(20_000)]
    new = [f"Điều {n} mới" if n % 4 == 1 else line for n, line in enumerate(old)]
    assert sum(op == "replace" for op, *_places in changes(old, new)) == 5_000


def test_one_who_has_a_draft_open_is_noted_without_a_write_in_the_reading(app, db, make, unit, editor, sign_in, at):
    draft = make.notice(unit, by=editor)
    sign_in(app, editor)
    app.get(f"/ban-lam-viec/van-ban/{draft.item.uid}/sua")
    other = make.person(editor=unit)
    assert queries.also_editing(db, db.get_one(Edition, draft.id), other, at=at) == [editor]
