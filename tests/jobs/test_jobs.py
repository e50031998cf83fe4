from datetime import datetime, timedelta
from typing import Any

import pytest
from pyramid.exceptions import ConfigurationError
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import jobs
from portal.db import Sessions
from portal.jobs import GiveUp, Job, Worker
from portal.jobs.registry import RETRIES
from portal.jobs.worker import LONGEST_DELAY, delay_after

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def all_jobs(db: Session) -> list[Job]:
    db.close()
    rows = list(db.scalars(select(Job).order_by(Job.id)))
    db.close()  # the test's own transaction must not keep the workers out
    return rows


@pytest.fixture
def ran(config: Any) -> list[dict[str, Any]]:
    """What the jobs of kind `note` were given, in order."""
    payloads: list[dict[str, Any]] = []
    config.add_job("note", lambda db, payload, at: payloads.append(payload))
    return payloads


def test_a_job_of_a_committed_transaction_is_done(own: Session, worker: Worker, ran: list[Any], at: datetime) -> None:
    jobs.add(own, "note", key="1", payload={"tên": "Thông báo"}, at=at)
    own.commit()
    assert worker.run_once(at) == 1
    assert ran == [{"tên": "Thông báo"}]
    (job,) = all_jobs(own)
    assert job.done_at is not None
    assert (job.attempts, job.lease_owner, job.leased_until) == (1, None, None)
    assert worker.run_once(at) == 0


def test_a_job_of_a_rolled_back_transaction_never_was(
    own: Session, worker: Worker, ran: list[Any], at: datetime
) -> None:
    jobs.add(own, "note", key="1", payload={}, at=at)
    own.rollback()
    assert worker.run_once(at + DAY) == 0


def test_a_job_waits_for_its_time(own: Session, worker: Worker, ran: list[Any], at: datetime) -> None:
    jobs.add(own, "note", key="1", payload={}, at=at, run_at=at + DAY)
    own.commit()
    assert worker.run_once(at + DAY - SECOND) == 0
    assert worker.run_once(at + DAY) == 1


def test_jobs_run_in_the_order_in_which_they_became_due(
    own: Session, worker: Worker, ran: list[Any], at: datetime
) -> None:
    for key, delay in (("second", 2), ("third", 3), ("first", 1)):
        jobs.add(own, "note", key=key, payload={"key": key}, at=at, run_at=at + delay * SECOND)
    own.commit()
    worker.run_once(at + DAY)
    assert [payload["key"] for payload in ran] == ["first", "second", "third"]


def test_waiting_jobs_of_one_key_merge_into_the_latest(
    own: Session, worker: Worker, ran: list[Any], at: datetime
) -> None:
    first = jobs.add(own, "note", key="1", payload={"version": 1}, at=at, run_at=at + DAY)
    own.commit()
    assert jobs.add(own, "note", key="1", payload={"version": 2}, at=at, run_at=at + SECOND) == first
    assert jobs.add(own, "note", key="1", payload={"version": 3}, at=at, run_at=at + 9 * DAY) == first
    other = jobs.add(own, "note", key="2", payload={"version": 1}, at=at, run_at=at + 9 * DAY)
    own.commit()
    assert other != first
    assert worker.run_once(at + SECOND) == 1
    assert ran == [{"version": 3}]


def test_a_job_added_while_its_twin_runs_follows_it(
    sessions: Sessions, own: Session, worker: Worker, config: Any, at: datetime
) -> None:
    seen = []

    def index(db: Session, payload: dict[str, Any], at: datetime) -> None:
        seen.append(payload["version"])
        if payload["version"] == 1:
            jobs.add(db, "index", key="1", payload={"version": 2}, at=at)

    config.add_job("index", index)
    jobs.add(own, "index", key="1", payload={"version": 1}, at=at)
    own.commit()
    assert worker.run_once(at) == 2
    assert seen == [1, 2]
    assert [job.done_at is not None for job in all_jobs(own)] == [True, True]


def test_two_jobs_of_one_key_never_run_at_the_same_time(
    sessions: Sessions, own: Session, worker: Worker, config: Any, at: datetime
) -> None:
    other = Worker(sessions, config.registry)
    meanwhile = []

    def index(db: Session, payload: dict[str, Any], at: datetime) -> None:
        if payload["version"] == 1:
            db.commit()  # gives SQLite's write lock back
            with sessions.begin() as second:
                jobs.add(second, "index", key="1", payload={"version": 2}, at=at)
            meanwhile.append(other.run_once(at))

    config.add_job("index", index)
    jobs.add(own, "index", key="1", payload={"version": 1}, at=at)
    own.commit()
    assert worker.run_once(at) == 2
    assert meanwhile == [0]


