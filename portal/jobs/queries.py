"""What is going on with the jobs, for the administrator's screen, health checks and metrics."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from portal.db import Page, page_of
from portal.jobs.models import Job, PeriodicJob


@dataclass(frozen=True)
class KindOverview:
    """The jobs of one kind. `running` have a live lease; `lost` had one that ran out and wait to be taken over."""

    kind: str
    waiting: int
    failing: int
    """Waiting to be tried again after a failure; part of `waiting`."""
    running: int
    lost: int
    dead: int
    done: int
    """Of the last week; older ones are forgotten."""
    oldest_due_at: datetime | None
    """Since when the longest-waiting due job has been due; None when none is."""


@dataclass(frozen=True)
class Overview:
    """Everything at once."""

    kinds: list[KindOverview]
    periodic: list[PeriodicJob]

    @property
    def dead(self) -> int:
        """How many jobs were given up."""
        return sum(kind.dead for kind in self.kinds)

    @property
    def oldest_due_at(self) -> datetime | None:
        """Since when work is late; None when nothing is due."""
        return min((kind.oldest_due_at for kind in self.kinds if kind.oldest_due_at), default=None)


def overview(db: Session, *, at: datetime) -> Overview:
    """All kinds that have jobs, and all periodic jobs, as they are at `at`."""
    ended = Job.done_at.is_not(None) | Job.dead_at.is_not(None)
    waiting = and_(~ended, Job.lease_owner.is_(None))
    count = func.count()
    query = (
        select(
            Job.kind,
            count.filter(waiting).label("waiting"),
            count.filter(and_(waiting, Job.attempts > 0)).label("failing"),
            count.filter(and_(~ended, Job.leased_until >= at)).label("running"),
            count.filter(and_(~ended, Job.leased_until < at)).label("lost"),
            count.filter(Job.dead_at.is_not(None)).label("dead"),
            count.filter(Job.done_at.is_not(None)).label("done"),
            func.min(Job.run_at).filter(and_(waiting, Job.run_at <= at)).label("oldest_due_at"),
        )
        .group_by(Job.kind)
        .order_by(Job.kind)
    )
    periodic = select(PeriodicJob).order_by(PeriodicJob.name)
    return Overview([KindOverview(*row) for row in db.execute(query)], list(db.scalars(periodic)))


def dead(db: Session, *, page: int = 1, size: int = 50) -> Page[Job]:
    """Jobs that were given up, the latest first."""
    return page_of(db, select(Job).where(Job.dead_at.is_not(None)).order_by(Job.dead_at.desc()), page=page, size=size)
