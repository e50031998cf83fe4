"""The desk's page about letters: for who keeps the instance, with addresses masked."""

from datetime import datetime
from typing import Any

import pytest
from mail.letters import SUBJECT, written
from makers import Makers
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.mail import Mail, State, queries
from portal.mail.service import has_job

PLACE = "/ban-lam-viec/thu"


@pytest.fixture
def keeper(make: Makers, config: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An administrator of the agency that the instance belongs to."""
    unit = make.agency("G22")
    monkeypatch.setitem(config.registry, "portal.keeper_of", lambda request: unit.id)
    return make.person(administrator=unit)


def failed(db: Session, at: datetime, **values: Any) -> Mail:
    mail = written(db, at, **values)
    mail.state, mail.ended_at, mail.tries = State.FAILED, at, 1
    mail.last_error = "550 5.1.1 <Anh.Dang@vidu.vn>: no such user"
    mail.tried_at, mail.unreachable = at, True
    db.flush()
    return mail


def test_nobody_but_who_keeps_the_instance_sees_letters(
    app: TestApp, make: Makers, sign_in: Any, keeper: Any, db: Session
) -> None:
    app.get(PLACE, status=303)
    for person in (make.person(administrator=make.agency()), make.person(approver=keeper.unit)):
        sign_in(app, person)
        app.get(PLACE, status=403)
    sign_in(app, keeper)
    assert app.get(PLACE).status_int == 200


def test_letters_are_listed_by_state_with_masked_addresses(
    app: TestApp, sign_in: Any, keeper: Any, db: Session, at: datetime
) -> None:
    failed(db, at)
    written(db, at, key="2", subject="Kết quả đã có")
    sign_in(app, keeper)
    page = app.get(PLACE)
    assert page.text.count(SUBJECT) == 2  # the cell, and the name of its button
    assert "Kết quả đã có" in page
    only_failed = app.get(PLACE, {"trang-thai": "failed"})
    assert "Kết quả đã có" not in only_failed
    assert "an•••@vidu.vn" in only_failed
    assert "no such user" in only_failed
    for shown in (page, only_failed):
        assert "anh.dang" not in shown.text.lower()


@pytest.mark.parametrize("query", ["trang-thai=lost", "trang=0", "trang=x", "trang=%C2%B2"])
def test_a_parameter_without_meaning_is_422(app: TestApp, sign_in: Any, keeper: Any, query: str) -> None:
    sign_in(app, keeper)
    app.get(f"{PLACE}?{query}", status=422)


def test_a_failed_letter_is_sent_again_by_a_button(
    app: TestApp, sign_in: Any, keeper: Any, db: Session, at: datetime
) -> None:
    mail = failed(db, at)
    sign_in(app, keeper)
    page = app.get(PLACE, {"trang-thai": "failed"})
    answer = page.forms[f"gui-lai-{mail.uid}"].submit().follow()
    assert "Thư sẽ được gửi lại." in answer
    assert (mail.state, has_job(db, mail)) == (State.WAITING, True)


def test_a_letter_that_waits_already_is_refused_politely(
    app: TestApp, sign_in: Any, keeper: Any, db: Session, at: datetime
) -> None:
    mail = failed(db, at)
    sign_in(app, keeper)
    form = app.get(PLACE).forms[f"gui-lai-{mail.uid}"]
    form.submit()
    assert "đang chờ gửi" in form.submit(status=409)


def test_a_forgotten_text_has_no_button(app: TestApp, sign_in: Any, keeper: Any, db: Session, at: datetime) -> None:
    mail = failed(db, at)
    mail.body = None
    db.flush()
    sign_in(app, keeper)
    page = app.get(PLACE)
    assert "Nội dung đã xóa" in page
    assert f"gui-lai-{mail.uid}" not in page.forms


def test_no_letter_is_404(app: TestApp, sign_in: Any, keeper: Any) -> None:
    sign_in(app, keeper)
    for wrong in ("x", "01985a3c-0000-7000-8000-000000000001"):
        app.post(f"{PLACE}/{wrong}/gui-lai", status=404)


def test_a_page_of_letters_costs_no_more_questions_than_one(
    app: TestApp, sign_in: Any, keeper: Any, db: Session, at: datetime, count_queries: Any
) -> None:
    sign_in(app, keeper)
    written(db, at)
    with count_queries() as few:
        app.get(PLACE)
    for number in range(30):
        failed(db, at, key=str(number))
    with count_queries() as many:
        app.get(PLACE)
    assert len(many) == len(few)
    assert queries.overview(db).total == 31
