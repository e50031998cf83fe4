"""Automatic numbers of Word: written out as Word prints them."""

from pathlib import Path

import pytest
from papers.docx_makers import GRID, cell, html, item, level, lists, numbered, paper, para, row, table

from portal.papers.readers.docx.formats import letters, roman, vietnamese, written

LEGAL = (
    level(0, "Chương %1", "upperRoman")
    + level(1, "Điều %2.", more='<w:lvlRestart w:val="0"/>')
    + level(2, "%3.")
    + level(3, "%4)", "lowerLetter")
)


def test_chapters_articles_clauses_and_points_count_as_in_word(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        item("NHỮNG QUY ĐỊNH CHUNG", 1, 0),
        item("Phạm vi", 1, 1),
        item("Khoản một", 1, 2),
        item("điểm một;", 1, 3),
        item("điểm hai.", 1, 3),
        item("Khoản hai", 1, 2),
        item("điểm lại từ đầu.", 1, 3),
        item("Đối tượng", 1, 1),
        item("Khoản lại từ đầu", 1, 2),
        item("TỔ CHỨC", 1, 0),
        item("Điều đếm tiếp qua chương", 1, 1),
        numbering=lists(LEGAL),
    )

    assert made.text.split("\n") == [
        "Chương I NHỮNG QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi",
        "1. Khoản một",
        "a) điểm một;",
        "b) điểm hai.",
        "2. Khoản hai",
        "a) điểm lại từ đầu.",
        "Điều 2. Đối tượng",
        "1. Khoản lại từ đầu",
        "Chương II TỔ CHỨC",
        "Điều 3. Điều đếm tiếp qua chương",
    ]
    assert "<p>Điều 2. Đối tượng</p>" in html(made)


def test_the_letters_are_those_of_word_without_the_vietnamese_one(tmp_path: Path) -> None:
    made = paper(tmp_path, *[item("x", 1, 0)] * 6, numbering=lists(level(0, "%1)", "lowerLetter")))

    assert [line[0] for line in made.text.split("\n")] == ["a", "b", "c", "d", "e", "f"]


def test_composed_numbers_show_all_their_levels(tmp_path: Path) -> None:
    two = level(0, "%1.") + level(1, "%1.%2.")

    made = paper(
        tmp_path, item("A"), item("B", 1, 1), item("C", 1, 1), item("D"), item("E", 1, 1), numbering=lists(two)
    )

    assert made.text == "1. A\n1.1. B\n1.2. C\n2. D\n2.1. E"


def test_a_legal_level_is_in_digits_throughout(tmp_path: Path) -> None:
    two = level(0, "Phần %1", "upperRoman") + level(1, "%1.%2", "upperLetter", more="<w:isLgl/>")

    assert paper(tmp_path, item("A"), item("B", 1, 1), numbering=lists(two)).text == "Phần I A\n1.1 B"


def test_lists_of_one_definition_count_on_and_an_override_starts_again(tmp_path: Path) -> None:
    nums = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        f"{level(0, '%1/', 'decimalZero')}</w:lvlOverride></w:num>"
    )
    made = paper(
        tmp_path,
        item("A", 1),
        item("B", 2),
        item("C", 3),
        item("D", 3),
        item("E", 1),
        item("F", 4),
        numbering=lists(level(0, "%1."), nums=nums),
    )

    assert made.text == "1. A\n2. B\n1. C\n2. D\n3. E\n04/ F"


def test_what_follows_a_number_may_be_nothing(tmp_path: Path) -> None:
    assert (
        paper(tmp_path, item(" - A"), numbering=lists(level(0, "%1", more='<w:suff w:val="nothing"/>'))).text == "1 - A"
    )


def test_a_list_may_start_anywhere_and_count_in_other_ways(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        item("x", 1),
        item("y", 2),
        item("z", 3),
        numbering=lists(level(0, "%1)", start=5), level(0, "(%1)", "lowerRoman", 4), level(0, "%1.", "upperLetter")),
    )

    assert made.text == "5) x\n(iv) y\nA. z"


def test_numbers_come_from_styles_and_may_be_switched_off(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="DieuDam"><w:basedOn w:val="Dieu"/></w:style>'
    )
    linked = level(0, "%1.") + level(1, "Điều %2:", more='<w:pStyle w:val="Dieu"/>')
    made = paper(
        tmp_path,
        para("A", properties='<w:pStyle w:val="Dieu"/>'),
        para("B", properties='<w:pStyle w:val="DieuDam"/>'),
        para("C", properties=f'<w:pStyle w:val="Dieu"/>{numbered(0)}'),
        styles=styles,
        numbering=lists(linked),
    )

    assert made.text == "Điều 1: A\nĐiều 2: B\nC"


def test_a_numbering_style_lends_its_list(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="Luat"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    made = paper(tmp_path, item("A"), styles=styles, numbering=lists('<w:numStyleLink w:val="Luat"/>', level(0, "%1#")))

    assert made.text == "1# A"


def test_deleted_and_hidden_paragraphs_do_not_count(tmp_path: Path) -> None:
    deleted = para(
        '<w:del w:id="1"><w:r><w:delText>bỏ</w:delText></w:r></w:del>',
        properties=f"{numbered()}<w:rPr><w:del w:id='2'/></w:rPr>",
    )
    hidden = para("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>", properties=numbered())

    assert paper(tmp_path, item("A"), deleted, hidden, item("B"), numbering=lists(level(0, "%1."))).text == "1. A\n2. B"


def test_bulleted_paragraphs_are_one_list_with_its_levels(tmp_path: Path) -> None:
    bullets = level(0, "\uf0b7", "bullet") + level(1, "o", "bullet")
    made = paper(
        tmp_path,
        para("Gồm:"),
        item("hồ sơ;", 1, 0),
        item("bản chính;", 1, 1),
        item("bản sao;", 1, 1),
        item("lệ phí.", 1, 0),
        para("Hết."),
        numbering=lists(bullets),
    )

    assert made.text == "Gồm:\n- hồ sơ;\n+ bản chính;\n+ bản sao;\n- lệ phí.\nHết."
    assert html(made).split("\n")[1] == (
        "<ul><li>hồ sơ;<ul><li>bản chính;</li><li>bản sao;</li></ul></li><li>lệ phí.</li></ul>"
    )


def test_the_numbers_of_a_table_column_are_written(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        table(
            row("TT", "Tên"),
            row(cell(item("")), "An"),
            row(cell(item("")), "Bình"),
            borders=GRID,
        ),
        numbering=lists(level(0, "%1")),
    )

    assert made.text == "| TT | Tên |\n| 1 | An |\n| 2 | Bình |"


@pytest.mark.parametrize(("number", "expected"), [(1, "i"), (4, "iv"), (19, "xix"), (1994, "mcmxciv"), (0, "0")])
def test_roman_numerals(number: int, expected: str) -> None:
    assert roman(number) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(1, "a"), (4, "d"), (5, "e"), (26, "z"), (27, "aa"), (53, "aaa"), (0, "0")]
)
def test_letters(number: int, expected: str) -> None:
    assert letters(number) == expected


@pytest.mark.parametrize(("number", "expected"), [(5, "năm"), (15, "mười lăm"), (21, "hai mươi mốt"), (40, "bốn mươi")])
def test_vietnamese_counting(number: int, expected: str) -> None:
    assert vietnamese(number) == expected


@pytest.mark.parametrize(
    ("kind", "expected"), [("decimalZero", "07"), ("001, 002, …", "007"), ("none", ""), ("hex9", "7")]
)
def test_other_formats(kind: str, expected: str) -> None:
    assert written(7, kind) == expected
