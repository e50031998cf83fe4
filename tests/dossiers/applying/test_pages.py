"""One page of the form: nothing typed is lost, whatever happens to it (invariants 8, 9)."""

from typing import Any

from dossiers.applying.conftest import PDF
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import Upload

from portal.dossiers.models import Draft
from portal.files.models import FileUse


def said(page: Any) -> str:
    return " ".join(page.html.main.get_text(" ").split())


def answers(db: Session) -> dict[str, Any]:
    db.expire_all()
    return dict(db.scalars(select(Draft)).one().answers)


def test_a_page_with_errors_is_kept_too_and_says_what_to_do(db: Session, walk: Any) -> None:
    one = walk().open("nguoi_nop")
    one.fill(status=422, ho_ten="Nguyễn Thị Hoa", dien_thoai="12", thu="khong-phai-thu")
    assert one.page.html.select(".govuk-error-summary a[href='#bieu-mau-dien_thoai']")
    assert one.page.html.title.text.startswith("Lỗi: ")
    assert one.page.forms["bieu-mau"]["dien_thoai"].value == "12"
    assert answers(db) == {"ho_ten": "Nguyễn Thị Hoa", "dien_thoai": "12", "thu": "khong-phai-thu", "ngay_sinh": None}
    again = one.open("nguoi_nop").page.forms["bieu-mau"]
    assert (again["dien_thoai"].value, again["thu"].value) == ("12", "khong-phai-thu")
    assert "Cần xem lại" in said(one.open().page)


def test_one_may_leave_a_page_half_filled(db: Session, walk: Any) -> None:
    one = walk().open("nguoi_nop").fill("de_sau", ho_ten="Nguyễn")
    assert "Đã lưu bản nháp" in said(one.page)
    assert answers(db)["ho_ten"] == "Nguyễn"


def test_what_cannot_be_kept_is_not_left_behind_silently(walk: Any) -> None:
    one = walk().open("nguoi_nop").fill("de_sau", status=422, ho_ten="Hoa", ngay_sinh="31/02/2000")
    assert one.page.forms["bieu-mau"]["ngay_sinh"].value == "31/02/2000"
    assert "không có ngày 31" in said(one.page)


def test_the_way_back_keeps_what_was_typed(db: Session, walk: Any) -> None:
    one = walk().who().fill("quay_lai", khai_boi="Người Khai")
    assert one.page.request.path.endswith("/nguoi_nop")
    assert answers(db)["khai_boi"] == "Người Khai"


def test_rows_are_added_and_kept_before_they_are_complete(db: Session, walk: Any) -> None:
    one = walk().who().fill(status=200, co_con="true")
    assert "hiện thêm 1 mục" in said(one.page)
    form = one.page.forms["bieu-mau"]
    button = one.page.html.find("button", string=lambda text: text and "Thêm" in text)
    page = form.submit(button["name"], value=button["value"], status=200)
    page.forms["bieu-mau"].fields["ten_con"][0].value = "Bé An"
    button = page.html.find("button", string=lambda text: text and "Thêm" in text)
    page = page.forms["bieu-mau"].submit(button["name"], value=button["value"], status=200)
    assert [field.value for field in page.forms["bieu-mau"].fields["ten_con"]][:2] == ["Bé An", ""]
    assert answers(db)["cac_con"][0]["ten_con"] == "Bé An"


def test_a_row_half_filled_is_kept_and_one_that_cannot_be_kept_is_told(db: Session, walk: Any) -> None:
    one = walk().who().fill(status=200, co_con="true")
    button = one.page.html.find("button", string=lambda text: text and "Thêm" in text)
    page = one.page.forms["bieu-mau"].submit(button["name"], value=button["value"], status=200)
    form = page.forms["bieu-mau"]
    form.fields["sinh_con"][0].value = "31/02/2020"
    form.submit("de_sau", status=422)
    form.fields["sinh_con"][0].value = "28/02/2020"
    form["phien_ban"] = str(db.scalars(select(Draft)).one().version)
    form.submit("de_sau", status=303)
    assert answers(db)["cac_con"] == [{"ten_con": None, "sinh_con": "2020-02-28"}]
    one.open("con")
    assert one.page.forms["bieu-mau"].fields["sinh_con"][0].value == "28/02/2020"


