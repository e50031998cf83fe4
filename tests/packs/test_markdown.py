"""The Markdown of pages."""

import pytest

from portal.notices.body import clean_html
from portal.packs.markdown import UnknownPage, to_html
from portal.packs.passwords import readable_password

PAGES = {"lien-he": "/lien-he"}


def html(text: str) -> str:
    return clean_html(to_html(text, PAGES.__getitem__))


def test_headings_paragraphs_and_links() -> None:
    assert html("## Tên\n\nMột [hai](https://vidu.gov.vn) [ba](page:lien-he).") == (
        '<h2>Tên</h2>\n<p>Một <a href="https://vidu.gov.vn">hai</a> <a href="/lien-he">ba</a>.</p>'
    )


def test_a_table_needs_no_line_of_dashes() -> None:
    assert html("| A | B |\n| 1 | 2 |\n| 3 | 4 |") == html("| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |")
    assert '<th scope="col">A</th>' in html("| A | B |\n| 1 | 2 |")


def test_two_spaces_are_one_level_under_any_marker() -> None:
    dashes, numbers = html("- a\n  - b\n    - c\n- d"), html("1. a\n  - b\n    - c\n2. d")
    assert dashes == "<ul><li>a\n<ul><li>b\n<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"
    assert numbers == "<ol><li>a\n<ul><li>b\n<ul><li>c</li></ul></li></ul></li><li>d</li></ol>"


def test_markup_is_text() -> None:
    assert html('<script>alert(1)</script> <b onclick="x">b</b>') == (
        '<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;b onclick="x"&gt;b&lt;/b&gt;</p>'
    )
    assert "<a" not in html("[a](javascript:alert(1))")


def test_an_unknown_page_is_told_with_its_line() -> None:
    with pytest.raises(UnknownPage) as refused:
        html("Một.\n\nHai [ba](page:khong).")
    assert (refused.value.slug, refused.value.line) == ("khong", 3)


def test_passwords_can_be_read_aloud_and_differ() -> None:
    made = {readable_password(("a@b.vn", "Lò Thị Mẫu")) for _each in range(200)}
    assert len(made) == 200
    assert all(len(password) == 22 and password.isascii() and password == password.lower() for password in made)
