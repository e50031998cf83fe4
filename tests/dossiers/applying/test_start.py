"""Who takes an application, and what it means; drafts begun, links sent, what was given before (A5-7, A6-11)."""

from dataclasses import replace
from typing import Any

import pytest
from dossiers.applying.conftest import FORM, Walk
from makers import Makers
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import mail
from portal.dossiers.applying import prefilling, service
from portal.dossiers.applying.generic import GENERIC
from portal.dossiers.applying.models import Begun
from portal.dossiers.models import AnswerSet, Applicant, Dossier, DossierFile, Draft
from portal.dossiers.service import drafts
from portal.eforms.definition import clean
from portal.files.models import FileUse


def said(page: Any) -> str:
    return " ".join(page.html.main.get_text(" ").split())


def test_the_page_of_a_service_offers_to_apply(citizen: Any, procedure: Any) -> None:
    page = citizen().get("/thu-tuc/1.004321")
    button = page.html.select_one(".portal-apply__button")
    assert button["href"] == "/nop-ho-so/1.004321/H17.05"


def test_no_button_stands_where_citizens_submit_nationally(app: Any, procedure: Any) -> None:
    button = app.get("/thu-tuc/1.004321").html.select_one(".portal-apply__button")
    assert button["href"].startswith("https://dichvucong.gov.vn")


def test_the_start_says_fee_time_agency_and_what_is_asked(citizen: Any, procedure: Any) -> None:
    told = said(citizen().get("/nop-ho-so/1.004321"))
    for words in ("50.000 đồng", "5 ngày làm việc", "Sở thử nghiệm", "Người nộp", "Giấy tờ", "30 ngày"):
        assert words in told


def test_where_several_agencies_take_it_the_start_asks_which(
    db: Session, citizen: Any, procedure: Any, make: Makers
) -> None:
    north, south = make.agency("H90", "Ủy ban nhân dân tỉnh Bắc"), make.agency("H91", "Ủy ban nhân dân tỉnh Nam")
    fees = [{"channel": "online", "fees": [{"kind": "le_phi", "amount": 30000, "text": "30.000"}]}]
    for unit in (north, south):
        make.local_service(procedure, unit, published=True, channels=fees if unit is south else [])
    app = citizen()
    page = app.get("/nop-ho-so/1.004321")
    assert "Ủy ban nhân dân tỉnh Bắc" in said(page)
    refused = page.forms["co-quan"].submit(status=422)
    assert refused.html.select(".govuk-error-summary a")
    form = page.forms["co-quan"]
    form["co-quan-co-quan"] = "H91"
    start = form.submit(status=303).follow()
    assert "30.000 đồng" in said(start)
    form = next(f for f in start.forms.values() if f.action.endswith("/H91"))
    form.submit(status=303)
    assert db.scalars(select(Draft)).one().reception_id == south.id
    assert app.get("/thu-tuc/1.004321").html.select_one(".portal-apply__button")["href"] == "/nop-ho-so/1.004321"
    assert app.get("/nop-ho-so/1.004321?co-quan=H90", status=303).location.endswith("/1.004321/H90")


def test_the_fee_of_the_agency_is_the_fee_of_the_dossier(
    db: Session, citizen: Any, procedure: Any, make: Makers
) -> None:
    south = make.agency("H91", "Ủy ban nhân dân tỉnh Nam")
    fees = [{"channel": "online", "fees": [{"kind": "le_phi", "amount": 30000, "text": "30.000"}]}]
    make.local_service(procedure, south, published=True, channels=fees)
    app = citizen()
    page = app.get("/nop-ho-so/1.004321/H91")
    form = next(f for f in page.forms.values() if f.action.endswith("/H91"))
    one = Walk(app, form.submit(status=303).follow()).all()
    assert "30.000 đồng" in said(one.submit().follow())
    dossier = db.scalars(select(Dossier)).one()
    assert ([fee["amount"] for fee in dossier.fees], dossier.limit_amount) == ([30000], 5)


