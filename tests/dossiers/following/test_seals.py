"""Anybody who holds a paper sees whether it is genuine and still holds; nobody can make a seal, nobody is named."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from dossiers.conftest import Counter, Staff
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.dossiers.applications import Receipt
from portal.dossiers.errors import NotAllowed
from portal.dossiers.following import seals
from portal.dossiers.following.errors import AlreadyRevoked, ReasonMissing
from portal.dossiers.following.models import RESULT, Seal
from portal.dossiers.office import Office


@pytest.fixture
def seal(db: Session, decided: Receipt) -> Seal:
    found: Seal = db.scalars(select(Seal).where(Seal.dossier_id == decided.dossier.id, Seal.paper == RESULT)).one()
    return found


def test_a_result_is_sealed_as_it_is_filed_and_says_number_agency_day_and_state(
    app: TestApp, office: Office, seal: Seal, decided: Receipt, staff: Staff
) -> None:
    page = app.get(f"/xac-minh/{seals.written(office, seal)}")
    told = page.html.main.get_text(" ")
    assert "chưa bị thu hồi" in told
    for shown in ("12/GP-STN", "03/3/2026", staff.deciding.name, "Đã xử lý xong", decided.code, seal.sha256):
        assert shown in told, shown


def test_it_names_nobody(app: TestApp, office: Office, seal: Seal, staff: Staff) -> None:
    page = app.get(f"/xac-minh/{seals.written(office, seal)}").text
    for personal in ("Hoa", "048090000001", "0912345678", "Giấy phép.txt", staff.leader.person.name):
        assert personal not in page


def test_a_seal_is_understood_however_it_is_typed(db: Session, office: Office, seal: Seal) -> None:
    text = seals.written(office, seal)
    for typed in (text.lower(), text.replace("-", ""), f" {text.replace('-', ' ')} ", text.replace("0", "o")):
        assert seals.find(db, office, typed) is seal


def test_no_sign_of_a_seal_may_differ(db: Session, office: Office, seal: Seal) -> None:
    text = seals.written(office, seal).replace("-", "")
    for place, sign in enumerate(text):
        changed = text[:place] + ("A" if sign != "A" else "B") + text[place + 1 :]
        assert seals.find(db, office, changed) is None


@pytest.mark.parametrize("typed", ["", "-", "x", "0", "0" * 17, "Z" * 26, "Z" * 200, "ộ" * 20, "1" * 16, "²³¹" * 9])
def test_what_is_no_seal_proves_nothing(db: Session, office: Office, app: TestApp, typed: str) -> None:
    assert seals.find(db, office, typed) is None
    assert "Không xác minh được" in app.get(f"/xac-minh/{quote(typed) or 'x'}", status=404).text


def test_a_row_that_was_slipped_into_the_table_or_changed_there_proves_nothing_printed(
    db: Session, office: Office, seal: Seal
) -> None:
    """The seal on paper is bound to what was sealed."""
    text = seals.written(office, seal)
    seal.sha256 = "f" * 64
    db.flush()
    assert seals.find(db, office, text) is None


def test_the_same_paper_has_one_seal(db: Session, office: Office, seal: Seal, decided: Receipt, at: datetime) -> None:
    again = seals.issue(db, office, decided.dossier, RESULT, number="12/GP-STN", sha256=seal.sha256, at=at)
    assert again == seals.written(office, seal)
    assert seals.text_of(db, office, decided.dossier, seal.sha256) == again
    assert seals.address_of(db, office, decided.dossier, seal.sha256) == f"http://localhost/xac-minh/{again}"
    assert seals.address_of(db, office, decided.dossier, "0" * 64) is None


def test_a_result_can_be_verified_after_its_personal_data_were_erased(
    app: TestApp, office: Office, seal: Seal, decided: Receipt, counter: Counter
) -> None:
    counter.do("erase", decided.dossier)
    assert "12/GP-STN" in app.get(f"/xac-minh/{seals.written(office, seal)}").text


def test_a_revoked_paper_says_so_and_why(
    app: TestApp, sign_in: Any, office: Office, seal: Seal, staff: Staff, decided: Receipt
) -> None:
    sign_in(app, staff.leader.person)
    page = app.get(f"/ban-lam-viec/ho-so/{decided.dossier.uid}/chung-thuc")
    form = page.forms[f"thu-hoi-{seal.id}"]
    form["why"] = "Cấp nhầm thửa đất"
    form.submit().follow()
    app.reset()
    told = app.get(f"/xac-minh/{seals.written(office, seal)}").html.main.get_text(" ")
    assert "đã bị thu hồi" in told
    assert "Cấp nhầm thửa đất" in told
    assert "chưa bị thu hồi" not in told


def test_a_revocation_says_why_and_happens_once(
    db: Session, seal: Seal, staff: Staff, at: datetime, app: TestApp, sign_in: Any, decided: Receipt
) -> None:
    with pytest.raises(ReasonMissing):
        seals.revoke(db, seal, why="  ", by=staff.leader, at=at)
    seals.revoke(db, seal, why="Nhầm", by=staff.leader, at=at)
    with pytest.raises(AlreadyRevoked):
        seals.revoke(db, seal, why="Nhầm", by=staff.leader, at=at)


def test_only_leaders_of_the_deciding_unit_revoke(
    db: Session, seal: Seal, staff: Staff, at: datetime, app: TestApp, sign_in: Any, decided: Receipt
) -> None:
    for officer in (staff.receptionist, staff.handler, staff.stranger):
        with pytest.raises(NotAllowed):
            seals.revoke(db, seal, why="Nhầm", by=officer, at=at)
    sign_in(app, staff.receptionist.person)
    page = app.get(f"/ban-lam-viec/ho-so/{decided.dossier.uid}/chung-thuc")
    assert "Thu hồi giấy này" not in page.text


def test_a_reason_that_was_forgotten_is_asked_for_beside_its_paper(
    app: TestApp, sign_in: Any, seal: Seal, staff: Staff, decided: Receipt
) -> None:
    sign_in(app, staff.leader.person)
    page = app.get(f"/ban-lam-viec/ho-so/{decided.dossier.uid}/chung-thuc")
    answer = page.forms[f"thu-hoi-{seal.id}"].submit(status=422)
    assert answer.html.select_one("details[open] .govuk-error-message")


def test_a_code_that_is_typed_leads_to_the_same_page(app: TestApp, office: Office, seal: Seal) -> None:
    text = seals.written(office, seal)
    form = app.get("/xac-minh").forms["xac-minh"]
    form["ma"] = text.lower()
    assert "12/GP-STN" in form.submit().follow().text
    form["ma"] = " "
    assert form.submit(status=422).forms["xac-minh"]


def test_the_applicant_sees_the_result_with_its_qr_code(app: TestApp, browser_of: Any, decided: Receipt) -> None:
    page = browser_of.open(decided)
    assert page.html.select_one(".portal-results svg.portal-qr")
    assert page.html.select_one('.portal-results a[href^="/xac-minh/"]')
