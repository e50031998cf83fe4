"""Signing in and out."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal import audit
from portal.accounts import passwords, queries, throttle
from portal.accounts.errors import PersonInactive, TooManyAttempts, WrongPassword
from portal.accounts.models import Attempt, KeptForm, PasswordLink, Person, SignIn
from portal.accounts.throttle import Limits
from portal.text.normal import without_controls

TOUCH_EVERY = timedelta(minutes=5)
REMEMBER_ENDED = timedelta(days=30)


def token_hash(token: str) -> str:
    """What is stored of a secret that only its holder knows."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def sign_in(
    db: Session,
    email: str,
    password: str,
    *,
    at: datetime,
    ip: str,
    agent: str,
    limits: Limits | None = None,
    known: SignIn | None = None,
) -> str:
    """Check the password and open a sign-in; returns the token for the cookie.

    `known` is an earlier sign-in of this very browser, live or not: its person keeps a counter of their own, so a
    stranger who guesses cannot lock the person out of the browser they always use.
    Raises `WrongPassword`, `TooManyAttempts`, `PersonInactive`; the counted try must be committed all the same.
    """
    limits = limits or Limits()
    person = queries.person_by_email(db, email)
    network = throttle.address_key(ip)
    bucket, key = _own_counter(email, person, known)
    throttle.admit(
        db,
        "address",
        network,
        allowed=limits.attempts * throttle.OFFICE,
        lockout=limits.lockout,
        at=at,
    )
    last = throttle.admit(db, bucket, key, allowed=limits.attempts, lockout=limits.lockout, at=at)
    right = passwords.verify(person.password_hash if person else None, password)
    if person is None or not right:
        raise _refusal(db, person, bucket, key, last=last, limits=limits, at=at)
    throttle.take_back(db, "address", network, at=at)
    throttle.forgive(db, bucket, key, at=at)
    if not person.active:
        raise PersonInactive
    if passwords.outdated(str(person.password_hash)):
        person.password_hash = passwords.hashed(password)
    return open_session(db, person, at=at, ip=ip, agent=agent, limits=limits)


def open_session(
    db: Session, person: Person, *, at: datetime, ip: str, agent: str, limits: Limits | None = None
) -> str:
    """A new sign-in of somebody who has proved who they are; returns the token for the cookie."""
    limits = limits or Limits()
    token = secrets.token_urlsafe(32)
    opened = SignIn(
        person_id=person.id,
        token_hash=token_hash(token),
        created_at=at,
        seen_at=at,
        idle_seconds=limits.idle,
        expires_at=at + timedelta(seconds=limits.lifetime),
        agent=without_controls(agent)[:300],
        address=ip[:45],
    )
    db.add(opened)
    db.flush()
    audit.record(db, person, "signed in", person, at=at, address=ip[:45])
    return token


def touch(db: Session, sign_in_id: int, *, at: datetime) -> None:
    """Note that the sign-in is in use; writes at most every five minutes."""
    db.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.seen_at <= at - TOUCH_EVERY, SignIn.revoked_at.is_(None))
        .values(seen_at=at)
        .execution_options(synchronize_session=False)
    )


def sign_out(db: Session, ended: SignIn | None, *, at: datetime) -> None:
    """The person leaves; the cookie is worth nothing from now on. None and an ended one: nothing to do."""
    if ended is not None and ended.revoked_at is None:
        ended.revoked_at, ended.revoked_why = at, "signed_out"
        audit.record(db, ended.person, "signed out", ended.person, at=at)


def revoke_session(db: Session, ended: SignIn, *, by: Person | None, at: datetime) -> None:
    """End one sign-in from elsewhere."""
    if ended.revoked_at is None:
        ended.revoked_at, ended.revoked_why = at, "ended"
        audit.record(db, by, "ended sign-in", ended.person, at=at, sign_in=str(ended.uid))


def revoke_sessions(db: Session, person: Person, *, by: Person | None, at: datetime, keep: SignIn | None = None) -> int:
    """End every sign-in of the person but `keep`; returns how many."""
    count = end_all(db, person, why="ended", at=at, keep=keep)
    if count:
        audit.record(db, by, "ended sign-ins", person, at=at, count=count)
    return count


def end_all(db: Session, person: Person, *, why: str, at: datetime, keep: SignIn | None = None) -> int:
    """End every sign-in but `keep`, as part of a change that is audited by its caller; returns how many."""
    query = select(SignIn).where(SignIn.person_id == person.id, SignIn.revoked_at.is_(None), SignIn.expires_at > at)
    ended = [sign_in for sign_in in db.scalars(query) if keep is None or sign_in.id != keep.id]
    for sign_in in ended:
        sign_in.revoked_at, sign_in.revoked_why = at, why
    db.flush()
    return len(ended)


def tidy(db: Session, at: datetime) -> None:
    """Delete what has no use any more (A11-1: retention): a periodic job."""
    db.execute(delete(KeptForm).where(KeptForm.expires_at <= at))
    db.execute(delete(SignIn).where(SignIn.expires_at <= at - REMEMBER_ENDED))
    db.execute(delete(PasswordLink).where(PasswordLink.expires_at <= at - REMEMBER_ENDED))
    db.execute(delete(Attempt).where(Attempt.last_at <= at - 2 * throttle.FORGET))


def _own_counter(email: str, person: Person | None, known: SignIn | None) -> tuple[str, str]:
    if person is not None and known is not None and known.person_id == person.id:
        return "device", str(known.id)
    return "email", throttle.email_key(queries.folded_email(email))


def _refusal(
    db: Session,
    person: Person | None,
    bucket: str,
    key: str,
    *,
    last: bool,
    limits: Limits,
    at: datetime,
) -> WrongPassword | TooManyAttempts:
    if not last:
        return WrongPassword()
    until = db.scalars(select(Attempt.blocked_until).where(Attempt.bucket == bucket, Attempt.key == key)).one()
    if person is not None:
        audit.record(db, None, "locked out", person, at=at)
    return TooManyAttempts(until or at + timedelta(seconds=limits.lockout), at)
