"""Brakes on guessing: tries are counted before the password is looked at, so parallel guesses count too.

A counter that is full blocks its bucket; every further try after the release doubles the block, up to
16 times. A day without a try, or a success, forgets it. Nobody has to unlock anything.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.accounts.errors import TooManyAttempts
from portal.accounts.models import Attempt

if TYPE_CHECKING:
    from portal.settings import Settings

FORGET = timedelta(days=1)
DOUBLINGS = 4
OFFICE = 5
"""How many times more tries one network address has than one e-mail: an office shares an address."""


@dataclass(frozen=True)
class Limits:
    """Wrong tries before the lock, seconds of the first lock, seconds a sign-in lives unused, and in all."""

    attempts: int = 8
    lockout: int = 15 * 60
    idle: int = 2 * 60 * 60
    lifetime: int = 12 * 60 * 60

    @classmethod
    def of(cls, settings: "Settings") -> "Limits":
        return cls(settings.sign_in_attempts, settings.lockout, settings.session_idle, settings.session_lifetime)


def admit(db: Session, bucket: str, key: str, *, allowed: int, lockout: int, at: datetime) -> bool:
    """Count one try; True when it was the last one before the block. Raises `TooManyAttempts` while blocked."""
    attempt = _row(db, bucket, key, at)
    if attempt.blocked_until is not None and attempt.blocked_until > at:
        raise TooManyAttempts(attempt.blocked_until, at)
    if attempt.last_at < at - FORGET:
        attempt.failures = 0
    attempt.failures, attempt.last_at, attempt.blocked_until = attempt.failures + 1, at, None
    over = attempt.failures - allowed
    if over >= 0:
        attempt.blocked_until = at + timedelta(seconds=lockout * 2 ** min(over, DOUBLINGS))
    db.flush()
    return over >= 0


def forgive(db: Session, bucket: str, key: str, *, at: datetime) -> None:
    """A success: the bucket starts anew."""
    attempt = _row(db, bucket, key, at)
    attempt.failures, attempt.blocked_until = 0, None


def take_back(db: Session, bucket: str, key: str, *, at: datetime) -> None:
    """A success in a shared bucket: this try does not count, the others do."""
    attempt = _row(db, bucket, key, at)
    attempt.failures, attempt.blocked_until = max(0, attempt.failures - 1), None


def email_key(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()


def address_key(address: str) -> str:
    """The network that counts as one: an IPv4 address, or an IPv6 /64 (one household or office)."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    return str(parsed) if parsed.version == 4 else str(ip_network((parsed, 64), strict=False))


def _row(db: Session, bucket: str, key: str, at: datetime) -> Attempt:
    """The counter, locked for this transaction, so that parallel tries are counted one after the other."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    query = (
        select(Attempt)
        .where(Attempt.bucket == bucket, Attempt.key == key)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    db.flush()
    found = db.scalars(query).one_or_none()
    if found is None:
        values = {"bucket": bucket, "key": key, "failures": 0, "last_at": at}
        db.execute(insert(Attempt).values(**values).on_conflict_do_nothing())
        found = db.scalars(query).one()
    return found
