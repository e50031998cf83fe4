from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationError
from sqlalchemy.orm import Session

from portal import jobs
from portal.db import Sessions
from portal.jobs import PeriodicJob, Worker

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def ran(config: Any) -> list[datetime]:
    """When the hourly job `sweep` ran."""
    moments: list[datetime] = []
    config.add_periodic("sweep", HOUR, lambda db, at: moments.append(at))
    return moments


def test_it_runs_once_a_period(worker: Worker, ran: list[datetime], at: datetime) -> None:
    assert [worker.run_once(at + minutes * timedelta(minutes=1)) for minutes in (0, 0, 30, 59, 60, 61, 120)] == [
        1, 0, 0, 0, 1, 0, 1,
    ]  # fmt: skip
    assert ran == [at, at + HOUR, at + 2 * HOUR]


def test_any_number_of_workers_runs_each_period_once(
    sessions: Sessions, config: Any, ran: list[datetime], at: datetime
) -> None:
    def run(_number: int) -> int:
        worker = Worker(sessions, config.registry)
        return sum(worker.run_once(at + hour * HOUR) for hour in range(3))

    with ThreadPoolExecutor(4) as pool:
        total = sum(pool.map(run, range(4)))
    assert total == 3
    assert sorted(ran) == sorted(set(ran))


def test_after_an_outage_it_runs_once_and_keeps_its_rhythm(
    worker: Worker, ran: list[datetime], own: Session, at: datetime
) -> None:
    worker.run_once(at)
    late = at + 100 * HOUR + timedelta(minutes=10)
    assert worker.run_once(late) == 1
    (row,) = jobs.overview(own, at=late).periodic
    assert row.next_at == at + 101 * HOUR


def test_a_failure_is_kept_and_tried_again_before_the_next_period(
    sessions: Sessions, config: Any, own: Session, at: datetime
) -> None:
    broken = [True]

    def sweep(db: Session, now: datetime) -> None:
        if broken:
            raise OSError("đĩa đầy")

    config.add_periodic("sweep", HOUR, sweep)
    worker = Worker(sessions, config.registry, chance=lambda: 1.0)
    assert worker.run_once(at) == 1
    row = own.get_one(PeriodicJob, "sweep")
    own.close()  # the test's own transaction must not keep the workers out
    assert (row.last_error, row.last_done_at) == ("OSError: đĩa đầy", None)
    assert at < row.next_at < at + 10 * SECOND
    broken.clear()
    assert worker.run_once(row.next_at) == 1
    row = own.get_one(PeriodicJob, "sweep")
    assert (row.last_error, row.attempts) == (None, 0)
    assert row.last_done_at is not None


def test_a_worker_that_died_in_it_is_replaced_when_its_lease_ends(
    sessions: Sessions, config: Any, own: Session, at: datetime
) -> None:
    class Killed(BaseException):
        """Like a signal: nothing of the worker runs after it."""

    dying = [True]

    def sweep(db: Session, now: datetime) -> None:
        if dying:
            raise Killed

    config.add_periodic("sweep", HOUR, sweep)
    with pytest.raises(Killed):
        Worker(sessions, config.registry).run_once(at)
    dying.clear()
    other = Worker(sessions, config.registry)
    assert other.run_once(at + 59 * SECOND) == 0
    assert other.run_once(at + 61 * SECOND) == 1


def test_a_name_and_a_period_are_checked_at_start(config: Any) -> None:
    config.add_periodic("sweep", HOUR, lambda db, at: None)
    with pytest.raises(ConfigurationError, match="sweep"):
        config.add_periodic("sweep", HOUR, lambda db, at: None)
    with pytest.raises(ConfigurationError, match="longer"):
        config.add_periodic("nothing", timedelta(0), lambda db, at: None)


def test_the_portal_prunes_its_jobs_by_itself() -> None:
    config = Configurator()
    config.include("portal.jobs")
    assert config.registry["portal.jobs"].periods["jobs.prune"].every == HOUR
