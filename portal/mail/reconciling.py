"""Do the letters that were to be sent equal those that were, wait, failed or are kept? (invariant 20)"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.errors import _
from portal.mail.delivering import GIVE_UP
from portal.mail.models import Mail, State
from portal.mail.service import live_jobs, queue

SPARE = timedelta(days=1)


@dataclass(frozen=True)
class Difference:
    """A letter whose intent and effect do not agree."""

    uid: UUID
    reason: TranslationString


def differences(db: Session, at: datetime) -> Iterator[Difference]:
    """Every letter that waits for nothing, has waited longer than letters may, or has an impossible record.

    The table's constraints hold the rest: a letter is in one of the four states, a sent one has its time and
    Message-ID, an unsent one its text.
    """
    live = live_jobs(db)
    for mail in _waiting(db):
        if str(mail.uid) not in live:
            yield Difference(mail.uid, _("đang chờ nhưng không còn việc nền nào gửi thư này"))
        elif mail.queued_at < at - GIVE_UP - SPARE:
            yield Difference(mail.uid, _("chờ lâu hơn thời hạn gửi"))
    impossible = or_(Mail.tries < 1, Mail.unanswered < 0, Mail.unanswered > Mail.tries, Mail.sent_at < Mail.created_at)
    for mail in db.scalars(select(Mail).where(Mail.state == State.SENT, impossible).order_by(Mail.id)):
        yield Difference(mail.uid, _("ghi là đã gửi nhưng số lần giao hoặc giờ gửi không thể đúng"))


def repair(db: Session, at: datetime) -> int:
    """Give every waiting letter without a job a new one; returns how many."""
    live = live_jobs(db)
    orphans = [mail for mail in _waiting(db) if str(mail.uid) not in live]
    for mail in orphans:
        queue(db, mail, at)
    return len(orphans)


def _waiting(db: Session) -> list[Mail]:
    return list(db.scalars(select(Mail).where(Mail.state == State.WAITING).order_by(Mail.id)))
