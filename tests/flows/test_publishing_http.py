"""Whole journeys of a document over HTTP, with the forms that people use."""

from datetime import timedelta

import pytest
from flows.inert import live_parts
from flows.journeys import PAPER, act, begin, browser, confirmed, draft, edit, edition_of, people, published, unit

from portal.publishing import service
from portal.publishing.models import State

__all__ = ["browser", "draft", "people", "published", "unit"]


# -- from paper to page


def test_a_pasted_paper_becomes_a_public_page(db, browser, people):
    editor, approver = browser("editor"), browser("approver")
    page = begin(editor, PAPER)
    form = page.forms["van-ban"]
    assert (form.get("number", 0).value, form["notation"].value) == ("12", "TB-BTN")
    assert form.get("title", 0).value == "Về việc nghỉ làm việc để bảo trì hệ thống"
    assert "05/02/2026" in form["issued_on"].value or "5/2/2026" in form["issued_on"].value
    assert "Trần Văn Mẫu" in page.text
    edition = edition_of(db, page)
    answer = confirmed(form, edition.data["doubts"]).submit("submit")
    assert answer.status_int == 303, [p.get_text() for p in answer.html.find_all("li")][:20]
    assert edition.state is State.IN_REVIEW
    waiting = approver.get("/ban-lam-viec")
    assert "nghỉ làm việc để bảo trì" in waiting.text

    act(approver, edition.item, "tra-lai", why="Thiếu nơi nhận")
    assert "Thiếu nơi nhận" in editor.get(f"/ban-lam-viec/van-ban/{edition.item.uid}/sua").text
    edit(editor, edition).submit("submit", status=303)
    act(approver, edition.item, "cong-bo")

    citizen = browser().get(edition.item.path)
    assert "Số: 12/TB-BTN" in citizen.text
    assert "Hệ thống tạm nghỉ từ 20 giờ" in citizen.text
    assert "Thiếu nơi nhận" not in citizen.text
    assert people["editor"].name not in citizen.text


def test_the_two_papers_of_the_study_are_read_without_inventing(shared, db, browser):
    editor = browser("editor")
    for name, number, flagged in (("000", "249", ()), ("004", None, ("number", "issued_on"))):
        paper = next((shared / "data" / "seeds").glob(f"{name}_*.txt")).read_text(encoding="utf-8")
        page = begin(editor, paper)
        data = edition_of(db, page).data
        assert data["number"] == number
        assert data["meeting_on"] is not None
        assert data["issued_on"] == ("2014-07-01" if number else None)
        assert set(flagged) <= set(data["doubts"])
        assert len(data["recipients"]) == (10 if number else 5)
        assert data["archive_line"].startswith("Lưu: VT")
        if flagged:
            page.forms["van-ban"].submit("submit", status=422)
            assert edition_of(db, page).state is State.DRAFT


def test_what_is_doubtful_must_be_confirmed_before_review(db, browser):
    editor = browser("editor")
    blank = PAPER.replace("Số: 12/TB-BTN", "Số:     /TB-BTN").replace("ngày 05 tháng 02", "ngày   tháng 02")
    page = begin(editor, blank)
    edition = edition_of(db, page)
    assert edition.data["number"] is None
    assert edition.data["issued_on"] is None
    assert {"number", "issued_on"} <= set(edition.data["doubts"])
    refused = page.forms["van-ban"].submit("submit", status=422)
    assert "kiểm tra" in refused.text
    assert edition.state is State.DRAFT

    form = refused.forms["van-ban"]
    form.set("number", "12", 0)
    form["issued_on"] = "05/02/2026"
    confirmed(form, edition.data["doubts"]).submit("submit", status=303)
    assert edition.state is State.IN_REVIEW
    assert (edition.data["number"], edition.data["issued_on"], edition.data["doubts"]) == ("12", "2026-02-05", {})


# -- review


def test_sending_back_needs_a_reason(browser, db, draft, people, at):
    service.submit(db, draft, version=draft.version, by=people["editor"], at=at)
    refused = act(browser("approver"), draft.item, "tra-lai", why="  ", status=422)
    assert "lý do" in refused.text
    assert draft.state is State.IN_REVIEW


