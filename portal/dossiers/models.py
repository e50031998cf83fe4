"""Tables of dossiers. `Dossier` is a projection of its events; what is personal stands in tables of its own."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.db import Base, new_uid
from portal.dossiers.events import Actor, Event, Kind
from portal.dossiers.profiles import PROFILES, Profile
from portal.dossiers.states import Delivery, Finance, State
from portal.text import fold


def _enum(kind: type[Any], length: int) -> Enum:
    return Enum(kind, native_enum=False, length=length, values_callable=lambda known: [one.value for one in known])


def _one_of(column: str, kind: type[Any]) -> str:
    return f"{column} IN ({', '.join(repr(one.value) for one in kind)})"


_JUDGED_BY = (
    "deciding_id",
    "field_slug",
    "item_id",
    "due_at",
    "paused_at",
    "kpi_due_at",
    "kpi_paused_at",
    "ended_at",
    "supplements",
)
"""All that `figures` asks: it reads the index alone."""


class Dossier(Base):
    """A citizen's application (hồ sơ). Written by `service.log` only, from the events (A6, architecture)."""

    __tablename__ = "dossiers"
    __table_args__ = (
        CheckConstraint(_one_of("state", State), name="state"),
        CheckConstraint(_one_of("finance", Finance), name="finance"),
        CheckConstraint(_one_of("delivery", Delivery), name="delivery"),
        Index("ix_dossiers_deciding_state_due", "deciding_id", "state", "due_at"),
        Index("ix_dossiers_reception_state_due", "reception_id", "state", "due_at"),
        Index("ix_dossiers_handler_state_due", "handler_id", "state", "due_at"),
        Index("ix_dossiers_figures", "received_on", "ended_on", *_JUDGED_BY),
        Index("ix_dossiers_ended_on", "ended_on"),
        Index("ix_dossiers_due", "due_at", "ended_at", "paused_at"),
    )
    audit_kind: ClassVar[str] = "dossier"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    submission_key: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the key that makes a submission happen once."""
    secret_salt: Mapped[str] = mapped_column(String(32))
    secret_sha256: Mapped[str] = mapped_column(String(64))
    """Of salt and tracking secret; the secret itself is on the receipt only."""
    secret_turn: Mapped[int] = mapped_column(default=0)
    """How often a new secret was given out."""

    code: Mapped[str] = mapped_column(String(80), unique=True)
    profile: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(10))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    """The procedure."""
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    """The edition of the procedure that was in force on the day (A5-10, invariant 18)."""
    procedure_code: Mapped[str | None] = mapped_column(String(40), index=True)
    title: Mapped[str] = mapped_column(Text)
    """The procedure's name on the day."""
    field_slug: Mapped[str | None] = mapped_column(String(100))
    form_sha256: Mapped[str | None] = mapped_column(String(64))
    """The definition that renders the answers for ever."""
    answers_sha256: Mapped[str | None] = mapped_column(String(64))
    fees: Mapped[list[Any]]
    """As of the day."""
    limit_amount: Mapped[int | None]
    limit_unit: Mapped[str | None] = mapped_column(String(16))
    support_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    reception_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    deciding_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    """Three organisations, each its own (A6-12)."""
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[State] = mapped_column(_enum(State, 16))
    finance: Mapped[Finance] = mapped_column(_enum(Finance, 16))
    delivery: Mapped[Delivery] = mapped_column(_enum(Delivery, 16))
    outcome: Mapped[str | None] = mapped_column(String(16))
    submitted_at: Mapped[datetime] = mapped_column(index=True)
    received_at: Mapped[datetime | None]
    received_on: Mapped[date | None]
    """The Vietnamese day, for statistics."""
    due_at: Mapped[datetime | None]
    original_due_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    kpi_due_at: Mapped[datetime | None]
    """By the computation that subtracts supplement time (A6-7)."""
    kpi_paused_at: Mapped[datetime | None]
    supplements: Mapped[int]
    reschedules: Mapped[int]
    ended_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    returned_at: Mapped[datetime | None]
    anonymised_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    """The number of its events: who acts names the one they saw (invariant 8)."""

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    support: Mapped[Agency | None] = relationship(foreign_keys=[support_id])
    reception: Mapped[Agency] = relationship(foreign_keys=[reception_id], lazy="joined", innerjoin=True)
    deciding: Mapped[Agency] = relationship(foreign_keys=[deciding_id], lazy="joined", innerjoin=True)
    handler: Mapped[Person | None] = relationship(foreign_keys=[handler_id])

    @property
    def law(self) -> Profile:
        """The state of the law under which it was submitted."""
        return PROFILES[self.profile]

    def counted_until(self, at: datetime) -> datetime:
        """The moment that the due date is held to: the end, the begin of a wait, or `at`."""
        return min([at, *(moment for moment in (self.paused_at, self.ended_at) if moment)])

    def is_late(self, at: datetime) -> bool:
        """Whether the due date has passed."""
        return self.due_at is not None and self.counted_until(at) > self.due_at


