"""What may be asked about what is searched for, and about what editors maintain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session

from portal.search.asking import RARE
from portal.search.models import BestBet, SearchedFor, Synonym

PERIODS = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class Searched:
    """A query over some days. `last_total`: what it found the last time."""

    key: str
    text: str
    times: int
    missed: int
    last_total: int
    last_on: date


@dataclass(frozen=True, slots=True)
class Report:
    """`missed`: what found nothing the last time, `most`: the others, each most asked first; `rare`: what was asked
    fewer than `RARE` times, newest first. `times`, `times_missed`: of all."""

    missed: Sequence[Searched]
    most: Sequence[Searched]
    rare: Sequence[Searched]
    times: int
    times_missed: int
    rare_count: int


def report(db: Session, today: date, days: int, *, limit: int = 50) -> Report:
    """What was asked on these last days, today included; at most `limit` of each sort."""
    first = today - timedelta(days=days - 1)
    rows = _grouped(first).subquery()
    times, missed, rare = db.execute(
        select(
            func.coalesce(func.sum(rows.c.times), 0),
            func.coalesce(func.sum(rows.c.missed), 0),
            func.coalesce(func.sum(case((rows.c.times < RARE, 1), else_=0)), 0),
        )
    ).one()
    often, order = rows.c.times >= RARE, (rows.c.times.desc(), rows.c.key)
    return Report(
        missed=_rows(db, select(rows).where(often, rows.c.last_total == 0).order_by(*order).limit(limit)),
        most=_rows(db, select(rows).where(often, rows.c.last_total > 0).order_by(*order).limit(limit)),
        rare=_rows(db, select(rows).where(~often).order_by(rows.c.last_on.desc(), rows.c.key).limit(limit)),
        times=times,
        times_missed=missed,
        rare_count=rare,
    )


def _rows(db: Session, query: Select) -> list[Searched]:  # type: ignore[type-arg]
    return [Searched(*row) for row in db.execute(query)]


def _grouped(first: date) -> Select:  # type: ignore[type-arg]
    """Each query once: its sums, and how it was written and what it found on the last of the days."""
    sums = (
        select(
            SearchedFor.key,
            func.sum(SearchedFor.times).label("times"),
            func.sum(SearchedFor.missed).label("missed"),
            func.max(SearchedFor.day).label("last_on"),
        )
        .where(SearchedFor.day >= first)
        .group_by(SearchedFor.key)
        .subquery()
    )
    last = and_(SearchedFor.key == sums.c.key, SearchedFor.day == sums.c.last_on)
    return select(
        sums.c.key, SearchedFor.text, sums.c.times, sums.c.missed, SearchedFor.last_total, sums.c.last_on
    ).join(sums, last)


def synonyms(db: Session) -> list[Synonym]:
    """Every group, those in use first, then by their first spelling."""
    rows = db.scalars(select(Synonym))
    return sorted(rows, key=lambda row: (not row.active, row.terms[0].casefold() if row.terms else "", row.id))


def best_bets(db: Session) -> list[BestBet]:
    """Every best bet, by its first query."""
    rows = db.scalars(select(BestBet))
    return sorted(rows, key=lambda row: (row.queries[0].casefold() if row.queries else "", row.id))
