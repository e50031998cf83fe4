"""The engines over real laws, each beside a floor measured in the same run. Prints figures.

`PORTAL_SEARCH_DOCUMENTS=4005` takes all of them (some 75,000 units).
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pytest
from benchmarks.laws import documents, questions
from benchmarks.searching import milliseconds, part, plan
from benchmarks.table import show

from portal.search.engine import K1, B, Plan, Term, Unit
from portal.search.engines import ENGINES, engine_named
from portal.search.units import units_of
from portal.settings import ROOT

DOCUMENTS = int(os.environ.get("PORTAL_SEARCH_DOCUMENTS", "500"))
ASKED = 500


@pytest.fixture(scope="module")
def asked(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Plan]]:
    texts = questions(shared)[:ASKED]
    file = tmp_path_factory.mktemp("asked") / "questions.json"
    file.write_text(json.dumps(texts), encoding="utf-8")
    return file, [plan(text) for text in texts]


class Floor:
    """BM25 in memory with every weight computed before: only what must be added is added."""

    def __init__(self, asked: list[Plan]) -> None:
        self._wanted = {term for each in asked for term, _ in each.scored}
        self._lists: dict[Term, tuple[list[int], list[int]]] = {term: ([], []) for term in self._wanted}
        self._texts = {field: {term.text for term in self._wanted if term.field == field} for field in "EFB"}
        self._lengths: dict[str, list[int]] = {field: [] for field in "EFB"}
        self.impacts: dict[Term, tuple[Any, Any]] = {}

    def add(self, unit: Unit) -> None:
        row = len(self._lengths["E"])
        for field, texts in self._texts.items():
            weighted = unit.terms.get(field, {})
            self._lengths[field].append(sum(weighted.values()))
            for text in texts & weighted.keys():
                rows, weights = self._lists[Term(field, text)]
                rows.append(row)
                weights.append(weighted[text])

    def finish(self) -> None:
        self._count = len(self._lengths["E"])
        norms = {field: np.array(each) for field, each in self._lengths.items()}
        norms = {field: K1 * (1 - B + B * each / max(1, each.mean())) for field, each in norms.items()}
        for term, (rows, weights) in self._lists.items():
            places, tf = np.array(rows, np.intp), np.array(weights)
            idf = np.log(1 + (self._count - len(rows) + 0.5) / (len(rows) + 0.5))
            self.impacts[term] = places, (idf * tf * (K1 + 1) / (tf + norms[term.field][places])).astype(np.float32)

    def top(self, asked: Plan) -> Any:
        scores = np.zeros(self._count, np.float32)
        for term, weight in asked.scored:
            rows, impacts = self.impacts[term]
            scores[rows] += np.float32(weight) * impacts
        return np.argpartition(scores, max(0, self._count - 200))[-200:]


def analysed(shared: Path, count: int, version: int = 1) -> Iterator[tuple[str, list[Unit]]]:
    for document in documents(shared, count):
        yield document.uid, units_of(document, version)


def test_engines_beside_a_floor(shared: Path, asked: tuple[Path, list[Plan]], tmp_path: Path) -> None:
    file, plans = asked
    floor = Floor(plans)
    started = perf_counter()
    for _ in analysed(shared, DOCUMENTS):
        pass
    analysis = perf_counter() - started
    for unit in chain.from_iterable(units for _, units in analysed(shared, DOCUMENTS)):
        floor.add(unit)
    floor.finish()
    least = milliseconds(plans, floor.top)
    rows = [("floor", f"{analysis:.1f}", "", "", f"{part(least, 0.5):.1f}", f"{part(least, 0.95):.1f}", "", "")]
    for name in ENGINES:
        rows.append(measured(name, shared, file, tmp_path / name, analysis, part(least, 0.5)))
    columns = ("engine", "build s", "MB", "open s", "p50 ms", "p95 ms", "update ms", "memory MB")
    show(f"{DOCUMENTS:,} documents; floor: analysis alone, scores in memory alone", columns, rows)


def measured(name: str, shared: Path, file: Path, folder: Path, analysis: float, least: float) -> tuple[str, ...]:
    folder.mkdir()
    index = engine_named(name).create(folder)
    started = perf_counter()
    index.build(analysed(shared, DOCUMENTS))
    built = perf_counter() - started
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    process = subprocess.run(
        [sys.executable, "-m", "benchmarks.searching", name, str(folder), str(file)],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    figures = json.loads(process.stdout)
    print(name, figures)
    taken = updates(index, list(analysed(shared, 40, version=2)))
    index.check()
    index.close()
    p50, p95, _ = figures["search"]
    return (
        f"{name}, {figures['units']:,} units",
        f"{built:.1f} (× {built / analysis:.1f})",
        f"{size:.0f}",
        f"{figures['open']:.2f}",
        f"{p50:.1f} (× {p50 / least:.1f})",
        f"{p95:.1f}",
        f"{part(taken, 0.5):.0f} / {part(taken, 0.95):.0f}",
        f"{figures['memory']['VmRSS']:.0f}",
    )


def updates(index: Any, changed: list[tuple[str, list[Unit]]]) -> list[float]:
    """Milliseconds until a changed document is seen by a reader."""
    taken = []
    writer = index.writer()
    for uid, units in changed:
        started = perf_counter()
        writer.replace(uid, units)
        writer.commit()
        index.searcher()
        taken.append((perf_counter() - started) * 1000)
    writer.close()
    assert Counter(version for version, _ in index.searcher().versions().values())[2] == len(changed)
    return sorted(taken)
