"""Designing a form and trying it, in a real browser: accessible, by keyboard, on a phone, without JavaScript."""

import re
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from browser.conftest import EDITOR
from browser.test_desk import TOO_WIDE

Visit = Callable[..., Any]
numbers = count(1)


@pytest.fixture
def made(visit: Visit) -> Callable[..., Any]:
    """`made(**visit)` → the outline of a new form that starts from an organisation's application."""

    def make(**kw: Any) -> Any:
        page = visit("/ban-lam-viec/bieu-mau/moi", **{"who": EDITOR, **kw})
        page.get_by_label("Tên biểu mẫu").fill(f"Đơn thử trình duyệt số {next(numbers)}")
        page.get_by_label("Người nộp là tổ chức, doanh nghiệp").check()
        page.get_by_role("button", name="Tạo biểu mẫu").click()
        page.wait_for_url("**/sua")
        return page

    return make


@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_of_the_designer_breaks_a_rule_or_is_too_wide(made: Callable[..., Any], axe: Any, width: int) -> None:
    page = made(width=width)
    outline = page.url
    places = ["", "/chung", "/phan/to_chuc", "/muc/ma_so_thue", "/muc/danh_muc.thanh_tien", "/muc/ban_chup"]
    for place in [*places, "/xoa?muc=danh_muc"]:
        page.goto(outline + place)
        assert axe(page) == [], place
        assert page.evaluate(TOO_WIDE) == [], place
    assert page.problems == []


def test_a_question_is_added_found_wrong_and_mended(made: Callable[..., Any], axe: Any) -> None:
    page = made()
    assert "Không thấy lỗi nào" in page.locator(".portal-eform__check").inner_text()
    section = page.locator("#phan-giay_to")
    section.locator("summary").last.click()
    section.get_by_label("Câu hỏi").fill("Bạn muốn nhận kết quả ở đâu?")
    section.get_by_label("Loại").select_option("choice")
    section.get_by_role("button", name="Thêm", exact=True).click()
    page.get_by_label("Người nộp đọc").first.fill("Tại nhà")
    page.get_by_role("button", name="Lưu và về biểu mẫu").last.click()
    page.get_by_role("link", name=re.compile("cần có các lựa chọn")).click()
    assert page.url.endswith("#muc-ban_muon_nhan_ket_qua_o_dau")
    page.locator("#muc-ban_muon_nhan_ket_qua_o_dau .portal-eform__label").click()
    page.get_by_role("button", name="Thêm lựa chọn").click()
    page.get_by_label("Người nộp đọc").nth(1).fill("Tại trung tâm phục vụ hành chính công")
    assert axe(page) == []
    page.get_by_role("button", name="Lưu và về biểu mẫu").last.click()
    assert "Không thấy lỗi nào" in page.locator(".portal-eform__check").inner_text()


def test_a_formula_is_checked_while_it_is_typed(made: Callable[..., Any]) -> None:
    page = made()
    page.get_by_role("link", name="Thành tiền").first.click()
    page.get_by_text("Công thức đọc được.").wait_for()
    page.get_by_label("Công thức", exact=True).fill("so_luong × ")
    page.get_by_text(re.compile("chưa đọc được")).wait_for()
    assert page.problems == []


def test_questions_move_and_pages_are_tried_with_the_keyboard_alone(made: Callable[..., Any]) -> None:
    page = made()
    page.locator("button[value='down:ten_to_chuc']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#muc-ten_to_chuc")
    assert page.locator(".portal-eform__field").first.get_attribute("id") == "muc-ma_so_thue"
    page.get_by_role("button", name="Điền thử như người dân").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/xem-truoc/1")
    page.get_by_label("Tên tổ chức, doanh nghiệp").focus()
    page.keyboard.type("Công ty Ví Dụ")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Chưa gửi được").wait_for()
    assert page.get_by_label("Tên tổ chức, doanh nghiệp").input_value() == "Công ty Ví Dụ"


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_form_is_tried_to_the_end(made: Callable[..., Any], axe: Any, script: bool, width: int) -> None:
    page = made(script=script, width=width)
    page.get_by_role("button", name="Điền thử như người dân").click()
    page.get_by_label("Tên tổ chức, doanh nghiệp").fill("Công ty Ví Dụ")
    page.get_by_label("Mã số thuế").fill("0100000000")
    page.get_by_label("Tỉnh, thành phố").fill("Hà Nội")
    page.get_by_label("Xã, phường, đặc khu").fill("Phường Ví Dụ")
    page.get_by_label("Người đại diện theo pháp luật").fill("Nguyễn Văn An")
    page.get_by_label("Số điện thoại liên hệ").fill("0912 345 678")
    page.get_by_label("Thư điện tử").fill("an@vidu.vn")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Tên hàng hóa, dịch vụ").first.fill("Gạo")
    page.get_by_label("Số lượng").first.fill("1.000")
    page.get_by_label("Đơn giá").first.fill("20.000")
    if script:
        assert axe(page) == []
        assert page.evaluate(TOO_WIDE) == []
    page.get_by_role("button", name="Tiếp tục").last.click()
    page.get_by_role("button", name="Tiếp tục").click()
    assert "Hãy chọn tệp" in page.locator("main").inner_text()
    pdf = {"name": "ban-chup.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"}
    page.locator("input[type=file]").set_input_files(pdf)
    page.get_by_label(re.compile("Tôi cam đoan")).check()
    page.get_by_role("button", name="Tiếp tục").click()
    told = page.locator("main").inner_text()
    assert "20.000.000 đồng" in told
    assert "ban-chup.pdf" in told
    assert "Đã đủ để nộp" in told
    if script:
        assert axe(page) == []
        assert page.evaluate(TOO_WIDE) == []
        assert [said for said in page.problems if "422" not in said] == []
