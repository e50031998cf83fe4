"""Passwords are chosen, changed and forgotten."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from portal import audit
from portal.accounts import passwords, queries, throttle
from portal.accounts.errors import LinkUsedUp, WrongCurrentPassword
from portal.accounts.models import PasswordLink, Person, SignIn
from portal.accounts.service import guards, sessions
from portal.accounts.throttle import Limits

LINK_LIFE = timedelta(hours=72)


def set_password(
    db: Session, person: Person, password: str, *, by: Person | None, at: datetime, keep: SignIn | None = None
) -> None:
    """Store a new password; every sign-in of the person but `keep` ends, open links for a password die.

    Raises `WeakPassword`.
    """
    passwords.require_strong(password, personal=(person.email, person.name))
    person.password_hash, person.password_changed_at = passwords.hashed(password), at
    db.execute(
        update(PasswordLink)
        .where(PasswordLink.person_id == person.id, PasswordLink.used_at.is_(None))
        .values(used_at=at)
    )
    sessions.end_all(db, person, why="password_changed", at=at, keep=keep)
    throttle.forgive(db, "email", throttle.email_key(person.email), at=at)
    audit.record(db, by, "set password", person, at=at)


def change_password(
    db: Session,
    person: Person,
    *,
    current: str,
    new: str,
    at: datetime,
    keep: SignIn | None = None,
    limits: Limits | None = None,
) -> None:
    """The person changes their own password. Raises `WrongCurrentPassword`, `TooManyAttempts`, `WeakPassword`."""
    limits = limits or Limits()
    key = str(person.id)
    throttle.admit(db, "password", key, allowed=limits.attempts, lockout=limits.lockout, at=at)
    if not passwords.verify(person.password_hash, current):
        raise WrongCurrentPassword
    throttle.forgive(db, "password", key, at=at)
    set_password(db, person, new, by=person, at=at, keep=keep)


def make_password_link(db: Session, person: Person, *, by: Person | None, at: datetime) -> str:
    """The token of a link by which the person chooses a password within three days; older links die.

    It is shown once, to the administrator, who hands it over; the present password works until the link is used.
    Raises `NotAdministrator`.
    """
    guards.require_administrator(db, by, queries.responsible_units(db, person))
    token = secrets.token_urlsafe(32)
    db.execute(
        update(PasswordLink)
        .where(PasswordLink.person_id == person.id, PasswordLink.used_at.is_(None))
        .values(used_at=at)
    )
    link = PasswordLink(
        person_id=person.id,
        token_hash=sessions.token_hash(token),
        created_at=at,
        expires_at=at + LINK_LIFE,
    )
    db.add(link)
    db.flush()
    audit.record(db, by, "made password link", person, at=at)
    return token


def password_link(db: Session, token: str, *, at: datetime) -> PasswordLink:
    """The usable link of this token. Raises `LinkUsedUp`."""
    query = (
        select(PasswordLink)
        .where(PasswordLink.token_hash == sessions.token_hash(token))
        .options(joinedload(PasswordLink.person))
    )
    link = db.scalars(query).one_or_none()
    if link is None or link.used_at is not None or link.expires_at <= at or not link.person.active:
        raise LinkUsedUp
    return link


def use_password_link(db: Session, token: str, password: str, *, at: datetime) -> Person:
    """Choose the password by a link, which works once. Raises `LinkUsedUp`, `WeakPassword`."""
    link = password_link(db, token, at=at)
    set_password(db, link.person, password, by=link.person, at=at)
    return link.person
