"""Typed rows of guides, projected from the data of each edition."""

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.publishing.models import Edition


class Guide(Base):
    """What one edition of a guide (hướng dẫn từng bước) is called, in columns that can be asked."""

    __tablename__ = "guides"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    title_folded: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(Text)
    """Of the title, in Vietnamese order."""
    summary: Mapped[str | None] = mapped_column(Text)
    summary_en: Mapped[str | None] = mapped_column(Text)
    questions: Mapped[int]
    """The most questions that anybody is asked."""

    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)

    def label(self, lang: str) -> str:
        """Its title in the language of the page."""
        return (self.title_en if lang == "en" else None) or self.title

    def text(self, lang: str) -> str | None:
        """Its summary in the language of the page."""
        return (self.summary_en if lang == "en" else None) or self.summary

    def spoken_in(self, lang: str) -> str:
        """The language of its label."""
        return "en" if lang == "en" and self.title_en else "vi"


class GuideProcedure(Base):
    """A procedure that a guide may lead to: what the page of a procedure asks for."""

    __tablename__ = "guide_procedures"
    __table_args__ = (Index("ix_guide_procedures_reference_edition", "reference", "edition_id"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("guides.edition_id", ondelete="CASCADE"), primary_key=True)
    reference: Mapped[str] = mapped_column(String(80), primary_key=True)
    """Its code, or the uid of its item, as the editor wrote it."""
