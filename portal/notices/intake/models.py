"""Batches of files, and what became of each file."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.db import Base, Json, new_uid
from portal.publishing.models import Item


class Outcome(StrEnum):
    """What became of a file."""

    WAITING = "waiting"
    DRAFT = "draft"
    ASKING = "asking"
    """Its encoding is not certain: a person chooses."""
    SAME = "same"
    """These very bytes are another file of the batch, or were made a draft before."""
    REFUSED = "refused"
    SECRET = "secret"  # noqa: S105 - an outcome, no password
    UNPACKED = "unpacked"
    """An archive, whose files stand after it."""


OUTCOMES = ", ".join(f"'{outcome.value}'" for outcome in Outcome)


class IntakeBatch(Base):
    """Files that somebody gave in together (lô tệp), for one unit."""

    __tablename__ = "intake_batches"

    audit_kind: ClassVar[str] = "batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    unit_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    """Since when nothing more of it is read; None while it goes on."""

    unit: Mapped[Agency] = relationship(lazy="joined")
    author: Mapped[Person] = relationship(lazy="joined")


class IntakeFile(Base):
    """One file that came in, alone or in a batch."""

    __tablename__ = "intake_files"
    __table_args__ = (
        CheckConstraint(f"outcome IN ({OUTCOMES})", name="outcome"),
        Index("ix_intake_files_batch_position", "batch_id", "position"),
    )

    audit_kind: ClassVar[str] = "file"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("intake_batches.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=1)
    unit_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    """None for a file that was not stored."""
    outcome: Mapped[str] = mapped_column(String(16), default=Outcome.WAITING.value)
    read_at: Mapped[datetime | None]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id", ondelete="SET NULL"), index=True)
    """The draft that came of it; for the same file, the draft that there was."""
    is_scan: Mapped[bool] = mapped_column(default=False)
    why: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """Why it was refused, as `portal.notices.intake.saying` writes a sentence."""
    remarks: Mapped[list[Any]] = mapped_column(Json, default=list)
    """Sentences about the reading."""
    signatures: Mapped[list[Any] | None] = mapped_column(Json)
    """What its digital signatures say; None where it can bear none."""
    encodings: Mapped[list[Any]] = mapped_column(Json, default=list)
    """Candidates, the likeliest first, while it asks."""

    batch: Mapped[IntakeBatch | None] = relationship()
    item: Mapped[Item | None] = relationship()
    unit: Mapped[Agency] = relationship()

    @property
    def is_waiting(self) -> bool:
        return self.outcome == Outcome.WAITING
