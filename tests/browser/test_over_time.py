"""References and the effect of a document over time, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from browser.places import LONG

Visit = Callable[..., Any]
NARROW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_reader_asks_for_the_state_on_a_day_without_a_script(visit: Visit) -> None:
    page = visit(LONG, script=False)
    page.get_by_label("Xem tình trạng hiệu lực vào ngày").fill("2001-02-03")
    page.get_by_role("button", name="Xem", exact=True).click()

    assert page.url.endswith(f"{LONG}?ngay=2001-02-03#hieu-luc")
    assert "Ngày 03/02/2001: văn bản này chưa được ban hành." in page.locator(".portal-effects__answer").inner_text()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_answer_breaks_no_accessibility_rule_and_fits_a_small_phone(visit: Visit, axe: Any, prefix: str) -> None:
    page = visit(f"{prefix}{LONG}?ngay=2026-11-30", width=320)

    assert page.evaluate(NARROW) == 0
    assert axe(page) == []


def test_a_reference_to_an_article_of_its_own_leads_there(visit: Visit) -> None:
    page = visit(LONG, script=False)
    link = page.locator("a.portal-doc-ref[href^='#']").first
    target = str(link.get_attribute("href"))
    link.click()

    assert page.url.endswith(target)
    assert page.locator(target).is_visible()


def test_references_print_as_text(visit: Visit) -> None:
    page = visit(LONG)
    page.emulate_media(media="print")
    looks = "one => [getComputedStyle(one).textDecorationLine, getComputedStyle(one).color]"

    line, colour = page.locator("a.portal-doc-ref").first.evaluate(looks)
    assert line == "none"
    assert colour == page.locator(".portal-doc__body p").first.evaluate("one => getComputedStyle(one).color")
