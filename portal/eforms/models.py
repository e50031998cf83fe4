"""The tables: definitions that somebody's answers rest on, and uploads that are still coming in."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Json


class FormDefinition(Base):
    """A definition under which something was submitted: kept as it was, for ever (invariant 18)."""

    __tablename__ = "form_definitions"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Of the canonical bytes of `body` (`definition.canonical`)."""
    schema_version: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    first_used_at: Mapped[datetime]


class PartialUpload(Base):
    """A file that comes in pieces over a bad line, and then waits until its owner takes it."""

    __tablename__ = "partial_uploads"
    __table_args__ = (
        CheckConstraint("received >= 0 AND received <= total", name="within"),
        CheckConstraint("(sha256 IS NULL) = (media_type IS NULL)", name="whole_or_not"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    """Unguessable; stands in its address and names its part on the disk."""
    owner: Mapped[str] = mapped_column(String(128), index=True)
    """Whose it is, as its gate calls them; opaque here."""
    field: Mapped[str] = mapped_column(String(100))
    """Path of the form's field that it answers."""
    name: Mapped[str] = mapped_column(String(200))
    kinds: Mapped[list[Any]] = mapped_column(Json)
    """Names of `files.KINDS` that the field takes; empty for all of them."""
    total: Mapped[int] = mapped_column(BigInteger)
    """Bytes announced."""
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    """Bytes safely here: the truth, whatever lies on the disk beyond it is cut off."""
    sha256: Mapped[str | None] = mapped_column(String(64))
    media_type: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    @property
    def complete(self) -> bool:
        """Whether it came in wholly and was found to be what it should."""
        return self.sha256 is not None
