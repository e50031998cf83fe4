"""What may be asked of the record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from portal.audit.canonical import Content
from portal.audit.errors import HeadMissing
from portal.audit.models import AuditHead, AuditLine
from portal.db import Page, page_of

BATCH = 500
"""Rows held in memory while streaming."""
CONTENT = (
    AuditLine.position,
    AuditLine.at,
    AuditLine.actor_uid,
    AuditLine.actor_name,
    AuditLine.action,
    AuditLine.subject_kind,
    AuditLine.subject_uid,
    AuditLine.details,
)


@dataclass(frozen=True)
class Head:
    """The end of the chain; worth keeping outside the portal, as a seal on everything before it."""

    position: int
    hash: str


def head(db: Session) -> Head:
    """The end of the chain, lines of this transaction included. Raises `HeadMissing`."""
    db.flush()
    found = db.execute(select(AuditHead.position, AuditHead.hash)).first()
    if found is None:
        raise HeadMissing()
    return Head(position=found.position, hash=found.hash)


def history(db: Session, subject_uid: UUID) -> list[AuditLine]:
    """Everything that was done to one thing, newest first."""
    query = select(AuditLine).where(AuditLine.subject_uid == subject_uid).order_by(AuditLine.position.desc())
    return list(db.scalars(query))


def lines(
    db: Session,
    *,
    actor_uid: UUID | None = None,
    action: str | None = None,
    subject_kind: str | None = None,
    subject_uid: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[AuditLine]:
    """A page of lines, newest first; each condition that is not None narrows. `until` is not included."""
    query = select(AuditLine).order_by(AuditLine.position.desc())
    equal = {
        AuditLine.actor_uid: actor_uid,
        AuditLine.action: action,
        AuditLine.subject_kind: subject_kind,
        AuditLine.subject_uid: subject_uid,
    }
    for column, value in equal.items():
        if value is not None:
            query = query.where(column == value)
    if since is not None:
        query = query.where(AuditLine.at >= since)
    if until is not None:
        query = query.where(AuditLine.at < until)
    return page_of(db, query, page=page, size=size)


def export(db: Session) -> Iterator[dict[str, Any]]:
    """Every line from the first on, as JSON values with both hashes: enough to verify the chain elsewhere.

    `hash` is SHA-256 of `previous_hash` followed by the canonical JSON (RFC 8785) of the other members.
    Constant memory, whatever the length.
    """
    query = select(*CONTENT, AuditLine.previous_hash, AuditLine.hash).order_by(AuditLine.position)
    for row in db.execute(query.execution_options(yield_per=BATCH)):
        yield content_of(row).plain() | {"previous_hash": row.previous_hash, "hash": row.hash}


def content_of(row: Row[Any]) -> Content:
    """What a row with the columns `CONTENT` says."""
    return Content(**{column.key: getattr(row, column.key) for column in CONTENT})
