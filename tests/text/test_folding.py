"""Search keys: the same for every way of typing, without accents or with (C-1 to C-4)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import (
    exact,
    fold,
    nfc,
    normal,
    toneless,
    with_new_tone_place,
    with_old_tone_place,
    without_invisible,
)

SYLLABLES = ["Đường", "nghiêng", "Việt", "quyết", "hòa", "thuỷ", "Ủy", "ợ", "khuỷu", "Ệ", "ăn", "giữ", "SỞ"]
sentences = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=8).map(" ".join)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_have_one_key(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(sentences)
def test_vietnamese_folds_to_lower_case_ascii(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text) == fold(text.upper()) == fold(unicodedata.normalize("NFD", text))


@given(sentences)
def test_exact_keys_keep_accents_and_forget_case_and_tone_place(text: str) -> None:
    assert exact(text) == exact(text.upper()) == exact(with_new_tone_place(nfc(text)))
    assert fold(exact(text)) == fold(text)


@given(sentences)
def test_composed_text_is_left_as_it_is(text: str) -> None:
    assert nfc(text) == text
    assert normal(unicodedata.normalize("NFD", text)) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ê\u0301", "ế"),
        ("e\u0301\u0302", "ế"),
        ("e\u0323\u0302", "ệ"),
        ("o\u031b\u0323", "ợ"),
        ("o\u0323\u031b", "ợ"),
        ("a\u0300\u0306", "ằ"),
        ("u\u0340", "ù"),
    ],
)
def test_combining_marks_compose_in_whatever_order_they_were_typed(typed: str, meant: str) -> None:
    assert nfc(typed) == meant


@pytest.mark.parametrize(
    "text", ["Đà Nẵng", "ÐÀ NẴNG", "Ɖà  nẵng", "da nang", "Đà\u00a0Nẵng", "Đà\u200b Nẵng", "Đa\u0300 Nẵng"]
)
def test_all_spellings_of_a_city_meet(text: str) -> None:
    assert fold(text) == "da nang"


@pytest.mark.parametrize(
    ("new", "old"),
    [("hoà", "hòa"), ("KHOẺ", "KHỎE"), ("Thuỷ", "Thủy"), ("xoè", "xòe"), ("uỷ", "ủy"), ("hoá chất", "hóa chất")],
)
def test_both_tone_places_are_equal_in_search(new: str, old: str) -> None:
    assert with_old_tone_place(new) == old
    assert with_new_tone_place(old) == new
    assert exact(new) == exact(old)


@pytest.mark.parametrize("text", ["quý", "Quỳ", "quỹ", "hoàn", "toán", "khoảng", "tuyển", "huỳnh"])
def test_other_syllables_have_one_tone_place(text: str) -> None:
    assert with_old_tone_place(text) == text
    assert with_new_tone_place(text) == text


def test_the_middle_rank_keeps_letters_and_drops_tones() -> None:
    assert toneless("Bàn bạn Đường ỞỆ") == "Ban ban Đương ƠÊ"
    assert exact("bán") != exact("bàn")


def test_invisible_characters_go_and_nothing_else() -> None:
    assert without_invisible("\ufeffVăn\u200b bản\u00ad.") == "Văn bản."
