"""References in running text: what is certain is found, what is not certain is left."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.notices.data import body_of_text
from portal.notices.references import Own, Target, find_references, law_key, linked, rows_of


def told(text):
    """Words, number or law, parts of each reference."""
    return [(text[r.start : r.end], r.number or r.title, r.articles) for r in find_references(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("theo số 42/2022/NĐ-CP về", "42/2022/NĐ-CP"),
        ("theo Nghị định số 42/2022/NĐ-CP ngày 24 tháng 6 năm 2022 của Chính phủ", "42/2022/NĐ-CP"),
        ("theo Nghị định 42/2022/NĐ-CP", "42/2022/NĐ-CP"),
        ("theo Luật Đất đai số 31/2024/QH15", "31/2024/QH15"),
        ("theo Thông tư liên tịch số 07/2016/TTLT-BTC-BYT", "07/2016/TTLT-BTC-BYT"),
        ("theo Quyết định số 15/QĐ-TTg ngày 01/02/2010", "15/QĐ-TTg"),
        ("theo công văn số 7816/VPCP-TTĐT", "7816/VPCP-TTĐT"),
        ("theo Nghị quyết số 57-NQ/TW", "57-NQ/TW"),
    ],
)
def test_a_number_is_a_reference_with_its_type_or_its_year(text, number):
    assert [r.number for r in find_references(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "lập phiếu theo mẫu số 02/PGH",
        "tờ khai 50/KH",
        "quy chuẩn QCVN 41:2016/BGTVT",
        "tăng 5/7/2014 so với kế hoạch",
        "tốc độ 60 km/h, tỷ lệ 1/2000",
    ],
)
def test_what_only_looks_like_a_number_is_none(text):
    assert find_references(text) == []


def test_each_of_several_numbers_is_one_reference():
    text = "bãi bỏ các Nghị định số: 12/2010/NĐ-CP, 13/2011/NĐ-CP và Quyết định số 5/QĐ-TTg, 6/QĐ-TTg."
    found = find_references(text)
    assert [r.number for r in found] == ["12/2010/NĐ-CP", "13/2011/NĐ-CP", "5/QĐ-TTg", "6/QĐ-TTg"]
    assert [r.type for r in found] == ["Nghị định", "Nghị định", "Quyết định", "Quyết định"]


@pytest.mark.parametrize(
    ("text", "type_", "title", "year"),
    [
        ("Căn cứ Luật Đất đai năm 2013;", "Luật", "Đất đai", 2013),
        ("Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013;", "Luật", "Đất đai", 2013),
        ("Căn cứ Bộ luật Dân sự năm 2015;", "Bộ luật", "Dân sự", 2015),
        ("theo Bộ luật Lao động 2019,", "Bộ luật", "Lao động", 2019),
        ("Căn cứ Hiến pháp năm 2013;", "Hiến pháp", "", 2013),
        ("theo Luật Luật sư năm 2006", "Luật", "Luật sư", 2006),
        ("theo Luật Phòng, chống tác hại của rượu, bia năm 2019", "Luật", "Phòng, chống tác hại của rượu, bia", 2019),
    ],
)
def test_a_law_is_known_by_name_and_year(text, type_, title, year):
    [found] = find_references(text)
    assert (found.type, found.title, found.year) == (type_, title, year)


def test_the_year_of_one_law_is_not_given_to_another():
    assert [r.title for r in find_references("Luật Nhà ở và Luật Đất đai năm 2013")] == ["Đất đai"]


def test_a_law_that_amends_another_is_itself_meant():
    [found] = find_references("theo Luật sửa đổi, bổ sung một số điều của Luật Nhà ở năm 2020")
    assert found.title == "sửa đổi, bổ sung một số điều của Luật Nhà ở"


@pytest.mark.parametrize(
    ("text", "words", "anchor"),
    [
        ("theo Điều 5 Nghị định này.", "Điều 5 Nghị định này", "dieu-5"),
        ("theo khoản 2 Điều 5 của Luật này.", "khoản 2 Điều 5 của Luật này", "dieu-5-khoan-2"),
        ("theo khoản 2 và khoản 3 Điều 5 của Luật này.", "khoản 2 và khoản 3 Điều 5 của Luật này", "dieu-5"),
        ("theo điểm đ khoản 1 Điều 7 Thông tư này", "điểm đ khoản 1 Điều 7 Thông tư này", "dieu-7-khoan-1-diem-dd"),
        ("theo điểm a, b khoản 1 Điều 7.", "điểm a, b khoản 1 Điều 7", "dieu-7-khoan-1"),
        ("theo Chương II Luật này", "Chương II Luật này", "chuong-2"),
        ("theo Mục 2 Chương III Luật này", "Mục 2 Chương III Luật này", "chuong-3-muc-2"),
        (
            "theo Phụ lục I ban hành kèm theo Nghị định này",
            "Phụ lục I ban hành kèm theo Nghị định này",
            "phu-luc-1",
        ),
    ],
)
def test_parts_of_the_document_itself(text, words, anchor):
    [found] = find_references(text)
    assert (text[found.start : found.end], found.articles, found.own) == (words, (anchor,), Own.DOCUMENT)


def test_parts_of_this_article_and_this_clause():
    one, two = find_references("theo khoản 1 Điều này và điểm b khoản này.")
    assert (one.own, one.articles) == (Own.ARTICLE, ("khoan-1",))
    assert (two.own, two.articles) == (Own.CLAUSE, ("diem-b",))


def test_articles_of_another_document_are_parts_of_it():
    assert told("theo Điều 3 và khoản 1 Điều 7 của Nghị định số 45/2020/NĐ-CP.") == [
        ("Điều 3", "45/2020/NĐ-CP", ("dieu-3",)),
        ("khoản 1 Điều 7 của Nghị định số 45/2020/NĐ-CP", "45/2020/NĐ-CP", ("dieu-7-khoan-1",)),
    ]


def test_an_article_of_a_statute_issued_with_a_document_is_not_one_of_the_document():
    [found] = find_references("theo Điều 3 ban hành kèm theo Quyết định số 12/2010/QĐ-TTg")
    assert (found.number, found.articles) == ("12/2010/QĐ-TTg", ())


@pytest.mark.parametrize(
    "text",
    [
        "theo khoản 1 Điều 70 của Luật Bảo hiểm xã hội.",
        "theo Điều 104 Luật Quản lý thuế; dịch vụ tại khoản 2 Điều 104.",
        "Sửa đổi khoản 2 Điều 5 như sau:",
        "1. Bãi bỏ Điều 12.",
        "Điều 1. Sửa đổi, bổ sung một số điều\n1. Điều 5.",
        "Điều 5. Phạm vi điều chỉnh",
        "theo khoản 2 của hợp đồng",
        "trong 5 điều, 7 khoản",
    ],
)
def test_a_part_of_an_unnamed_or_amended_document_is_no_reference(text):
    assert find_references(text) == []


@pytest.mark.parametrize("signs", [("“", "”"), ('"', '"')])
def test_a_quotation_never_means_the_document_itself(signs):
    opening, closing = signs
    quoted = f"{opening}Điều 5. Phạm vi\n1. Theo Điều 7 Nghị định này.{closing}"
    text = f"1. Sửa Điều 5 như sau:\n{quoted}\n2. Theo Điều 8 Nghị định này."
    assert [words for words, _name, _parts in told(text)] == ["Điều 8 Nghị định này"]


def test_a_quotation_still_names_other_documents():
    assert [r.number for r in find_references("“theo Nghị định số 1/2020/NĐ-CP”")] == ["1/2020/NĐ-CP"]


@given(st.text(st.sampled_from("Điều khoản điểm 5 a 12/2020/NĐ-CP số Luật này năm 2013 “”\n,.;Chương IVPhụ lục")))
def test_references_stand_in_order_and_apart(text):
    found = find_references(text)
    assert all(0 <= r.start < r.end <= len(text) for r in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize("unit", ["1/2020/", "12/2020/NĐ-CP, ", "Điều 5, ", "Luật sửa đổi ", "“\n", "/A", "điểm a, "])
def test_a_text_of_nothing_but_beginnings_is_read_to_its_end(unit):
    """Each of these would never end where a search went back over what it had read."""
    text = unit * (200_000 // len(unit))
    assert all(reference.end <= len(text) for reference in find_references(text))


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Đất đai", "luat dat dai|2013"),
        ("Luật Đất đai", "luat dat dai|2013"),
        ("LUẬT ĐẤT ĐAI", "luat dat dai|2013"),
        ("Luật Đất đai (sửa đổi)", "luat dat dai|2013"),
        ("Phòng, chống ma túy", "luat phong chong ma tuy|2013"),
        ("Phòng chống ma tuý", "luat phong chong ma tuy|2013"),
    ],
)
def test_a_law_has_one_key_in_all_spellings(title, key):
    assert law_key("luat", title, 2013) == key


def test_what_is_no_law_has_no_law_key():
    assert law_key("nghi-dinh", "Về đất đai", 2013) is None
    assert law_key("luat", "Đất đai", None) is None


# ----- rows


def test_a_target_is_stored_once_with_its_parts():
    body = body_of_text("Điều 1. Theo Nghị định số 1/2020/NĐ-CP.\nĐiều 2. Theo Điều 3, Điều 5 Nghị định 01/2020/NĐ-CP.")
    [row] = rows_of(str(body))
    assert (row.key, row.type, row.articles) == ("number:1/2020/nd-cp", "nghi-dinh", "dieu-3 dieu-5")


def test_the_document_does_not_cite_itself():
    assert rows_of("<p>Kèm theo Nghị định số 1/2020/NĐ-CP</p>", own_number="01/2020/NĐ-CP") == ()


def test_a_day_that_one_mention_tells_holds_for_the_others():
    [row] = rows_of("<p>Quyết định số 5/QĐ-TTg ngày 01/02/2010; theo Quyết định số 5/QĐ-TTg.</p>")
    assert row.issued_on == date(2010, 2, 1)


# ----- links


def target(number=None, *, law=None, type_="nghi-dinh", on=None, path="/van-ban/dich", anchors=()):
    return Target(number, law, type_, on, path, frozenset(anchors))


def links(html, known, **kw):
    """The links of a body, as (address, words)."""
    page = linked(html, lambda keys: {key: known[key] for key in keys if key in known}, **kw)
    plain = re.sub(r'<a class="portal-doc-ref" [^>]*>(.*?)</a>', r"\1", page.html)
    assert plain == html, "the words stay"
    return re.findall(r'<a class="portal-doc-ref" href="([^"]*)">(.*?)</a>', page.html)


def test_a_known_target_is_a_link_and_an_unknown_one_stays_text():
    html = "<p>Nghị định số 1/2020/NĐ-CP và Nghị định số 2/2020/NĐ-CP</p>"
    assert links(html, {"number:1/2020/nd-cp": [target()]}) == [("/van-ban/dich", "Nghị định số 1/2020/NĐ-CP")]


def test_a_link_leads_to_the_article_where_the_target_has_it():
    known = {"number:1/2020/nd-cp": [target(anchors=["dieu-3"])]}
    html = "<p>Điều 3 Nghị định số 1/2020/NĐ-CP</p>\n<p>Điều 9 Nghị định số 1/2020/NĐ-CP</p>"
    assert [href for href, _words in links(html, known, prefix="/en")] == [
        "/en/van-ban/dich#dieu-3",
        "/en/van-ban/dich",
    ]


def test_an_ambiguous_target_is_no_link():
    assert links("<p>Nghị định số 1/2020/NĐ-CP</p>", {"number:1/2020/nd-cp": [target(), target(path="/b")]}) == []


def test_a_law_and_a_resolution_of_one_number_are_told_apart():
    known = {"number:41/2017/qh14": [target(type_="nghi-quyet", path="/nq"), target(type_="luat", path="/luat")]}
    assert links("<p>Nghị quyết số 41/2017/QH14; Luật số 41/2017/QH14</p>", known) == [
        ("/nq", "Nghị quyết số 41/2017/QH14"),
        ("/luat", "Luật số 41/2017/QH14"),
    ]


@pytest.mark.parametrize("number", ["5/QĐ-TTg", "5/2010/QĐ-UBND"])
def test_a_number_that_comes_every_year_or_in_every_province_needs_its_day(number):
    key = "number:" + number.lower().replace("đ", "d")
    known = {key: [target(type_="quyet-dinh", on=date(2010, 2, 1))]}
    assert links(f"<p>Quyết định số {number}</p>", known) == []
    assert links(f"<p>Quyết định số {number} ngày 02/02/2010</p>", known) == []
    assert len(links(f"<p>Quyết định số {number} ngày 01/02/2010</p>", known)) == 1


def own_links(text, **kw):
    return links(str(body_of_text(text)), {}, **kw)


def test_own_references_lead_inside_the_page_as_near_as_anchors_are():
    first = "Điều 1. Một\n1. Theo khoản 2 Điều này và điểm c khoản 9 Điều 2 Luật này.\n2. Hai."
    text = f"{first}\nĐiều 2. Theo Điều 8 Luật này."
    assert own_links(text, type_="luat") == [
        ("#dieu-1-khoan-2", "khoản 2 Điều này"),
        ("#dieu-2", "điểm c khoản 9 Điều 2 Luật này"),
    ]


def test_words_that_mean_another_kind_of_document_do_not_lead_to_this_one():
    assert own_links("Điều 1. Một.\nĐiều 2. Theo Điều 1 Luật này.", type_="thong-tu") == []


def test_an_article_that_stands_twice_is_no_target():
    statute = "Chương I\nĐiều 1. Phạm vi.\nĐiều 3. Theo Điều 1 Quy chế này; Điều 2 Quy chế này."
    text = f"Điều 1. Ban hành quy chế.\nĐiều 2. Thi hành.\n{statute}"
    assert own_links(text, type_="quyet-dinh") == [("#dieu-2", "Điều 2 Quy chế này")]


def test_existing_links_and_marks_are_left_alone():
    html = '<p><a href="/x">Nghị định số 1/2020/NĐ-CP</a> và Nghị định <strong>số 1/2020/NĐ-CP</strong></p>'
    assert links(html, {"number:1/2020/nd-cp": [target()]}) == []
    assert 'href="/x"' in linked(html, lambda keys: {}).html


def test_the_page_depends_on_all_that_it_cites_known_or_not():
    page = linked("<p>Nghị định số 1/2020/NĐ-CP; Luật Đất đai năm 2013; Điều 5 Luật này</p>", lambda keys: {})
    assert page.keys == {"number:1/2020/nd-cp", "law:luat dat dai|2013"}
