"""What designers do to a form: ids stay unique, references follow, nothing is lost; and what is wrong is found."""

from typing import Any

import pytest
from eforms.conftest import field, form, when
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.eforms import designing, parts
from portal.eforms.conditions import rows_of, tree_of
from portal.eforms.definition import clean, field_at, paths
from portal.eforms.describing import describe
from portal.eforms.errors import FormFull, NoSuchPart, NotAForm
from portal.eforms.exchanging import exported, imported
from portal.eforms.expressions import parse, written
from portal.eforms.kind import EFORM
from portal.eforms.kinds import Type
from portal.eforms.problems import problems_of
from portal.eforms.starting import STARTS, start_from
from portal.publishing.compare import compare_data


def said(definition: Any) -> list[str]:
    return [one.message.interpolate() for one in problems_of(definition)]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "section", "copy", "up", "down", "remove", "section_up", "section_down"]),
        st.integers(0, 30),
    ),
    max_size=25,
)


@given(STEPS)
@settings(max_examples=60)
def test_after_any_steps_every_id_is_unique_and_nothing_is_made_up(steps: list[tuple[str, int]]) -> None:
    definition = start_from("doanh-nghiep")
    kinds = list(Type)
    for action, number in steps:
        names = [path for path, _field, _group in paths(definition)]
        sections = [section["id"] for section in definition["sections"]]
        before = len(names)
        if action == "section":
            definition, _name = designing.add_section(definition, "Phần mới")
        elif action == "add":
            definition, path = designing.add_field(
                definition, sections[number % len(sections)], kinds[number % len(kinds)], "Mới"
            )
            assert field_at(definition, path)
        elif not names:
            continue
        elif action == "copy":
            definition, path = designing.duplicate(definition, names[number % before])
            assert field_at(definition, path)
        elif action in ("up", "down"):
            definition = designing.move(definition, names[number % before], -1 if action == "up" else 1)
            assert len(list(paths(definition))) == before
        elif action == "remove":
            definition = designing.remove(definition, names[number % before])
        else:
            definition = designing.move_section(
                definition, sections[number % len(sections)], -1 if action == "section_up" else 1
            )
            assert sorted(s["id"] for s in definition["sections"]) == sorted(sections)
        ids = list(designing.taken(definition))
        assert len(ids) == len(set(ids))
        assert clean(definition) == definition
        assert imported(exported(definition)) == definition


def test_export_import_export_gives_equal_bytes(everything: Any) -> None:
    once = exported(everything)
    assert exported(imported(once)) == once
    assert once.endswith(b"}\n")


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b"\xff", b'{"format": "portal.eform", "schema": 9}', b"{" * 3_000_000]
)
def test_what_is_no_form_is_refused(content: bytes) -> None:
    with pytest.raises(NotAForm):
        imported(content)


def test_a_moved_field_goes_over_the_end_of_its_page() -> None:
    definition = form(("mot", [field("text", "a")]), ("hai", [field("text", "b")]))
    moved = designing.move(definition, "a", 1)
    assert [[f["id"] for f in s["fields"]] for s in moved["sections"]] == [[], ["a", "b"]]
    assert designing.move(moved, "a", -1) == definition
    assert designing.move(definition, "a", -1) == definition


def test_a_new_id_goes_into_every_condition_and_formula(everything: Any) -> None:
    renamed = designing.put_field(everything, "hang.so_luong", {"id": "luong"})
    assert field_at(renamed, "hang.thanh_tien")["formula"] == "luong × don_gia"
    renamed = designing.put_field(renamed, "hang", {"id": "mat_hang"})
    assert field_at(renamed, "tong_tien")["formula"] == "tổng(mat_hang.thanh_tien)"
    assert said(renamed) == []


def test_a_new_id_that_is_taken_becomes_another(everything: Any) -> None:
    renamed = designing.put_field(everything, "thu", {"id": "ho_ten"})
    assert field_at(renamed, "ho_ten_2")["type"] == "email"
    assert said(renamed) == []


