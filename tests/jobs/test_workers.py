"""Workers as they really run: threads, processes, real clock. Every wait ends as soon as what it waits for is there."""

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock, jobs
from portal.db import Sessions
from portal.jobs import Background, Job, Worker

DOOMED = Path(__file__).with_name("doomed.py")
DEADLINE = 30.0


def until(reached: Callable[[], object]) -> None:
    """Poll until it is so; fail at the deadline."""
    end = time.monotonic() + DEADLINE
    while not reached():
        assert time.monotonic() < end, "not reached before the deadline"
        threading.Event().wait(0.02)


def count(sessions: Sessions, *conditions: Any) -> int:
    with sessions() as db:
        return db.scalar(select(func.count()).select_from(Job).where(*conditions)) or 0


@contextmanager
def killed_in_its_job(url: str, folder: Path, lease: float) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, str(DOOMED), url, str(folder), str(lease)])
    try:
        until((folder / "began").exists)
        yield
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("commits", [False, True])
def test_another_worker_takes_over_from_a_killed_one(
    own_database: str, sessions: Sessions, config: Any, tmp_path: Path, commits: bool
) -> None:
    with sessions.begin() as db:
        jobs.add(db, "hang", key="1", payload={"commits": commits}, at=clock.now())
    done = []
    config.add_job("hang", lambda db, payload, at: done.append(at))
    config.add_job("effect", lambda db, payload, at: None)
    with killed_in_its_job(own_database, tmp_path, lease=0.6):
        pass  # kill -9 on leaving
    rescuer = Worker(sessions, config.registry, lease=timedelta(seconds=5))
    until(lambda: rescuer.run_once(clock.now()) and done)
    with sessions() as db:
        (job,) = db.scalars(select(Job))  # no effect of the killed one
        assert (job.kind, job.attempts, job.lease_owner) == ("hang", 2, None)
        assert job.done_at is not None


def test_a_living_worker_keeps_its_job_beyond_the_length_of_its_lease(
    own_database: str, sessions: Sessions, config: Any, tmp_path: Path
) -> None:
    """The process hangs in its job but lives, so its heartbeat goes on."""
    with sessions.begin() as db:
        jobs.add(db, "hang", key="1", payload={"commits": True}, at=clock.now())
    config.add_job("hang", lambda db, payload, at: None)
    other = Worker(sessions, config.registry)
    with killed_in_its_job(own_database, tmp_path, lease=0.6):
        with sessions() as db:
            first = db.scalars(select(Job.leased_until)).one()
        assert first is not None
        until(lambda: count(sessions, Job.leased_until > first + timedelta(seconds=0.6)))
        assert other.run_once(clock.now()) == 0
        with sessions() as db:
            (kind,) = jobs.overview(db, at=clock.now()).kinds
            assert (kind.running, kind.lost) == (1, 0)


def test_many_workers_do_each_job_once(sessions: Sessions, config: Any) -> None:
    seen: Counter[str] = Counter()
    config.add_job("note", lambda db, payload, at: seen.update([payload["key"]]))
    with sessions.begin() as db:
        for number in range(60):
            jobs.add(db, "note", key=str(number), payload={"key": str(number)}, at=clock.now())
    workers = [Background(Worker(sessions, config.registry, poll=timedelta(seconds=0.02))) for _ in range(4)]
    for worker in workers:
        worker.start()
    until(lambda: count(sessions, Job.done_at.is_not(None)) == 60)
    assert all(worker.stop(DEADLINE) for worker in workers)
    assert seen == Counter({str(number): 1 for number in range(60)})


def test_stopping_lets_the_job_at_hand_finish_and_starts_no_other(sessions: Sessions, config: Any) -> None:
    began, go_on = threading.Event(), threading.Event()

    def slow(db: Session, payload: dict[str, Any], at: datetime) -> None:
        began.set()
        assert go_on.wait(DEADLINE)

    config.add_job("slow", slow)
    with sessions.begin() as db:
        for key in ("1", "2"):
            jobs.add(db, "slow", key=key, payload={}, at=clock.now())
    worker = Background(Worker(sessions, config.registry))
    worker.start()
    assert began.wait(DEADLINE)
    assert not worker.stop(timeout=0)
    go_on.set()
    assert worker.stop(DEADLINE)
    assert count(sessions, Job.done_at.is_not(None)) == 1
    assert count(sessions, Job.attempts == 0, Job.lease_owner.is_(None)) == 1


def test_a_worker_outlives_an_outage_of_the_database(
    sessions: Sessions, own_engine: Any, config: Any, caplog: pytest.LogCaptureFixture
) -> None:
    done = []
    config.add_job("note", lambda db, payload, at: done.append(1))
    worker = Background(Worker(sessions, config.registry, poll=timedelta(seconds=0.02)))
    with own_engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE jobs RENAME TO jobs_away")
    worker.start()
    until(lambda: "cannot reach the jobs" in caplog.text)
    with own_engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE jobs_away RENAME TO jobs")
    with sessions.begin() as db:
        jobs.add(db, "note", key="1", payload={}, at=clock.now())
    until(lambda: done)
    assert worker.stop(DEADLINE)


def test_adding_the_same_key_from_many_threads_leaves_one_waiting_job(sessions: Sessions) -> None:
    def add(version: int) -> None:
        with sessions.begin() as db:
            jobs.add(db, "note", key="1", payload={"version": version}, at=clock.now())

    threads = [threading.Thread(target=add, args=(version,)) for version in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
    assert count(sessions) == 1
