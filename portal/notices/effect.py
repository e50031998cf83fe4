"""The effect of a document over time (A3-7): what happened to it, by which document, and its status on a day.

Pure values; `portal.notices.timelines` builds them from the database.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.notices.data import Effect
from portal.request import _

LABELS = {
    Effect.IN_FORCE: _("Còn hiệu lực"),
    Effect.NOT_YET: _("Chưa có hiệu lực"),
    Effect.PARTLY_EXPIRED: _("Hết hiệu lực một phần"),
    Effect.EXPIRED: _("Hết hiệu lực toàn bộ"),
    Effect.SUSPENDED: _("Ngưng hiệu lực"),
    Effect.OBSOLETE: _("Không còn phù hợp"),
}


class What(StrEnum):
    """What an event is: the document's own dates, an editor's statement, or the act of another document."""

    EFFECTIVE = "effective"
    EXPIRES = "expires"
    STATED = "stated"
    REPLACES = "replaces"
    REPEALS = "repeals"
    AMENDS = "amends"
    CORRECTS = "corrects"
    GUIDES = "guides"


@dataclass(frozen=True, slots=True)
class Act:
    """The document that did it: its name in one line, its title, its public address."""

    name: str
    title: str
    path: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `on`: its first day, None when unknown; `effect`: the status that it brings, None for no change.

    `until`: the last day of that status, None when it stays. `scope`: the articles meant, None for the whole.
    `by`: the act, where it is a document of the portal; `words`: the act as an editor named it.
    """

    what: What
    on: date | None = None
    effect: Effect | None = None
    until: date | None = None
    scope: str | None = None
    by: Act | None = None
    words: str | None = None

    @property
    def is_change(self) -> bool:
        """Whether it brings another status on a known day."""
        return self.on is not None and self.effect is not None


@dataclass(frozen=True, slots=True)
class Timeline:
    """`events` by day, those of unknown day last. `stated`: the status an editor stated without a day."""

    events: tuple[Event, ...] = ()
    stated: Effect | None = None
    issued_on: date | None = None

    @property
    def effective_on(self) -> date | None:
        """The first day of the document's effect, None when unknown."""
        return next((event.on for event in self.events if event.what is What.EFFECTIVE), None)


@dataclass(frozen=True, slots=True)
class State:
    """The status on a day and the events that brought it. `undated`: stated by an editor who gave no day."""

    effect: Effect | None
    causes: tuple[Event, ...] = ()
    undated: bool = False


def in_order(events: list[Event]) -> tuple[Event, ...]:
    """By day, those without one last; on one day as they came."""
    return tuple(sorted(events, key=lambda event: (event.on is None, event.on or date.min)))


def effect_on(timeline: Timeline, day: date) -> Effect | None:
    """The status on a day; None when nothing is known. Never inferred from silence."""
    return state_on(timeline, day).effect


def state_on(timeline: Timeline, day: date) -> State:
    """The status on a day with its causes: what an editor stated, unless an event with a day says otherwise.

    The end of the whole is for good until an editor states otherwise for a later day; a part that ended stays so; a
    status with a last day lies over the others while it lasts.
    """
    state = _stated(timeline)
    passing: State | None = None
    for event in timeline.events:
        if not event.is_change or event.on is None or event.on > day or event.what is What.EFFECTIVE:
            continue
        if event.until is None:
            state = _after(state, event)
        elif day <= event.until:
            passing = State(event.effect, (event,))
    if state.effect is Effect.EXPIRED and not state.undated:
        return state
    if timeline.effective_on is not None and day < timeline.effective_on:
        return State(Effect.NOT_YET)
    return passing or state


def _stated(timeline: Timeline) -> State:
    stated = timeline.stated if timeline.stated is not Effect.NOT_YET else None
    if stated is not None:
        return State(stated, undated=stated is not Effect.IN_FORCE)
    return State(Effect.IN_FORCE if timeline.effective_on is not None else None)


def _after(state: State, event: Event) -> State:
    if event.effect is Effect.PARTLY_EXPIRED and event.what is not What.STATED:
        if state.effect in (None, Effect.IN_FORCE) or (state.undated and state.effect is Effect.PARTLY_EXPIRED):
            return State(Effect.PARTLY_EXPIRED, (event,))
        if state.effect is Effect.PARTLY_EXPIRED:
            return State(Effect.PARTLY_EXPIRED, (*state.causes, event))
        return state
    if event.effect is Effect.EXPIRED and state.effect is Effect.EXPIRED and not state.undated:
        same_day = [cause for cause in state.causes if cause.on == event.on]
        return State(Effect.EXPIRED, (*state.causes, event)) if same_day else state
    return State(event.effect, (event,))


def next_change(timeline: Timeline, day: date) -> Event | None:
    """The first event after the day that changes the status."""
    return next((event for event in timeline.events if event.is_change and event.on and event.on > day), None)
