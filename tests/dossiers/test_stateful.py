"""Any life: only legal steps happen, the replayed log equals the row, the due date equals the pure function."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from dossiers.conftest import SUBMITTED, vn
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from portal.agencies.calendar import Calendar
from portal.dossiers import clock, projection
from portal.dossiers.errors import DossierError
from portal.dossiers.events import ENDS, SHAPES, Event, Kind
from portal.dossiers.projection import Life
from portal.dossiers.states import TRANSITIONS, WAITING, Finance, State
from portal.settings import ROOT

CALENDAR = Calendar.load(ROOT / "content" / "calendar" / "vn.toml")
UNITS = ["working_days", "working_hours", "days", "hours", "months", "at_once"]


class AnyLife(RuleBasedStateMachine):
    """Throws events of every kind at a dossier, most of them at the wrong time."""

    events: list[Event]
    life: Life

    @initialize(amount=st.integers(1, 30), unit=st.sampled_from(UNITS), minute=st.integers(0, 600000))
    def submit(self, amount: int, unit: str, minute: int) -> None:
        self.at = vn(2025, 1, 1, 8) + timedelta(minutes=minute)
        facts = SUBMITTED | {"limit": {"amount": amount, "unit": unit}}
        self.events = [Event(1, Kind.SUBMITTED, self.at, facts)]
        self.life = projection.begun(self.events[0])

    @rule(
        kind=st.sampled_from([kind for kind in Kind if kind is not Kind.SUBMITTED]),
        later=st.integers(0, 20000),
        waits=st.booleans(),
    )
    def try_event(self, kind: Kind, later: int, waits: bool) -> None:
        at = self.at + timedelta(minutes=later)
        event = Event(len(self.events) + 1, kind, at, self.facts(kind, at, waits))
        before = self.life
        try:
            life = projection.after(before, event)
        except DossierError:
            return
        assert life.state is before.state or life.state in TRANSITIONS[before.state]
        assert before.ended_at is None or kind not in ENDS
        self.life, self.at = life, at
        self.events.append(event)

    def facts(self, kind: Kind, at: datetime, waits: bool) -> dict[str, Any]:
        facts: dict[str, Any] = dict.fromkeys(SHAPES[kind])
        known = {
            "waits": waits,
            "deciding": SUBMITTED["deciding"],
            "person": SUBMITTED["deciding"],
            "outcome": "granted",
            "due_at": (at + timedelta(days=30)).isoformat(),
        }
        return facts | {name: value for name, value in known.items() if name in facts}

    @invariant()
    def the_replayed_log_is_the_live_one(self) -> None:
        assert projection.life_of(self.events) == self.life

    @invariant()
    def the_row_has_the_due_date_of_the_pure_function(self) -> None:
        row = projection.columns(self.events, CALENDAR, lambda model, uid: 1)
        due = clock.reckon(self.events, CALENDAR, self.life.profile)
        assert (row["due_at"], row["paused_at"], row["received_at"]) == (due.due_at, due.paused_at, due.received_at)
        assert row["version"] == len(self.events)
        assert (due.due_at is None) == (not self.life.received)
        assert (row["ended_at"], row["state"]) == (due.ended_at, self.life.state)

    @invariant()
    def a_clock_that_stands_means_that_the_applicant_is_waited_for(self) -> None:
        due = clock.reckon(self.events, CALENDAR, self.life.profile)
        if self.life.ended_at is None:
            assert (due.paused_at is not None) == (self.life.state in WAITING and self.life.received)
        assert self.life.state is not State.PAYMENT or self.life.finance is Finance.ASKED

    @invariant()
    def the_history_ends_with_the_due_date_and_has_no_gap(self) -> None:
        history = clock.reckon(self.events, CALENDAR, self.life.profile).history
        for earlier, later in pairwise(history):
            assert later.before == earlier.after


TestAnyLife = AnyLife.TestCase
TestAnyLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
