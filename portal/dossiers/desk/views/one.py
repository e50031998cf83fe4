"""The page of a dossier: where it stands, what may be done with it, its log, notes and papers. No personal data."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pyramid.view import view_config

from portal.accounts.queries import person_by_uid
from portal.catalogue.data import Unit
from portal.catalogue.fees import money
from portal.catalogue.labels import CHANNELS
from portal.catalogue.limits import words as limit_words
from portal.dossiers import clock, declared, printing, queries, rules
from portal.dossiers.desk import presenting
from portal.dossiers.desk.acts import ACTS, Act
from portal.dossiers.desk.possible import next_step
from portal.dossiers.desk.views import office_of, officer_of
from portal.dossiers.events import Event, Kind, moment_of
from portal.dossiers.models import Dossier
from portal.dossiers.printing.facts import ARISES
from portal.dossiers.profiles import Paper
from portal.dossiers.service import log
from portal.dossiers.states import DELIVERY_LABELS, FINANCE_LABELS
from portal.dossiers.tracking import masked
from portal.request import Request, _
from portal.theming.formats import datetime as moment

PAPERS = {
    Paper.RECEIPT: _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    Paper.SUPPLEMENT: _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    Paper.REFUSAL: _("Phiếu từ chối tiếp nhận, giải quyết hồ sơ"),
    Paper.APOLOGY: _("Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
    Paper.STOP: _("Thông báo dừng giải quyết hồ sơ"),
    Paper.CONTROL: _("Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    Paper.REGISTER: _("Sổ theo dõi hồ sơ"),
}
GROUPS = {"handle": _("Xử lý"), "exception": _("Trường hợp khác"), "keep": _("Ghi chú và dữ liệu")}


@dataclass(frozen=True)
class Happened:
    """A line of the log; `words`: what the applicant was told, None where the officer may not read it."""

    event: Event
    label: Any
    who: str | None
    words: str | None
    facts: list[tuple[Any, str]]


@view_config(
    route_name="dossiers.one", request_method="GET", permission=rules.READ, renderer="dossiers/desk/one.jinja2"
)
def one(dossier: Dossier, request: Request) -> dict[str, Any]:
    """At a glance, acts, log, notes, papers."""
    request.response.cache_control.no_store = True
    return page_of(dossier, request)


def page_of(dossier: Dossier, request: Request) -> dict[str, Any]:
    """All that the page shows; pages of acts show the head of it, too."""
    db, office, identity, at = request.db, office_of(request), officer_of(request), request.at
    events = log.events_of(db, dossier)
    personal = bool(request.has_permission(rules.READ_PERSONAL, dossier))
    due = clock.reckon(events, office.calendar, dossier.law)
    applicant = queries.applicants(db, [dossier])[dossier.id]
    computed = declared.of_dossier(db, dossier)
    acts = possible_acts(dossier, events, request)
    first = next_step(dossier, identity)
    return {
        "dossier": dossier,
        "left": presenting.left_of(dossier, office, at),
        "due": due,
        "limit": {"amount": due.limit.amount, "unit": due.limit.unit.value} if due.limit else pinned_limit(dossier),
        "applicant": masked(applicant.name, applicant.audience) if personal else None,
        "personal": personal,
        "first": next((act for act in acts if act.name == first), None),
        "acts": {name: [act for act in acts if act.group == name and act.name != first] for name in GROUPS},
        "groups": GROUPS,
        "happened": [told(request, event, personal) for event in reversed(events)],
        "notes": [note for note in queries.notes_of(db, dossier) if personal or note.person_id == identity.person.id],
        "papers": papers_of(dossier, events),
        "issued": {row.paper: row for row in printing.issued(db, dossier)},
        "paper_labels": PAPERS,
        "assignments": queries.assignments_of(db, dossier),
        "channels": CHANNELS,
        "limit_words": lambda limit: limit_words({"text": None, **limit}, request.lang),
        "labels": presenting.LABELS,
        "tags": presenting.TAGS,
        "fees": [fee["text"] for fee in dossier.fees if fee["text"] and (fee["amount"] != 0 or not computed)],
        "computed": [declared.said(request, amount) for amount in computed],
        "finance": FINANCE_LABELS,
        "delivery": DELIVERY_LABELS,
        "transfer_by": transfer_by(dossier, events, request),
        "can_readings": request.has_permission(rules.SEE_READINGS, dossier),
    }


def pinned_limit(dossier: Dossier) -> dict[str, Any] | None:
    """The limit of the procedure as of the day."""
    return {"amount": dossier.limit_amount, "unit": Unit(dossier.limit_unit)} if dossier.limit_unit else None


def possible_acts(dossier: Dossier, events: list[Event], request: Request) -> list[Act]:
    """The acts that both the rule table and the log allow now."""
    office, at = office_of(request), request.at
    allowed = [act for act in ACTS if request.has_permission(act.permission, dossier)]
    return [act for act in allowed if act.possible(dossier, events, office, at)]


def told(request: Request, event: Event, personal: bool) -> Happened:
    """One event as the desk's log says it."""
    officer = person_by_uid(request.db, event.person) if event.person else None
    label = presenting.HAPPENED_HERE[event.kind]
    return Happened(
        event, label, officer.name if officer else None, event.words if personal else None, facts_of(request, event)
    )


def facts_of(request: Request, event: Event) -> list[tuple[Any, str]]:
    """The facts of an event that an officer asks for, with what they are called."""
    payload, lang = event.payload, request.lang
    found: list[tuple[Any, Any]] = [
        (_("Căn cứ"), payload.get("basis")),
        (_("Số văn bản"), payload.get("number")),
        (_("Số chứng từ"), payload.get("reference")),
        (_("Nơi nhận"), payload.get("place")),
    ]
    if event.kind in (Kind.APOLOGISED, Kind.EXTENDED):
        found.append((_("Hẹn trả mới"), moment(moment_of(payload["due_at"]), lang)))
    if event.kind is Kind.RECEIVED and payload["promised_at"]:
        found.append((_("Hẹn trả"), moment(moment_of(payload["promised_at"]), lang)))
    if "amount" in payload:
        found.append((_("Số tiền"), money(payload["amount"], payload["currency"], lang)))
    if event.kind is Kind.ASSIGNED:
        taker = person_by_uid(request.db, UUID(payload["person"]))
        found.append((_("Người xử lý"), taker.name if taker else None))
    return [(label, said) for label, said in found if said]


def papers_of(dossier: Dossier, events: list[Event]) -> list[tuple[int, Paper]]:
    """The forms that there are for the dossier now, with their numbers in its set; the register is no form of one.

    A dossier that ended before it was received has no receipt.
    """
    happened = {event.kind for event in events}
    none = {Paper.REGISTER}
    if dossier.ended_at is not None and Kind.RECEIVED not in happened:
        none.add(Paper.RECEIPT)
    return [
        (number, paper)
        for number, paper in enumerate(dossier.law.papers, 1)
        if paper not in none and (paper not in ARISES or ARISES[paper] in happened)
    ]


def transfer_by(dossier: Dossier, events: list[Event], request: Request) -> Any:
    """By when the dossier must go on to the agency that decides (Art 18); None once it did, or where both are one."""
    if dossier.received_at is None or dossier.ended_at or dossier.reception_id == dossier.deciding_id:
        return None
    if any(event.kind in (Kind.TRANSFERRED, Kind.ASSIGNED) for event in events):
        return None
    return clock.transfer_by(dossier.received_at, office_of(request).calendar, dossier.law)
