"""Foreign HTML becomes the small safe alphabet of stored bodies (B8)."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from portal.notices.body import clean_html, plain_text

WORD_LIST = """
<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span><span style='mso-list:Ignore'>·<span style='font:7.0pt'>&nbsp;&nbsp; </span></span></span>
<![endif]>Một</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Hai</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>3.</span>Ba</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>4.</span><b>Bốn</b></p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><span style='mso-list:Ignore'>đ)</span>Năm</p>
"""

PIECES = [
    *("<p>", "</p>", "<b>", "</b>", "<i>", "<div>", "</div>", "<ul>", "<li>", "</ul>", "<ol start=3>", "<br>", "<h1>"),
    *("<table>", "<tr>", "<td>", "</table>", "<th scope=col colspan=2>", "<caption>", "</h1>", "<h5>", "<blockquote>"),
    *("<script>", "</script>", "<style>", "<svg onload=x>", "<math>", "<iframe src=x>", "<img src=x onerror=y>"),
    *("<a href='javascript:x'>", "<a href='//x' onclick=y>", "</a>", "<span style='font-weight:bold'>", "</span>"),
    *(
        "<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>1.</span>",
        "<o:p>",
        "&nbsp;",
        "&lt;",
        "<!--",
        "-->",
    ),
    *("]]>", "chữ", " ", "a\u0302\u0301", "\x00", "“", "<"),
]
soup = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
ALPHABET = {
    "h2",
    "h3",
    "h4",
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "br",
    "a",
    "strong",
    "em",
    "sup",
    "sub",
    "del",
    "ins",
}
ALPHABET |= {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}


@given(soup | st.text())
def test_cleaned_html_holds_nothing_but_the_alphabet(dirty: str) -> None:
    root = lxml_html.fragment_fromstring(clean_html(dirty), create_parent="div")
    for element in root.iterdescendants():
        assert element.tag in ALPHABET
        assert set(element.attrib) <= {"href", "start", "scope", "colspan", "rowspan"}
        assert not re.match(r"\s*(?:javascript|data|vbscript):", element.get("href", ""), re.IGNORECASE)


@given(soup)
def test_cleaning_twice_changes_nothing(dirty: str) -> None:
    once = clean_html(dirty)
    assert clean_html(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_words_debris_is_gone() -> None:
    dirty = "<div class=WordSection1><p class=MsoNormal style='x'>A&nbsp;&nbsp; B<o:p></o:p></p><p>&nbsp;</p></div>"
    assert clean_html(dirty) == "<p>A B</p>"


def test_words_lists_become_real_ones_and_vietnamese_letters_stay() -> None:
    made = clean_html(WORD_LIST).replace("\n", "")
    assert made == (
        '<ul><li>Một</li><li>Hai</li></ul><ol start="3"><li>Ba</li><li><strong>Bốn</strong></li></ol><p>đ) Năm</p>'
    )


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<h1>A</h1><h5>B</h5>", "<h2>A</h2>\n<h4>B</h4>"),
        ("chữ<br><br>", "<p>chữ</p>"),
        ("<b>a</b><i>b</i><s>c</s>", "<p><strong>a</strong><em>b</em><del>c</del></p>"),
        ("<p><span style='font-weight:700'>a</span></p>", "<p><strong>a</strong></p>"),
        ("<b style='font-weight:normal'><p>a</p></b>", "<p>a</p>"),
        ("<p>a<strong> </strong>b</p>", "<p>a b</p>"),
        ("<div>một<div>hai</div></div>", "<p>một</p>\n<p>hai</p>"),
        ("<a href='/van-ban/1' class=x>a</a>", '<p><a href="/van-ban/1">a</a></p>'),
        ("<a href='javascript:alert(1)'>a</a>", "<p>a</p>"),
        ("<a href='#_ftn1'>1</a>", "<p>1</p>"),
        ("<p>a<img src=x onerror=alert(1)></p>", "<p>a</p>"),
        ("<script>alert(1)</script><style>p{}</style>", ""),
        ("<ul><li><p>a</p></li><ul><li>b</li></ul></ul>", "<ul><li>a\n<ul><li>b</li></ul></li></ul>"),
        ("", ""),
    ],
)
def test_what_becomes_of_foreign_marks(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean


def test_tables_keep_caption_heads_and_spans() -> None:
    dirty = (
        "<table border=1><caption>Biểu 1</caption><tr><th scope=col colspan=2 style=x>A</th></tr>"
        "<tr><td rowspan=1><p>x</p></td><td>y</td></tr></table>"
    )
    assert clean_html(dirty) == (
        '<table><caption>Biểu 1</caption><tbody><tr><th colspan="2" scope="col">A</th></tr>'
        "<tr><td>x</td><td>y</td></tr></tbody></table>"
    )


def test_very_deep_nesting_is_flattened_not_failed_on() -> None:
    assert clean_html("<div>" * 5000 + "sâu" + "</div>" * 5000) == "<p>sâu</p>"
    assert clean_html("<b>" * 5000 + "sâu").endswith("</p>")


PICTURE = f"/tep/{'0a' * 32}/so%20do.png"
NOTES = '<aside class="portal-doc-notes"><ol><li id="chu-thich-1">Một <em>hai</em></li></ol></aside>'


def test_pictures_of_the_portal_stay_with_what_they_show() -> None:
    html = f'<p>Xem <img src="{PICTURE}" alt="Sơ đồ &quot;A&quot;"></p>'

    assert clean_html(html) == html
    assert (
        clean_html(f'<img src="{PICTURE}" onerror="x()" style="width:9px">') == f'<p><img src="{PICTURE}" alt=""></p>'
    )


@pytest.mark.parametrize(
    "source",
    ["https://x.example/a.png", "//x.example/a.png", "data:image/png;base64,AA", "/tep/123/a.png", "javascript:x", ""],
    ids=str,
)
def test_pictures_from_elsewhere_go(source: str) -> None:
    assert clean_html(f'<p>Chữ<img src="{source}" alt="x"></p>') == "<p>Chữ</p>"


def test_footnotes_stand_at_the_end_and_lead_back() -> None:
    html = f'{NOTES}<p>Câu<sup><a href="#chu-thich-1">1</a></sup> và<sup><a href="#chu-thich-1">1</a></sup></p>'
    cleaned = clean_html(html)

    first = '<a href="#chu-thich-1" id="goi-chu-thich-1">1</a>'
    again = '<a href="#chu-thich-1">1</a>'
    assert cleaned == f"<p>Câu<sup>{first}</sup> và<sup>{again}</sup></p>\n{NOTES}"
    assert clean_html(cleaned) == cleaned
    assert plain_text(cleaned) == "Câu và\nMột hai"


def test_a_reference_without_its_note_is_no_link() -> None:
    assert clean_html('<p>Câu<sup><a href="#chu-thich-7">7</a></sup></p>') == "<p>Câu<sup>7</sup></p>"


def test_what_nests_without_end_keeps_its_words() -> None:
    assert clean_html("<div>" * 50_000 + "<b>Chữ</b> &lt;i&gt;") == "<p>Chữ &lt;i&gt;</p>"


def test_paragraphs_that_nobody_closed_do_not_nest() -> None:
    assert clean_html("<p>a" * 500).count("<p>a</p>") == 500
