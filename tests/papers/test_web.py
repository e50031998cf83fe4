"""Of a web page the document comes through with its structure; site, scripts and foreign pictures do not."""

import base64
from pathlib import Path

import pytest
from files.samples import image
from text.legacy_encoders import encode

from portal.papers import Options, Paper, Remarks, TooLong
from portal.papers.readers import web
from portal.text.legacy import TCVN3, VNI

HEAD = """<table width="100%"><tr><td><b>BỘ THỬ NGHIỆM</b><br>VỤ MỘT</td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br>Độc lập - Tự do - Hạnh phúc</td></tr>
<tr><td>Số: 5/TB-THU</td><td><i>Hà Nội, ngày 4 tháng 3 năm 2025</i></td></tr></table>"""


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def go(html: str | bytes, **options: object) -> Paper:
        path = tmp_path / "trang.html"
        path.write_bytes(html if isinstance(html, bytes) else html.encode())
        return web.read(path, path.name, options=Options(**options))  # type: ignore[arg-type]

    return go


def lines(paper: Paper) -> list[str]:
    return paper.text.split("\n")


def html(paper: Paper) -> list[str]:
    return [block.html for block in paper.blocks]


def test_blocks_are_stretches_of_the_text(read) -> None:  # type: ignore[no-untyped-def]
    paper = read("<h1>Đầu</h1><p>Một<br>hai</p><ul><li>ba</li></ul><table border=1><tr><td>a</td><td>b</td></tr>"
                 "<tr><td>c</td><td>d</td></tr></table>")  # fmt: skip
    parts = [paper.text[block.start : block.end] for block in paper.blocks]
    assert parts == ["Đầu", "Một\nhai", "- ba", "| a | b |\n| c | d |"]
    assert "\n".join(parts) == paper.text


def test_headings_keep_their_order_below_the_title_of_the_page(read) -> None:  # type: ignore[no-untyped-def]
    assert html(read("<h2>Một</h2><h5>Hai</h5><p>x</p>")) == ["<h2>Một</h2>", "<h3>Hai</h3>", "<p>x</p>"]


def test_emphasis_links_and_breaks_survive_and_nothing_else(read) -> None:  # type: ignore[no-untyped-def]
    paper = read(
        "<p class=x onclick='a()'><b>đậm</b> <span style='font-style: italic'>nghiêng</span> m<sup>2</sup> "
        "<a href='https://vi.du/a?b=1&amp;c=2' target=_blank>nối</a> <a href='javascript:a()'>xấu</a> <u>gạch</u> "
        "<font color=red>đỏ</font> 1 &lt; 2<br>dòng hai</p>"
    )
    assert html(paper) == [
        "<p><strong>đậm</strong> <em>nghiêng</em> m<sup>2</sup> "
        '<a href="https://vi.du/a?b=1&amp;c=2">nối</a> xấu gạch đỏ 1 &lt; 2<br>dòng hai</p>'
    ]
    assert paper.text == "đậm nghiêng m2 nối xấu gạch đỏ 1 < 2\ndòng hai"


def test_the_table_that_lays_out_the_head_becomes_lines_in_order(read) -> None:  # type: ignore[no-untyped-def]
    assert lines(read(HEAD)) == [
        "BỘ THỬ NGHIỆM",
        "VỤ MỘT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 5/TB-THU",
        "Hà Nội, ngày 4 tháng 3 năm 2025",
    ]


def test_a_table_of_data_keeps_headers_and_spans(read) -> None:  # type: ignore[no-untyped-def]
    paper = read(
        "<table><caption>Mức phí</caption><thead><tr><th>Loại</th><th colspan=2>Phí | lệ phí</th></tr></thead>"
        "<tr><td rowspan='2'>A<br>B</td><td>10</td><td>20</td></tr><tr><td>30</td><td>4<b>0</b></td></tr></table>"
    )
    assert lines(paper) == ["Mức phí", "| Loại | Phí ¦ lệ phí |", "| A B | 10 | 20 |", "| 30 | 40 |"]
    assert html(paper)[1] == (
        '<table><thead><tr><th scope="col">Loại</th><th scope="col" colspan="2">Phí | lệ phí</th></tr></thead><tbody>'
        '<tr><td rowspan="2">A<br>B</td><td>10</td><td>20</td></tr><tr><td>30</td><td>4<strong>0</strong></td></tr>'
        "</tbody></table>"
    )


