"""Tables of people, what they may do, their sign-ins, and the text that an expired sign-in did not lose."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.agencies.models import Agency
from portal.db import Base, new_uid
from portal.rules import ROLES

_ROLES = ", ".join(f"'{role}'" for role in ROLES)

LANGUAGES = ("vi", "en")


class Person(Base):
    """Somebody who works with the portal (cán bộ, công chức, viên chức)."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_folded"),
        CheckConstraint("language IN ('vi', 'en')", name="language_known"),
    )
    audit_kind: ClassVar[str] = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_folded: Mapped[str] = mapped_column(String(200), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    """The unit the person works in; its administrators look after the account. Gives no rights by itself."""
    password_hash: Mapped[str | None] = mapped_column(String(255))
    """None until the person has chosen a password: nobody can sign in as them."""
    password_changed_at: Mapped[datetime | None]
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(String(2), default="vi")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    unit: Mapped[Agency] = relationship()
    grants: Mapped[list["Grant"]] = relationship(
        back_populates="person", foreign_keys="Grant.person_id", cascade="all, delete-orphan"
    )


class Grant(Base):
    """A role that a person holds in a unit and in all units below it."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "unit_id"),
        CheckConstraint(f"role IN ({_ROLES})", name="role_known"),
        Index("ix_grants_unit_id_role", "unit_id", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None when the operator of the machine gave the role by command."""

    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=[person_id])
    unit: Mapped[Agency] = relationship()


class SignIn(Base):
    """One signed-in browser (phiên làm việc). Only the SHA-256 of its cookie is stored."""

    __tablename__ = "sign_ins"
    __table_args__ = (
        CheckConstraint("(revoked_at IS NULL) = (revoked_why IS NULL)", name="revoked_with_reason"),
        CheckConstraint(
            "revoked_why IN ('signed_out', 'ended', 'password_changed', 'deactivated')", name="reason_known"
        ),
        Index("ix_sign_ins_person_id_seen_at", "person_id", "seen_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """The last use, up to five minutes late: see `portal.accounts.policy`."""
    idle_seconds: Mapped[int]
    """The sign-in ends this long after `seen_at`."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    """The sign-in ends at this moment however much it is used."""
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[str | None] = mapped_column(String(20))
    agent: Mapped[str] = mapped_column(String(300), default="")
    address: Mapped[str] = mapped_column(String(45), default="")

    person: Mapped[Person] = relationship()


class Attempt(Base):
    """How often somebody tried: by e-mail, by network address, or from a browser that had signed in before."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("bucket", "key"),
        CheckConstraint("bucket IN ('email', 'address', 'device', 'password')", name="bucket_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bucket: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the e-mail (people type passwords into the wrong field), or the network, or an id."""
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
    blocked_until: Mapped[datetime | None]


class PasswordLink(Base):
    """A link, used once, by which a person chooses a password: for a new account or a forgotten password."""

    __tablename__ = "password_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class KeptForm(Base):
    """What was typed into a form whose sign-in had expired; only the same person sees it again."""

    __tablename__ = "kept_forms"
    __table_args__ = (Index("ix_kept_forms_person_id_created_at", "person_id", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    page: Mapped[str] = mapped_column(String(2000))
    """The local address of the page that holds the form, query included."""
    fields: Mapped[list[Any]]
    """Pairs [name, value] in the order in which the browser sent them."""
    size: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
