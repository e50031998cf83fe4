"""Questions asked, answers dropped, pages in order, and what is submitted."""

from datetime import date
from typing import Any

import pytest
from eforms.conftest import field, form, when
from hypothesis import given
from hypothesis import strategies as st

from portal.eforms.answers import (
    ask,
    check_all,
    merge,
    missing,
    next_section,
    previous_section,
    settle,
    visible_sections,
)
from portal.eforms.definition import canonical, clean, id_of, sha256_of
from portal.eforms.kinds import Type
from portal.eforms.rendering import render, rows_to_check

ON = date(2026, 3, 2)
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def definitions(draw: Any) -> dict[str, Any]:
    """Definitions with conditions and formulas that may be nonsense."""
    names = st.sampled_from(["a", "b", "c", "d", "g"])
    leaf = st.one_of(names.map(lambda n: {"field": n}), st.just({"number": "3"}), st.just({"text": "a"}))
    tree = st.one_of(
        st.none(), st.builds(lambda x, y, op: {"op": op, "args": [x, y]}, leaf, leaf, st.sampled_from(["=", ">", "+"]))
    )

    def one(in_row: bool = False) -> Any:
        kinds = [kind.value for kind in Type if not (in_row and kind is Type.GROUP)]
        return st.fixed_dictionaries({
            "type": st.sampled_from(kinds), "id": names, "label": st.text(max_size=5), "required": st.booleans(),
            "when": tree, "tree": tree, "fewest": st.integers(0, 3), "most": st.integers(0, 3),
            "options": st.just([{"label": "a"}, {"label": "b"}]),
            "fields": st.just([]) if in_row else st.lists(one(True), max_size=2),
        })  # fmt: skip

    sections = st.lists(
        st.fixed_dictionaries(
            {"id": names, "title": st.text(max_size=5), "when": tree, "fields": st.lists(one(), max_size=4)}
        ),
        max_size=3,
    )
    return clean({"title": draw(st.text(max_size=5)), "sections": draw(sections)})


@given(json)
def test_any_json_is_cleaned_to_a_definition_once_and_for_all(given_: Any) -> None:
    once = clean(given_)
    assert clean(once) == once


@given(definitions(), st.dictionaries(st.sampled_from(["a", "b", "c", "d", "g"]), json))
def test_no_answers_break_a_form_and_what_is_settled_stays_so(definition: Any, draft: Any) -> None:
    assert clean(definition) == definition
    settled = settle(definition, draft)
    again = settle(definition, settled)
    assert settle(definition, again) == again
    check_all(definition, draft, on=ON)
    missing(definition, draft)
    assert render(definition, settled) == render(definition, settled)
    rows_to_check(definition, draft, "en")
    shown = [section["id"] for section in visible_sections(definition, draft)]
    assert all(
        step in shown
        for step in (next_section(definition, draft, None), previous_section(definition, draft, None))
        if step
    )


@given(st.text(max_size=60))
def test_every_text_makes_an_id(text: str) -> None:
    made = id_of(text)
    assert id_of(made) == made
    assert made not in ("and", "or", "not", "in", "true", "false")


def test_a_complete_form_has_nothing_missing(everything: Any, filled: Any) -> None:
    assert missing(everything, filled) == []
    assert check_all(everything, filled, on=ON) == {}


def test_hidden_answers_are_dropped_when_submitted_and_kept_in_the_draft(everything: Any, filled: Any) -> None:
    settled = settle(everything, filled)
    assert "nguoi_uy_quyen" not in settled
    assert "gia_giam" not in settled["hang"][0]
    assert settled["hang"][1]["gia_giam"] == 500
    assert merge(filled, {"co_uy_quyen": True})["nguoi_uy_quyen"] == "Trần Thị Bình"


def test_values_are_computed_in_rows_and_over_them(everything: Any, filled: Any) -> None:
    settled = settle(everything, filled)
    assert [row["thanh_tien"] for row in settled["hang"]] == ["50000", "50000"]
    assert settled["tong_tien"] == "100000"
    assert settled["tuoi"] == "40"


def test_a_typed_computed_value_counts_for_nothing(everything: Any, filled: Any) -> None:
    assert settle(everything, filled | {"tong_tien": "1", "tuoi": "99"})["tong_tien"] == "100000"


