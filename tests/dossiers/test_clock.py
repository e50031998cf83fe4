"""Invariant 17: the due date is a pure function of events, calendar and law. E10, E11."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from dossiers.conftest import story, vn
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.agencies.calendar import Calendar
from portal.catalogue.data import Unit
from portal.clock import in_vietnam
from portal.dossiers import clock, worktime
from portal.dossiers.clock import Limit, Moved, reckon
from portal.dossiers.profiles import VN_2018, VN_2025, Wait
from portal.settings import ROOT

CALENDAR = Calendar.load(ROOT / "content" / "calendar" / "vn.toml")
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31)).map(lambda local: vn(*local.timetuple()[:6]))  # noqa: DTZ001
LIMITS = st.builds(Limit, st.integers(0, 40), st.sampled_from(Unit))
TIME = st.integers(0, 60 * 24 * 40).map(lambda minutes: timedelta(minutes=minutes))


def due_after(limit: tuple[int, str], *told: Any) -> clock.Due:
    return reckon(story(*told, limit={"amount": limit[0], "unit": limit[1]}), CALENDAR, VN_2018)


def test_received_at_15_01_before_tet_goes_on_the_first_morning_after() -> None:
    """E10: 13 February 2026 is the last working day before Tết; work begins again on Monday the 23rd."""
    received = vn(2026, 2, 13, 15, 1)
    assert clock.transfer_by(received, CALENDAR, VN_2018) == vn(2026, 2, 23, 8)
    assert clock.transfer_by(vn(2026, 2, 13, 15, 0), CALENDAR, VN_2018) == vn(2026, 2, 13, 17)
    due = due_after((5, "working_days"), ("received", received))
    assert due.due_at == vn(2026, 2, 27, 17)


def test_a_swapped_saturday_counts_as_a_working_day() -> None:
    """Friday 2 January 2026 was off, Saturday the 10th was worked instead."""
    assert due_after((6, "working_days"), ("received", vn(2026, 1, 2, 9))).due_at == vn(2026, 1, 10, 17)


@pytest.mark.parametrize(
    ("amount", "unit", "received", "due"),
    [
        (3, "working_days", (2026, 3, 2, 9), (2026, 3, 5, 17)),
        (4, "working_hours", (2026, 3, 2, 10), (2026, 3, 2, 15)),
        (8, "working_hours", (2026, 3, 6, 15), (2026, 3, 9, 15)),
        (4, "working_hours", (2026, 3, 7, 15), (2026, 3, 9, 12)),
        (15, "days", (2026, 3, 6, 9), (2026, 3, 23, 17)),
        (24, "hours", (2026, 3, 3, 9), (2026, 3, 4, 9)),
        (24, "hours", (2026, 3, 6, 9), (2026, 3, 9, 8)),
        (1, "months", (2026, 1, 30, 9), (2026, 3, 2, 17)),
        (1, "years", (2024, 2, 29, 9), (2025, 2, 28, 17)),
        (0, "at_once", (2026, 3, 2, 15), (2026, 3, 2, 17)),
        (0, "at_once", (2026, 3, 2, 15, 1), (2026, 3, 3, 17)),
        (0, "at_once", (2026, 3, 7, 9), (2026, 3, 9, 17)),
    ],
)
def test_terms_count_as_the_law_says(amount: int, unit: str, received: Any, due: Any) -> None:
    assert due_after((amount, unit), ("received", vn(*received))).due_at == vn(*due)


def test_after_a_supplement_the_limit_counts_from_zero_and_the_first_date_stays_in_the_history() -> None:
    """E11."""
    told: list[Any] = [("received", vn(2026, 3, 2, 9)), ("supplement_asked", vn(2026, 3, 4, 9))]
    waiting = due_after((5, "working_days"), *told)
    assert (waiting.paused_at, waiting.due_at) == (vn(2026, 3, 4, 9), vn(2026, 3, 9, 17))
    due = due_after((5, "working_days"), *told, ("supplement_given", vn(2026, 3, 18, 10)))
    assert (due.due_at, due.original_due_at, due.paused_at) == (vn(2026, 3, 25, 17), vn(2026, 3, 9, 17), None)
    assert [(step.why, step.before) for step in due.history] == [
        (Moved.RECEIVED, None),
        (Moved.RESTARTED, vn(2026, 3, 9, 17)),
    ]


def test_the_other_computation_gives_back_what_was_left() -> None:
    told: list[Any] = [("received", vn(2026, 3, 2, 9)), ("supplement_asked", vn(2026, 3, 4, 9))]
    events = story(*told, ("supplement_given", vn(2026, 3, 18, 10)), limit={"amount": 5, "unit": "working_days"})
    due = reckon(events, CALENDAR, VN_2018, supplement=Wait.RESUME)
    assert due.due_at == vn(2026, 3, 23, 17)  # ten working days waited


def test_a_payment_stops_the_clock_and_a_payment_without_a_wait_does_not() -> None:
    asked = {"waits": True}
    told: list[Any] = [("received", vn(2026, 3, 2, 9)), ("fee_asked", vn(2026, 3, 3, 9), asked)]
    assert due_after((5, "working_days"), *told, ("fee_paid", vn(2026, 3, 6, 9))).due_at == vn(2026, 3, 12, 17)
    beside: list[Any] = [("received", vn(2026, 3, 2, 9)), ("fee_asked", vn(2026, 3, 3, 9), {"waits": False})]
    due = due_after((5, "working_days"), *beside, ("fee_paid", vn(2026, 3, 6, 9)))
    assert (due.due_at, due.paused_at) == (vn(2026, 3, 9, 17), None)


def test_a_payment_that_comes_during_a_supplement_does_not_end_the_wait() -> None:
    told: list[Any] = [
        ("received", vn(2026, 3, 2, 9)),
        ("fee_asked", vn(2026, 3, 3, 9), {"waits": False}),
        ("supplement_asked", vn(2026, 3, 3, 10)),
        ("fee_paid", vn(2026, 3, 4, 9)),
    ]
    assert due_after((5, "working_days"), *told).paused_at == vn(2026, 3, 3, 10)


def test_asking_for_a_paper_does_not_undo_a_delay() -> None:
    told: list[Any] = [("received", vn(2026, 3, 2, 9)), ("supplement_asked", vn(2026, 3, 10, 9))]
    due = due_after((5, "working_days"), *told, ("supplement_given", vn(2026, 3, 11, 9)))
    assert due.due_at == vn(2026, 3, 9, 17)
    assert due.is_late(vn(2026, 3, 11, 9))


def test_what_was_asked_before_reception_neither_counts_nor_pauses() -> None:
    told: list[Any] = [
        ("supplement_asked", vn(2026, 3, 2, 9)),
        ("supplement_given", vn(2026, 3, 3, 9)),
        ("received", vn(2026, 3, 3, 10)),
    ]
    due = due_after((5, "working_days"), *told)
    assert (due.supplements, due.due_at) == (0, vn(2026, 3, 10, 17))


def test_a_dossier_stopped_while_it_waited_is_held_to_the_begin_of_the_wait() -> None:
    told: list[Any] = [("received", vn(2026, 3, 2, 9)), ("supplement_asked", vn(2026, 3, 4, 9))]
    due = due_after((5, "working_days"), *told, ("stopped", vn(2026, 6, 1, 9)))
    assert not due.is_late(vn(2026, 7, 1, 9))


def test_without_a_limit_nothing_is_due() -> None:
    due = reckon(story(("received", vn(2026, 3, 2, 9)), limit=None), CALENDAR, VN_2018)
    assert due.due_at is None
    assert not due.is_late(vn(2036, 3, 2, 9))


def test_remaining_time_is_told_in_working_time_and_stands_during_a_wait() -> None:
    told: list[Any] = [("received", vn(2026, 3, 2, 9))]
    due = due_after((5, "working_days"), *told)
    left = clock.remaining(due, vn(2026, 3, 6, 15), CALENDAR, VN_2018)
    assert left == timedelta(hours=10)
    assert clock.days_and_hours(left, VN_2018) == (1, 2)
    over = clock.remaining(due, vn(2026, 3, 10, 10), CALENDAR, VN_2018)
    assert over == timedelta(hours=-2)
    paused = due_after((5, "working_days"), *told, ("supplement_asked", vn(2026, 3, 4, 9)))
    assert clock.remaining(paused, vn(2026, 4, 4, 9), CALENDAR, VN_2018) == clock.remaining(
        paused, vn(2026, 3, 4, 9), CALENDAR, VN_2018
    )


def test_the_last_day_of_an_apology_is_a_working_day_before_the_due_date() -> None:
    assert clock.apology_by(vn(2026, 3, 9, 17), CALENDAR, VN_2018) == date(2026, 3, 6)
    assert clock.supplement_by(vn(2026, 3, 5, 9), CALENDAR, VN_2018) == vn(2026, 3, 10, 17)


@settings(deadline=None)
@given(MOMENTS, LIMITS)
def test_a_term_ends_after_it_begins_on_a_working_day(at: datetime, limit: Limit) -> None:
    due = clock.term(at, limit, CALENDAR, VN_2025)
    assert CALENDAR.is_working_day(in_vietnam(due).date())
    assert due >= at or in_vietnam(at).time() > VN_2025.due_hour or limit.unit in (Unit.WORKING_HOURS, Unit.HOURS)


@settings(deadline=None)
@given(MOMENTS, TIME, LIMITS)
def test_a_later_reception_is_never_due_earlier(at: datetime, later: timedelta, limit: Limit) -> None:
    assert clock.term(at + later, limit, CALENDAR, VN_2025) >= clock.term(at, limit, CALENDAR, VN_2025)


@settings(deadline=None)
@given(MOMENTS, TIME)
def test_working_time_added_is_working_time_between(at: datetime, amount: timedelta) -> None:
    end = worktime.add(at, amount, CALENDAR, VN_2025)
    assert worktime.between(at, end, CALENDAR, VN_2025) == amount
    assert worktime.between(end, at, CALENDAR, VN_2025) == -amount


@settings(deadline=None)
@given(MOMENTS, TIME, TIME)
def test_working_time_adds_up(at: datetime, first: timedelta, second: timedelta) -> None:
    middle, end = at + first, at + first + second
    parts = worktime.between(at, middle, CALENDAR, VN_2025) + worktime.between(middle, end, CALENDAR, VN_2025)
    assert parts == worktime.between(at, end, CALENDAR, VN_2025)


@settings(deadline=None)
@given(MOMENTS, LIMITS, TIME, TIME)
def test_a_wait_never_brings_the_due_date_nearer(
    at: datetime, limit: Limit, before: timedelta, wait: timedelta
) -> None:
    due = clock.term(at, limit, CALENDAR, VN_2025)
    begin = at + before
    moved = clock.shifted(due, begin, begin + wait, limit, CALENDAR, VN_2025)
    assert moved >= due
    assert clock.shifted(due, begin, begin, limit, CALENDAR, VN_2025) == due
    longer = clock.shifted(due, begin, begin + wait + timedelta(hours=30), limit, CALENDAR, VN_2025)
    assert longer >= moved


@settings(deadline=None)
@given(MOMENTS, LIMITS, st.lists(TIME, min_size=2, max_size=8))
def test_the_same_events_give_the_same_due_date(at: datetime, limit: Limit, pauses: list[timedelta]) -> None:
    told: list[Any] = [("received", at)]
    for number, pause in enumerate(pauses):
        told.append(("supplement_given" if number % 2 else "supplement_asked", told[-1][1] + pause))
    events = story(*told, limit={"amount": limit.amount, "unit": limit.unit.value})
    once, again = reckon(events, CALENDAR, VN_2025), reckon(events, CALENDAR, VN_2025)
    assert once == again
    assert once.original_due_at == clock.term(at, limit, CALENDAR, VN_2025)
    assert (once.paused_at is not None) == (len(pauses) % 2 == 1)
    assert once.history[-1].after == once.due_at
