"""Tables that came as lines with bars."""

import pytest

from portal.notices.body import clean_html, text_to_html


def test_the_first_line_is_the_header() -> None:
    assert text_to_html("| Năm | Số |\n| 2026 | 30 |") == (
        '<table><thead><tr><th scope="col">Năm</th><th scope="col">Số</th></tr></thead>'
        "<tbody><tr><td>2026</td><td>30</td></tr></tbody></table>"
    )


def test_a_line_of_dashes_under_the_header_is_no_row() -> None:
    with_rule, without = "| a | b |\n|---|:--:|\n| 1 | 2 |", "| a | b |\n| 1 | 2 |"
    assert text_to_html(with_rule) == text_to_html(without)


@pytest.mark.parametrize("text", ["| một dòng |", "a | b\nc | d", "|\n|", "||\n||"])
def test_what_is_no_table_stays_text(text: str) -> None:
    assert "<table>" not in text_to_html(text)


def test_short_rows_are_filled_and_long_ones_widen_the_table() -> None:
    html = text_to_html("| a | b |\n| 1 |\n| 1 | 2 | 3 |")
    assert html.count("<th ") == 3
    assert html.count("<td>") == 6


def test_text_around_a_table_stays_text_and_markup_in_cells_is_escaped() -> None:
    html = text_to_html("Trước:\n| <b>a</b> | b |\n| 1 | 2 |\nSau.")
    assert html.startswith("<p>Trước:</p>\n<table>")
    assert html.endswith("</table>\n<p>Sau.</p>")
    assert "&lt;b&gt;a&lt;/b&gt;" in html


def test_the_cleaner_leaves_a_table_from_text_as_it_is() -> None:
    html = text_to_html("- một\n- hai\n+ con\n| a | b |\n| 1 | 2 |\n1. Đoạn & câu.")
    assert clean_html(html) == html
