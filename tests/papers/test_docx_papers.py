"""Whole papers as an office writes them in Word, from the file to the fields that a clerk would type."""

from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.table import _Cell
from lxml import etree
from papers.docx_makers import SPACES, codes, html, level

from portal.notices.reading import Reading
from portal.notices.reading import read as read_fields
from portal.papers.options import Options
from portal.papers.paper import Paper
from portal.papers.readers.docx import read

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def _fill(cell: _Cell, *lines: str, bold: bool = False) -> None:
    cell.text = ""
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = bold


def _two_columns(document: DocumentObject, *rows: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    table = document.add_table(rows=len(rows), cols=2)
    for row, (left, right) in zip(table.rows, rows, strict=True):
        _fill(row.cells[0], *left, bold=True)
        _fill(row.cells[1], *right, bold=True)


def _list(document: DocumentObject, *levels: str) -> int:
    """A list of one's own beside those of the template; its number."""
    numbering = document.part.numbering_part.element
    abstract = parse_xml(f'<w:abstractNum {SPACES} w:abstractNumId="901">{"".join(levels)}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {SPACES} w:numId="901"><w:abstractNumId w:val="901"/></w:num>'))
    return 901


def _item(document: DocumentObject, text: str, number: int, depth: int = 0) -> None:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {SPACES}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'))


def _read(document: DocumentObject, folder: Path) -> tuple[Paper, Reading]:
    document.save(str(folder / "paper.docx"))
    made = read(folder / "paper.docx", "paper.docx", options=Options())
    return made, read_fields(made.text)


def test_an_announcement(tmp_path: Path) -> None:
    document = Document()
    _two_columns(
        document,
        (("ỦY BAN NHÂN DÂN", "TỈNH ĐỒNG THÁP", "-------"), (*MOTTO, "---------------")),
        (("Số: 41/TB-UBND",), ("Đồng Tháp, ngày 09 tháng 5 năm 2025",)),
    )
    document.add_paragraph("THÔNG BÁO").runs[0].bold = True
    document.add_paragraph("Về việc trực cứu hộ trong mùa mưa bão")
    document.add_paragraph("Ủy ban nhân dân tỉnh thông báo kế hoạch trực cứu hộ như sau:")
    number = _list(document, level(0, "%1."), level(1, "%2)", "lowerLetter"))
    _item(document, "Thời gian trực", number)
    _item(document, "Ca ngày từ 6 giờ đến 18 giờ;", number, 1)
    _item(document, "Ca đêm từ 18 giờ đến 6 giờ.", number, 1)
    _item(document, "Các huyện báo cáo trước ngày 20 hằng tháng./.", number)
    _two_columns(
        document,
        (
            ("Nơi nhận:", "- Các sở, ngành tỉnh;", "- UBND các huyện;", "- Lưu: VT, KT."),
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Võ Thành Trung"),
        ),
    )

    made, found = _read(document, tmp_path)

    assert "1. Thời gian trực\na) Ca ngày từ 6 giờ đến 18 giờ;\nb) Ca đêm" in made.text
    assert found.number is not None
    assert found.number.value == "41"
    assert found.type is not None
    assert found.type.value == "thong-bao"
    assert found.issuer is not None
    assert found.issuer.value.name == "Ủy ban nhân dân tỉnh Đồng Tháp"
    assert found.issued_on is not None
    assert found.issued_on.value.isoformat() == "2025-05-09"
    assert found.title is not None
    assert "trực cứu hộ trong mùa mưa bão" in found.title.value
    assert [one.value.name for one in found.recipients] == ["Các sở, ngành tỉnh", "UBND các huyện"]
    assert found.signer is not None
    assert found.signer.value.name == "Võ Thành Trung"
    assert (found.signer.value.position or "").casefold() == "phó chủ tịch"


