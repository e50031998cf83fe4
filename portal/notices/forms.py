"""Between the record of a document and the editor's form."""

from typing import Any

from portal.agencies import queries as agencies
from portal.clock import today
from portal.files import upload_store
from portal.forms import Form
from portal.notices.data import Data, as_date, clean
from portal.notices.schemas import DoubtfulNoticeSchema, NoticeSchema
from portal.publishing.models import Edition
from portal.publishing.views.editing import BUTTONS, attributes
from portal.request import Request, _

NAMES = {
    "type": _("Loại văn bản"),
    "number": _("Số"),
    "notation": _("Ký hiệu"),
    "issuer": _("Cơ quan ban hành"),
    "place": _("Địa danh"),
    "issued_on": _("Ngày ban hành"),
    "meeting_on": _("Ngày họp"),
    "title": _("Trích yếu"),
    "body": _("Toàn văn"),
    "recipients": _("Nơi nhận"),
    "archive_line": _("Dòng lưu"),
    "signer": _("Người ký"),
    "urgency": _("Mức độ khẩn"),
    "effective_on": _("Ngày có hiệu lực"),
    "relations": _("Quan hệ với văn bản khác"),
}
_FIELD_OF = {"issuer": "issuer_name"}


def edit_form(request: Request, edition: Edition) -> Form:
    """The form of a draft, with the passage and the doubt of each field that was read from paper."""
    data, item = edition.data, edition.item
    form = Form(
        DoubtfulNoticeSchema() if data["doubts"] else NoticeSchema(),
        request=request,
        buttons=BUTTONS,
        action=request.route_path("notices.edit", uid=item.uid),
        form_id="van-ban",
        attributes=attributes(request, edition),
        uploads=upload_store(request),
        law_fields=[(row.slug, row.label(request.lang)) for row in agencies.fields(request.db)],
        agency_names=[agency.name for agency in agencies.all_in_force(request.db, today(request.at))],
        doubtful=[(name, request.translate(NAMES.get(name, name))) for name in data["doubts"]],
    )
    for name, source in data["sources"].items():
        form.note(_FIELD_OF.get(name, name), passage=(source["start"], source["end"]))
    for name, why in data["doubts"].items():
        form.note(_FIELD_OF.get(name, name), doubt=_(why))
    return form


def doubts_of(data: Data) -> list[tuple[str, Any]]:
    """Fields of the form that a person must still check: the field's name there, and its label."""
    return [(_FIELD_OF.get(name, name), NAMES.get(name, name)) for name in data["doubts"]]


def values_of(data: Data) -> dict[str, Any]:
    """A record as values of the form."""
    return data | {"issuer_name": data["issuer"]["name"], "fields": set(data["fields"]), "confirmed": set()}


def data_of(request: Request, values: dict[str, Any], before: Data) -> Data:
    """What the form says, over what the record said before; fields that the form could not read stay as they were."""
    given = before | {name: value for name, value in values.items() if name not in ("issuer_name", "confirmed")}
    if "issuer_name" in values:
        given["issuer"] = _issuer(request, values["issuer_name"], given, before)
    given["fields"] = sorted(given["fields"])
    given["relations"] = [_with_uid(row, before) for row in given["relations"]]
    confirmed = values.get("confirmed") or frozenset()
    given["doubts"] = {name: why for name, why in before["doubts"].items() if name not in confirmed}
    return clean(given)


def _issuer(request: Request, name: str | None, given: Data, before: Data) -> Data:
    if name == before["issuer"]["name"]:
        return dict(before["issuer"])
    found = agencies.by_name(request.db, name, as_date(given.get("issued_on"))) if name else None
    return {"name": name, "code": found.code if found else None}


def _with_uid(row: Data, before: Data) -> Data:
    """A row that was not changed keeps the item that a person chose for it."""
    same = (old for old in before["relations"] if (old["number"], old["relation"]) == (row["number"], row["relation"]))
    return row | {"uid": next((old["uid"] for old in same), None)}
