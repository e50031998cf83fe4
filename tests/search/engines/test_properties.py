"""Random documents, changes and plans: an engine answers as the reference does."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search.engines.conftest import ENGINES, MEMORY
from search.engines.reference import Reference

from portal.search.engine import Plan, Term, Unit
from portal.search.engines import engine_named

TEXTS = ("a", "b", "ă", "â", "đ", "e")
TERMS = st.builds(Term, st.sampled_from(("E", "F", "N")), st.sampled_from(TEXTS))
CONCEPTS = st.lists(st.lists(st.lists(TERMS, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple))
FACETS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from((("x",), ("y",))),
        "field": st.lists(st.sampled_from("pqr"), unique=True, max_size=3).map(tuple),
    },
)
TERMS_OF_UNIT = st.dictionaries(
    st.sampled_from(("E", "F", "N")), st.dictionaries(st.sampled_from(TEXTS), st.integers(1, 5), min_size=1), max_size=3
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[Unit]]:
    uid = draw(st.sampled_from("uvwxyz"))
    day, version, facets = draw(st.integers(0, 4)), draw(st.integers(1, 9)), draw(FACETS)
    return uid, [
        Unit(uid, not anchor, anchor, version, draw(TERMS_OF_UNIT), facets, day, {"uid": uid, "anchor": anchor}, "lời")
        for anchor in ("", "1", "2")[: draw(st.integers(0, 3))]
    ]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    concepts = tuple(draw(CONCEPTS))
    weights = draw(st.dictionaries(TERMS, st.sampled_from((0.5, 1.0, 2.0)), max_size=5))
    limits = {"type": st.frozensets(st.sampled_from("xyz")), "field": st.frozensets(st.sampled_from("pqz"))}
    return Plan(
        scored=tuple(weights.items()),
        concepts=concepts,
        minimum=draw(st.integers(0, len(concepts))),
        required=tuple(draw(CONCEPTS)[:1]),
        excluded=tuple(draw(CONCEPTS)[:1]),
        limits=draw(st.fixed_dictionaries({}, optional=limits)),
        days=draw(st.none() | st.tuples(st.integers(0, 2), st.integers(1, 4))),
    )


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    built=st.lists(documents(), max_size=6, unique_by=lambda each: each[0]),
    changes=st.lists(st.lists(documents(), max_size=3), max_size=3),
    asked=st.lists(plans(), min_size=1, max_size=4),
)
def test_an_engine_answers_as_the_reference(
    engine: str, built: list[tuple[str, list[Unit]]], changes: list[list[tuple[str, list[Unit]]]], asked: list[Plan]
) -> None:
    pytest.importorskip(engine)
    reference = Reference(built)
    with TemporaryDirectory() as folder:
        index = engine_named(engine).create(Path(folder))
        index.build(built)
        writer = index.writer()
        for commit in changes:
            for uid, units in commit:
                writer.replace(uid, units)
                reference.replace(uid, units)
            writer.commit()
        writer.close()
        opened = engine_named(engine).open(Path(folder), memory=MEMORY)
        searcher = opened.searcher()
        assert searcher.units == len(reference.units)
        assert searcher.versions() == {
            uid: (units[0].version, len(units)) for uid, units in reference.documents.items() if units
        }
        for plan in asked:
            expected = reference.scores(plan)
            candidates = searcher.top(plan, 100)
            briefs = searcher.briefs([each.ref for each in candidates])
            scores = {
                (brief["uid"], brief["anchor"]): each.score for brief, each in zip(briefs, candidates, strict=True)
            }
            assert scores == pytest.approx(expected, rel=1e-4, abs=1e-6)
            for (brief, each), (next_brief, following) in zip(
                list(zip(briefs, candidates, strict=True))[:-1],
                list(zip(briefs, candidates, strict=True))[1:],
                strict=True,
            ):
                assert each.score >= following.score
                if each.score == following.score and brief["uid"] == next_brief["uid"]:
                    assert brief["anchor"] < next_brief["anchor"]
            assert searcher.total(plan) == reference.total(plan)
            assert searcher.facets(plan, ["type", "field"]) == reference.facets(plan, ["type", "field"])
            dated = searcher.by_date(plan, 100)
            assert [brief["uid"] for brief in searcher.briefs([each.ref for each in dated])] == reference.by_date(plan)
        index.close()
        opened.close()
