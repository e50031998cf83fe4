"""The only writer of the record."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import event, update
from sqlalchemy.orm import Session, SessionTransaction

from portal.audit.canonical import Content, moment, plain, text
from portal.audit.errors import HeadMissing, LineLost
from portal.audit.models import AuditHead, AuditLine

_HEAD = "portal.audit.head"


class Actor(Protocol):
    """Who did it."""

    @property
    def uid(self) -> UUID: ...
    @property
    def name(self) -> str: ...


class Subject(Protocol):
    """What it was done to; `audit_kind` names the sort of thing (`agency`, `notice`)."""

    @property
    def uid(self) -> UUID: ...
    @property
    def audit_kind(self) -> str: ...


@dataclass
class _Chain:
    """The end of the chain as this transaction sees it, and its lines that are not in the database yet."""

    position: int
    hash: str
    pending: list[AuditLine] = field(default_factory=list)


def record(db: Session, by: Actor | None, action: str, subject: Subject, *, at: datetime, **details: Any) -> AuditLine:
    """Append a line: `by` (None: the portal itself) did `action` (a past verb: "published") to `subject`.

    It is part of the caller's transaction: rolled back with it, savepoints included. The first line of a transaction
    locks the end of the chain until the transaction ends; further ones cost one INSERT, sent in batches.
    `details` are plain values: text, numbers, dates, lists, mappings. A subject that was only added gets its `uid`
    by a flush. Raises `SecretInDetails`, TypeError for details that are not plain, ValueError for a naive `at`.
    """
    moment(at)
    if subject.uid is None:
        db.flush()
    chain = _chain_of(db)
    content = Content(
        position=chain.position + 1,
        at=at,
        actor_uid=None if by is None else by.uid,
        actor_name=None if by is None else text(by.name)[:255],
        action=action,
        subject_kind=subject.audit_kind,
        subject_uid=subject.uid,
        details=plain(details),
    )
    line = AuditLine(
        position=content.position,
        at=at,
        actor_uid=content.actor_uid,
        actor_name=content.actor_name,
        action=action,
        subject_kind=content.subject_kind,
        subject_uid=content.subject_uid,
        details=content.details,
        previous_hash=chain.hash,
        hash=content.hash_after(chain.hash),
    )
    db.add(line)
    chain.position, chain.hash = line.position, line.hash
    chain.pending.append(line)
    return line


def _chain_of(db: Session) -> _Chain:
    chain: _Chain | None = db.info.get(_HEAD)
    if chain is None:
        chain = db.info[_HEAD] = _lock_head(db)
    return chain


def _lock_head(db: Session) -> _Chain:
    # An UPDATE that changes nothing takes the row's lock on PostgreSQL and the write lock on SQLite, and reads what
    # the writer before us has committed; SELECT … FOR UPDATE would do so on PostgreSQL only.
    locking = (
        update(AuditHead)
        .where(AuditHead.id == AuditHead.ONLY)
        .values(position=AuditHead.position)
        .returning(AuditHead.position, AuditHead.hash)
    )
    found = db.connection().execute(locking).first()
    if found is None:
        raise HeadMissing()
    return _Chain(position=found.position, hash=found.hash)


@event.listens_for(Session, "before_flush")
def _move_head(db: Session, context: Any, instances: Any) -> None:
    """Each flush moves the head over the lines it writes, so that at any savepoint the two agree."""
    chain: _Chain | None = db.info.get(_HEAD)
    if chain is None or not chain.pending:
        return
    if any(line not in db for line in chain.pending):
        raise LineLost()
    moving = (
        update(AuditHead)
        .where(AuditHead.id == AuditHead.ONLY, AuditHead.hash == chain.pending[0].previous_hash)
        .values(position=chain.position, hash=chain.hash)
    )
    if db.connection().execute(moving).rowcount != 1:
        raise LineLost()
    chain.pending.clear()


@event.listens_for(Session, "after_soft_rollback")
def _forget_after_rollback(db: Session, previous: SessionTransaction) -> None:
    """After any rollback, to a savepoint too, the database knows the end of the chain and we no longer do."""
    db.info.pop(_HEAD, None)


@event.listens_for(Session, "after_transaction_end")
def _forget_at_end(db: Session, transaction: SessionTransaction) -> None:
    """The lock is gone with the outermost transaction, however it ended."""
    if transaction.parent is None:
        db.info.pop(_HEAD, None)
