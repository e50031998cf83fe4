"""A dossier as its applicant sees it: where it stands, what is left of the time, what they must do, what happened."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal.agencies.models import Agency
from portal.catalogue.fees import money
from portal.catalogue.present import Said
from portal.dossiers import clock, tracking
from portal.dossiers.events import Event, Kind, Payload
from portal.dossiers.following.labels import HAPPENED, STAGES, TAGS
from portal.dossiers.models import Dossier, DossierFile
from portal.dossiers.office import Office
from portal.dossiers.service import log
from portal.dossiers.states import OPEN, WAITING, Delivery, Finance, State
from portal.request import _
from portal.text import write_short_date

__all__ = ["HAPPENED", "TAGS", "Page", "clock_of", "entries", "money", "named", "page_of", "results", "stages", "task"]

_REACHED = {
    State.NEW: 1,
    State.RECEIVED: 2,
    State.IN_PROGRESS: 2,
    State.REFUSED: 1,
    State.DONE: 3,
    State.RETURNED: 4,
}
"""How many stages lie behind; the states not named here wait or end where the dossier is."""

Standing = Literal["done", "current", "waiting", "ended", "coming"]


@dataclass(frozen=True)
class Stage:
    """One of the four steps of every dossier."""

    label: TranslationString
    standing: Standing
    at: datetime | None


@dataclass(frozen=True)
class Entry:
    """What happened; `words` were written to the applicant, `due_at` is the date that it set or moved."""

    label: TranslationString
    at: datetime
    officer: str | None
    words: str | None
    facts: list[tuple[TranslationString, str]]
    due_at: datetime | None


@dataclass(frozen=True)
class Task:
    """What the applicant must do now; `words`: what the agency wrote, `until`: by when."""

    kind: Literal["supplement", "payment", "collect"]
    words: str | None
    until: date | None = None
    amount: int | None = None
    currency: str | None = None
    place: str | None = None
    waits: bool = False
    """Handling stands until it is done."""


Clock = Literal["running", "overdue", "waiting", "on_time", "late", "ended", "none"]


@dataclass(frozen=True)
class Page:
    """All that the page of a dossier shows. Names of agencies say which language they are in."""

    view: tracking.View
    reception: Said
    deciding: Said
    support: Said | None
    stages: list[Stage]
    task: Task | None
    clock: Clock
    left: tuple[int, int]
    """Working days and hours, without sign."""
    entries: list[Entry]
    """The last one first."""
    results: list[DossierFile] = field(default_factory=list)
    withdrawable: bool = False


def page_of(db: Session, dossier: Dossier, office: Office, *, lang: str, at: datetime) -> Page:
    """The page of a dossier whose code and secret were shown."""
    view = tracking.view_of(db, dossier, office, lang=lang, at=at)
    events = log.events_of(db, dossier)
    return Page(
        view=view,
        reception=named(dossier.reception, lang),
        deciding=named(dossier.deciding, lang),
        support=named(dossier.support, lang) if dossier.support else None,
        stages=stages(dossier),
        task=task(dossier, events),
        clock=clock_of(dossier, view.due, at),
        left=clock.days_and_hours(view.remaining, dossier.law) if view.remaining is not None else (0, 0),
        entries=entries(view, events, lang),
        results=results(db, dossier),
        withdrawable=dossier.state in OPEN,
    )


def named(agency: Agency, lang: str) -> Said:
    """An agency's name and the language that it is in."""
    return Said(agency.label(lang), lang if lang == "vi" or agency.english_name else "vi")


def results(db: Session, dossier: Dossier) -> list[DossierFile]:
    """The files of the result: what was decided is the applicant's. What they handed in is not given out here."""
    query = select(DossierFile).where(DossierFile.dossier_id == dossier.id, DossierFile.part == "result")
    return list(db.scalars(query.order_by(DossierFile.id)))