def test_a_handler_and_its_mark_are_one_transaction(
    own: Session, worker: Worker, config: Any, ran: list[Any], at: datetime
) -> None:
    def half(db: Session, payload: dict[str, Any], at: datetime) -> None:
        jobs.add(db, "note", key="effect", payload={}, at=at)
        db.flush()
        raise RuntimeError("không nối được")

    config.add_job("half", half, retries=0)
    jobs.add(own, "half", key="1", payload={}, at=at)
    own.commit()
    worker.run_once(at)
    (job,) = all_jobs(own)
    assert job.kind == "half"
    assert job.last_error == "RuntimeError: không nối được"
    assert ran == []


def test_a_failing_job_is_tried_again_later_and_later_until_it_is_dead(
    own: Session, sessions: Sessions, config: Any, at: datetime
) -> None:
    def fail(db: Session, payload: dict[str, Any], at: datetime) -> None:
        raise RuntimeError("hỏng")

    config.add_job("fail", fail, retries=3)
    worker = Worker(sessions, config.registry, chance=lambda: 1.0)
    jobs.add(own, "fail", key="1", payload={}, at=at)
    own.commit()
    waits, now = [], at
    for _attempt in range(3):
        assert worker.run_once(now) == 1
        (job,) = all_jobs(own)
        waits.append(round((job.run_at - now).total_seconds()))
        assert (job.dead_at, job.lease_owner) == (None, None)
        assert worker.run_once(job.run_at - SECOND) == 0
        now = job.run_at
    assert waits == [5, 10, 20]
    assert worker.run_once(now) == 1
    (job,) = all_jobs(own)
    assert job.dead_at is not None
    assert job.last_error == "RuntimeError: hỏng"
    assert worker.run_once(now + DAY) == 0
    assert jobs.overview(own, at=now).dead == 1
    assert [job.id for job in jobs.dead(own).rows] == [job.id]


def test_the_delay_doubles_up_to_an_hour_with_jitter() -> None:
    assert delay_after(1, 0.0) == 2.5 * SECOND
    assert delay_after(1, 1.0) == 5 * SECOND
    assert delay_after(2, 1.0) == 10 * SECOND
    assert delay_after(500, 1.0) == LONGEST_DELAY


def test_a_job_that_cannot_succeed_is_dead_at_once(own: Session, worker: Worker, config: Any, at: datetime) -> None:
    def refuse(db: Session, payload: dict[str, Any], at: datetime) -> None:
        raise GiveUp("Địa chỉ không tồn tại.")

    config.add_job("mail", refuse)
    jobs.add(own, "mail", key="1", payload={}, at=at)
    own.commit()
    assert worker.run_once(at) == 1
    (job,) = all_jobs(own)
    assert job.dead_at is not None
    assert job.last_error == "Địa chỉ không tồn tại."


def test_a_dead_job_can_be_run_again(own: Session, worker: Worker, config: Any, at: datetime) -> None:
    broken = [True]

    def mend(db: Session, payload: dict[str, Any], at: datetime) -> None:
        if broken:
            raise GiveUp("hỏng")

    config.add_job("mend", mend)
    for key in ("1", "2"):
        jobs.add(own, "mend", key=key, payload={}, at=at)
    own.commit()
    worker.run_once(at)
    broken.clear()
    first, _second = all_jobs(own)
    assert jobs.retry_dead(own, at=at, job_id=first.id) == 1
    assert jobs.retry_dead(own, at=at, kind="other") == 0
    own.commit()
    assert worker.run_once(at) == 1
    assert jobs.retry_dead(own, at=at) == 1
    own.commit()
    assert worker.run_once(at) == 1
    assert [job.done_at is not None and job.attempts == 1 for job in all_jobs(own)] == [True, True]


def test_a_dead_job_whose_key_waits_again_is_closed_not_doubled(
    own: Session, worker: Worker, config: Any, at: datetime
) -> None:
    done = []

    def mend(db: Session, payload: dict[str, Any], at: datetime) -> None:
        if payload["version"] == 1:
            raise GiveUp("hỏng")
        done.append(payload["version"])

    config.add_job("mend", mend)
    jobs.add(own, "mend", key="1", payload={"version": 1}, at=at)
    own.commit()
    worker.run_once(at)
    jobs.add(own, "mend", key="1", payload={"version": 2}, at=at)
    own.commit()
    assert jobs.retry_dead(own, at=at) == 0
    own.commit()
    assert worker.run_once(at) == 1
    assert done == [2]


