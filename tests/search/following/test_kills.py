"""`kill -9` of the indexer at any moment: the next start goes on, and nothing differs (invariants 1, 5)."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search.following import things
from search.following.doomed import fork
from search.following.things import publish, withdraw
from sqlalchemy import Engine

from portal.db import Sessions, maker_for
from portal.search import following
from portal.search.engine import Unit
from portal.search.folders import Mark
from portal.search.host import Live
from portal.search.rebuilding import rebuild
from portal.search.verifying import verify

DOOMED = Path(__file__).with_name("doomed.py")
TESTS = DOOMED.parents[2]
ENGINES = ("plain", "whoosh", "tantivy")
TASKS = ("follow", "rebuild")

pytestmark = pytest.mark.unmeasured  # processes that are killed cannot be measured; test_following covers the same code


def differences(registry: dict[str, Any]) -> list[Any]:
    live: Live = registry["portal.search"]
    live.look_again()
    return verify(live.source, live).differences


def leftovers(folder: Path) -> list[str]:
    [root] = [path for path in folder.iterdir() if path.is_dir() and path.name.endswith("-1")]
    current = (root / "current").read_text().strip()
    return sorted(path.name for path in root.iterdir() if path.is_dir() and path.name != current) + sorted(
        path.name for path in root.glob("current.*")
    )


@pytest.fixture
def filled(sessions: Sessions) -> None:
    with sessions.begin() as db:
        for number in range(6):
            publish(db, number, f"số {number}")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("task", ["build", "follow", "rebuild"])
@pytest.mark.parametrize("engine", ENGINES)
def test_killed_at_any_step_the_next_start_ends_equal(
    engine: str, task: str, own_database: str, own_engine: Engine, sessions: Sessions, tmp_path: Path
) -> None:
    """Every step once, in a folder of its own or going on where the last one died."""
    folder = tmp_path / "doomed"
    words = {"build": "follow"}.get(task, task)
    if task != "build":
        fork(own_database, folder, engine, 0, "follow")
    with sessions.begin() as db:
        withdraw(db, 0)
        publish(db, 1, "số 1, sửa")
        publish(db, 9, "số 9")
    moment = died = 0
    while (moments := fork(own_database, folder, engine, moment := moment + (1 if died < 25 else 5), words)) is None:
        died += 1
        with sessions.begin() as db:  # life goes on between two starts
            publish(db, 1, f"số 1, sửa lần {died}")
            (withdraw(db, 9) if died % 2 else publish(db, 9, f"số 9, lần {died}"))
    assert moments > 0
    assert died > 3
    registry = things.host(own_engine, folder, engine)
    following.catch_up(registry)
    assert differences(registry) == []
    registry["portal.search"].close()
    rebuild(registry["portal.search"].place, registry["portal.search"].source)
    assert leftovers(folder) == []


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("engine", ENGINES)
def test_a_disk_without_space_harms_nothing(
    engine: str, own_database: str, own_engine: Engine, sessions: Sessions, tmp_path: Path
) -> None:
    folder = tmp_path / "full"
    fork(own_database, folder, engine, 0, "follow")
    with sessions.begin() as db:
        withdraw(db, 0)
        for number in range(100, 160):
            publish(db, number, f"số {number} " + " ".join(f"{word}{number}" for word in "abcdefghijklmnop"))
    failed = [fork(own_database, folder, engine, 0, task, space=room) for task in TASKS for room in (1, 300, 2000)]
    assert -1 in failed
    registry = things.host(own_engine, folder, engine)
    following.catch_up(registry)
    assert differences(registry) == []


def test_a_lock_dies_with_its_process(
    own_database: str, own_engine: Engine, sessions: Sessions, tmp_path: Path
) -> None:
    with sessions.begin() as db:
        publish(db, 1, "một")
    folder = tmp_path / "doomed"
    for task in ("follow", "rebuild"):
        assert fork(own_database, folder, "plain", 5, task) is None
        registry = things.host(own_engine, folder)
        following.catch_up(registry, patience=5)
        assert differences(registry) == []


STEPS = st.lists(
    st.tuples(st.sampled_from(["publish", "withdraw", "rolled back", "replay", "rebuild", "crash"]), st.integers(0, 5)),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_sequence_of_edits_and_crashes_the_index_equals_the_database(
    steps: list[tuple[str, int]], own_engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    sessions = maker_for(own_engine)
    registry = things.host(own_engine, folder)
    for place, (step, number) in enumerate(steps):
        _take(step, number, f"{step} {place}", sessions, registry)
    following.catch_up(registry)
    assert differences(registry) == []
    with sessions() as db:
        public = {str(uid) for uid in things.uids(db)}
    live: Live = registry["portal.search"]
    searcher = live.searcher()
    assert searcher is not None
    assert {brief["uid"] for brief in searcher.heads()} == public
    live.close()


def _take(step: str, number: int, title: str, sessions: Sessions, registry: dict[str, Any]) -> None:
    live: Live = registry["portal.search"]
    current = live.place.folder.current()
    if step == "publish":
        with sessions.begin() as db:
            publish(db, number, title)
    elif step == "withdraw":
        with sessions.begin() as db:
            withdraw(db, number)
    elif step == "rolled back":
        with sessions() as db:
            publish(db, number, title)
            db.flush()
            db.rollback()
    elif step == "rebuild":
        rebuild(live.place, live.source)
    elif step == "replay" and current:
        current.set_mark(Mark(max(0, current.mark().seq - number)))
    elif step == "crash" and current:  # after the engine's commit and before the cursor, half of a batch
        index = live.place.engine().open(current.index, memory=0)
        writer = index.writer()
        for uid, units in list(live.source.units(live.source.changes(current.mark().seq, 50)))[:number]:
            writer.replace(uid, [unit for unit in units if isinstance(unit, Unit)])
        if number % 2:
            writer.commit()
        writer.close()
        index.close()


def test_a_running_indexer_killed_at_random_moments_is_taken_over(
    own_database: str, own_engine: Engine, sessions: Sessions, tmp_path: Path
) -> None:
    folder = tmp_path / "killed"
    chance = random.Random(4)
    command = [sys.executable, str(DOOMED), own_database, str(folder), "plain", *["follow", "rebuild"] * 500]
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    registry = things.host(own_engine, folder)
    folder_of = registry["portal.search"].place.folder
    for turn in range(4):
        before = folder_of.current()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while folder_of.current() in (None, before):  # until it is at work
            assert time.monotonic() < deadline
            time.sleep(0.01)
        for _ in range(chance.randrange(20, 200)):
            number = chance.randrange(8)
            with sessions.begin() as db:
                (publish(db, number, f"lần {turn}") if chance.random() < 0.6 else withdraw(db, number))
        process.kill()
        process.wait()
        following.catch_up(registry, patience=10)
        assert differences(registry) == []