def test_an_editor_takes_a_submitted_draft_back(browser, db, draft, people, at):
    service.submit(db, draft, version=draft.version, by=people["editor"], at=at)
    act(browser("editor"), draft.item, "rut-lai")
    assert draft.state is State.DRAFT


def test_nobody_is_offered_to_approve_their_own_writing_nor_may_send_it(browser, db, make, draft, unit, people, at):
    both = people["approver"]
    service.save(db, draft, draft.data, version=draft.version, by=both, at=at)
    service.submit(db, draft, version=draft.version, by=both, at=at)
    app = browser("approver")
    page = app.get(f"/ban-lam-viec/muc/{draft.item.uid}")
    assert not [form for form in page.forms.values() if form.action.endswith("cong-bo")]
    assert "một người duyệt khác" in page.text
    token = page.forms[next(iter(page.forms))]["csrf_token"].value
    sent = {"csrf_token": token, "version": str(draft.version)}
    app.post(f"/ban-lam-viec/muc/{draft.item.uid}/ban/1/cong-bo", sent, status=403)
    assert draft.state is State.IN_REVIEW

    unit.self_approval = True
    db.flush()
    act(app, draft.item, "cong-bo")
    assert draft.state is State.PUBLISHED
    assert "tự duyệt" in app.get(f"/ban-lam-viec/muc/{draft.item.uid}").text


# -- public life


def test_a_published_document_changes_through_a_working_copy_that_readers_hear_of(browser, db, published, people):
    editor, approver, citizen = browser("editor"), browser("approver"), browser()
    path = published.item.path
    act(editor, published.item, "sua-ban-moi")
    copy = published.item.working
    form = edit(editor, copy)
    form.set("title", "Về việc bảo trì, sửa đổi", 0)
    form.submit("submit", status=303)
    assert "sửa đổi" not in citizen.get(path).text

    compared = editor.get(f"/ban-lam-viec/muc/{published.item.uid}/so-sanh?a=1&b=2")
    assert "sửa đổi" in "".join(tag.get_text() for tag in compared.html.find_all("ins"))
    assert live_parts(compared) == []

    act(approver, published.item, "cong-bo", status=422)
    act(approver, published.item, "cong-bo", change_note="Bổ sung đối tượng áp dụng")
    page = citizen.get(path)
    assert "sửa đổi" in page.text
    assert "Bổ sung đối tượng áp dụng" in page.text


def test_an_older_edition_is_restored_as_a_draft(browser, db, published, people, at):
    copy = service.working_copy(db, published.item, by=people["editor"], at=at)
    data = copy.data | {"title": "Bản hai"}
    service.save(db, copy, data, version=copy.version, by=people["editor"], at=at)
    service.publish(db, copy, version=copy.version, by=people["approver"], at=at, minor=True)
    page = browser("editor").get(f"/ban-lam-viec/muc/{published.item.uid}")
    form = next(f for f in page.forms.values() if "tu" in f.fields and f["tu"].value == "1")
    form.submit(status=303)
    restored = published.item.working
    assert (restored.number, restored.data["title"]) == (3, "Về việc bảo trì")
    assert "Bản hai" in browser().get(published.item.path).text


def test_a_scheduled_document_waits_for_its_vietnamese_hour(browser, db, draft, people, at):
    service.submit(db, draft, version=draft.version, by=people["editor"], at=at)
    approver = browser("approver")
    for day, hour in (("2/3/2026", "08:59"), ("31/2/2026", "08:00"), ("3/3/2026", "25:00"), ("", "")):
        act(approver, draft.item, "hen-gio", day=day, hour=hour, status=422)
    act(approver, draft.item, "hen-gio", day="3/3/2026", hour="08:30")
    due = at.replace(day=3, hour=1, minute=30)
    assert draft.publish_at == due
    path = "/van-ban/12-tb-btn-2026"
    service.publish_due(db, due - timedelta(minutes=1))
    browser(when=due).get(path, status=404)
    assert browser(when=due - timedelta(minutes=1)).get("/suc-khoe/san-sang").json["state"] == "ok"
    assert browser(when=due + timedelta(minutes=5)).get("/suc-khoe/san-sang").json == {"state": "late", "overdue": 1}
    service.publish_due(db, due)
    assert "Về việc bảo trì" in browser(when=due).get(path).text


