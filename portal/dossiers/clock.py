"""The due date of a dossier as a pure function of its events, the calendar and the profile (invariant 17).

Terms are counted as NĐ 61/2018 (A6-4) and the Civil Code 2015 (Art 147, 148) say: the day of reception does not count,
working days follow the calendar with its swapped days, a term in days or months that would end on a day of rest ends
at the close of the next working day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from portal.agencies.calendar import Calendar
from portal.catalogue.data import Unit
from portal.clock import in_vietnam
from portal.dossiers import worktime
from portal.dossiers.events import ENDS, Event, Kind, moment_of
from portal.dossiers.profiles import Profile, Wait


@dataclass(frozen=True)
class Limit:
    """The time limit of a procedure: `amount` of `unit`; `at_once` needs no amount."""

    amount: int
    unit: Unit

    @classmethod
    def of(cls, given: Mapping[str, Any] | None) -> "Limit | None":
        """As an event or a procedure keeps it; None where it is no number."""
        if not given or given.get("unit") is None:
            return None
        unit = Unit(given["unit"])
        if given.get("amount") is None and unit is not Unit.AT_ONCE:
            return None
        return cls(given.get("amount") or 0, unit)


ANSWERS = {Kind.SUPPLEMENT_GIVEN: Kind.SUPPLEMENT_ASKED, Kind.FEE_PAID: Kind.FEE_ASKED}
"""Which wait an act of the applicant ends."""


class Moved(StrEnum):
    """Why a due date came to be."""

    RECEIVED = "received"
    RESTARTED = "restarted"
    RESUMED = "resumed"
    RESCHEDULED = "rescheduled"
    EXTENDED = "extended"


@dataclass(frozen=True)
class Change:
    """A step in the history of the due date: at `at` it went from `before` to `after`."""

    why: Moved
    at: datetime
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True)
class Due:
    """What the clock says. Every moment is UTC; `due_at` is None before reception and where no limit is set.

    `paused_at`: since when the agency waits for the applicant, for what `paused_by` asked (the clock stands); None
    while it runs. It stays when handling ends during the wait; `counted_until` is the moment held to the due date.
    `ended_at`: when handling ended. `history` keeps every date that was ever promised.
    """

    received_at: datetime | None = None
    due_at: datetime | None = None
    original_due_at: datetime | None = None
    paused_at: datetime | None = None
    paused_by: Kind | None = None
    ended_at: datetime | None = None
    supplements: int = 0
    reschedules: int = 0
    history: tuple[Change, ...] = ()
    limit: Limit | None = field(default=None, compare=False)

    def counted_until(self, at: datetime) -> datetime:
        """The moment at which the clock stands or stood: the end, the begin of the wait, or else `at`."""
        stands = [moment for moment in (self.paused_at, self.ended_at) if moment is not None]
        return min([at, *stands])

    def is_late(self, at: datetime) -> bool:
        """Whether the due date has passed, seen at `at`."""
        return self.due_at is not None and self.counted_until(at) > self.due_at


def reckon(
    events: Iterable[Event],
    calendar: Calendar,
    profile: Profile,
    *,
    supplement: Wait | None = None,
    payment: Wait | None = None,
) -> Due:
    """The due date after these events, in order. `supplement` and `payment` override what the profile says of waits.

    A wait that begins when the due date has passed moves nothing: asking for a paper does not undo a delay.
    """
    waits = {
        Kind.SUPPLEMENT_ASKED: supplement or profile.supplement,
        Kind.FEE_ASKED: payment or profile.payment,
    }
    due = Due()
    for event in events:
        due = _after(due, event, waits, calendar, profile)
    return due


def term(at: datetime, limit: Limit, calendar: Calendar, profile: Profile) -> datetime:
    """When a limit that begins at `at` is over."""
    day = in_vietnam(at).date()
    match limit.unit:
        case Unit.WORKING_DAYS if limit.amount:
            return worktime.end_of(calendar.add_working_days(day, limit.amount), profile)
        case Unit.WORKING_HOURS if limit.amount:
            return worktime.add(at, timedelta(hours=limit.amount), calendar, profile)
        case Unit.DAYS if limit.amount:
            return _rolled(day + timedelta(days=limit.amount), calendar, profile)
        case Unit.HOURS if limit.amount:
            return _hours(at + timedelta(hours=limit.amount), calendar, profile)
        case Unit.MONTHS | Unit.YEARS if limit.amount:
            months = limit.amount * (12 if limit.unit is Unit.YEARS else 1)
            return _rolled(worktime.add_months(day, months), calendar, profile)
    return _same_day(at, calendar, profile)


def shifted(
    due: datetime, begin: datetime, end: datetime, limit: Limit, calendar: Calendar, profile: Profile
) -> datetime:
    """The due date after a wait from `begin` to `end` that does not count, in the unit in which the limit counts."""
    if end <= begin:
        return due
    first, last, day = (in_vietnam(moment).date() for moment in (begin, end, due))
    match limit.unit:
        case Unit.WORKING_DAYS | Unit.AT_ONCE:
            waited = max(0, calendar.working_days_between(first, last))
            return worktime.end_of(calendar.add_working_days(day, waited), profile)
        case Unit.WORKING_HOURS:
            return worktime.add(due, worktime.between(begin, end, calendar, profile), calendar, profile)
        case Unit.HOURS:
            return _hours(due + (end - begin), calendar, profile)
    return _rolled(day + (last - first), calendar, profile)


def transfer_by(received_at: datetime, calendar: Calendar, profile: Profile) -> datetime:
    """By when a dossier must go on to the deciding agency: that day, or the next working morning (Art 18, E10)."""
    local = in_vietnam(received_at)
    if local.time() > profile.cut_off or not calendar.is_working_day(local.date()):
        return worktime.next_morning(local.date(), calendar, profile)
    return worktime.end_of(local.date(), profile)


def supplement_by(received_at: datetime, calendar: Calendar, profile: Profile) -> datetime:
    """By when a missing paper must be asked for (Art 19.4)."""
    day = in_vietnam(received_at).date()
    return worktime.end_of(calendar.add_working_days(day, profile.supplement_days), profile)


def apology_by(due_at: datetime, calendar: Calendar, profile: Profile) -> date:
    """The last day on which an apology with a new date may go out (Art 19.9)."""
    return calendar.add_working_days(in_vietnam(due_at).date(), -profile.notice_days)


def remaining(due: Due, at: datetime, calendar: Calendar, profile: Profile) -> timedelta | None:
    """The working time left at `at`, negative when it is over; it stands during a wait and after the end."""
    if due.due_at is None:
        return None
    return worktime.between(due.counted_until(at), due.due_at, calendar, profile)


def days_and_hours(left: timedelta, profile: Profile) -> tuple[int, int]:
    """Working time as whole working days and whole hours, without sign; less than an hour counts as none."""
    minutes = int(abs(left).total_seconds() // 60)
    return minutes // profile.minutes_a_day, minutes % profile.minutes_a_day // 60


def _after(due: Due, event: Event, waits: Mapping[Kind, Wait], calendar: Calendar, profile: Profile) -> Due:
    match event.kind:
        case Kind.SUBMITTED:
            due = replace(due, limit=Limit.of(event.payload["limit"]))
        case Kind.RECEIVED:
            due = _received(due, event, calendar, profile)
        case Kind.SUPPLEMENT_ASKED:
            due = _paused(replace(due, supplements=due.supplements + (due.received_at is not None)), event, waits)
        case Kind.FEE_ASKED if event.payload["waits"]:
            due = _paused(due, event, waits)
        case Kind.SUPPLEMENT_GIVEN | Kind.FEE_PAID if due.paused_by is ANSWERS[event.kind]:
            due = _resumed(due, event, waits, calendar, profile)
        case Kind.APOLOGISED:
            moved = replace(due, reschedules=due.reschedules + 1)
            due = _moved(moved, Moved.RESCHEDULED, event, moment_of(event.payload["due_at"]))
        case Kind.EXTENDED:
            due = _moved(due, Moved.EXTENDED, event, moment_of(event.payload["due_at"]))
    return replace(due, ended_at=event.at) if event.kind in ENDS else due


def _received(due: Due, event: Event, calendar: Calendar, profile: Profile) -> Due:
    limit = Limit.of(event.payload["limit"]) or due.limit
    first = term(event.at, limit, calendar, profile) if limit else None
    taken = replace(due, received_at=event.at, original_due_at=first, limit=limit)
    return _moved(taken, Moved.RECEIVED, event, first)


def _paused(due: Due, event: Event, waits: Mapping[Kind, Wait]) -> Due:
    if due.received_at is None or waits[event.kind] is Wait.RUN:
        return due
    return replace(due, paused_at=event.at, paused_by=event.kind)


def _resumed(due: Due, event: Event, waits: Mapping[Kind, Wait], calendar: Calendar, profile: Profile) -> Due:
    begun, asked, going = due.paused_at, due.paused_by, replace(due, paused_at=None, paused_by=None)
    if begun is None or asked is None or due.due_at is None or due.limit is None or begun > due.due_at:
        return going
    if waits[asked] is Wait.RESTART:
        return _moved(going, Moved.RESTARTED, event, term(event.at, due.limit, calendar, profile))
    return _moved(going, Moved.RESUMED, event, shifted(due.due_at, begun, event.at, due.limit, calendar, profile))


def _moved(due: Due, why: Moved, event: Event, after: datetime | None) -> Due:
    step = Change(why, event.at, due.due_at, after)
    return replace(due, due_at=after, history=(*due.history, step))


def _rolled(day: date, calendar: Calendar, profile: Profile) -> datetime:
    return worktime.end_of(calendar.first_working_day(day), profile)


def _hours(at: datetime, calendar: Calendar, profile: Profile) -> datetime:
    """A term in hours runs day and night; one that ends while nobody works ends when work begins again."""
    return worktime.start_of_work(at, calendar, profile)


def _same_day(at: datetime, calendar: Calendar, profile: Profile) -> datetime:
    """ "At once": the day itself, or the next working day when received after the cut-off hour."""
    local = in_vietnam(at)
    late = local.time() > profile.cut_off or not calendar.is_working_day(local.date())
    day = calendar.next_working_day(local.date()) if late else local.date()
    return worktime.end_of(day, profile)
