"""Counts of ratings and words of readers, both by day; marks that slow down a flood, gone with their day."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.publishing.models import Item


class Rating(StrEnum):
    """Rất hài lòng · Hài lòng · Chưa hài lòng (A1-10)."""

    VERY_SATISFIED = "rat-hai-long"
    SATISFIED = "hai-long"
    NOT_SATISFIED = "chua-hai-long"


_RATINGS = ", ".join(f"'{rating.value}'" for rating in Rating)


class FeedbackCount(Base):
    """How many readers of an item said so on a day."""

    __tablename__ = "feedback_counts"
    __table_args__ = (CheckConstraint(f"rating IN ({_RATINGS})", name="rating"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), primary_key=True)
    told_on: Mapped[date] = mapped_column(primary_key=True, index=True)
    rating: Mapped[str] = mapped_column(String(16), primary_key=True)
    times: Mapped[int] = mapped_column(default=0)


class FeedbackWords(Base):
    """What a reader wrote; the number says nothing but the order of arrival."""

    __tablename__ = "feedback_words"
    __table_args__ = (
        CheckConstraint(f"rating IN ({_RATINGS})", name="rating"),
        Index("ix_feedback_words_item_told", "item_id", "told_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"))
    told_on: Mapped[date] = mapped_column(index=True)
    rating: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(Text)

    item: Mapped[Item] = relationship(lazy="joined", innerjoin=True)


class FeedbackDay(Base):
    """The salt of a day, made at random and thrown away with it: afterwards no mark can be traced to an address."""

    __tablename__ = "feedback_days"

    told_on: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))


class FeedbackMark(Base):
    """How often one network address told something today: a keyed digest of it, nothing else."""

    __tablename__ = "feedback_marks"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    told_on: Mapped[date] = mapped_column(index=True)
    times: Mapped[int] = mapped_column(default=0)
