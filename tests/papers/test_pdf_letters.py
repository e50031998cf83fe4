"""The letters of a PDF are those that a person sees, however they are drawn."""

from pathlib import Path

from papers.pdf_makers import PAGE, Drawn, html, lines, read_pdf, shown, typeset

FILLER = "".join(shown(f"Hang chu so {n} cua trang.", 70, 500 - 20 * n) for n in range(3))


def _text(drawn: Drawn, path: Path) -> str:
    return read_pdf(drawn.save(path / "a.pdf")).text


def test_accents_drawn_over_their_letters_become_vietnamese_letters(tmp_path: Path) -> None:
    # The letters are 12 wide; the acute stands over the second one, circumflex and dot with the last.
    drawn = Drawn({0xB4: "\u0301", 0x88: "\u0302", 0xB7: "\u0323"})
    over = [("\xb4", 82), ("\xb7", 130), ("\x88", 130)]
    drawn.page(shown("can bo", 70, 700, 20) + "".join(shown(mark, x, 700, 20) for mark, x in over))
    assert _text(drawn, tmp_path) == "cán bộ"


def test_letters_drawn_twice_are_read_once_and_are_bold(tmp_path: Path) -> None:
    twice = "".join(shown(char, 70 + 8.4 * i + shift, 700, 14) for i, char in enumerate("THONG") for shift in (0, 0.4))
    drawn = Drawn().page(twice + shown("loi thuong", 70, 650))
    assert html(read_pdf(drawn.save(tmp_path / "a.pdf"))) == "<p><strong>THONG</strong></p>\n<p>loi thuong</p>"


def test_a_line_drawn_twice_is_read_once(tmp_path: Path) -> None:
    assert (
        _text(Drawn().page(shown("THONG TRI", 70, 700, 14) + shown("THONG TRI", 70.5, 699.6, 14)), tmp_path)
        == "THONG TRI"
    )


def test_a_doubled_letter_of_the_word_stays_double(tmp_path: Path) -> None:
    assert _text(Drawn().page(shown("xoong noong 11 22", 70, 700)), tmp_path) == "xoong noong 11 22"


def test_wide_gaps_without_blanks_part_words(tmp_path: Path) -> None:
    operators = "BT /F1 12 Tf 1 0 0 1 70 700 Tm [(De) -300 (dieu) -320 (la) -300 (cua) -310 (dan)] TJ ET"
    assert _text(Drawn().page(operators), tmp_path) == "De dieu la cua dan"


def test_letters_set_wide_apart_stay_one_word(tmp_path: Path) -> None:
    operators = "BT /F1 12 Tf 3 Tc 1 0 0 1 70 700 Tm (QUYET DINH) Tj ET"
    assert _text(Drawn().page(operators), tmp_path) == "QUYET DINH"


def test_ligatures_and_wrong_maps_give_the_letters_that_are_meant(tmp_path: Path) -> None:
    drawn = Drawn({1: "ﬁ", 2: "ƣ", 3: "Ƣ", 4: "\uf0b7", 5: "Ð"})
    drawn.page(shown("\x04 \x01le tr\x02ng T\x03 \x05ong", 70, 700))
    assert _text(drawn, tmp_path) == "• file trưng TƯ Đong"


def test_letters_that_the_file_does_not_name_are_marked_and_counted(tmp_path: Path) -> None:
    drawn = Drawn({1: "\ue123", 2: "\ue124"}).page(shown("giay to g\x01m \x02o ban, va nhieu chu khac nua", 70, 700))
    paper = read_pdf(drawn.save(tmp_path / "a.pdf"))
    assert paper.text == "giay to g�m �o ban, va nhieu chu khac nua"
    assert [(remark.code, remark.values) for remark in paper.remarks] == [("characters_lost", {"count": 2})]


def test_a_file_that_names_none_of_its_letters_is_no_text(tmp_path: Path) -> None:
    letters = {code: chr(0xE000 + code) for code in range(97, 123)}
    paper = read_pdf(Drawn(letters).page(shown("khong ai biet chu gi o day ca", 70, 700)).save(tmp_path / "a.pdf"))
    assert paper.is_scan
    assert paper.text == ""
    assert [remark.code for remark in paper.remarks] == ["letters_unknown"]


