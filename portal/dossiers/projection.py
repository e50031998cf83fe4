"""The row of a dossier as the fold of its events: what stands in the columns is what the log says. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from portal.agencies.calendar import Calendar
from portal.clock import in_vietnam
from portal.dossiers import clock
from portal.dossiers.errors import AlreadySubmitted, NotPossibleNow
from portal.dossiers.events import Event, Kind, Payload
from portal.dossiers.profiles import PROFILES, Profile, Wait
from portal.dossiers.states import LABELS, OPEN, WAITING, Delivery, Finance, State, move

Resolve = Callable[[str, str], int | None]
"""(`agency` | `person` | `item` | `edition`, uid) → the id of the row here."""


@dataclass(frozen=True)
class Life:
    """What the events say, before clocks and ids: enough to decide which event may come next."""

    state: State
    submitted: Payload
    came_from: State = State.NEW
    """The state to which a wait returns."""
    received: bool = False
    deciding: str = ""
    handler: str | None = None
    answers: str | None = None
    finance: Finance = Finance.NONE
    delivery: Delivery = Delivery.NONE
    outcome: str | None = None
    ended_at: datetime | None = None
    returned_at: datetime | None = None
    anonymised_at: datetime | None = None
    sequence: int = field(default=1)

    @property
    def profile(self) -> Profile:
        """The state of the law under which it was submitted."""
        return PROFILES[self.submitted["profile"]]


def begun(event: Event) -> Life:
    """The life that a submission begins."""
    if event.kind is not Kind.SUBMITTED or event.sequence != 1:
        raise ValueError("The first event of a dossier is its submission.")
    facts = event.payload
    return Life(State.NEW, facts, deciding=facts["deciding"], answers=facts["answers"])


def after(life: Life, event: Event) -> Life:
    """The life after one more event. Raises `IllegalTransition` or `NotPossibleNow` for one that does not fit."""
    if event.sequence != life.sequence + 1:
        raise ValueError(f"Event {event.sequence} cannot follow event {life.sequence}.")
    return replace(_STEPS[event.kind](life, event), sequence=event.sequence)


def life_of(events: Iterable[Event]) -> Life:
    """The life that all events of a dossier, in order, make."""
    first, *rest = events
    life = begun(first)
    for event in rest:
        life = after(life, event)
    return life


def columns(events: list[Event], calendar: Calendar, resolve: Resolve) -> dict[str, Any]:
    """Every projected column of the dossier's row."""
    life = life_of(events)
    facts, profile = life.submitted, life.profile
    law = clock.reckon(events, calendar, profile)
    kpi = clock.reckon(events, calendar, profile, supplement=Wait.RESUME, payment=Wait.RUN)
    return {
        "code": facts["code"],
        "profile": facts["profile"],
        "channel": facts["channel"],
        "item_id": resolve("item", facts["procedure"]),
        "edition_id": resolve("edition", facts["edition"]),
        "procedure_code": facts["procedure_code"],
        "title": facts["title"],
        "field_slug": facts["field"],
        "form_sha256": facts["form"],
        "answers_sha256": life.answers,
        "fees": facts["fees"],
        "limit_amount": law.limit.amount if law.limit else None,
        "limit_unit": law.limit.unit.value if law.limit else None,
        "support_id": resolve("agency", facts["support"]) if facts["support"] else None,
        "reception_id": resolve("agency", facts["reception"]),
        "deciding_id": resolve("agency", life.deciding),
        "handler_id": resolve("person", life.handler) if life.handler else None,
        "state": life.state,
        "finance": life.finance,
        "delivery": life.delivery,
        "outcome": life.outcome,
        "submitted_at": events[0].at,
        "received_at": law.received_at,
        "received_on": in_vietnam(law.received_at).date() if law.received_at else None,
        "due_at": law.due_at,
        "original_due_at": law.original_due_at,
        "paused_at": law.paused_at,
        "kpi_due_at": kpi.due_at,
        "kpi_paused_at": kpi.paused_at,
        "supplements": law.supplements,
        "reschedules": law.reschedules,
        "ended_at": life.ended_at,
        "ended_on": in_vietnam(life.ended_at).date() if life.ended_at else None,
        "returned_at": life.returned_at,
        "anonymised_at": life.anonymised_at,
        "version": life.sequence,
    }


Step = Callable[[Life, Event], Life]


def _refuse(life: Life) -> NotPossibleNow:
    return NotPossibleNow(LABELS[life.state])


