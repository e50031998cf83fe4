"""Suggestions while typing: titles from any of their first words, with and without accents, and numbers."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search.analysis.spellings import WORDS

from portal.search.analysis import fold, tokens
from portal.search.documents import Document
from portal.search.engine import Damaged
from portal.search.suggesting import Suggestion, Suggestions
from portal.search.units import units_of
from portal.text import parse_date


def head(
    uid: str, title: str, number: str | None = None, day: str | None = None, effect: str = "con"
) -> dict[str, Any]:
    document = Document(
        uid=uid,
        kind="notices",
        title=title,
        path=f"/van-ban/{uid}",
        number=number,
        type="thong-bao" if number else None,
        issued_on=parse_date(day) if day else None,
        effect=effect,
    )
    return dict(units_of(document, 1)[0].brief)


HEADS = [
    head("a", "Thủ tục đăng ký kết hôn"),
    head("b", "Thông báo kết luận về xây dựng Chính phủ điện tử", "249/TB-VPCP", "01/7/2014"),
    head("c", "Bán đấu giá tài sản công"),
    head("d", "Bạn đọc hỏi về thuế"),
    head("e", "Quản lý cán bộ", "0012/2020/QĐ-UBND", "05/5/2020"),
    head("f", "Quản lý cán bộ", "13/2022/QĐ-UBND", "05/5/2022"),
    head("g", "Quản lý cán bộ", "14/2024/QĐ-UBND", "05/5/2024", effect="het"),
]


@pytest.fixture
def suggestions(tmp_path: Path) -> Suggestions:
    return Suggestions.build(HEADS, tmp_path / "titles")


def paths(found: list[Suggestion]) -> str:
    return " ".join(one.path.removeprefix("/van-ban/") for one in found)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("thủ t", "a"),
        ("THU TUC DA", "a"),
        ("đăng ký kết", "a"),
        ("dang ky ", "a"),
        ("hon", "a"),
        (unicodedata.normalize("NFD", "Thủ tục đ"), "a"),
        ("dien tu", "b"),
        ("249", "b"),
        ("249/TB-V", "b"),
        ("249 tb", "b"),
        ("thông báo 249", "b"),
        ("thông báo số 249", "b"),
        ("so 249/", "b"),
        ("thông báo quản", "f"),
        ("thong bao quan ly can", "f"),
        ("tb-vpcp", "b"),
        ("12/2020", "e"),
        ("0012", "e"),
        ("ban", "c d"),
        ("bạn", "d c"),
        ("bán", "c d"),
        ("bá", "c f b d"),
        ("quy", ""),
        ("quản", "f"),
        ("quan ly can bo", "f"),
        ("thu ", "a"),
        ("thut", ""),
        ("ket luan xay", ""),
        ("", ""),
        ("?", ""),
        ("x" * 5000, ""),
        ("a " * 5000, ""),
    ],
)
def test_what_is_suggested(suggestions: Suggestions, typed: str, expected: str) -> None:
    assert paths(suggestions.find(typed)) == expected


def test_a_suggestion_says_where_it_leads(suggestions: Suggestions) -> None:
    assert suggestions.find("249") == [
        Suggestion("Thông báo kết luận về xây dựng Chính phủ điện tử", "249/TB-VPCP", "/van-ban/b", "notices")
    ]


def test_of_the_same_title_the_newest_in_force_is_suggested_once(suggestions: Suggestions) -> None:
    assert [one.number for one in suggestions.find("quản lý")] == ["13/2022/QĐ-UBND"]
    assert paths(suggestions.find("14/2024")) == "g"


def test_titles_that_begin_so_come_before_those_that_only_hold_it(tmp_path: Path) -> None:
    made = Suggestions.build([head("a", "Luật về đất đai"), head("b", "Đất đai và nhà ở")], tmp_path / "titles")
    assert paths(made.find("dat dai")) == "b a"


def test_a_type_typed_with_its_accents_leads_to_titles_of_it(tmp_path: Path) -> None:
    """The type is known by its slug only; what is typed with accents must not come after titles that mention it."""
    law = {**head("a", "Cư trú", "81/2006/QH11", "29/11/2006"), "type": "luat"}
    other = head("b", "Về dự án Luật Cư trú", "9/NQ-CP", "01/01/2025")
    made = Suggestions.build([law, other], tmp_path / "titles")
    assert paths(made.find("luật")) == "a b"
    assert paths(made.find("luật cư tr")) == "a b"
    assert paths(made.find("luat cu")) == "a b"


def test_a_partly_typed_syllable_is_found_with_y(tmp_path: Path) -> None:
    made = Suggestions.build(
        [head("a", "Quyền của trẻ em"), head("b", "Quý khách"), head("c", "Kỹ thuật"), head("d", "Kiểm tra")],
        tmp_path / "t",
    )
    assert set(paths(made.find("quy")).split()) == {"a", "b"}
    assert paths(made.find("ky")) == "c"
    assert paths(made.find("ky t")) == "c"


def test_what_changed_since_is_heeded_by_everybody_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "titles"
    Suggestions.build(HEADS, folder)
    opened = Suggestions.open(folder)
    assert Suggestions.change(folder, ["a"], [head("h", "Thủ tục mới"), head("c", "Bán nhà")]) == 3
    assert paths(opened.find("thu tuc")) == "h"
    assert [one.title for one in opened.find("ban")] == ["Bán nhà", "Bạn đọc hỏi về thuế"]
    assert Suggestions.change(folder, ["h"], []) == 3
    assert paths(opened.find("thu tuc")) == ""
    Suggestions.build(HEADS, folder)
    assert paths(opened.find("thu tuc")) == "a"


@pytest.mark.parametrize("harm", ["missing", "empty", "torn", "other"])
def test_a_damaged_file_is_said_to_be(tmp_path: Path, harm: str) -> None:
    Suggestions.build(HEADS, tmp_path)
    file = tmp_path / "titles"
    content = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes({"empty": b"", "torn": content[:1200], "other": b"x" * 5000}[harm])
    with pytest.raises(Damaged):
        Suggestions.open(tmp_path)


def test_an_empty_index_suggests_nothing(tmp_path: Path) -> None:
    assert Suggestions.build([], tmp_path / "titles").find("a") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14), min_size=1, max_size=12), st.data())
def test_every_title_is_found_from_each_of_its_first_words(
    tmp_path: Path, titles: list[list[str]], data: st.DataObject
) -> None:
    made = Suggestions.build(
        [head(f"u{place:02}", " ".join(words)) for place, words in enumerate(titles)], tmp_path / "titles"
    )
    words = data.draw(st.sampled_from(titles))
    start = data.draw(st.integers(0, min(len(words), 12) - 1))
    rest = " ".join(words[start:])
    typed = rest[: data.draw(st.integers(1, len(rest)))]
    if data.draw(st.booleans()):
        typed = " ".join(fold(token) for token in tokens(typed))
    found = {" ".join(tokens(one.title)) for one in made.find(typed, 50)}
    if typed.strip():
        assert " ".join(tokens(" ".join(words))) in found
    assert found <= {" ".join(tokens(" ".join(words))) for words in titles}
