"""What the paragraphs of a read file become: the structure of a body, with everything that they carry."""

import re

import pytest

from portal.notices import data as record
from portal.notices.body import text_to_html
from portal.notices.body.fromhtml import structured, with_pictures

TEXT = """Chương I
QUY ĐỊNH CHUNG
Mục 1. PHẠM VI
Điều 1. Phạm vi điều chỉnh
1. Khoản một.
a) Điểm a;
- Gạch một;
- Gạch hai.
Điều 2. Điều này là cả một câu dài và kết thúc bằng dấu chấm.
Chương II
TỔ CHỨC THỰC HIỆN
Điều 3. Hiệu lực"""


def paragraphs(text=TEXT, mark="{}"):
    return "\n".join(f"<p>{mark.format(line)}</p>" for line in text.split("\n"))


def test_plain_paragraphs_get_the_structure_that_plain_text_gets():
    assert record.clean({"body": structured(paragraphs())})["body"] == record.body_of_text(TEXT)
    assert "<h3>" in text_to_html(TEXT)


def test_a_heading_is_bold_by_itself_and_keeps_its_other_marks():
    html = structured("<p><strong>Điều 1. Về <em>Công báo</em><sup>1</sup></strong></p>")
    assert html == "<h2>Điều 1. Về <em>Công báo</em><sup>1</sup></h2>"


def test_marks_lists_tables_notes_and_pictures_stay_as_they_are():
    kept = (
        "<p>1. Một <strong>hai</strong> <del>ba</del></p>\n"
        '<ol start="3"><li>mục</li></ol>\n'
        '<table><tbody><tr><td colspan="2">ô</td></tr></tbody></table>\n'
        '<p><img src="/tep/x/a.png" alt="hình"></p>\n'
        '<aside class="portal-doc-notes"><ol><li id="chu-thich-1">chú</li></ol></aside>'
    )
    assert structured(kept) == kept


@pytest.mark.parametrize("mark", ["{}", "<strong>{}</strong>", "<em>{}</em>"])
def test_no_word_is_added_dropped_or_moved(mark):
    words = re.sub(r"<[^>]+>|\s|^- ", " ", structured(paragraphs(mark=mark))).split()
    assert words == TEXT.replace("\n- ", "\n").split()


def test_pictures_get_the_address_where_they_are_kept_and_others_go():
    html = '<p><img src="hinh:a.png" alt="A"> và <img src="hinh:b.png" alt="B"></p>'
    assert with_pictures(html, {"a.png": "/tep/1/a.png"}) == '<p><img src="/tep/1/a.png" alt="A"> và </p>'


@pytest.mark.parametrize("html", ["", "   ", "<p></p>", "chữ trần", "<p>a<b>c", "<p>\x00-</p>", "<p>-</p><p>- </p>"])
def test_odd_input_is_no_reason_to_fail(html):
    assert isinstance(structured(html), str)
