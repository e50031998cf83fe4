"""The text of Word paragraphs: marks, breaks, fields, links, what is hidden or changed, old fonts."""

import unicodedata
from pathlib import Path

import pytest
from papers.docx_makers import GRID, codes, field, html, paper, para, relation, row, run, table

from portal.papers.options import Options


def test_a_word_cut_into_runs_is_whole_again(tmp_path: Path) -> None:
    made = paper(
        tmp_path, para(run("Thông "), run("bá", "<w:b/>"), run("o", "<w:b/><w:lang w:val='vi-VN'/>"), run(" số 3"))
    )

    assert made.text == "Thông báo số 3"
    assert html(made) == "<p>Thông <strong>báo</strong> số 3</p>"


def test_an_accent_in_a_run_of_its_own_comes_to_its_letter(tmp_path: Path) -> None:
    made = paper(tmp_path, para(run("Ha"), run("\u0300 No\u0302"), run("\u0323i", "<w:i/>")))

    assert made.text == "Hà Nội"
    assert unicodedata.is_normalized("NFC", made.text)


def test_marks_are_kept_and_underlines_are_not(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        para(
            run("đậm", "<w:b/>"),
            run(" nghiêng", "<w:i/>"),
            run(" bỏ", "<w:strike/>"),
            run(" m"),
            run("2", '<w:vertAlign w:val="superscript"/>'),
            run(" H"),
            run("2", '<w:vertAlign w:val="subscript"/>'),
            run("O"),
            run(" gạch chân", '<w:u w:val="single"/>'),
            run(" thường", '<w:b w:val="0"/>'),
        ),
    )

    assert html(made) == (
        "<p><strong>đậm</strong><em> nghiêng</em><del> bỏ</del> m<sup>2</sup> H<sub>2</sub>O gạch chân thường</p>"
    )


