"""The form of a procedure with what is doubted, and the source's own words beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.agencies import queries as agencies
from portal.catalogue import queries_desk
from portal.catalogue.data import Channel, Data
from portal.catalogue.desk.parts import ChannelForm
from portal.catalogue.desk.schemas import ProcedureSchema
from portal.catalogue.vocabularies import queries as vocabularies
from portal.clock import today
from portal.files import upload_store
from portal.forms import Form
from portal.publishing.models import Edition
from portal.publishing.views.editing import BUTTONS, attributes
from portal.request import Request, _

FORM_ID = "thu-tuc"
EVENTS = ("life_event", "business_event")
_ALSO = {
    "authority": "authority_name",
    "agencies": "implementing",
    "ministry": "authority_name",
    "decision_number": "decision",
    "implementing_agency": "implementing",
    "competent_agency": "competent",
    "delegated_agency": "delegated",
    "coordinating_agency": "coordinating",
    "reception_address": "reception",
    "steps": "cases",
    "requirements": "conditions",
    "result": "results",
    "result_codes": "results",
    "applicants": "audiences",
    "kind": "form_kind",
    "level": "levels",
    "field": "fields",
}
"""Where in the form a part of the record, or a field of its source, stands, when not under its own name."""
_IN_CHANNELS = ("limits", "fees", "description")


@dataclass(frozen=True)
class Doubt:
    """Something that a person must still check: where it is settled, what it is about, and why it is doubted."""

    name: str
    control: str
    label: Any
    why: str
    in_form: bool


def edit_form(request: Request, edition: Edition) -> Form:
    """The form of a draft, each doubt beside its field."""
    data, lang = edition.data, request.lang
    terms = vocabularies.terms(request.db)
    form = Form(
        ProcedureSchema(),
        request=request,
        buttons=BUTTONS,
        action=request.route_path("catalogue.edit", uid=edition.item.uid),
        form_id=FORM_ID,
        attributes=attributes(request, edition),
        uploads=upload_store(request),
        audiences=_with(((t.slug, t.label(lang)) for t in terms if t.vocabulary == "audience"), data["audiences"]),
        events=_with(
            ((t.slug, t.label(lang)) for name in EVENTS for t in terms if t.vocabulary == name), data["events"]
        ),
        law_fields=_with(((f.slug, f.label(lang)) for f in agencies.fields(request.db)), data["fields"]),
        eforms=_with(queries_desk.eforms(request.db), [data["eform"]] if data["eform"] else []),
    )
    for doubt, place in zip(doubts_of(data), _doubted(data), strict=True):
        if doubt.in_form:
            form.note(place[1], doubt=_(doubt.why), confirm=doubt.name)
    for start, end, shown in _original(data, request.translate)[1]:
        if shown:
            form.note(shown, passage=(start, end))
    return form


def agency_names(request: Request) -> list[str]:
    """What fields for agencies offer."""
    return [agency.name for agency in agencies.all_in_force(request.db, today(request.at))]


def code_of(request: Request, name: str) -> str | None:
    """The code of the agency that a name means."""
    found = agencies.by_name(request.db, name)
    return found.code if found else None


def doubts_of(data: Data) -> list[Doubt]:
    """Every doubt of a record. A field has one box of its own; further doubts about it stand above the form."""
    found: list[Doubt] = []
    taken: set[str] = set()
    for number, (name, place) in enumerate(_doubted(data), 1):
        own = bool(place) and place not in taken
        taken.add(place)
        control = f"{_control(place)}-confirm" if own else f"{FORM_ID}-doubt-{number}"
        found.append(Doubt(name, control, label_of(place or name), data["doubts"][name], own))
    return found


def label_of(place: str) -> Any:
    """What a field is called in the form; its own name where there is no such field."""
    head, _dot, part = place.partition(".")
    title = _TITLES.get(head) or _OTHERS.get(head) or place
    return _("${channel}: ${part}", mapping={"channel": title, "part": _PARTS[part]}) if part in _PARTS else title


def original_of(data: Data, translate: Any) -> str:
    """What the source said, field by field."""
    return "".join(_original(data, translate)[0])


def passages_of(data: Data, translate: Any) -> list[tuple[int, int, str]]:
    """Where in `original_of` each field was read: start, end, and the id of its control."""
    return [(start, end, _control(place)) for start, end, place in _original(data, translate)[1] if place]


def place_of(name: str, data: Data) -> str:
    """The path in the form that shows a part of the record (`channels.0.limits` → `direct.limits`); empty when none."""
    head, *rest = name.split(".")
    channel = next((row["channel"] for row in data["channels"]), Channel.DIRECT.value)
    if head == "channels" and rest:
        named, *rest = rest
        known = named.isascii() and named.isdigit() and int(named) < len(data["channels"])
        channel = data["channels"][int(named)]["channel"] if known else named
        head = rest[0] if rest else ""
    if head in _IN_CHANNELS:
        return f"{channel}.{head}" if channel in tuple(Channel) else ""
    place = channel if head in ("", "channels") else _ALSO.get(head, head)
    return place if place in _TITLES else ""


def _doubted(data: Data) -> list[tuple[str, str]]:
    return [(name, place_of(name, data)) for name in data["doubts"]]


def _original(data: Data, translate: Any) -> tuple[list[str], list[tuple[int, int, str]]]:
    pieces: list[str] = []
    passages: list[tuple[int, int, str]] = []
    at, taken = 0, set[str]()
    for name, text in data["original"].items():
        place = place_of(name, data)
        head = f"{translate(label_of(place or name))}\n"
        start = at + len(head)
        pieces += [head, text, "\n\n"]
        passages.append((start, start + len(text), "" if place in taken else place))
        taken.add(place)
        at = start + len(text) + 2
    return pieces, passages


def _with(choices: Iterable[tuple[str, str]], values: Iterable[str]) -> list[tuple[str, str]]:
    """The choices, with values that are none of them any more: a save must not lose what somebody chose."""
    known = dict(choices)
    return list((known | {value: value for value in values if value not in known}).items())


def _control(place: str) -> str:
    return f"{FORM_ID}-{place.replace('.', '-')}"


_TITLES = {node.name: node.title for node in ProcedureSchema()}
_PARTS = {node.name: node.title for node in ChannelForm()}
_OTHERS = {"agencies": _("Cơ quan thực hiện"), "channels": _("Cách thức thực hiện"), "url": _("Trang của nguồn")}
