"""A PDF is read in the order in which a person reads it, and in paragraphs."""

from pathlib import Path

from papers.pdf_makers import FOOT, HEAD, PAGE, Drawn, html, lines, read_pdf, shown, typeset

BODY = """
#set par(justify: true, first-line-indent: (amount: 1.2cm, all: true))
#align(center)[#strong[THÔNG BÁO] \\ #strong[Về việc sửa luồng tàu qua cầu Bính]]

Cục Đường thủy báo để các chủ tàu biết: từ ngày mười tháng ba, luồng tàu qua cầu Bính hẹp lại còn ba mươi mét
trong thời gian nạo vét; tàu đi ngược nước nhường tàu đi xuôi nước, không được dừng dưới gầm cầu.

1. Tàu trên năm trăm tấn chờ ở vùng nước phía hạ lưu.
"""


def test_head_and_foot_in_two_columns_are_read_column_by_column(tmp_path: Path) -> None:
    paper = read_pdf(typeset(PAGE + HEAD + BODY + FOOT, tmp_path / "a.pdf"))
    assert lines(paper) == [
        "BỘ GIAO THÔNG",
        "CỤC ĐƯỜNG THỦY",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 31/TB-CĐT",
        "Hải Phòng, ngày 04 tháng 3 năm 2025",
        "THÔNG BÁO",
        "Về việc sửa luồng tàu qua cầu Bính",
        "Cục Đường thủy báo để các chủ tàu biết: từ ngày mười tháng ba, luồng tàu qua cầu Bính hẹp lại còn ba mươi mét "
        "trong thời gian nạo vét; tàu đi ngược nước nhường tàu đi xuôi nước, không được dừng dưới gầm cầu.",
        "1. Tàu trên năm trăm tấn chờ ở vùng nước phía hạ lưu.",
        "Nơi nhận:",
        "- Như trên;",
        "- Sở Xây dựng các tỉnh, thành phố ven sông Hồng và sông Đuống (để phối hợp);",
        "- Lưu: VT, KT.",
        "KT. CỤC TRƯỞNG",
        "PHÓ CỤC TRƯỞNG",
        "Lý Thị Mến",
    ]
    assert "<p><strong>THÔNG BÁO</strong></p>" in html(paper)
    assert "<p><em>Hải Phòng, ngày 04 tháng 3 năm 2025</em></p>" in html(paper)
    assert paper.pages == 1
    assert not paper.is_scan


def test_the_places_of_the_blocks_are_those_of_the_text(tmp_path: Path) -> None:
    paper = read_pdf(typeset(PAGE + HEAD + BODY + FOOT, tmp_path / "a.pdf"))
    assert [paper.text[block.start : block.end] for block in paper.blocks] == lines(paper)


def test_a_head_with_hardly_a_gap_between_its_columns_is_still_two_columns(tmp_path: Path) -> None:
    source = """
#set page(paper: "a4", margin: 1.5cm)
#set text(font: "Libertinus Serif", size: 12pt)
ỦY BAN NHÂN DÂN XÃ BỒNG SƠN TÂY #h(0.5em) CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM \\
#h(2em) Số: 7/UBND-VP #h(9em) #strong[Độc lập - Tự do - Hạnh phúc] \\
#h(9em) #h(10em) Gia Lai, ngày 2 tháng 9 năm 2025

Kính gửi: Hợp tác xã nước sạch.
"""
    assert lines(read_pdf(typeset(source, tmp_path / "a.pdf"))) == [
        "ỦY BAN NHÂN DÂN XÃ BỒNG SƠN TÂY",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 7/UBND-VP",
        "Gia Lai, ngày 2 tháng 9 năm 2025",
        "Kính gửi: Hợp tác xã nước sạch.",
    ]


def test_the_name_of_the_country_in_a_title_makes_no_head(tmp_path: Path) -> None:
    title = "HIỆP ĐỊNH GIỮA CHÍNH PHỦ NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM VÀ CHÍNH PHỦ CÁC NƯỚC BÊN SÔNG"
    source = PAGE + HEAD + f"#align(center)[#strong[{title}]]\n\nHai bên bờ sông cùng giữ luồng tàu."
    assert lines(read_pdf(typeset(source, tmp_path / "a.pdf")))[6:] == [title, "Hai bên bờ sông cùng giữ luồng tàu."]


def test_paragraphs_go_on_over_page_breaks_without_headers_and_numbers(tmp_path: Path) -> None:
    sentence = "Người giữ đê đi tuần hai lần một ngày, ghi mực nước vào sổ và báo ngay khi thấy chỗ rò. "
    source = (
        PAGE
        + "#set page(header: align(center)[SỔ TAY GIỮ ĐÊ/Số 12/Ngày 01-7-2025], footer: context align(center)[- #counter(page).display() -])\n"  # noqa: E501
        + "\n\n".join(f"{number}. {sentence * 9}" for number in range(1, 11))
    )
    paper = read_pdf(typeset(source, tmp_path / "a.pdf"))
    assert paper.pages is not None
    assert paper.pages >= 3
    assert lines(paper) == [f"{number}. {(sentence * 9).strip()}" for number in range(1, 11)]
    assert {block.page for block in paper.blocks} == set(range(1, paper.pages + 1))


