"""The designer's outline of a form: its pages and questions, and everything that moves or removes them."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.eforms import designing
from portal.eforms.definition import Data, field_at, section_of
from portal.eforms.errors import FormFull, NoSuchPart
from portal.eforms.exchanging import LARGEST, exported, imported
from portal.eforms.expressions import written
from portal.eforms.kinds import TYPES, Type
from portal.eforms.problems import problems_of
from portal.eforms.schemas import type_options
from portal.errors import PortalError
from portal.publishing import service
from portal.publishing.errors import StaleVersion, WrongState
from portal.publishing.models import Edition, State
from portal.publishing.rules import EDIT, READ
from portal.publishing.views.actions import person_of, version_of
from portal.publishing.views.editing import note_presence
from portal.request import Request, _
from portal.text import slug

Change = tuple[Data, str, Any]
"""The definition after it, the anchor to look at, what is said."""


@view_config(route_name="eforms.edit", permission=EDIT, request_method="GET", renderer="eforms/outline.jinja2")
def outline(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Pages and questions of a draft; a published form is opened through its working copy."""
    if edition.state is not State.DRAFT:
        return HTTPSeeOther(request.route_path("publishing.item", uid=edition.item.uid))
    note_presence(request, edition)
    return page_of_outline(edition, request)


@view_config(route_name="eforms.change", permission=EDIT, request_method="POST", renderer="eforms/outline.jinja2")
def change(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Add, move, duplicate or remove a page or a question; refused when somebody saved since, with what was typed."""
    data = edition.data
    try:
        definition, anchor, told = _changed(request, data["definition"])
        _save(edition, request, data | {"definition": definition})
    except (StaleVersion, WrongState, NoSuchPart, FormFull) as error:
        request.response.status_int = error.status
        return page_of_outline(edition, request) | {"refused": error.message, "typed": request.POST.get("label", "")}
    request.session.flash(request.translate(told))
    if anchor.startswith("/"):
        return HTTPSeeOther(anchor)
    return HTTPSeeOther(request.route_path("eforms.edit", uid=edition.item.uid, _anchor=anchor or None))


@view_config(route_name="eforms.remove", permission=EDIT, request_method="GET", renderer="eforms/remove.jinja2")
def ask_to_remove(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """What goes with it, and what refers to it, before anything is removed."""
    if edition.state is not State.DRAFT:
        return HTTPSeeOther(request.route_path("publishing.item", uid=edition.item.uid))
    definition, get = edition.data["definition"], request.GET
    section = section_of(definition, get.get("phan", "")) if "phan" in get else None
    field = field_at(definition, get.get("muc", "")) if "muc" in get else None
    if section is None and field is None:
        raise NoSuchPart
    inside = section["fields"] if section else (field or {}).get("fields", [])
    names = [one["id"] for one in inside] + ([field["id"]] if field else [])
    return {
        "edition": edition,
        "section": section,
        "field": field,
        "inside": inside,
        "references": designing.references(definition, *names),
        "what": f"remove_section:{section['id']}" if section else f"remove:{get['muc']}",
    }


@view_config(route_name="eforms.replace", permission=EDIT, request_method="POST", renderer="eforms/outline.jinja2")
def replace(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Put the form of a file in place of this draft."""
    file = request.POST.get("upload")
    try:
        definition = imported(file.file.read(LARGEST + 1) if hasattr(file, "file") else b"")
        _save(edition, request, edition.data | {"definition": definition})
    except (PortalError, StaleVersion, WrongState) as error:
        request.response.status_int = error.status
        return page_of_outline(edition, request) | {"refused": error.message}
    request.session.flash(request.translate(_("Đã thay nội dung bản nháp bằng biểu mẫu trong tệp.")))
    return HTTPSeeOther(request.route_path("eforms.edit", uid=edition.item.uid))


@view_config(route_name="eforms.export", permission=READ, request_method="GET")
def export(edition: Edition, request: Request) -> Any:
    """The form as a file."""
    response = request.response
    response.content_type, response.charset = "application/json", "utf-8"
    response.body = exported(edition.data["definition"])
    response.cache_control.no_store = True
    response.content_disposition = f'attachment; filename="bieu-mau-{slug(edition.title)}.json"'
    return response


def page_of_outline(edition: Edition, request: Request) -> dict[str, Any]:
    """What the outline draws."""
    definition = edition.data["definition"]
    problems = problems_of(definition)
    return {
        "edition": edition,
        "item": edition.item,
        "definition": definition,
        "problems": problems,
        "wrong": {(one.is_section, one.place) for one in problems},
        "types": TYPES,
        "type_options": type_options(in_row=False),
        "row_options": type_options(in_row=True),
        "written": written,
        "typed": "",
        "refused": None,
        "count": sum(len(section["fields"]) for section in definition["sections"]),
    }


def _save(edition: Edition, request: Request, data: Data) -> None:
    service.save(request.db, edition, data, version=version_of(request), by=person_of(request), at=request.at)


def _changed(request: Request, definition: Data) -> Change:
    """What the pressed button asks for: `up:ho_ten`, `remove_section:nguoi_nop`, `add:nguoi_nop` …"""
    action, _colon, target = request.POST.get("do", "").partition(":")
    make = _ACTIONS.get(action)
    if make is None:
        raise NoSuchPart
    made: Change = make(request, definition, target)
    return made


def _add_section(request: Request, definition: Data, target: str) -> Change:
    title = " ".join(request.POST.get("label", "").split())
    made, name = designing.add_section(definition, title)
    return made, f"phan-{name}", _("Đã thêm phần ở cuối biểu mẫu.")


def _add(request: Request, definition: Data, target: str) -> Change:
    kind = request.POST.get("type", "")
    if kind not in tuple(Type):
        raise NoSuchPart
    label = " ".join(request.POST.get("label", "").split())
    in_row = request.POST.get("nhom") == "1"
    made, path = designing.add_field(definition, target, Type(kind), label, group=in_row)
    there = request.route_path("eforms.edit_field", uid=request.matchdict["uid"], part=path)
    return made, there, _("Đã thêm mục. Hãy điền các chi tiết của mục.")


def _move(step: int) -> Any:
    def go(request: Request, definition: Data, target: str) -> Change:
        return designing.move(definition, target, step), f"muc-{target}", _("Đã chuyển mục.")

    return go


def _move_section(step: int) -> Any:
    def go(request: Request, definition: Data, target: str) -> Change:
        return designing.move_section(definition, target, step), f"phan-{target}", _("Đã chuyển phần.")

    return go


def _copy(request: Request, definition: Data, target: str) -> Change:
    made, path = designing.duplicate(definition, target)
    return made, f"muc-{path}", _("Đã nhân đôi mục.")


def _remove(request: Request, definition: Data, target: str) -> Change:
    group = target.rpartition(".")[0]
    return designing.remove(definition, target), f"muc-{group}" if group else "cac-phan", _("Đã xóa mục.")


def _remove_section(request: Request, definition: Data, target: str) -> Change:
    return designing.remove_section(definition, target), "cac-phan", _("Đã xóa phần.")


_ACTIONS = {
    "add_section": _add_section,
    "add": _add,
    "up": _move(-1),
    "down": _move(1),
    "section_up": _move_section(-1),
    "section_down": _move_section(1),
    "copy": _copy,
    "remove": _remove,
    "remove_section": _remove_section,
}
