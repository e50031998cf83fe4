"""From the page of a service to the receipt (A5-7, A6-1, A6-11; invariants 8, 9, 18)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.dossiers.models import Applicant, Dossier, DossierFile, Draft
from portal.dossiers.officers import Officer
from portal.dossiers.states import State
from portal.publishing import service as publishing


def said(page: Any) -> str:
    return " ".join(page.html.main.get_text(" ").split())


def count(db: Session, what: Any) -> int:
    return db.scalar(select(func.count()).select_from(what)) or 0


def test_a_person_applies_page_by_page_and_gets_a_receipt(db: Session, walk: Any) -> None:
    one = walk().all()
    assert "Nguyễn Thị Hoa" in said(one.page)
    assert "ban-chup.pdf" in said(one.page)
    assert "50.000 đồng" in said(one.page)
    receipt = one.submit().follow(status=200)
    assert receipt.html.select_one("#ma-ho-so").text.startswith("H17.05-20260302-")
    assert len(receipt.html.select_one("#ma-bi-mat").text) == 14
    assert receipt.html.select_one(".portal-receipt__qr svg")
    dossier = db.scalars(select(Dossier)).one()
    assert dossier.state is State.NEW
    assert (dossier.reception.code, dossier.deciding.code) == ("H17.05", "H17.05")
    applicant = db.get_one(Applicant, dossier.id)
    assert (applicant.name, applicant.phone, applicant.email) == ("Nguyễn Thị Hoa", "0912345678", "hoa@vidu.vn")
    assert [file.name for file in db.scalars(select(DossierFile))] == ["ban-chup.pdf"]


def test_the_receipt_opens_the_page_of_the_dossier_without_asking_again(walk: Any) -> None:
    one = walk().all()
    receipt = one.submit().follow()
    code = receipt.html.select_one("#ma-ho-so").text
    assert code in said(one.app.get(f"/ho-so/{code}", status=200))
    assert receipt.html.find("a", string="Theo dõi hồ sơ")["href"] == f"/ho-so/{code}"


def test_a_stranger_with_the_code_alone_is_asked_for_the_secret(walk: Any, citizen: Any) -> None:
    code = walk().all().submit().follow().html.select_one("#ma-ho-so").text
    assert "/tra-cuu-ho-so" in citizen().get(f"/ho-so/{code}", status=303).location


def test_the_secret_stands_on_the_receipt_and_on_no_other_page(walk: Any) -> None:
    one = walk().all()
    receipt = one.submit().follow()
    code, secret = (receipt.html.select_one(place).text for place in ("#ma-ho-so", "#ma-bi-mat"))
    assert secret not in one.app.get(f"/ho-so/{code}").text
    assert one.app.get(f"{one.address}/da-nop").html.select_one("#ma-bi-mat").text == secret


def test_a_day_after_submission_the_link_of_the_draft_shows_no_secret(walk: Any, citizen: Any, at: datetime) -> None:
    one = walk().all()
    receipt = one.submit().follow()
    secret = receipt.html.select_one("#ma-bi-mat").text
    place = f"{one.address}/da-nop"
    assert citizen(at + timedelta(hours=23)).get(place).html.select_one("#ma-bi-mat").text == secret
    page = citizen(at + timedelta(hours=24)).get(place)
    assert secret not in page.text
    assert "chỉ hiện ở trang này trong 24 giờ" in said(page)
    assert "portal_dossier" not in page.headers.get("Set-Cookie", "")


def test_a_renewed_secret_is_not_shown_by_the_old_receipt(db: Session, walk: Any, citizen: Any) -> None:
    one = walk().all()
    one.submit()
    db.scalars(select(Dossier)).one().secret_turn = 1
    db.flush()
    page = citizen().get(f"{one.address}/da-nop")
    assert page.html.select_one("#ma-bi-mat") is None
    assert "cấp lại" in said(page)
    assert "Set-Cookie" not in page.headers or "portal_dossier" not in page.headers["Set-Cookie"]


def test_once_received_the_receipt_leads_to_form_01_and_to_the_calendar(
    db: Session, walk: Any, counter: Any, make: Any
) -> None:
    one = walk().all()
    first = one.submit().follow()
    assert not first.html.find("a", string="Tải PDF")
    dossier = db.scalars(select(Dossier)).one()
    officer = Officer(db, make.person(receptionist=dossier.reception))
    counter.do("receive", dossier, by=officer)
    page = one.app.get(f"{one.address}/da-nop")
    assert "Ngày hẹn trả kết quả" in said(page)
    for name in ("Giấy tiếp nhận và hẹn trả", "Tải PDF", "Thêm vào lịch"):
        one.app.get(page.html.find("a", string=name)["href"], status=200)


def test_a_second_click_and_a_second_window_give_the_same_receipt(db: Session, walk: Any, citizen: Any) -> None:
    one = walk().all()
    form = next(f for f in one.page.forms.values() if "khoa" in f.fields)
    other = citizen().get(f"{one.address}/kiem-tra")
    first, again = form.submit(status=303), form.submit(status=303)
    assert first.location == again.location
    second = next(f for f in other.forms.values() if "khoa" in f.fields).submit(status=303)
    assert second.location == first.location
    assert count(db, Dossier) == 1


def test_after_submission_every_page_of_the_draft_leads_to_the_receipt(walk: Any) -> None:
    one = walk().all()
    one.submit()
    for place in ("", "/nguoi_nop", "/kiem-tra", "/bo"):
        assert one.app.get(one.address + place, status=303).location.endswith("/da-nop")


def test_what_is_missing_is_told_with_the_way_to_it_and_nothing_is_submitted(db: Session, walk: Any) -> None:
    one = walk().who().open("kiem-tra")
    links = [link["href"] for link in one.page.html.select(".govuk-error-summary a")]
    assert f"{one.address}/con?ve=kiem-tra#bieu-mau-co_con" in links
    assert f"{one.address}/phan-bo?ve=kiem-tra#bieu-mau-ban_chup" in links
    assert not [f for f in one.page.forms.values() if "khoa" in f.fields]
    sent = {"csrf_token": one.open("nguoi_nop").page.forms["bieu-mau"]["csrf_token"].value}
    sent["phien_ban"] = one.page.forms["bieu-mau"]["phien_ban"].value
    refused = one.app.post(f"{one.address}/kiem-tra", sent, status=422)
    assert "còn mục thiếu" in said(refused)
    assert count(db, Dossier) == 0


def test_a_link_of_the_check_leads_to_the_question_and_back(walk: Any) -> None:
    one = walk().all()
    link = one.page.html.find("a", href=lambda href: href and href.endswith("#bieu-mau-ho_ten"))
    one.page = one.app.get(link["href"].split("#")[0])
    assert one.page.html.find(id="bieu-mau-ho_ten")
    one.fill(ho_ten="Trần Thị Mai")
    assert one.page.request.path.endswith("/kiem-tra")
    assert "Trần Thị Mai" in said(one.page)


def test_what_another_window_changed_is_shown_before_it_is_submitted(db: Session, walk: Any, citizen: Any) -> None:
    one = walk().all()
    stale = next(f for f in one.page.forms.values() if "khoa" in f.fields)
    one.who(ho_ten="Lê Văn Khác")
    page = stale.submit(status=409)
    assert "Lê Văn Khác" in said(page)
    assert "cửa sổ khác" in said(page)
    assert count(db, Dossier) == 0
    next(f for f in page.forms.values() if "khoa" in f.fields).submit(status=303)
    assert count(db, Dossier) == 1


def test_fee_and_limit_are_those_of_the_day_of_submission(db: Session, walk: Any, procedure: Any, at: datetime) -> None:
    one = walk().all()
    newer = publishing.working_copy(db, procedure.item, by=None, at=at)
    channels = [{"channel": "online", "limits": [], "fees": [{"kind": "le_phi", "amount": 70000, "text": "70.000"}]}]
    publishing.save(db, newer, newer.data | {"channels": channels}, version=newer.version, by=None, at=at)
    publishing.publish_imported(db, newer, at=at)
    assert "70.000 đồng" in said(one.open("kiem-tra").page)
    assert "70.000 đồng" in said(one.submit().follow())
    dossier = db.scalars(select(Dossier)).one()
    assert (dossier.edition_id, dossier.fees[0]["amount"]) == (newer.id, 70000)


def test_a_procedure_taken_off_meanwhile_is_not_submitted_and_the_draft_stays(
    db: Session, walk: Any, procedure: Any, at: datetime
) -> None:
    one = walk().all()
    form = next(f for f in one.page.forms.values() if "khoa" in f.fields)
    publishing.withdraw(db, procedure, version=procedure.version, by=None, why="Bãi bỏ", at=at)
    page = form.submit(status=409)
    assert "Bản nháp vẫn được giữ" in said(page)
    assert (count(db, Dossier), count(db, Draft)) == (0, 1)


def test_a_draft_lives_thirty_days_and_is_then_told_to_be_gone(walk: Any, citizen: Any, at: datetime) -> None:
    one = walk().who()
    later = citizen(at + timedelta(days=29)).get(one.address)
    assert "Đã điền 1 trong 3 phần" in said(later)
    gone = citizen(at + timedelta(days=31)).get(one.address, status=410)
    assert "không còn" in said(gone)


def test_a_draft_is_thrown_away_only_after_asking_once_more(db: Session, walk: Any) -> None:
    one = walk().who().open("bo")
    assert count(db, Draft) == 1
    form = next(f for f in one.page.forms.values() if f.action.endswith("/bo"))
    assert form.submit(status=303).location.endswith("/nop-ho-so/1.004321/H17.05")
    assert count(db, Draft) == 0
    assert "Nội dung này không còn nữa" in one.app.get(one.address, status=410).html.title.get_text()


def test_the_pages_of_a_draft_are_kept_and_indexed_by_nobody(walk: Any) -> None:
    one = walk().all()
    one.submit()
    other = walk()
    pages = [one.app.get(f"{one.address}/da-nop"), *(other.open(place).page for place in ("", "nguoi_nop", "kiem-tra"))]
    for page in pages:
        assert "no-store" in page.headers["Cache-Control"]
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert "noindex" in page.html.find("meta", {"name": "robots"})["content"]


def test_english_from_the_start_to_the_receipt(db: Session, walk: Any) -> None:
    one = walk(prefix="/en")
    assert one.page.request.path_info.startswith("/ho-so-nhap/")
    one.page = one.app.get(f"/en{one.address}/nguoi_nop")
    assert one.page.html.h1.text == "Applicant"
    assert one.page.html.html["lang"] == "en"
    one.fill(ho_ten="Anna Smith", dien_thoai="0912345678")
    assert one.page.request.script_name == "/en"
    assert db.scalars(select(Draft)).one().language == "en"


def test_where_citizens_submit_nationally_a_page_says_where(app: TestApp, db: Session, procedure: Any) -> None:
    page = app.get("/nop-ho-so/1.004321")
    assert "Cổng Dịch vụ công quốc gia" in said(page)
    assert page.html.find("a", rel="external")["href"] == "https://dichvucong.gov.vn"
    token = app.get("/dang-nhap").html
    sent = {"csrf_token": token.find("input", {"name": "csrf_token"})["value"]}
    refused = app.post("/nop-ho-so/1.004321", sent, status=409)
    assert "Cổng Dịch vụ công quốc gia" in said(refused)
    assert count(db, Draft) == 0
