"""Tables of search: the log of changes that every host's index follows, and what editors maintain.

The index itself is no table: it is derived, lies beside each host and can be rebuilt at any time.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Json


class SearchChange(Base):
    """The latest change of an item, once: a new host reads exactly what there is. Says nothing of its state.

    `seq` is drawn inside the publishing transaction from `SearchSequence`, whose row lock makes it gapless in the
    order of commits: a reader never sees N+1 before N.
    """

    __tablename__ = "search_changes"

    uid: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    seq: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime]


class SearchSequence(Base):
    """One row: the number of the last change, and the last day for which changes by the calendar were noted."""

    __tablename__ = "search_sequence"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(default=0)
    noted_until: Mapped[date | None]


class Synonym(Base):
    """Spellings that search treats as one, both ways: an abbreviation and what it stands for, or words of one sense."""

    __tablename__ = "search_synonyms"

    id: Mapped[int] = mapped_column(primary_key=True)
    terms: Mapped[list[str]] = mapped_column(Json)
    """Two or more, as written: ["UBND", "Ủy ban nhân dân"]."""
    note: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class BestBet(Base):
    """What an editor puts above all results for certain queries."""

    __tablename__ = "search_best_bets"

    id: Mapped[int] = mapped_column(primary_key=True)
    queries: Mapped[list[str]] = mapped_column(Json)
    """As an editor wrote them; compared folded."""
    title: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    """A public address of this portal, beginning with a slash."""
    text: Mapped[str | None] = mapped_column(Text)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class SearchedFor(Base):
    """How often a query was asked on a day, and with what luck: counts only, nothing of who asked."""

    __tablename__ = "search_queries"
    __table_args__ = (Index("ix_search_queries_day_times", "day", "times"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    """The folded query."""
    text: Mapped[str] = mapped_column(String(200))
    """The spelling last seen."""
    times: Mapped[int] = mapped_column(default=0)
    missed: Mapped[int] = mapped_column(default=0)
    """How often it found nothing."""
    last_total: Mapped[int] = mapped_column(default=0)


class SearchSetting(Base):
    """Small shared facts of search, by name (JSON): the number that changes when synonyms or best bets do."""

    __tablename__ = "search_settings"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(Json)