def test_a_decision_with_numbered_articles_a_quotation_and_an_annex(tmp_path: Path) -> None:
    document = Document()
    _two_columns(
        document,
        (("BỘ NỘI VỤ", "-----"), MOTTO),
        (("Số: 77/QĐ-BNV",), ("Hà Nội, ngày 12 tháng 6 năm 2024",)),
    )
    for line in (
        "QUYẾT ĐỊNH",
        "Ban hành Quy chế làm việc của Hội đồng sáng kiến",
        "BỘ TRƯỞNG BỘ NỘI VỤ",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
        "Theo đề nghị của Chánh Văn phòng Bộ.",
        "QUYẾT ĐỊNH:",
    ):
        document.add_paragraph(line)
    number = _list(document, level(0, "Điều %1."), level(1, "%2."))
    _item(document, "Ban hành kèm theo Quyết định này Quy chế làm việc của Hội đồng sáng kiến.", number)
    _item(document, "Hiệu lực thi hành", number)
    _item(document, "Quyết định này có hiệu lực từ ngày ký.", number, 1)
    _item(document, "Quyết định số 5/QĐ-BNV ngày 03 tháng 01 năm 2020 hết hiệu lực.", number, 1)
    _item(document, "Chánh Văn phòng Bộ chịu trách nhiệm thi hành Quyết định này./.", number)
    _two_columns(document, (("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, VP."), ("BỘ TRƯỞNG", "", "Đỗ Minh Khang")))
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    document.add_heading("PHỤ LỤC", level=1)
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    for row, cells in zip(
        table.rows, (("TT", "Họ tên", "Chức vụ"), ("1", "An", "Chủ tịch"), ("2", "Bình", "Ủy viên")), strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    merged = table.cell(1, 2).merge(table.cell(2, 2))
    merged.text = "Ủy viên"

    made, found = _read(document, tmp_path)

    lines = made.text.split("\n")
    assert [line for line in lines if line.startswith("Điều ")] == [
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Hội đồng sáng kiến.",
        "Điều 2. Hiệu lực thi hành",
        "Điều 3. Chánh Văn phòng Bộ chịu trách nhiệm thi hành Quyết định này./.",
    ]
    assert lines[lines.index("Điều 2. Hiệu lực thi hành") + 1].startswith("1. Quyết định này có hiệu lực")
    assert "| 1 | An | Ủy viên |\n| 2 | Bình |  |" in made.text
    assert '<td rowspan="2">Ủy viên</td>' in html(made)
    assert "<h2>PHỤ LỤC</h2>" in html(made)
    assert found.number is not None
    assert (found.number.value, found.signer.value.name if found.signer else "") == ("77", "Đỗ Minh Khang")
    assert found.issued_on is not None
    assert found.issued_on.value.isoformat() == "2024-06-12"
    assert len(found.legal_bases) == 1


def test_an_official_letter_with_its_addressees_in_a_table(tmp_path: Path) -> None:
    document = Document()
    _two_columns(
        document,
        (("BỘ Y TẾ", "CỤC PHÒNG BỆNH"), MOTTO),
        (("Số: 208/PB-GS", "V/v giám sát dịch cúm mùa"), ("Hà Nội, ngày 7 tháng 10 năm 2025",)),
    )
    _two_columns(document, (("Kính gửi:",), ("- Sở Y tế các tỉnh, thành phố;", "- Viện Pasteur Nha Trang.")))
    document.add_paragraph("Cục Phòng bệnh đề nghị các đơn vị tăng cường giám sát.")
    document.add_paragraph("Trân trọng cảm ơn./.")
    _two_columns(document, (("Nơi nhận:", "- Như trên;", "- Lưu: VT, GS."), ("CỤC TRƯỞNG", "", "Hồ Thị Lan")))

    made, found = _read(document, tmp_path)

    assert "Kính gửi:\n- Sở Y tế các tỉnh, thành phố;\n- Viện Pasteur Nha Trang.\n" in made.text
    assert found.title is not None
    assert "giám sát dịch cúm mùa" in found.title.value
    assert found.number is not None
    assert found.number.value == "208"
    assert found.type is not None
    assert found.type.value == "cong-van"
    assert [one.value for one in found.addressees] == ["Sở Y tế các tỉnh, thành phố", "Viện Pasteur Nha Trang"]
    assert found.signer is not None
    assert found.signer.value.name == "Hồ Thị Lan"


def test_a_paper_in_an_old_font_reads_like_any_other(tmp_path: Path) -> None:
    document = Document()
    style = document.styles["Normal"]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    style.font.name = ".VnTime"
    _two_columns(
        document,
        (("Së y tÕ",), ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "§éc lËp - Tù do - H¹nh phóc")),
        (("Sè: 12/SYT-VP",), ("Lµo Cai, ngµy 8 th¸ng 3 n¨m 2006",)),
    )
    for row in document.tables[0].rows[:1]:
        for paragraph in (row.cells[0].paragraphs[0], row.cells[1].paragraphs[0]):
            paragraph.runs[-1].font.name = ".VnTimeH"
    document.add_paragraph("KÝnh göi: C¸c bÖnh viÖn")
    document.add_paragraph("§Ò nghÞ c¸c ®¬n vÞ thùc hiÖn./.")

    made, found = _read(document, tmp_path)

    assert made.text.split("\n") == [
        "SỞ Y TẾ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/SYT-VP",
        "Lào Cai, ngày 8 tháng 3 năm 2006",
        "Kính gửi: Các bệnh viện",
        "Đề nghị các đơn vị thực hiện./.",
    ]
    assert codes(made) == ["encoding_converted"]
    assert found.issued_on is not None
    assert found.issued_on.value.isoformat() == "2006-03-08"


def test_styles_of_word_make_headings_and_lists(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Phần chung", level=1)
    document.add_heading("Mục đích", level=2)
    document.add_paragraph("Thống nhất;", style="List Bullet")
    document.add_paragraph("Công khai.", style="List Bullet")
    document.add_paragraph("Bước thứ nhất", style="List Number")
    document.add_paragraph("Bước thứ hai", style="List Number")

    made, _ = _read(document, tmp_path)

    assert html(made).split("\n") == [
        "<h2>Phần chung</h2>",
        "<h3>Mục đích</h3>",
        "<ul><li>Thống nhất;</li><li>Công khai.</li></ul>",
        "<p>1. Bước thứ nhất</p>",
        "<p>2. Bước thứ hai</p>",
    ]


def test_the_html_is_well_formed_and_of_the_alphabet(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("a < b & c > d “trích”")
    document.add_paragraph().add_run('<script>alert("x")</script>').bold = True

    made, _ = _read(document, tmp_path)

    root = etree.fromstring(f"<div>{html(made)}</div>")
    assert {element.tag for element in root.iter()} == {"div", "p", "strong"}
    assert made.text == 'a < b & c > d “trích”\n<script>alert("x")</script>'
