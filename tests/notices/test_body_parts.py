"""Anchors and the table of contents."""

from hypothesis import given
from hypothesis import strategies as st

from portal.notices.body import Kind, clean_html, parts, text_to_html

LAW = """Chương I
CHUNG
Điều 1. Phạm vi
1. Một.
2. Hai:
a) Điểm a;
d) Điểm d;
đ) Điểm đ.
Chương II. RIÊNG
Mục 1. THẺ
Điều 2. Thẻ
1. Một.
PHỤ LỤC I
Điều 1. Mẫu thẻ
"""


def anchors(text: str) -> list[str]:
    return [part.anchor for part in parts(clean_html(text_to_html(text)))[1]]


def test_anchors_follow_the_numbers() -> None:
    assert anchors(LAW) == [
        "chuong-1",
        "dieu-1",
        "dieu-1-khoan-1",
        "dieu-1-khoan-2",
        "dieu-1-khoan-2-diem-a",
        "dieu-1-khoan-2-diem-d",
        "dieu-1-khoan-2-diem-dd",
        "chuong-2",
        "chuong-2-muc-1",
        "dieu-2",
        "dieu-2-khoan-1",
        "phu-luc-1",
        "phu-luc-1-dieu-1",
    ]


def test_every_anchor_stands_in_the_page() -> None:
    page, found = parts(clean_html(text_to_html(LAW)))
    for part in found:
        assert f' id="{part.anchor}" class="portal-doc-{part.kind}"' in page


def test_parts_tell_label_heading_and_depth() -> None:
    _page, found = parts(clean_html(text_to_html(LAW)))
    chapter, article, clause = found[0], found[1], found[2]
    assert (chapter.label, chapter.heading, chapter.level) == ("Chương I", "CHUNG", 1)
    assert (article.label, article.heading, article.level) == ("Điều 1", "Phạm vi", 2)
    assert (clause.kind, clause.label, clause.heading, clause.level) == (Kind.CLAUSE, "1", "Một.", 3)


def test_numbers_outside_articles_are_conclusions() -> None:
    text = "Thủ trưởng kết luận:\n1. Giao phòng A:\na) Việc một;\n2. Giao phòng B."
    assert anchors(text) == ["ket-luan-1", "ket-luan-1-diem-a", "ket-luan-2"]


def test_items_of_a_numbered_list_are_conclusions_too() -> None:
    page, found = parts('<ol start="3"><li>Ba</li><li>Bốn<ul><li>x</li></ul></li></ol>')
    assert [part.anchor for part in found] == ["ket-luan-3", "ket-luan-4"]
    assert [part.heading for part in found] == ["Ba", "Bốn"]
    assert '<li id="ket-luan-4"' in page


def test_a_number_that_comes_again_gets_its_own_anchor() -> None:
    text = "Điều 1. Ban hành\nQUY CHẾ\nĐiều 1. Phạm vi\n1. Một.\nĐiều 1. Lại nữa"
    assert anchors(text) == ["dieu-1", "dieu-1-lan-2", "dieu-1-lan-2-khoan-1", "dieu-1-lan-3"]


def test_what_is_quoted_from_another_text_is_no_part() -> None:
    text = "Điều 1. Sửa đổi\n1. Sửa khoản 3 như sau:\n“3. Mới.\n4. Mới nữa.”\n2. Bỏ khoản 5."
    assert anchors(text) == ["dieu-1", "dieu-1-khoan-1", "dieu-1-khoan-2"]


def test_numbers_in_tables_are_no_parts() -> None:
    assert parts("<table><tbody><tr><td><p>1. Một</p><p>x</p></td></tr></tbody></table>")[1] == []


def test_mentions_and_amounts_are_no_parts() -> None:
    assert (
        anchors("Điều 5 của Luật này quy định khác.\n1.000 đồng mỗi trang.\nChương trình đọc sách.\nMục tiêu chung.")
        == []
    )


texts = st.lists(
    st.sampled_from(
        [*LAW.splitlines(), "Chữ thường.", "“Điều 9. Trích”", "- Gạch đầu dòng", "1.1. Nhỏ", "II. PHẦN HAI"]
    ),
    max_size=25,
).map("\n".join)


@given(texts)
def test_anchors_are_unique_and_parting_twice_changes_nothing(text: str) -> None:
    page, found = parts(clean_html(text_to_html(text)))
    assert len({part.anchor for part in found}) == len(found)
    assert parts(page) == (page, found)
    assert parts(clean_html(page)) == (page, found)


def test_nothing_has_no_parts() -> None:
    assert parts("") == ("", [])
