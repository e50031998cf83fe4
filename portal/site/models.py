"""Sections of the portal (A1-6), and typed rows of editorial pages."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.publishing.models import Edition


class Section(Base):
    """A section (chuyên mục): which documents it lists by itself and which pages belong to it."""

    __tablename__ = "sections"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str | None] = mapped_column(String(4))
    """Letter of the group of mandatory information (A1-6) that it fulfils."""
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    description_en: Mapped[str | None] = mapped_column(Text)
    types: Mapped[list[Any]]
    """Slugs of document types; [] means any."""
    fields: Mapped[list[Any]]
    issuers: Mapped[list[Any]]
    """Agency codes; [] means any."""
    lists_documents: Mapped[bool]
    front: Mapped[bool]
    """The front page shows its newest documents."""
    owner: Mapped[str | None] = mapped_column(String(35))
    check_every_days: Mapped[int | None]

    def label(self, lang: str) -> str:
        """Its title in the language of the page."""
        return (self.title_en if lang == "en" else None) or self.title

    def text(self, lang: str) -> str | None:
        """Its description in the language of the page."""
        return (self.description_en if lang == "en" else None) or self.description


class SitePage(Base):
    """An edition of an editorial page, in columns that can be asked."""

    __tablename__ = "site_pages"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), index=True)
    section: Mapped[str | None] = mapped_column(String(80), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    checked_on: Mapped[date | None]
    """When its owner last said that it is right (A1-5)."""

    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)

    def label(self, lang: str) -> str:
        """Its title in the language of the page."""
        return (self.title_en if lang == "en" else None) or self.title
