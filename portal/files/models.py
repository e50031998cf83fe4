"""The tables: what is stored, and who owns it."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.files.kinds import media_type_of


class File(Base):
    """A content, whatever it is called (tệp)."""

    __tablename__ = "files"
    __table_args__ = (CheckConstraint("size > 0", name="not_empty"),)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    """In bytes."""
    media_type: Mapped[str] = mapped_column(String(100))
    """By content. A text may be a table by its name: ask the use, or `media_type_of(file, name)`."""
    charset: Mapped[str | None] = mapped_column(String(20))
    """`utf-8`, `utf-16`, or None: not a text, or an unknown 8-bit encoding."""
    created_at: Mapped[datetime]
    stored_at: Mapped[datetime] = mapped_column(index=True)
    """When it was last uploaded; without an owner it is kept for a day after this."""


class FileUse(Base):
    """That something owns a file, and what it calls it."""

    __tablename__ = "file_uses"
    __table_args__ = (
        UniqueConstraint("owner_kind", "owner_id", "sha256", "name"),
        Index("ix_file_uses_sha256", "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"))
    owner_kind: Mapped[str] = mapped_column(String(32))
    owner_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]
    """Order among the owner's files, from 1."""

    file: Mapped[File] = relationship(lazy="joined", innerjoin=True)

    @property
    def media_type(self) -> str:
        """By content and name."""
        return media_type_of(self.file.media_type, self.name)
