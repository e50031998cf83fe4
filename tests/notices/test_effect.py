"""The status of a document on a day: a pure function of its timeline (A3-7)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.notices.data import Effect
from portal.notices.effect import Act, Event, Timeline, What, effect_on, in_order, next_change, state_on

START, LATER, LAST = date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)
DAY = timedelta(days=1)
ACT = Act("Nghị định số 1/2021/NĐ-CP", "Về việc thử", "/van-ban/1-2021-nd-cp")


def timeline(*events, effective=START, stated=None):
    own = [Event(What.EFFECTIVE, effective, Effect.IN_FORCE)] if effective else []
    return Timeline(in_order([*own, *events]), stated)


def by(what, on, effect, **more):
    return Event(what, on, effect, by=ACT, **more)


def test_nothing_known_is_nothing_said():
    assert effect_on(Timeline(), START) is None


def test_a_document_begins_on_its_day():
    assert effect_on(timeline(), START - DAY) is Effect.NOT_YET
    assert effect_on(timeline(), START) is Effect.IN_FORCE


def test_it_ends_on_its_day():
    ending = timeline(Event(What.EXPIRES, LATER, Effect.EXPIRED))
    assert effect_on(ending, LATER - DAY) is Effect.IN_FORCE
    assert effect_on(ending, LATER) is Effect.EXPIRED


def test_an_amended_document_has_partly_ended_and_tells_which_part_by_which_act():
    amended = timeline(by(What.AMENDS, LATER, Effect.PARTLY_EXPIRED, scope="Điều 5"))
    assert effect_on(amended, LATER - DAY) is Effect.IN_FORCE
    state = state_on(amended, LAST)
    assert (state.effect, state.causes[0].scope, state.causes[0].by) == (Effect.PARTLY_EXPIRED, "Điều 5", ACT)


def test_the_end_of_the_whole_outweighs_the_end_of_a_part_whenever_it_came():
    events = [by(What.AMENDS, LAST, Effect.PARTLY_EXPIRED), by(What.REPLACES, LATER, Effect.EXPIRED)]
    assert effect_on(timeline(*events), LAST) is Effect.EXPIRED


def test_a_suspension_ends_after_its_last_day():
    stopped = timeline(Event(What.STATED, LATER, Effect.SUSPENDED, until=LAST))
    days = [LATER - DAY, LATER, LAST, LAST + DAY]
    assert [effect_on(stopped, day) for day in days] == [
        Effect.IN_FORCE,
        Effect.SUSPENDED,
        Effect.SUSPENDED,
        Effect.IN_FORCE,
    ]


def test_a_suspended_document_that_was_replaced_meanwhile_has_ended():
    events = [Event(What.STATED, LATER, Effect.SUSPENDED, until=LAST), by(What.REPLACES, LATER + DAY, Effect.EXPIRED)]
    assert effect_on(timeline(*events), LAST) is Effect.EXPIRED


def test_an_editor_may_state_that_a_document_is_in_force_again():
    events = [by(What.REPEALS, LATER, Effect.EXPIRED), Event(What.STATED, LAST, Effect.IN_FORCE)]
    assert effect_on(timeline(*events), LAST) is Effect.IN_FORCE


@pytest.mark.parametrize("what", [What.CORRECTS, What.GUIDES])
def test_corrections_and_guidance_change_no_status(what):
    assert effect_on(timeline(by(what, LATER, None)), LAST) is Effect.IN_FORCE


def test_an_act_of_unknown_day_is_told_and_changes_nothing():
    unknown = timeline(by(What.REPLACES, None, Effect.EXPIRED))
    assert effect_on(unknown, LAST) is Effect.IN_FORCE
    assert unknown.events[-1].by == ACT


def test_a_repealed_document_that_never_began_has_ended():
    assert effect_on(timeline(by(What.REPEALS, START - DAY, Effect.EXPIRED)), START - DAY) is Effect.EXPIRED


def test_a_status_stated_without_a_day_holds_and_says_so():
    state = state_on(timeline(stated=Effect.OBSOLETE), LAST)
    assert (state.effect, state.undated) == (Effect.OBSOLETE, True)
    assert effect_on(timeline(stated=Effect.OBSOLETE), START - DAY) is Effect.NOT_YET
    dated = timeline(by(What.REPLACES, LATER, Effect.EXPIRED), stated=Effect.EXPIRED)
    assert state_on(dated, LAST).undated is False


def test_the_next_change_is_the_first_that_changes_the_status():
    coming = timeline(by(What.GUIDES, LATER, None), by(What.REPLACES, LAST, Effect.EXPIRED))
    assert next_change(coming, START) == coming.events[-1]
    assert next_change(coming, LAST) is None


days = st.dates(date(2019, 1, 1), date(2023, 1, 1))
events = st.builds(
    Event,
    what=st.sampled_from([What.STATED, What.AMENDS, What.REPLACES]),
    on=st.none() | days,
    effect=st.none() | st.sampled_from(list(Effect)),
    until=st.none() | days,
)


@given(st.lists(events, max_size=6), days)
def test_the_status_changes_on_the_days_of_events_only(found, day):
    """Which is why a page need not look at the clock but at the day."""
    line = timeline(*found)
    changes = {e.on for e in line.events} | {e.until + DAY for e in line.events if e.until}
    if day not in changes:
        assert effect_on(line, day) == effect_on(line, day - DAY)


@given(st.lists(events, max_size=6), days)
def test_what_comes_later_does_not_change_the_past(found, day):
    past = [e for e in found if e.on is not None and e.on <= day]
    assert effect_on(timeline(*found), day) == effect_on(timeline(*past), day)
