"""From a file to "submitted" in a real browser: by keyboard only, on a phone, without JavaScript, in batches."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import EDITOR
from browser.test_desk import TOO_WIDE

Visit = Callable[..., Any]
NEW = "/ban-lam-viec/van-ban/moi"
MOST_KEYS = 60
"""Presses from the page for new documents to "submitted": at two a second that is half a minute."""
CLAUSES = "\n".join(
    f"{n}. Bộ phận thứ {n} rà soát việc của mình, ghi lại những chỗ người dân phải chờ lâu và sửa trong quý này."
    for n in range(1, 61)
)
PAPER = """VĂN PHÒNG CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/TB-VPCP
ngày 17 tháng 11 năm 2026
THÔNG BÁO
Về việc rà soát thời gian chờ ở bộ phận một cửa
Văn phòng Chính phủ thông báo như sau:
{clauses}
Nơi nhận:
- Thủ tướng Chính phủ (để b/c);
- Các bộ, cơ quan ngang bộ;
- Lưu: VT, KSTT (2).
TL. BỘ TRƯỞNG, CHỦ NHIỆM
CHÁNH VĂN PHÒNG
Trần Thử Nghiệm
"""
"""Three pages; the line of the place is broken, so that something is left to check."""


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def make(number: int, paper: str = PAPER) -> Path:
        path = tmp_path / f"{number}-tb-vpcp.txt"
        path.write_text(paper.format(number=number, clauses=CLAUSES), encoding="utf-8")
        return path

    return make


class Keyboard:
    """Presses keys and counts them; choosing a file in the system's own window counts as two: its name, Enter."""

    def __init__(self, page: Any) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.pressed += 1
        self.page.keyboard.press(key)

    def until(self, selector: str, key: str = "Tab") -> None:
        """Press the key until the focus is there."""
        for _again in range(MOST_KEYS):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.press(key)
        raise AssertionError(f"the keyboard does not reach {selector}")

    def choose(self, path: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.press("Enter")
        chooser.value.set_files(path)
        self.pressed += 2


def upload(visit: Visit, *paths: Path, **kw: Any) -> Any:
    page = visit(NEW, **{"who": EDITOR, **kw})
    page.locator("input[type=file]").set_input_files(paths)
    page.get_by_role("button", name="Tạo bản nháp").click()
    return page


def test_a_notice_of_three_pages_goes_from_file_to_submitted_by_keyboard(visit: Visit, file: Any) -> None:
    page = visit(NEW, who=EDITOR)
    page.on("filechooser", lambda chooser: None)  # so that the browser hands choosers over long before one opens
    keyboard, began = Keyboard(page), time.monotonic()
    keyboard.until(".govuk-skip-link")
    keyboard.press("Enter")
    keyboard.until(".govuk-file-upload-button")
    keyboard.choose(file(9101))
    keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("/sua(#|$)"))
    left = page.locator("[data-portal-confirm]").count()
    assert left > 0, "something is to be checked"
    keyboard.press("Alt+n")
    for _field in range(left):
        assert page.locator("mark.portal-passage").count() or not page.evaluate(
            "() => document.activeElement.closest('[data-passage-start]')"
        ), "what was read is marked in the paper"
        keyboard.press("Alt+Enter")
    assert page.locator("[data-portal-doubts-count]").inner_text().startswith("Đã kiểm tra hết")
    keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("/muc/[^/]+$"))
    assert "Chờ duyệt" in page.locator("main").inner_text()
    assert page.problems == []
    assert keyboard.pressed <= MOST_KEYS
    print(f"{keyboard.pressed} presses, {time.monotonic() - began:.1f} s of the machine's time")


def test_a_click_in_the_paper_leads_to_the_field_and_back(visit: Visit, file: Any, axe: Any) -> None:
    page = upload(visit, file(9102))
    page.wait_for_url("**/sua")
    page.locator("[contenteditable=true]").first.wait_for()
    assert axe(page) == []
    page.locator("[data-paper] a", has_text="Lưu: VT").first.click()
    assert page.evaluate("document.activeElement.name") == "archive_line"
    assert page.locator("mark.portal-passage").first.inner_text().startswith("Lưu: VT")
    page.keyboard.press("Alt+p")
    assert page.evaluate("document.activeElement.matches('[data-paper]')")
    page.keyboard.press("Alt+p")
    assert page.evaluate("document.activeElement.name") == "archive_line"


def test_the_confirm_screen_stacks_on_a_phone_with_ways_between_the_two(visit: Visit, file: Any, axe: Any) -> None:
    page = upload(visit, file(9103), width=360)
    page.wait_for_url("**/sua")
    page.locator("[contenteditable=true]").first.wait_for()
    assert page.evaluate(TOO_WIDE) == []
    assert axe(page) == []
    page.get_by_role("link", name="Đến biểu mẫu").click()
    page.get_by_role("navigation", name="Các phần của biểu mẫu").get_by_role("link", name="Văn bản gốc").click()
    assert page.locator("#paper-title").is_visible()


def test_it_all_works_without_a_script(visit: Visit, file: Any) -> None:
    page = upload(visit, file(9104), script=False)
    page.wait_for_url("**/sua")
    for box in page.locator("[name=confirmed]").all():
        box.check()
    page.locator(".portal-form__buttons").get_by_role("button", name="Lưu và gửi duyệt").click()
    assert "Chờ duyệt" in page.locator("main").inner_text()


def test_a_batch_tells_by_itself_how_far_it_is(visit: Visit, file: Any, axe: Any) -> None:
    page = upload(visit, file(9105), file(9106), file(9107))
    page.wait_for_url("**/lo/*")
    assert axe(page) == []
    page.locator("[data-portal-refresh=off]").wait_for(timeout=60_000)
    assert page.get_by_role("status").first.inner_text() == "Đã đọc xong 3 tệp."
    assert page.locator(".portal-batch-table tbody tr").count() == 3
    assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate(TOO_WIDE) == []
    assert page.problems == []


def test_files_dropped_on_the_page_for_new_documents_are_taken(visit: Visit) -> None:
    page = visit(NEW, who=EDITOR)
    page.evaluate(
        """() => {
          const given = new DataTransfer();
          given.items.add(new File(["a"], "a.txt", {type: "text/plain"}));
          given.items.add(new File(["b"], "b.txt", {type: "text/plain"}));
          const zone = document.querySelector(".govuk-file-upload-wrapper, [data-module=govuk-file-upload]");
          for (const type of ["dragenter", "dragover", "drop"]) {
            const target = zone.querySelector(".govuk-file-upload-button") ?? zone;
            target.dispatchEvent(new DragEvent(type, {dataTransfer: given, bubbles: true, cancelable: true}));
          }
        }"""
    )
    assert page.locator("input[type=file]").evaluate("input => input.files.length") == 2
    assert page.locator(".govuk-file-upload-button__status").inner_text() == "Đã chọn 2 tệp"
