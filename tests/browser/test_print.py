"""Paper: a document prints as the document alone."""

from collections.abc import Callable
from typing import Any

import pytest
from browser.places import LETTER, LONG

Visit = Callable[..., Any]
AROUND = [
    ".portal-header",
    ".portal-strip",
    ".portal-nav",
    ".portal-breadcrumbs",
    ".portal-toc",
    ".portal-tools",
    ".portal-notice__head",
    ".portal-notice__about",
    ".portal-footer",
]


@pytest.mark.parametrize("path", [LONG, LETTER])
def test_a_printed_document_has_no_navigation(visit: Visit, path: str) -> None:
    page = visit(path)
    page.emulate_media(media="print")

    assert [place for place in AROUND if page.locator(place).count() and page.locator(place).first.is_visible()] == []
    assert page.locator(".portal-doc").is_visible()
    assert page.locator(".portal-doc-source").is_visible(), "a copy says where it comes from"


def test_a_printed_document_is_on_a4_from_its_first_line(visit: Visit) -> None:
    page = visit(LETTER)
    paper = page.pdf(prefer_css_page_size=True)

    assert b"/MediaBox [0 0 594.95996 841.91998]" in paper or b"/MediaBox [0 0 595 842]" in paper
    assert paper.count(b"/Type /Page\n") <= 2


def test_a_printed_list_keeps_its_documents(visit: Visit) -> None:
    page = visit("/van-ban")
    page.emulate_media(media="print")

    assert page.locator(".portal-document-row").first.is_visible()
    assert not page.locator(".portal-filters").is_visible()


def test_the_national_name_stands_on_one_line(visit: Visit) -> None:
    page = visit(LETTER)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 624, "height": 900})  # what A4 leaves between its margins

    lines = page.evaluate(
        "() => { const range = document.createRange();"
        " range.selectNodeContents(document.querySelector('.portal-doc__country'));"
        " return range.getClientRects().length }"
    )
    assert lines == 1


def test_articles_stand_at_the_left_and_chapters_in_the_middle(visit: Visit) -> None:
    page = visit(LONG)
    page.emulate_media(media="print")
    align = "element => getComputedStyle(element).textAlign"

    assert page.locator(".portal-doc-article").first.evaluate(align) in ("start", "left")
    chapter = page.locator(".portal-doc-chapter")
    assert all(chapter.nth(n).evaluate(align) == "center" for n in range(min(3, chapter.count())))
