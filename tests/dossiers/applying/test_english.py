"""In English no page of applying says anything in Vietnamese without saying so."""

from typing import Any

import spoken
from dossiers.applying.conftest import Walk

PLACES = ("", "/nguoi_nop", "/lien_he", "/noi_dung", "/giay_to", "/kiem-tra", "/bo")


def unmarked(page: Any) -> list[str]:
    return [one.text[:100] for one in spoken.vietnamese(spoken.of_page(page.text), spoken.quoting())]


def test_the_pages_of_a_draft_and_its_receipt_are_english(citizen: Any, make: Any, staff: Any) -> None:
    staff.deciding.english_name = "Testing department"
    make.procedure(staff.deciding, published=True, code="1.008888", service="toan-trinh", name_en="A test permit")
    app = citizen()
    start = app.get("/en/nop-ho-so/1.008888/H17.05")
    assert unmarked(start) == []
    form = next(f for f in start.forms.values() if f.action.endswith("/H17.05"))
    one = Walk(app, form.submit(status=303).follow())
    for place in PLACES:
        assert unmarked(app.get(f"/en{one.address}{place}")) == [], place
    one.open("nguoi_nop").fill(ho_ten="Nguyễn Văn An", so_dinh_danh="001090000001")
    one.fill(dien_thoai="0912345678", province="Hà Nội", commune="Phường Ví Dụ")
    one.fill(de_nghi="Đề nghị cấp giấy.").fill(cam_doan=True)
    assert unmarked(app.get(f"/en{one.address}/kiem-tra")) == []
    one.submit()
    receipt = app.get(f"/en{one.address}/da-nop")
    code = receipt.html.select_one("#ma-ho-so").text
    for page in (receipt, app.get(f"/en/ho-so/{code}", status=200)):
        assert "A test permit" in page.html.main.get_text()
    assert unmarked(receipt) == []