def test_an_agency_that_does_not_carry_it_out_is_not_found(citizen: Any, procedure: Any, make: Makers) -> None:
    make.agency("H92", "Cơ quan khác")
    citizen().get("/nop-ho-so/1.004321/H92", status=404)
    citizen().get("/nop-ho-so/9.999999", status=404)


def test_a_procedure_for_which_one_does_not_apply_online_says_where_to_go(
    citizen: Any, make: Makers, staff: Any
) -> None:
    make.procedure(staff.deciding, published=True, code="1.005555", service="thong-tin")
    page = citizen().get("/nop-ho-so/1.005555")
    assert "chưa nộp trực tuyến được" in said(page)
    assert "Sở thử nghiệm" not in [form.action for form in page.forms.values()]


def test_a_procedure_without_a_form_of_its_own_asks_the_general_one(
    db: Session, citizen: Any, make: Makers, staff: Any
) -> None:
    make.procedure(staff.deciding, published=True, code="1.006666", service="toan-trinh")
    app = citizen()
    start = app.get("/nop-ho-so/1.006666")
    form = next(f for f in start.forms.values() if f.method.lower() == "post" and "nop-ho-so" in f.action)
    one = Walk(app, form.submit(status=303).follow())
    one.open("nguoi_nop").fill(ho_ten="Nguyễn Văn An", so_dinh_danh="001090000001")
    one.fill(dien_thoai="0912345678", thu_dien_tu="an@vidu.vn", province="Hà Nội", commune="Phường Ví Dụ")
    one.fill(de_nghi="Đề nghị cấp giấy.")
    one.fill(cam_doan=True, upload=("don.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "application/pdf"))
    one.submit()
    dossier = db.scalars(select(Dossier)).one()
    applicant = db.get_one(Applicant, dossier.id)
    assert (applicant.name, applicant.id_number) == ("Nguyễn Văn An", "001090000001")
    assert applicant.address == "Phường Ví Dụ, Hà Nội"
    assert [file.name for file in db.scalars(select(DossierFile))] == ["don.pdf"]
    assert db.scalars(select(AnswerSet)).one().answers["de_nghi"] == "Đề nghị cấp giấy."


def test_a_draft_begun_without_a_form_can_be_finished_too(
    db: Session, citizen: Any, make: Makers, staff: Any, here_config: Any, at: Any
) -> None:
    edition = make.procedure(staff.deciding, published=True, code="1.006667", service="toan-trinh")
    draft, key = drafts.start(db, edition, here_config.registry["portal.dossiers"], reception=staff.reception, at=at)
    assert draft.form_sha256 is None
    one = Walk(citizen(), citizen().get(f"/ho-so-nhap/{key}"))
    one.open("nguoi_nop").fill(ho_ten="Nguyễn Văn An", so_dinh_danh="001090000001")
    one.fill(dien_thoai="0912345678", province="Hà Nội", commune="Phường Ví Dụ")
    one.fill(de_nghi="Đề nghị cấp giấy.").fill(cam_doan=True).submit()
    assert db.scalars(select(Dossier)).one().form_sha256 is not None


def test_too_many_drafts_from_one_network_are_refused(
    db: Session, citizen: Any, procedure: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(service.MOST, "draft", 2)
    app, other = citizen(REMOTE_ADDR="203.0.113.7"), citizen(REMOTE_ADDR="203.0.113.8")
    for browser, status in ((app, 303), (app, 303), (app, 429), (other, 303)):
        page = browser.get("/nop-ho-so/1.004321/H17.05")
        form = next(f for f in page.forms.values() if f.action.endswith("/H17.05"))
        answer = form.submit(status=status)
    assert answer.status_int == 303
    assert not [row for row in db.scalars(select(Begun)) if "203" in row.key_sha256]


def test_no_link_is_promised_by_mail_where_no_mail_goes_out(here_config: Any, walk: Any) -> None:
    kept = here_config.registry["portal.settings"]
    here_config.registry["portal.settings"] = replace(kept, mail_server="")
    try:
        one = walk()
        assert "gui-lien-ket" not in one.open().page.forms
        token = one.page.forms[0]["csrf_token"].value if "csrf_token" in one.page.forms[0].fields else None
        sent = {"csrf_token": token or one.page.html.find("input", {"name": "csrf_token"})["value"], "gui": "1"}
        assert "Đã gửi" not in said(one.app.post(one.address, sent | {"email": "hoa@vidu.vn"}, status=200))
        assert "Cổng không gửi thư" in said(one.all().submit().follow())
    finally:
        here_config.registry["portal.settings"] = kept


def test_the_link_is_shown_and_mailed_once_a_day(db: Session, walk: Any) -> None:
    one = walk()
    link = one.page.html.select_one("#lien-ket-rieng").text
    assert link == f"http://localhost{one.address}"
    for _turn in range(2):
        form = one.open().page.forms["gui-lien-ket"]
        form["email"] = "hoa@vidu.vn"
        assert "Đã gửi liên kết" in said(form.submit("gui", status=303).follow())
    letters = db.scalars(select(mail.Mail)).all()
    assert [letter.recipient for letter in letters] == ["hoa@vidu.vn"]
    assert link in letters[0].body
    form = one.page.forms["gui-lien-ket"] if "gui-lien-ket" in one.page.forms else one.open().page.forms["gui-lien-ket"]
    form["email"] = "khong phai thu"
    refused = form.submit("gui", status=422)
    assert refused.forms["gui-lien-ket"]["email"].value == "khong phai thu"


def test_an_earlier_dossier_fills_in_what_is_still_open(db: Session, walk: Any, citizen: Any) -> None:
    first = walk().all()
    receipt = first.submit().follow()
    code, secret = (receipt.html.select_one(place).text for place in ("#ma-ho-so", "#ma-bi-mat"))
    second = walk(citizen())
    form = second.page.forms["dien-san"]
    form["code"], form["secret"] = code, "0000-0000-0000"
    wrong = form.submit("dien", status=422)
    assert "không đúng" in said(wrong)
    form["secret"] = secret
    assert "Đã điền sẵn" in said(form.submit("dien", status=303).follow())
    page = second.open("nguoi_nop").page.forms["bieu-mau"]
    assert (page["ho_ten"].value, page["dien_thoai"].value) == ("Nguyễn Thị Hoa", "0912345678")


def test_a_dossier_of_this_browser_fills_in_by_one_press(db: Session, walk: Any) -> None:
    first = walk().all()
    first.submit().follow()
    second = walk(first.app)
    form = next(f for f in second.page.forms.values() if "tu" in f.fields)
    form.submit("tu", status=303)
    assert second.open("nguoi_nop").page.forms["bieu-mau"]["ho_ten"].value == "Nguyễn Thị Hoa"


def test_what_was_typed_is_never_overwritten_by_what_was_given_before() -> None:
    form = clean(FORM)
    found = prefilling.from_earlier(form, {"ho_ten": "Đã gõ"}, form, {"ho_ten": "Cũ", "dien_thoai": "0912345678"})
    assert found == {"dien_thoai": "0912345678", "khai_boi": "Cũ"}
    assert prefilling.within(form, {"ho_ten": "Hoa"}) == {"khai_boi": "Hoa"}
    other = clean({"sections": [{"id": "a", "fields": [{"id": "x", "type": "long_text", "prefill": "person.name"}]}]})
    assert prefilling.from_earlier(other, {}, form, {"ho_ten": "Hoa"}) == {}
    assert set(prefilling.known(GENERIC, {"ho_ten": "Hoa"})) == {"person.name"}


def test_the_same_thing_is_not_asked_twice_in_one_form(walk: Any) -> None:
    one = walk().who()
    assert one.page.forms["bieu-mau"]["khai_boi"].value == "Nguyễn Thị Hoa"


def test_what_nobody_comes_back_to_is_swept_away(db: Session, walk: Any, at: Any) -> None:
    from datetime import timedelta

    from dossiers.applying.conftest import PDF

    one = walk().who().fill(co_con="false").fill(status=422, upload=("a.pdf", PDF, "application/pdf"))
    later = at + timedelta(days=31)
    drafts.sweep(db, later)
    service.sweep(db, later)
    assert one.key
    for table in (Draft, FileUse, Begun):
        assert db.scalar(select(func.count()).select_from(table)) == 0
