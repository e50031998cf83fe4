"""Typed rows of notices (văn bản), projected from the data of each edition and rebuilt at every save."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, literal
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from portal.agencies.models import Agency
from portal.db import Base
from portal.publishing.models import Edition


class Notice(Base):
    """What one edition of a document says, in columns that can be asked."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_type_issued", "type", "issued_on"),
        Index("ix_notices_issuer_issued", "issuer_id", "issued_on"),
        Index("ix_notices_year_issued", "year", "issued_on"),
        CheckConstraint("year IS NULL OR year BETWEEN 1900 AND 2200", name="year"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    type: Mapped[str | None] = mapped_column(String(40))
    number: Mapped[str | None] = mapped_column(String(40))
    notation: Mapped[str | None] = mapped_column(String(80))
    full_number: Mapped[str | None] = mapped_column(String(120))
    number_key: Mapped[str | None] = mapped_column(String(120), index=True)
    """Folded whole number, equal for all its spellings (C-6)."""
    law_key: Mapped[str | None] = mapped_column(String(180), index=True)
    """Of a law its folded name and year, `luat dat dai|2013`: it is cited by them as well as by its number."""
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    """The issuer as the register knows it, of the period of issue; None when it is not in the register."""
    issuer_name: Mapped[str | None] = mapped_column(Text)
    issued_on: Mapped[date | None] = mapped_column(index=True)
    year: Mapped[int | None]
    title: Mapped[str] = mapped_column(Text)
    title_folded: Mapped[str] = mapped_column(Text)
    signer: Mapped[str | None] = mapped_column(Text)
    effective_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    effect: Mapped[str | None] = mapped_column(String(16))
    """The status an editor stated; None: it follows from the dates."""
    doubts: Mapped[int] = mapped_column(default=0)
    """How many fields were read from paper with doubt and not confirmed yet."""
    anchors: Mapped[str] = mapped_column(Text, default="", server_default="", deferred=True)
    """Anchors of its articles, chapters and annexes, parted by spaces: where others may link to."""

    language: Mapped[str] = query_expression(literal("vi"))
    """Of the text; asked for by lists, which must not load whole records for it (`queries.WITH_LANGUAGE`)."""

    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)
    issuer: Mapped[Agency | None] = relationship(lazy="joined")
    fields: Mapped[list["NoticeField"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    relations: Mapped[list["NoticeRelation"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="NoticeRelation.position"
    )
    references: Mapped[list["NoticeReference"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="NoticeReference.position"
    )
    effects: Mapped[list["NoticeEffect"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="NoticeEffect.position"
    )


class NoticeField(Base):
    """A field of law (lĩnh vực) of a notice, by the slug of the register."""

    __tablename__ = "notice_fields"

    edition_id: Mapped[int] = mapped_column(ForeignKey("notices.edition_id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(String(80), primary_key=True, index=True)


class NoticeRelation(Base):
    """What a notice does to another document, which may not be here (yet)."""

    __tablename__ = "notice_relations"

    edition_id: Mapped[int] = mapped_column(ForeignKey("notices.edition_id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    relation: Mapped[str] = mapped_column(String(16))
    number: Mapped[str | None] = mapped_column(String(120))
    number_key: Mapped[str | None] = mapped_column(String(120), index=True)
    title: Mapped[str | None] = mapped_column(Text)
    target_uid: Mapped[str | None] = mapped_column(String(36), index=True)
    """The item meant, where a person chose it."""
    scope: Mapped[str | None] = mapped_column(Text)
    """What of the other document it acts on ("Điều 5, Điều 7"); None: all of it."""


class NoticeReference(Base):
    """A document that the text of a notice cites (dẫn chiếu), once; it may not be here (yet)."""

    __tablename__ = "notice_references"
    __table_args__ = (Index("ix_notice_references_key_edition", "key", "edition_id"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("notices.edition_id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    """`number:42/2022/nd-cp` or `law:luat dat dai|2013` (see `references.keys`)."""
    type: Mapped[str | None] = mapped_column(String(40))
    issued_on: Mapped[date | None]
    """As far as the text says it."""
    articles: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Anchors of the parts cited, parted by spaces."""


class NoticeEffect(Base):
    """A change of effect that an editor states: a suspension, say (A3-7)."""

    __tablename__ = "notice_effects"

    edition_id: Mapped[int] = mapped_column(ForeignKey("notices.edition_id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    starts_on: Mapped[date]
    effect: Mapped[str] = mapped_column(String(16))
    ends_on: Mapped[date | None]
    """The last day of it; None: it stays."""
    act: Mapped[str | None] = mapped_column(Text)
    """By which act, in the editor's words."""


class ImportedRow(Base):
    """A row that an import brought in, with the hash of what it said: the same row again writes nothing."""

    __tablename__ = "imported_rows"

    origin: Mapped[str] = mapped_column(String(255), primary_key=True)
    source_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    imported_at: Mapped[datetime]
