"""A dossier on paper, taken in over the counter or by post: its form, and what is kept of it as answers for ever."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import colander
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.agencies.models import Agency
from portal.catalogue.data import Channel
from portal.catalogue.labels import CHANNELS
from portal.catalogue.models import Procedure
from portal.dossiers import printing, rules, service
from portal.dossiers.applications import Application, HandedIn, Person, Receipt
from portal.dossiers.applying.offers import offer_for, offers_of
from portal.dossiers.desk import schemas
from portal.dossiers.desk.routes import Counter
from portal.dossiers.errors import NoSuchAgency
from portal.dossiers.office import Office
from portal.eforms import service as eforms
from portal.eforms.definition import Data, clean
from portal.forms import Schema, widgets
from portal.request import _
from portal.rules import RECEPTIONIST, Identity

ON_PAPER: Data = clean({
    "title": "Hồ sơ giấy",
    "title_en": "Dossier on paper",
    "sections": [
        {"id": "nguoi_nop", "title": "Người nộp hồ sơ", "title_en": "Applicant", "fields": [
            {"type": "text", "id": "ho_ten", "label": "Họ và tên hoặc tên tổ chức", "label_en": "Name",
             "personal": True},
            {"type": "text", "id": "so_giay_to", "label": "Số định danh hoặc mã số thuế",
             "label_en": "Identity or tax number", "personal": True},
            {"type": "text", "id": "dien_thoai", "label": "Số điện thoại", "label_en": "Telephone", "personal": True},
            {"type": "text", "id": "thu_dien_tu", "label": "Thư điện tử", "label_en": "E-mail", "personal": True},
            {"type": "text", "id": "dia_chi", "label": "Địa chỉ", "label_en": "Address", "personal": True}]},
        {"id": "ho_so", "title": "Hồ sơ đã nhận", "title_en": "What was handed in", "fields": [
            {"type": "long_text", "id": "noi_dung", "label": "Nội dung yêu cầu giải quyết", "label_en": "Request"},
            {"type": "long_text", "id": "giay_to", "label": "Giấy tờ đã nhận", "label_en": "Papers"},
            {"type": "files", "id": "ban_quet", "label": "Bản quét", "label_en": "Scans", "most": 20}]},
    ],
})  # fmt: skip
"""Pinned with every dossier that came on paper, so that its answers render as they were written (invariant 18)."""
AUDIENCES = [("cong-dan", _("Công dân")), ("doanh-nghiep", _("Doanh nghiệp, tổ chức"))]
ON_PAPER_CHANNELS = [(one.value, CHANNELS[one]) for one in (Channel.DIRECT, Channel.POST)]


def receptions(db: Session, identity: Identity, lang: str) -> list[tuple[str, str]]:
    """The units in which the officer receives: (uid, name), by name."""
    query = select(Agency).where(Agency.id.in_(identity.units(RECEPTIONIST))).order_by(Agency.name, Agency.id)
    return [(str(one.uid), one.label(lang)) for one in db.scalars(query)]


def deciders(db: Session, procedure: Procedure, units: list[str], lang: str, at: datetime) -> list[tuple[str, str]]:
    """The agencies that may decide: those that carry the procedure out, and the receptions themselves."""
    found = {offer.agency.uid: offer.agency for offer in offers_of(db, procedure, clock.today(at))}
    own = db.scalars(select(Agency).where(Agency.uid.in_([UUID(uid) for uid in units])))
    found |= {one.uid: one for one in own}
    return [(str(uid), one.label(lang)) for uid, one in found.items()]


def schema_of(procedure: Procedure, units: list[tuple[str, str]], deciding: list[tuple[str, str]]) -> Schema:
    """The form of the counter for this procedure."""
    papers = [(str(number), name) for number, name in enumerate(documents_of(procedure))]
    line, choice = schemas.line, schemas.choice
    makers = [
        choice("reception", _("Nơi tiếp nhận"), units, radios=len(units) < 6),
        choice("deciding", _("Cơ quan giải quyết"), deciding, radios=len(deciding) < 6),
        choice("channel", _("Cách nộp"), ON_PAPER_CHANNELS),
        choice("audience", _("Người nộp là"), AUDIENCES),
        line("name", _("Họ và tên hoặc tên tổ chức"), longest=200),
        line("id_number", _("Số định danh hoặc mã số thuế"), needed=False, longest=30),
        line("phone", _("Số điện thoại"), needed=False, longest=30),
        line("email", _("Thư điện tử"), _("Cổng gửi thông báo về hồ sơ tới địa chỉ này."), needed=False, longest=254),
        line("address", _("Địa chỉ"), needed=False),
        schemas.words("content", _("Nội dung yêu cầu giải quyết"), needed=False),
        *([lambda: _papers(papers)] if papers else []),
        schemas.words("others", _("Giấy tờ khác đã nhận"), _("Mỗi dòng một giấy tờ."), needed=False),
        schemas.files("files", _("Bản quét hồ sơ")),
        schemas.tick("receive", _("Hồ sơ đủ và đúng: tiếp nhận ngay, thời hạn bắt đầu tính"), default=True),
    ]
    schema = Schema()
    schema.add(colander.SchemaNode(colander.String(), name="key", widget=widgets.Hidden(), missing=""))
    for maker in makers:
        schema.add(maker())
    return schema


def _papers(papers: list[tuple[str, str]]) -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.Set(),
        name="papers",
        title=_("Thành phần hồ sơ đã nhận"),
        missing=(),
        widget=widgets.Checkboxes([(value, widgets.choices.Words(name)) for value, name in papers]),
        validator=colander.ContainsOnly([value for value, _name in papers]),
    )


def documents_of(procedure: Procedure) -> list[str]:
    """The papers that the procedure asks for, each once."""
    return list(dict.fromkeys(row["name"] for row in procedure.edition.data["documents"] if row["name"]))


def record_of(db: Session, procedure: Procedure, reception: Agency, deciding: Agency) -> Data:
    """The procedure as it is carried out here: with the part that the reception has, else the deciding agency's."""
    for agency in (reception, deciding):
        offer = offer_for(db, procedure, agency)
        if offer.local is not None:
            return offer.data
    return procedure.edition.data


