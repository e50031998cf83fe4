"""A step in the life of a pack's dossier: read from its few words, and done by the service of dossiers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.catalogue.data import Channel
from portal.clock import in_vietnam
from portal.dossiers import printing, service
from portal.dossiers.applications import HandedIn
from portal.dossiers.events import Event
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.dossiers.officers import Officer
from portal.dossiers.states import Outcome
from portal.rules import ADMINISTRATOR, APPROVER, HANDLER, RECEPTIONIST

_STEP = re.compile(r"(?P<act>[a-z_]+)(?: \+(?P<wait>\d{1,3})(?P<unit>[hd]))?(?: (?P<what>[^:]+?))?(?:: (?P<words>.+))?")
ROLES = {
    "receive": RECEPTIONIST,
    "refuse": RECEPTIONIST,
    "assign": APPROVER,
    "give_supplement": None,
    "note_payment": RECEPTIONIST,
    "apologise": APPROVER,
    "extend": APPROVER,
    "withdraw": None,
    "stop": APPROVER,
    "decide": APPROVER,
    "announce_result": RECEPTIONIST,
    "return_result": RECEPTIONIST,
    "ask_supplement": HANDLER,
    "ask_fee": HANDLER,
    "note": HANDLER,
    "erase": ADMINISTRATOR,
}
"""Act → who usually does it; None: the applicant. What a handler does, the reception does before one was named."""


@dataclass(frozen=True)
class Step:
    """`wait` of `unit` (`h`: working hours, `d`: working days) after the step before; `what`: the fact it needs."""

    act: str
    wait: int
    unit: str
    what: str
    words: str

    def role(self, dossier: Dossier) -> str | None:
        """Who does it now."""
        usual = ROLES[self.act]
        return RECEPTIONIST if usual == HANDLER and dossier.handler_id is None else usual


def step_of(text: str) -> Step | None:
    """`ask_fee +2h 50000: Lệ phí` as a step; None for what is none."""
    found = _STEP.fullmatch(text.strip())
    if found is None or found["act"] not in ROLES:
        return None
    step = Step(found["act"], int(found["wait"] or 0), found["unit"] or "h", found["what"] or "", found["words"] or "")
    return step if _FITS.get(step.act, _nothing)(step) else None


def acted(
    db: Session,
    dossier: Dossier,
    office: Office,
    step: Step,
    *,
    by: Officer | None,
    handler: Officer | None,
    file: Callable[[str], dict[str, Any]],
    at: datetime,
) -> None:
    """Do the step, and issue the paper that goes out with it, as the desk does. Raises what the service raises.

    `file`: name of a file of the pack → it, stored.
    """
    more = _facts_of(step.act)(step, dossier, office, handler, file)
    event = getattr(service, step.act)(db, dossier, office, seen=dossier.version, by=by, at=at, **more)
    if isinstance(event, Event):
        printing.issue(db, dossier, event, office, at=at)


def _nothing(step: Step) -> bool:
    return not step.what


def _number(step: Step) -> bool:
    return step.what.isascii() and step.what.isdecimal()


def _outcome(step: Step) -> bool:
    return bool(step.what) and step.what.split()[0] in tuple(Outcome)


def _channel(step: Step) -> bool:
    return step.what in tuple(Channel)


_FITS: dict[str, Callable[[Step], bool]] = {
    "ask_fee": _number,
    "note_payment": _number,
    "apologise": _number,
    "extend": _number,
    "decide": _outcome,
    "return_result": _channel,
}
_Facts = Callable[[Step, Dossier, Office, Officer | None, Callable[[str], dict[str, Any]]], dict[str, Any]]


def _words_only(step: Step, *_rest: Any) -> dict[str, Any]:
    name = {"ask_supplement": "what", "refuse": "why", "stop": "why", "withdraw": "why", "note": "words"}.get(step.act)
    return {name: step.words} if name and step.words else {}


def _assign(step: Step, dossier: Dossier, office: Office, handler: Officer | None, file: Any) -> dict[str, Any]:
    return {"to": handler.person} if handler else {}


def _fee(step: Step, *_rest: Any) -> dict[str, Any]:
    return {"amount": int(step.what), "words": step.words or None}


def _payment(step: Step, dossier: Dossier, *_rest: Any) -> dict[str, Any]:
    return {"amount": int(step.what), "reference": f"BL-{dossier.code[-5:]}"}


def _later(step: Step, dossier: Dossier, office: Office, *_rest: Any) -> dict[str, Any]:
    """So many working days after the date that stands."""
    due = in_vietnam(dossier.due_at or dossier.submitted_at).date()
    given: dict[str, Any] = {"due_on": office.calendar.add_working_days(due, int(step.what)), "why": step.words}
    return given | ({"basis": "Quy định về gia hạn thời hạn giải quyết (trình diễn)"} if step.act == "extend" else {})


def _decision(step: Step, dossier: Dossier, office: Office, handler: Any, file: Any) -> dict[str, Any]:
    """`granted ket-qua.pdf`: with the file of the result."""
    outcome, _space, name = step.what.partition(" ")
    more: dict[str, Any] = {"outcome": Outcome(outcome), "words": step.words or None}
    if outcome == Outcome.GRANTED:
        more["number"] = f"{int(dossier.code[-4:])}/KQ-TD"
    if name:
        stored = file(name)
        more["files"] = (HandedIn(stored["sha256"], stored["name"]),)
    return more


def _place(step: Step, *_rest: Any) -> dict[str, Any]:
    return {"place": step.words or None}


def _returned(step: Step, *_rest: Any) -> dict[str, Any]:
    return {"channel": Channel(step.what)}


_FACTS: dict[str, _Facts] = {
    "assign": _assign,
    "ask_fee": _fee,
    "note_payment": _payment,
    "apologise": _later,
    "extend": _later,
    "decide": _decision,
    "announce_result": _place,
    "return_result": _returned,
}


def _facts_of(act: str) -> _Facts:
    return _FACTS.get(act, _words_only)
