"""A person's request about their own data: asked with code and secret, answered by an administrator, never twice."""

import io
import zipfile
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
from dossiers.conftest import Counter, Staff
from dossiers.following.conftest import Browser
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.dossiers import service
from portal.dossiers.applications import Receipt
from portal.dossiers.errors import NotAllowed, StaleDossier, StillOpen
from portal.dossiers.following import requests
from portal.dossiers.following.errors import AlreadyAnswered, AlreadyAsked, AlreadyErased
from portal.dossiers.following.models import DataRequest, Progress, Wish
from portal.dossiers.models import Applicant, Dossier, Reading
from portal.dossiers.office import Office
from portal.mail.models import Mail

LIST = "/ban-lam-viec/ho-so/yeu-cau-du-lieu"


@pytest.fixture
def asked(db: Session, decided: Receipt, at: datetime) -> dict[Wish, DataRequest]:
    return {wish: requests.ask(db, decided.dossier, wish, at=at) for wish in Wish}


def send(browser: Browser, code: str, wish: str, **more: Any) -> Any:
    form = browser.app.get(f"/ho-so/{code}/du-lieu").forms["yeu-cau"]
    form["yeu-cau-wish"] = wish
    return form.submit(**more)


def test_who_proved_the_pair_asks_and_sees_how_it_goes(browser_of: Browser, decided: Receipt, db: Session) -> None:
    browser_of.open(decided)
    page = send(browser_of, decided.code, "export").follow()
    assert "Đã ghi nhận yêu cầu" in page.text
    assert "Đang chờ trả lời" in page.text
    assert db.scalars(select(DataRequest)).one().wish == Wish.EXPORT


def test_the_same_request_twice_is_one(browser_of: Browser, decided: Receipt, db: Session) -> None:
    browser_of.open(decided)
    send(browser_of, decided.code, "export")
    assert "đang chờ trả lời" in send(browser_of, decided.code, "export", status=409).text
    assert len(list(db.scalars(select(DataRequest)))) == 1


def test_what_is_still_handled_is_not_erased(browser_of: Browser, counter: Counter) -> None:
    receipt = counter.receipt()
    browser_of.open(receipt)
    assert "đang được giải quyết" in send(browser_of, receipt.code, "erase", status=409).text


def test_nothing_chosen_is_an_error_at_the_question(browser_of: Browser, decided: Receipt) -> None:
    browser_of.open(decided)
    answer = browser_of.app.get(f"/ho-so/{decided.code}/du-lieu").forms["yeu-cau"].submit(status=422)
    assert answer.html.select_one(".govuk-error-message")


def test_an_administrator_hands_over_a_copy_which_is_noted_as_a_reading(
    app: TestApp, sign_in: Any, staff: Staff, db: Session, asked: Any, decided: Receipt
) -> None:
    sign_in(app, staff.administrator.person)
    listed = app.get(LIST)
    assert decided.code in listed.text
    page = app.get(f"{LIST}/{asked[Wish.EXPORT].uid}")
    copy = next(form for form in page.forms.values() if form.action.endswith("/ban-sao")).submit()
    with zipfile.ZipFile(io.BytesIO(copy.body)) as archive:
        assert orjson.loads(archive.read("dossier.json"))["applicant"]["name"] == "Nguyễn Thị Hoa"
    reading = db.scalars(select(Reading)).one()
    assert (reading.what, reading.person_id) == ("export", staff.administrator.person.id)
    assert asked[Wish.EXPORT].progress == Progress.OPEN
    next(form for form in page.forms.values() if form.action.endswith("/da-giao")).submit().follow()
    assert asked[Wish.EXPORT].progress == Progress.DONE


