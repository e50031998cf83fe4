"""What every engine promises (`portal.search.engine`): one suite, run on both."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from search.engines.conftest import MEMORY
from search.engines.reference import Reference, scored, unit, words

from portal.errors import ConfigurationError
from portal.search.engine import Candidate, Index, Plan, Searcher, Term, Unit
from portal.search.engines import engine_named

Fill = Callable[[Sequence[Unit]], tuple[Index, Reference]]

SYLLABLES = ("thủ", "tục", "cấp", "phép", "xây", "dựng")
LIBRARY = [
    unit("a", day=30, E="thủ tục cấp phép", F="thu tuc", facets={"type": ("luat",), "field": ("x", "y")}),
    unit("a", "dieu-1", day=30, E="thủ tục thủ tục", facets={"type": ("luat",), "field": ("x", "y")}),
    unit("b", day=10, E={"thủ": 10, "xây": 1, "dựng": 3}, facets={"type": ("nghi-dinh",), "field": ("y",)}),
    unit("c", day=20, E="xây dựng cấp phép xây dựng", N={"82/2019": 1}, facets={"type": ("luat",)}),
    unit("d", E="phép"),
]
"""Short units: both engines keep lengths up to forty exactly, so scores may be compared closely."""


def found(searcher: Searcher, plan: Plan, limit: int = 100) -> list[tuple[str, str]]:
    return keys(searcher, searcher.top(plan, limit))


def keys(searcher: Searcher, candidates: Sequence[Candidate]) -> list[tuple[str, str]]:
    return [(brief["uid"], brief["anchor"]) for brief in searcher.briefs([each.ref for each in candidates])]


def test_an_unknown_engine_is_a_mistake_of_the_configuration() -> None:
    with pytest.raises(ConfigurationError, match="lucene"):
        engine_named("lucene")


@pytest.mark.parametrize("weight", [1.0, 0.25])
def test_scores_are_those_of_the_formula(filled: Fill, weight: float) -> None:
    index, reference = filled(LIBRARY)
    searcher = index.searcher()
    plan = Plan(scored=scored("E", "thủ tục xây", weight) + scored("F", "thu"))
    candidates = searcher.top(plan, 10)
    expected = reference.scores(plan)
    assert dict(zip(keys(searcher, candidates), (each.score for each in candidates), strict=True)) == pytest.approx(
        expected, rel=1e-4
    )
    assert candidates == sorted(candidates, key=lambda each: -each.score)


def test_scored_terms_neither_match_nor_exclude(filled: Fill) -> None:
    index, _ = filled(LIBRARY)
    searcher = index.searcher()
    plan = Plan(scored=scored("E", "thủ nowhere"), concepts=words("E", "xây"), minimum=1)
    assert found(searcher, plan) == [("b", ""), ("c", "")]
    assert searcher.top(plan, 10)[1].score == 0
    assert searcher.total(plan) == 2


@pytest.mark.parametrize("minimum", range(5))
def test_so_many_of_the_concepts_must_hold(filled: Fill, minimum: int) -> None:
    index, reference = filled(LIBRARY)
    plan = Plan(concepts=words("E", "thủ tục cấp xây"), minimum=minimum)
    assert set(found(index.searcher(), plan)) == set(reference.scores(plan))
    assert index.searcher().total(plan) == reference.total(plan)


def test_a_concept_holds_by_any_of_its_alternatives(filled: Fill) -> None:
    index, reference = filled(LIBRARY)
    either = (
        (Term("E", "xây"), Term("E", "cấp")),
        (Term("E", "tục"), Term("F", "tuc")),
        (Term("N", "nowhere"),),
    )
    plan = Plan(concepts=(either,), minimum=1)
    assert set(found(index.searcher(), plan)) == set(reference.scores(plan)) == {("c", ""), ("a", "")}


def test_required_excluded_limits_and_days(filled: Fill) -> None:
    index, reference = filled(LIBRARY)
    searcher = index.searcher()
    plans = {
        "required": (Plan(required=words("E", "thủ dựng")), {("b", "")}),
        "excluded": (Plan(excluded=words("E", "thủ phép")), set[tuple[str, str]]()),
        "not one word": (Plan(excluded=words("E", "thủ")), {("c", ""), ("d", "")}),
        "limit": (Plan(limits={"type": frozenset({"luat"})}), {("a", ""), ("a", "dieu-1"), ("c", "")}),
        "either": (Plan(limits={"type": frozenset({"nghi-dinh", "none"})}), {("b", "")}),
        "both": (Plan(limits={"type": frozenset({"luat"}), "field": frozenset({"x"})}), {("a", ""), ("a", "dieu-1")}),
        "unknown facet": (Plan(limits={"colour": frozenset({"red"})}), set[tuple[str, str]]()),
        "no value": (Plan(limits={"type": frozenset()}), set[tuple[str, str]]()),
        "days": (Plan(days=(10, 20)), {("b", ""), ("c", "")}),
        "no days": (Plan(days=(31, 40)), set[tuple[str, str]]()),
        "everything": (Plan(), {(each.uid, each.anchor) for each in LIBRARY}),
        "more than there are": (Plan(concepts=words("E", "thủ"), minimum=2), set[tuple[str, str]]()),
    }
    for name, (plan, expected) in plans.items():
        assert set(reference.scores(plan)) == expected, name
        assert set(found(searcher, plan)) == expected, name
        assert searcher.total(plan) == reference.total(plan), name
        assert [uid for uid, _ in keys(searcher, searcher.by_date(plan, 10))] == reference.by_date(plan), name


def test_facets_count_heads_by_value(filled: Fill) -> None:
    index, reference = filled(LIBRARY)
    for plan in (Plan(), Plan(required=words("E", "cấp")), Plan(days=(10, 10)), Plan(days=(99, 99))):
        names = ["type", "field", "colour"]
        assert index.searcher().facets(plan, names) == reference.facets(plan, names)
    assert index.searcher().facets(Plan(), ["type", "field"]) == {
        "type": {"luat": 2, "nghi-dinh": 1},
        "field": {"x": 1, "y": 2},
    }


def test_equal_scores_stand_by_day_then_uid_then_anchor(filled: Fill) -> None:
    order = [("c", ""), ("c", "dieu-10"), ("c", "dieu-2"), ("a", ""), ("b", ""), ("b", "dieu-1"), ("đ", "")]
    days = {"c": 50, "a": 7, "b": 7, "đ": 7}
    index, _ = filled([unit(uid, anchor, day=days[uid], E="giống nhau") for uid, anchor in order[::-1]])
    plan = Plan(scored=scored("E", "giống"))
    searcher = index.searcher()
    for limit in range(1, 9):
        assert found(searcher, plan, limit) == order[:limit]
        assert found(searcher, Plan(), limit) == order[:limit]


def test_ties_hold_across_commits(index: Index) -> None:
    writer = index.writer()
    for uid in ("c", "a", "b"):
        writer.replace(uid, [unit(uid, day=3, E="giống"), unit(uid, "dieu-1", day=3, E="giống")])
        writer.commit()
    writer.close()
    order = [(uid, anchor) for uid in "abc" for anchor in ("", "dieu-1")]
    assert found(index.searcher(), Plan(scored=scored("E", "giống"))) == order
    assert found(index.searcher(), Plan(scored=scored("E", "giống")), 3) == order[:3]


def test_by_date_goes_through_pages(filled: Fill) -> None:
    index, reference = filled([unit(f"u{number:02}", day=number // 3, E="chung") for number in range(20)])
    searcher = index.searcher()
    expected = reference.by_date(Plan())
    for offset in (0, 5, 18, 20, 40):
        page = searcher.by_date(Plan(), 5, offset)
        assert [uid for uid, _ in keys(searcher, page)] == expected[offset : offset + 5]
        assert all(each.score == 0 and each.head for each in page)


def test_candidates_say_to_which_document_they_belong(filled: Fill) -> None:
    index, _ = filled(LIBRARY)
    searcher = index.searcher()
    candidates = searcher.top(Plan(), 10)
    groups: dict[int, set[str]] = {}
    for (uid, anchor), each in zip(keys(searcher, candidates), candidates, strict=True):
        groups.setdefault(each.group, set()).add(uid)
        assert each.head == (anchor == "")
    assert sorted(map(sorted, groups.values())) == [["a"], ["b"], ["c"], ["d"]]


def test_briefs_and_texts_come_back_as_they_were(filled: Fill) -> None:
    long = "Điều 1. Phạm vi\n\n" + "nội dung " * 50_000
    made = unit("a", E="một", text=long)
    index, _ = filled([made, unit("b", E="hai", text="ngắn"), *LIBRARY[1:2]])
    searcher = index.searcher()
    refs = [each.ref for each in searcher.by_date(Plan(), 5)]
    assert searcher.texts(refs) == [long, "ngắn"]
    assert searcher.briefs(refs[::-1])[1] == made.brief
    assert searcher.briefs([]) == []
    assert searcher.texts([]) == []


def test_an_empty_index_answers(index: Index) -> None:
    searcher = index.searcher()
    plan = Plan(scored=scored("E", "gì"), concepts=words("E", "gì"), minimum=1)
    assert searcher.units == 0
    assert searcher.top(plan, 10) == []
    assert searcher.by_date(plan, 10) == []
    assert searcher.total(Plan()) == 0
    assert searcher.facets(Plan(), ["type"]) == {"type": {}}
    assert searcher.frequency(Term("E", "gì")) == 0
    assert (list(searcher.terms("E")), list(searcher.heads()), searcher.versions()) == ([], [], {})
    index.check()


def test_nothing_found_is_no_error(filled: Fill) -> None:
    index, _ = filled(LIBRARY)
    plan = Plan(scored=scored("E", "zzz"), concepts=words("E", "zzz"), minimum=1)
    searcher = index.searcher()
    assert searcher.top(plan, 10) == []
    assert searcher.total(plan) == 0
    assert searcher.facets(plan, ["type"]) == {"type": {}}


def test_terms_frequencies_heads_and_versions(filled: Fill) -> None:
    index, _ = filled([*LIBRARY, unit("e", version=9, E="mới"), unit("e", "dieu-1", version=9, E="mới nữa")])
    searcher = index.searcher()
    assert searcher.units == 7
    assert dict(searcher.terms("E"))["thủ"] == searcher.frequency(Term("E", "thủ")) == 3
    assert dict(searcher.terms("N")) == {"82/2019": 1}
    assert list(searcher.terms("B")) == []
    assert searcher.frequency(Term("B", "thủ_tục")) == 0
    assert sorted(brief["uid"] for brief in searcher.heads()) == ["a", "b", "c", "d", "e"]
    assert searcher.versions() == {"a": (1, 2), "b": (1, 1), "c": (1, 1), "d": (1, 1), "e": (9, 2)}


def test_terms_of_any_letters_and_length(filled: Fill) -> None:
    strange = ["đ", "ữ", "𝒳", "中文", "a b", "82/2019/nđ-cp", "x" * 200, "'\"\\", "é"]
    index, _ = filled([unit(f"u{place}", E={term: 1}) for place, term in enumerate(strange)])
    searcher = index.searcher()
    for place, term in enumerate(strange):
        plan = Plan(scored=((Term("E", term), 1.0),), concepts=(((Term("E", term),),),), minimum=1)
        assert found(searcher, plan) == [(f"u{place}", "")], term
    assert dict(searcher.terms("E")) == dict.fromkeys(strange, 1)


def test_huge_documents_and_weights(filled: Fill) -> None:
    huge = {f"từ{number}": number % 300 + 1 for number in range(30_000)}
    index, reference = filled([unit("a", E=huge | {"nhiều": 100_000}), unit("b", E="từ1"), unit("c", E="nhiều")])
    searcher = index.searcher()
    plan = Plan(scored=scored("E", "nhiều từ1"), concepts=words("E", "nhiều"), minimum=1)
    expected = reference.scores(plan)
    assert found(searcher, plan) == sorted(expected, key=lambda key: -expected[key]) == [("a", ""), ("c", "")]
    # a length of five million is kept in a byte by one of the engines: an eighth of it may be lost
    assert [each.score for each in searcher.top(plan, 2)] == pytest.approx(
        sorted(expected.values(), reverse=True), rel=0.15
    )


def test_replace_and_remove_show_at_the_commit(index: Index) -> None:
    writer = index.writer()
    before = index.searcher()
    writer.replace("a", [unit("a", version=1, E="cũ"), unit("a", "dieu-1", version=1, E="cũ")])
    assert index.searcher().units == before.units == 0
    writer.commit()
    assert index.searcher().versions() == {"a": (1, 2)}
    writer.replace("a", [unit("a", version=2, E="giữa")])
    writer.replace("a", [unit("a", version=3, E="mới")])
    writer.replace("b", [unit("b", version=4, E="mới")])
    writer.commit()
    assert index.searcher().versions() == {"a": (3, 1), "b": (4, 1)}
    plan = Plan(concepts=words("E", "cũ giữa"), minimum=1)
    assert index.searcher().total(plan) == 0
    writer.replace("b", [unit("b", version=5, E="bỏ")])
    writer.replace("b", [])
    writer.replace("never there", [])
    writer.commit()
    assert index.searcher().versions() == {"a": (3, 1)}
    assert [brief["uid"] for brief in index.searcher().heads()] == ["a"]
    writer.replace("a", [])
    writer.commit()
    assert index.searcher().units == index.searcher().total(Plan()) == 0
    writer.close()
    index.check()


def test_what_was_not_committed_is_lost(index: Index) -> None:
    writer = index.writer()
    writer.replace("a", [unit("a", E="một")])
    writer.commit()
    writer.replace("a", [])
    writer.replace("b", [unit("b", E="hai")])
    writer.close()
    writer.close()
    assert index.searcher().versions() == {"a": (1, 1)}
    again = index.writer()
    again.replace("c", [unit("c", E="ba")])
    again.commit()
    again.close()
    assert set(index.searcher().versions()) == {"a", "c"}


def test_a_searcher_keeps_its_snapshot_and_is_kept(filled: Fill) -> None:
    index, _ = filled(LIBRARY)
    old = index.searcher()
    assert index.searcher() is old
    plan = Plan(scored=scored("E", "thủ cấp"), concepts=words("E", "thủ cấp"), minimum=1)
    expected = [(each.score, each.head, each.group) for each in old.top(plan, 10)], keys(old, old.top(plan, 10))
    writer = index.writer()
    for number in range(40):
        for uid in "abcd":
            writer.replace(uid, [unit(uid, version=number, E=f"thủ {number}")] if number % 2 else [])
        writer.commit()
    writer.close()
    assert index.searcher() is not old
    assert index.searcher().versions() == dict.fromkeys("abcd", (39, 1))
    assert ([(each.score, each.head, each.group) for each in old.top(plan, 10)], found(old, plan)) == expected
    assert old.texts([each.ref for each in old.by_date(Plan(), 1)]) == ["Lời của a#"]
    assert old.versions() == {"a": (1, 2), "b": (1, 1), "c": (1, 1), "d": (1, 1)}
    assert old.facets(Plan(), ["type"]) == {"type": {"luat": 2, "nghi-dinh": 1}}


def test_scores_forget_what_was_removed(engine: str, filled: Fill) -> None:
    index, reference = filled([*LIBRARY, *(unit(f"x{number}", E="thủ thủ tục") for number in range(30))])
    writer = index.writer()
    for number in range(30):
        writer.replace(f"x{number}", [])
        reference.replace(f"x{number}", [])
    writer.commit()
    writer.close()
    plan = Plan(scored=scored("E", "thủ tục xây"))
    searcher = index.searcher()
    candidates = searcher.top(plan, 10)
    assert searcher.units == 5
    assert dict(zip(keys(searcher, candidates), (each.score for each in candidates), strict=True)) == pytest.approx(
        reference.scores(plan), rel=1e-4
    )


def test_an_index_opens_again(engine: str, folder: Path, filled: Fill) -> None:
    index, reference = filled(LIBRARY)
    plan = Plan(scored=scored("E", "thủ xây"))
    expected = found(index.searcher(), plan)
    index.close()
    again = engine_named(engine).open(folder, memory=MEMORY)
    assert found(again.searcher(), plan) == expected
    assert again.searcher().facets(Plan(), ["field"]) == reference.facets(Plan(), ["field"])
    again.check()
    again.close()


def test_many_threads_search_while_one_writes(filled: Fill) -> None:
    index, _ = filled([unit(f"u{number}", day=number, E=f"chung w{number % 7}") for number in range(300)])
    plans = [Plan(scored=scored("E", f"chung w{number}"), required=words("E", f"w{number}")) for number in range(7)]
    alone = [found(index.searcher(), plan) for plan in plans]
    searcher = index.searcher()

    def ask(turn: int) -> bool:
        place = turn % 7
        index.searcher().top(plans[place], 5)
        texts = searcher.texts([each.ref for each in searcher.top(plans[place], 3)])
        return found(searcher, plans[place]) == alone[place] and all(text.startswith("Lời") for text in texts)

    writer = index.writer()
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(ask, turn) for turn in range(200)]
        for number in range(10):
            writer.replace(f"u{number}", [unit(f"u{number}", version=2, E="khác")])
            writer.commit()
        assert all(answer.result() for answer in answers)
    writer.close()
    assert index.searcher().versions()["u3"] == (2, 1)


def test_many_commits_stay_few_files(folder: Path, index: Index) -> None:
    writer = index.writer()
    most = 0
    for number in range(150):
        writer.replace(f"u{number % 50}", [unit(f"u{number % 50}", version=number, E=f"chung w{number}")])
        writer.commit()
        most = max(most, len(list(folder.iterdir())))
    writer.close()
    assert most < 300, f"{most} files"
    searcher = index.searcher()
    assert searcher.versions() == {f"u{number % 50}": (number, 1) for number in range(100, 150)}
    assert dict(searcher.terms("E"))["chung"] >= 50
    assert searcher.total(Plan(required=words("E", "chung"))) == 50
    index.check()


def test_a_build_of_an_empty_corpus(index: Index) -> None:
    index.build([])
    assert index.searcher().units == 0


def test_plain_values_of_a_brief_survive(filled: Fill) -> None:
    brief: dict[str, Any] = {"uid": "a", "anchor": "", "fields": ["x"], "none": None, "head": True, "year": 2020}
    made = unit("a", E="một")
    index, _ = filled([Unit("a", True, "", 1, made.terms, {}, 0, brief, "")])
    assert list(index.searcher().heads()) == [brief]
    searcher = index.searcher()
    assert searcher.texts([each.ref for each in searcher.top(Plan(), 1)]) == [""]
