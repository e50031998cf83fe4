import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.agencies.codes import parse_code, to_code, to_old_code

TOP = st.builds(lambda letter, n: f"{letter}{n:02}", st.sampled_from(string.ascii_uppercase[:-1]), st.integers(0, 99))
BELOW = st.lists(st.integers(1, 99).map(lambda n: f"{n:02}"), max_size=2)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("H17", "000.00.00.H17"),
        ("G22", "000.00.00.G22"),
        ("G09.20", "000.00.20.G09"),
        ("H17.13.05", "000.05.13.H17"),
        ("H17.22.28.101", "101.28.22.H17"),
    ],
)
def test_both_forms_of_a_code_lead_to_each_other(new: str, old: str) -> None:
    assert to_old_code(new) == old
    assert to_code(old) == new
    assert to_code(old.lower()) == to_code(new.lower()) == new


def test_the_short_old_form_leaves_out_the_lowest_level() -> None:
    assert to_code("28.22.H17") == "H17.22.28"


def test_a_level_that_is_left_open_in_the_middle_stays() -> None:
    assert to_code("012.00.16.H58") == "H58.16.00.012"
    assert to_old_code("H58.16.00.012") == "012.00.16.H58"


@pytest.mark.parametrize(
    "text", ["", "VPCP", "H1", "H17..05", "Bộ Y tế", "000.00.00", "H17." + "12." * 12, "H17.Đ5", "٣٣.H17"]
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert parse_code(text) is None


def test_other_organisations_and_businesses_have_a_code_but_no_old_form() -> None:
    assert to_code("z12abc") == "Z12ABC"
    assert to_code("0100109106") == "0100109106"
    assert to_old_code("Z12ABC") is None


def test_a_code_knows_the_one_above() -> None:
    code = parse_code("H17.13.05")
    assert code is not None
    assert code.parent is not None
    assert code.parent.code == "H17.13"
    assert parse_code("H17").parent is None  # type: ignore[union-attr]


@given(TOP, BELOW)
def test_conversion_there_and_back_changes_nothing(top: str, below: list[str]) -> None:
    new = ".".join([top, *below])
    old = to_old_code(new)
    assert old is not None
    assert len(old) == 13
    assert to_code(old) == new


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_none_and_a_code_is_stable(text: str) -> None:
    code = to_code(text)
    assert code is None or to_code(code) == code