def test_numbers_of_lists_are_written_out(read) -> None:  # type: ignore[no-untyped-def]
    paper = read(
        "<ol start=3><li>ba</li><li><p>bốn</p><ol type=a><li>một</li><li value=4>hai</li></ol></li></ol>"
        "<ol><li>1. đã có số</li></ol><ol type=I><li>La Mã</li></ol>"
    )
    assert lines(paper) == ["3. ba", "4. bốn", "a) một", "d) hai", "1. đã có số", "I. La Mã"]
    assert html(paper)[:3] == ["<p>3. ba</p>", "<p>4. bốn</p>", "<p>a) một</p>"]


def test_lists_with_signs_stay_lists(read) -> None:  # type: ignore[no-untyped-def]
    paper = read("<ul><li>một<ul><li>trong</li></ul></li><li><p>hai</p></li></ul>")
    assert html(paper) == ["<ul><li>một<ul><li>trong</li></ul></li><li>hai</li></ul>"]
    assert lines(paper) == ["- một", "+ trong", "- hai"]


def test_footnotes_as_word_writes_them(read) -> None:  # type: ignore[no-untyped-def]
    paper = read(
        '<p>Kho hàng<a style="x" href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> mở cửa.</p><p>Hết.</p><hr>'
        '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Kho <b>số 4</b>.</p></div>'
    )
    assert lines(paper) == ["Kho hàng mở cửa.", "Hết."]
    assert html(paper)[0] == '<p>Kho hàng<sup><a href="#chu-thich-1">1</a></sup> mở cửa.</p>'
    assert [(note.number, note.html) for note in paper.notes] == [(1, "Kho <strong>số 4</strong>.")]
    assert 'id="chu-thich-1"' in paper.html_between(0, 5) or 'id="chu-thich-1"' in paper.html_between(0, 16)


def test_a_plain_link_within_the_page_is_no_footnote(read) -> None:  # type: ignore[no-untyped-def]
    paper = read('<p><a href="#d">Điều 5</a> <a name="r" href="#q">x</a></p><p id="d">Điều 5. <a href="#z">về</a></p>')
    assert lines(paper) == ["Điều 5 x", "Điều 5. về"]
    assert paper.notes == ()


def test_pictures_in_the_page_are_kept_and_others_never_fetched(read) -> None:  # type: ignore[no-untyped-def]
    content = image("PNG", (60, 40))
    data = base64.b64encode(content).decode()
    paper = read(
        f'<p><img alt="Sơ đồ" src="data:image/png;base64,{data}"></p><img src="http://127.0.0.1:1/x.png">'
        f'<img src="data:image/png;base64,{data}"><img src="data:image/svg+xml,<svg onload=a()>">'
        '<img src="file:///etc/passwd"><p>Chữ</p>'
    )
    assert [(i.name, i.media_type, i.content, i.alt) for i in paper.images] == [
        ("hinh-1.png", "image/png", content, "Sơ đồ")
    ]
    assert html(paper)[0] == '<p><img src="hinh:hinh-1.png" alt="Sơ đồ"></p>'
    assert [(r.code, r.values) for r in paper.remarks] == [(Remarks.IMAGE_DROPPED, {"count": 3})]


def test_the_site_around_the_document_is_left_out(read) -> None:  # type: ignore[no-untyped-def]
    body = "<p>" + "Nội dung văn bản dài. " * 30 + "</p>"
    paper = read(
        "<title>Trang</title><script>x</script><style>p{}</style><nav><a href=/>Trang chủ</a></nav>"
        "<div class='menu-top'><a href=/a>Giới thiệu</a> <a href=/b>Tin tức</a></div><header>Cổng</header>"
        f"<main>{body}<p style='display:none'>ẩn</p><form><input value=x><button>Gửi</button></form></main>"
        "<footer>Địa chỉ</footer><noscript>bật lên</noscript><iframe src=x></iframe>"
    )
    assert lines(paper) == [("Nội dung văn bản dài. " * 30).strip()]