class DossierEvent(Base):
    """One event, never changed; only its words may be erased, and the chain of hashes still holds (`service.log`)."""

    __tablename__ = "dossier_events"
    __table_args__ = (
        CheckConstraint(_one_of("kind", Kind), name="kind"),
        CheckConstraint(_one_of("actor", Actor), name="actor"),
        CheckConstraint("sequence > 0", name="counted_from_one"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Kind] = mapped_column(_enum(Kind, 24))
    shape: Mapped[int]
    """Version of the payload's shape (`events.SCHEMA`)."""
    happened_at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[Actor] = mapped_column(_enum(Actor, 12))
    person_uid: Mapped[UUID | None]
    payload: Mapped[dict[str, Any]]
    words: Mapped[str | None] = mapped_column(Text)
    words_salt: Mapped[str | None] = mapped_column(String(32))
    words_sha256: Mapped[str | None] = mapped_column(String(64))
    """Of salt and words: with both erased nobody can try words out against it."""
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    @property
    def event(self) -> Event:
        """The event as the pure functions know it."""
        return Event(
            self.sequence,
            self.kind,
            self.happened_at,
            self.payload,
            actor=self.actor,
            person=self.person_uid,
            words=self.words,
            schema=self.shape,
        )


class Applicant(Base):
    """Who applies: personal data, read only through `service.readings`."""

    __tablename__ = "dossier_applicants"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    audience: Mapped[str] = mapped_column(String(80), default="cong-dan")
    """Citizen, business, organisation: a word of the vocabulary; stays for statistics."""
    language: Mapped[str] = mapped_column(String(2), default="vi")
    name: Mapped[str | None] = mapped_column(String(200))
    name_folded: Mapped[str | None] = mapped_column(String(200), index=True)
    """The name in small letters without accents, for officers to search; set with `name`."""
    id_number: Mapped[str | None] = mapped_column(String(30))
    phone: Mapped[str | None] = mapped_column(String(30))
    email: Mapped[str | None] = mapped_column(String(254))
    address: Mapped[str | None] = mapped_column(Text)

    @validates("name")
    def _fold_name(self, _attribute: str, name: str | None) -> str | None:
        self.name_folded = fold(name)[:200] if name else None
        return name


class AnswerSet(Base):
    """What was filled in: number 1 at submission, further ones with supplements. None once erased."""

    __tablename__ = "dossier_answers"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64))
    answers: Mapped[dict[str, Any] | None]
    given_at: Mapped[datetime]


class DossierFile(Base):
    """A file of a dossier: handed in, asked for later, or the result."""

    __tablename__ = "dossier_files"
    __table_args__ = (
        CheckConstraint("part IN ('submitted', 'supplement', 'result', 'attachment')", name="part"),
        UniqueConstraint("dossier_id", "part", "sha256", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    part: Mapped[str] = mapped_column(String(12))
    field_id: Mapped[str | None] = mapped_column(String(100))
    """The field of the form that it answers."""
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"))
    name: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]


class Assignment(Base):
    """Who handled it from when to when."""

    __tablename__ = "dossier_assignments"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    assigned_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    assigned_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Note(Base):
    """An internal note of an officer (ghi chú nội bộ): never shown to the applicant."""

    __tablename__ = "dossier_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class CodeSequence(Base):
    """The last number that an agency gave out on a day (A6-1)."""

    __tablename__ = "dossier_sequences"

    agency_code: Mapped[str] = mapped_column(String(35), primary_key=True)
    issued_on: Mapped[date] = mapped_column(primary_key=True)
    last_number: Mapped[int]


class Draft(Base):
    """An application that is being filled in; who has the key has the draft. Emptied when it is submitted."""

    __tablename__ = "dossier_drafts"
    audit_kind: ClassVar[str] = "dossier_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    key_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    form_sha256: Mapped[str | None] = mapped_column(String(64))
    reception_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    language: Mapped[str] = mapped_column(String(2), default="vi")
    answers: Mapped[dict[str, Any]]
    """All that was typed, hidden fields too."""
    section: Mapped[str | None] = mapped_column(String(100))
    """Where the applicant was."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))

    __mapper_args__ = {"version_id_col": version}


class Lookup(Base):
    """How often somebody looked up wrongly, by network or by code; keys are salted hashes."""

    __tablename__ = "dossier_lookups"
    __table_args__ = (CheckConstraint("bucket IN ('network', 'code')", name="bucket"),)

    bucket: Mapped[str] = mapped_column(String(10), primary_key=True)
    key_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    since_at: Mapped[datetime] = mapped_column(index=True)
    """When the window began in which they are counted."""


class Reading(Base):
    """That an officer saw personal data of a dossier, when and what for. Never changed."""

    __tablename__ = "dossier_readings"
    __table_args__ = (Index("ix_dossier_readings_person", "person_id", "read_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    read_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(20))
    """`application`, `file`, `export`."""
    purpose: Mapped[str] = mapped_column(String(500))

    person: Mapped[Person] = relationship()


class IssuedPaper(Base):
    """A form as it was issued (giấy tờ đã lập, A6-3): its facts and the version of its template render it for ever."""

    __tablename__ = "dossier_papers"
    __table_args__ = (UniqueConstraint("dossier_id", "paper", "event"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True, default=new_uid)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    paper: Mapped[str] = mapped_column(String(12))
    """`profiles.Paper`."""
    event: Mapped[int]
    """The sequence number of the event that it tells about."""
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    """In whose name it goes out."""
    number: Mapped[int]
    """Among the agency's papers of that form in the year, from 1."""
    template: Mapped[str] = mapped_column(String(40))
    """`receipt-1`: the name of the template and its version."""
    facts: Mapped[dict[str, Any] | None]
    """None once personal data were erased."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Of template and facts."""
    issued_at: Mapped[datetime]


class PaperSequence(Base):
    """The last number that an agency gave to a form in a year."""

    __tablename__ = "dossier_paper_sequences"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    paper: Mapped[str] = mapped_column(String(12), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]


class DossierWarning(Base):
    """That officers were warned of a due date: each date once a step (`desk.warning`)."""

    __tablename__ = "dossier_warnings"
    __table_args__ = (CheckConstraint("step IN ('soon', 'late')", name="step"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(8), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]


class RetentionRule(Base):
    """How long the dossiers of one procedure keep personal data after their end; without a row the profile says it."""

    __tablename__ = "dossier_retentions"
    __table_args__ = (CheckConstraint("months > 0", name="some_time"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    months: Mapped[int]