def test_bold_in_the_style_of_the_paragraph_and_of_the_run_is_plain(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dam"><w:name w:val="Đậm"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Nhan"><w:name w:val="Nhấn"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    made = paper(
        tmp_path,
        para(run("Đậm "), run("không đậm", '<w:rStyle w:val="Nhan"/>'), properties='<w:pStyle w:val="Dam"/>'),
        styles=styles,
    )

    assert html(made) == "<p><strong>Đậm </strong>không đậm</p>"


def test_breaks_tabs_and_hyphens(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        para(
            "Điều 1.",
            "<w:r><w:tab/><w:t>Phạm vi</w:t><w:br/><w:t>áp dụng</w:t></w:r>",
            "<w:r><w:t>kinh</w:t><w:softHyphen/><w:t>tế</w:t><w:noBreakHyphen/><w:t>xã hội</w:t></w:r>",
        ),
    )

    assert made.text == "Điều 1. Phạm vi\náp dụngkinhtế-xã hội"
    assert html(made) == "<p>Điều 1. Phạm vi<br>áp dụngkinhtế-xã hội</p>"


def test_a_tab_drawn_with_dots_is_a_blank_to_fill_in(tmp_path: Path) -> None:
    stops = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'

    made = paper(tmp_path, para("Họ và tên: ", "<w:r><w:tab/></w:r>", properties=stops))

    assert made.text == "Họ và tên: …………"


def test_letters_that_only_look_like_capitals_are_written_as_capitals(tmp_path: Path) -> None:
    assert paper(tmp_path, para(run("Ủy ban nhân dân", "<w:caps/>"))).text == "ỦY BAN NHÂN DÂN"


def test_page_numbers_are_no_text_and_references_are(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        para("Trang ", field("PAGE \\* MERGEFORMAT", "7"), " xem Điều ", field("REF dieu5 \\h", "5"), "."),
        para("<w:fldSimple w:instr=' NUMPAGES '>" + run("12") + "</w:fldSimple>", "hết"),
    )

    assert made.text == "Trang xem Điều 5.\nhết"


def test_a_generated_table_of_contents_is_dropped_and_said(tmp_path: Path) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    made = paper(
        tmp_path,
        para("MỤC LỤC"),
        para(begin, '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "Chương I ", field("PAGEREF _Toc1", "2")),
        para("Chương II ", field("PAGEREF _Toc2", "9")),
        para('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        para("Chương I"),
    )

    assert made.text == "Chương I"
    assert "contents_dropped" in codes(made)


def test_a_field_that_never_ends_swallows_nothing(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        para("Mở đầu ", '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'),
        para("Nội dung"),
    )

    assert made.text == "Mở đầu\nNội dung"


def test_links_lead_to_the_web_or_to_mail_only(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        para(
            f'<w:hyperlink r:id="a">{run("cổng")}</w:hyperlink>',
            f'<w:hyperlink r:id="b">{run(" lạ")}</w:hyperlink>',
            f'<w:hyperlink w:anchor="dieu5">{run(" Điều 5 ")}</w:hyperlink>',
            field('HYPERLINK "mailto:vanthu@example.vn"', "thư"),
        ),
        relations=relation("a", "hyperlink", "https://example.vn/?a=1&b=2", outer=True)
        + relation("b", "hyperlink", "javascript:alert(1)", outer=True),
    )

    assert html(made) == (
        '<p><a href="https://example.vn/?a=1&amp;b=2">cổng</a> lạ Điều 5 <a href="mailto:vanthu@example.vn">thư</a></p>'
    )


def test_tracked_changes_read_as_their_final_text(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        para(
            "Thời hạn ",
            f'<w:del w:id="1">{run("10").replace("w:t", "w:delText")}</w:del>',
            f'<w:ins w:id="2">{run("15")}</w:ins>',
            " ngày",
        ),
        para("Câu này ", properties="<w:rPr><w:del w:id='3'/></w:rPr>"),
        para("liền một dòng."),
    )

    assert made.text == "Thời hạn 15 ngày\nCâu này liền một dòng."
    assert "changes_accepted" in codes(made)


def test_hidden_text_and_comments_are_dropped_and_said(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        para("Nội dung", run(" nháp nội bộ", "<w:vanish/>"), '<w:r><w:commentReference w:id="0"/></w:r>'),
        para(run("dòng ẩn", "<w:vanish/>")),
    )

    assert made.text == "Nội dung"
    assert {"hidden_dropped", "comments_dropped"} <= set(codes(made))


def test_content_controls_and_smart_tags_keep_their_text(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        f"<w:sdt><w:sdtContent>{para('Trong khung')}</w:sdtContent></w:sdt>",
        para(
            "Ngày ", f"<w:smartTag>{run('02')}</w:smartTag>", f"<w:sdt><w:sdtContent>{run('/9')}</w:sdtContent></w:sdt>"
        ),
        f"<w:customXml>{para('Trong thẻ')}</w:customXml>",
    )

    assert made.text == "Trong khung\nNgày 02/9\nTrong thẻ"


def test_symbols_of_picture_fonts_are_written_in_unicode(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        para(
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
            " Đồng ý ",
            run("\uf0a8", '<w:rFonts w:hAnsi="Wingdings"/>'),
        ),
        para(run("a", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), " ≤ 5"),
    )

    assert made.text == "☑ Đồng ý ☐\nα ≤ 5"


def test_an_equation_is_written_as_one_line_and_said(tmp_path: Path) -> None:
    def letter(sign: str) -> str:
        return f"<m:r><m:t>{sign}</m:t></m:r>"

    fraction = (
        f"<m:oMath>{letter('S=')}<m:f><m:num>{letter('a+b')}</m:num><m:den>{letter('2')}</m:den></m:f>"
        f"<m:sSup><m:e>{letter('h')}</m:e><m:sup>{letter('2')}</m:sup></m:sSup></m:oMath>"
    )
    made = paper(tmp_path, para("Công thức: ", fraction))

    assert made.text == "Công thức: S=(a+b)/2h^2"
    assert "equation_linear" in codes(made)


TCVN3 = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
TCVN3_CAPITALS = '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'
VNI = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'


def test_text_in_old_fonts_becomes_unicode_and_is_said(tmp_path: Path) -> None:
    made = paper(
        tmp_path,
        para(run("uû ban nh©n d©n", TCVN3_CAPITALS)),
        para(run("§µ N½ng, tr­", TCVN3), run("êng häc", f"<w:b/>{TCVN3}")),
        para("Đã chuyển sang Unicode"),
    )

    assert made.text == "UỶ BAN NHÂN DÂN\nĐà Nẵng, trường học\nĐã chuyển sang Unicode"
    assert made.encoding == "TCVN3"
    assert "encoding_converted" in codes(made)


def test_vni_text_is_converted_by_the_font_of_its_style(tmp_path: Path) -> None:
    styles = f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr>{VNI}</w:rPr></w:style>'

    made = paper(tmp_path, para("UÛy ban nhaân daân Ñaø Naüng"), styles=styles)

    assert made.text == "Ủy ban nhân dân Đà Nẵng"
    assert made.encoding == "VNI"


def test_a_soft_hyphen_in_an_old_font_is_a_letter(tmp_path: Path) -> None:
    made = paper(tmp_path, para(f"<w:r><w:rPr>{TCVN3}</w:rPr><w:t>tr</w:t><w:softHyphen/><w:t>êng</w:t></w:r>"))

    assert made.text == "trường"


def test_unicode_typed_in_an_old_font_stays(tmp_path: Path) -> None:
    made = paper(tmp_path, para(run("phòng cháy, chữa cháy", TCVN3)), para(run("có cá", TCVN3), run(" ở đây")))

    assert made.text == "phòng cháy, chữa cháy\ncó cá ở đây"
    assert made.encoding is None


def test_old_text_in_a_new_font_is_recognised_by_its_words(tmp_path: Path) -> None:
    made = paper(tmp_path, para("Th«ng b¸o cña Uñy ban nh©n d©n thµnh phè vÒ viÖc nghØ lÔ Quèc kh¸nh"))

    assert made.text == "Thông báo của Ủy ban nhân dân thành phố về việc nghỉ lễ Quốc khánh"
    assert made.encoding == "TCVN3"


def test_unicode_among_old_text_in_new_fonts_stays(tmp_path: Path) -> None:
    old = "Th«ng b¸o cña Uñy ban nh©n d©n thµnh phè vÒ viÖc nghØ lÔ Quèc kh¸nh vµ viÖc trùc c¬ quan " * 3

    made = paper(tmp_path, para(old), para("Đã sửa ở đây"), para(old))

    assert made.text.split("\n")[1:] == ["Đã sửa ở đây", made.text.split("\n")[0]]
    assert made.text.startswith("Thông báo của Ủy ban nhân dân")


def test_another_language_is_left_alone(tmp_path: Path) -> None:
    french = "Le Président de l'Assemblée a été reçu à Hanoï; où sont les élèves français, cela est égal."

    made = paper(tmp_path, para(french), para("The quick brown fox jumps over the lazy dog."))

    assert made.text.split("\n")[0] == french
    assert made.remarks == ()


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
def test_the_encoding_that_a_person_chose_is_taken(tmp_path: Path, encoding: str) -> None:
    text = {"TCVN3": "Hµ Néi", "VNI": "Haø Noäi"}[encoding]

    assert paper(tmp_path, para(text), options=Options(encoding=encoding)).text == "Hà Nội"


def _letters(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


EQUATIONS = {
    "√(n)": f"<m:rad><m:deg/><m:e>{_letters('n')}</m:e></m:rad>",
    "3√(x+1)": f"<m:rad><m:deg>{_letters('3')}</m:deg><m:e>{_letters('x+1')}</m:e></m:rad>",
    "∑_(i=1)^n x_i": (
        f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{_letters('i=1')}</m:sub><m:sup>{_letters('n')}</m:sup>"
        f"<m:e><m:sSub><m:e>{_letters('x')}</m:e><m:sub>{_letters('i')}</m:sub></m:sSub></m:e></m:nary>"
    ),
    "[a|b]": (
        "<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr>"
        f"<m:e>{_letters('a')}</m:e><m:e>{_letters('b')}</m:e></m:d>"
    ),
    "[1, 0; 0, 1]": "<m:m>"
    + "".join(f"<m:mr><m:e>{_letters(a)}</m:e><m:e>{_letters(b)}</m:e></m:mr>" for a, b in ("10", "01"))
    + "</m:m>",
    "x=1; y=2": f"<m:eqArr><m:e>{_letters('x=1')}</m:e><m:e>{_letters('y=2')}</m:e></m:eqArr>",
}


@pytest.mark.parametrize("expected", EQUATIONS)
def test_the_shapes_of_equations(tmp_path: Path, expected: str) -> None:
    assert paper(tmp_path, para(f"<m:oMath>{EQUATIONS[expected]}</m:oMath>")).text == expected


def test_boxes_to_tick_show_their_state(tmp_path: Path) -> None:
    def ticked(state: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="{state}"/></w:checkBox>'
            "</w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    symbol = field('SYMBOL 252 \\f "Wingdings"', "").replace('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "")

    assert paper(tmp_path, para(ticked("1"), " Nam ", ticked("0"), " Nữ ", symbol)).text == "☒ Nam ☐ Nữ ✓"


def test_a_large_initial_belongs_to_its_word(tmp_path: Path) -> None:
    made = paper(tmp_path, para("T", properties='<w:framePr w:dropCap="drop" w:lines="2"/>'), para("rong buổi họp"))

    assert made.text == "Trong buổi họp"


def test_a_line_that_should_run_on_ends_before_a_table(tmp_path: Path) -> None:
    deleted = "<w:rPr><w:del w:id='3'/></w:rPr>"

    made = paper(tmp_path, para("Trước bảng", properties=deleted), table(row("a", "b"), borders=GRID))

    assert made.text == "Trước bảng\n| a | b |"


def test_an_unknown_sign_of_a_picture_font_is_said(tmp_path: Path) -> None:
    made = paper(tmp_path, para(run("\uf026\uf0a8", '<w:rFonts w:hAnsi="Webdings"/>'), " sách"))

    assert made.text.endswith("sách")
    assert "symbol_unknown" in codes(made)


def test_two_old_encodings_in_one_paper_are_said(tmp_path: Path) -> None:
    made = paper(tmp_path, para(run("trËt tù", TCVN3)), para(run("traät töï", VNI)))

    assert made.text == "trật tự\ntrật tự"
    assert "encoding_mixed" in codes(made)
