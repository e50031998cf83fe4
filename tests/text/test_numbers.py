"""Document numbers in all their spellings (C-6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import DocumentNumber, find_numbers, join_number, number_key, parse_number

LETTERS = st.text(alphabet="ABCDĐEGHKLMNPQSTUVXY", min_size=1, max_size=6)
NUMBERS = st.builds(
    DocumentNumber,
    number=st.integers(min_value=1, max_value=99999).map(str),
    year=st.none() | st.integers(min_value=1945, max_value=2099),
    letters=st.lists(LETTERS, min_size=1, max_size=4).map("-".join),
)


@given(NUMBERS)
def test_a_written_number_is_read_back(number: DocumentNumber) -> None:
    assert parse_number(number.text) == number
    assert join_number(number.number, number.notation) == number.text


@given(NUMBERS, st.sampled_from([" / ", "／", "\u00a0/\u00a0", "/ "]), st.sampled_from([" - ", "–", "\u2011", "-"]))
def test_spaces_dashes_and_slashes_do_not_matter(number: DocumentNumber, slash: str, dash: str) -> None:
    spelled = "Số: " + number.text.replace("/", slash).replace("-", dash)
    assert parse_number(spelled) == number
    assert number_key(spelled) == number.key
    assert number_key(number.text.lower().replace("đ", "d")) == number.key


@given(NUMBERS)
def test_a_number_is_found_in_running_text(number: DocumentNumber) -> None:
    sentence = f"căn cứ văn bản số {number.text} ngày 01/7/2014;"
    found = list(find_numbers(sentence))
    assert [f.number for f in found] == [number]
    assert sentence[found[0].start : found[0].end] == number.text


@pytest.mark.parametrize(
    ("text", "number", "notation"),
    [
        ("249/TB-VPCP", "249", "TB-VPCP"),
        ("42/2022/NĐ-CP", "42", "2022/NĐ-CP"),
        ("7816/VPCP-TTĐT", "7816", "VPCP-TTĐT"),
        ("số 249 / TB - VPCP", "249", "TB-VPCP"),
        ("01 /2018/TT-VPCP", "01", "2018/TT-VPCP"),
        ("64/2025/QH15", "64", "2025/QH15"),
        ("57-NQ/TW", "57", "-NQ/TW"),
        ("04/2014/TTLT-BNV-BTC&BCT", "04", "2014/TTLT-BNV-BTC&BCT"),
        ("66.7/2025/NQ-CP", "66.7", "2025/NQ-CP"),
        ("Số:      /QĐ-UBND", None, "QĐ-UBND"),
    ],
)
def test_numbers_come_apart(text: str, number: str | None, notation: str) -> None:
    found = parse_number(text)
    assert found is not None
    assert (found.number, found.notation) == (number, notation)


@pytest.mark.parametrize("text", ["", "Số:", "249", "ngày 01/7/2014", "Thông báo kết luận", "12/34"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("42/2022/NĐCP", "42/2022/nd-cp"),
        ("01/2018/TT-VPCP", "1/2018/tt-vpcp"),
        ("tb–vpcp", "TB-VPCP"),
        ("NÐ-CP", "nđ-cp"),
    ],
)
def test_spellings_of_one_number_share_a_key(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


def test_parts_are_tokens_and_the_whole_comes_first() -> None:
    number = parse_number("01/2022/NĐ-CP")
    assert number is not None
    assert number.tokens == ("1/2022/nd-cp", "01", "1", "2022", "nd-cp", "nd", "cp")


def test_dates_and_fractions_in_text_are_no_numbers() -> None:
    assert list(find_numbers("ngày 01/7/2014, 3/4 số hộ, khoản 2/Điều 5, km 12/2020")) == []
