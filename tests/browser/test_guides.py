"""Guides in a real browser: citizens walk by keyboard and without a script; editors see picture, form and paths."""

import re
from collections.abc import Callable
from typing import Any

import pytest

Visit = Callable[..., Any]
EDITOR = "minhchau"
GUIDE = "/huong-dan/toi-bi-mat-giay-to-phai-lam-gi"
PUBLIC = [
    "/huong-dan",
    GUIDE,
    f"{GUIDE}/tra-loi",
    f"{GUIDE}/tra-loi?gui=1",
    f"{GUIDE}/tra-loi/the-can-cuoc?gui=1&nhap=x",
    f"{GUIDE}/tra-loi/ho-chieu/trong-nuoc",
]
NARROW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_page_of_a_guide_breaks_an_accessibility_rule(visit: Visit, axe: Any, prefix: str, path: str) -> None:
    page = visit(prefix + path)

    assert page.answer.status == (422 if "gui=1" in path else 200)
    assert axe(page) == []
    assert [problem for problem in page.problems if "status of" not in problem] == []


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_no_page_of_a_guide_is_wider_than_a_small_phone(visit: Visit, path: str, script: bool) -> None:
    assert visit(path, width=320, script=script).evaluate(NARROW) == 0


def test_a_citizen_walks_by_keyboard_to_an_outcome_and_back(visit: Visit) -> None:
    page = visit(GUIDE)
    page.get_by_role("button", name="Bắt đầu").press("Enter")
    page.get_by_role("radio", name="Hộ chiếu").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Ở Việt Nam").press("Space")
    page.get_by_role("button", name="Tiếp tục").press("Enter")

    assert page.get_by_role("heading", level=1).inner_text() == "Báo mất rồi xin cấp hộ chiếu mới"
    page.go_back()
    assert page.get_by_role("heading", level=1).inner_text() == "Bạn mất hộ chiếu ở đâu?"
    page.go_forward()
    page.get_by_role("link", name=re.compile("Bạn mất giấy tờ nào")).press("Enter")
    assert page.get_by_role("radio", name="Hộ chiếu").is_checked()


def test_without_a_script_an_age_is_typed_and_does_not_stand_in_the_address(visit: Visit) -> None:
    page = visit(f"{GUIDE}/tra-loi/the-can-cuoc", script=False, width=360)
    page.get_by_role("button", name="Tiếp tục").click()
    assert page.get_by_role("alert").get_by_role("link").get_attribute("href") == "#answer"

    page.get_by_label("Người mất thẻ bao nhiêu tuổi?").fill("37")
    page.get_by_role("button", name="Tiếp tục").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Xin cấp lại thẻ căn cước"
    assert "37" not in page.url


@pytest.fixture
def draft(visit: Visit) -> Callable[..., Any]:
    """`draft(name)` → the page of the first question of a new guide."""

    def make(name: str, **more: Any) -> Any:
        page = visit("/ban-lam-viec/huong-dan/moi", who=EDITOR, **more)
        page.get_by_label("Tên hướng dẫn").fill(name)
        page.get_by_role("button", name="Tạo hướng dẫn").click()
        return page

    return make


def test_an_editor_builds_a_guide_and_clicks_through_its_picture(draft: Callable[..., Any], axe: Any) -> None:
    page = draft("Thử trình duyệt một")
    assert axe(page) == []
    page.get_by_label("Câu hỏi", exact=True).fill("Bạn có xe máy không?")
    for label in ("Có", "Không"):
        page.get_by_role("button", name="Thêm câu trả lời").click()
        row = page.locator("[data-portal-row]").last
        row.get_by_label("Câu trả lời", exact=True).fill(label)
        row.get_by_label("Dẫn tới").select_option("new:outcome")
    page.get_by_role("button", name="Lưu bản nháp").last.click()
    page.wait_for_url(re.compile(r"/sua(#n1)?$"))

    assert page.locator(".portal-guide-picture__box").count() == 3
    assert axe(page) == []
    page.locator(".portal-guide-picture__box").nth(1).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kết quả mới"
    assert axe(page) == []
    page.get_by_role("link", name="Sơ đồ của hướng dẫn").click()
    page.get_by_role("button", name="Thử từng đường").click()
    assert page.locator(".portal-guide-paths__path").count() == 2
    assert axe(page) == []
    assert page.problems == []


def test_the_pages_of_the_editor_fit_a_phone_without_a_script(draft: Callable[..., Any]) -> None:
    page = draft("Thử trình duyệt hai", width=360, script=False)
    assert page.evaluate(NARROW) == 0
    page.get_by_role("link", name="Sơ đồ của hướng dẫn").click()
    page.wait_for_load_state()
    assert page.evaluate(NARROW) == 0
    page.get_by_role("button", name="Thử từng đường").click()
    page.wait_for_load_state()
    assert page.evaluate(NARROW) == 0
