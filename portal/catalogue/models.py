"""Typed rows of procedures and of their local variants, projected from the data of each edition; the vocabularies."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.agencies.models import Agency
from portal.db import Base
from portal.publishing.models import Edition

VOCABULARIES = ("audience", "life_event", "business_event")
_VOCABULARIES = ", ".join(f"'{name}'" for name in VOCABULARIES)


class Term(Base):
    """A word of a vocabulary: an audience (đối tượng), a life event or a business event (sự kiện)."""

    __tablename__ = "catalogue_terms"
    __table_args__ = (CheckConstraint(f"vocabulary IN ({_VOCABULARIES})", name="vocabulary"),)

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    vocabulary: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(200))
    english_name: Mapped[str | None] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    english_description: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=100)
    retired: Mapped[bool] = mapped_column(default=False)
    """No longer offered; its page says so or leads to `merged_into`. A word is never deleted: addresses stay."""
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("catalogue_terms.slug"))
    """The word of the same vocabulary that a retired one went into."""
    brought: Mapped[str | None] = mapped_column(String(64))
    """Digest of what a file last said of it; people have changed it when it says something else now."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def label(self, lang: str) -> str:
        """Its name in the language of the page."""
        return (self.english_name if lang == "en" else None) or self.name

    def text(self, lang: str) -> str | None:
        """Its description in the language of the page."""
        return (self.english_description if lang == "en" else None) or self.description


class Procedure(Base):
    """What one edition of a procedure says, in columns that can be asked."""

    __tablename__ = "procedures"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    code: Mapped[str | None] = mapped_column(String(40), index=True)
    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    name_folded: Mapped[str] = mapped_column(Text)
    words_folded: Mapped[str] = mapped_column(Text)
    """Name, everyday names and code, folded: what a search without index looks through."""
    initial: Mapped[str] = mapped_column(String(2), index=True)
    """The letter of the A–Z under which it stands: "D" and "Đ" apart."""
    sort_key: Mapped[str] = mapped_column(Text)
    """Of the name, in Vietnamese order."""
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    """The agency that announced it, as the register knows it."""
    authority_name: Mapped[str | None] = mapped_column(Text)
    service: Mapped[str] = mapped_column(String(16), index=True)
    free: Mapped[bool | None]
    """Whether nothing is to be paid by any channel; None where it is not known."""
    effective_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    review_by: Mapped[date | None] = mapped_column(index=True)
    eform: Mapped[str | None] = mapped_column(String(36))
    doubts: Mapped[int] = mapped_column(default=0)

    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)
    authority: Mapped[Agency | None] = relationship(lazy="joined")
    terms: Mapped[list["ProcedureTerm"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    basis: Mapped[list["ProcedureBasis"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ProcedureBasis.position"
    )

    def label(self, lang: str) -> str:
        """Its name in the language of the page."""
        return (self.name_en if lang == "en" else None) or self.name


class ProcedureTerm(Base):
    """A field, audience, event or level of a procedure: what the catalogue is browsed by."""

    __tablename__ = "procedure_terms"
    __table_args__ = (
        CheckConstraint("facet IN ('field', 'audience', 'event', 'level')", name="facet"),
        Index("ix_procedure_terms_facet_slug", "facet", "slug", "edition_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("procedures.edition_id", ondelete="CASCADE"), primary_key=True)
    facet: Mapped[str] = mapped_column(String(10), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)


class ProcedureBasis(Base):
    """A document that a procedure rests on (căn cứ pháp lý), by its key; it may not be here (yet)."""

    __tablename__ = "procedure_basis"
    __table_args__ = (Index("ix_procedure_basis_key_edition", "key", "edition_id"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("procedures.edition_id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(String(200))
    """`number:42/2022/nd-cp`, as `portal.notices.references` makes it; None without a number."""


class LocalService(Base):
    """What an edition of a local variant says: which agency adds to which procedure."""

    __tablename__ = "local_services"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), index=True)
    procedure_uid: Mapped[str | None] = mapped_column(String(36), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    code: Mapped[str | None] = mapped_column(String(40), index=True)
    behind: Mapped[bool] = mapped_column(default=False)
    """The national procedure has changed since somebody last checked this one against it."""

    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)
    agency: Mapped[Agency | None] = relationship(lazy="joined")
