"""Headers and signatures, however they are laid out, and tables that hold data."""

from pathlib import Path

import pytest
from papers.docx_makers import (
    GRID,
    box,
    cell,
    html,
    item,
    level,
    lists,
    package,
    paper,
    para,
    relation,
    row,
    run,
    table,
    write,
)

from portal.papers.options import Options
from portal.papers.readers.docx import read

AGENCY, MOTTO, SLOGAN = "ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
NUMBER, DATE = "Số: 15/TB-UBND", "Phú Mỹ, ngày 04 tháng 3 năm 2025"
HEAD = [AGENCY, "XÃ PHÚ MỸ", MOTTO, SLOGAN, NUMBER, DATE]
TITLE = para("THÔNG BÁO")


def _tab(*texts: str) -> str:
    """A paragraph with tabs between its texts."""
    return para("<w:r><w:tab/></w:r>".join(run(text) for text in texts))


HEADERS = {
    "a table of two rows": table(
        row(cell(AGENCY, "XÃ PHÚ MỸ", "-------"), cell(MOTTO, SLOGAN, "---------------")),
        row(NUMBER, DATE),
    ),
    "a table of one row": table(row(cell(AGENCY, "XÃ PHÚ MỸ", NUMBER), cell(MOTTO, SLOGAN, "", DATE))),
    "a table with lines broken in its cells": table(
        row(
            cell(f"<w:p><w:r><w:t>{AGENCY}</w:t><w:br/><w:t>XÃ PHÚ MỸ</w:t><w:br/><w:t>----</w:t></w:r></w:p>"),
            cell(f"<w:p><w:r><w:t>{MOTTO}</w:t><w:br/><w:t>{SLOGAN}</w:t></w:r></w:p>"),
        ),
        row(NUMBER, DATE),
    ),
    "a table with an empty column between": table(
        row(cell(AGENCY, "XÃ PHÚ MỸ"), "", cell(MOTTO, SLOGAN)), row(NUMBER, "", DATE)
    ),
    "a table with drawn borders": table(
        row(cell(AGENCY, "XÃ PHÚ MỸ"), cell(MOTTO, SLOGAN)), row(NUMBER, DATE), borders=GRID
    ),
    "tabs": _tab(AGENCY, MOTTO) + _tab("XÃ PHÚ MỸ", SLOGAN) + _tab("------", "-----------") + _tab(NUMBER, DATE),
    "tabs in one paragraph": para(
        f"<w:r><w:t>{AGENCY}</w:t><w:tab/><w:t>{MOTTO}</w:t><w:br/>"
        f"<w:t>XÃ PHÚ MỸ</w:t><w:tab/><w:t>{SLOGAN}</w:t><w:br/>"
        f"<w:t>{NUMBER}</w:t><w:tab/><w:t>{DATE}</w:t></w:r>"
    ),
    "many spaces": para(f"{AGENCY}         {MOTTO}")
    + para(f"XÃ PHÚ MỸ          {SLOGAN}")
    + para(f"{NUMBER}        {DATE}"),
    "columns of a section": para(AGENCY)
    + para("XÃ PHÚ MỸ")
    + para(NUMBER)
    + para('<w:r><w:br w:type="column"/></w:r>', MOTTO)
    + para(SLOGAN)
    + para(DATE, properties='<w:sectPr><w:type w:val="continuous"/><w:cols w:num="2"/></w:sectPr>'),
    "frames one after the other": para(AGENCY)
    + para("XÃ PHÚ MỸ")
    + para(NUMBER)
    + para()
    + para(MOTTO)
    + para(SLOGAN)
    + para(DATE),
    "two text boxes": para(
        box(MOTTO, SLOGAN, DATE, across=3_500_000), box(AGENCY, "XÃ PHÚ MỸ", NUMBER, across=100_000)
    ),
    "two text boxes in two paragraphs": para(box(AGENCY, "XÃ PHÚ MỸ", NUMBER, across=0))
    + para(box(MOTTO, SLOGAN, DATE, across=3_000_000)),
    "a text box beside lines": para(box(MOTTO, SLOGAN, DATE, across=3_000_000), AGENCY)
    + para("XÃ PHÚ MỸ")
    + para(NUMBER),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_in_two_columns_is_put_in_order(tmp_path: Path, name: str) -> None:
    made = paper(tmp_path, HEADERS[name], TITLE, para("Về việc treo cờ"))

    assert made.text.split("\n") == [*HEAD, "THÔNG BÁO", "Về việc treo cờ"]
    assert "<table" not in html(made)


def test_the_subject_of_an_official_letter_follows_its_number(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        table(row("SỞ Y TẾ", cell(MOTTO, SLOGAN)), row(cell("Số: 9/SYT-NVY", "V/v tiêm chủng"), DATE)),
        para("Kính gửi: Các trạm y tế"),
    )

    assert made.text.split("\n")[3:6] == ["Số: 9/SYT-NVY", "V/v tiêm chủng", DATE]


FEET = {
    "one row": table(
        row(
            cell("Nơi nhận:", "- Như trên;", "- Lưu: VT."),
            cell("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "", "Trần Thị Mây"),
        )
    ),
    "the name in a row of its own": table(
        row(cell("Nơi nhận:", "- Như trên;", "- Lưu: VT."), cell("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        row("", "Trần Thị Mây"),
    ),
    "automatic dashes": table(
        row(
            cell("Nơi nhận:", item("Như trên;", 1), item("Lưu: VT.", 1)),
            cell("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Thị Mây"),
        )
    ),
    "tabs": _tab("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN")
    + _tab("- Như trên;", "CHỦ TỊCH")
    + para("- Lưu: VT.")
    + _tab("", "Trần Thị Mây"),
}


@pytest.mark.parametrize("name", FEET)
def test_the_recipients_come_before_the_signature(tmp_path: Path, name: str) -> None:
    made = paper(tmp_path, para("Đề nghị thực hiện./."), FEET[name], numbering=lists(level(0, "-", "bullet")))

    assert made.text.split("\n") == [
        "Đề nghị thực hiện./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Thị Mây",
    ]


def test_two_signers_side_by_side_are_read_one_after_the_other(tmp_path: Path) -> None:
    made = paper(tmp_path, table(row("BỘ TRƯỞNG BỘ A", "CHỦ TỊCH HỘI B"), row("Lê Văn Một", "Phạm Thị Hai")))

    assert made.text.split("\n") == ["BỘ TRƯỞNG BỘ A", "Lê Văn Một", "CHỦ TỊCH HỘI B", "Phạm Thị Hai"]


def test_the_header_of_the_first_page_is_read_when_it_holds_the_motto(tmp_path: Path) -> None:
    section = '<w:sectPr><w:headerReference w:type="first" r:id="h1"/><w:titlePg/></w:sectPr>'
    files = package(TITLE, para("Nội dung"), section, relations=relation("h1", "header", "header1.xml"))
    spaces = files["word/document.xml"].decode().split("<w:document ")[1].split(">")[0]
    header = f"<w:hdr {spaces}>{HEADERS['a table of two rows']}</w:hdr>"

    made = read(write(tmp_path / "p.docx", files | {"word/header1.xml": header.encode()}), "p.docx", options=Options())

    assert made.text.split("\n") == [*HEAD, "THÔNG BÁO", "Nội dung"]


def test_other_page_headers_are_no_text(tmp_path: Path) -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="h1"/></w:sectPr>'
    files = package(HEADERS["tabs"], TITLE, section, relations=relation("h1", "header", "header1.xml"))
    spaces = files["word/document.xml"].decode().split("<w:document ")[1].split(">")[0]
    header = f"<w:hdr {spaces}>{para('Trang 2 của Thông báo', run('ẩn', '<w:vanish/>'))}</w:hdr>"

    made = read(write(tmp_path / "p.docx", files | {"word/header1.xml": header.encode()}), "p.docx", options=Options())

    assert "Trang" not in made.text
    assert made.remarks == ()


def test_a_data_table_keeps_its_merged_cells_and_its_header(tmp_path: Path) -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    header = "<w:tblHeader/>"
    made = paper(
        tmp_path,
        table(
            row(cell("TT", properties=down), cell("Chỉ tiêu", properties='<w:gridSpan w:val="2"/>'), properties=header),
            row(cell("", properties=on), "Năm 2024", "Năm 2025", properties=header),
            row("1", "10|5", cell("12", "tăng")),
            borders=GRID,
        ),
    )

    assert made.text == "| TT | Chỉ tiêu |  |\n|  | Năm 2024 | Năm 2025 |\n| 1 | 10¦5 | 12 tăng |"
    assert html(made) == (
        '<table><thead><tr><th scope="col" rowspan="2">TT</th><th scope="col" colspan="2">Chỉ tiêu</th></tr>'
        '<tr><th scope="col">Năm 2024</th><th scope="col">Năm 2025</th></tr></thead>'
        "<tbody><tr><td>1</td><td>10|5</td><td><p>12</p><p>tăng</p></td></tr></tbody></table>"
    )


def test_a_first_row_in_bold_is_the_header(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        table(
            row(cell(para(run("Tên", "<w:b/>"))), cell(para(run("Số", "<w:b/>")))),
            row("Bàn", "2"),
            borders=GRID,
        ),
    )

    assert html(made).startswith('<table><thead><tr><th scope="col">Tên</th><th scope="col">Số</th></tr></thead>')


def test_cells_without_lines_only_place_text(tmp_path: Path) -> None:
    made = paper(tmp_path, table(row("Kính gửi:", cell("- Sở A;", "- Sở B."))), para("Nội dung"))

    assert made.text == "Kính gửi:\n- Sở A;\n- Sở B.\nNội dung"


def test_many_columns_without_lines_are_still_data(tmp_path: Path) -> None:
    made = paper(tmp_path, table(row("TT", "Tên", "Tuổi"), row("1", "An", "30"), row("2", "Bình", "40")))

    assert made.text == "| TT | Tên | Tuổi |\n| 1 | An | 30 |\n| 2 | Bình | 40 |"


def test_a_frame_of_one_cell_is_no_table(tmp_path: Path) -> None:
    assert (
        html(paper(tmp_path, table(row(cell("Ghi chú", "Hai dòng")), borders=GRID)))
        == "<p>Ghi chú</p>\n<p>Hai dòng</p>"
    )


def test_a_table_in_a_layout_cell_stays_a_table(tmp_path: Path) -> None:
    inner = table(row("A", "B"), row("1", "2"), borders=GRID)

    made = paper(tmp_path, table(row(cell("Bảng kê", inner + "<w:p/>"), "Bên phải")))

    assert made.text == "Bảng kê\n| A | B |\n| 1 | 2 |\nBên phải"


def test_a_table_in_a_data_cell_is_kept_in_its_cell(tmp_path: Path) -> None:
    inner = table(row("A", "B"), row("1", "2"), borders=GRID)

    made = paper(tmp_path, table(row("Mục", "Nội dung"), row("I", cell(inner + "<w:p/>")), borders=GRID))

    assert made.text == "| Mục | Nội dung |\n| I | A B 1 2 |"
    assert html(made).count("<table>") == 2


def test_a_deleted_row_is_gone(tmp_path: Path) -> None:
    made = paper(tmp_path, table(row("a", "b"), row("c", "d", properties='<w:del w:id="1"/>'), borders=GRID))

    assert made.text == "| a | b |"


def test_a_box_in_the_text_is_read_once_and_after_its_paragraph(tmp_path: Path) -> None:
    long = "Đoạn văn dài nói về việc chuẩn bị cơ sở vật chất cho kỳ thi. " * 3

    made = paper(tmp_path, para(long, box("Ghi chú bên lề")), para("Hết."))

    assert made.text.split("\n") == [long.strip(), "Ghi chú bên lề", "Hết."]


def test_headings_are_those_of_the_file(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/><w:rPr><w:b/></w:rPr></w:style>'
        for name, title in (("H1", "heading 1"), ("H2", "Đầu đề 2"), ("H4", "Tiêu đề 4"))
    )
    made = paper(
        tmp_path,
        para("Chương I", properties='<w:pStyle w:val="H1"/>'),
        para("Mục 1", properties='<w:pStyle w:val="H2"/>'),
        para("Điều 1", properties='<w:pStyle w:val="H4"/>'),
        para("Phụ lục", properties='<w:outlineLvl w:val="0"/>'),
        para("Thường", properties='<w:outlineLvl w:val="9"/>'),
        styles=styles,
    )

    assert html(made).split("\n") == [
        "<h2>Chương I</h2>",
        "<h3>Mục 1</h3>",
        "<h4>Điều 1</h4>",
        "<h2>Phụ lục</h2>",
        "<p>Thường</p>",
    ]


def test_a_table_that_mentions_the_party_or_the_state_is_still_a_table(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        table(
            row("3/2", "Thành lập Đảng Cộng sản Việt Nam"),
            row("2/9", "Cộng hòa xã hội chủ nghĩa Việt Nam ra đời"),
            borders=GRID,
        ),
    )

    assert html(made).startswith("<table>")


def test_a_party_header_is_put_in_order(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        table(
            row(cell("TỈNH ỦY BẾN TRE", "*"), "ĐẢNG CỘNG SẢN VIỆT NAM"),
            row("Số 12-CV/TU", "Bến Tre, ngày 5 tháng 2 năm 2024"),
        ),
        para("Kính gửi: Các huyện ủy"),
    )

    assert made.text.split("\n")[-4:] == [
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 12-CV/TU",
        "Bến Tre, ngày 5 tháng 2 năm 2024",
        "Kính gửi: Các huyện ủy",
    ]


def test_a_title_in_the_table_of_the_header_follows_the_header(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        table(
            row(cell(AGENCY, "XÃ PHÚ MỸ"), cell(MOTTO, SLOGAN)),
            row(NUMBER, DATE),
            row(cell("THÔNG BÁO", "Về việc treo cờ", properties='<w:gridSpan w:val="2"/>')),
        ),
    )

    assert made.text.split("\n") == [*HEAD, "THÔNG BÁO", "Về việc treo cờ"]


def test_an_agency_on_the_right_is_read_first_all_the_same(tmp_path: Path) -> None:
    made = paper(tmp_path, table(row(cell(MOTTO, SLOGAN, DATE), cell(AGENCY, "XÃ PHÚ MỸ", NUMBER))), TITLE)

    assert made.text.split("\n") == [*HEAD, "THÔNG BÁO"]


def test_what_follows_a_header_or_a_foot_made_with_tabs_stays_behind_it(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        HEADERS["tabs"],
        para("ĐỀ ÁN THÍ ĐIỂM"),
        _tab("1.", "Mục tiêu"),
        _tab("2.", "Nguồn lực"),
        FEET["tabs"],
        para("Bảng giá kèm theo"),
        para("- loại một;"),
        para("- loại hai."),
    )

    assert made.text.split("\n") == [
        *HEAD,
        "ĐỀ ÁN THÍ ĐIỂM",
        "1. Mục tiêu",
        "2. Nguồn lực",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Thị Mây",
        "Bảng giá kèm theo",
        "- loại một;",
        "- loại hai.",
    ]


def test_a_box_in_a_data_cell_is_in_its_cell(tmp_path: Path) -> None:
    made = paper(tmp_path, table(row("TT", "Ghi chú"), row("1", cell(para("xem", box("bên cạnh")))), borders=GRID))

    assert made.text == "| TT | Ghi chú |\n| 1 | xem bên cạnh |"
    assert "<td><p>xem</p><p>bên cạnh</p></td>" in html(made)
