"""Public services in a real browser: the way there, WCAG rules, a phone, no script, the list of papers, paper."""

from collections.abc import Callable
from typing import Any

import pytest

Visit = Callable[..., Any]
WEIGHT = 100 * 1024
NARROW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FRONT, LIST = "/dich-vu-cong", "/dich-vu-cong/danh-sach"
ROW = ".portal-document-row__title a"


@pytest.fixture
def service(visit: Visit) -> str:
    """The address of a service of the demo that needs papers."""
    page = visit(LIST, script=False)
    for path in page.locator(ROW).evaluate_all("links => links.map(link => link.getAttribute('href'))"):
        page.goto(path)
        if page.locator("#ho-so input[type=checkbox]").count() > 1:
            return str(path)
    pytest.fail("no service of the demo needs two papers")


def test_a_service_is_three_clicks_from_the_front_page(visit: Visit) -> None:
    page = visit("/", script=False)
    page.locator("#dich-vu-cong .portal-tiles__link").first.click()
    name = page.locator(ROW).first.inner_text()
    page.locator(ROW).first.click()

    assert page.locator("h1").inner_text() == name
    assert page.locator(".portal-glance").is_visible()


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_no_page_of_the_catalogue_is_wider_than_a_phone(visit: Visit, service: str, prefix: str, script: bool) -> None:
    for path in (FRONT, LIST, service, f"{service}/so-sanh"):
        page = visit(prefix + path, width=320, script=script)
        assert page.answer.status == 200
        assert page.evaluate(NARROW) == 0, path


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_page_of_the_catalogue_breaks_an_accessibility_rule(
    visit: Visit, axe: Any, service: str, prefix: str
) -> None:
    for path in (FRONT, LIST, f"{LIST}?q=khong-co-gi-nhu-the", service, f"{service}/so-sanh"):
        page = visit(prefix + path)
        assert axe(page) == [], path
        assert page.problems == []


def test_readers_opinions_break_no_rule_and_need_no_script(visit: Visit, axe: Any, service: str) -> None:
    page = visit(service, script=False)
    page.get_by_role("button", name="Rất hài lòng").click()
    assert page.get_by_label("Rất hài lòng").is_checked()
    page.get_by_role("button", name="Gửi ý kiến").click()
    assert page.get_by_text("Ý kiến của bạn đã được ghi nhận.").is_visible()
    link = visit(service).get_by_role("button", name="Hài lòng", exact=True).get_attribute("href")
    form = visit(link)
    assert axe(form) == []


def test_papers_that_are_ticked_are_remembered_on_this_device(visit: Visit, service: str) -> None:
    page = visit(service)
    first, second = page.locator("#ho-so .govuk-checkboxes__label").all()[:2]
    first.click()
    assert page.locator(".portal-papers__done").inner_text().startswith("Đã có 1 trên")
    page.reload()
    boxes = page.locator("#ho-so input[type=checkbox]")
    assert [boxes.nth(n).is_checked() for n in (0, 1)] == [True, False]
    first.click()
    second.click()
    page.reload()
    assert [boxes.nth(n).is_checked() for n in (0, 1)] == [False, True]
    assert page.problems == []


def test_papers_can_be_ticked_without_a_script(visit: Visit, service: str) -> None:
    page = visit(service, script=False)
    box = page.locator("#ho-so input[type=checkbox]").first
    page.locator("#ho-so .govuk-checkboxes__label").first.click()
    assert box.is_checked()
    assert page.locator(".portal-papers__done").is_hidden()


def test_on_paper_stand_the_papers_and_not_the_buttons(visit: Visit, service: str) -> None:
    page = visit(service)
    page.emulate_media(media="print")

    assert page.locator("#ho-so .govuk-checkboxes__label").first.is_visible()
    for hidden in (".portal-apply", ".portal-feedback", ".portal-contents", ".portal-nav"):
        assert page.locator(hidden).first.is_hidden(), hidden


@pytest.mark.parametrize("path", [FRONT, LIST, "service"])
def test_a_page_costs_a_first_visitor_at_most_100_kilobytes(browser: Any, site: Any, service: str, path: str) -> None:
    path = service if path == "service" else path
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    sizes: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    context.close()

    assert len(sizes) >= 4, sizes
    assert sum(sizes) <= WEIGHT, sizes
