"""The table of letters: what was to be sent, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, new_uid

LANGUAGES = ("vi", "en")


class State(StrEnum):
    """`waiting` for its job · `sent`: the server took it over · `failed`: it will not be tried again by itself ·
    `kept`: no server is configured, so it lies here."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"


_STATE = Enum(State, native_enum=False, length=8, values_callable=lambda states: [state.value for state in states])


class Mail(Base):
    """One letter to one address (thư điện tử). The row is the intent; it stays when its text is forgotten."""

    __tablename__ = "mails"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'failed', 'kept')", name="state_known"),
        CheckConstraint("language IN ('vi', 'en')", name="language_known"),
        CheckConstraint("(about_kind IS NULL) = (about_uid IS NULL)", name="about_is_whole"),
        CheckConstraint("(sent_at IS NULL) = (state <> 'sent')", name="sent_has_a_time"),
        CheckConstraint("(ended_at IS NULL) = (state IN ('waiting', 'kept'))", name="ended_has_a_time"),
        CheckConstraint("body IS NOT NULL OR state IN ('sent', 'failed')", name="unsent_has_a_text"),
        CheckConstraint("state <> 'sent' OR message_id IS NOT NULL", name="sent_has_a_message_id"),
        Index("ix_mails_state_queued_at", "state", "queued_at"),
        Index("ix_mails_about", "about_uid", "about_kind"),
        Index("ix_mails_tried_at", "tried_at"),
    )
    audit_kind: ClassVar[str] = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    key: Mapped[str] = mapped_column(String(255), unique=True)
    """What the sender calls this letter: the same key twice is one letter."""
    message_id: Mapped[str | None] = mapped_column(String(320), unique=True)
    """In angle brackets; fixed before the first attempt and the same in each, so that duplicates can be recognised."""
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(255))
    body: Mapped[str | None] = mapped_column(Text)
    """Plain text, lines end in a line feed. None: forgotten, `portal.mail_keep_days` after the letter's end."""
    language: Mapped[str] = mapped_column(String(2))
    about_kind: Mapped[str | None] = mapped_column(String(32))
    about_uid: Mapped[UUID | None]
    state: Mapped[State] = mapped_column(_STATE, default=State.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    """How often the mail server was asked to take it."""
    created_at: Mapped[datetime]
    queued_at: Mapped[datetime]
    """Since when it has waited: its creation, or the last time somebody had it sent again."""
    tried_at: Mapped[datetime | None]
    unreachable: Mapped[bool] = mapped_column(default=False)
    """The last attempt failed because of the server, not of this letter: others need not be tried right now."""
    unanswered: Mapped[int] = mapped_column(default=0)
    """Attempts of which we do not know whether the server took the letter: it may have arrived that often besides."""
    last_error: Mapped[str | None] = mapped_column(Text)
    """Why the last attempt failed: the server's words, or what happened to the connection."""
    sent_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """When it was sent or failed."""
    answer: Mapped[str | None] = mapped_column(String(500))
    """What the server said when it took the letter over."""