def test_a_schedule_can_be_taken_back(browser, db, draft, people, at):
    service.schedule(db, draft, version=draft.version, by=people["approver"], at=at, publish_at=at + timedelta(days=1))
    act(browser("approver"), draft.item, "huy-hen")
    assert draft.state is State.DRAFT
    assert service.publish_due(db, at + timedelta(days=2)) == 0


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_withdrawn_document_answers_gone_with_the_reason(browser, published, prefix):
    approver = browser("approver")
    act(approver, published.item, "thu-hoi", why="", status=422)
    act(approver, published.item, "thu-hoi", why="Ban hành nhầm thẩm quyền")
    page = browser().get(prefix + published.item.path, status=410)
    assert "Ban hành nhầm thẩm quyền" in page.text
    assert "Nội dung thử nghiệm" not in page.text
    assert "Về việc bảo trì" not in browser().get(prefix + "/van-ban").text


def test_a_renamed_document_redirects_in_one_hop(browser, published):
    first = published.item.path
    editor = browser("editor")
    for name in ("Tên thứ hai", "ten-thu-ba"):
        act(editor, published.item, "dia-chi", path=name)
    for old in (first, "/van-ban/ten-thu-hai"):
        answer = browser().get(old, status=301)
        assert answer.location == "http://localhost/van-ban/ten-thu-ba"
        answer.follow(status=200)


def test_an_address_that_another_document_has_is_refused(browser, make, unit, published):
    other = make.notice(unit, published=True)
    refused = act(browser("editor"), published.item, "dia-chi", path=other.item.path.rsplit("/", 1)[-1], status=409)
    assert "Địa chỉ này" in refused.text


# -- who sees what


def test_a_second_document_with_the_same_number_is_pointed_out(browser, make, unit, people, published):
    second = make.notice(unit, by=people["editor"], number="12", notation="TB-BTN", title="Bản trùng")
    page = browser("editor").get(f"/ban-lam-viec/van-ban/{second.item.uid}/sua")
    assert "Đã có văn bản cùng số" in page.text
    assert "Về việc bảo trì" in page.text


def test_a_duplicate_in_another_units_draft_is_not_told(browser, make, people, unit, draft):
    stranger = people["stranger"]
    own = make.notice(
        stranger.unit,
        by=stranger,
        number="12",
        notation="TB-BTN",
        title="Của đơn vị khác",
        issuer={"name": unit.name, "code": unit.code},
    )
    page = browser("stranger").get(f"/ban-lam-viec/van-ban/{own.item.uid}/sua")
    assert "Về việc bảo trì" not in page.text


def test_who_left_the_unit_sees_nothing_of_its_drafts(browser, db, draft, people, unit, at):
    from portal.accounts import service as accounts

    accounts.revoke_grant(db, people["editor"], "editor", unit, by=None, at=at)
    app = browser("editor")
    app.get(f"/ban-lam-viec/muc/{draft.item.uid}", status=403)
    assert "Về việc bảo trì" not in app.get("/ban-lam-viec").text


def test_the_form_says_who_else_has_it_open(browser, draft, people):
    edit(browser("second"), draft)
    place = f"/ban-lam-viec/muc/{draft.item.uid}/ban/1/co-mat"
    assert people["second"].name in browser("editor").get(place).json["message"]


@pytest.mark.parametrize(("route", "kind"), [("van-ban", "page"), ("trang", "notice")])
def test_a_page_of_one_kind_shows_no_item_of_another(browser, db, unit, people, at, make, route, kind):
    data = {"title": "Nháp"}
    edition = service.create(db, kind=kind, data=data, unit=unit, origin="localhost", by=people["editor"], at=at)
    for tail in ("sua", "xem-truoc/1"):
        browser("editor").get(f"/ban-lam-viec/{route}/{edition.item.uid}/{tail}", status=404)


def test_a_discarded_first_draft_is_gone_and_leads_back_to_the_desk(browser, draft, people):
    answer = act(browser("editor"), draft.item, "/bo")
    assert answer.location.endswith("/ban-lam-viec")
    browser("editor").get(f"/ban-lam-viec/muc/{draft.item.uid}", status=404)
