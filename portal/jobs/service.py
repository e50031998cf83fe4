"""What anybody may do with jobs; taking and finishing them is the worker's affair (`leases`)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.jobs.models import WAITING_SQL, Job

KEEP_DONE = timedelta(days=7)
_PRUNED_AT_ONCE = 1000


def add(
    db: Session, kind: str, *, key: str, payload: dict[str, Any], at: datetime, run_at: datetime | None = None
) -> int:
    """Have `kind` done after this transaction commits, not before `run_at` (None: at once). Returns the job's id.

    While a job of the same kind and key waits, no second one is made: the waiting one gets this payload, the earlier
    of the two times and all its attempts again. A job that already runs is not disturbed: another one follows it.
    """
    if len(kind) > Job.kind.type.length or len(key) > Job.key.type.length:
        raise ValueError("The kind or the key of a job is too long.")
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = insert(Job).values(kind=kind, key=key, payload=payload, run_at=run_at or at, created_at=at, attempts=0)
    merging = new.on_conflict_do_update(
        index_elements=[Job.kind, Job.key],
        index_where=WAITING_SQL,
        set_={
            "payload": new.excluded.payload,
            "run_at": case((Job.run_at < new.excluded.run_at, Job.run_at), else_=new.excluded.run_at),
            "attempts": 0,
        },
    )
    return int(db.execute(merging.returning(Job.id)).scalar_one())


def retry_dead(db: Session, *, at: datetime, kind: str | None = None, job_id: int | None = None) -> int:
    """Let dead jobs (all, of one kind, or one) start anew; returns how many will run.

    One whose kind and key wait already is closed instead: the waiting one stands for it.
    """
    query = select(Job).where(Job.dead_at.is_not(None)).order_by(Job.id.desc())
    if kind is not None:
        query = query.where(Job.kind == kind)
    if job_id is not None:
        query = query.where(Job.id == job_id)
    revived = 0
    for job in db.scalars(query.with_for_update()).all():
        job.dead_at = None
        if newer_waits(db, job.kind, job.key, job.id):
            job.done_at = at
        else:
            job.attempts, job.run_at = 0, at
            revived += 1
        db.flush()
    return revived


def newer_waits(db: Session, kind: str, key: str, job_id: int) -> bool:
    """Whether another job of the same kind and key waits."""
    with db.no_autoflush:
        query = select(Job.id).where(Job.kind == kind, Job.key == key, Job.id != job_id, WAITING_SQL)
        return db.execute(query).first() is not None


def prune(db: Session, at: datetime) -> None:
    """Forget jobs that were done a week ago; dead ones stay. Runs periodically, a thousand at a time."""
    old = select(Job.id).where(Job.done_at < at - KEEP_DONE).limit(_PRUNED_AT_ONCE)
    db.execute(delete(Job).where(Job.id.in_(old)).execution_options(synchronize_session=False))
