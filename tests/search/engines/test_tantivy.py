"""What is tantivy's own: slots that stay, bitmaps beside it, mending after a crash, one writer."""

import random
from pathlib import Path

import numpy as np
import pytest
from search.engines.reference import Reference, scored, unit, words

from portal.search.engine import Plan, Term

pytest.importorskip("tantivy")

from portal.search.engines.tantivy import TantivyIndex, bits, index, searching, writing
from portal.search.engines.tantivy.records import Records

MEMORY = 1 << 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "index"
    made.mkdir()
    return made


@pytest.mark.parametrize("sets", [1, 2, 3, 7, 20])
def test_counting_on_bitmaps_is_counting(sets: int) -> None:
    chance = np.random.default_rng(sets)
    marks = chance.random((sets, 300)) < 0.4
    packed = [bits.packed(row) for row in marks]
    for minimum in range(sets + 2):
        found = bits.at_least(packed, minimum, len(packed[0]))
        assert bits.marks_of(found)[:300].tolist() == (marks.sum(axis=0) >= minimum).tolist()


def test_slots_in_and_out_of_a_bitmap() -> None:
    slots = np.array([0, 5, 63, 64, 130, 500])
    made = bits.of_slots(slots, 3)
    assert bits.slots_of(made).tolist() == [0, 5, 63, 64, 130]
    assert bits.count(made) == 5
    assert bits.has(made, np.array([5, 6, 130])).tolist() == [True, False, True]


def documents(count: int) -> list[tuple[str, list]]:  # type: ignore[type-arg]
    chance = random.Random(5)
    made = []
    for number in range(count):
        text = " ".join(chance.choices(list("abcdefgh"), weights=[50, 30, 20, 10, 5, 3, 2, 1], k=6))
        units = [
            unit(f"d{number:04}", anchor, day=number % 9, F=text, facets={"type": (f"t{number % 3}",)})
            for anchor in ("", "dieu-1")
        ]
        made.append((f"d{number:04}", units))
    return made


@pytest.mark.parametrize("few", [0, 10_000])
def test_both_ways_of_ranking_give_the_best(folder: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(searching, "FEW", few)
    made = documents(300)
    built = TantivyIndex.create(folder)
    built.build(made)
    reference, searcher = Reference(made), built.searcher()
    for plan in (
        Plan(scored=scored("F", "a h"), concepts=words("F", "a b"), minimum=2),
        Plan(scored=scored("F", "c g"), limits={"type": frozenset({"t1"})}),
        Plan(scored=scored("F", "h"), excluded=words("F", "a"), days=(2, 4)),
        Plan(scored=scored("F", "a b c d e f g h"), concepts=words("F", "f g h"), minimum=1),
    ):
        expected = sorted(reference.scores(plan).values(), reverse=True)
        for limit in (1, 7, 50, 1000):
            scores = [each.score for each in searcher.top(plan, limit)]
            assert scores == pytest.approx(expected[:limit], rel=1e-4)
        assert len(searcher.top(plan, 1000)) == len(expected)
    built.close()


def test_stored_bitmaps_say_what_tantivy_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_DENSE_AGAIN", 10)
    made = documents(100)
    built = TantivyIndex.create(folder)
    built.build(made[:60])
    built.close()
    records = Records.open(folder)
    assert records.dense_slots() == 120
    assert records.dense("F", "a") is not None
    opened = TantivyIndex.open(folder, memory=MEMORY)
    writer = opened.writer()
    for uid, units in made[60:63]:
        writer.replace(uid, units)
    writer.replace("d0001", [])
    writer.commit()
    reference = Reference(made[:63])
    reference.replace("d0001", [])
    for text in "abcdefgh":
        plan = Plan(concepts=words("F", text), minimum=1)
        assert opened.searcher().total(plan) == reference.total(plan), text
    for uid, units in made[63:]:
        writer.replace(uid, units)
    writer.commit()
    assert records.dense_slots() == 200
    writer.close()
    opened.close()
    records.close()


def test_bitmaps_kept_in_memory_are_bounded(folder: Path) -> None:
    built = TantivyIndex.create(folder)
    built.build([(f"d{n}", [unit(f"d{n}", F=" ".join(f"w{n * 7 + m}" for m in range(20)))]) for n in range(200)])
    opened = TantivyIndex.open(folder, memory=2_000)
    for n in range(1000):
        plan = Plan(concepts=words("F", f"w{n}"), minimum=1)
        assert opened.searcher().total(plan) == sum(n - 19 <= d * 7 <= n for d in range(200))
    assert opened._postings._held <= 2_000  # the promise is about memory
    opened.close()


def test_an_old_snapshot_does_not_see_later_units_or_lose_dead_ones(folder: Path) -> None:
    built = TantivyIndex.create(folder)
    built.build(documents(20))
    old, plan = built.searcher(), Plan(concepts=words("F", "a"), minimum=1)
    writer = built.writer()
    for number in range(20):
        writer.replace(f"d{number:04}", [unit(f"d{number:04}", F="z")])
    writer.commit()
    assert built.searcher().total(plan) == 0  # fills what is shared
    assert old.total(plan) == Reference(documents(20)).total(plan)
    assert built.searcher().total(plan) == 0
    assert len(old.briefs([each.ref for each in old.top(plan, 100)])) > 0
    writer.close()
    built.close()


def test_a_second_writer_is_refused_and_the_first_goes_on(folder: Path) -> None:
    built = TantivyIndex.create(folder)
    writer = built.writer()
    with pytest.raises(writing.Locked):
        built.writer()
    writer.replace("a", [unit("a", F="x")])
    writer.commit()
    writer.close()
    again = built.writer()
    again.close()
    assert built.searcher().units == 1
    built.close()


def test_a_crash_between_the_two_commits_is_mended(folder: Path) -> None:
    built = TantivyIndex.create(folder)
    built.build(documents(5))
    writer = built.writer()
    writer.replace("d0000", [unit("d0000", F="new")])
    writer._records.commit()  # the crash: tantivy never hears of it
    writer._pending.clear()
    writer.close()
    opened = TantivyIndex.open(folder, memory=MEMORY)
    assert opened.searcher().versions() == {f"d{number:04}": (1, 2) for number in range(5)}
    assert opened.searcher().frequency(Term("F", "new")) == 0
    again = opened.writer()
    again.replace("d0000", [unit("d0000", version=7, F="new")])
    again.commit()
    again.close()
    assert opened.searcher().versions()["d0000"] == (7, 1)
    assert opened.searcher().total(Plan()) == 5
    opened.check()
    opened.close()


def test_records_of_the_dead_are_forgotten_in_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = TantivyIndex.create(folder)
    built.build(documents(3))
    monkeypatch.setattr(writing, "_KEPT", -5)
    writer = built.writer()
    for version in range(2, 6):
        writer.replace("d0000", [unit("d0000", version=version, F="x")])
        writer.commit()
    writer.close()
    with Records.open(folder).using() as db:
        ((rows,),) = db.execute("SELECT count(*) FROM contents").fetchall()
    assert rows == built.searcher().units == 5
    assert built.searcher().versions()["d0000"] == (5, 1)
    built.close()