def test_answers_are_brought_into_their_one_form(everything: Any, filled: Any) -> None:
    settled = settle(everything, filled)
    assert settled["dien_thoai"] == "0912345678"
    assert settled["kem_theo"] == ["hoa_don", "to_khai"]


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"ho_ten": None}, "ho_ten", "Hãy nhập “Ho ten”."),
        ({"ho_ten": "R2D2"}, "ho_ten", "chữ cái"),
        ({"so_dinh_danh": "12345"}, "so_dinh_danh", "12 chữ số"),
        ({"ngay_sinh": "2026-03-03"}, "ngay_sinh", "không được sau 02/3/2026"),
        ({"dien_thoai": "12"}, "dien_thoai", "10 chữ số"),
        ({"thu": "an@vidu"}, "thu", "ten@vidu.vn"),
        ({"noi_o": {"street": "Số 1"}}, "noi_o", "tỉnh"),
        ({"co_uy_quyen": True, "nguoi_uy_quyen": None}, "nguoi_uy_quyen", "Hãy nhập"),
        ({"hang": []}, "hang", "ít nhất một dòng"),
        ({"hang": [{"ten_hang": "Gạo", "so_luong": "0.5", "don_gia": 1}]}, "hang.0.so_luong", "nhỏ hơn 1"),
        ({"hang": [{"ten_hang": "Gạo", "so_luong": "1.123", "don_gia": 1}]}, "hang.0.so_luong", "2 chữ số"),
        ({"hang": [{"ten_hang": None, "so_luong": "1", "don_gia": 1}]}, "hang.0.ten_hang", "Hãy nhập"),
        ({"hang": [{"ten_hang": "x", "so_luong": "1", "don_gia": 1}] * 4}, "hang", "nhiều nhất 3 dòng"),
        ({"ban_chup": None}, "ban_chup", "Hãy chọn tệp"),
        ({"ly_do": "x" * 201}, "ly_do", "nhiều nhất 200"),
        ({"cam_doan": False}, "cam_doan", "đồng ý"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(everything: Any, filled: Any, change: Any, path: str, words: str) -> None:
    found = [one for wrongs in check_all(everything, filled | change, on=ON).values() for one in wrongs]
    assert [one.path for one in found] == [path]
    assert words in found[0].message.interpolate()


@pytest.mark.parametrize(
    ("file", "words"),
    [({"size": 6 * 2**20}, "5 MB"), ({"name": "a.zip", "media_type": "application/zip"}, "loại tệp")],
)
def test_files_of_a_wrong_kind_or_size_are_told(everything: Any, filled: Any, file: Any, words: str) -> None:
    found = check_all(everything, filled | {"ban_chup": [filled["ban_chup"][0] | file]}, on=ON)
    assert words in found["giay_to"][0].message.interpolate()


def test_a_page_that_asks_nothing_is_passed_over() -> None:
    ask_more = when("them", "=", {"bool": True})
    definition = form(
        ("mot", [field("yes_no", "them")]), ("hai", [field("text", "x", when=ask_more)]), ("ba", [field("text", "y")])
    )
    assert next_section(definition, {}, "mot") == "ba"
    assert next_section(definition, {"them": True}, "mot") == "hai"
    assert next_section(definition, {}, "ba") is None
    assert previous_section(definition, {"them": True}, "ba") == "hai"
    assert previous_section(definition, {}, None) == "ba"


def test_a_condition_sees_nothing_of_a_hidden_answer() -> None:
    definition = form(
        ("mot", [
            field("yes_no", "a"),
            field("yes_no", "b", when=when("a", "=", {"bool": True})),
            field("text", "c", when=when("b", "=", {"bool": True})),
        ])
    )  # fmt: skip
    assert "c" not in settle(definition, {"a": False, "b": True, "c": "x"})
    assert settle(definition, {"a": True, "b": True, "c": "x"})["c"] == "x"


def test_why_a_value_cannot_be_computed_is_told() -> None:
    definition = form(("mot", [field("number", "a"), field("computed", "b", formula="1 / a")]))
    assert "chia" in ask(definition, {"a": "0"}).failures["b"].interpolate()
    assert ask(definition, {}).failures == {}


def test_the_name_of_a_definition_is_that_of_its_content(everything: Any) -> None:
    assert sha256_of(everything) == sha256_of(dict(reversed(everything.items())))
    assert sha256_of(everything) != sha256_of(everything | {"title": "Khác"})
    assert b"\n" not in canonical(everything)
