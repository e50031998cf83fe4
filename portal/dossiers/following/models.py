"""Tables of what surrounds a dossier: seals of papers and results, and people's requests about their own data.

Neither holds personal data, so both outlive the erasure of a dossier's.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    event,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from portal.accounts.models import Person
from portal.clock import today
from portal.db import Base, new_uid
from portal.dossiers.models import Dossier, DossierFile, IssuedPaper

RESULT = "result"
"""The paper that a result is; the others are `profiles.Paper`."""


class Seal(Base):
    """That a paper of a dossier was issued: what the QR code on it leads to (`seals`). Revoked, never deleted."""

    __tablename__ = "dossier_seals"
    __table_args__ = (UniqueConstraint("dossier_id", "paper", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    paper: Mapped[str] = mapped_column(String(12))
    number: Mapped[str | None] = mapped_column(String(200))
    """What is written on it; None: that of the decision, or none."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the file, or of the facts on the paper."""
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[str | None] = mapped_column(Text)
    """For everybody who verifies it to read: no personal data."""
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    dossier: Mapped[Dossier] = relationship(lazy="joined", innerjoin=True)


class Wish(StrEnum):
    """What a person asks for: a copy of their data, or that they go."""

    EXPORT = "export"
    ERASE = "erase"


class Progress(StrEnum):
    """How far a request has come."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


def _one_of(column: str, kind: type[StrEnum]) -> str:
    return f"{column} IN ({', '.join(repr(one.value) for one in kind)})"


class DataRequest(Base):
    """A request of the person who has code and secret; an administrator answers it."""

    __tablename__ = "dossier_data_requests"
    __table_args__ = (
        CheckConstraint(_one_of("wish", Wish), name="wish"),
        CheckConstraint(_one_of("progress", Progress), name="progress"),
        Index(
            "uq_dossier_data_requests_open",
            "dossier_id",
            "wish",
            unique=True,
            sqlite_where=text("progress = 'open'"),
            postgresql_where=text("progress = 'open'"),
        ),
        Index("ix_dossier_data_requests_progress", "progress", "asked_at"),
    )
    audit_kind: ClassVar[str] = "data_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    wish: Mapped[str] = mapped_column(String(10))
    progress: Mapped[str] = mapped_column(String(10), default=Progress.OPEN.value)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[str | None] = mapped_column(Text)
    """What the applicant is told; no personal data."""

    dossier: Mapped[Dossier] = relationship(lazy="joined", innerjoin=True)
    answered_by: Mapped[Person | None] = relationship()


@event.listens_for(DossierFile, "after_insert")
def _seal_result(mapper: Mapper[Any], connection: Connection, file: DossierFile) -> None:
    """Every result that is filed can be verified from that moment on; the same file twice is one result."""
    if file.part == RESULT:
        _seal(connection, file.dossier_id, RESULT, file.sha256, None, file.added_at)


@event.listens_for(IssuedPaper, "after_insert")
def _seal_paper(mapper: Mapper[Any], connection: Connection, paper: IssuedPaper) -> None:
    """So can every paper that goes out."""
    _seal(connection, paper.dossier_id, paper.paper, paper.sha256, f"{paper.number:02}", paper.issued_at)


def _seal(connection: Connection, dossier_id: int, paper: str, sha256: str, number: str | None, at: datetime) -> None:
    row = {"dossier_id": dossier_id, "paper": paper, "sha256": sha256}
    same = [getattr(Seal, name) == value for name, value in row.items()]
    if connection.execute(select(Seal.id).where(*same)).first() is None:
        connection.execute(insert(Seal).values(**row, number=number, issued_on=today(at), issued_at=at))
