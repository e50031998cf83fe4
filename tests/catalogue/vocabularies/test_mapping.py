"""From fields and names of the national database to events, and from names of applicants to audiences."""

import gzip
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue.vocabularies import mapping
from portal.catalogue.vocabularies.files import BadVocabularies, terms_in
from portal.catalogue.vocabularies.mapping import CONTENT, audiences_for, events_for

TERMS = {term.slug: term.vocabulary for term in terms_in(CONTENT)}


@pytest.fixture(scope="module")
def rows(shared):
    with gzip.open(shared / "data" / "procedures" / "procedures.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    ("field", "name", "events"),
    [
        ("Hộ tịch", "Thủ tục đăng ký khai sinh", ["sinh-con"]),
        ("Hộ tịch", "Đăng ký lại kết hôn có yếu tố nước ngoài", ["ket-hon"]),
        ("Hộ tịch", "Đăng ký khai tử lưu động", ["nguoi-than-qua-doi"]),
        ("Hộ tịch", "Cấp bản sao trích lục", ["cu-tru"]),
        ("HỘ TỊCH", "đăng ký KHAI SINH", ["sinh-con"]),
        ("Hải quan", "Tạm ngừng đại lý", ["cham-dut-kinh-doanh", "xuat-nhap-khau"]),
        ("Thú y", "Kiểm dịch động vật nhập khẩu", ["nong-nghiep", "xuat-nhap-khau"]),
        ("Chuyện lạ", "Cấp hộ chiếu phổ thông", ["xuat-nhap-canh"]),
        ("Chuyện lạ", "Không giống gì", []),
        (None, "", []),
    ],
)
def test_field_and_name_say_the_events(field, name, events):
    assert events_for(field, name) == events


def test_words_count_whole_and_with_their_accents():
    assert events_for("Hộ tịch", "Công khai từ ngày mai") == ["cu-tru"], "“khai từ” is not “khai tử”"
    assert "suc-khoe" not in events_for(None, "thẻ bảo hiểm y tếch")


def test_enterprises_alone_have_no_events_of_lives_and_people_alone_none_of_business():
    land = ("Đất đai", "Cấp đổi giấy chứng nhận")
    assert events_for(*land) == ["dat-dai-xay-dung", "nha-dat"]
    assert events_for(*land, ["doanh-nghiep", "to-chuc"]) == ["dat-dai-xay-dung"]
    assert events_for(*land, ["cong-dan"]) == ["nha-dat"]
    assert events_for(*land, ["cong-dan", "doanh-nghiep"]) == ["dat-dai-xay-dung", "nha-dat"]
    assert events_for("Thuế", "Khai thuế", ["cong-dan"]) == ["thue"], "nothing else is left"


@pytest.mark.parametrize(
    ("applicants", "audiences"),
    [
        (["Cán bộ", "công chức", "viên chức"], ["can-bo"]),
        (["Tổ chức (không bao gồm doanh nghiệp", "HTX)"], ["to-chuc"]),
        (["Tổ chức (không bao gồm doanh nghiệp, HTX)", "Doanh nghiệp"], ["doanh-nghiep", "to-chuc"]),
        (["Tổ chức nước ngoài"], ["to-chuc-nuoc-ngoai"]),
        (["Người nước ngoài, Đảng viên"], ["nguoi-nuoc-ngoai", "to-chuc-dang"]),
        ("Hợp tác xã; Công dân Việt Nam", ["cong-dan", "hop-tac-xa"]),
        (["Người ngoài hành tinh"], []),
        (None, []),
    ],
)
def test_applicants_are_audiences(applicants, audiences):
    assert audiences_for(applicants) == audiences


def test_every_slug_of_the_rules_is_a_word():
    rules = mapping.of(CONTENT)
    assert rules.slugs() <= TERMS.keys()
    for rule in rules.words:
        assert all(TERMS[slug] != "audience" for slug in rule.events)
    assert set(mapping.PEOPLE) <= {slug for slug, vocabulary in TERMS.items() if vocabulary == "audience"}


@given(st.text(max_size=80), st.text(max_size=200), st.lists(st.sampled_from(sorted(TERMS))))
def test_any_text_gives_known_words_in_order(field, name, audiences):
    found = events_for(field, name, audiences)
    assert found == sorted(set(found))
    assert all(TERMS[slug] != "audience" for slug in found)
    assert all(TERMS[slug] == "audience" for slug in audiences_for([name, field]))


def test_every_applicant_of_the_national_database_is_somebody(rows):
    kinds = {tuple(row["applicants"]) for row in rows}
    assert len(kinds) > 100
    assert [kind for kind in kinds if not audiences_for(kind)] == []
    alone = {name for kind in kinds for name in kind} - {"HTX)", "Tổ chức (không bao gồm doanh nghiệp"}
    assert [name for name in alone if not audiences_for([name])] == []


def test_nearly_every_procedure_has_an_event_and_none_has_many(rows):
    events = [events_for(row["field"], row["name"], audiences_for(row["applicants"])) for row in rows]
    assert len(events) == 1416
    assert sum(map(bool, events)) >= 0.9 * len(events)
    assert sum(len(found) > 3 for found in events) <= 0.01 * len(events)
    used = {slug for found in events for slug in found}
    assert {slug for slug, vocabulary in TERMS.items() if vocabulary != "audience"} - used == set()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[fields]]\nevents = ['a']\n", "fields[1].names"),
        ("[[words]]\nevents = ['a']\n", "words[1].any"),
        ("[[words]]\nany = ['a']\nevents = 'b'\n", "words[1].events"),
        ("[[audiences]]\nslug = 'a'\n", "audiences[1].applicants"),
        ("fields = 3\n", "fields"),
        ("[[fields", "fields"),
    ],
)
def test_a_file_with_a_mistake_says_where(tmp_path, text, place):
    path = tmp_path / mapping.FILE
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadVocabularies) as refused:
        events_for("a", "b", content=tmp_path)
    assert place in refused.value.message.interpolate() or "[[fields" in text


def test_without_the_file_nothing_is_known(tmp_path):
    assert events_for("Hộ tịch", "Đăng ký khai sinh", content=tmp_path) == []
    assert audiences_for(["Doanh nghiệp"], content=tmp_path) == []


def test_a_changed_file_is_read_again(tmp_path):
    path = tmp_path / mapping.FILE
    path.parent.mkdir()
    path.write_text('[[words]]\nany = ["một"]\nevents = ["a"]\n', encoding="utf-8")
    assert events_for(None, "một hai", content=tmp_path) == ["a"]
    path.write_text('[[words]]\nany = ["hai"]\nevents = ["b"]\n', encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert events_for(None, "một hai", content=tmp_path) == ["b"]
