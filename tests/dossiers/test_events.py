"""Events hold facts in their shape, and nothing else."""

from typing import Any
from uuid import UUID

import pytest
from dossiers.conftest import SUBMITTED, vn
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.dossiers.errors import BadEvent, WordsMissing
from portal.dossiers.events import SHAPES, WRITTEN, Kind, checked

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.data(), st.sampled_from(Kind))
def test_any_facts_are_taken_in_their_shape_or_refused_by_name(data: st.DataObject, kind: Kind) -> None:
    given_facts = {name: data.draw(ANYTHING) for name in SHAPES[kind]}
    name, payload = None, None
    try:
        payload, _words = checked(kind, given_facts, "vì sao")
    except BadEvent as refused:
        name = refused.name
    if payload is None:
        assert name in SHAPES[kind]
        return
    assert set(payload) == set(SHAPES[kind])
    assert checked(kind, payload, "vì sao") == (payload, "vì sao")


def test_a_submission_keeps_its_facts() -> None:
    payload, words = checked(Kind.SUBMITTED, SUBMITTED, None)
    assert payload == SUBMITTED
    assert words is None


@pytest.mark.parametrize(
    ("kind", "facts", "name"),
    [
        (Kind.SUBMITTED, SUBMITTED | {"profile": "vn-1900"}, "profile"),
        (Kind.SUBMITTED, SUBMITTED | {"limit": {"amount": 5, "unit": "moons"}}, "limit"),
        (Kind.SUBMITTED, SUBMITTED | {"applicant": "Nguyễn Thị Hoa"}, "applicant"),
        (Kind.FEE_PAID, {"amount": 1, "currency": "VND", "reference": " "}, "reference"),
        (Kind.APOLOGISED, {"due_at": "2026-03-02T09:00:00"}, "due_at"),
        (Kind.TRANSFERRED, {"deciding": "H17"}, "deciding"),
    ],
)
def test_a_fact_that_is_not_in_its_shape_is_refused_by_name(kind: Kind, facts: dict[str, Any], name: str) -> None:
    with pytest.raises(BadEvent) as refused:
        checked(kind, facts, "vì sao")
    assert refused.value.name == name


@pytest.mark.parametrize("kind", sorted(WRITTEN))
def test_what_the_law_wants_in_writing_needs_words(kind: Kind) -> None:
    facts = {"due_at": vn(2026, 3, 2, 9), "basis": "Luật", "what": ["name"], "until": None}
    with pytest.raises(WordsMissing):
        checked(kind, {name: value for name, value in facts.items() if name in SHAPES[kind]}, " \u200b\n")


def test_facts_come_as_rows_or_as_text_and_are_kept_as_text() -> None:
    uid = UUID("00000000-0000-7000-8000-000000000001")
    assert checked(Kind.TRANSFERRED, {"deciding": uid}, None)[0] == {"deciding": str(uid)}
    due = checked(Kind.APOLOGISED, {"due_at": vn(2026, 3, 2, 9)}, "vì")[0]
    assert due == {"due_at": "2026-03-02T02:00:00+00:00"}