def test_an_administrator_erases_after_confirming(
    app: TestApp, sign_in: Any, staff: Staff, db: Session, asked: Any, decided: Receipt
) -> None:
    sign_in(app, staff.administrator.person)
    form = next(
        form for form in app.get(f"{LIST}/{asked[Wish.ERASE].uid}").forms.values() if form.action.endswith("/xoa")
    )
    assert "xác nhận" in form.submit(status=422).text
    assert decided.dossier.anonymised_at is None
    form["confirmed"] = True
    form.submit().follow()
    assert decided.dossier.anonymised_at is not None
    assert db.get_one(Applicant, decided.dossier.id).name is None
    assert asked[Wish.ERASE].progress == Progress.DONE


def test_the_answer_is_told_once_to_the_address_that_then_goes(
    db: Session, office: Office, staff: Staff, asked: Any, decided: Receipt, at: datetime
) -> None:
    request = asked[Wish.ERASE]
    requests.erase(db, request, office, seen=decided.dossier.version, by=staff.administrator, at=at)
    letter = db.scalars(select(Mail).where(Mail.key == f"data_request:{request.uid}")).one()
    assert letter.recipient == "hoa@vidu.vn"
    assert "Đã xóa dữ liệu cá nhân" in letter.subject
    assert "Hoa" not in (letter.body or "").replace("hoa@", "")


def test_a_refusal_gives_its_reason_to_the_person(
    app: TestApp, sign_in: Any, staff: Staff, asked: Any, decided: Receipt, other_app: TestApp, db: Session
) -> None:
    sign_in(app, staff.administrator.person)
    form = app.get(f"{LIST}/{asked[Wish.EXPORT].uid}").forms["tu-choi"]
    assert form.submit(status=422).html.select_one(".govuk-error-message")
    form["why"] = "Chưa thấy giấy tờ tùy thân"
    form.submit().follow()
    Browser(other_app).open(decided)
    assert "Chưa thấy giấy tờ tùy thân" in other_app.get(f"/ho-so/{decided.code}/du-lieu").text
    letter = db.scalars(select(Mail).where(Mail.key == f"data_request:{asked[Wish.EXPORT].uid}")).one()
    assert "Chưa thấy giấy tờ tùy thân" in (letter.body or "")


def test_a_letter_in_english_is_english(db: Session, office: Office, asked: Any, decided: Receipt) -> None:
    from portal.dossiers.following import letters

    subject, text = letters.answer(asked[Wish.EXPORT], office, "en")
    assert subject.startswith("A copy of the data")
    assert "Dear Sir or Madam" in text


def test_nobody_answers_twice_or_what_has_changed(
    db: Session, office: Office, staff: Staff, asked: Any, decided: Receipt, at: datetime
) -> None:
    with pytest.raises(StaleDossier):
        requests.erase(db, asked[Wish.ERASE], office, seen=1, by=staff.administrator, at=at)
    requests.handed_over(db, asked[Wish.EXPORT], office, by=staff.administrator, at=at)
    with pytest.raises(AlreadyAnswered):
        requests.refuse(db, asked[Wish.EXPORT], office, why="Không", by=staff.administrator, at=at)
    with pytest.raises(AlreadyAnswered):
        requests.copy(db, asked[Wish.EXPORT], office, by=staff.administrator, at=at)


def test_others_neither_see_nor_answer_requests(
    db: Session, office: Office, staff: Staff, asked: Any, decided: Receipt, at: datetime, app: TestApp, sign_in: Any
) -> None:
    for officer in (staff.receptionist, staff.handler, staff.leader, staff.stranger):
        with pytest.raises(NotAllowed):
            requests.handed_over(db, asked[Wish.EXPORT], office, by=officer, at=at)
        with pytest.raises(NotAllowed):
            requests.erase(db, asked[Wish.ERASE], office, seen=decided.dossier.version, by=officer, at=at)
    sign_in(app, staff.leader.person)
    assert app.get(LIST, status=403)


def test_an_administrator_of_another_unit_sees_none_of_it(
    app: TestApp, sign_in: Any, make: Any, asked: Any, decided: Receipt
) -> None:
    sign_in(app, make.person(administrator=make.agency()))
    assert decided.code not in app.get(LIST).text
    assert decided.code not in app.get("/ban-lam-viec/ho-so/truy-cap").text
    assert app.get(f"{LIST}/{asked[Wish.EXPORT].uid}", status=403)


