"""Editorial pages as search sees them."""

from datetime import date

import pytest

from portal.publishing import service as publishing
from portal.site import search

DAY = date(2026, 3, 2)


@pytest.fixture
def page(db, make, at):
    edition = publishing.create(
        db,
        kind="page",
        data={
            "title": "Liên hệ",
            "title_en": "Contact us",
            "slug": "lien-he",
            "body": "<p>Điện thoại đường dây nóng.</p>",
            "body_en": "<p>Telephone of the hotline.</p>",
        },
        unit=make.agency(),
        origin="localhost",
        by=None,
        at=at,
    )
    publishing.publish_imported(db, edition, at=at)
    return edition


def test_a_page_is_found_by_the_words_of_either_language(db, page):
    assert page.item.uid in search.uids(db)
    (found,) = search.documents(db, [page.item.uid], DAY)
    assert (found.uid, found.kind, found.title, found.path) == (str(page.item.uid), "page", "Liên hệ", "/lien-he")
    assert found.text == "Điện thoại đường dây nóng.\nTelephone of the hotline."
    assert "Contact us" in found.context


def test_a_page_that_is_not_public_is_missing(db, page, make, at):
    publishing.withdraw(db, page, version=page.version, by=make.person(approver=page.item.unit), at=at, why="Cũ")
    assert page.item.uid not in search.uids(db)
    assert list(search.documents(db, [page.item.uid], DAY)) == []
    assert search.by_words(db, "lien he", 5) == []
    assert search.SEARCHABLE.shows(db, "/lien-he") is False


@pytest.mark.parametrize(("words", "found"), [("LIEN HE", True), ("contact", True), ("nóng", False), ("", False)])
def test_without_an_index_titles_are_found(db, page, words, found):
    assert (str(page.item.uid) in {one.uid for one in search.by_words(db, words, 5)}) is found
