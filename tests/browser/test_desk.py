"""The desk in a real browser: WCAG rules, narrow screens, no errors, on every page an official meets."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from browser.conftest import ADMINISTRATOR, APPROVER, EDITOR, OTHER_EDITOR

Visit = Callable[..., Any]
PAGES = [
    (EDITOR, "/ban-lam-viec"),
    (EDITOR, "/ban-lam-viec/van-ban"),
    (EDITOR, "/ban-lam-viec/van-ban?trang-thai=draft&can-kiem-tra=1"),
    (EDITOR, "/ban-lam-viec/van-ban/moi"),
    (EDITOR, "/ban-lam-viec/trang"),
    (EDITOR, "/tai-khoan"),
    (EDITOR, "/tai-khoan/mat-khau"),
    (APPROVER, "/ban-lam-viec"),
    (ADMINISTRATOR, "/ban-lam-viec"),
    (ADMINISTRATOR, "/ban-lam-viec/nhan-su"),
    (ADMINISTRATOR, "/ban-lam-viec/nhan-su/them"),
    (ADMINISTRATOR, "/ban-lam-viec/co-quan"),
    (ADMINISTRATOR, "/ban-lam-viec/co-quan/them"),
    (ADMINISTRATOR, "/ban-lam-viec/co-quan/sap-xep"),
]
ITEMS = ["1052/TB-VPCP", "205/TTr-BTP", "431/2026/NĐ-CP", "987/TB-VPCP"]
"""Scheduled, in review, published, withdrawn."""
TOO_WIDE = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
  : [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(("who", "path"), PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_page_of_the_desk_breaks_an_accessibility_rule(
    visit: Visit, axe: Any, who: str, path: str, prefix: str
) -> None:
    page = visit(prefix + path, who=who)

    assert page.answer.status == 200
    assert axe(page) == []
    assert page.problems == []


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_no_page_of_the_desk_is_wider_than_a_small_phone(visit: Visit, who: str, path: str) -> None:
    assert visit(path, who=who, width=320).evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("number", ITEMS)
@pytest.mark.parametrize("who", [EDITOR, APPROVER])
def test_the_page_of_an_item_and_what_it_leads_to_break_no_rule(visit: Visit, axe: Any, who: str, number: str) -> None:
    page = visit(f"/ban-lam-viec/van-ban?q={number}", who=who)
    page.locator(".portal-desk-table tbody a").first.click()
    assert axe(page) == []

    for details in page.locator("details").all():
        details.locator("summary").click()
    assert axe(page) == [], "with every part opened"

    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate(TOO_WIDE) == []

    page.get_by_role("link", name=re.compile("^Xem bản|^Xem\\s+bản")).first.click()
    assert axe(page) == [], "its preview"
    assert page.problems == []


def test_the_edit_form_breaks_no_rule_and_fits_a_small_phone(visit: Visit, draft: Any, axe: Any) -> None:
    page = draft(9001)
    page.locator("[contenteditable=true]").first.wait_for()
    assert axe(page) == []
    assert page.problems == []

    phone = visit(page.url, who=EDITOR, width=320)
    phone.locator("[contenteditable=true]").first.wait_for()
    assert phone.evaluate(TOO_WIDE) == []
    assert phone.locator(".portal-form__buttons button").first.is_visible()
    assert axe(phone) == []


def test_the_page_form_breaks_no_rule(visit: Visit, axe: Any) -> None:
    page = visit("/ban-lam-viec/trang", who=EDITOR)
    page.get_by_role("link", name="Sơ đồ tổ chức").click()
    page.get_by_role("button", name="Mở bản sửa mới").click()
    page.wait_for_url("**/sua")

    assert axe(page) == []
    assert page.evaluate(TOO_WIDE) == []
    page.go_back()
    page.get_by_text("Bỏ bản nháp này").click()
    page.get_by_role("button", name="Bỏ bản nháp").click()


def test_the_save_buttons_stay_in_reach_on_a_long_form(draft: Any) -> None:
    page = draft(9002)
    button = page.locator(".portal-form__buttons button").first
    for place in (0, 2000, 4000):
        page.evaluate(f"scrollTo(0, {place})")
        box = button.bounding_box()
        assert 0 <= box["y"] <= 800 - box["height"]


def test_the_editor_is_no_trap_for_the_keyboard(draft: Any) -> None:
    page = draft(9003)
    editor = page.locator("[contenteditable=true]").first
    editor.click()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")

    assert not page.evaluate("document.activeElement.isContentEditable")
    assert page.evaluate("document.activeElement !== document.body")


def test_one_unit_sees_nothing_of_anothers_draft(visit: Visit, draft: Any) -> None:
    address = draft(9004).url
    page = visit(address, who=OTHER_EDITOR)

    assert page.answer.status == 403
    assert page.get_by_role("heading", name="Bạn không có quyền").is_visible()