def register(
    db: Session, procedure: Procedure, values: Mapping[str, Any], office: Office, *, by: Identity, at: datetime
) -> Receipt:
    """Make the dossier, once for each key, and receive it where that was asked.

    Raises `NotAllowed` for a reception that is not the officer's, what `service.register` and `service.receive` raise.
    """
    reception, deciding = (_agency(db, values[name]) for name in ("reception", "deciding"))
    rules.require(rules.REGISTER, by, Counter(reception.id))
    files = tuple(HandedIn(one["sha256"], one["name"], "ban_quet") for one in values["files"])
    application = Application(
        edition=procedure.edition,
        reception=reception,
        deciding=deciding,
        channel=Channel(values["channel"]),
        applicant=_person(values),
        form=eforms.pin(db, ON_PAPER, at=at),
        answers=_answers(procedure, values),
        files=files,
        record=record_of(db, procedure, reception, deciding),
    )
    key = f"counter {by.person.uid} {values['key']}"
    receipt = service.register(db, application, key, office, by=service.by_officer(by), at=at)
    dossier = receipt.dossier
    if values["receive"] and dossier.version == 1:
        event = service.receive(db, dossier, office, seen=1, by=by, at=at)
        printing.issue(db, dossier, event, office, at=at)
    return receipt


def _agency(db: Session, uid: str) -> Agency:
    found = db.scalars(select(Agency).where(Agency.uid == UUID(uid))).one_or_none()
    if found is None:
        raise NoSuchAgency()
    return found


def _person(values: Mapping[str, Any]) -> Person:
    given = {name: values[name] for name in ("name", "id_number", "phone", "email", "address")}
    return Person(**given, audience=values["audience"])


def _answers(procedure: Procedure, values: Mapping[str, Any]) -> dict[str, Any]:
    names = documents_of(procedure)
    papers = [names[int(one)] for one in sorted(values.get("papers", ()), key=int)]
    papers += [line.strip() for line in values["others"].splitlines() if line.strip()]
    scans = [dict(one) for one in values["files"]]
    return {
        "ho_ten": values["name"],
        "so_giay_to": values["id_number"],
        "dien_thoai": values["phone"],
        "thu_dien_tu": values["email"],
        "dia_chi": values["address"],
        "noi_dung": values["content"],
        "giay_to": "\n".join(papers),
        "ban_quet": scans,
    }