def test_a_failed_job_whose_key_waits_again_gives_way_to_the_newer(
    sessions: Sessions, own: Session, worker: Worker, config: Any, at: datetime
) -> None:
    seen = []

    def index(db: Session, payload: dict[str, Any], at: datetime) -> None:
        seen.append(payload["version"])
        if payload["version"] == 1:
            db.commit()
            with sessions.begin() as other:
                jobs.add(other, "index", key="1", payload={"version": 2}, at=at)
            raise RuntimeError("hỏng")

    config.add_job("index", index)
    jobs.add(own, "index", key="1", payload={"version": 1}, at=at)
    own.commit()
    assert worker.run_once(at) == 2
    assert seen == [1, 2]
    assert all(job.done_at is not None for job in all_jobs(own))


def test_new_payload_gives_a_failing_job_all_its_attempts_again(
    own: Session, worker: Worker, config: Any, at: datetime
) -> None:
    def fail(db: Session, payload: dict[str, Any], at: datetime) -> None:
        raise RuntimeError("hỏng")

    config.add_job("fail", fail)
    jobs.add(own, "fail", key="1", payload={}, at=at)
    own.commit()
    worker.run_once(at)
    jobs.add(own, "fail", key="1", payload={"better": True}, at=at)
    own.commit()
    (job,) = all_jobs(own)
    assert (job.attempts, job.payload, job.run_at) == (0, {"better": True}, at)


def test_a_kind_that_this_release_does_not_know_waits_for_one_that_does(
    own: Session, worker: Worker, ran: list[Any], at: datetime
) -> None:
    jobs.add(own, "from the future", key="1", payload={}, at=at)
    own.commit()
    assert worker.run_once(at) == 0
    assert all_jobs(own)[0].attempts == 0


def test_a_lease_that_ran_out_is_taken_over_and_the_first_worker_changes_nothing_any_more(
    sessions: Sessions, own: Session, config: Any, at: datetime
) -> None:
    """The first worker freezes for two minutes in the middle of its job, without a heartbeat."""
    worker, other = Worker(sessions, config.registry), Worker(sessions, config.registry)
    seen: list[str] = []

    def slow(db: Session, payload: dict[str, Any], now: datetime) -> None:
        if now == at:
            assert other.run_once(at + 59 * SECOND) == 0
            assert other.run_once(at + 120 * SECOND) == 1
            jobs.add(db, "effect", key="1", payload={}, at=now)
        seen.append("frozen" if now == at else "other")

    config.add_job("slow", slow)
    jobs.add(own, "slow", key="1", payload={}, at=at)
    own.commit()
    worker.run_once(at)
    assert seen == ["other", "frozen"]
    (job,) = all_jobs(own)
    assert job.attempts == 2
    assert job.done_at == pytest.approx(at + 120 * SECOND, abs=10 * SECOND)


def test_a_frozen_worker_whose_job_then_fails_does_not_undo_its_successor(
    sessions: Sessions, own: Session, config: Any, at: datetime
) -> None:
    worker, other = Worker(sessions, config.registry), Worker(sessions, config.registry)

    def slow(db: Session, payload: dict[str, Any], now: datetime) -> None:
        if now == at:
            assert other.run_once(at + 120 * SECOND) == 1
            raise RuntimeError("hỏng")

    config.add_job("slow", slow)
    jobs.add(own, "slow", key="1", payload={}, at=at)
    own.commit()
    worker.run_once(at)
    (job,) = all_jobs(own)
    assert job.done_at is not None
    assert job.last_error is None


def test_a_twin_added_at_the_very_moment_of_a_failure_takes_over(
    sessions: Sessions, own: Session, own_database: str, config: Any, at: datetime
) -> None:
    if own_database.startswith("sqlite"):
        pytest.skip("SQLite's writers are serial, so there is no such moment")
    seen: list[int] = []

    def fail_first(db: Session, payload: dict[str, Any], now: datetime) -> None:
        seen.append(payload["version"])
        if payload["version"] == 1:
            raise RuntimeError("hỏng")

    def add_twin() -> float:  # asked for after the worker looked for a twin, and before it writes
        with sessions.begin() as db:
            jobs.add(db, "fail", key="1", payload={"version": 2}, at=at)
        return 1.0

    config.add_job("fail", fail_first)
    jobs.add(own, "fail", key="1", payload={"version": 1}, at=at)
    own.commit()
    assert Worker(sessions, config.registry, chance=add_twin).run_once(at) == 2
    assert seen == [1, 2]
    assert all(job.done_at is not None for job in all_jobs(own))


