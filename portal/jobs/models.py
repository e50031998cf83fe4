"""The tables: jobs, and one row for each thing that happens every so often."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Json

WAITING_SQL = text("lease_owner IS NULL AND done_at IS NULL AND dead_at IS NULL")
_OPEN_SQL = text("done_at IS NULL AND dead_at IS NULL")


class Job(Base):
    """One piece of work. Waiting, leased (`leased_until` says how long), done or dead."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("uq_jobs_waiting", "kind", "key", unique=True, sqlite_where=WAITING_SQL, postgresql_where=WAITING_SQL),
        Index("ix_jobs_due", "run_at", "id", sqlite_where=_OPEN_SQL, postgresql_where=_OPEN_SQL),
        Index("ix_jobs_kind_key", "kind", "key"),
        Index("ix_jobs_done_at", "done_at"),
        Index("ix_jobs_dead_at", "dead_at"),
        CheckConstraint("(lease_owner IS NULL) = (leased_until IS NULL)", name="lease_has_an_end"),
        CheckConstraint("done_at IS NULL OR dead_at IS NULL", name="done_or_dead"),
        CheckConstraint("lease_owner IS NULL OR (done_at IS NULL AND dead_at IS NULL)", name="ended_has_no_lease"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(255))
    """What it is about: of one kind and key at most one job waits, and at most one runs."""
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    run_at: Mapped[datetime]
    """Not before this moment."""
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    """How often it was started."""
    lease_owner: Mapped[str | None] = mapped_column(String(128))
    leased_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    """When it was given up; an administrator decides what becomes of it."""
    last_error: Mapped[str | None] = mapped_column(Text)


class PeriodicJob(Base):
    """What happens every so often, once a period however many workers run."""

    __tablename__ = "periodic_jobs"
    __table_args__ = (CheckConstraint("(lease_owner IS NULL) = (leased_until IS NULL)", name="lease_has_an_end"),)

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    next_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    """How often this period's run was started."""
    lease_owner: Mapped[str | None] = mapped_column(String(128))
    leased_until: Mapped[datetime | None]
    last_done_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)
    """Of the last run; None when it went well."""
