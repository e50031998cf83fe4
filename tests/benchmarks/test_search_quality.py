"""Search quality on the whole judged sets, both engines, against the targets of the study. Prints tables."""

from functools import partial
from pathlib import Path

import pytest
from benchmarks.table import show

from portal.cli.searching import documents
from portal.search.judging import (
    Measures,
    Question,
    asked,
    build,
    halved,
    measured,
    percentiles,
    read_set,
    spelled,
    timed,
)

ENGINES = ("whoosh", "tantivy")
ZALO = {"": (0.785, 0.92), "khong_dau": (0.78, 0.915), "half": (0.77, 0.0)}
"""MRR@10 and R@10."""
KNOWN = {"number": 0.995, "number_folded": 0.995, "type_number": 0.99, "title_full": 0.98}
"""hit@1 by kind of question."""
SPELLINGS = 0.995
COLUMNS = ("questions (how many)", "MRR@10", "hit@1", "R@10", "R@100", "p50 ms", "p95 ms")


def _row(name: str, found: Measures, times: list[float]) -> tuple[str, ...]:
    figures = (found.mrr, found.hit, found.recall_10, found.recall_100)
    return (
        f"{name} ({found.questions})",
        *(f"{figure:.4f}" for figure in figures),
        *(f"{time:.1f}" for time in percentiles(times)[:2]),
    )


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sets(shared: Path) -> Path:
    folder = shared / "data" / "search"
    if not folder.is_dir():
        pytest.skip("needs data/search of ../shared")
    return folder


def test_questions_reach_the_targets(engine: str, sets: Path, tmp_path: Path) -> None:
    folder = sets / "zalo"
    judged = read_set(folder)
    variants = {**judged.variants, "half": [halved(question) for question in judged.variants[""]]}
    build(engine, tmp_path / "index", partial(documents, folder / "corpus.jsonl.gz", articles=True), lambda done: None)
    rows, short = [], []
    with asked(engine, tmp_path / "index", "passage") as asking:
        for name, (mrr, recall) in ZALO.items():
            found = measured([(asking.answers(one), judged.relevant[one.id]) for one in variants[name]])
            rows.append(_row(name or "queries", found, timed(asking, variants[name], lambda one: None)))
            short += [rows[-1]] if found.mrr < mrr or found.recall_10 < recall else []
    show(f"zalo, {engine}", COLUMNS, rows)
    assert not short


def test_known_items_reach_the_targets(engine: str, sets: Path, tmp_path: Path) -> None:
    folder, corpus = sets / "known-item", sets.parent / "documents" / "legal.jsonl.gz"
    judged = read_set(folder)
    questions = list(judged.variants[""])
    build(engine, tmp_path / "index", partial(documents, corpus, articles=True), lambda done: None)
    by_kind: dict[str, list[tuple[Question, frozenset[str]]]] = {}
    for one in questions:
        by_kind.setdefault(one.kind, []).append((one, judged.relevant[one.id]))
        if one.kind == "number":
            for other in spelled(one):
                by_kind.setdefault(other.kind, []).append((other, judged.relevant[one.id]))
    rows, short = [], []
    with asked(engine, tmp_path / "index", "document") as asking:
        for kind, of_kind in by_kind.items():
            found = measured([(asking.answers(one), right) for one, right in of_kind])
            rows.append(_row(kind, found, timed(asking, [one for one, _right in of_kind], lambda one: None)))
            floor = SPELLINGS if kind.startswith("number_") else KNOWN.get(kind, 0.0)
            short += [rows[-1]] if found.hit < floor else []
    show(f"known items, {engine}", COLUMNS, rows)
    assert not short
