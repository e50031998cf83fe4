"""Snippets show the place with the words asked for, as their author wrote them (requirement C-13)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search.analysis.spellings import WORDS, patiently, spelled

from portal.search.analysis import fold, has_marks, tokens
from portal.search.highlight import Piece, marked, snippet

FILLER = "Căn cứ Luật Tổ chức chính quyền địa phương và các quy định khác có liên quan. "


def asked(typed: str) -> tuple[dict[str, float], frozenset[str]]:
    words = tokens(typed)
    return {fold(word): 1.0 for word in words}, frozenset(word for word in words if has_marks(word))


def shown(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("thu tuc", "Hướng dẫn thủ tục mới", "Hướng dẫn [thủ tục] mới"),
        ("THỦ TỤC", "Hướng dẫn Thủ Tục mới", "Hướng dẫn [Thủ Tục] mới"),
        ("bán", "Bạn bán bàn cho bạn", "Bạn [bán] bàn cho bạn"),
        ("bán", "Bạn của bàn", "[Bạn] của [bàn]"),
        ("ban", "Bạn bán bàn", "[Bạn bán bàn]"),
        ("hòa bình", "Tỉnh Hoà Bình", "Tỉnh [Hoà Bình]"),
        ("kỹ", "cán bộ kĩ thuật", "cán bộ [kĩ] thuật"),
        ("đa", "Ða dạng", "[Ða] dạng"),
        ("dat dai", "Luật Đất đai, đất; đai", "Luật [Đất đai], [đất]; [đai]"),
        ("x", "<b>x</b> & x", "<b>[x]</b> & [x]"),
        ("không có", "Một hai ba", "Một hai ba"),
        ("", "Một hai ba", "Một hai ba"),
        ("a", "", ""),
    ],
)
def test_words_are_marked_as_written(typed: str, text: str, expected: str) -> None:
    assert shown(snippet(text, *asked(typed))) == expected
    assert shown(marked(text, *asked(typed))) == expected


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_marks_fall_on_the_right_letters_in_any_normal_form(form: str) -> None:
    text = unicodedata.normalize(form, "Về việc tiếp\u00adnhận hồ\u200b sơ đăng ký")
    pieces = marked(text, *asked("ho so dang ky"))
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.marked] == [unicodedata.normalize(form, "hồ\u200b sơ đăng ký")]


def test_light_words_are_marked_only_beside_heavier_ones() -> None:
    words = {"cua": 0.1, "dat": 5.0}
    assert shown(marked("của ông, của đất", words)) == "của ông, [của đất]"


def test_the_window_holds_most_of_what_was_asked() -> None:
    text = FILLER * 20 + "Việc đăng ký kết hôn do Ủy ban nhân dân xã giải quyết. " + FILLER * 20
    pieces = snippet(text, *asked("dang ky ket hon"))
    assert "[đăng ký kết hôn]" in shown(pieces)
    assert shown(pieces).startswith("… Việc [đăng")
    assert pieces[-1].text.endswith(" …")


def test_words_side_by_side_are_better_than_words_apart() -> None:
    apart = "Luật về hành vi. Tòa án chính. "
    text = apart + FILLER * 10 + "Cải cách hành chính công. " + FILLER * 10
    assert "[hành chính]" in shown(snippet(text, *asked("hanh chinh")))


def test_heavier_words_draw_the_window() -> None:
    text = "quy định. " + FILLER * 10 + "kết hôn. " + FILLER * 10
    assert "[hôn]" in shown(snippet(text, {"qui": 0.5, "dinh": 0.5, "hon": 4.0}))


def test_a_later_place_in_a_long_text_is_found() -> None:
    text = FILLER * 150 + "Việc kết hôn có yếu tố nước ngoài. " + FILLER * 10
    assert len(text) > 11_000
    assert "[kết hôn]" in shown(snippet(text, *asked("ket hon")))


def test_a_beginning_is_shown_when_nothing_stands_there() -> None:
    pieces = snippet(FILLER * 10, *asked("xyz"))
    assert len(pieces) == 2
    assert pieces[0].text == (FILLER * 10)[: len(pieces[0].text)]
    assert pieces[0].text.endswith(("và", "quan.", "các", "Luật", "chức", "Tổ", "cứ", "định"))
    assert pieces[1] == Piece(" …", False)


def test_an_endless_word_is_cut_between_graphemes() -> None:
    pieces = snippet(unicodedata.normalize("NFD", "ệ" * 1000), {})
    assert unicodedata.normalize("NFC", pieces[0].text) == "ệ" * (len(pieces[0].text) // 3)
    assert 230 <= len(pieces[0].text) <= 240


@st.composite
def texts(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(WORDS), max_size=40))
    between = st.sampled_from([" ", "  ", "\n", ", ", ". ", "\u00a0", "-", "_"])
    return "".join(draw(spelled(word)) + draw(between) for word in words)


@patiently
@given(texts() | st.text(max_size=400), st.lists(st.sampled_from(WORDS), max_size=5), st.sampled_from([40, 240]))
def test_joined_pieces_are_a_part_of_the_text(text: str, typed: list[str], length: int) -> None:
    words, exact = asked(" ".join(typed))
    pieces = snippet(text, words, exact, length)
    cut = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")
    assert cut in text
    assert len(cut) <= length
    assert all(piece.text for piece in pieces)
    for piece in pieces:
        if piece.marked:
            assert {fold(token) for token in tokens(piece.text)} <= set(words)
    assert "".join(piece.text for piece in marked(text, words, exact)) == text


@patiently
@given(texts(), st.sampled_from(WORDS))
def test_what_stands_in_the_text_is_shown(text: str, word: str) -> None:
    words, exact = asked(word)
    stands = set(words) & {fold(token) for token in tokens(text)}
    assert bool(stands) == any(piece.marked for piece in snippet(text, words, exact))
