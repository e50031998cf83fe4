"""What an official meets after signing in."""

from datetime import timedelta

import pytest

from portal.publishing import service as publishing


@pytest.fixture
def unit(make):
    return make.agency()


@pytest.fixture
def editor(make, unit):
    return make.person(editor=unit)


@pytest.fixture
def approver(make, unit):
    return make.person(approver=unit)


def panel(page, id_):
    return page.html.find("section", attrs={"aria-labelledby": id_}).text


def test_a_visitor_is_led_to_the_sign_in_page(app):
    assert "/dang-nhap?den=" in app.get("/ban-lam-viec", status=303).location


def test_an_editor_sees_own_drafts_and_why_one_was_sent_back(app, db, make, sign_in, unit, editor, approver, at):
    draft = make.notice(unit, by=editor, title="Bị trả lại")
    publishing.submit(db, draft, version=draft.version, by=editor, at=at)
    publishing.send_back(db, draft, version=draft.version, by=approver, at=at, why="Thiếu nơi nhận")
    make.notice(unit, by=make.person(editor=unit), title="Của người khác")
    sign_in(app, editor)
    mine = panel(app.get("/ban-lam-viec"), "nhap")
    assert "Bị trả lại" in mine
    assert "Của người khác" not in mine


def test_an_approver_sees_what_waits_but_not_what_they_wrote(app, db, make, sign_in, unit, editor, approver, at):
    for writer, title in ((editor, "Chờ duyệt"), (approver, "Tự viết")):
        draft = make.notice(unit, by=writer, title=title)
        publishing.submit(db, draft, version=draft.version, by=writer, at=at)
    sign_in(app, approver)
    waiting = panel(app.get("/ban-lam-viec"), "cho-toi")
    assert "Chờ duyệt" in waiting
    assert "Tự viết" not in waiting


def test_what_goes_out_next_what_went_out_and_what_is_doubtful(app, db, make, sign_in, unit, editor, approver, at):
    later = make.notice(unit, by=editor, title="Hẹn ngày mai")
    publishing.schedule(db, later, version=later.version, by=approver, at=at, publish_at=at + timedelta(days=1))
    make.notice(unit, published=True, title="Vừa công bố")
    make.notice(unit, by=editor, title="Còn ngờ", doubts={"issued_on": "Không có dòng ngày tháng"})
    sign_in(app, editor)
    page = app.get("/ban-lam-viec")
    assert "Hẹn ngày mai" in panel(page, "hen-gio")
    assert "Vừa công bố" in panel(page, "moi")
    assert "Còn ngờ" in panel(page, "can-kiem-tra")


def test_a_late_schedule_is_said_loudly(app, db, make, sign_in, unit, editor, approver, at):
    late = make.notice(unit, by=editor, title="Trễ hẹn")
    before = at - timedelta(hours=2)
    publishing.schedule(db, late, version=late.version, by=approver, at=before, publish_at=at - timedelta(hours=1))
    sign_in(app, editor)
    assert "đã quá giờ hẹn công bố" in app.get("/ban-lam-viec").text


def test_another_unit_shows_nothing(app, make, sign_in, unit, editor):
    make.notice(unit, by=editor, title="Kín của đơn vị")
    make.notice(unit, published=True, title="Công khai của đơn vị")
    sign_in(app, make.person(editor=make.agency()))
    page = app.get("/ban-lam-viec").text
    assert "Kín của đơn vị" not in page
    assert "Công khai của đơn vị" not in page


EDITORIAL = ["cho-toi", "nhap", "hen-gio", "moi", "can-kiem-tra"]


def sections(page):
    return [section["aria-labelledby"] for section in page.html.select("main section.portal-panel")]


@pytest.mark.parametrize("role", ["receptionist", "handler"])
def test_who_only_handles_dossiers_sees_no_lists_of_content(app, make, sign_in, unit, role):
    sign_in(app, make.person(**{role: unit}))
    page = app.get("/ban-lam-viec")
    assert sections(page) == ["ho-so-sap-den-han"]
    assert not page.html.select(".portal-desk-count")


def test_an_administrator_without_content_is_told_that_nothing_waits(app, make, sign_in, unit):
    sign_in(app, make.person(administrator=unit))
    page = app.get("/ban-lam-viec")
    assert not set(sections(page)) & set(EDITORIAL)
    assert "Không có việc nào đang chờ bạn." in page.text


@pytest.mark.parametrize("role", ["reader", "editor", "approver"])
def test_whoever_writes_reads_or_approves_sees_them_below_the_panels(app, make, sign_in, unit, role):
    sign_in(app, make.person(**{role: unit, "receptionist": unit}))
    page = app.get("/ban-lam-viec")
    found = sections(page)
    assert found[0] == "ho-so-sap-den-han"
    assert found[-5:] == EDITORIAL
    assert len(page.html.select(".portal-desk-count")) == 5
