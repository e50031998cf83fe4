"""The worker: takes what is due and runs it, in a thread of the web process or as a process of its own."""

import logging
import os
import random
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from portal import clock
from portal.db import Sessions
from portal.jobs import leases
from portal.jobs.leases import Heartbeat, LeaseLost, TakenJob, TakenPeriod
from portal.jobs.models import Job, PeriodicJob
from portal.jobs.registry import GiveUp, Period, registered
from portal.jobs.service import newer_waits
from portal.request import _

log = logging.getLogger(__name__)

FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(hours=1)
LONGEST_ERROR = 4000


def delay_after(attempts: int, chance: float) -> timedelta:
    """How long to wait after so many failed attempts: doubling, with jitter (`chance`, 0 to 1) down to the half."""
    longest = min(LONGEST_DELAY, FIRST_DELAY * float(2 ** min(attempts - 1, 20)))
    return longest * (0.5 + chance / 2)


class Worker:
    """Runs jobs of the kinds that `registry` (the application's) knows; leaves others to newer releases.

    Any number may run over one database. `lease`: how long after a crash another worker takes over; `poll`: how
    often to look for work when there is none.
    """

    def __init__(
        self,
        sessions: Sessions,
        registry: Any,
        *,
        lease: timedelta = timedelta(seconds=60),
        poll: timedelta = timedelta(seconds=1),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.name = f"{socket.gethostname()[:64]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._sessions, self._registered = sessions, registered(registry)
        self._lease, self._poll, self._chance = lease, poll, chance
        self._seeded = False
        self._taken = 0

    @classmethod
    def within(cls, db: Session, registry: Any) -> "Worker":
        """A worker inside the transaction of `db`, for commands and tests: what it commits is a savepoint there.

        Flush `db` before it runs, and expire it afterwards to see what the jobs did.
        """
        bind = db.connection()
        return cls(sessionmaker(bind, join_transaction_mode="create_savepoint", expire_on_commit=False), registry)

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; the job at hand is finished first. Outlives an outage of the database."""
        pause = self._poll
        while not stop.is_set():
            try:
                worked = self._step(clock.now())
            except SQLAlchemyError:
                log.exception("The worker %s cannot reach the jobs; it will try again.", self.name)
                pause = min(pause * 2, timedelta(seconds=30))
                stop.wait(pause.total_seconds())
                continue
            pause = self._poll
            if not worked:
                stop.wait(pause.total_seconds())

    def run_once(self, at: datetime, *, limit: int = 1000) -> int:
        """Run everything that is due at `at`, jobs added meanwhile included; returns how many ran.

        Ends after `limit`, so that jobs which always add others cannot hold it for ever.
        """
        for count in range(limit):
            if not self._step(at):
                return count
        return limit

    def _step(self, at: datetime) -> bool:
        """Run one periodic job or one job; False when nothing is due."""
        started = time.monotonic()

        def now() -> datetime:  # `at` may be a test's or a replay's: time goes on from there
            return at + timedelta(seconds=time.monotonic() - started)

        self._seed(at)
        due_period, due_job = self._look(at)
        if due_period and (period := self._take_period(at)) is not None:
            self._run_period(period, at, now)
            return True
        if due_job and (job := self._take_job(at)) is not None:
            self._run_job(job, at, now)
            return True
        return False

    # -- looking and taking

    def _seed(self, at: datetime) -> None:
        """Make the rows of the periodic jobs once; a new one is due at once."""
        if self._seeded:
            return
        names = set(self._registered.periods)
        with self._reading() as db:
            missing = sorted(names - set(db.scalars(select(PeriodicJob.name))))
        if missing:
            with self._sessions.begin() as db:
                insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
                rows = [{"name": name, "next_at": at, "attempts": 0} for name in missing]
                db.execute(insert(PeriodicJob).values(rows).on_conflict_do_nothing())
        self._seeded = True

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with self._sessions() as db:
            db.connection(execution_options={"portal_reads_only": True})  # looking must not wait for SQLite's writers
            yield db

    def _look(self, at: datetime) -> tuple[bool, bool]:
        with self._reading() as db:
            periods = select(PeriodicJob.name).where(leases.due_periods(self._registered.periods, at)).limit(1)
            jobs = select(Job.id).where(leases.due_jobs(self._registered.kinds, at)).limit(1)
            return db.execute(periods).first() is not None, db.execute(jobs).first() is not None

    def _owner(self) -> str:
        self._taken += 1
        return f"{self.name}:{self._taken}"

    def _take_job(self, at: datetime) -> TakenJob | None:
        with self._sessions.begin() as db:
            until = at + self._lease
            return leases.take_job(db, self._registered.kinds, owner=self._owner(), at=at, until=until)

    def _take_period(self, at: datetime) -> TakenPeriod | None:
        with self._sessions.begin() as db:
            until = at + self._lease
            return leases.take_period(db, self._registered.periods, owner=self._owner(), at=at, until=until)

    # -- jobs

    def _run_job(self, job: TakenJob, at: datetime, now: Callable[[], datetime]) -> None:
        kind = self._registered.kinds[job.kind]
        try:
            if job.attempts > kind.retries + 1:
                raise GiveUp(_("Mọi tiến trình nhận việc này đều dừng giữa chừng."))
            with Heartbeat(self._sessions, job.lease, self._lease, now), self._sessions() as db:
                kind.handler(db, job.payload, at)
                db.flush()
                job.lease.end(db, done_at=now(), last_error=None)
                db.commit()
        except LeaseLost:
            log.warning("The job %s %r was taken over by another worker.", job.kind, job.key)
        except GiveUp as reason:
            log.error("The job %s %r was given up: %s", job.kind, job.key, reason)
            self._end_failed(job, now(), str(reason), retry=False)
        except Exception as error:
            log.exception("The job %s %r failed (attempt %d).", job.kind, job.key, job.attempts)
            self._end_failed(job, now(), _described(error), retry=job.attempts <= kind.retries)

    def _end_failed(self, job: TakenJob, at: datetime, why: str, *, retry: bool) -> None:
        try:
            self._give_back(job, at, why, retry=retry)
        except IntegrityError:  # a job of the same kind and key was added between our look and our write
            self._give_back(job, at, why, retry=retry)
        except LeaseLost:
            log.warning("The failed job %s %r was taken over by another worker.", job.kind, job.key)

    def _give_back(self, job: TakenJob, at: datetime, why: str, *, retry: bool) -> None:
        with self._sessions.begin() as db:
            values: dict[str, Any] = {"last_error": why[:LONGEST_ERROR]}
            if not retry:
                values["dead_at"] = at
            elif newer_waits(db, job.kind, job.key, job.id):
                values["done_at"] = at  # the newer one stands for it
            else:
                values["run_at"] = at + delay_after(job.attempts, self._chance())
            job.lease.end(db, **values)

    # -- periodic jobs

    def _run_period(self, taken: TakenPeriod, at: datetime, now: Callable[[], datetime]) -> None:
        period = self._registered.periods[taken.name]
        following = _following(period, taken.next_at, at)
        try:
            with Heartbeat(self._sessions, taken.lease, self._lease, now), self._sessions() as db:
                period.handler(db, at)
                db.flush()
                taken.lease.end(db, next_at=following, attempts=0, last_done_at=now(), last_error=None)
                db.commit()
        except LeaseLost:
            log.warning("The periodic job %s was taken over by another worker.", taken.name)
        except Exception as error:
            log.exception("The periodic job %s failed (attempt %d).", taken.name, taken.attempts)
            again = min(now() + delay_after(taken.attempts, self._chance()), max(following, now()))
            self._end_failed_period(taken, again, _described(error))

    def _end_failed_period(self, taken: TakenPeriod, again: datetime, why: str) -> None:
        try:
            with self._sessions.begin() as db:
                taken.lease.end(db, next_at=again, last_error=why[:LONGEST_ERROR])
        except LeaseLost:
            log.warning("The failed periodic job %s was taken over by another worker.", taken.name)


def _following(period: Period, next_at: datetime, at: datetime) -> datetime:
    """The first moment after `at` in the rhythm that `next_at` belongs to: missed periods are not made up for."""
    return next_at + period.every * ((at - next_at) // period.every + 1)


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


class Background:
    """A worker in a thread of this process."""

    def __init__(self, worker: Worker) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=worker.run, args=(self._stop,), name="portal-worker", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self, timeout: float | None = None) -> bool:
        """Ask it to end after the job at hand and wait for that, `timeout` seconds at most; whether it has ended."""
        self._stop.set()
        self._thread.join(timeout)
        return not self._thread.is_alive()
