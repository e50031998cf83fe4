"""The job that hands a letter to the mail server.

What is about to happen is committed before the network is touched, what happened together with the end of the job. So
after a crash at any moment the letter is sent again, with the same Message-ID, and `unanswered` says so.

The worker does other things, too: a server that is down is asked once in `RECOVERY`, not once for each letter, and
letters over the limit of a minute wait for their turn. A server that takes texts and never answers gets no more than
`MOST_COPIES` of one letter.
"""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.mail import queries, smtp
from portal.mail.letter import bytes_of, message_id_of
from portal.mail.models import Mail, State
from portal.mail.server import Server
from portal.mail.service import queue
from portal.mail.smtp import Refused, Unanswered, Undelivered, Unreachable
from portal.settings import Settings

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
GIVE_UP = timedelta(days=3)
MINUTE = timedelta(minutes=1)
RECOVERY = timedelta(minutes=5)
MOST_COPIES = 5

Deliver = Callable[[Server, str, bytes], str]


@dataclass(frozen=True)
class Delivery:
    """The handler of the job, for one instance. `deliver` is the far end, `chance` (0 to 1) spreads the attempts."""

    settings: Settings
    server: Server | None
    deliver: Deliver = smtp.deliver
    chance: Callable[[], float] = random.random

    def __call__(self, db: Session, payload: dict[str, Any], at: datetime) -> None:
        mail = queries.by_uid(db, UUID(payload["mail"]))
        if mail is None or mail.state is not State.WAITING:
            return
        if self.server is None:
            mail.state = State.KEPT
        elif (turn := self._turn(db, mail, at)) > at:
            self._wait(db, mail, at, turn)
        else:
            self._attempt(db, mail, self.server, at)

    def _turn(self, db: Session, mail: Mail, at: datetime) -> datetime:
        """When this letter may be tried: now, or when the server may be back, or after those that waited longer."""
        down_since = queries.unreachable_since(db, at - RECOVERY)
        if down_since is not None:
            first = down_since + RECOVERY
        elif queries.tried_after(db, at - MINUTE) >= self.settings.mail_limit:
            first = at + MINUTE * self.chance()
        else:
            return at
        return first + MINUTE * (queries.waiting_before(db, mail) // self.settings.mail_limit)

    def _attempt(self, db: Session, mail: Mail, server: Server, at: datetime) -> None:
        mail.message_id = mail.message_id or message_id_of(mail, server)
        mail.tries, mail.unanswered = mail.tries + 1, mail.unanswered + 1
        mail.tried_at, mail.unreachable = at, False
        message = bytes_of(mail, server, self.settings)
        recipient, uid = mail.recipient, mail.uid
        db.commit()  # the intent, before the network; holds no lock meanwhile
        try:
            answer = self.deliver(server, recipient, message)
        except Undelivered as failure:
            log.warning("The letter %s was not sent: %s", uid, type(failure).__name__)
            self._failed(db, mail, failure, at)
            return
        mail.state, mail.sent_at, mail.ended_at = State.SENT, at, at
        mail.answer, mail.last_error, mail.unanswered = answer, None, mail.unanswered - 1

    def _failed(self, db: Session, mail: Mail, failure: Undelivered, at: datetime) -> None:
        mail.last_error = failure.said
        mail.unreachable = isinstance(failure, Unreachable | Unanswered)
        if not isinstance(failure, Unanswered):
            mail.unanswered -= 1
        if isinstance(failure, Refused) or mail.unanswered >= MOST_COPIES:
            mail.state, mail.ended_at = State.FAILED, at
        else:
            pause = pause_after(mail.tries, self.chance())
            self._wait(db, mail, at, at + (max(pause, RECOVERY) if mail.unreachable else pause))

    def _wait(self, db: Session, mail: Mail, at: datetime, until: datetime) -> None:
        if at - mail.queued_at >= GIVE_UP:
            mail.state, mail.ended_at = State.FAILED, at
        else:
            queue(db, mail, at, run_at=until)


def pause_after(tries: int, chance: float) -> timedelta:
    """How long to wait after so many attempts: doubling up to an hour, with jitter (`chance`) down to the half."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * float(2 ** min(tries - 1, 20)))
    return longest * (0.5 + chance / 2)
