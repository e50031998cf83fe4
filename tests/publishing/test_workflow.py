"""From draft to public and back, through the services, on a real database."""

from datetime import timedelta

import pytest

from portal import audit
from portal.publishing import queries, service
from portal.publishing.errors import (
    AlreadyBeingEdited,
    Gone,
    Incomplete,
    InThePast,
    Moved,
    NeverThere,
    NoteMissing,
    OwnWriting,
    PathTaken,
    ReasonMissing,
    StaleVersion,
    WrongState,
)
from portal.publishing.models import PageChange, State


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
def draft(make, unit, editor):
    return make.notice(unit, by=editor)


def publish(db, edition, approver, at, **more):
    service.publish(db, edition, version=edition.version, by=approver, at=at, **more)


def test_a_draft_goes_through_review_and_becomes_public(db, draft, editor, approver, at):
    service.submit(db, draft, version=draft.version, by=editor, at=at)
    assert draft.state is State.IN_REVIEW
    publish(db, draft, approver, at)
    live = queries.by_path(db, draft.item.path)
    assert (live.edition, draft.state, draft.publisher, draft.self_approved) == (
        draft,
        State.PUBLISHED,
        approver,
        False,
    )


def test_nobody_approves_their_own_writing(db, draft, editor, approver, at):
    service.save(db, draft, draft.data, version=draft.version, by=approver, at=at)
    with pytest.raises(OwnWriting):
        publish(db, draft, approver, at)


def test_a_unit_may_allow_it_and_then_it_is_marked(db, draft, editor, unit, at):
    unit.self_approval = True
    publish(db, draft, editor, at)
    assert draft.self_approved


def test_sending_back_needs_a_reason_that_the_writers_see(db, draft, editor, approver, at):
    service.submit(db, draft, version=draft.version, by=editor, at=at)
    with pytest.raises(ReasonMissing):
        service.send_back(db, draft, version=draft.version, by=approver, at=at, why="  ")
    service.send_back(db, draft, version=draft.version, by=approver, at=at, why="Thiếu nơi nhận")
    assert (draft.state, draft.sent_back_why) == (State.DRAFT, "Thiếu nơi nhận")


@pytest.mark.parametrize(
    "write",
    [
        lambda db, e, p, at: service.save(db, e, e.data, version=e.version - 1, by=p, at=at),
        lambda db, e, p, at: service.submit(db, e, version=e.version - 1, by=p, at=at),
        lambda db, e, p, at: service.publish(db, e, version=e.version - 1, by=p, at=at),
        lambda db, e, p, at: service.schedule(
            db, e, version=e.version - 1, by=p, at=at, publish_at=at + timedelta(hours=1)
        ),
        lambda db, e, p, at: service.discard(db, e, version=e.version - 1, by=p, at=at),
        lambda db, e, p, at: service.autosave(db, e, p, [("title", "x")], version=e.version - 1, at=at),
    ],
    ids=["save", "submit", "publish", "schedule", "discard", "autosave"],
)
def test_every_write_refuses_a_stale_version(db, draft, approver, at, write):
    service.save(db, draft, draft.data, version=draft.version, by=None, at=at)
    with pytest.raises(StaleVersion):
        write(db, draft, approver, at)


def test_an_incomplete_draft_can_be_saved_but_not_submitted(db, make, unit, editor, at):
    draft = make.notice(unit, by=editor, title="", type=None)
    with pytest.raises(Incomplete) as refused:
        service.submit(db, draft, version=draft.version, by=editor, at=at)
    assert len(refused.value.problems) == 2


def test_a_published_edition_is_changed_by_a_working_copy_only(db, draft, editor, approver, at):
    publish(db, draft, approver, at)
    with pytest.raises(WrongState):
        service.save(db, draft, draft.data, version=draft.version, by=editor, at=at)
    copy = service.working_copy(db, draft.item, by=editor, at=at)
    service.save(db, copy, copy.data | {"title": "Trích yếu mới"}, version=copy.version, by=editor, at=at)
    assert queries.by_path(db, draft.item.path).edition is draft
    with pytest.raises(AlreadyBeingEdited):
        service.working_copy(db, draft.item, by=editor, at=at)
    with pytest.raises(NoteMissing):
        publish(db, copy, approver, at)
    publish(db, copy, approver, at, change_note="Sửa trích yếu")
    assert queries.by_path(db, draft.item.path).edition is copy
    assert draft.state is State.SUPERSEDED
    assert [e.number for e in queries.public_history(db, draft.item)] == [2, 1]


def test_discarding_a_working_copy_leaves_the_live_edition(db, draft, editor, approver, at):
    publish(db, draft, approver, at)
    copy = service.working_copy(db, draft.item, by=editor, at=at)
    assert service.discard(db, copy, version=copy.version, by=editor, at=at) is False
    assert queries.by_path(db, draft.item.path).edition is draft
    assert service.working_copy(db, draft.item, by=editor, at=at).number == 2


def test_an_older_edition_can_be_restored(db, draft, editor, approver, at):
    before = draft.data["title"]
    publish(db, draft, approver, at)
    copy = service.working_copy(db, draft.item, by=editor, at=at)
    service.save(db, copy, copy.data | {"title": "Khác"}, version=copy.version, by=editor, at=at)
    publish(db, copy, approver, at, minor=True)
    restored = service.working_copy(db, draft.item, by=editor, at=at, source=draft)
    assert (restored.number, restored.data["title"]) == (3, before)


