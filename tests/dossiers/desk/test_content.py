"""Personal data at the desk: after a purpose was said, each look noted, never to those who may not."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from webtest import TestApp

from portal.dossiers import printing
from portal.dossiers.models import Reading
from portal.dossiers.officers import Officer
from portal.dossiers.states import Outcome


@pytest.fixture
def given(counter, staff):
    dossier = counter.take()
    counter.do("receive", dossier)
    counter.do("assign", dossier, to=staff.handler.person)
    return dossier


def notes(counter):
    return [(row.what, row.purpose) for row in counter.db.scalars(select(Reading).order_by(Reading.id))]


def test_the_page_of_a_dossier_names_nobody(desk, counter, staff, given):
    for officer in (staff.receptionist, staff.handler, staff.leader, staff.administrator):
        text = desk(officer).get(given).text
        assert "Nguyễn Thị Hoa" not in text
        assert "048090000001" not in text
    assert notes(counter) == []


def test_content_is_shown_after_a_purpose_and_each_look_is_noted(desk, counter, staff, given):
    at = desk(staff.handler)
    asked = at.get(given, "/noi-dung")
    assert "Nguyễn Thị Hoa" not in asked.text
    form = asked.forms["muc-dich"]
    form["muc-dich-purpose"] = "giai-quyet"
    shown = form.submit("look", status=303).follow()
    assert "Nguyễn Thị Hoa" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    at.get(given, "/noi-dung")
    assert notes(counter) == [("application", "Thẩm định, giải quyết hồ sơ")] * 2


def test_another_purpose_needs_words(desk, counter, staff, given):
    form = desk(staff.leader).get(given, "/noi-dung").forms["muc-dich"]
    form["muc-dich-purpose"] = "khac"
    refused = form.submit("look", status=422)
    form = refused.forms["muc-dich"]
    form["words"] = "Trả lời báo chí"
    form.submit("look", status=303).follow()
    assert notes(counter) == [("application", "Trả lời báo chí")]


def test_a_purpose_holds_for_one_dossier_and_half_an_hour(desk, counter, staff, given, wsgi):
    at = desk(staff.receptionist)
    form = at.get(given, "/noi-dung").forms["muc-dich"]
    form["muc-dich-purpose"] = "tra-loi"
    form.submit("look")
    assert "muc-dich" in at.get(counter.take(), "/noi-dung").forms
    later = TestApp(wsgi, extra_environ={**at.app.extra_environ, "portal.at": counter.at + timedelta(minutes=31)})
    later.cookiejar = at.app.cookiejar
    assert "muc-dich" in later.get(f"/ban-lam-viec/ho-so/{given.uid}/noi-dung").forms


def test_a_handler_who_was_not_given_it_may_not(desk, counter, staff, make, given):
    other = type(staff.handler)(counter.db, make.person(handler=staff.deciding))
    desk(other).get(given)
    desk(other).get(given, "/noi-dung", status=403)
    desk(other).get(given, "/mau/1", status=403)


def test_words_for_the_applicant_are_hidden_from_who_may_not_read_them(desk, counter, staff, given):
    counter.do("ask_supplement", given, what="Chị Hoa nộp thêm ảnh", by=staff.handler)
    assert "Chị Hoa" in desk(staff.leader).get(given).text
    assert "Chị Hoa" not in desk(staff.administrator).get(given).text


def test_administrators_see_who_looked(desk, counter, staff, given):
    form = desk(staff.handler).get(given, "/noi-dung").forms["muc-dich"]
    form["muc-dich-purpose"] = "giai-quyet"
    form.submit("look").follow()
    page = desk(staff.administrator).get(given, "/nhat-ky-doc").html.main.get_text()
    assert "Thẩm định, giải quyết hồ sơ" in page
    assert staff.handler.person.name in page


def test_a_paper_is_a_page_and_a_pdf_and_its_reading_is_noted(desk, counter, staff, given):
    at = desk(staff.receptionist)
    assert "Nguyễn Thị Hoa" in at.get(given, "/mau/1").html.find(class_="portal-sheet").get_text()
    made = at.get(given, "/mau/1.pdf")
    assert made.body.startswith(b"%PDF-")
    assert [what for what, _why in notes(counter)] == ["paper", "paper"]
    at.get(given, "/mau/4", status=404)
    at.get(given, "/mau/x", status=404)


def test_a_refused_dossier_has_no_receipt(desk, counter, staff):
    dossier = counter.take()
    at = desk(staff.receptionist)
    assert f"/{dossier.uid}/mau/1" in at.get(dossier).text
    counter.do("refuse", dossier, why="Không đủ")
    page = at.get(dossier).text
    assert f"/{dossier.uid}/mau/1" not in page
    assert f"/{dossier.uid}/mau/3" in page
    at.get(dossier, "/mau/1", status=404)


def test_papers_of_an_erased_dossier_are_listed_without_a_link(desk, counter, staff):
    dossier = counter.take()
    printing.issue(counter.db, dossier, counter.do("receive", dossier), counter.office, at=counter.at)
    counter.do("decide", dossier, outcome=Outcome.GRANTED)
    at = desk(staff.receptionist)
    assert at.get(dossier).html.select("a[href$='/noi-dung']")
    counter.do("erase", dossier)
    page = at.get(dossier).html
    assert "Đã lập, số 01" in page.select_one("[aria-labelledby=giay-to]").get_text(" ")
    assert not page.select("a[href*='/mau/'], a[href$='/noi-dung']")
    at.get(dossier, "/mau/1", status=410)


def test_the_page_leads_to_the_codes_on_papers_for_whoever_may_see_it(desk, counter, staff, given):
    for officer in (staff.receptionist, staff.handler, staff.leader, staff.administrator):
        at = desk(officer)
        links = {link["href"] for link in at.get(given).html.select("[aria-labelledby=giay-to] a")}
        seals = f"/ban-lam-viec/ho-so/{given.uid}/chung-thuc"
        assert seals in links
        assert (f"/ban-lam-viec/ho-so/{given.uid}/mau/1" in links) is (officer is not staff.administrator)
        at.app.get(seals, status=200)


def test_the_register_lists_the_period_and_notes_each(desk, counter, staff, given):
    page = desk(staff.receptionist).get(below="/so-theo-doi?tu=1/3/2026&den=31/3/2026")
    row = page.html.select_one(".portal-sheet tbody tr").get_text(" ")
    assert given.code in row
    assert "Nguyễn Thị Hoa" in row
    assert notes(counter) == [("paper", "In sổ theo dõi hồ sơ")]
    assert desk(staff.receptionist).get(below="/so-theo-doi.pdf").body.startswith(b"%PDF-")
    desk(staff.receptionist).get(below="/so-theo-doi?tu=31/13/2026", status=422)


def test_the_register_names_nobody_to_those_who_may_not_read_personal_data(desk, counter, staff, make, given):
    colleague = Officer(counter.db, make.person(handler=staff.deciding))
    for officer in (staff.administrator, colleague):
        (row,) = desk(officer).get(below="/so-theo-doi").html.select(".portal-sheet tbody tr")
        assert given.code in row.get_text()
        assert "Hoa" not in row.get_text()
        assert "0912345678" not in row.get_text()
    assert not desk(staff.stranger).get(below="/so-theo-doi").html.select(".portal-sheet tbody tr")
    assert notes(counter) == []
    assert "Nguyễn Thị Hoa" in desk(staff.handler).get(below="/so-theo-doi").html.select_one(".portal-sheet").get_text()
    assert notes(counter) == [("paper", "In sổ theo dõi hồ sơ")]


def test_figures_of_ones_own_units(desk, counter, staff, given):
    page = desk(staff.leader).get(below="/thong-ke?tu=1/3/2026&den=31/3/2026")
    rows = {
        row.th.get_text(strip=True): [cell.get_text(strip=True) for cell in row.find_all("td")]
        for row in page.html.select("tbody tr")
    }
    assert rows["03/2026"][:2] == ["1", "0"]
    assert rows[staff.deciding.name][0] == "1"
    assert not desk(staff.stranger).get(below="/thong-ke").html.find(string=staff.deciding.name)
    desk(staff.leader).get(below="/thong-ke?tu=1/3/2026&den=1/2/2026", status=422)


def test_notes_may_name_people_and_are_read_by_those_who_may_know(desk, counter, staff, given, make):
    counter.do("note", given, words="nhà bà Hoa ở xa", by=staff.receptionist)
    colleague = Officer(counter.db, make.person(handler=staff.deciding))
    assert "nhà bà Hoa" not in desk(colleague).get(given).text
    page = desk(colleague).send(given, "ghi-chu", words="Tôi đã gọi điện").follow()
    assert "Tôi đã gọi điện" in page.text
    assert "nhà bà Hoa" in desk(staff.leader).get(given).text


def test_a_share_is_written_as_on_the_public_page(desk, counter, staff, given):
    counter.do("decide", given, outcome=Outcome.GRANTED)
    asked = "?tu=1/3/2026&den=31/3/2026"
    own = desk(staff.leader).get(below=f"/thong-ke{asked}").html.main.get_text()
    assert "100,0%" in own
    assert "100,0 %" not in own