def stages(dossier: Dossier) -> list[Stage]:
    """Which of the four stages lie behind, where it stands, and where it ended before its result."""
    behind = _REACHED.get(dossier.state, 2 if dossier.received_at else 1)
    here: Standing = "current"
    if dossier.state in WAITING:
        here = "waiting"
    elif dossier.state in (State.REFUSED, State.WITHDRAWN, State.STOPPED):
        here = "ended"
    decided = dossier.ended_at if dossier.state in (State.DONE, State.RETURNED) else None
    moments = [dossier.submitted_at, dossier.received_at, decided, dossier.returned_at]
    if here == "ended":
        moments[behind] = dossier.ended_at
    found = []
    for place, (label, moment) in enumerate(zip(STAGES, moments, strict=True)):
        standing: Standing = "done" if place < behind else here if place == behind else "coming"
        found.append(Stage(label, standing, moment))
    return found


def task(dossier: Dossier, events: list[Event]) -> Task | None:
    """What the applicant must do now; None when nothing."""
    if dossier.state is State.SUPPLEMENT:
        asked = _last(events, Kind.SUPPLEMENT_ASKED)
        until = asked.payload.get("until") if asked else None
        return Task("supplement", asked.words if asked else None, date.fromisoformat(until) if until else None)
    if dossier.finance is Finance.ASKED and dossier.state in OPEN:
        asked = _last(events, Kind.FEE_ASKED)
        facts: Payload = asked.payload if asked else {}
        money = {"amount": facts.get("amount"), "currency": facts.get("currency")}
        return Task("payment", asked.words if asked else None, waits=dossier.state is State.PAYMENT, **money)
    if dossier.state is State.DONE and dossier.delivery is Delivery.READY:
        ready = _last(events, Kind.RESULT_READY)
        return Task("collect", None, place=ready.payload.get("place") if ready else None)
    return None


def clock_of(dossier: Dossier, due: clock.Due, at: datetime) -> Clock:
    """How the due date stands. A dossier that ended without a result was neither in time nor late."""
    if dossier.state in (State.REFUSED, State.WITHDRAWN, State.STOPPED):
        return "ended"
    if due.due_at is None:
        return "none"
    late = due.is_late(at)
    if due.ended_at is not None:
        return "late" if late else "on_time"
    if late:
        return "overdue"
    return "waiting" if due.paused_at is not None else "running"


def entries(view: tracking.View, events: list[Event], lang: str) -> list[Entry]:
    """The one log that officers see too, without what is internal; the last event first."""
    facts = {(event.kind, event.at): event.payload for event in events}
    moved = {change.at: change.after for change in view.due.history}
    made = [
        Entry(
            HAPPENED[step.kind],
            step.at,
            step.officer,
            step.words,
            _facts(step.kind, facts[step.kind, step.at], lang),
            moved.get(step.at) if step.kind in _MOVES else None,
        )
        for step in view.steps
    ]
    return made[::-1]


_MOVES = {Kind.RECEIVED, Kind.SUPPLEMENT_GIVEN, Kind.FEE_PAID, Kind.APOLOGISED, Kind.EXTENDED}


def _facts(kind: Kind, facts: Payload, lang: str) -> list[tuple[TranslationString, str]]:
    found: list[tuple[TranslationString, Any]] = []
    if kind is Kind.SUPPLEMENT_ASKED:
        found = [(_("Hạn bổ sung"), _day(facts.get("until")))]
    elif kind in (Kind.FEE_ASKED, Kind.FEE_PAID):
        found = [
            (_("Số tiền"), money(facts["amount"], facts["currency"], lang)),
            (_("Số chứng từ"), facts.get("reference")),
        ]
    elif kind in (Kind.EXTENDED, Kind.STOPPED):
        found = [(_("Căn cứ"), facts.get("basis"))]
    elif kind is Kind.DECIDED:
        found = [(_("Số văn bản"), facts.get("number")), (_("Ngày ký"), _day(facts.get("signed_on")))]
    elif kind is Kind.RESULT_READY:
        found = [(_("Nơi nhận"), facts.get("place"))]
    return [(label, said) for label, said in found if said]


def _day(value: Any) -> str | None:
    return write_short_date(date.fromisoformat(value)) if isinstance(value, str) else None


def _last(events: list[Event], kind: Kind) -> Event | None:
    return next((event for event in reversed(events) if event.kind is kind), None)
