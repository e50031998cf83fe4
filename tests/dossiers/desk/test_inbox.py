"""The inbox: who sees what, in which order, found by what, and several at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.accounts.models import Grant
from portal.dossiers.applications import Person
from portal.dossiers.models import Reading
from portal.dossiers.officers import Officer
from portal.dossiers.states import State


def codes(page):
    return [link.get_text() for link in page.html.select(".portal-inbox__code")]


@pytest.fixture
def three(counter, staff):
    """One new, one received, one given to the handler and nearly due."""
    taken = [counter.take(applicant=Person(name=name)) for name in ("Lê Văn Đạt", "Trần Mỹ Ý", "Nguyễn Thị Hoa")]
    for dossier in taken[1:]:
        counter.do("receive", dossier)
    counter.do("assign", taken[2], to=staff.handler.person)
    return taken


def test_each_sees_their_own_and_a_stranger_nothing(desk, staff, three):
    assert len(codes(desk(staff.receptionist).get(below="?muc=dang-mo"))) == 3
    assert codes(desk(staff.handler).get(below="?muc=cua-toi")) == [three[2].code]
    assert codes(desk(staff.stranger).get(below="?muc=dang-mo")) == []
    desk(staff.leader).get(below="?muc=khong-co", status=422)


def test_the_tabs_count_and_hold_what_they_say(desk, counter, staff, three):
    counter.do("ask_supplement", three[1], what="Ảnh")
    page = desk(staff.leader).get()
    counts = {
        link.contents[0].strip(): link.span.get_text() for link in page.html.select(".portal-inbox-tabs a") if link.span
    }
    assert counts == {
        "Của tôi": "0",
        "Chưa phân công": "1",
        "Đang mở": "3",
        "Chờ người nộp": "1",
        "Quá hạn": "0",
        "Chờ trả kết quả": "0",
    }
    assert codes(desk(staff.leader).get(below="?muc=cho-bo-sung")) == [three[1].code]


def test_what_is_due_first_stands_first_with_the_hours_left(desk, counter, staff):
    late = counter.take()
    soon = counter.take(limit=(3, "working_hours"))
    for dossier in (late, soon):
        counter.do("receive", dossier)
    page = desk(staff.receptionist).get(below="?muc=dang-mo")
    assert codes(page) == [soon.code, late.code]
    assert "Còn 3 giờ làm việc" in page.html.main.get_text()
    assert "Còn 5 ngày làm việc" in page.html.main.get_text()


def test_a_dossier_past_its_date_is_marked(desk, counter, staff, app):
    dossier = counter.take(at=counter.at - timedelta(days=28))
    counter.do("receive", dossier, at=counter.at - timedelta(days=28))
    page = desk(staff.receptionist).get(below="?muc=qua-han")
    assert codes(page) == [dossier.code]
    assert "Quá hạn" in page.html.select_one(".portal-inbox tbody").get_text()


@pytest.mark.parametrize("typed", ["nguyen thi hoa", "Hoa Nguyễn", "HOA"])
def test_a_name_is_found_without_accents_and_the_search_is_noted(desk, counter, staff, three, typed):
    page = desk(staff.receptionist).app.get("/ban-lam-viec/ho-so", {"q": typed})
    assert codes(page) == [three[2].code]
    assert "N. T. Hoa" in page.html.main.get_text()
    assert "Nguyễn Thị Hoa" not in page.html.main.get_text()
    rows = counter.db.scalars(select(Reading).where(Reading.dossier_id == three[2].id)).all()
    assert [(row.what, row.person_id) for row in rows] == [("search", staff.receptionist.person.id)]


def test_names_are_not_searched_where_they_may_not_be_read(desk, counter, staff, make, three):
    other = type(staff.handler)(counter.db, make.person(handler=staff.deciding))
    assert three[2].code in codes(desk(other).get(below="?muc=dang-mo"))
    assert codes(desk(other).app.get("/ban-lam-viec/ho-so", {"q": "hoa"})) == []
    assert codes(desk(staff.administrator).app.get("/ban-lam-viec/ho-so", {"q": "hoa"})) == []
    assert counter.db.scalars(select(Reading)).all() == []


def test_a_part_of_a_code_finds_it(desk, counter, staff, three):
    found = desk(staff.administrator).app.get("/ban-lam-viec/ho-so", {"q": three[1].code[-5:].lower()})
    assert codes(found) == [three[1].code]


@pytest.mark.parametrize("tab", ["cua-toi", "qua-han", "da-xong", "cho-tra"])
def test_a_search_looks_in_all_tabs_and_tells_the_state(desk, counter, staff, three, tab):
    counter.do("withdraw", three[2])
    at = desk(staff.receptionist).app
    by_name = at.get("/ban-lam-viec/ho-so", {"muc": tab, "q": "hoa"})
    assert codes(by_name) == [three[2].code]
    assert "Công dân yêu cầu rút hồ sơ" in by_name.html.select_one(".portal-inbox tbody").get_text()
    assert by_name.html.select(".portal-inbox-tabs [aria-current]") == []
    both = at.get("/ban-lam-viec/ho-so", {"muc": tab, "q": three[0].code[:3]})
    assert codes(both)[-1] == three[2].code  # what has ended stands last
    assert len(codes(both)) == 3


def test_the_list_is_paged(desk, counter, staff):
    for _number in range(27):
        counter.take()
    assert len(codes(desk(staff.receptionist).get(below="?muc=dang-mo"))) == 25
    assert len(codes(desk(staff.receptionist).get(below="?muc=dang-mo&trang=2"))) == 2


def bulk(page, act, *dossiers):
    form = next(form for form in page.forms.values() if form.action.endswith("/hang-loat"))
    for box in form.fields["chon"]:
        box.checked = any(str(one.uid) in box._value for one in dossiers)
    return form.submit("do", value=act)


def test_several_are_received_each_with_its_own_result(desk, counter, staff, three):
    at = desk(staff.receptionist)
    confirm = bulk(at.get(below="?muc=dang-mo"), "tiep-nhan", *three)
    assert three[0].state is State.NEW
    form = next(form for form in confirm.forms.values() if form.action.endswith("/hang-loat"))
    result = form.submit("confirm")
    assert three[0].state is State.RECEIVED
    text = result.html.main.get_text()
    assert "Đã xong 1 hồ sơ, chưa được 2 hồ sơ." in text
    assert text.count("Chưa được") >= 2
    assert "Hồ sơ đã ở trạng thái “Được tiếp nhận” rồi" in text
    assert "“Được tiếp nhận” nên không thể" not in text


def test_several_are_assigned(desk, counter, staff, three):
    confirm = bulk(desk(staff.leader).get(below="?muc=dang-mo"), "phan-cong", *three[1:])
    form = next(form for form in confirm.forms.values() if form.action.endswith("/hang-loat"))
    form["person"] = str(staff.handler.person.uid)
    form.submit("confirm")
    assert [one.handler_id for one in three[1:]] == [staff.handler.person.id] * 2


def test_a_stale_one_among_several_is_told_and_left_alone(desk, counter, staff, three):
    confirm = bulk(desk(staff.receptionist).get(below="?muc=dang-mo"), "chuyen", *three[1:])
    counter.do("note", three[1], words="Chờ đã", by=staff.leader)
    form = next(form for form in confirm.forms.values() if form.action.endswith("/hang-loat"))
    form["code"] = "H17.13"
    text = form.submit("confirm").html.main.get_text()
    assert "Đã xong 1 hồ sơ, chưa được 1 hồ sơ." in text
    assert "vừa được người khác cập nhật" in text
    assert three[1].deciding_id == staff.deciding.id
    assert three[2].deciding_id == staff.reception.id


def test_nothing_ticked_is_said(desk, counter, staff, three):
    form = next(f for f in desk(staff.receptionist).get(below="?muc=dang-mo").forms.values() if "chon" in f.fields)
    answer = form.submit("do", value="tiep-nhan", status=422)
    assert "chưa chọn hồ sơ nào" in answer.html.main.get_text()


def test_dossiers_of_others_cannot_be_ticked(desk, counter, staff, three):
    page = desk(staff.stranger).get(below="?muc=dang-mo")
    token = page.html.find("input", {"name": "csrf_token"})["value"]
    sent = {"csrf_token": token, "do": "tiep-nhan", "chon": f"{three[0].uid}:1", "confirm": "1"}
    answer = page.goto("/ban-lam-viec/ho-so/hang-loat", method="post", params=sent, status=422)
    assert three[0].code not in answer.text
    assert three[0].state is State.NEW


def test_the_first_page_of_the_desk_shows_what_is_due(desk, counter, staff):
    dossier = counter.take(limit=(3, "working_hours"))
    counter.do("receive", dossier)
    page = desk(staff.receptionist).app.get("/ban-lam-viec").html
    panel = page.find(id="ho-so-sap-den-han").parent.get_text()
    assert dossier.code in panel
    assert "Còn 3 giờ làm việc" in panel


def test_who_works_elsewhere_is_not_named_to_who_ticks_a_dossier_of_theirs(desk, counter, staff, make, three):
    leader = Officer(counter.db, make.person(approver=staff.reception, handler=staff.reception))
    counter.do("transfer", three[1], to=staff.reception)
    counter.db.expire_all()
    page = desk(leader).get(below="?muc=dang-mo")
    token = page.html.find("input", {"name": "csrf_token"})["value"]
    ticked = [("chon", f"{one.uid}:{one.version}") for one in three[:2]]
    sent = [("csrf_token", token), ("do", "phan-cong"), *ticked]
    answer = page.goto("/ban-lam-viec/ho-so/hang-loat", method="post", params=sent)
    assert leader.person.name in answer.text
    assert three[0].code not in answer.text
    assert str(staff.handler.person.uid) not in answer.text


def test_what_somebody_handled_in_a_unit_they_left_is_not_shown_to_them(desk, counter, staff, make):
    dossier = counter.take(limit=(3, "working_hours"))
    counter.do("receive", dossier)
    counter.do("assign", dossier, to=staff.handler.person)
    assert dossier.code in desk(staff.handler).app.get("/ban-lam-viec").text
    counter.db.execute(update(Grant).where(Grant.person_id == staff.handler.person.id).values(unit_id=make.agency().id))
    counter.db.expire_all()
    assert dossier.code not in desk(staff.handler).app.get("/ban-lam-viec").text
