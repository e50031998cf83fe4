"""Answers, what they fall under, and what is different since."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from guides.drawn import guides
from hypothesis import given
from hypothesis import strategies as st

from portal.guides.data import Span, clean
from portal.guides.graph import Graph
from portal.guides.reading import NoAnswer, answer_of
from portal.guides.walking import changed_between, choice_for, elapsed, walk

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def _question(answer: str, *bounds: int | None) -> dict[str, Any]:
    choices = [{"label": f"nhóm {n}", "below": bound} for n, bound in enumerate(bounds)]
    node: dict[str, Any] = clean({"nodes": [{"kind": "question", "answer": answer, "choices": choices}]})["nodes"][0]
    return node


@pytest.mark.parametrize(
    ("since", "today", "years", "months"),
    [
        ((2010, 3, 2), (2026, 3, 1), 15, 191),
        ((2010, 3, 2), (2026, 3, 2), 16, 192),
        ((2008, 2, 29), (2024, 2, 28), 15, 191),
        ((2008, 2, 29), (2024, 2, 29), 16, 192),
        ((2008, 2, 29), (2025, 2, 28), 17, 204),
        ((2026, 1, 31), (2026, 2, 28), 0, 1),
        ((2026, 3, 1), (2026, 2, 28), -1, -1),
    ],
)
def test_an_age_is_full_on_the_birthday(since: Any, today: Any, years: int, months: int) -> None:
    assert elapsed(date(*since), date(*today), Span.YEARS) == years
    assert elapsed(date(*since), date(*today), Span.MONTHS) == months


@given(DAYS, DAYS)
def test_time_that_passes_never_makes_anybody_younger(since: date, today: date) -> None:
    for span in Span:
        assert elapsed(since, today, span) <= elapsed(since, today + timedelta(1), span)
    assert elapsed(since, today, Span.DAYS) == (today - since).days
    if since <= today:
        assert elapsed(since, today, Span.MONTHS) // 12 == elapsed(since, today, Span.YEARS)


@given(st.lists(st.integers(0, 50), unique=True, max_size=5).map(sorted), st.integers(0, 60))
def test_a_number_falls_under_exactly_the_first_bound_above_it(bounds: list[int], value: int) -> None:
    node = _question("number", *bounds, None)

    chosen = choice_for(node, value)

    assert chosen is not None
    assert chosen["label"] == f"nhóm {sum(bound <= value for bound in bounds)}"


@pytest.mark.parametrize(
    ("typed", "group"),
    [("15", 0), ("16", 1), (" 15,9 ", 0), ("1.000", 1), ("1 000 000", 1), ("0", 0), ("１５", 0)],
)
def test_numbers_are_read_as_people_write_them(typed: str, group: int) -> None:
    node = _question("number", 16, None)

    assert answer_of(node, {"nhap": typed}, date(2026, 3, 2)) is node["choices"][group]


@pytest.mark.parametrize("typed", ["", "mười lăm", "-3", "1.5.2", "99999999999999", "1e5", "9" * 400])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NoAnswer):
        answer_of(_question("number", 16, None), {"nhap": typed}, date(2026, 3, 2))


@given(st.text(max_size=40))
def test_no_typing_breaks_a_question(typed: str) -> None:
    for node in (_question("number", 16, None), _question("date", 16, None), _question("choice", None, None)):
        with suppress(NoAnswer):
            assert answer_of(node, {"nhap": typed, "chon": typed}, date(2026, 3, 2)) in node["choices"]


@given(guides(), st.lists(st.sampled_from(["dap-0", "dap-1", "dap-2", "dap-3", "khac"]), max_size=12))
def test_following_any_answers_ends_at_the_last_sure_place(data: dict[str, Any], answers: list[str]) -> None:
    walked = walk(data, answers)

    assert tuple(answers[: len(walked.answers)]) == walked.answers
    assert (walked.refused is None) == (len(walked.answers) == len(answers))
    again = walk(data, walked.answers)
    assert again.node == walked.node
    assert again.refused is None


@given(guides(forward=True))
def test_nothing_has_changed_between_a_guide_and_itself(data: dict[str, Any]) -> None:
    for path in Graph.of(data).paths(20).listed:
        assert not changed_between(data, clean(data), path.answers)


def test_a_change_elsewhere_is_none_for_whoever_did_not_pass_it() -> None:
    nodes: list[dict[str, Any]] = [
        {"id": "n1", "kind": "question", "title": "Hỏi?", "choices": [
            {"id": "a", "label": "A", "target": "n2"}, {"id": "b", "label": "B", "target": "n3"}]},
        {"id": "n2", "kind": "outcome", "title": "Một"}, {"id": "n3", "kind": "outcome", "title": "Hai"},
    ]  # fmt: skip
    before, after = clean({"nodes": nodes}), clean({"nodes": [*nodes[:2], {**nodes[2], "title": "Ba"}]})

    assert changed_between(before, after, ["b"])
    assert not changed_between(before, after, ["a"])
    assert changed_between(before, clean({"nodes": nodes[:2]}), ["b"])
