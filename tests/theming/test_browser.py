"""The pages in a real browser: WCAG rules, narrow screens, no script, paper."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from chromium import CHROMIUM
from theming import sample

from portal.settings import ROOT, Settings

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None: ...


@pytest.fixture(scope="module", params=["base", "central"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    app = sample.make_app(Settings(**(sample.SETTINGS | {"theme": request.param})))
    server = make_server("127.0.0.1", 0, app, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Any]:
    contexts = []

    def go(path: str, width: int = 1280, script: bool = True, **kw: Any) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=script, reduced_motion="reduce", **kw
        )
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("console", lambda said: page.problems.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(address + path, wait_until="load")
        return page

    yield go
    for context in contexts:
        context.close()


def axe(page: Any) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("path", [sample.ROUTES[name] for name in sample.SHOWN] + ["/en/van-ban"])
def test_no_page_breaks_an_accessibility_rule(open_page: Any, path: str) -> None:
    if not AXE.exists():
        pytest.skip("needs node_modules (npm ci)")
    page = open_page(path)
    assert axe(page) == []
    assert page.problems == []


@pytest.mark.parametrize("name", ["home", "documents", "document", "form"])
def test_a_narrow_screen_and_high_contrast_break_no_rule_either(open_page: Any, name: str) -> None:
    if not AXE.exists():
        pytest.skip("needs node_modules (npm ci)")
    page = open_page(sample.ROUTES[name], width=360)
    page.get_by_role("button", name="Tương phản cao").click()
    assert "portal-contrast" in page.locator("html").get_attribute("class")
    assert axe(page) == []


@pytest.mark.parametrize("name", sample.SHOWN)
def test_nothing_scrolls_sideways_at_320_pixels(open_page: Any, name: str) -> None:
    page = open_page(sample.ROUTES[name], width=320)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0


def test_without_a_script_the_menu_and_the_filter_are_open(open_page: Any) -> None:
    page = open_page("/van-ban", width=320, script=False)
    assert page.get_by_role("link", name="Dịch vụ công", exact=True).is_visible()
    assert page.get_by_label("Loại văn bản").is_visible()
    assert not page.get_by_role("button", name="Danh mục").is_visible()
    assert not page.get_by_role("button", name="Tương phản cao").is_visible()


def test_with_a_script_the_menu_opens_and_closes_by_keyboard(open_page: Any) -> None:
    page = open_page("/", width=320)
    link = page.get_by_role("link", name="Dịch vụ công", exact=True)
    assert not link.is_visible()
    button = page.get_by_role("button", name="Danh mục")
    button.press("Enter")
    assert link.is_visible()
    link.press("Escape")
    assert not link.is_visible()
    assert button.evaluate("element => element === document.activeElement")


def test_the_chosen_text_size_is_kept_for_the_next_page(open_page: Any) -> None:
    page = open_page("/")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.get_by_role("button", name="Chữ to hơn").click()
    page.get_by_role("link", name="Văn bản", exact=True).first.click()
    page.wait_for_load_state()
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > before * 1.1


def test_the_skip_link_is_first_and_leads_to_the_content(open_page: Any) -> None:
    page = open_page("/van-ban")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_only_two_font_files_are_fetched(open_page: Any) -> None:
    page = open_page("/van-ban/249-tb-vpcp")
    page.evaluate("document.fonts.ready")
    names = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert len([name for name in names if name.endswith(".woff2")]) == 2


def test_no_text_is_cut_off_by_its_box(open_page: Any) -> None:
    """Stacked marks (Ẩ, Ỗ) rise above the line: no box that hides its overflow may be as low as its letters."""
    page = open_page("/gop-y")
    low = page.evaluate("""[...document.querySelectorAll("h1, h2, h3, p, a, label, button, .govuk-tag")]
        .filter((element) => element.textContent.trim())
        .map((element) => [getComputedStyle(element), element])
        .filter(([style]) => parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.42)
        .map(([style, element]) => element.outerHTML.slice(0, 120))""")
    assert low == []


def test_every_target_is_at_least_24_pixels_high(open_page: Any) -> None:
    """WCAG 2.5.8; links inside sentences are exempt."""
    page = open_page("/van-ban", width=360)
    small = page.evaluate("""[...document.querySelectorAll("a, button, input, select, summary")]
        .filter((element) => element.offsetParent && !element.closest("p") && !element.matches(".govuk-skip-link"))
        .map((element) => [element.matches("[type=checkbox]") ? element.parentElement : element, element])
        .filter(([box]) => box.getBoundingClientRect().height < 24)
        .map(([box, element]) => box.getBoundingClientRect().height + element.outerHTML.slice(0, 120))""")
    assert small == []


def test_a_document_prints_on_a4_and_alone(open_page: Any, tmp_path: Path) -> None:
    page = open_page("/van-ban/249-tb-vpcp")
    page.emulate_media(media="print")
    assert page.locator(".portal-doc").is_visible()
    for hidden in (".portal-header", ".portal-nav", ".portal-footer", ".portal-breadcrumbs", "aside"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".portal-doc-source").is_visible()
    paper = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 594.95996 841.91998]" in paper or b"/MediaBox [0 0 595" in paper
