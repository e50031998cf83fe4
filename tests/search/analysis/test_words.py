"""Equivalent spellings are the same terms (requirements C-1 to C-5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search.analysis.spellings import pairs_of_texts, patiently

from portal.search.analysis import fold, has_marks, pairs, spans, tokens
from portal.search.analysis.bounded import Computed


@patiently
@given(pairs_of_texts())
def test_every_spelling_of_the_same_words_gives_the_same_tokens(both: tuple[str, str]) -> None:
    assert tokens(both[0]) == tokens(both[1])


@patiently
@given(pairs_of_texts())
def test_spans_are_the_tokens_where_they_stand(both: tuple[str, str]) -> None:
    text = both[0]
    found = list(spans(text))
    assert [span.exact for span in found] == tokens(text)
    assert [tokens(text[span.start : span.end]) for span in found] == [[span.exact] for span in found]


@patiently
@given(st.text())
def test_any_text_becomes_clean_terms(text: str) -> None:
    for span, token in zip(spans(text), tokens(text), strict=True):
        assert span.exact == token
        assert span.folded == fold(token)
        assert token
        assert span.folded
        assert not any(sign.isspace() or sign == "_" for sign in token + span.folded)
        assert len(token) <= 64
        assert fold(span.folded) == span.folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("khỏe", "khoẻ"),
        ("thủy lợi", "thuỷ lợi"),
        ("quý", "quí"),
        ("kỹ sư", "kĩ sư"),
        ("Ủy ban", "uỷ ban"),
        ("ÐÀ NẴNG", "Đà Nẵng"),
        ("Ｑuý ２０２４", "quý 2024"),
        ("ﬁle", "file"),
        ("100m²", "100m2"),
        ("t\u200bh\u200bu", "thu"),
    ],
)
def test_these_are_one(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


@pytest.mark.parametrize(
    ("one", "other"), [("bán", "bạn"), ("quy", "quý"), ("da", "đa"), ("vy", "vi"), ("thúy", "thủy")]
)
def test_these_are_not(one: str, other: str) -> None:
    assert tokens(one) != tokens(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("đường", "duong"),
        ("Nghị định", "nghi dinh"),
        ("KỸ THUẬT", "ki thuat"),
        ("Müller", "muller"),
        ("Москва", "москва"),
        ("東京", "東京"),
    ],
)
def test_folding_takes_accents_away(text: str, folded: str) -> None:
    assert [fold(token) for token in tokens(text)] == folded.split()


def test_a_syllable_without_accents_asks_for_any() -> None:
    assert [has_marks(token) for token in tokens("Thủ tuc đăng ky")] == [True, False, True, False]


def test_pairs_join_neighbours() -> None:
    assert pairs(["thu", "tuc", "moi"]) == ["thu_tuc", "tuc_moi"]
    assert pairs(["mot"]) == []


def test_endless_words_are_cut_and_not_kept() -> None:
    assert [len(token) for token in tokens("x" * 1_000_000 + " đ" * 2)] == [64, 1, 1]


def test_the_memory_for_known_words_is_bounded() -> None:
    known = Computed(str.upper, 10)
    assert [known[str(number)] for number in range(100)] == [str(number) for number in range(100)]
    assert len(known) <= 10
    assert known["x" * 65] == "X" * 65
    assert "x" * 65 not in known