def _submitted(life: Life, event: Event) -> Life:
    raise AlreadySubmitted()


def _received(life: Life, event: Event) -> Life:
    taken = move(life.state, State.RECEIVED)
    if life.state in WAITING:
        raise _refuse(life)
    return replace(life, state=taken, received=True)


def _ended(state: State, *, received: bool | None) -> Step:
    """An end; `received`: whether it is for dossiers that were received, or that were not, or both."""

    def step(life: Life, event: Event) -> Life:
        wanted = move(life.state, state)
        if received is not None and life.received is not received:
            raise _refuse(life)
        return replace(life, state=wanted, ended_at=event.at)

    return step


def _transferred(life: Life, event: Event) -> Life:
    return replace(_in_hand(life), deciding=event.payload["deciding"], handler=None)


def _assigned(life: Life, event: Event) -> Life:
    return replace(_in_hand(life), handler=event.payload["person"])


def _in_hand(life: Life) -> Life:
    """A received dossier comes into progress; one in progress stays there, and one that waits comes back to it."""
    if life.state in WAITING:
        if not life.received:
            raise _refuse(life)
        return replace(life, came_from=State.IN_PROGRESS)
    if life.state is State.IN_PROGRESS:
        return life
    return replace(life, state=move(life.state, State.IN_PROGRESS))


def _supplement_asked(life: Life, event: Event) -> Life:
    if life.state in WAITING:
        raise _refuse(life)
    return replace(life, state=move(life.state, State.SUPPLEMENT), came_from=life.state)


def _supplement_given(life: Life, event: Event) -> Life:
    if life.state is not State.SUPPLEMENT:
        raise _refuse(life)
    return replace(life, state=move(life.state, life.came_from), answers=event.payload["answers"] or life.answers)


def _fee_asked(life: Life, event: Event) -> Life:
    if life.state not in OPEN or life.finance is Finance.ASKED:
        raise _refuse(life)
    asked = replace(life, finance=Finance.ASKED)
    if not event.payload["waits"]:
        return asked
    if life.state in WAITING:
        raise _refuse(life)
    return replace(asked, state=move(life.state, State.PAYMENT), came_from=life.state)


def _fee_paid(life: Life, event: Event) -> Life:
    if life.finance is not Finance.ASKED:
        raise _refuse(life)
    paid = replace(life, finance=Finance.PAID)
    return replace(paid, state=move(life.state, life.came_from)) if life.state is State.PAYMENT else paid


def _put_off(life: Life, event: Event) -> Life:
    if life.state not in (State.RECEIVED, State.IN_PROGRESS):
        raise _refuse(life)
    return life


def _decided(life: Life, event: Event) -> Life:
    done = move(life.state, State.DONE)
    return replace(life, state=done, outcome=event.payload["outcome"], ended_at=event.at)


def _result_ready(life: Life, event: Event) -> Life:
    if life.state is not State.DONE or life.delivery is not Delivery.NONE:
        raise _refuse(life)
    return replace(life, delivery=Delivery.READY)


def _returned(life: Life, event: Event) -> Life:
    back = move(life.state, State.RETURNED)
    return replace(life, state=back, delivery=Delivery.DELIVERED, returned_at=event.at)


def _noted(life: Life, event: Event) -> Life:
    return life


def _anonymised(life: Life, event: Event) -> Life:
    if life.ended_at is None or life.anonymised_at is not None:
        raise _refuse(life)
    return replace(life, anonymised_at=event.at)


_STEPS: dict[Kind, Step] = {
    Kind.SUBMITTED: _submitted,
    Kind.RECEIVED: _received,
    Kind.REFUSED: _ended(State.REFUSED, received=False),
    Kind.TRANSFERRED: _transferred,
    Kind.ASSIGNED: _assigned,
    Kind.SUPPLEMENT_ASKED: _supplement_asked,
    Kind.SUPPLEMENT_GIVEN: _supplement_given,
    Kind.FEE_ASKED: _fee_asked,
    Kind.FEE_PAID: _fee_paid,
    Kind.APOLOGISED: _put_off,
    Kind.EXTENDED: _put_off,
    Kind.WITHDRAWN: _ended(State.WITHDRAWN, received=None),
    Kind.STOPPED: _ended(State.STOPPED, received=True),
    Kind.DECIDED: _decided,
    Kind.RESULT_READY: _result_ready,
    Kind.RETURNED: _returned,
    Kind.NOTED: _noted,
    Kind.CORRECTED: _noted,
    Kind.ANONYMISED: _anonymised,
}
