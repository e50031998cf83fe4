"""Search in a real browser: suggestions by keyboard, touch and input methods; narrow screens, no script, WCAG rules."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Visit = Callable[..., Any]
SEARCH = "/tim-kiem?q=ngh%E1%BB%8B+%C4%91%E1%BB%8Bnh"
PAGES = {
    "/tim-kiem": 200,
    SEARCH: 200,
    f"{SEARCH}&sort=date&type=nghi-dinh": 200,
    "/tim-kiem?q=xyzzyx": 200,
    "/tim-kiem?q=la&nam=abc&trang=x": 422,
    "/tim-kiem/nang-cao?q=h%E1%BB%8D+-x+%22ch%C3%ADnh+ph%E1%BB%A7%22": 200,
    "/tim-kiem/nang-cao?sent=1&from=mai": 422,
}
NARROW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOUND = [
    {"title": f"Văn bản thử số {n} về đăng ký hộ kinh doanh", "number": f"{n}/TB-THU", "path": f"/van-ban?nam=202{n}"}
    | {"kind": "notice", "label": "Văn bản"}
    for n in range(1, 4)
]


@pytest.fixture
def suggesting(visit: Visit) -> Callable[..., Any]:
    """A page whose suggestions are `FOUND` for every question; `page.asked` holds the questions."""

    def go(path: str = "/tim-kiem", found: Any = FOUND, **kw: Any) -> Any:
        page = visit(path, **kw)
        page.asked = []

        def answer(route: Any) -> None:
            page.asked.append(route.request.url.split("q=")[1])
            route.fulfill(content_type="application/json", body=json.dumps(found))

        page.route("**/tim-kiem/goi-y*", answer)
        return page

    return go


def box(page: Any) -> Any:
    return page.locator("input[role=combobox]:visible")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_page_of_search_breaks_an_accessibility_rule(visit: Visit, axe: Any, prefix: str, path: str) -> None:
    page = visit(prefix + path)

    assert page.answer.status == PAGES[path]
    assert axe(page) == []
    assert [problem for problem in page.problems if "status of" not in problem] == []
    page.get_by_role("button", name="Tương phản cao" if not prefix else "High contrast").click()
    assert axe(page) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_no_page_of_search_is_wider_than_a_small_phone(visit: Visit, path: str, script: bool) -> None:
    page = visit(path, width=320, script=script)
    assert page.evaluate(NARROW) == 0


def test_a_visitor_searches_and_narrows_without_a_script(visit: Visit) -> None:
    page = visit("/", script=False)
    page.locator("#hero-find").fill("nghi dinh")
    page.locator(".portal-hero__find button").click()
    page.locator(".portal-facets__link").first.click()

    assert page.locator(".portal-chosen__link").count() == 1
    assert page.locator(".portal-result").count() > 0


def test_on_a_phone_results_come_before_the_filter(visit: Visit) -> None:
    for script in (True, False):
        page = visit(SEARCH, width=360, script=script)
        assert page.locator(".portal-result").first.is_visible()
        first, values = page.locator(".portal-result").first, page.locator(".portal-facets__link:visible")
        top = first.bounding_box()["y"]
        assert values.count() == 0 or values.first.bounding_box()["y"] > top


def test_suggestions_are_chosen_with_the_keyboard(suggesting: Any, axe: Any) -> None:
    page = suggesting()
    find = box(page)
    find.press_sequentially("ho kinh")
    options = page.get_by_role("option")
    options.nth(2).wait_for()

    assert find.get_attribute("aria-expanded") == "true"
    assert page.get_by_role("status").filter(has_text="Có 3 gợi ý").count() == 1
    assert axe(page) == []
    find.press("ArrowDown")
    assert find.get_attribute("aria-activedescendant") == options.nth(0).get_attribute("id")
    assert options.nth(0).get_attribute("aria-selected") == "true"
    assert axe(page) == []
    find.press("ArrowUp")
    assert find.get_attribute("aria-activedescendant") is None
    find.press("ArrowUp")
    assert options.nth(2).get_attribute("aria-selected") == "true"
    find.press("Home")
    assert find.get_attribute("aria-activedescendant") is None
    find.press("Escape")
    assert not options.first.is_visible()
    assert find.input_value() == "ho kinh"
    find.press("ArrowDown")
    options.first.wait_for()
    find.press("ArrowDown")
    find.press("Enter")
    page.wait_for_url("**/van-ban?nam=2021")


def test_enter_sends_what_was_typed_when_nothing_is_chosen(suggesting: Any) -> None:
    page = suggesting()
    box(page).press_sequentially("ho kinh")
    page.get_by_role("option").first.wait_for()
    box(page).press("Enter")
    page.wait_for_url("**/tim-kiem?q=ho+kinh")


@pytest.mark.parametrize("path", ["/", "/van-ban", "/tim-kiem"])
def test_every_find_box_suggests_and_nothing_moves(suggesting: Any, path: str) -> None:
    page = suggesting(path, width=360, has_touch=True)
    before = page.locator("main h1").bounding_box()
    box(page).fill("ho kinh")
    option = page.get_by_role("option").first
    option.wait_for()

    assert page.locator("main h1").bounding_box() == before
    assert page.evaluate(NARROW) == 0
    where, form = option.bounding_box(), page.locator("form[data-portal-suggest]:visible").bounding_box()
    assert where["height"] >= 44
    assert where["y"] >= form["y"] + form["height"]
    option.tap()
    page.wait_for_url("**/van-ban?nam=2021")


def test_an_input_method_is_waited_for_and_keeps_its_keys(suggesting: Any) -> None:
    """Vietnamese input methods hold a word open: its keys choose nothing, and what it wrote in the end is asked."""
    page = suggesting()
    find, keys = box(page), page.context.new_cdp_session(page)
    find.focus()
    for written in ("d", "dd", "đ", "đa", "đan", "đăn", "đăng"):
        keys.send(
            "Input.imeSetComposition", {"text": written, "selectionStart": len(written), "selectionEnd": len(written)}
        )
    page.get_by_role("option").first.wait_for()
    assert page.asked == ["%C4%91%C4%83ng"]

    find.dispatch_event("keydown", {"key": "ArrowDown", "isComposing": True})
    find.dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    assert find.get_attribute("aria-activedescendant") is None
    assert "/tim-kiem" in page.url
    with page.expect_request("**/goi-y?q=%C4%91%C4%83ng%20k%C3%BD"):
        keys.send("Input.insertText", {"text": "đăng ký"})
    assert find.input_value() == "đăng ký"


def test_an_answer_that_comes_late_is_not_shown(visit: Visit) -> None:
    page, kept_waiting = visit("/tim-kiem"), []
    page.route("**/goi-y?q=ho%20k", lambda route: kept_waiting.append(route))  # noqa: PLW0108 - Playwright marks it
    page.route(
        "**/goi-y?q=thue", lambda route: route.fulfill(content_type="application/json", body=json.dumps(FOUND[:1]))
    )
    find = box(page)
    with page.expect_request("**/goi-y?q=ho%20k"):
        find.fill("ho k")
    with page.expect_event("requestfailed"):
        find.fill("thue")

    page.get_by_role("option").first.wait_for()
    assert page.get_by_role("option").count() == 1


def test_no_suggestions_are_said_and_a_failing_portal_leaves_the_form(suggesting: Any, visit: Visit) -> None:
    page = suggesting(found=[])
    box(page).fill("xyzzy")
    page.get_by_role("status").filter(has_text="Không có gợi ý.").wait_for(state="attached")
    assert box(page).get_attribute("aria-expanded") == "false"

    page.route("**/tim-kiem/goi-y*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        box(page).fill("ho kinh")
    box(page).press("Enter")
    page.wait_for_url("**/tim-kiem?q=ho+kinh")


def test_search_costs_a_first_visitor_at_most_100_kilobytes(browser: Any, site: Any) -> None:
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    sizes: dict[str, int] = {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
    page.goto(SEARCH, wait_until="networkidle")
    context.close()

    assert len(sizes) >= 5, sizes
    assert sum(sizes.values()) <= 100 * 1024, sizes


def test_the_page_prints_its_results_alone(visit: Visit) -> None:
    page = visit(SEARCH)
    page.emulate_media(media="print")

    assert page.locator(".portal-result").first.is_visible()
    for hidden in (".portal-search", ".portal-facets", ".portal-order", ".portal-suggest"):
        assert not page.locator(hidden).first.is_visible(), hidden
