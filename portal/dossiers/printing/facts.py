"""What a paper says, as plain values that JSON keeps: taken from the events, so that a later state changes nothing."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.queries import person_by_uid
from portal.agencies.models import Agency
from portal.catalogue.data import Channel
from portal.clock import in_vietnam
from portal.dossiers import clock, declared, forms
from portal.dossiers.errors import PaperNotYet
from portal.dossiers.events import Event, Kind
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.dossiers.printing import wording
from portal.dossiers.printing.stages import stages_of
from portal.dossiers.profiles import Paper
from portal.dossiers.service import log, readings

Facts = dict[str, Any]
LANGUAGES = ("vi", "en")
ARISES = {
    Paper.SUPPLEMENT: Kind.SUPPLEMENT_ASKED,
    Paper.REFUSAL: Kind.REFUSED,
    Paper.APOLOGY: Kind.APOLOGISED,
    Paper.STOP: Kind.STOPPED,
}
"""The event that a paper tells about; a receipt tells of reception, or of submission while there is none."""
BY_DECIDING = frozenset({Paper.APOLOGY, Paper.STOP, Paper.CONTROL})
"""Papers in the name of the agency that decides; the others come from the reception."""
SHORT = {
    Paper.RECEIPT: "TNHS",
    Paper.SUPPLEMENT: "HDHS",
    Paper.REFUSAL: "TCHS",
    Paper.APOLOGY: "XLHS",
    Paper.STOP: "DGQ",
    Paper.CONTROL: "KSHS",
    Paper.REGISTER: "STDHS",
}
"""Behind the number: `Số: 15/TNHS`."""


def event_of(events: list[Event], paper: Paper) -> Event:
    """The event that the paper tells about, the last one of its kind. Raises `PaperNotYet`."""
    wanted = ARISES.get(paper)
    if wanted is None:
        received = [event for event in events if event.kind is Kind.RECEIVED]
        return received[-1] if received else events[0]
    found = [event for event in events if event.kind is wanted]
    if not found:
        raise PaperNotYet()
    return found[-1]


def facts_of(db: Session, dossier: Dossier, paper: Paper, office: Office, event: Event) -> Facts:
    """All that the templates of the paper ask for, by the log up to its event; for the control sheet, the whole log."""
    events = log.events_of(db, dossier)
    seen = events if paper is Paper.CONTROL else [one for one in events if one.sequence <= event.sequence]
    before = [one for one in seen if one.sequence < event.sequence]
    due = clock.reckon(seen, office.calendar, dossier.law)
    personal = readings.personal_of(db, dossier)
    applicant, issuer = personal.applicant, issuer_of(dossier, paper)
    officer = person_by_uid(db, event.person) if event.person else None
    until = event.payload.get("until")
    old = clock.reckon(before, office.calendar, dossier.law).due_at if before else None
    facts = {
        "names": {lang: _names(dossier, issuer, lang) for lang in LANGUAGES},
        "code": dossier.code,
        "number": None,
        "day": in_vietnam(event.at).date().isoformat(),
        "at": event.at.isoformat(),
        "title": dossier.title,
        "procedure_code": dossier.procedure_code,
        "name": applicant.name,
        "address": applicant.address,
        "phone": applicant.phone,
        "email": applicant.email,
        "officer": officer.name if officer else None,
        "words": event.words or "",
        "documents": _documents(db, dossier, personal),
        "fees": _fees(db, dossier),
        "limit": {"amount": due.limit.amount, "unit": due.limit.unit.value} if due.limit else None,
        "submitted_at": dossier.submitted_at.isoformat(),
        "received_at": _written(due.received_at),
        "due_at": _written(due.due_at),
        "old_due_at": _written(old),
        "new_due_at": _written(due.due_at),
        "until": until,
        "basis": event.payload.get("basis"),
        "article": _article(dossier, paper),
        "collected_there": dossier.channel == Channel.DIRECT,
        "reception_contact": _contact(dossier.reception),
        "contact": _contact(issuer),
        "lookup": f"{office.address}/tra-cuu-ho-so",
        "qr": f"{office.address}/tra-cuu-ho-so?ma={dossier.code}",
        "stages": stages_of(db, dossier, events, office) if paper is Paper.CONTROL else [],
    }
    return {name: value if name == "names" else wording.without_marks(value) for name, value in facts.items()}


def issuer_of(dossier: Dossier, paper: Paper) -> Agency:
    """The agency in whose name the paper goes out."""
    return dossier.deciding if paper in BY_DECIDING else dossier.reception


def heads(agency: Agency, lang: str) -> Facts:
    """The names at the head of a paper."""
    return {"superior": named(agency.parent, lang) if agency.parent else None, "issuer": named(agency, lang)}


def named(agency: Agency, lang: str) -> str | None:
    """The name of an agency in the language, marked as Vietnamese where it has none in it."""
    return agency.label(lang) if agency.english_name else wording.marked(agency.name, lang)


def place_of(agency: Agency) -> str | None:
    """The place in "…, ngày … tháng …": the last part of the agency's address."""
    parts = [part.strip(" .") for part in (agency.address or "").split(",")]
    return parts[-1] or None


def _names(dossier: Dossier, issuer: Agency, lang: str) -> Facts:
    return {
        **heads(issuer, lang),
        "place": wording.marked(place_of(issuer), lang),
        "reception": named(dossier.reception, lang),
        "deciding": named(dossier.deciding, lang),
    }


def _documents(db: Session, dossier: Dossier, personal: readings.Personal) -> list[str]:
    """What was handed in: papers as the counter listed them, else each with the names of its files in brackets."""
    first = (personal.answers[0] if personal.answers else None) or {}
    listed = first.get("giay_to")
    if dossier.channel != Channel.ONLINE and isinstance(listed, str) and listed.strip():
        return [line for line in listed.splitlines() if line.strip()]
    labels = forms.labels(db, dossier)
    found: dict[str, list[str]] = {}
    for one in personal.files:
        if one.part == "submitted":
            found.setdefault(labels.get(one.field_id or "", ""), []).append(one.name)
    unnamed = found.pop("", [])
    return [f"{label} ({', '.join(names)})" for label, names in found.items()] + unnamed


def _fees(db: Session, dossier: Dossier) -> list[str]:
    """Payments as the source words them, and what the form computed; "free" only where that is all."""
    computed = declared.of_dossier(db, dossier)
    rows = [fee["text"] for fee in dossier.fees if fee["text"] and (fee["amount"] != 0 or not computed)]
    return rows + [f"Phí theo tờ khai: {declared.written(amount, 'vi')}" for amount in computed]


def _article(dossier: Dossier, paper: Paper) -> str:
    named = {Paper.SUPPLEMENT: "supplement", Paper.REFUSAL: "refusal", Paper.APOLOGY: "reschedule"}
    return dossier.law.articles.get(named.get(paper, ""), "")


def _contact(agency: Agency) -> str | None:
    return ", ".join(part for part in (agency.address, agency.phone) if part) or None


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def day_of(facts: Facts) -> date:
    """The day that stands on the paper."""
    return date.fromisoformat(facts["day"])