def test_after_erasure_nothing_more_can_be_asked(
    db: Session, office: Office, staff: Staff, decided: Receipt, at: datetime, browser_of: Browser
) -> None:
    service.erase(db, decided.dossier, office, seen=decided.dossier.version, by=staff.administrator, at=at)
    for wish in Wish:
        with pytest.raises(AlreadyErased):
            requests.ask(db, decided.dossier, wish, at=at)
    browser_of.open(decided)
    assert "đã được xóa" in browser_of.app.get(f"/ho-so/{decided.code}/du-lieu").text


def test_a_request_may_be_repeated_once_it_was_answered(
    db: Session, office: Office, staff: Staff, asked: Any, decided: Receipt, at: datetime
) -> None:
    with pytest.raises(AlreadyAsked):
        requests.ask(db, decided.dossier, Wish.EXPORT, at=at)
    requests.handed_over(db, asked[Wish.EXPORT], office, by=staff.administrator, at=at)
    assert requests.ask(db, decided.dossier, Wish.EXPORT, at=at + timedelta(days=1)).progress == Progress.OPEN


def test_nothing_open_is_erased_by_request(db: Session, counter: Counter, at: datetime) -> None:
    dossier: Dossier = counter.take()
    with pytest.raises(StillOpen):
        requests.ask(db, dossier, Wish.ERASE, at=at)


def test_administrators_see_who_has_read_what_and_what_for(
    app: TestApp, sign_in: Any, db: Session, staff: Staff, decided: Receipt, counter: Counter, at: datetime
) -> None:
    from portal.dossiers.service import readings

    readings.read(db, decided.dossier, by=staff.leader, purpose="Ký kết quả", at=at)
    other = counter.take()
    readings.read(db, other, by=staff.receptionist, purpose="Kiểm tra thành phần", at=at)
    sign_in(app, staff.administrator.person)
    log = "/ban-lam-viec/ho-so/truy-cap"
    everything = app.get(log).text
    assert "Ký kết quả" in everything
    assert "Kiểm tra thành phần" in everything
    one = app.get(log, {"ma": decided.code.lower()}).text
    assert "Ký kết quả" in one
    assert "Kiểm tra thành phần" not in one
    theirs = app.get(log, {"nguoi": staff.receptionist.person.email}).text
    assert "Ký kết quả" not in theirs
    assert "Chưa có lần xem nào" in app.get(log, {"ma": "khong-co"}).text
    assert "Ký kết quả" in app.get(f"/ban-lam-viec/ho-so/{decided.dossier.uid}/truy-cap").text


def test_the_log_says_in_words_what_was_read(
    app: TestApp, sign_in: Any, db: Session, staff: Staff, decided: Receipt, at: datetime
) -> None:
    from portal.dossiers.service import readings

    for what in ("search", "paper"):
        readings.note(db, decided.dossier, by=staff.receptionist, what=what, purpose="Tra cứu", at=at)
    sign_in(app, staff.administrator.person)
    for page in ("truy-cap", f"{decided.dossier.uid}/truy-cap"):
        rows = app.get(f"/ban-lam-viec/ho-so/{page}").html.select("tbody tr")
        said = {row.find_all("td")[-2].get_text(strip=True) for row in rows}
        assert said == {"Tìm theo tên", "Giấy tờ theo mẫu"}


def test_nobody_is_told_that_something_was_done_which_they_did_not_ask_for(
    db: Session, office: Office, staff: Staff, asked: Any, decided: Receipt, at: datetime
) -> None:
    with pytest.raises(NotAllowed):
        requests.handed_over(db, asked[Wish.ERASE], office, by=staff.administrator, at=at)
    with pytest.raises(NotAllowed):
        requests.erase(db, asked[Wish.EXPORT], office, seen=decided.dossier.version, by=staff.administrator, at=at)
    assert decided.dossier.anonymised_at is None
    assert {one.progress for one in asked.values()} == {Progress.OPEN}
