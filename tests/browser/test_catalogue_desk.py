"""Writing procedures in a real browser: from nothing to the public page by keyboard, by two people."""

from collections.abc import Callable
from typing import Any

import pytest
from browser.conftest import APPROVER, EDITOR

Visit = Callable[..., Any]
DESK = "/ban-lam-viec/thu-tuc"
MOST = 400
"""Presses of Tab after which a control counts as out of reach."""
WHERE = """() => { const one = document.activeElement;
  return [one.id, one.value || '', one.textContent.trim(), one.isContentEditable]; }"""


def go_to(page: Any, wanted: str) -> None:
    """Press Tab until the control with this id, value or text has the focus."""
    for _press in range(MOST):
        id_, value, text, editor = page.evaluate(WHERE)
        if wanted in (id_, value, text):
            return
        if editor:
            page.keyboard.press("Escape")
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {wanted}")


def write(page: Any, control: str, text: str) -> None:
    go_to(page, control)
    page.keyboard.type(text)


def press(page: Any, control: str, key: str = "Enter") -> None:
    go_to(page, control)
    page.keyboard.press(key)


def test_a_procedure_is_written_from_nothing_by_keyboard_and_published_by_two_people(visit: Visit, axe: Any) -> None:
    page = visit(f"{DESK}/moi", who=EDITOR)
    write(page, "thu-tuc-moi-code", "9.000001")
    write(page, "thu-tuc-moi-name", "Cấp thẻ đọc sách bằng bàn phím")
    press(page, "Tạo bản nháp")
    page.wait_for_url("**/sua")
    assert axe(page) == []

    write(page, "thu-tuc-authority_name", "Văn phòng Chính phủ")
    press(page, "thu-tuc-audiences", "Space")
    press(page, "add:cases")
    press(page, "add:cases.0.steps")
    write(page, "thu-tuc-cases-0-steps-0-name", "Nộp đơn tại quầy")
    press(page, "thu-tuc-direct-used", "Space")
    press(page, "add:direct.limits")
    write(page, "thu-tuc-direct-limits-0-text", "03 ngày làm việc")
    press(page, "add:results")
    write(page, "thu-tuc-results-0-name", "Thẻ đọc sách")
    assert axe(page) == []
    page.keyboard.press("Control+Enter")
    page.get_by_text("Đã lưu và gửi duyệt.").wait_for()
    assert page.problems == []

    theirs = visit(page.url, who=APPROVER)
    press(theirs, "Duyệt và công bố ngay")
    theirs.get_by_text("Đã công bố.").wait_for()
    public = visit("/thu-tuc/9.000001")
    assert public.locator("h1").inner_text() == "Cấp thẻ đọc sách bằng bàn phím"
    assert "3 ngày làm việc" in public.locator("main").inner_text()


def test_the_form_works_without_javascript(visit: Visit) -> None:
    page = visit(f"{DESK}/moi", who=EDITOR, script=False)
    page.get_by_label("Tên thủ tục").fill("Viết không cần JavaScript")
    page.get_by_role("button", name="Tạo bản nháp").click()
    page.get_by_role("button", name="Thêm kết quả").click()
    page.get_by_label("Tên kết quả").last.fill("Giấy xác nhận")
    page.get_by_role("button", name="Lưu bản nháp").last.click()
    assert page.get_by_text("Đã lưu bản nháp.").is_visible()
    assert page.get_by_label("Tên kết quả").first.input_value() == "Giấy xác nhận"


def test_a_long_list_of_choices_is_narrowed_while_typing_and_keeps_what_is_chosen(visit: Visit) -> None:
    page = visit(f"{DESK}/moi", who=EDITOR)
    page.get_by_role("button", name="Tạo bản nháp").click()
    page.wait_for_url("**/sua")
    group = page.locator(".portal-field--fields")
    boxes = group.get_by_role("checkbox")
    before = boxes.count()
    assert before > 12
    first = boxes.first
    first.check()
    group.get_by_role("searchbox").fill("không có lĩnh vực nào như thế")
    assert boxes.count() == 1
    assert first.is_checked()
    group.get_by_role("searchbox").fill("")
    assert boxes.count() == before


@pytest.mark.parametrize("path", [DESK, f"{DESK}/moi", f"{DESK}/dia-phuong", f"{DESK}?pham-vi=tat-ca&xep=ten"])
def test_pages_fit_a_telephone_and_break_no_accessibility_rule(visit: Visit, axe: Any, path: str) -> None:
    page = visit(path, who=EDITOR, width=360)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.problems == []
