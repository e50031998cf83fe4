"""Items (what has a permanent identity) and their editions (what it says, in which state)."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.db import Base, Json, new_uid


class State(StrEnum):
    """draft → in review → scheduled → published → superseded | withdrawn."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


WORKING = (State.DRAFT, State.IN_REVIEW, State.SCHEDULED)
LIVE = (State.PUBLISHED, State.WITHDRAWN)
_STATE = Enum(State, native_enum=False, length=16, values_callable=lambda states: [state.value for state in states])
_WORKING_SQL = text("state IN ('draft', 'in_review', 'scheduled')")
_LIVE_SQL = text("state IN ('published', 'withdrawn')")


class Item(Base):
    """Something with a permanent identity; its address (`path`) is separate and may change."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("origin", "uid"), UniqueConstraint("origin", "kind", "source_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    origin: Mapped[str] = mapped_column(String(255))
    """Host name of the instance that published it first."""
    kind: Mapped[str] = mapped_column(String(32))
    source_id: Mapped[str | None] = mapped_column(String(255))
    """The identity it had where it was imported from."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    path: Mapped[str | None] = mapped_column(String(255))
    """Its public address; None until the first publication."""
    created_at: Mapped[datetime]

    unit: Mapped[Agency] = relationship(lazy="joined")
    editions: Mapped[list["Edition"]] = relationship(
        back_populates="item", order_by="Edition.number", cascade="all, delete-orphan"
    )

    @property
    def audit_kind(self) -> str:
        """The audit record names items by their kind."""
        return self.kind

    @property
    def working(self) -> "Edition | None":
        """The edition that is being written, reviewed or waits for its time."""
        return next((e for e in self.editions if e.state in WORKING), None)

    @property
    def live(self) -> "Edition | None":
        """The edition that the public sees, or saw until it was withdrawn."""
        return next((e for e in self.editions if e.state in LIVE), None)


class Edition(Base):
    """One version of an item's content. A published edition is never edited in place."""

    __tablename__ = "editions"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        Index(
            "uq_editions_one_working", "item_id", unique=True, sqlite_where=_WORKING_SQL, postgresql_where=_WORKING_SQL
        ),
        Index("uq_editions_one_live", "item_id", unique=True, sqlite_where=_LIVE_SQL, postgresql_where=_LIVE_SQL),
        Index("ix_editions_state_updated", "state", "updated_at"),
        Index("ix_editions_state_published", "state", "published_at"),
        CheckConstraint(
            "state IN ('draft','in_review','scheduled','published','superseded','withdrawn')", name="state"
        ),
        CheckConstraint("state <> 'scheduled' OR publish_at IS NOT NULL", name="scheduled_has_a_time"),
        CheckConstraint("state <> 'withdrawn' OR withdrawn_why IS NOT NULL", name="withdrawn_has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    state: Mapped[State] = mapped_column(_STATE, default=State.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    """Counts every write; a write that names an older one is refused (invariant 8)."""
    title: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    sent_back_why: Mapped[str | None] = mapped_column(Text)
    publish_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str | None] = mapped_column(Text)
    change_note: Mapped[str | None] = mapped_column(Text)
    minor: Mapped[bool] = mapped_column(default=False)
    """A correction that readers need not hear of."""
    self_approved: Mapped[bool] = mapped_column(default=False)
    """Published by one of its writers; shown on the desk and in the history."""
    data_schema: Mapped[int]
    data: Mapped[dict[str, Any]] = deferred(mapped_column(Json))
    """The content as plain values, the truth from which every typed row is projected."""

    __mapper_args__ = {"version_id_col": version}

    item: Mapped[Item] = relationship(back_populates="editions", lazy="joined")
    author: Mapped[Person | None] = relationship(foreign_keys=[created_by])
    publisher: Mapped[Person | None] = relationship(foreign_keys=[published_by])
    writers: Mapped[list[Person]] = relationship(secondary="edition_writers", order_by=Person.name)

    @property
    def unit_id(self) -> int:
        """The unit whose rules hold."""
        return self.item.unit_id

    @property
    def is_working(self) -> bool:
        return self.state in WORKING


class EditionWriter(Base):
    """Everybody who saved an edition: none of them approves it, unless the unit's rules say so."""

    __tablename__ = "edition_writers"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)


class ReservedPath(Base):
    """A public address that is or was used: never given to another item; an old one redirects in one hop."""

    __tablename__ = "paths"

    path: Mapped[str] = mapped_column(String(255), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    reserved_at: Mapped[datetime]

    item: Mapped[Item] = relationship(lazy="joined")


class Autosave(Base):
    """What a person has typed but not saved, kept on the server; one a person and edition."""

    __tablename__ = "autosaves"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    version: Mapped[int]
    """The version of the edition that the typing began from."""
    saved_at: Mapped[datetime]
    fields: Mapped[list[Any]] = mapped_column(Json)
    """The form's controls as typed: a list of [name, value]."""


class Presence(Base):
    """Who has an edition open for editing."""

    __tablename__ = "edition_presences"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    seen_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="joined")


class PageChange(Base):
    """A dependency key whose pages are no longer fresh; every process reads on from the last row it saw."""

    __tablename__ = "page_changes"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(255))
    at: Mapped[datetime] = mapped_column(index=True)
