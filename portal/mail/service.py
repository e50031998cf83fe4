"""The only writer of letters."""

import unicodedata
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from portal import audit, jobs
from portal.audit import Actor
from portal.db import insert_into, new_uid
from portal.mail.addresses import address_of
from portal.mail.errors import NotToBeSent, TextForgotten
from portal.mail.models import LANGUAGES, Mail, State

JOB = "mail.send"
LONGEST_SUBJECT, LONGEST_TEXT = 255, 200_000
NOBODY = "da-xoa@invalid"
"""Stands where the address of somebody stood whose data were erased (RFC 2606)."""
_AT_ONCE = 1000


def send(
    db: Session,
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    about: tuple[str, UUID] | None,
    language: str,
    at: datetime,
) -> Mail:
    """Have a letter sent after this transaction commits; gives its row, in state `waiting`.

    `key` names the intent ("dossier:<uid>:received"): a second call with the same key gives the first letter, as it is,
    and sends nothing. `about`: kind and uid of what it speaks of, for `queries.about`. `text` is plain; `language` is
    that of the words. Raises `BadAddress`; ValueError for an empty subject or text and for a key that does not fit.

    The letter reaches the server at least once: after a crash between the server's answer and our note it is sent
    again with the same Message-ID. Without a configured server it becomes `kept`.
    """
    recipient, body = address_of(to), text_of(text)
    title = line_of(subject)
    if not title or not body.strip() or len(body) > LONGEST_TEXT:
        raise ValueError("A letter needs a subject, and a text that is not endless.")
    if not key or len(key) > Mail.key.type.length or language not in LANGUAGES:
        raise ValueError("A letter needs a key that fits, and a language that the portal speaks.")
    kind, uid = about or (None, None)
    row = {
        "uid": new_uid(),
        "key": key,
        "recipient": recipient,
        "subject": title,
        "body": body,
        "language": language,
        "about_kind": kind,
        "about_uid": uid,
        "state": State.WAITING,
        "tries": 0,
        "unreachable": False,
        "unanswered": 0,
        "created_at": at,
        "queued_at": at,
    }
    made = insert_into(db, Mail).values(row).on_conflict_do_nothing(index_elements=[Mail.key]).returning(Mail.id)
    new = db.execute(made).first()
    mail = db.scalars(select(Mail).where(Mail.key == key)).one()
    if new is not None:
        queue(db, mail, at)
    return mail


def queue(db: Session, mail: Mail, at: datetime, *, run_at: datetime | None = None) -> None:
    """The job that sends it; while one waits it is the only one."""
    jobs.add(db, JOB, key=str(mail.uid), payload={"mail": str(mail.uid)}, at=at, run_at=run_at)


def retry(db: Session, mail: Mail, *, by: Actor | None, at: datetime) -> None:
    """Send a letter that failed, was kept, or lost its job. Raises `NotToBeSent`, `TextForgotten`."""
    if mail.state is State.SENT or (mail.state is State.WAITING and has_job(db, mail)):
        raise NotToBeSent
    if mail.body is None:
        raise TextForgotten
    former = mail.state
    mail.state, mail.queued_at, mail.ended_at, mail.unreachable = State.WAITING, at, None, False
    db.flush()
    queue(db, mail, at)
    audit.record(db, by, "retried", mail, at=at, former=former.value)


def has_job(db: Session, mail: Mail) -> bool:
    """Whether a job that waits or runs will send it."""
    return str(mail.uid) in live_jobs(db, mail)


def live_jobs(db: Session, mail: Mail | None = None) -> set[str]:
    """The keys of all jobs that wait or run and send a letter; of one letter only, when it is given."""
    live = select(jobs.Job.key).where(jobs.Job.kind == JOB, jobs.Job.done_at.is_(None), jobs.Job.dead_at.is_(None))
    return set(db.scalars(live if mail is None else live.where(jobs.Job.key == str(mail.uid))))


def forget_texts(db: Session, at: datetime, keep: timedelta) -> int:
    """Remove the text of letters that ended `keep` ago, a thousand at a time; the rest of the row stays."""
    old = select(Mail.id).where(Mail.ended_at < at - keep, Mail.body.is_not(None)).limit(_AT_ONCE)
    found = list(db.scalars(old))
    forgetting = update(Mail).where(Mail.id.in_(found)).values(body=None)
    db.execute(forgetting.execution_options(synchronize_session="fetch"))
    return len(found)


def forget_about(db: Session, kind: str, uids: Any) -> int:
    """Remove address and text of the letters about these things; how many. That they were written, and when, stays.

    `uids`: a collection, or a query that gives them. A letter that still waits is left: it is to be sent; ask again
    later. One that was `kept` will never be sent: it counts as `failed` at the moment it was written.
    """
    kept = Mail.state == State.KEPT
    mine = (Mail.about_kind == kind, Mail.about_uid.in_(uids))
    forgetting = update(Mail).where(*mine, Mail.state != State.WAITING, Mail.recipient != NOBODY)
    gone = forgetting.values(
        recipient=NOBODY,
        body=None,
        answer=None,
        last_error=None,
        ended_at=case((kept, Mail.queued_at), else_=Mail.ended_at),
        state=case((kept, State.FAILED), else_=Mail.state),
    )
    done = db.execute(gone.execution_options(synchronize_session="fetch"))
    return int(done.rowcount)  # type: ignore[attr-defined]


def line_of(text: str) -> str:
    """One line for a header: every run of white space and control signs is one space, cut where it does not fit."""
    line = " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text).split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"


def text_of(text: str) -> str:
    """The text with plain line ends, without control signs other than tabs, and with one line end at its end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc")
    return clean.strip("\n") + "\n"
