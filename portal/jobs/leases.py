"""Taking a job for a time, keeping it, and ending it: each one statement that only the holder of the lease can do."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.db import Sessions
from portal.jobs.models import Job, PeriodicJob

log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Somebody else took the job over meanwhile; what was done for it must be rolled back."""


@dataclass(frozen=True)
class Lease:
    """The right of `owner` (a name used for one taking only) to a row of `model`."""

    model: type[Job] | type[PeriodicJob]
    id: int | str
    owner: str

    @property
    def _mine(self) -> ColumnElement[bool]:
        key: InstrumentedAttribute[Any] = Job.id if self.model is Job else PeriodicJob.name
        return and_(key == self.id, self.model.lease_owner == self.owner)

    def _update(self, db: Session, **values: Any) -> None:
        statement = update(self.model).where(self._mine).values(**values)
        changed = db.execute(statement.execution_options(synchronize_session=False))
        if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult
            raise LeaseLost()

    def extend(self, db: Session, until: datetime) -> None:
        """Keep it until then. Raises `LeaseLost`."""
        self._update(db, leased_until=until)

    def end(self, db: Session, **values: Any) -> None:
        """Give the row back with these values. Raises `LeaseLost`: then the caller's transaction must not commit."""
        self._update(db, lease_owner=None, leased_until=None, **values)


@dataclass(frozen=True)
class TakenJob:
    """A job in the hands of a worker."""

    lease: Lease
    id: int
    kind: str
    key: str
    payload: dict[str, Any]
    attempts: int


@dataclass(frozen=True)
class TakenPeriod:
    """A periodic job in the hands of a worker."""

    lease: Lease
    name: str
    next_at: datetime
    attempts: int


def _free(model: type[Job] | type[PeriodicJob], at: datetime) -> ColumnElement[bool]:
    return or_(model.lease_owner.is_(None), model.leased_until < at)


def due_jobs(kinds: Iterable[str], at: datetime) -> ColumnElement[bool]:
    """What may start at `at`: its time has come, nobody holds it, and no other of its kind and key is being done."""
    other = aliased(Job)
    being_done = exists().where(
        other.kind == Job.kind, other.key == Job.key, other.id != Job.id, other.leased_until >= at
    )
    return and_(
        Job.done_at.is_(None),
        Job.dead_at.is_(None),
        Job.run_at <= at,
        Job.kind.in_(tuple(kinds)),
        _free(Job, at),
        ~being_done,
    )


def due_periods(names: Iterable[str], at: datetime) -> ColumnElement[bool]:
    """Which periodic jobs may start at `at`."""
    return and_(PeriodicJob.name.in_(tuple(names)), PeriodicJob.next_at <= at, _free(PeriodicJob, at))


def take_job(db: Session, kinds: Iterable[str], *, owner: str, at: datetime, until: datetime) -> TakenJob | None:
    """Lease the job that has been due longest; None when there is none. Counts as an attempt."""
    due = select(Job.id).where(due_jobs(kinds, at)).order_by(Job.run_at, Job.id).limit(1)
    taking = (
        update(Job)
        .where(Job.id == due.with_for_update(skip_locked=True, of=Job).scalar_subquery())
        .values(lease_owner=owner, leased_until=until, attempts=Job.attempts + 1)
        .returning(Job.id, Job.kind, Job.key, Job.payload, Job.attempts)
        .execution_options(synchronize_session=False)
    )
    found = db.execute(taking).first()
    return None if found is None else TakenJob(Lease(Job, found.id, owner), *found)


def take_period(db: Session, names: Iterable[str], *, owner: str, at: datetime, until: datetime) -> TakenPeriod | None:
    """Lease the periodic job that has been due longest; None when there is none."""
    due = select(PeriodicJob.name).where(due_periods(names, at)).order_by(PeriodicJob.next_at).limit(1)
    taking = (
        update(PeriodicJob)
        .where(PeriodicJob.name == due.with_for_update(skip_locked=True).scalar_subquery())
        .values(lease_owner=owner, leased_until=until, attempts=PeriodicJob.attempts + 1)
        .returning(PeriodicJob.name, PeriodicJob.next_at, PeriodicJob.attempts)
        .execution_options(synchronize_session=False)
    )
    found = db.execute(taking).first()
    return None if found is None else TakenPeriod(Lease(PeriodicJob, found.name, owner), *found)


class Heartbeat:
    """Extends a lease from a thread of its own as long as the `with` block runs."""

    def __init__(self, sessions: Sessions, lease: Lease, length: timedelta, now: Callable[[], datetime]) -> None:
        self._sessions, self._lease, self._length, self._now = sessions, lease, length, now
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat {lease.owner}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(self._length.total_seconds() / 3):
            try:
                with self._sessions.begin() as db:
                    self._lease.extend(db, self._now() + self._length)
            except LeaseLost:
                return  # ended just now, or taken over: then the worker's own end() will tell
            except SQLAlchemyError:
                log.warning(
                    "The lease of %s %s was not extended.", self._lease.model.__name__, self._lease.id, exc_info=True
                )