def test_a_copied_group_computes_from_its_own_rows(everything: Any) -> None:
    copied, path = designing.duplicate(everything, "hang")
    group = field_at(copied, path)
    assert group["fields"][5]["formula"] == "so_luong_2 × don_gia_2"
    assert said(copied) == []


def test_what_has_gone_meanwhile_comes_back_with_what_was_typed(everything: Any) -> None:
    without = designing.remove(everything, "ly_do")
    back = designing.put_field(without, "ly_do", {"type": "long_text", "label": "Đã gõ"})
    assert field_at(back, "ly_do")["label"] == "Đã gõ"
    with pytest.raises(NoSuchPart):
        designing.remove(without, "ly_do")


def test_what_refers_to_a_field_is_told(everything: Any) -> None:
    assert designing.references(everything, "hang") == ["Tong tien"]
    assert designing.references(everything, "co_uy_quyen") == ["Nguoi uy quyen"]


def test_a_form_cannot_grow_without_end() -> None:
    full = form(("mot", [field("text", f"a{n}") for n in range(300)]))
    with pytest.raises(FormFull):
        designing.add_field(full, "mot", Type.TEXT, "Nữa")


def test_a_sound_form_has_no_problem(everything: Any) -> None:
    assert said(everything) == []


@pytest.mark.parametrize("name", STARTS)
def test_what_forms_start_from_is_sound(name: str) -> None:
    assert said(start_from(name, "Tên")) == (["Biểu mẫu chưa có phần nào."] if name == "trong" else [])
    assert all(f["label_en"] for _p, f, _g in paths(start_from(name)))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ([field("text", "a"), field("text", "a")], "cùng mã"),
        ([field("text", "a", when=when("b", "=", {"text": "x"})), field("text", "b")], "đứng sau"),
        ([field("text", "a", when=when("zz", "=", {"text": "x"}))], "không có"),
        ([field("choice", "a", options=[{"label": "Một"}])], "lựa chọn"),
        ([field("choices", "a", options=[{"label": "Một"}], fewest=2)], "nhiều hơn số lựa chọn"),
        ([field("computed", "a", formula="b + 1"), field("computed", "b", formula="a + 1")], "quay vòng"),
        ([field("computed", "a", formula="a + 1")], "quay vòng"),
        ([field("computed", "a", formula="b + 1"), field("number", "b")], "đứng sau"),
        ([field("computed", "a", formula="(1 + ")], "chưa đọc được"),
        ([field("computed", "a", formula="")], "chưa đọc được"),
        ([field("group", "a", fields=[])], "chưa có mục nào trong một dòng"),
        ([field("group", "a", required=True, fewest=0, fields=[field("text", "b")])], "số dòng ít nhất là 0"),
        ([field("number", "a", lowest="5", highest="1")], "thấp nhất lớn hơn"),
        ([field("date", "a", earliest="2026-02-01", latest="2026-01-01")], "thấp nhất lớn hơn"),
        ([field("text", "a", min_length=9, max_length=2)], "thấp nhất lớn hơn"),
        ([field("text", "a", prefill="person.born_on")], "không cùng loại"),
        ([field("text", "a", label="")], "chưa có câu hỏi"),
        ([field("yes_no", "a"), field("text", "b", when={"bool": False})], "không bao giờ hiện"),
        (
            [
                field("choice", "a", options=[{"label": "X"}, {"label": "Y"}]),
                field("text", "b", when=parse('a = "x" và a = "y"')),
            ],
            "không bao giờ hiện",
        ),
        (
            [field("choice", "a", options=[{"label": "X"}, {"label": "Y"}]), field("text", "b", when=parse('a = "z"'))],
            "lựa chọn “z”",
        ),
        ([field("paragraph", "a", help="x")], "chưa hỏi gì"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_form_is_found(fields: Any, words: str) -> None:
    found = said(form(("mot", fields)))
    assert any(words in one for one in found), found


def test_a_page_that_can_never_be_reached_is_found() -> None:
    never = {"op": "and", "args": [when("a", "=", {"bool": True}), when("a", "=", {"bool": False})]}
    definition = form(("mot", [field("yes_no", "a")]), ("hai", [field("text", "b")]))
    definition["sections"][1]["when"] = never
    assert said(definition) == ["Phần “Hai” không bao giờ hiện."]


CONDITIONS = [
    'gioi_tinh = "nu"',
    "co_uy_quyen = đúng và ngay_sinh < 1985-03-03",
    'tuoi ≥ 18 hoặc không trống(thu) hoặc trống(ho_ten)',
    'gioi_tinh thuộc ("nam", "nu")',
    'không gioi_tinh thuộc ("nam")',
    "tuoi > −5",
]  # fmt: skip


@pytest.mark.parametrize("text", CONDITIONS)
def test_rows_say_what_the_condition_says(everything: Any, text: str) -> None:
    tree = parse(text)
    rows = rows_of(tree, everything)
    assert rows is not None
    assert tree_of(*rows, everything) == tree


def test_rows_show_words_and_not_codes(everything: Any) -> None:
    assert rows_of(parse('gioi_tinh = "nu"'), everything) == ("and", [{"field": "gioi_tinh", "op": "=", "value": "Nữ"}])
    assert rows_of(parse("ngay_sinh < 1985-03-03"), everything)[1][0]["value"] == "03/3/1985"


@pytest.mark.parametrize("text", ["tuoi + 1 > 3", "a = 1 và (b = 2 hoặc c = 3)", "tuoi > he_so"])
def test_what_rows_cannot_say_is_left_to_the_text(everything: Any, text: str) -> None:
    assert rows_of(parse(text), everything) is None


@pytest.mark.parametrize(
    "path", ["ho_ten", "gioi_tinh", "ngay_sinh", "hang", "hang.gia_giam", "tong_tien", "ban_chup", "cam_doan"]
)
def test_a_part_that_is_opened_and_saved_is_what_it_was(everything: Any, path: str) -> None:
    before = {"slug": "x", "definition": everything}
    values = parts.field_values(before, path)
    assert parts.field_data(values, before, path, "text")["definition"] == everything


def test_a_complex_condition_is_kept_as_text(everything: Any) -> None:
    tree = parse("tuoi + 1 > 3")
    definition = designing.put_field(everything, "thu", {"when": tree})
    values = parts.field_values({"slug": "x", "definition": definition}, "thu")
    assert values["when_text"] == written(tree)
    assert parts.field_data(values, {"slug": "x", "definition": definition}, "thu", "email")["definition"] == definition


def told(definition: Any) -> list[tuple[str, str]]:
    return [(label.interpolate(), text) for label, text, *_language in describe(definition)]


def test_a_change_of_one_field_is_one_change_in_the_comparison(everything: Any) -> None:
    changed = designing.put_field(everything, "ho_ten", {"label": "Tên đầy đủ"})
    before, after = dict(told(everything)), dict(told(changed))
    assert sum(1 for key in after if after[key] != before.get(key)) <= 3
    assert any("Tên đầy đủ" in text for text in after.values())


def test_only_what_changed_is_in_the_comparison_of_editions(everything: Any) -> None:
    before = EFORM.clean({"slug": "x", "definition": everything})
    changed = designing.put_field(everything, "ho_ten", {"help_en": "As on your card"})
    (found,) = compare_data(EFORM, before, EFORM.clean({"slug": "x", "definition": changed}))
    assert (found.label.interpolate().endswith("(ho_ten) bằng tiếng Anh"), found.language) == (True, "en")
    without = designing.remove(everything, "ho_ten")
    gone = compare_data(EFORM, before, EFORM.clean({"slug": "x", "definition": without}))
    assert any("(ho_ten)" in one.label.interpolate() for one in gone)
