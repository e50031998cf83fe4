"""The tables of the record. `portal.audit.guards` adds the triggers that make them append-only."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Json

_Position = BigInteger().with_variant(Integer(), "sqlite")


class AuditLine(Base):
    """One action (dòng nhật ký). Never changed, never deleted."""

    __tablename__ = "audit_lines"
    __table_args__ = (
        Index("ix_audit_lines_subject", "subject_uid", "position"),
        Index("ix_audit_lines_actor", "actor_uid", "position"),
        Index("ix_audit_lines_at", "at"),
        CheckConstraint("position > 0", name="counted_from_one"),
    )

    position: Mapped[int] = mapped_column(_Position, primary_key=True, autoincrement=False)
    """Gapless from 1; also the identity of the line."""
    at: Mapped[datetime]
    actor_uid: Mapped[UUID | None]
    """None: the portal itself (a job, an import, a command)."""
    actor_name: Mapped[str | None] = mapped_column(String(255))
    """As the person was called then."""
    action: Mapped[str] = mapped_column(String(64))
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_uid: Mapped[UUID]
    details: Mapped[dict[str, Any]] = mapped_column(Json)
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """Unique, so that the chain cannot fork."""
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The end of the chain: one row, locked by whoever writes; it only moves forward."""

    __tablename__ = "audit_heads"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    ONLY: ClassVar[int] = 1

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(_Position)
    """Of the last line; 0 when there is none."""
    hash: Mapped[str] = mapped_column(String(64))
