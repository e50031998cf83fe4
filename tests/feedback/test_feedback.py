"""Readers tell whether a page was useful; nobody learns who."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.feedback import service
from portal.feedback.errors import ToldTooOften
from portal.feedback.models import FeedbackCount, FeedbackDay, FeedbackMark, FeedbackWords, Rating
from portal.publishing import service as publishing

ADDRESS = "203.0.113.7"
SECRET = "bi mat cua cong"


@pytest.fixture
def notice(make: Any) -> Any:
    return make.notice(make.agency("G22", "Văn phòng Chính phủ"), published=True, title="Về việc công bố")


def tell(db: Session, edition: Any, at: Any, rating: Rating = Rating.SATISFIED, words: str = "", **more: Any) -> None:
    service.tell(db, edition.item, rating, words, address=more.get("address", ADDRESS), secret=SECRET, at=at)


def counts(db: Session) -> dict[str, int]:
    return {row.rating: row.times for row in db.scalars(select(FeedbackCount))}


def test_a_reader_tells_without_an_account(notice: Any, app: TestApp, db: Session) -> None:
    page = app.get(notice.item.path)
    link = page.html.select_one(".portal-feedback a[href*='chua-hai-long']")
    form = app.get(link["href"]).forms["y-kien"]
    assert form["y-kien-rating"].value == "chua-hai-long"
    form["words"] = "Không thấy tệp đính kèm"
    app.get(form.submit("send", status=303).location).mustcontain("Ý kiến của bạn đã được ghi nhận.")
    assert counts(db) == {"chua-hai-long": 1}
    assert [row.words for row in db.scalars(select(FeedbackWords))] == ["Không thấy tệp đính kèm"]


@pytest.mark.parametrize("kind", ["procedure", "page"])
def test_services_and_editorial_pages_ask_too(make: Any, db: Session, app: TestApp, kind: str, at: Any) -> None:
    unit = make.agency()
    if kind == "procedure":
        edition = make.procedure(unit, published=True)
    else:
        data = {"title": "Giới thiệu", "body": "<p>Xin chào.</p>"}
        edition = publishing.create(db, kind="page", data=data, unit=unit, origin="localhost", by=None, at=at)
        publishing.publish_imported(db, edition, at=at)
    assert app.get(edition.item.path).html.select_one(f".portal-feedback a[href^='/y-kien/{edition.item.uid}']")


def test_a_refused_form_keeps_what_was_typed(notice: Any, app: TestApp, db: Session) -> None:
    form = app.get(f"/y-kien/{notice.item.uid}").forms["y-kien"]
    form["words"] = "Chưa chọn mức"
    page = form.submit("send", status=422)
    assert page.forms["y-kien"]["words"].value == "Chưa chọn mức"
    form["y-kien-rating"], form["words"] = "hai-long", "x" * 1001
    assert form.submit("send", status=422).forms["y-kien"]["words"].value == "x" * 1001
    assert counts(db) == {}


def test_only_what_is_public_is_told_about(make: Any, app: TestApp, notice: Any, db: Session, at: Any) -> None:
    draft = make.notice(make.agency())
    for uid in (draft.item.uid, "khong-phai", "00000000-0000-7000-8000-000000000000"):
        app.get(f"/y-kien/{uid}", status=404)
    publishing.withdraw(db, notice, version=notice.version, by=None, at=at, why="Nhầm")
    app.get(f"/y-kien/{notice.item.uid}", status=404)


def test_another_site_cannot_tell_for_a_reader(notice: Any, app: TestApp, db: Session) -> None:
    app.post(f"/y-kien/{notice.item.uid}", {"rating": "hai-long"}, status=400)
    assert counts(db) == {}


def test_the_same_network_tells_so_often_and_no_more(notice: Any, db: Session, at: Any) -> None:
    for _n in range(service.OF_ONE_PAGE):
        tell(db, notice, at)
    with pytest.raises(ToldTooOften):
        tell(db, notice, at)
    tell(db, notice, at, address="198.51.100.9")
    tell(db, notice, at + timedelta(days=1))
    assert [row.times for row in db.scalars(select(FeedbackCount).order_by(FeedbackCount.told_on))] == [11, 1]


def test_too_much_is_answered_with_what_to_do_and_the_words_stay(
    notice: Any, app: TestApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "OF_ONE_PAGE", 0)
    form = app.get(f"/y-kien/{notice.item.uid}?muc=hai-long").forms["y-kien"]
    form["words"] = "Rất rõ ràng"
    page = form.submit("send", status=429)
    page.mustcontain("Hãy gửi lại vào ngày mai")
    assert page.forms["y-kien"]["words"].value == "Rất rõ ràng"


def test_nothing_that_is_stored_leads_to_a_reader(notice: Any, db: Session, at: Any) -> None:
    tell(db, notice, at, words="Cảm ơn")
    stored = ""
    for model in (FeedbackCount, FeedbackWords, FeedbackDay, FeedbackMark):
        columns = inspect(model).columns
        assert not any(column.type.python_type.__name__ == "datetime" for column in columns), model
        stored += repr([[getattr(row, name.key) for name in columns] for row in db.scalars(select(model))])
    assert ADDRESS not in stored
    service.forget(db, at + timedelta(days=1))
    assert db.scalars(select(FeedbackMark)).all() == []
    assert db.scalars(select(FeedbackDay)).all() == []
    assert counts(db) == {"hai-long": 1}


def test_words_go_after_their_time_and_counts_stay(notice: Any, db: Session, at: Any) -> None:
    tell(db, notice, at, words="Cũ rồi")
    service.forget(db, at + service.KEPT)
    assert len(db.scalars(select(FeedbackWords)).all()) == 1
    service.forget(db, at + service.KEPT + timedelta(days=1))
    assert db.scalars(select(FeedbackWords)).all() == []
    assert counts(db) == {"hai-long": 1}


@given(st.text(max_size=1200))
def test_words_are_plain_and_short(typed: str) -> None:
    words = service.plain(typed)
    assert len(words) <= service.LONGEST
    assert "\0" not in words
    assert service.plain(words) == words


@pytest.fixture
def told(notice: Any, make: Any, db: Session, at: Any) -> Any:
    tell(db, notice, at, Rating.NOT_SATISFIED, "=cmd|'/c calc'!A1")
    other = make.notice(make.agency(), published=True, title="Của đơn vị khác")
    tell(db, other, at, Rating.VERY_SATISFIED, "Không phải của bạn")
    return notice


def test_the_desk_reads_what_readers_of_its_own_pages_told(told: Any, make: Any, app: TestApp, sign_in: Any) -> None:
    sign_in(app, make.person(editor=told.item.unit))
    page = app.get("/ban-lam-viec/y-kien")
    page.mustcontain("Về việc công bố", "=cmd|", "1 lượt ý kiến")
    assert "Không phải của bạn" not in page
    assert "Của đơn vị khác" not in page
    app.get("/ban-lam-viec/y-kien?ngay=5", status=422)


def test_the_table_holds_no_formula(told: Any, make: Any, app: TestApp, sign_in: Any) -> None:
    sign_in(app, make.person(approver=told.item.unit))
    answer = app.get("/ban-lam-viec/y-kien/bang.csv?ngay=30")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert any("Về việc công bố" in cell for cell in rows[1])
    assert rows[1][2:] == ["0", "0", "1"]
    assert rows[-1][-1] == "'=cmd|'/c calc'!A1"
    assert "Không phải của bạn" not in answer


def test_readers_of_the_desk_do_not_see_it(told: Any, make: Any, app: TestApp, sign_in: Any) -> None:
    app.get("/ban-lam-viec/y-kien", status=303)
    sign_in(app, make.person(reader=told.item.unit))
    app.get("/ban-lam-viec/y-kien", status=403)


def test_words_with_private_matters_are_taken_away(
    told: Any, make: Any, app: TestApp, sign_in: Any, db: Session
) -> None:
    sign_in(app, make.person(editor=told.item.unit))
    page = app.get("/ban-lam-viec/y-kien")
    form = next(form for form in page.forms.values() if form.action.endswith("/xoa"))
    form.submit(status=303)
    assert [row.words for row in db.scalars(select(FeedbackWords))] == ["Không phải của bạn"]
    other = db.scalars(select(FeedbackWords)).one()
    csrf = {"csrf_token": form["csrf_token"].value}
    app.post(f"/ban-lam-viec/y-kien/{other.id}/xoa", csrf, status=403)
