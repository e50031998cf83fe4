"""What may be asked about letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.db import Page, page_of
from portal.mail.addresses import discreet
from portal.mail.models import Mail, State


@dataclass(frozen=True)
class Overview:
    """How many letters are in each state; `oldest` waiting one's time, and the last thing that went wrong."""

    counts: dict[State, int]
    oldest: datetime | None
    last_sent_at: datetime | None
    trouble: str | None
    """What the server said or did when it took nothing from us at the last attempt, addresses masked; else None."""

    @property
    def total(self) -> int:
        """All letters that were ever to be sent."""
        return sum(self.counts.values())


def by_uid(db: Session, uid: UUID) -> Mail | None:
    """The letter, or None."""
    return db.scalars(select(Mail).where(Mail.uid == uid)).one_or_none()


def by_key(db: Session, key: str) -> Mail | None:
    """The letter that its sender calls so, or None."""
    return db.scalars(select(Mail).where(Mail.key == key)).one_or_none()


def about(db: Session, kind: str, uid: UUID) -> Sequence[Mail]:
    """All letters that speak of this thing, the oldest first."""
    return db.scalars(select(Mail).where(Mail.about_uid == uid, Mail.about_kind == kind).order_by(Mail.id)).all()


def listed(db: Session, state: State | None, *, page: int, size: int) -> Page[Mail]:
    """Letters in a state (None: in any), the newest first."""
    query = select(Mail).order_by(Mail.id.desc())
    if state is not None:
        query = query.where(Mail.state == state)
    return page_of(db, query, page=page, size=size)


def to_retry(db: Session, state: State) -> Sequence[Mail]:
    """All letters in this state that still have their text, the oldest first."""
    return db.scalars(select(Mail).where(Mail.state == state, Mail.body.is_not(None)).order_by(Mail.id)).all()


def overview(db: Session) -> Overview:
    """How the mail is doing."""
    counts = dict.fromkeys(State, 0)
    for state, count in db.execute(select(Mail.state, func.count()).group_by(Mail.state)):
        counts[state] = count
    oldest = db.scalar(select(func.min(Mail.queued_at)).where(Mail.state == State.WAITING))
    last = db.scalars(select(Mail).where(Mail.tried_at.is_not(None)).order_by(Mail.tried_at.desc()).limit(1)).first()
    trouble = discreet(last.last_error or "", last.recipient) if last is not None and last.unreachable else None
    sent = db.scalar(select(func.max(Mail.sent_at)).where(Mail.state == State.SENT))
    return Overview(counts, oldest, sent, trouble)


def failed_after(db: Session, since: datetime) -> int:
    """How many letters failed since then."""
    return db.scalar(select(func.count()).where(Mail.state == State.FAILED, Mail.ended_at >= since)) or 0


# -- whose turn it is


def unreachable_since(db: Session, after: datetime) -> datetime | None:
    """When the server last took nothing from us, if that was after `after` and nothing went better since."""
    last = (
        select(Mail.tried_at, Mail.unreachable)
        .where(Mail.tried_at > after)
        .order_by(Mail.tried_at.desc(), Mail.unreachable.desc())
    )
    found = db.execute(last.limit(1)).first()
    return found.tried_at if found is not None and found.unreachable else None


def tried_after(db: Session, after: datetime) -> int:
    """How many letters were handed to the server since."""
    return db.scalar(select(func.count()).where(Mail.tried_at > after)) or 0


def waiting_before(db: Session, mail: Mail) -> int:
    """How many letters have waited longer than this one."""
    return db.scalar(select(func.count()).where(Mail.state == State.WAITING, _waited_longer(mail))) or 0


def _waited_longer(mail: Mail) -> ColumnElement[bool]:
    return or_(Mail.queued_at < mail.queued_at, and_(Mail.queued_at == mail.queued_at, Mail.id < mail.id))
