"""Working time: minutes inside the working hours of working days. Pure; moments are UTC in and out."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from portal.agencies.calendar import Calendar
from portal.clock import from_vietnam, in_vietnam
from portal.dossiers.profiles import Profile

ONE = timedelta(days=1)
ZERO = timedelta(0)


def moment(day: date, hour: time) -> datetime:
    """That hour of that day in Vietnam."""
    return from_vietnam(datetime.combine(day, hour))


def end_of(day: date, profile: Profile) -> datetime:
    """The close of work on the day."""
    return moment(day, profile.due_hour)


def start_of_work(at: datetime, calendar: Calendar, profile: Profile) -> datetime:
    """`at` when work is on, or the next moment at which it is."""
    return next(max(at, start) for start, end in _spans(at, calendar, profile) if end > at)


def next_morning(day: date, calendar: Calendar, profile: Profile) -> datetime:
    """When work begins on the first working day after `day`."""
    return moment(calendar.next_working_day(day), profile.hours[0][0])


def add(at: datetime, amount: timedelta, calendar: Calendar, profile: Profile) -> datetime:
    """The moment at which `amount` of working time after `at` is over; nothing to add gives `at` itself."""
    if amount <= ZERO:
        return at
    left = amount
    for start, end in _spans(at, calendar, profile):
        begun = max(at, start)
        if begun + left <= end:
            return begun + left
        left -= max(ZERO, end - begun)
    raise AssertionError("working days never end")


def between(start: datetime, end: datetime, calendar: Calendar, profile: Profile) -> timedelta:
    """The working time from `start` to `end`; negative when `end` lies before `start`."""
    if end < start:
        return -between(end, start, calendar, profile)
    total = ZERO
    for begin, close in _spans(start, calendar, profile):
        if begin >= end:
            return total
        total += max(ZERO, min(close, end) - max(begin, start))
    raise AssertionError("working days never end")


def add_months(day: date, number: int) -> date:
    """The same day of a later month, or its last day (Civil Code 2015, Art 147)."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _spans(at: datetime, calendar: Calendar, profile: Profile) -> Iterator[tuple[datetime, datetime]]:
    """The spans of working time from the Vietnamese day of `at` on, without end."""
    day = calendar.first_working_day(in_vietnam(at).date())
    while True:
        for start, end in profile.hours:
            yield moment(day, start), moment(day, end)
        day = calendar.next_working_day(day)