def test_a_scheduled_edition_goes_public_when_its_time_has_come(db, draft, approver, at):
    service.schedule(db, draft, version=draft.version, by=approver, at=at, publish_at=at + timedelta(hours=1))
    assert service.publish_due(db, at + timedelta(minutes=59)) == 0
    with pytest.raises(NeverThere):
        queries.by_path(db, "/van-ban/1-tb-thu-2026")
    assert queries.overdue(db, at + timedelta(hours=2)) == [draft]
    assert service.publish_due(db, at + timedelta(hours=2)) == 1
    assert queries.by_path(db, draft.item.path).edition is draft
    assert service.publish_due(db, at + timedelta(hours=2)) == 0


def test_a_schedule_lies_ahead(db, draft, approver, at):
    with pytest.raises(InThePast):
        service.schedule(db, draft, version=draft.version, by=approver, at=at, publish_at=at)


def test_one_schedule_that_fails_does_not_stop_the_others(db, make, unit, editor, approver, at):
    first, second = make.notice(unit, by=editor), make.notice(unit, by=editor)
    soon = at + timedelta(minutes=1)
    for edition in (first, second):
        service.schedule(db, edition, version=edition.version, by=approver, at=at, publish_at=soon)
    first.item.kind = "unknown"
    assert service.publish_due(db, soon) == 1
    assert (first.state, second.state) == (State.SCHEDULED, State.PUBLISHED)
    first.item.kind = "notice"
    assert service.publish_due(db, soon) == 1


def test_a_withdrawn_item_answers_gone_with_its_reason(db, draft, approver, at):
    publish(db, draft, approver, at)
    with pytest.raises(ReasonMissing):
        service.withdraw(db, draft, version=draft.version, by=approver, at=at, why="")
    service.withdraw(db, draft, version=draft.version, by=approver, at=at, why="Ban hành nhầm")
    with pytest.raises(Gone) as gone:
        queries.by_path(db, draft.item.path)
    assert gone.value.edition.withdrawn_why == "Ban hành nhầm"


def test_a_withdrawn_item_can_be_published_again_with_a_note(db, draft, editor, approver, at):
    publish(db, draft, approver, at)
    service.withdraw(db, draft, version=draft.version, by=approver, at=at, why="Ban hành nhầm")
    copy = service.working_copy(db, draft.item, by=editor, at=at)
    with pytest.raises(NoteMissing):
        publish(db, copy, approver, at, minor=True)
    publish(db, copy, approver, at, change_note="Công bố lại")
    assert queries.by_path(db, draft.item.path).edition is copy


def test_a_renamed_address_redirects_in_one_hop_and_is_never_given_away(db, make, draft, unit, editor, approver, at):
    publish(db, draft, approver, at)
    item, first = draft.item, draft.item.path
    service.move(db, item, "/van-ban/hai", by=editor, at=at)
    service.move(db, item, "/van-ban/ba", by=editor, at=at)
    for old in (first, "/van-ban/hai"):
        with pytest.raises(Moved) as moved:
            queries.by_path(db, old)
        assert moved.value.path == "/van-ban/ba"
    other = make.notice(unit, published=True)
    with pytest.raises(PathTaken):
        service.move(db, other.item, first, by=editor, at=at)


def test_two_documents_with_one_number_get_two_addresses(db, make, unit):
    first, second = (make.notice(unit, published=True, number="7", notation="TB-VPCP") for _ in range(2))
    assert (first.item.path, second.item.path) == ("/van-ban/7-tb-vpcp-2026", "/van-ban/7-tb-vpcp-2026-2")


def test_publishing_says_which_pages_are_no_longer_fresh(db, draft, unit, approver, at):
    db.query(PageChange).delete()
    publish(db, draft, approver, at)
    keys = {change.key for change in db.query(PageChange)}
    assert keys == {f"item:{draft.item.uid}", "list:notice", f"unit:{unit.id}", f"number:{draft.data['number']}/tb-thu"}


def test_what_was_typed_is_kept_until_it_is_saved(db, draft, editor, at):
    service.autosave(db, draft, editor, [("title", "đang gõ")], version=draft.version, at=at)
    assert service.autosaved(db, draft, editor).fields == [["title", "đang gõ"]]
    service.save(db, draft, draft.data, version=draft.version, by=editor, at=at)
    assert service.autosaved(db, draft, editor) is None


def test_the_form_says_who_else_has_it_open(db, draft, editor, approver, at):
    service.seen_editing(db, draft, approver, at=at)
    assert queries.also_editing(db, draft, editor, at=at + timedelta(seconds=30)) == [approver]
    assert queries.also_editing(db, draft, editor, at=at + timedelta(seconds=60)) == []
    service.leave(db, draft, approver)
    assert queries.also_editing(db, draft, editor, at=at) == []


def test_every_step_stands_in_the_record(db, draft, editor, approver, at):
    service.submit(db, draft, version=draft.version, by=editor, at=at)
    publish(db, draft, approver, at)
    steps = [(line.action, line.actor_name) for line in audit.history(db, draft.item.uid)]
    assert steps == [("published", approver.name), ("submitted", editor.name), ("created", editor.name)]
    assert list(audit.verify(db)) == []
