"""How many were received, solved, and solved in time (A6-4, A6-7): pure functions over logs, and the same by SQL.

Two computations, since the norms differ. `Law`: NĐ 61/2018, the limit counts anew after a supplement. `Kpi`: decision
766, supplement time is subtracted, and more than one request for a supplement counts as late.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, or_, select
from sqlalchemy.orm import Session

from portal.agencies.calendar import Calendar
from portal.clock import from_vietnam
from portal.dossiers import clock
from portal.dossiers.events import Event
from portal.dossiers.models import Dossier
from portal.dossiers.profiles import Profile, Wait


class Method(StrEnum):
    """Which norm counts."""

    LAW = "law"
    KPI = "kpi"


class Verdict(StrEnum):
    """How a dossier stands at the end of a period."""

    ON_TIME = "on_time"
    LATE = "late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_LATE = "open_late"


def verdict(
    events: Iterable[Event], calendar: Calendar, profile: Profile, method: Method, *, until: datetime
) -> Verdict | None:
    """How a dossier stands at `until`, by the events before it; None for one that was not received by then.

    Without a time limit nothing is late. A dossier that waits for its applicant is held to when the wait began.
    """
    seen = [event for event in events if event.at < until]
    waits: dict[str, Wait] = {"supplement": Wait.RESUME, "payment": Wait.RUN} if method is Method.KPI else {}
    due = clock.reckon(seen, calendar, profile, **waits)
    if due.received_at is None:
        return None
    late = due.is_late(until) or (method is Method.KPI and due.supplements > 1)
    if due.ended_at is not None:
        return Verdict.LATE if late else Verdict.ON_TIME
    return Verdict.OPEN_LATE if late else Verdict.OPEN_IN_TIME


@dataclass(frozen=True)
class Figures:
    """Counts of a period. `received` in it; `solved` in it, of which `on_time` and `late`; still open at its end."""

    received: int = 0
    solved: int = 0
    on_time: int = 0
    late: int = 0
    open_in_time: int = 0
    open_late: int = 0

    @property
    def share_on_time(self) -> float | None:
        """Of those solved or open past their due date, the share that was solved in time; None when there are none."""
        judged = self.solved + self.open_late
        return self.on_time / judged if judged else None

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def of_log(
    events: list[Event], calendar: Calendar, profile: Profile, method: Method, first: date, last: date
) -> Figures:
    """What one dossier adds to the figures of the days `first` to `last`."""
    begin, until = bounds(first, last)
    due = clock.reckon([event for event in events if event.at < until], calendar, profile)
    judged = verdict(events, calendar, profile, method, until=until)
    if judged is None or due.received_at is None:
        return Figures()
    solved = due.ended_at is not None and due.ended_at >= begin
    return Figures(
        received=int(due.received_at >= begin),
        solved=int(solved),
        on_time=int(solved and judged is Verdict.ON_TIME),
        late=int(solved and judged is Verdict.LATE),
        open_in_time=int(judged is Verdict.OPEN_IN_TIME),
        open_late=int(judged is Verdict.OPEN_LATE),
    )


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The moments at which the Vietnamese days `first` to `last` begin and are over."""
    midnight = datetime.min.time()
    return (
        from_vietnam(datetime.combine(first, midnight)),
        from_vietnam(datetime.combine(last + timedelta(days=1), midnight)),
    )


class Group(StrEnum):
    """By what figures are told apart; the keys are slugs of fields, ids of agencies and of procedures."""

    FIELD = "field"
    AGENCY = "agency"
    PROCEDURE = "procedure"


_COLUMNS = {Group.FIELD: Dossier.field_slug, Group.AGENCY: Dossier.deciding_id, Group.PROCEDURE: Dossier.item_id}
Key = str | int | None


def figures(
    db: Session,
    first: date,
    last: date,
    method: Method = Method.LAW,
    *,
    by: Group | None = None,
    units: frozenset[int] | None = None,
) -> dict[Key, Figures]:
    """The figures of the days `first` to `last`, by group (None: all under None), for the deciding `units` (None: all).

    Counted by SQL over the rows as they stand: for a period that is over, due dates that moved later count as they are
    now. `of_log` over the logs is exact for any past moment.
    """
    found: dict[Key, Figures] = {} if by else {None: Figures()}
    for key, received, solved, late, number in db.execute(_query(first, last, method, by, units)):
        counted = Figures(
            received=number * received,
            solved=number * solved,
            on_time=number * (solved and not late),
            late=number * (solved and late),
            open_in_time=number * (not solved and not late),
            open_late=number * (not solved and late),
        )
        found[key] = found.get(key, Figures()) + counted
    return found


def months(
    db: Session, first: date, last: date, method: Method = Method.LAW, *, units: frozenset[int] | None = None
) -> dict[str, Figures]:
    """The figures month by month (`2026-03`), a period each, in order."""
    found: dict[str, Figures] = {}
    month = first.replace(day=1)
    while month <= last:
        following = (month + timedelta(days=32)).replace(day=1)
        begin, end = max(first, month), min(last, following - timedelta(days=1))
        found[f"{month:%Y-%m}"] = figures(db, begin, end, method, units=units).get(None, Figures())
        month = following
    return found


def _query(
    first: date, last: date, method: Method, by: Group | None, units: frozenset[int] | None
) -> Select[*tuple[Any, ...]]:
    """(key, received 0/1, solved 0/1, late 0/1, how many): each row is judged once, in one pass over one index."""
    _begin, until = bounds(first, last)
    ended = and_(Dossier.ended_on.is_not(None), Dossier.ended_on <= last)
    flags = {"received": Dossier.received_on >= first, "solved": ended, "late": _late(method, ended, until)}
    key = (_COLUMNS[by] if by else null()).label("key")
    judged = select(key, *(case((true, 1), else_=0).label(name) for name, true in flags.items()))
    judged = judged.where(Dossier.received_on <= last, or_(Dossier.ended_on.is_(None), Dossier.ended_on >= first))
    if units is not None:
        judged = judged.where(Dossier.deciding_id.in_(units))
    one = judged.subquery()
    groups = [one.c.received, one.c.solved, one.c.late, *([one.c.key] if by else [])]
    return select(one.c.key if by else null(), *groups[:3], func.count()).group_by(*groups)


def _late(method: Method, ended: ColumnElement[bool], until: datetime) -> ColumnElement[bool]:
    """`Due.is_late` in SQL: never NULL."""
    kpi = method is Method.KPI
    due, paused = (Dossier.kpi_due_at, Dossier.kpi_paused_at) if kpi else (Dossier.due_at, Dossier.paused_at)
    moment = case((ended, Dossier.ended_at), else_=literal(until, Dossier.due_at.type))
    passed = and_(due.is_not(None), moment > due, or_(paused.is_(None), paused > due))
    return or_(passed, Dossier.supplements > 1) if kpi else passed