OLD = "".join(
    shown(row, 70, 700 - 20 * i)
    for i, row in enumerate(
        [
            "Th\xabng b\xb8o cho nh\xa9n d\xa9n trong x\xb7 v\xb5 c\xb8c th\xabn ven s\xabng",
            "b\xb8o tr\xad\xedc m\xada cho m\xe4i ng\xad\xeai trong x\xb7",
        ]
    )
)


def test_a_font_of_an_old_encoding_is_converted(tmp_path: Path) -> None:
    paper = read_pdf(Drawn(font=".VnTime").page(OLD).save(tmp_path / "a.pdf"))
    assert paper.text.startswith(
        "Thông báo cho nhân dân trong xã và các thôn ven sông báo trước mưa cho mọi người trong xã"
    )
    assert paper.encoding == "TCVN3"
    assert [remark.code for remark in paper.remarks] == ["encoding_converted"]


def test_an_old_encoding_is_recognised_without_the_name_of_its_font(tmp_path: Path) -> None:
    paper = read_pdf(Drawn().page(OLD).save(tmp_path / "a.pdf"))
    assert paper.text.startswith(
        "Thông báo cho nhân dân trong xã và các thôn ven sông báo trước mưa cho mọi người trong xã"
    )
    assert paper.encoding == "TCVN3"


def test_raised_and_lowered_signs_are_kept_as_such(tmp_path: Path) -> None:
    source = PAGE + "Bể chứa 200 m#super[3] nước sạch (H#sub[2]O) cho mỗi thôn ven biển của xã đảo trong mùa khô."
    paper = read_pdf(typeset(source, tmp_path / "a.pdf"))
    assert "200 m<sup>3</sup> nước sạch (H<sub>2</sub>O) cho" in html(paper)
    assert "200 m3 nước sạch (H2O) cho" in paper.text


def test_white_letters_count_only_on_dark_ground(tmp_path: Path) -> None:
    dark = "0.1 0.2 0.5 rg 60 690 300 30 re f\n"
    drawn = Drawn().page(
        FILLER
        + dark
        + shown("TREN NEN XANH", 70, 700, before="1 g")
        + shown("khong ai thay dong nay", 70, 600, before="1 g")
    )
    paper = read_pdf(drawn.save(tmp_path / "a.pdf"))
    assert lines(paper)[0] == "TREN NEN XANH"
    assert "khong ai thay" not in paper.text


def test_what_lies_outside_of_the_sheet_is_not_read(tmp_path: Path) -> None:
    drawn = Drawn().page(
        shown("trong khung", 120, 500) + shown("ngoai khung", 20, 800), extra="/CropBox [100 100 500 700]"
    )
    assert _text(drawn, tmp_path) == "trong khung"


def test_turned_pages_are_read_like_upright_ones(tmp_path: Path) -> None:
    rows = [("Hang dau tien cua trang giay dai ra den tan mep phai", 700), ("hang thu hai noi tiep hang", 680)]
    upright = "".join(shown(text, 70, y) for text, y in rows)
    turned = "".join(f"BT /F1 13 Tf 0 1 -1 0 {842 - y} {70} Tm ({text}) Tj ET\n" for text, y in rows)
    first = _text(Drawn().page(upright), tmp_path)
    assert first == " ".join(text for text, _ in rows)
    assert _text(Drawn().page(turned, extra="/Rotate 90"), tmp_path) == first
    assert _text(Drawn().page(turned), tmp_path) == first


def test_a_slanting_watermark_is_left_out_and_told(tmp_path: Path) -> None:
    mark = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 150 200 Tm (BAN SAO LUU KHO GIAY) Tj ET\n"
    paper = read_pdf(Drawn().page(FILLER + mark).save(tmp_path / "a.pdf"))
    assert "SAO" not in paper.text
    assert lines(paper)[0].startswith("Hang chu so 0")
