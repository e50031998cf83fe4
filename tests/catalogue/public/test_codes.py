"""Codes as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue.queries import agency_code, plain_code

PLAIN = st.from_regex(r"[0-9]\.[0-9]{6}", fullmatch=True)
AGENCY = st.from_regex(r"[GH][0-9]{2}", fullmatch=True)
BLANK = st.sampled_from(["", " ", "  ", "\u00a0", "\t"])


@given(PLAIN, AGENCY, BLANK, BLANK, st.booleans(), st.sampled_from([".", " . ", ",", "-"]))
def test_every_spelling_means_the_same(plain: str, agency: str, before: str, after: str, lower: bool, dot: str) -> None:
    full = f"{plain}.000.00.00.{agency}"
    typed = before + (full.lower() if lower else full).replace(".", dot) + after
    assert plain_code(typed) == plain
    assert agency_code(typed) == agency
    assert plain_code(plain.replace(".", "")) == plain


@given(st.text(max_size=40))
def test_anything_else_is_no_code(typed: str) -> None:
    found = plain_code(typed)
    assert found is None or (len(found) == 8 and plain_code(found) == found)


@pytest.mark.parametrize("typed", ["", "khai sinh", "1.00119", "1.0011934", "11.001193", "1.001193.H17", "²001193"])
def test_what_is_nearly_a_code_is_none(typed: str) -> None:
    assert plain_code(typed) is None
