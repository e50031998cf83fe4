"""Following in a real browser: by keyboard, on a phone, without a script, in print; figures; a request about data."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from portal.dossiers.states import State

Visit = Callable[..., Any]
NARROW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PUBLIC = ["/tra-cuu-ho-so", "/xac-minh", "/xac-minh/7-KHONG-CO", "/thong-ke"]
ADMINISTRATOR = "taphuong"
STATES = [State.IN_PROGRESS, State.NEW, State.SUPPLEMENT, State.PAYMENT, State.RETURNED]


def receipt(site: Any, state: State) -> Any:
    """One of the receipts that the demo prints."""
    return next(one for one in site.receipts if one.dossier.state is state)


def follow(visit: Visit, site: Any, state: State, prefix: str = "", **more: Any) -> Any:
    """The page of a dossier, by its code and its secret typed in small letters."""
    mine = receipt(site, state)
    page = visit(f"{prefix}/tra-cuu-ho-so?ma={mine.code}", **more)
    page.locator("[name=secret]").fill(mine.secret.lower())
    page.locator("#tra-cuu button[type=submit]").last.click()
    page.wait_for_url(f"**/ho-so/{mine.code}")
    return page


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PUBLIC)
def test_no_public_page_breaks_an_accessibility_rule(visit: Visit, axe: Any, path: str, prefix: str) -> None:
    page = visit(prefix + path)
    assert axe(page) == []
    assert [problem for problem in page.problems if "status of" not in problem] == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_page_of_a_dossier_breaks_an_accessibility_rule(
    visit: Visit, site: Any, axe: Any, state: State, prefix: str
) -> None:
    page = follow(visit, site, state, prefix)
    assert axe(page) == []
    assert page.problems == []


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_no_public_page_is_wider_than_a_small_phone(visit: Visit, path: str, script: bool) -> None:
    assert visit(path, width=320, script=script).evaluate(NARROW) == 0


@pytest.mark.parametrize("state", STATES)
def test_no_page_of_a_dossier_is_wider_than_a_small_phone(visit: Visit, site: Any, state: State) -> None:
    assert follow(visit, site, state, width=320).evaluate(NARROW) == 0


def test_a_citizen_looks_up_by_keyboard_and_closes_the_dossier(visit: Visit, site: Any) -> None:
    mine = receipt(site, State.IN_PROGRESS)
    page = visit("/tra-cuu-ho-so")
    page.get_by_label("Mã hồ sơ").focus()
    page.keyboard.type(mine.code)
    page.keyboard.press("Tab")
    page.keyboard.type(mine.secret)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ho-so/{mine.code}")
    assert page.locator('[aria-current="step"]').inner_text().startswith("3")
    page.get_by_role("button", name="Đóng hồ sơ").press("Enter")
    page.wait_for_url("**/tra-cuu-ho-so")
    page.goto(f"/ho-so/{mine.code}")
    assert "/tra-cuu-ho-so?ma=" in page.url


def test_a_wrong_secret_is_said_at_the_top_and_nothing_typed_is_lost(visit: Visit, site: Any) -> None:
    mine = receipt(site, State.IN_PROGRESS)
    page = visit(f"/tra-cuu-ho-so?ma={mine.code}", script=False, width=360)
    page.get_by_label("Mã bí mật").fill("AAAA-BBBB-CCCC")
    page.get_by_role("button", name="Xem hồ sơ").click()
    assert "chưa đúng" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Mã hồ sơ").input_value() == mine.code
    assert page.get_by_label("Mã bí mật").input_value() == "AAAA-BBBB-CCCC"


def test_the_appointment_and_the_receipt_are_downloaded(visit: Visit, site: Any) -> None:
    page = follow(visit, site, State.IN_PROGRESS)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Thêm ngày hẹn vào lịch").click()
    assert "BEGIN:VEVENT" in waiting.value.path().read_text()
    page.get_by_role("link", name="Giấy tiếp nhận và hẹn trả").click()
    assert receipt(site, State.IN_PROGRESS).code in page.locator("main").inner_text()


def test_in_print_the_page_says_where_the_dossier_is_and_leaves_buttons_out(visit: Visit, site: Any) -> None:
    page = follow(visit, site, State.IN_PROGRESS)
    page.emulate_media(media="print")
    assert page.locator(".portal-stages").is_visible()
    assert not page.get_by_role("button", name="Đóng hồ sơ").is_visible()


def test_the_figures_are_chosen_without_a_script(visit: Visit) -> None:
    page = visit("/thong-ke", script=False, width=360)
    page.get_by_role("button", name="Xem").click()
    assert "nam=" in page.url
    assert page.get_by_role("link", name="Tải bảng CSV").get_attribute("href").startswith("/thong-ke.csv?nam=")
    assert page.get_by_role("img", name=re.compile("Biểu đồ cột")).is_visible()


def test_a_person_asks_for_a_copy_and_an_administrator_hands_it_over(visit: Visit, site: Any, axe: Any) -> None:
    page = follow(visit, site, State.RETURNED, script=False)
    page.get_by_role("link", name="Dữ liệu cá nhân của bạn").click()
    page.get_by_label("Nhận bản sao dữ liệu của hồ sơ").check()
    page.get_by_role("button", name="Gửi yêu cầu").click()
    assert "Đang chờ trả lời" in page.locator("main").inner_text()

    desk = visit("/ban-lam-viec/ho-so/yeu-cau-du-lieu", who=ADMINISTRATOR)
    assert axe(desk) == []
    desk.get_by_role("link", name=receipt(site, State.RETURNED).code).click()
    assert axe(desk) == []
    with desk.expect_download() as waiting:
        desk.get_by_role("button", name="Tải bản sao").click()
    assert waiting.value.path().read_bytes().startswith(b"PK")
    desk.get_by_role("button", name="Đã giao cho người yêu cầu").click()
    assert "bản sao đã giao" in desk.locator("main").inner_text()

    desk.goto("/ban-lam-viec/ho-so/truy-cap")
    assert axe(desk) == []
    assert "Bản sao dữ liệu" in desk.locator("table").inner_text()
    page.reload()
    assert "Đã thực hiện" in page.locator("main").inner_text()
