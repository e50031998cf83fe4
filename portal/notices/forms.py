"""Between the record of a document and the editor's form."""

from typing import Any

from portal.agencies import queries as agencies
from portal.clock import today
from portal.files import upload_store
from portal.files.owners import visible_use
from portal.forms import Form
from portal.notices.body.fromhtml import PICTURE, only_pictures
from portal.notices.data import Data, as_date, clean
from portal.notices.intake import queries as intake
from portal.notices.schemas import NoticeSchema, ReadNoticeSchema
from portal.notices.signing import with_signatures
from portal.publishing.models import Edition
from portal.publishing.views.editing import BUTTONS, attributes
from portal.request import Request, _

NAMES = {
    "type": _("Loại văn bản"),
    "number": _("Số"),
    "notation": _("Ký hiệu"),
    "issuer": _("Cơ quan ban hành"),
    "joint_issuers": _("Cơ quan cùng ban hành"),
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
    "expires_on": _("Ngày hết hiệu lực"),
    "effect": _("Tình trạng hiệu lực"),
    "relations": _("Quan hệ với văn bản khác"),
}
_FIELD_OF = {"issuer": "issuer_name", "signer": "signer.name"}
"""Where in the form a value of the record stands, when not under its own name."""
_WHOLE_ROWS = {
    "recipients": ("name", "purpose"),
    "relations": ("relation", "number", "title"),
    "joint_issuers": ("name",),
}
_SIGNER = ("on_behalf", "authority", "position", "name")
_OWN = ("issuer_name", "publish_original")
"""Fields of the form that are none of the record."""


def edit_form(request: Request, edition: Edition) -> Form:
    """The form of a draft, with the passage and the doubt of each field that was read from paper."""
    data, item = edition.data, edition.item
    form = Form(
        ReadNoticeSchema() if data.get("original") else NoticeSchema(),
        request=request,
        buttons=BUTTONS,
        action=request.route_path("notices.edit", uid=item.uid),
        form_id="van-ban",
        attributes=attributes(request, edition),
        uploads=upload_store(request),
        law_fields=[(row.slug, row.label(request.lang)) for row in agencies.fields(request.db)],
        agency_names=[agency.name for agency in agencies.all_in_force(request.db, today(request.at))],
    )
    for name, source in data["sources"].items():
        for path in _places(name):
            form.note(path, passage=(source["start"], source["end"]))
        why = source.get("why")
        if why and name.partition(".")[0] in data["doubts"]:
            form.note(_places(name)[-1], doubt=_(why))
    for name, why in data["doubts"].items():
        form.note(_FIELD_OF.get(name, name), doubt=_(why), confirm=name)
    return form


def passages_of(data: Data) -> list[tuple[int, int, str]]:
    """Where in the paper each field was read: start, end, and the id of its control in the form."""
    found = [(s["start"], s["end"], _control(_places(name)[-1])) for name, s in data["sources"].items()]
    return sorted(found, key=lambda one: (one[0], one[1]))


def doubts_of(data: Data) -> list[tuple[str, Any]]:
    """What a person must still check: the id of the control that settles it, and the field's name."""
    return [(f"{_control(_FIELD_OF.get(name, name))}-confirm", NAMES.get(name, name)) for name in data["doubts"]]


def values_of(data: Data) -> dict[str, Any]:
    """A record as values of the form."""
    original = data.get("original")
    attached = {file["sha256"] for file in data["attachments"]}
    return data | {
        "issuer_name": data["issuer"]["name"],
        "fields": set(data["fields"]),
        "publish_original": bool(original and original["sha256"] in attached),
    }


def data_of(request: Request, form: Form, edition: Edition, values: dict[str, Any], before: Data) -> Data:
    """What the form says, over what the record said before; fields that the form could not read stay as they were."""
    given = before | {name: value for name, value in values.items() if name not in _OWN}
    if "issuer_name" in values:
        given["issuer"] = _issuer(request, values["issuer_name"], given, before)
    given["fields"] = sorted(given["fields"])
    given["relations"] = [_with_uid(row, before) for row in given["relations"]]
    attachments = _attachments(request, edition, given, before, values.get("publish_original"))
    given["attachments"] = with_signatures(attachments, request.portal)
    given["body"] = _seen_pictures(request, given["body"], before)
    given["doubts"] = {name: why for name, why in before["doubts"].items() if name not in form.confirmed}
    after = clean(given)
    after["sources"] = _sources(before, after)
    return after


def _places(name: str) -> list[str]:
    """The fields of the form that show the value `title`, `signer` or `recipients.0`."""
    field, _dot, row = name.partition(".")
    if field == "signer":
        return [f"signer.{part}" for part in _SIGNER]
    if row:
        return [f"{name}.{part}" for part in reversed(_WHOLE_ROWS.get(field, ("name",)))]
    return [_FIELD_OF.get(name, name)]


def _control(path: str) -> str:
    return f"van-ban-{path.replace('.', '-')}"


def _issuer(request: Request, name: str | None, given: Data, before: Data) -> Data:
    if name == before["issuer"]["name"]:
        return dict(before["issuer"])
    found = agencies.by_name(request.db, name, as_date(given.get("issued_on"))) if name else None
    return {"name": name, "code": found.code if found else None}


def _with_uid(row: Data, before: Data) -> Data:
    """A row that was not changed keeps the item that a person chose for it, and its passage."""
    same = (old for old in before["relations"] if _row_key("relations", old) == _row_key("relations", row))
    old = next(same, None) or {}
    return dict(row) | {"uid": old.get("uid"), "passage": old.get("passage")}


def _attachments(request: Request, edition: Edition, given: Data, before: Data, published: bool | None) -> list[Data]:
    """The attachments with what is known of their signatures; the original among them when it is to be public."""
    known = {file["sha256"]: file.get("signatures") for file in before["attachments"]}
    files = [dict(file) | {"signatures": known.get(file["sha256"])} for file in given["attachments"]]
    original = before.get("original")
    if not original or published is None:
        return files
    others = [file for file in files if file["sha256"] != original["sha256"]]
    if not published:
        return others
    mine = next((file for file in files if file["sha256"] == original["sha256"]), None)
    row = None if mine else intake.reading_of(request.db, edition.item, original["sha256"])
    return [*others, mine or dict(original) | {"signatures": row.signatures if row else None}]


def _seen_pictures(request: Request, body: str | None, before: Data) -> str:
    """The body without pictures that whoever typed it may not see: an address alone gives no right to a file.

    Looked for in the form in which it is stored: as it is sent, a picture may be written in many ways.
    """
    if body is not None and body is before["body"]:
        return body
    stored: str = clean({"body": body or ""})["body"]
    had = {sha256 for sha256, _name in PICTURE.findall(before["body"])}
    return only_pictures(stored, lambda sha256, name: sha256 in had or bool(visible_use(request, sha256, name)))


def _row_key(field: str, row: Data) -> tuple[Any, ...]:
    parts = ("relation", "number", "title") if field == "relations" else ("name",)
    return tuple(row.get(part) for part in parts)


def _sources(before: Data, after: Data) -> Data:
    """The passages after an edit: those of rows go with their row, wherever it stands now."""
    found: Data = {}
    for name, source in before["sources"].items():
        field, _dot, row = name.partition(".")
        if not row:
            found[name] = source
            continue
        old = before[field][int(row)] if int(row) < len(before[field]) else None
        for place, new in enumerate(after[field]):
            if old is not None and _row_key(field, old) == _row_key(field, new) and f"{field}.{place}" not in found:
                found[f"{field}.{place}"] = source
                break
    return found