def test_a_worker_can_stay_within_a_transaction(
    own: Session, sessions: Sessions, config: Any, ran: list[Any], at: datetime
) -> None:
    jobs.add(own, "note", key="1", payload={"a": 1}, at=at)
    assert Worker.within(own, config.registry).run_once(at) == 1
    assert ran == [{"a": 1}]
    assert own.scalars(select(Job.done_at)).one() is not None
    own.rollback()
    assert all_jobs(own) == []


def test_a_job_that_kills_every_worker_ends_dead(own: Session, worker: Worker, config: Any, at: datetime) -> None:
    started = []
    config.add_job("deadly", lambda db, payload, at: started.append(1), retries=2)
    jobs.add(own, "deadly", key="1", payload={}, at=at)
    own.execute(update(Job).values(attempts=3, lease_owner="killed", leased_until=at - SECOND))
    own.commit()
    assert worker.run_once(at) == 1
    (job,) = all_jobs(own)
    assert job.dead_at is not None
    assert "dừng giữa chừng" in (job.last_error or "")
    assert started == []


def test_the_overview_says_what_waits_fails_runs_and_is_lost(own: Session, config: Any, at: datetime) -> None:
    states: dict[str, dict[str, Any]] = {
        "waiting": {},
        "failing": {"attempts": 2},
        "later": {"run_at": at + DAY},
        "running": {"lease_owner": "a", "leased_until": at + SECOND},
        "lost": {"lease_owner": "b", "leased_until": at - SECOND},
        "dead": {"dead_at": at},
        "done": {"done_at": at},
    }
    for key, values in states.items():
        job_id = jobs.add(own, "note", key=key, payload={}, at=at - DAY)
        if values:
            own.execute(update(Job).where(Job.id == job_id).values(**values))
    (kind,) = jobs.overview(own, at=at).kinds
    assert (kind.waiting, kind.failing, kind.running, kind.lost, kind.dead, kind.done) == (3, 1, 1, 1, 1, 1)
    assert kind.oldest_due_at == at - DAY
    assert jobs.overview(own, at=at).oldest_due_at == at - DAY


def test_done_jobs_are_forgotten_after_a_week_and_dead_ones_never(own: Session, at: datetime) -> None:
    for key, values in {
        "old": {"done_at": at - 8 * DAY},
        "new": {"done_at": at - 6 * DAY},
        "dead": {"dead_at": at - 99 * DAY},
    }.items():
        job_id = jobs.add(own, "note", key=key, payload={}, at=at)
        own.execute(update(Job).where(Job.id == job_id).values(**values))
    jobs.prune(own, at)
    own.commit()
    assert [job.key for job in all_jobs(own)] == ["new", "dead"]


def test_the_database_refuses_a_lease_without_an_end(own: Session, at: datetime) -> None:
    jobs.add(own, "note", key="1", payload={}, at=at)
    with pytest.raises(IntegrityError):
        own.execute(update(Job).values(lease_owner="somebody"))


def test_a_key_that_does_not_fit_is_refused(own: Session, at: datetime) -> None:
    with pytest.raises(ValueError, match="too long"):
        jobs.add(own, "note", key="x" * 256, payload={}, at=at)


def test_a_kind_has_one_handler(config: Any) -> None:
    config.add_job("note", lambda db, payload, at: None)
    with pytest.raises(ConfigurationError, match="note"):
        config.add_job("note", lambda db, payload, at: None)
    assert config.registry["portal.jobs"].kinds["note"].retries == RETRIES


def test_jobs_that_always_add_others_do_not_hold_run_once(
    own: Session, worker: Worker, config: Any, at: datetime
) -> None:
    config.add_job("ever", lambda db, payload, now: jobs.add(db, "ever", key="1", payload={}, at=now) and None)
    jobs.add(own, "ever", key="1", payload={}, at=at)
    own.commit()
    assert worker.run_once(at, limit=7) == 7