def test_a_number_that_stands_in_the_text_is_no_page_number(tmp_path: Path) -> None:
    drawn = Drawn()
    ends = ["mot", "hai va ba", "bon"]
    for page, end in enumerate(ends, 1):
        rows = [(f"Muc {page * 7} cua so", 700), ("1250", 400), (f"Het phan {end}.", 90)]
        drawn.page("".join(shown(text, 70, y) for text, y in rows))
    assert lines(read_pdf(drawn.save(tmp_path / "a.pdf"))) == [
        line for page, end in enumerate(ends, 1) for line in (f"Muc {page * 7} cua so", "1250", f"Het phan {end}.")
    ]


def test_hyphens_of_the_line_end_go_and_hyphens_of_the_word_stay(tmp_path: Path) -> None:
    rows = [
        "Theo thong bao ngay mung hai thang nay, so hieu 8/TB-",
        "VPCP, cac chuyen tau chay tren tuyen duong Ha Noi -",
        "Hue deu phai treo bang va phat cho hanh khach infor-",
        "mation bang hai thu tieng, dat o quay ve hoac o ki-",
        "osk tai cac nha ga do trong suot mua he nay.",
    ]
    operators = "".join(shown(row, 70, 700 - 18 * i) for i, row in enumerate(rows))
    assert read_pdf(Drawn().page(operators).save(tmp_path / "a.pdf")).text == (
        "Theo thong bao ngay mung hai thang nay, so hieu 8/TB-VPCP, cac chuyen tau chay tren tuyen duong "
        "Ha Noi - Hue deu phai treo bang va phat cho hanh khach information bang hai thu tieng, dat o quay ve "
        "hoac o kiosk tai cac nha ga do trong suot mua he nay."
    )


def test_a_page_in_two_columns_is_read_down_the_left_one_first(tmp_path: Path) -> None:
    left = " ".join(f"Trái{n} câu này nằm ở cột bên trái của tờ tin." for n in range(24))
    right = " ".join(f"Phải{n} câu này nằm ở cột bên phải của tờ tin." for n in range(24))
    source = (
        '#set page(paper: "a4", margin: 2cm)\n#set text(font: "Libertinus Serif", size: 11pt)\n'
        "#set par(justify: true)\n"
        f"#grid(columns: (1fr, 1fr), gutter: 1cm, [{left}], [{right}])"
    )
    assert " ".join(read_pdf(typeset(source, tmp_path / "a.pdf")).text.split()) == f"{left} {right}"


def test_two_who_sign_side_by_side_are_read_one_after_the_other(tmp_path: Path) -> None:
    source = PAGE + (
        "#set par(first-line-indent: 0pt)\n#grid(columns: (1fr, 1fr), align: center, [#strong[ĐẠI DIỆN BÊN GIAO] \\"
        " TRƯỞNG PHÒNG #v(1cm) Hồ Văn Sáu], [#strong[ĐẠI DIỆN BÊN NHẬN ĐẤT] \\ CHỦ NHIỆM #v(1cm) Tạ Thị Bảy])"
    )
    assert lines(read_pdf(typeset(source, tmp_path / "a.pdf"))) == [
        "ĐẠI DIỆN BÊN GIAO",
        "TRƯỞNG PHÒNG",
        "Hồ Văn Sáu",
        "ĐẠI DIỆN BÊN NHẬN ĐẤT",
        "CHỦ NHIỆM",
        "Tạ Thị Bảy",
    ]


def test_a_list_of_recipients_over_two_pages_comes_whole_before_the_signature(tmp_path: Path) -> None:
    first = [shown("Noi nhan:", 70, 100)] + [shown(f"- Phong so {n};", 70, 100 - 13 * n, 11) for n in (1, 2, 3)]
    first += [shown("KT. GIAM DOC", 380, 100), shown("PHO GIAM DOC", 380, 84)]
    second = [shown(f"- Phong so {n};", 70, 790 - 13 * n, 11) for n in (1, 2)] + [shown("Do Thi Nam", 385, 760)]
    drawn = Drawn({0x4E: "N", 0x6F: "o"})
    text = "".join(
        shown(f"Dong van {n} dai ra ca mot hang chu tren trang giay nay.", 70, 780 - 20 * n) for n in range(8)
    )
    drawn.letters = {ord("@"): "ơ", ord("$"): "ậ"}
    drawn.page(text + "".join(first).replace("Noi nhan", "N@i nh$n")).page("".join(second))
    found = lines(read_pdf(drawn.save(tmp_path / "a.pdf")))
    assert found[-9:] == [
        "Nơi nhận:",
        "- Phong so 1;",
        "- Phong so 2;",
        "- Phong so 3;",
        "- Phong so 1;",
        "- Phong so 2;",
        "KT. GIAM DOC",
        "PHO GIAM DOC",
        "Do Thi Nam",
    ]