def test_when_unsure_what_is_the_document_everything_stays(read) -> None:  # type: ignore[no-untyped-def]
    paper = read(
        "<div class='footer'>Nơi nhận: như trên, lưu văn thư.</div><article>Ngắn</article><div>Một đoạn.</div>"
    )
    assert lines(paper) == ["Nơi nhận: như trên, lưu văn thư.", "Ngắn", "Một đoạn."]


def test_something_embedded_from_elsewhere_is_told(read) -> None:  # type: ignore[no-untyped-def]
    assert [r.code for r in read("<p>a</p><iframe src='http://x/'>b</iframe>").remarks] == [Remarks.FRAME_DROPPED]


@pytest.mark.parametrize("face", [True, False])
@pytest.mark.parametrize(("encoding", "font"), [(TCVN3, ".VnTime"), (VNI, "VNI-Times")])
def test_pages_in_the_fonts_of_old_encodings(read, encoding: str, font: str, face: bool) -> None:  # type: ignore[no-untyped-def]
    said = "Chi cục thuỷ lợi gửi kết quả đo mực nước và đề nghị sửa kè."
    shown = bytes(encode(said, encoding)).decode("latin-1")
    shown = "".join(sign if sign.isascii() else f"&#{ord(sign)};" for sign in shown)
    paper = read(f"<meta charset=utf-8><p><font face='{font}'>{shown}</font></p>" if face else f"<p>{shown}</p>")
    assert paper.text == said
    assert paper.encoding == encoding


def test_eight_bit_pages_are_not_believed_to_be_western(read) -> None:  # type: ignore[no-untyped-def]
    said = "Chi cục thuỷ lợi gửi kết quả đo mực nước và đề nghị sửa kè."
    content = b"<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>" + bytes(encode(said, VNI))
    assert read(content).text == said


def test_a_declared_vietnamese_code_page_is_read(read) -> None:  # type: ignore[no-untyped-def]
    said = "Giấy mời dự họp"
    assert read(b"<meta charset=windows-1258><p>" + bytes(encode(said, "CP1258"))).text == said


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<",
        "<p",
        "<!-- x",
        "<table><tr><td><table><tr>",
        "<div>" * 3000 + "sâu" + "</div>" * 3000,
        "<b>" * 3000 + "sâu",
        "<ul><li>" * 400 + "sâu",
        "<table><tr><td>" * 300 + "sâu",
        "<!DOCTYPE html [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><p>&b;&a;</p>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd' [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>&x;</p>",
        "<?xml version='1.0' encoding='utf-16'?><html><body>chữ</body></html>",
        "<p>\x00\x01</p>",
        "<td colspan=99999999999999999999>a",
        "<ol start=-99999999999999999999><li>a",
        "<a href='#a' id='a'>x</a>" * 50,
    ],
)
def test_odd_pages_are_read_or_refused_in_words(read, source: str) -> None:  # type: ignore[no-untyped-def]
    from portal.papers import PaperError

    try:
        paper = read(source)
    except PaperError:
        return
    assert "root:" not in paper.text
    assert paper.text == "\n".join(paper.text[block.start : block.end] for block in paper.blocks)


def test_too_much_text_is_refused(read) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TooLong):
        read("<p>" + "chữ " * 1000, max_text=2000)


@pytest.mark.parametrize("between", ["&nbsp;", " &nbsp;", "<br>", "<br>&nbsp;", "<b></b>"])
def test_very_many_spaces_between_two_words_are_one(read, between: str) -> None:  # type: ignore[no-untyped-def]
    """Twice as many need twice as long: with 60,000 it would not end if each were looked at for each."""
    paper = read(f"<p>một{between * 60_000}hai</p>")
    assert paper.text.split() in (["một", "hai"], ["mộthai"])
    assert len(paper.blocks[0].html) < 60


def test_the_real_page_reads_well(shared: Path) -> None:
    for path in sorted((shared / "data" / "files").glob("html_*.html")):
        paper = web.read(path, path.name, options=Options())
        assert lines(paper)[0].startswith("Đề mục")
        assert "Chương I" in lines(paper)
        assert sum(line.startswith("Điều ") for line in lines(paper)) > 20
        assert "Xem Danh mục văn bản pháp điển" not in paper.text
        assert html(paper)[0].startswith("<h2>")
