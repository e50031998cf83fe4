"""On-time figures by both norms; SQL and the pure functions agree (A6-4, A6-7)."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from dossiers.conftest import Counter, Staff, story, vn
from sqlalchemy.orm import Session

from portal.agencies.calendar import Calendar
from portal.dossiers import figures, service
from portal.dossiers.errors import DossierError
from portal.dossiers.figures import Figures, Group, Method, Verdict, of_log, verdict
from portal.dossiers.profiles import VN_2018
from portal.dossiers.states import Outcome

MARCH = (date(2026, 3, 1), date(2026, 3, 31))
UNTIL = figures.bounds(*MARCH)[1]


def judged(calendar: Calendar, method: Method, *told: Any) -> Verdict | None:
    return verdict(story(*told), calendar, VN_2018, method, until=UNTIL)


RECEIVED = ("received", vn(2026, 3, 2, 9))  # five working days: due on the 9th


def test_in_time_means_not_after_the_due_date(calendar: Calendar) -> None:
    for method in Method:
        assert judged(calendar, method, RECEIVED, ("decided", vn(2026, 3, 9, 17))) is Verdict.ON_TIME
        assert judged(calendar, method, RECEIVED, ("decided", vn(2026, 3, 9, 17, 1))) is Verdict.LATE
        assert judged(calendar, method, RECEIVED, ("stopped", vn(2026, 3, 10, 9))) is Verdict.LATE


def test_open_ones_are_measured_at_the_end_of_the_period(calendar: Calendar) -> None:
    assert judged(calendar, Method.KPI, RECEIVED) is Verdict.OPEN_LATE
    assert judged(calendar, Method.KPI, ("received", vn(2026, 3, 30, 9))) is Verdict.OPEN_IN_TIME
    assert judged(calendar, Method.KPI, ("received", vn(2026, 4, 1, 9))) is None
    waiting = ("supplement_asked", vn(2026, 3, 4, 9))
    assert judged(calendar, Method.KPI, RECEIVED, waiting) is Verdict.OPEN_IN_TIME


def test_what_happened_after_the_period_does_not_count(calendar: Calendar) -> None:
    told = ("received", vn(2026, 3, 30, 9)), ("decided", vn(2026, 5, 4, 9))
    assert judged(calendar, Method.LAW, *told) is Verdict.OPEN_IN_TIME


def test_the_two_norms_count_a_supplement_differently(calendar: Calendar) -> None:
    """Asked after two of five days, given ten days later: the law gives five days more, the indicator three."""
    told = RECEIVED, ("supplement_asked", vn(2026, 3, 4, 9)), ("supplement_given", vn(2026, 3, 18, 9))
    ended = ("decided", vn(2026, 3, 24, 9))
    assert judged(calendar, Method.LAW, *told, ended) is Verdict.ON_TIME
    assert judged(calendar, Method.KPI, *told, ended) is Verdict.LATE
    assert judged(calendar, Method.KPI, *told, ("decided", vn(2026, 3, 23, 9))) is Verdict.ON_TIME


def test_more_than_one_supplement_counts_as_late(calendar: Calendar) -> None:
    told: list[Any] = [RECEIVED]
    for day in (3, 4):
        told += [("supplement_asked", vn(2026, 3, day, 9)), ("supplement_given", vn(2026, 3, day, 15))]
    told.append(("decided", vn(2026, 3, 5, 9)))
    assert judged(calendar, Method.LAW, *told) is Verdict.ON_TIME
    assert judged(calendar, Method.KPI, *told) is Verdict.LATE


def test_the_indicator_does_not_subtract_a_payment(calendar: Calendar) -> None:
    told = RECEIVED, ("fee_asked", vn(2026, 3, 4, 9), {"waits": True}), ("fee_paid", vn(2026, 3, 11, 9))
    ended = ("decided", vn(2026, 3, 12, 9))
    assert judged(calendar, Method.LAW, *told, ended) is Verdict.ON_TIME
    assert judged(calendar, Method.KPI, *told, ended) is Verdict.LATE


def test_the_share_counts_open_late_ones_too() -> None:
    assert Figures(solved=8, on_time=7, late=1, open_late=2).share_on_time == pytest.approx(0.7)
    assert Figures(received=3, open_in_time=3).share_on_time is None
    assert Figures(1, 1, 1) + Figures(2, 0, 0, 0, 1, 1) == Figures(3, 1, 1, 0, 1, 1)


ACTS: list[tuple[str, dict[str, Any]]] = [
    ("receive", {}),
    ("receive", {}),
    ("refuse", {"why": "x"}),
    ("ask_supplement", {"what": "x"}),
    ("give_supplement", {}),
    ("ask_fee", {"amount": 1}),
    ("note_payment", {"amount": 1, "reference": "x"}),
    ("assign", {}),
    ("decide", {"outcome": Outcome.GRANTED}),
    ("decide", {"outcome": Outcome.DENIED, "words": "x"}),
    ("stop", {"why": "x"}),
    ("withdraw", {}),
]


def random_life(counter: Counter, staff: Staff, chance: random.Random) -> Any:
    at = vn(2026, 2, 2, 8) + timedelta(minutes=chance.randrange(60 * 24 * 50))
    limit = chance.choice([(1, "working_days"), (3, "working_days"), (10, "days"), None])
    dossier = counter.take(at=at, limit=limit)
    for _step in range(chance.randrange(12)):
        at += timedelta(minutes=chance.randrange(60 * 24 * 4))
        act, facts = chance.choice(ACTS)
        facts = facts | ({"to": staff.handler.person} if act == "assign" else {})
        try:
            counter.do(act, dossier, at=at, **facts)
        except DossierError:
            continue
    return dossier


def test_sql_counts_what_the_logs_say(db: Session, counter: Counter, staff: Staff, calendar: Calendar) -> None:
    chance = random.Random(20260302)
    logs = [(d, service.events_of(db, d)) for d in (random_life(counter, staff, chance) for _n in range(60))]
    last_event = max(events[-1].at for _d, events in logs)
    span = date(2026, 3, 1), last_event.date() + timedelta(days=1)
    for method in Method:
        expected = sum((of_log(events, calendar, d.law, method, *span) for d, events in logs), Figures())
        assert figures.figures(db, *span, method)[None] == expected
        assert min(expected.received, expected.solved, expected.on_time, expected.late, expected.open_late) > 0
        by_agency = figures.figures(db, *span, method, by=Group.AGENCY)
        assert by_agency == {staff.deciding.id: expected}
        assert figures.figures(db, *span, method, by=Group.FIELD) == {"dat-dai": expected}
        by_procedure = figures.figures(db, *span, method, by=Group.PROCEDURE)
        assert sum(by_procedure.values(), Figures()) == expected
    assert figures.figures(db, *span, units=frozenset({staff.reception.id})).get(None, Figures()) == Figures()


def test_months_are_periods_of_their_own(db: Session, counter: Counter) -> None:
    for month, ends in ((2, (2026, 2, 4, 9)), (2, (2026, 3, 31, 16)), (3, (2026, 4, 1, 9))):
        dossier = counter.take(at=vn(2026, month, 2, 9))
        counter.do("receive", dossier, at=vn(2026, month, 2, 9))
        counter.do("decide", dossier, outcome=Outcome.GRANTED, at=vn(*ends))
    found = figures.months(db, date(2026, 2, 1), date(2026, 4, 15))
    assert found == {
        "2026-02": Figures(received=2, solved=1, on_time=1, open_late=1),
        "2026-03": Figures(received=1, solved=1, late=1, open_late=1),
        "2026-04": Figures(solved=1, late=1),
    }


def test_the_last_minute_of_a_vietnamese_day_belongs_to_it(db: Session, counter: Counter) -> None:
    dossier = counter.take(at=vn(2026, 3, 31, 9))
    counter.do("receive", dossier, at=datetime.fromisoformat("2026-03-31T23:30:00+07:00"))
    assert figures.figures(db, *MARCH)[None].received == 1
    assert figures.figures(db, date(2026, 4, 1), date(2026, 4, 1))[None].received == 0
