"""Citizens' pages in a real browser: WCAG rules, narrow screens, no script, keyboard, weight."""

from collections.abc import Callable
from typing import Any

import pytest
from browser.places import ERRORS, LETTER, LONG, PUBLIC

Visit = Callable[..., Any]
EVERY = [*PUBLIC, *ERRORS]
WEIGHT = 100 * 1024
NARROW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OUTSIDE = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !one.closest('.portal-scroll, .govuk-visually-hidden, svg')
      && getComputedStyle(one).position !== 'absolute';
}).map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("path", EVERY)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_public_page_breaks_an_accessibility_rule(visit: Visit, axe: Any, prefix: str, path: str) -> None:
    page = visit(prefix + path)

    assert page.answer.status == ERRORS.get(path, 200)
    assert page.locator("html").get_attribute("lang") == ("en" if prefix else "vi")
    assert axe(page) == []
    assert [p for p in page.problems if "status of" not in p] == []


@pytest.mark.parametrize("path", ["/", LONG, "/van-ban", "/co-quan/G22"])
def test_high_contrast_breaks_no_rule_either(visit: Visit, axe: Any, path: str) -> None:
    page = visit(path)
    page.get_by_role("button", name="Tương phản cao").click()

    assert "portal-contrast" in (page.locator("html").get_attribute("class") or "")
    assert axe(page) == []


@pytest.mark.parametrize("path", EVERY)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_no_public_page_is_wider_than_a_small_phone(visit: Visit, path: str, script: bool) -> None:
    page = visit(path, width=320, script=script)

    assert page.evaluate(NARROW) == 0
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("path", ["/", "/van-ban", LONG, "/co-quan/G22", "/dang-nhap"])
def test_text_twice_as_large_still_fits(visit: Visit, path: str) -> None:
    page = visit(path, width=640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate(NARROW) == 0


def test_a_visitor_finds_and_reads_a_document_without_a_script(visit: Visit) -> None:
    page = visit("/", script=False)
    page.get_by_label("Tìm văn bản theo số, ký hiệu hoặc trích yếu").fill("431/2026/NĐ-CP")
    page.get_by_role("button", name="Tìm").last.click()
    page.locator(".portal-result h3 a").first.click()

    assert page.url.endswith(LONG)
    contents = page.get_by_role("navigation", name="Mục lục")
    contents.locator("summary").nth(1).click()
    contents.get_by_role("link", name="Điều 2. Đối tượng áp dụng").click()
    assert page.url.endswith("#chuong-i-dieu-2") or "#" in page.url
    assert page.get_by_text("Đối tượng áp dụng").last.is_visible()


def test_a_visitor_filters_the_list_without_a_script(visit: Visit) -> None:
    page = visit("/van-ban", width=360, script=False)
    page.get_by_label("Loại văn bản").select_option("cong-van")
    page.get_by_role("button", name="Áp dụng bộ lọc").click()

    assert "loai=cong-van" in page.url
    assert page.locator(".portal-document-row").count() == 5


def test_without_a_script_the_menu_is_open_and_with_one_it_opens(visit: Visit) -> None:
    plain = visit("/", width=360, script=False)
    assert plain.locator("#portal-menu").is_visible()

    page = visit("/", width=360)
    menu, button = page.locator("#portal-menu"), page.get_by_role("button", name="Danh mục")
    assert not menu.is_visible()
    button.press("Enter")
    assert menu.is_visible()
    menu.locator("a").first.press("Escape")
    assert not menu.is_visible()


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(visit: Visit) -> None:
    page = visit(LONG)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"

    seen = [_focused(page) for _ in range(12)]

    assert all(one["visible"] and one["marked"] for one in seen), seen
    assert len({one["what"] for one in seen}) == len(seen), "a key press that moved nothing"


def _focused(page: Any) -> dict[str, Any]:
    """What the next Tab reaches: what it is, whether it is in sight, and whether it looks different from before."""
    page.keyboard.press("Tab")
    found: dict[str, Any] = page.evaluate(
        """() => {
          const one = document.activeElement, box = one.getBoundingClientRect();
          const look = () => {
            const style = getComputedStyle(one);
            return [style.outlineStyle, style.backgroundColor, style.boxShadow].join();
          };
          const held = look();
          one.blur();
          const bare = look();
          one.focus();
          const visible = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
          return {what: one.outerHTML.slice(0, 160), visible, marked: held !== bare};
        }"""
    )
    return found


def test_a_reader_copies_the_citation(visit: Visit) -> None:
    page = visit(LONG, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Sao chép trích dẫn").click()

    page.get_by_role("button", name="Đã sao chép").wait_for()
    assert "431/2026/NĐ-CP" in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("path", [LONG, LETTER])
def test_a_document_costs_a_first_visitor_at_most_100_kilobytes(
    visit: Visit, browser: Any, site: Any, path: str
) -> None:
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    sizes: dict[str, int] = {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    session.on("Network.responseReceived", lambda told: names.update({told["requestId"]: told["response"]["url"]}))
    session.on(
        "Network.loadingFinished",
        lambda told: sizes.update({names.get(told["requestId"], "?"): told["encodedDataLength"]}),
    )
    page.goto(path, wait_until="networkidle")
    context.close()

    assert len(sizes) >= 5, sizes
    assert sum(sizes.values()) <= WEIGHT, sizes


def test_public_pages_set_no_cookie(visit: Visit) -> None:
    page = visit("/")
    page.goto(LONG)

    assert page.context.cookies() == []
