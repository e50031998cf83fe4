"""Which acts the log of a dossier would take now: asked of the same pure functions that judge the real event."""

from collections.abc import Callable
from datetime import datetime

from portal.clock import in_vietnam
from portal.dossiers import clock, projection
from portal.dossiers.errors import AlreadyRescheduled, DossierError, NoDueDate, NotPossibleNow, TooLateToReschedule
from portal.dossiers.events import Event, Kind
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.dossiers.states import LABELS, OPEN, State
from portal.rules import Identity

Possible = Callable[[Dossier, list[Event], Office, datetime], bool]


def takes(kind: Kind) -> Possible:
    """Whether an event of that kind may follow."""

    def possible(dossier: Dossier, events: list[Event], office: Office, at: datetime) -> bool:
        if dossier.anonymised_at is not None:
            return False
        life = projection.life_of(events)
        if kind is Kind.FEE_ASKED and _follows(life, kind, False, at):
            return True
        return _follows(life, kind, True, at)

    return possible


def may_wait_for_fee(events: list[Event], at: datetime) -> bool:
    """Whether handling may stand until a fee is paid."""
    return _follows(projection.life_of(events), Kind.FEE_ASKED, True, at)


def _follows(life: projection.Life, kind: Kind, waits: bool, at: datetime) -> bool:
    likely = {"deciding": life.deciding, "person": "", "answers": None, "waits": waits, "outcome": "granted"}
    try:
        projection.after(life, Event(life.sequence + 1, kind, at, likely))
    except DossierError:
        return False
    return True


def may_apologise(dossier: Dossier, events: list[Event], office: Office, at: datetime) -> bool:
    """Once, and not later than the law allows (Art 19.9)."""
    if dossier.due_at is None or dossier.reschedules >= dossier.law.reschedules:
        return False
    last = clock.apology_by(dossier.due_at, office.calendar, dossier.law)
    return in_vietnam(at).date() <= last and takes(Kind.APOLOGISED)(dossier, events, office, at)


def why_not(name: str, dossier: Dossier, events: list[Event], office: Office, at: datetime) -> DossierError:
    """Why the act of that name is not possible now, as exactly as it is known."""
    puts_off = {"xin-loi": Kind.APOLOGISED, "gia-han": Kind.EXTENDED}
    if name in puts_off and takes(puts_off[name])(dossier, events, office, at):
        if dossier.due_at is None:
            return NoDueDate()
        article = dossier.law.articles["reschedule"]
        if dossier.reschedules >= dossier.law.reschedules:
            return AlreadyRescheduled(article)
        return TooLateToReschedule(clock.apology_by(dossier.due_at, office.calendar, dossier.law), article)
    return NotPossibleNow(LABELS[dossier.state])


def may_extend(dossier: Dossier, events: list[Event], office: Office, at: datetime) -> bool:
    return dossier.due_at is not None and takes(Kind.EXTENDED)(dossier, events, office, at)


def may_assign(dossier: Dossier, events: list[Event], office: Office, at: datetime) -> bool:
    return dossier.state is not State.NEW and takes(Kind.ASSIGNED)(dossier, events, office, at)


def is_whole(dossier: Dossier, events: list[Event], office: Office, at: datetime) -> bool:
    """Personal data are still there."""
    return dossier.anonymised_at is None


def has_ended(dossier: Dossier, events: list[Event], office: Office, at: datetime) -> bool:
    return dossier.anonymised_at is None and dossier.ended_at is not None


def next_step(dossier: Dossier, identity: Identity) -> str | None:
    """The act that usually comes next: it is offered first."""
    if dossier.state is State.NEW:
        return "tiep-nhan"
    if dossier.state in OPEN:
        waited = {State.SUPPLEMENT: "nhan-bo-sung", State.PAYMENT: "ghi-nop-phi"}
        return waited.get(dossier.state, "giai-quyet" if dossier.handler_id else "phan-cong")
    if dossier.state is State.DONE:
        return "bao-ket-qua" if dossier.delivery == "none" else "tra-ket-qua"
    return None
