"""The record of a guide: whatever is given, what is kept is whole."""

from typing import Any

from guides.drawn import guides
from hypothesis import given
from hypothesis import strategies as st

from portal.guides.data import clean, say

JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["title", "kind", "id", "choices", "label", "target", "answer", "below", "procedures", "contact",
                 "last", "link", "documents", "nodes", "start", "tests", "answers", "outcome", "text"]),
            inner | st.sampled_from(["question", "outcome", "n1", "n2", "number", "date"]),
            max_size=7,
        )
    ),
    max_leaves=25,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["title", "nodes", "start", "last", "tests", "summary"]), JSON))
def test_anything_is_cleaned_into_a_record_and_cleaning_again_changes_nothing(given_: dict[str, Any]) -> None:
    data = clean(given_)

    ids = [node["id"] for node in data["nodes"]]
    assert len(set(ids)) == len(ids)
    assert data["start"] in (*ids, None)
    for node in data["nodes"]:
        choices = node.get("choices", [])
        assert len({choice["id"] for choice in choices}) == len(choices)
        assert all(choice["target"] in (*ids, None) for choice in choices)
    assert clean(data) == data


@given(guides())
def test_an_id_of_a_node_is_never_given_twice(data: dict[str, Any]) -> None:
    gone = data["nodes"][-1]["id"]

    fewer = clean({**data, "nodes": data["nodes"][:-1]})
    more = clean({**fewer, "nodes": [*fewer["nodes"], {"kind": "outcome"}]})

    assert gone not in [node["id"] for node in more["nodes"]]


def test_an_answer_keeps_its_id_when_its_words_change() -> None:
    first = clean({"nodes": [{"kind": "question", "choices": [{"label": "Dưới 16 tuổi"}, {"label": "Dưới 16 tuổi"}]}]})
    choices = first["nodes"][0]["choices"]
    assert [choice["id"] for choice in choices] == ["duoi-16-tuoi", "duoi-16-tuoi-2"]

    choices[0]["label"] = "Chưa đủ 16 tuổi"
    assert clean(first)["nodes"][0]["choices"][0]["id"] == "duoi-16-tuoi"


def test_scripts_pictures_and_foreign_addresses_do_not_come_in() -> None:
    picture = f'<img src="/tep/{"0" * 64}/a.png">'
    sent: dict[str, Any] = {"kind": "outcome", "text": f'<p onclick="x()">A<script>x()</script>{picture}</p>'}
    sent["link"] = {"address": "javascript:alert(1)", "text": "bấm"}

    outcome = clean({"nodes": [sent]})["nodes"][0]

    assert outcome["text"] == "<p>A</p>"
    assert outcome["link"] == {"address": None, "text": None, "text_en": None}
    assert clean({"nodes": [sent | {"link": {"address": "//evil.example/"}}]})["nodes"][0]["link"]["address"] is None


def test_a_text_is_said_in_vietnamese_where_there_is_no_english() -> None:
    row = {"title": "Tên", "title_en": None}

    assert say(row, "title", "en") == "Tên"
    assert say(row | {"title_en": "Name"}, "title", "en") == "Name"