def test_two_windows_with_different_words_see_both_and_lose_none(db: Session, walk: Any, citizen: Any) -> None:
    one = walk().open("nguoi_nop")
    other = citizen().get(f"{one.address}/nguoi_nop").forms["bieu-mau"]
    one.fill(ho_ten="Cửa sổ một", dien_thoai="0912345678")
    other["ho_ten"], other["dien_thoai"] = "Cửa sổ hai", "0912345678"
    page = other.submit("tiep_tuc", status=409)
    assert "Cửa sổ một" in said(page)
    assert page.forms["bieu-mau"]["ho_ten"].value == "Cửa sổ hai"
    assert answers(db)["ho_ten"] == "Cửa sổ một"
    page.forms["bieu-mau"].submit("tiep_tuc", status=303)
    assert answers(db)["ho_ten"] == "Cửa sổ hai"


def test_two_windows_on_two_pages_do_not_disturb_each_other(db: Session, walk: Any, citizen: Any) -> None:
    one = walk().open("nguoi_nop")
    other = citizen().get(f"{one.address}/con").forms["bieu-mau"]
    one.fill(ho_ten="Hoa", dien_thoai="0912345678")
    other["bieu-mau-co_con"] = "false"
    other.submit("tiep_tuc", status=303)
    assert (answers(db)["ho_ten"], answers(db)["co_con"]) == ("Hoa", False)


def test_the_same_page_sent_twice_goes_on(walk: Any) -> None:
    one = walk().open("nguoi_nop")
    form = one.page.forms["bieu-mau"]
    form["ho_ten"], form["dien_thoai"] = "Hoa", "0912345678"
    assert form.submit("tiep_tuc", status=303).location == form.submit("tiep_tuc", status=303).location


def test_a_page_older_than_its_session_comes_back_filled_in(walk: Any, citizen: Any, db: Session) -> None:
    one = walk().open("nguoi_nop")
    form = one.page.forms["bieu-mau"]
    form["ho_ten"] = "Nguyễn Thị Hoa"
    one.app.reset()
    page = form.submit("tiep_tuc", headers={"Sec-Fetch-Site": "same-origin"}, status=400)
    assert page.forms["bieu-mau"]["ho_ten"].value == "Nguyễn Thị Hoa"
    assert "đã mở quá lâu" in said(page)
    assert answers(db) == {}
    page.forms["bieu-mau"]["dien_thoai"] = "0912345678"
    page.forms["bieu-mau"].submit("tiep_tuc", status=303)
    assert answers(db)["ho_ten"] == "Nguyễn Thị Hoa"


def test_a_page_sent_by_another_site_does_nothing_and_shows_nothing(walk: Any, db: Session) -> None:
    one = walk().open("nguoi_nop")
    form = one.page.forms["bieu-mau"]
    form["ho_ten"] = "Nguyễn Thị Hoa"
    one.app.reset()
    page = form.submit("tiep_tuc", headers={"Sec-Fetch-Site": "cross-site"}, status=400)
    assert "bieu-mau" not in page.forms
    assert answers(db) == {}


def test_a_section_that_is_not_asked_any_more_leads_to_the_overview(walk: Any) -> None:
    one = walk()
    one.app.get(f"{one.address}/khong_co", status=404)


def test_a_file_stays_with_the_draft_when_the_page_is_refused(db: Session, walk: Any) -> None:
    one = walk().who().fill(co_con="false").fill(status=422, upload=("ban-chup.pdf", PDF, "application/pdf"))
    assert "ban-chup.pdf" in said(one.page)
    assert [use.owner_kind for use in db.scalars(select(FileUse))] == ["dossier_draft"]
    one.open("phan-bo").fill(cam_doan=True)
    assert one.page.request.path.endswith("/kiem-tra")
    assert answers(db)["ban_chup"][0]["name"] == "ban-chup.pdf"


def test_a_wrong_file_is_refused_with_its_reason(walk: Any) -> None:
    one = walk().who().fill(co_con="false")
    form = one.page.forms["bieu-mau"]
    form["upload"] = [Upload("a.pdf", b"MZ\x90\x00 program", "application/pdf")]
    page = form.submit("tiep_tuc", status=422)
    assert page.html.select(".govuk-error-summary a[href='#bieu-mau-ban_chup']")


def test_files_go_with_a_discarded_draft(db: Session, walk: Any) -> None:
    one = walk().who().fill(co_con="false").fill(status=422, upload=("ban-chup.pdf", PDF, "application/pdf"))
    one.open("bo")
    next(f for f in one.page.forms.values() if f.action.endswith("/bo")).submit(status=303)
    assert db.scalars(select(FileUse)).all() == []
