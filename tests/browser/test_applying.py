"""Applying in a real browser: to the receipt on a desktop, on a phone, without JavaScript, over a bad line."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from browser.test_desk import TOO_WIDE

Visit = Callable[..., Any]
START = "/nop-ho-so/2.000635"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
GO_ON = "Lưu và tiếp tục"


def begin(page: Any) -> str:
    """The address of a new draft; its overview is open."""
    page.get_by_role("button", name="Bắt đầu điền hồ sơ").click()
    page.wait_for_url("**/ho-so-nhap/*")
    address: str = page.url.split("?")[0]
    return address


def go_on(page: Any) -> None:
    page.get_by_role("button", name=GO_ON).last.click()


def fill_who(page: Any) -> None:
    page.get_by_label("Họ, chữ đệm, tên").fill("Nguyễn Thị Hoa")
    page.get_by_label("Số định danh cá nhân").fill("001190000001")
    page.get_by_label("Số điện thoại").fill("0912 345 678")


def fill_entries(page: Any) -> None:
    page.get_by_label("Khai sinh").first.check()
    page.get_by_label("Họ tên người được ghi trong sổ").first.fill("Nguyễn Văn Bé")
    page.get_by_label("Số bản", exact=True).first.fill("3")


def sound(page: Any, axe: Any) -> None:
    assert axe(page) == [], page.url
    assert page.evaluate(TOO_WIDE) == [], page.url


@pytest.mark.parametrize("width", [1280, 360])
def test_one_applies_to_the_receipt_and_every_page_is_sound(visit: Visit, axe: Any, width: int) -> None:
    page = visit("/thu-tuc/2.000635", width=width)
    page.locator(".portal-apply__button").click()
    page.wait_for_url(f"**{START}**")
    sound(page, axe)
    address = begin(page)
    sound(page, axe)
    page.get_by_role("button", name="Bắt đầu điền").click()
    go_on(page)
    page.get_by_role("heading", name="Chưa gửi được").wait_for()
    sound(page, axe)
    fill_who(page)
    go_on(page)
    page.wait_for_url("**/trich_luc")
    fill_entries(page)
    sound(page, axe)
    go_on(page)
    page.wait_for_url("**/nhan")
    page.goto(f"{address}/kiem-tra")
    assert "Chưa nộp được" in page.locator("main").inner_text()
    sound(page, axe)
    page.locator(".govuk-error-summary a").first.click()
    page.get_by_label("Qua bưu chính").check()
    go_on(page)
    page.get_by_label("Tỉnh, thành phố").fill("Hà Nội")
    page.get_by_label("Xã, phường, đặc khu").fill("Phường Ví Dụ")
    go_on(page)
    page.wait_for_url("**/kiem-tra")
    assert "24.000 đồng" in page.locator("main").inner_text()
    sound(page, axe)
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url("**/da-nop")
    assert re.fullmatch(r"\S+-[0-9]{8}-[0-9]{7}", page.locator("#ma-ho-so").inner_text())
    assert page.locator(".portal-receipt__qr svg").is_visible()
    sound(page, axe)
    page.goto(f"{address}/bo")
    assert page.url.endswith("/da-nop")
    page.get_by_role("button", name="Theo dõi hồ sơ").click()
    page.wait_for_url("**/ho-so/*")
    page.goto(page.url + "/rut")
    sound(page, axe)
    assert [said for said in page.problems if "422" not in said] == []


@pytest.mark.parametrize("width", [1280, 360])
def test_one_applies_without_javascript(visit: Visit, width: int) -> None:
    page = visit(START, width=width, script=False)
    begin(page)
    page.get_by_role("button", name="Bắt đầu điền").click()
    fill_who(page)
    go_on(page)
    fill_entries(page)
    page.get_by_role("button", name="Thêm việc").click()
    page.get_by_role("group", name="Việc 2").get_by_label("Kết hôn").check()
    page.get_by_role("group", name="Việc 2").get_by_label("Họ tên người được ghi trong sổ").fill("Nguyễn Thị Hoa")
    page.get_by_role("group", name="Việc 2").get_by_label("Số bản", exact=True).fill("1")
    go_on(page)
    page.get_by_label("Bản điện tử").check()
    go_on(page)
    assert page.url.endswith("/kiem-tra")
    assert "32.000 đồng" in page.locator("main").inner_text()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    assert page.url.endswith("/da-nop")
    assert page.locator("#ma-bi-mat").is_visible()


def test_the_back_button_shows_what_was_typed(visit: Visit) -> None:
    page = visit(START)
    address = begin(page)
    page.goto(f"{address}/nguoi_yeu_cau")
    fill_who(page)
    go_on(page)
    page.wait_for_url("**/trich_luc")
    page.go_back()
    page.get_by_label("Họ, chữ đệm, tên").wait_for()
    assert page.get_by_label("Họ, chữ đệm, tên").input_value() == "Nguyễn Thị Hoa"
    go_on(page)
    page.wait_for_url("**/trich_luc")


def test_a_second_window_sees_both_texts(visit: Visit, axe: Any) -> None:
    page = visit(START)
    address = f"{begin(page)}/nguoi_yeu_cau"
    page.goto(address)
    other = visit(address)
    fill_who(page)
    go_on(page)
    page.wait_for_url("**/trich_luc")
    fill_who(other)
    other.get_by_label("Họ, chữ đệm, tên").fill("Trần Thị Mai")
    go_on(other)
    other.get_by_text("vừa được lưu ở một cửa sổ khác").wait_for()
    assert "Nguyễn Thị Hoa" in other.locator("main").inner_text()
    assert other.get_by_label("Họ, chữ đệm, tên").input_value() == "Trần Thị Mai"
    assert axe(other) == []
    go_on(other)
    other.wait_for_url("**/trich_luc")
    page.goto(address)
    assert page.get_by_label("Họ, chữ đệm, tên").input_value() == "Trần Thị Mai"


def test_a_cookie_that_is_gone_costs_nothing_that_was_typed(visit: Visit, axe: Any) -> None:
    page = visit(START)
    page.goto(f"{begin(page)}/nguoi_yeu_cau")
    fill_who(page)
    page.context.clear_cookies()
    go_on(page)
    page.get_by_text("Trang này đã mở quá lâu").wait_for()
    assert page.get_by_label("Họ, chữ đệm, tên").input_value() == "Nguyễn Thị Hoa"
    assert axe(page) == []
    go_on(page)
    page.wait_for_url("**/trich_luc")


def test_the_receipt_prints_codes_and_no_buttons(visit: Visit) -> None:
    page = visit(START)
    address = begin(page)
    for place, fill in (("nguoi_yeu_cau", fill_who), ("trich_luc", fill_entries)):
        page.goto(f"{address}/{place}")
        fill(page)
        go_on(page)
    page.get_by_label("Tại bộ phận một cửa").check()
    go_on(page)
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url("**/da-nop")
    page.emulate_media(media="print")
    assert page.locator("#ma-ho-so").is_visible()
    assert page.locator("#ma-bi-mat").is_visible()
    assert page.get_by_text("Tra cứu tại:").is_visible()
    assert not page.get_by_role("button", name="Theo dõi hồ sơ").is_visible()


def test_a_file_survives_a_line_that_is_cut(visit: Visit, axe: Any) -> None:
    """The first piece is lost on its way; the script asks how far it got, and goes on."""
    page = visit("/nop-ho-so/1.013229")
    if page.locator("#co-quan").count():
        page.locator("#co-quan input[type=radio]").first.check()
        page.get_by_role("button", name="Tiếp tục").click()
    address = begin(page)
    places = page.locator(".portal-parts__name").evaluate_all("links => links.map(link => link.href)")
    for place in places[:-1]:
        page.goto(place)
        if page.locator("main input[type=file]").count():
            break
    lost = []

    def cut(route: Any) -> None:
        if route.request.method == "PATCH" and not lost:
            lost.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/tep-tai-len/**", cut)
    page.locator("main input[type=file]").first.set_input_files(
        {"name": "ban-ve.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_text("ban-ve.pdf ✓").wait_for()
    assert len(lost) == 1
    assert axe(page) == []
    page.get_by_role("button", name="Lưu và để sau").click()
    page.wait_for_url(f"{address}?da=luu")
    page.go_back()
    page.get_by_text("ban-ve.pdf").first.wait_for()
