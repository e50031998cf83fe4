"""The page of a dossier: one log for applicant and officer, what is left of the time, what to do now (A6-5)."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import spoken
from dossiers.conftest import Counter, Staff
from dossiers.following.conftest import Browser
from icalendar import Calendar

from portal.dossiers.applications import HandedIn, Person, Receipt
from portal.dossiers.following import labels
from portal.dossiers.office import Office
from portal.dossiers.states import Outcome, State


def words_of(page: Any) -> str:
    return " ".join(page.html.main.get_text(" ").split())


def test_it_shows_the_events_that_officers_see_but_no_internal_ones(
    browser_of: Browser, counter: Counter, staff: Staff
) -> None:
    receipt = counter.receipt()
    counter.do("receive", receipt.dossier)
    counter.do("assign", receipt.dossier, to=staff.handler.person)
    counter.do("note", receipt.dossier, words="Chỉ cho nội bộ")
    told = words_of(browser_of.open(receipt))
    assert "Đã tiếp nhận hồ sơ" in told
    assert staff.handler.person.name in told
    assert staff.receptionist.person.name in told
    assert "Chỉ cho nội bộ" not in told


def test_it_names_no_personal_data_but_a_masked_name(browser_of: Browser, counter: Counter) -> None:
    page = browser_of.open(counter.receipt()).text
    assert "N. T. Hoa" in page
    for personal in ("Nguyễn Thị", "048090000001", "0912345678", "hoa@vidu.vn", "Lý do thử nghiệm"):
        assert personal not in page


def test_the_time_left_is_working_time(browser_of: Browser, counter: Counter) -> None:
    receipt = counter.receipt()
    counter.do("receive", receipt.dossier)
    told = words_of(browser_of.open(receipt))
    assert "Còn 5 ngày 7 giờ làm việc" in told
    assert "17:00 ngày 09/3/2026" in told


def test_a_dossier_that_is_overdue_says_by_how_much(browser_of: Browser, counter: Counter, at: datetime) -> None:
    receipt = counter.receipt()
    counter.do("receive", receipt.dossier)
    browser_of.at(at + timedelta(days=8))
    assert "Đã quá hạn 1 giờ làm việc" in words_of(browser_of.open(receipt))


def test_who_must_bring_a_paper_reads_which_and_by_when_and_that_the_clock_stands(
    browser_of: Browser, counter: Counter, at: datetime
) -> None:
    receipt = counter.receipt()
    counter.do("receive", receipt.dossier)
    asked = "Thiếu bản sao\ncăn cước"
    counter.do("ask_supplement", receipt.dossier, what=asked, until=(at + timedelta(days=10)).date())
    page = browser_of.open(receipt)
    todo = page.html.select_one(".portal-todo")
    assert "Bạn cần bổ sung giấy tờ" in todo.text
    assert todo.blockquote.get_text("\n") == asked
    assert "12/3/2026" in todo.text
    assert "Đang dừng tính giờ" in page.text
    assert page.html.select_one('[aria-current="step"]')["class"][-1] == "portal-stages__one--waiting"


def test_who_must_pay_reads_how_much_and_where(browser_of: Browser, counter: Counter, staff: Staff) -> None:
    receipt = counter.receipt()
    counter.do("receive", receipt.dossier)
    counter.do("ask_fee", receipt.dossier, amount=1250000)
    todo = browser_of.open(receipt).html.select_one(".portal-todo").get_text(" ")
    assert "1.250.000 đồng" in todo
    assert staff.reception.name in todo


def test_whose_result_is_ready_reads_where_it_lies(browser_of: Browser, counter: Counter) -> None:
    receipt = counter.receipt()
    counter.do("receive", receipt.dossier)
    counter.do("decide", receipt.dossier, outcome=Outcome.GRANTED)
    counter.do("announce_result", receipt.dossier, place="Quầy 3")
    todo = browser_of.open(receipt).html.select_one(".portal-todo").get_text(" ")
    assert "Mời bạn nhận kết quả" in todo
    assert "Quầy 3" in todo


@pytest.mark.parametrize("act", ["refuse", "withdraw", "stop"])
def test_where_it_ended_without_a_result_is_marked(browser_of: Browser, counter: Counter, act: str) -> None:
    receipt = counter.receipt()
    if act == "stop":
        counter.do("receive", receipt.dossier)
    counter.do(act, receipt.dossier, why="Lý do được nêu")
    page = browser_of.open(receipt)
    assert "Lý do được nêu" in page.text
    assert "Kết thúc ở bước này" in page.text
    assert page.html.select_one(".portal-todo") is None


def test_every_state_of_a_dossier_has_a_tag_and_every_public_event_a_name() -> None:
    from portal.dossiers import tracking

    assert set(labels.TAGS) == set(State)
    assert set(labels.HAPPENED) == tracking.PUBLIC


def test_the_result_is_given_out_and_what_was_handed_in_is_not(
    browser_of: Browser, decided: Receipt, result_file: HandedIn, office: Office, counter: Counter
) -> None:
    page = browser_of.open(decided)
    link = page.html.select_one(".portal-results a[type]")
    answer = browser_of.app.get(link["href"])
    assert answer.body == "Giấy phép đã ký\n".encode()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"
    theirs = counter.receipt(files=(result_file,))
    browser_of.open(theirs)
    assert browser_of.app.get(f"/ho-so/{theirs.code}").html.select(".portal-results") == []


def test_a_file_of_another_dossier_is_not_given_out(browser_of: Browser, decided: Receipt, counter: Counter) -> None:
    link = browser_of.open(decided).html.select_one(".portal-results a[type]")["href"]
    other = counter.receipt()
    browser_of.open(other)
    assert browser_of.app.get(link.replace(decided.code, other.code), status=404)


def test_the_appointment_can_be_parsed_and_says_when_and_where(
    browser_of: Browser, counter: Counter, staff: Staff, at: datetime
) -> None:
    receipt = counter.receipt()
    counter.do("receive", receipt.dossier)
    browser_of.open(receipt)
    answer = browser_of.app.get(f"/ho-so/{receipt.code}/lich.ics")
    assert answer.content_type == "text/calendar"
    (event,) = Calendar.from_ical(answer.body).walk("VEVENT")
    assert event["DTEND"].dt == receipt.dossier.due_at
    assert event["DTSTART"].dt.utcoffset() == timedelta(0)
    assert receipt.code in event["SUMMARY"]
    assert event["LOCATION"] == staff.reception.name
    assert event["UID"].startswith(str(receipt.dossier.uid))
    assert receipt.secret not in answer.text
    assert all(len(line) <= 75 for line in answer.body.split(b"\r\n"))


def test_a_later_appointment_replaces_the_earlier_one(browser_of: Browser, counter: Counter, at: datetime) -> None:
    receipt = counter.receipt()
    counter.do("receive", receipt.dossier)
    browser_of.open(receipt)
    address = f"/ho-so/{receipt.code}/lich.ics"
    (before,) = Calendar.from_ical(browser_of.app.get(address).body).walk("VEVENT")
    counter.do("withdraw", receipt.dossier)
    (after,) = Calendar.from_ical(browser_of.app.get(address).body).walk("VEVENT")
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")


def test_without_a_due_date_there_is_no_appointment(browser_of: Browser, counter: Counter) -> None:
    receipt = counter.receipt()
    page = browser_of.open(receipt)
    assert "lich.ics" not in page.text
    assert browser_of.app.get(f"/ho-so/{receipt.code}/lich.ics", status=409)


def test_the_receipt_is_a_page_and_a_pdf(browser_of: Browser, counter: Counter) -> None:
    receipt = counter.receipt()
    counter.do("receive", receipt.dossier)
    browser_of.open(receipt)
    page = browser_of.app.get(f"/ho-so/{receipt.code}/giay-tiep-nhan")
    assert receipt.code in page.text
    assert "Nguyễn Thị Hoa" in page.text
    pdf = browser_of.app.get(f"/ho-so/{receipt.code}/giay-tiep-nhan.pdf")
    assert pdf.body.startswith(b"%PDF-")
    assert pdf.headers["Cache-Control"] == "private, no-store"


def test_an_applicant_who_gave_no_name_has_no_line_for_it(browser_of: Browser, counter: Counter) -> None:
    assert "Người nộp:" not in browser_of.open(counter.receipt(applicant=Person())).text


def test_an_erased_dossier_still_shows_its_states(browser_of: Browser, decided: Receipt, counter: Counter) -> None:
    counter.do("erase", decided.dossier)
    told = words_of(browser_of.open(decided))
    assert "Đã giải quyết xong" in told
    assert "Hoa" not in told


@pytest.mark.parametrize("act", [None, "receive", "ask_supplement", "ask_fee", "decided"])
def test_an_english_page_marks_what_is_vietnamese(
    browser_of: Browser, counter: Counter, decided: Receipt, act: str | None
) -> None:
    receipt = decided if act == "decided" else counter.receipt()
    if act and act != "decided":
        counter.do("receive", receipt.dossier)
    if act == "ask_supplement":
        counter.do(act, receipt.dossier, what="Thiếu bản sao căn cước")
    if act == "ask_fee":
        counter.do(act, receipt.dossier, amount=50000, words="Lệ phí cấp giấy phép")
    pages = [browser_of.open(receipt, "/en"), browser_of.app.get(f"/en/ho-so/{receipt.code}/du-lieu")]
    known = spoken.quoting()
    wrong = [one.text for page in pages for one in spoken.vietnamese(spoken.of_page(page.text), known)]
    assert wrong == []


def test_templates_hold_no_script_and_no_style() -> None:
    from portal.settings import ROOT

    folder: Path = ROOT / "portal/dossiers/templates/dossiers/following"
    for template in folder.glob("*.jinja2"):
        text = template.read_text(encoding="utf-8")
        assert "<script" not in text, template.name
        assert "style=" not in text, template.name
