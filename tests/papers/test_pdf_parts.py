"""Tables, footnotes and pictures of a PDF."""

from pathlib import Path

from papers.pdf_makers import HEAD, PAGE, Drawn, html, lines, read_pdf, shown, typeset

TABLE = """
#set par(first-line-indent: 0pt, justify: false)
#table(columns: (1.5cm, 5cm, 4cm, 4cm),
  table.header(
    table.cell(rowspan: 2)[#strong[STT]], table.cell(rowspan: 2)[#strong[Tên bến]],
    table.cell(colspan: 2)[#strong[Số chuyến]], [#strong[Ngày thường]], [#strong[Ngày lễ]]),
  ..range(1, ROWS).map(n => ([#n], [Bến đò số #n bên bờ sông Lam | bờ bắc], [#(n * 2)], [#(n * 3)])).flatten())
"""


def test_a_ruled_table_keeps_its_cells_and_spans(tmp_path: Path) -> None:
    paper = read_pdf(typeset(PAGE + "Bảng chuyến đò:\n" + TABLE.replace("ROWS", "4"), tmp_path / "a.pdf"))
    assert lines(paper) == [
        "Bảng chuyến đò:",
        "| STT | Tên bến | Số chuyến |",
        "| Ngày thường | Ngày lễ |",
        "| 1 | Bến đò số 1 bên bờ sông Lam ¦ bờ bắc | 2 | 3 |",
        "| 2 | Bến đò số 2 bên bờ sông Lam ¦ bờ bắc | 4 | 6 |",
        "| 3 | Bến đò số 3 bên bờ sông Lam ¦ bờ bắc | 6 | 9 |",
    ]
    assert '<th scope="col" rowspan="2"><strong>Tên bến</strong></th>' in html(paper)
    assert '<th scope="colgroup" colspan="2"><strong>Số chuyến</strong></th>' in html(paper)
    assert "<td>Bến đò số 1 bên bờ sông Lam | bờ bắc</td>" in html(paper)
    assert len(paper.blocks) == 2


def test_a_table_over_two_pages_is_one_and_its_heading_stands_once(tmp_path: Path) -> None:
    source = PAGE + '#set page(numbering: "1")\n' + TABLE.replace("ROWS", "41") + "\nHết bảng."
    paper = read_pdf(typeset(source, tmp_path / "a.pdf"))
    assert paper.pages is not None
    assert paper.pages >= 2
    assert [block.html.count("<table>") for block in paper.blocks] == [1, 0]
    assert html(paper).count("Tên bến") == 1
    numbers = [line.split(" | ")[0] for line in lines(paper)[2:-1]]
    assert numbers == [f"| {number}" for number in range(1, 41)]
    assert lines(paper)[-1] == "Hết bảng."


def test_a_frame_about_a_text_is_no_table(tmp_path: Path) -> None:
    source = PAGE + "#rect(width: 100%)[Chỉ có một câu trong khung này, và câu ấy vẫn là một đoạn văn.]"
    paper = read_pdf(typeset(source, tmp_path / "a.pdf"))
    assert html(paper) == "<p>Chỉ có một câu trong khung này, và câu ấy vẫn là một đoạn văn.</p>"


def test_a_head_set_in_a_ruled_table_is_still_a_head(tmp_path: Path) -> None:
    paper = read_pdf(typeset(PAGE + HEAD.replace("grid(", "table(") + "\nNội dung.", tmp_path / "a.pdf"))
    assert "<table>" not in html(paper)
    assert lines(paper)[:3] == ["BỘ GIAO THÔNG", "CỤC ĐƯỜNG THỦY", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_footnotes_are_notes_with_their_reference_in_place(tmp_path: Path) -> None:
    source = PAGE + (
        "Mực nước#footnote[Đo tại trạm Phả Lại lúc bảy giờ sáng.] lên nhanh. "
        "Đê bối#footnote[Đê nằm ngoài đê chính.] giữ được.\n#pagebreak()\n"
        "Trang sau có lời dặn#footnote[Theo sổ trực của hạt.] riêng."
    )
    paper = read_pdf(typeset(source, tmp_path / "a.pdf"))
    assert paper.text == "Mực nước lên nhanh. Đê bối giữ được.\nTrang sau có lời dặn riêng."
    assert 'Mực nước<sup><a href="#chu-thich-1">1</a></sup> lên nhanh.' in html(paper)
    assert 'lời dặn<sup><a href="#chu-thich-3">3</a></sup> riêng.' in html(paper)
    assert [(note.number, note.html) for note in paper.notes] == [
        (1, "Đo tại trạm Phả Lại lúc bảy giờ sáng."),
        (2, "Đê nằm ngoài đê chính."),
        (3, "Theo sổ trực của hạt."),
    ]


def test_small_print_that_nothing_refers_to_stays_text(tmp_path: Path) -> None:
    source = (
        PAGE + "Đoạn chính của trang, cỡ chữ thường, dài vừa phải.\n#v(1fr)\n#text(size: 9pt)[1 Ghi thêm ở cuối trang.]"
    )
    paper = read_pdf(typeset(source, tmp_path / "a.pdf"))
    assert lines(paper)[-1] == "1 Ghi thêm ở cuối trang."
    assert paper.notes == ()


def test_a_picture_stands_where_it_stood_and_asks_for_a_description(tmp_path: Path) -> None:
    drawn = Drawn()
    name = drawn.image()
    drawn.page(
        shown("Truoc so do co cau nay.", 70, 600)
        + f"q 200 0 0 120 150 440 cm {name} Do Q\n"
        + shown("Sau so do co cau nay.", 70, 400)
    )
    paper = read_pdf(drawn.save(tmp_path / "a.pdf"))
    assert [block.html for block in paper.blocks] == [
        "<p>Truoc so do co cau nay.</p>",
        '<p><img src="hinh:hinh-1.jpg" alt=""></p>',
        "<p>Sau so do co cau nay.</p>",
    ]
    assert [(image.name, image.media_type) for image in paper.images] == [("hinh-1.jpg", "image/jpeg")]
    assert paper.images[0].content == drawn.images[0]
    assert [remark.code for remark in paper.remarks] == ["alt_missing"]


def test_logos_of_the_head_and_specks_are_no_pictures_of_the_text(tmp_path: Path) -> None:
    drawn = Drawn()
    name = drawn.image()
    text = "".join(shown(f"Hang chu thu {n} trong trang van ban.", 70, 600 - 20 * n) for n in range(4))
    drawn.page(text + f"q 60 0 0 50 70 785 cm {name} Do Q\nq 3 0 0 300 40 300 cm {name} Do Q\n")
    assert read_pdf(drawn.save(tmp_path / "a.pdf")).images == ()
