"""Plain text becomes HTML without losing a word (C, A3-4 e)."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from portal.notices.body import clean_html, plain_text, text_to_html

LAW = """Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Quy chế này nói về việc cho mượn sách:
a) Sách giấy;
b) Sách điện tử.
2. Không áp dụng cho:
- Báo ngày;
- Tạp chí, gồm:
+ Tạp chí tuần;
+ Tạp chí tháng.
Mục 1. THẺ
Điều 2. Thẻ bạn đọc được cấp miễn phí cho mọi người có nhu cầu và nộp đủ giấy tờ.
"""


def test_chapters_sections_and_articles_are_headings_by_their_nesting() -> None:
    made = text_to_html(LAW)
    assert "<h2>Chương I<br>NHỮNG QUY ĐỊNH CHUNG</h2>" in made
    assert "<h3>Điều 1. Phạm vi điều chỉnh</h3>" in made
    assert "<h3>Mục 1. THẺ</h3>" in made


def test_an_article_that_is_a_sentence_stays_a_paragraph() -> None:
    assert "<p>Điều 2. Thẻ bạn đọc được cấp miễn phí" in text_to_html(LAW)


def test_clauses_and_points_keep_their_literal_numbers() -> None:
    made = text_to_html(LAW)
    assert "<p>1. Quy chế này nói về việc cho mượn sách:</p>" in made
    assert "<p>a) Sách giấy;</p>" in made


def test_dashes_become_lists_with_the_second_level_inside() -> None:
    made = text_to_html(LAW).replace("\n", "")
    assert (
        "<ul><li>Báo ngày;</li><li>Tạp chí, gồm:<ul><li>Tạp chí tuần;</li><li>Tạp chí tháng.</li></ul></li></ul>"
        in made
    )


def test_without_chapters_articles_come_directly_under_the_title() -> None:
    assert text_to_html("Điều 1. Tên gọi\nThư viện Mẫu.").startswith("<h2>Điều 1. Tên gọi</h2>")


def test_wrapped_lines_are_joined_and_numbers_on_one_line_are_parted() -> None:
    assert text_to_html("Thư viện mở cửa\ncả tuần.") == "<p>Thư viện mở cửa cả tuần.</p>"
    made = text_to_html("Điều 1. Thư viện mở cửa cả tuần. Điều 2. Bạn đọc có nghĩa vụ: 1. Giữ sách; 2. Trả sách.")
    assert re.findall(r"<p>(\S+ ?\d?)", made) == ["Điều 1", "Điều 2", "1. ", "2. "]


def test_a_number_that_does_not_follow_is_no_new_part() -> None:
    text = "Điều 1. Áp dụng các quy định. Điều 9. của quy chế cũ không còn dùng; 5. Trang bìa."
    assert text_to_html(text).count("<p>") == 1


def test_everything_is_escaped() -> None:
    assert text_to_html("1 < 2 & <script>x</script>") == "<p>1 &lt; 2 &amp; &lt;script&gt;x&lt;/script&gt;</p>"


words = st.text(alphabet="aăđếỌ 19.;:)-+“”<>&\nĐiềuChương", max_size=300)


@given(words)
def test_no_character_but_list_signs_and_white_space_is_lost(text: str) -> None:
    left = html.unescape(re.sub(r"<[^<>]+>", "", text_to_html(text)))
    signs = re.compile(r"[\s\-+]")
    assert signs.sub("", left) == signs.sub("", text)


@given(words)
def test_made_html_is_already_clean(text: str) -> None:
    made = text_to_html(text)
    assert clean_html(made).replace("\n", "") == made.replace("\n", "")


def test_html_becomes_plain_text_again_line_by_line() -> None:
    table = "<table><tbody><tr><td>x</td><td>y</td></tr></tbody></table>"
    page = f"<h2>Điều 1<br>Tên</h2><p>A &amp; B</p><ul><li>một</li></ul>{table}"
    assert plain_text(page) == "Điều 1\nTên\nA & B\nmột\nx\ty"
