"""The examples that the portal is judged by (requirements.md, E5 to E8), as terms."""

import unicodedata

import pytest

from portal.search.analysis import asked_numbers, fold, number_terms, tokens
from portal.text.legacy import to_unicode


@pytest.mark.parametrize("typed", ["249", "249/TB-VPCP", "249 tb vpcp", "tb-vpcp", "thong bao 249"])
def test_e5_a_notice_is_asked_for_by_its_number_in_many_ways(typed: str) -> None:
    own = set(number_terms("249/TB-VPCP"))
    assert any(own & {term for term, _ in terms} for terms in asked_numbers(typed))
    assert not {"250", "250/tbvpcp", "vpcpttdt"} & {term for terms in asked_numbers(typed) for term, _ in terms}


@pytest.mark.parametrize(
    "typed", ["da nang", "Đà Nẵng", unicodedata.normalize("NFD", "Đà Nẵng"), "ÐÀ NẴNG", "đà nẵng", "Đà\u00a0Nẵng"]
)
def test_e6_da_nang_is_one_place(typed: str) -> None:
    assert [fold(token) for token in tokens(typed)] == ["da", "nang"]


def test_e7_the_place_of_the_tone_does_not_matter() -> None:
    assert tokens("thủy lợi") == tokens("thuỷ lợi")


def test_e8_converted_text_is_found_like_any_other() -> None:
    assert tokens(to_unicode("Th«ng b¸o cña Uñy ban nh©n d©n §µ N½ng").text) == tokens(
        "Thông báo của Ủy ban nhân dân Đà Nẵng"
    )
