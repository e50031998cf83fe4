"""Addresses (C-12) and alphabetical order (C-10, E9)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import fold, free_slug, name_sort_key, slug, sort_key


@given(st.text(), st.integers(min_value=8, max_value=100))
def test_slugs_are_short_ascii_words(text: str, longest: int) -> None:
    made = slug(text, longest=longest)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", made)
    assert len(made) <= longest


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)


def test_slugs_read_like_the_title() -> None:
    assert slug("Nghị định số 42/2022/NĐ-CP: Ứng dụng") == "nghi-dinh-so-42-2022-nd-cp-ung-dung"
    assert slug("một hai ba bốn", longest=10) == "mot-hai-ba"
    assert slug("…") == "muc"


def test_a_taken_slug_gets_the_next_free_number() -> None:
    taken = {"hoa-binh", "hoa-binh-2"}
    assert free_slug("Hòa Bình", taken.__contains__) == "hoa-binh-3"
    assert free_slug("Hà Nội", taken.__contains__) == "ha-noi"
    assert len(free_slug("hòa " * 40, lambda s: not s.endswith("-2"), longest=20)) <= 20


@pytest.mark.parametrize(
    "order",
    [
        ["ca", "cà", "cả", "cã", "cá", "cạ"],
        ["Da", "Dũng", "Đà", "Đông"],
        ["an", "ăn", "ân", "bán"],
        ["e", "ê", "i", "o", "ô", "ơ", "u", "ư"],
        ["bà", "bá", "ban"],
        ["hà", "Hà", "hả"],
        ["Bộ 1", "Bộ 2", "Bộ Y tế", "Bộc"],
    ],
)
def test_words_stand_in_vietnamese_order(order: list[str]) -> None:
    shuffled = [*order[1::2], *order[::2]]
    assert sorted(shuffled, key=sort_key) == order


@given(st.text(alphabet="aàăâdđeêoôơuưyAĐ "), st.text(alphabet="aàăâdđeêoôơuưyAĐ "))
def test_equal_keys_mean_equal_words(one: str, other: str) -> None:
    if sort_key(one) == sort_key(other):
        assert " ".join(one.split()) == " ".join(other.split())
    assert (sort_key(one) == sort_key(other)) == (sort_key(other) == sort_key(one))
    assert fold(one) == fold(other) or sort_key(one) != sort_key(other)


def test_people_are_sorted_by_given_name_then_surname() -> None:
    people = ["Trần Văn Đức", "Lê Thị An", "Nguyễn An", "Vũ Dũng", "Phạm Đức"]
    assert sorted(people, key=name_sort_key) == ["Lê Thị An", "Nguyễn An", "Vũ Dũng", "Phạm Đức", "Trần Văn Đức"]
    assert name_sort_key("  ") == ("", "", "")
