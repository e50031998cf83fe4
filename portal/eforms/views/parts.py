"""The designer's pages of one part: the whole, a section, a field. Each is an edit form like any other (`Editing`)."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.eforms import parts
from portal.eforms.conditions import choices_before
from portal.eforms.definition import Data, field_at, paths, section_of
from portal.eforms.errors import NoSuchPart
from portal.eforms.kinds import TYPES, Type
from portal.eforms.problems import formula_problems, problems_of
from portal.eforms.schemas import field_schema, head_schema, section_schema
from portal.forms import Button, Form
from portal.publishing import service
from portal.publishing.models import Edition, State
from portal.publishing.rules import EDIT
from portal.publishing.views.actions import person_of
from portal.publishing.views.editing import SAVE, TAKE_UP, Editing, Shown, attributes
from portal.request import Request, _

FORM_ID = "muc"
TEMPLATE = "eforms/part.jinja2"


@dataclass(frozen=True)
class Part:
    """One page of the designer: what it edits; `place` names it in the address and in unsaved typing."""

    place: str
    title: str
    anchor: str
    editing: Editing
    field: Data | None = None
    path: str = ""


@view_config(route_name="eforms.edit_head", permission=EDIT, renderer=TEMPLATE, request_method="GET")
@view_config(route_name="eforms.edit_section", permission=EDIT, renderer=TEMPLATE, request_method="GET")
@view_config(route_name="eforms.edit_field", permission=EDIT, renderer=TEMPLATE, request_method="GET")
def edit(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """The form of the part, with what is stored or what this person typed and did not save."""
    if edition.state is not State.DRAFT:
        return HTTPSeeOther(request.route_path("publishing.item", uid=edition.item.uid))
    part = _part(edition, request)
    unsaved = service.autosaved(request.db, edition, person_of(request))
    elsewhere = dict(unsaved.fields).get("part") if unsaved else None
    if elsewhere and elsewhere != part.place and request.GET.get(TAKE_UP) == "1":
        return HTTPSeeOther(f"{address_of(request, edition, elsewhere)}?{TAKE_UP}=1")
    return _page(part, part.editing.open(), request) | {"elsewhere": elsewhere if elsewhere != part.place else None}


@view_config(route_name="eforms.edit_head", permission=EDIT, renderer=TEMPLATE, request_method="POST")
@view_config(route_name="eforms.edit_section", permission=EDIT, renderer=TEMPLATE, request_method="POST")
@view_config(route_name="eforms.edit_field", permission=EDIT, renderer=TEMPLATE, request_method="POST")
def save(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Save the part; a stale save is answered with both texts."""
    part = _part(edition, request, posted=True)
    before = [field["id"] for _path, field, _group in paths(edition.data["definition"])]
    outcome = part.editing.save()
    if isinstance(outcome, Shown):
        return _page(part, outcome, request) | {"elsewhere": None}
    anchor = part.anchor
    if part.field is not None:
        new = [field["id"] for _path, field, _group in paths(edition.data["definition"]) if field["id"] not in before]
        anchor = f"muc-{new[0]}" if new and "." not in part.path else part.anchor
    return HTTPSeeOther(f"{outcome.location}#{anchor}" if anchor else outcome.location)


@view_config(route_name="eforms.formula", permission=EDIT, request_method="GET", renderer="json", http_cache=0)
def check_formula(edition: Edition, request: Request) -> dict[str, Any]:
    """What is wrong with a formula being typed; an empty list when nothing is."""
    definition = edition.data["definition"]
    path = request.GET.get("muc", "")
    every = {known: field for known, field, _group in paths(definition)}
    field = {**(every.get(path) or {"id": path, "label": path}), "formula": request.GET.get("cong_thuc", "")[:3000]}
    found = formula_problems(
        field, path, {name: every[name] for name in _before(definition, path)} | _inside(every, path), every
    )
    return {"problems": [request.translate(message) for message in found]}


def address_of(request: Request, edition: Edition, place: str) -> str:
    """The page of the part of that name; the outline when the name means none."""
    kind, _colon, name = place.partition(":")
    uid = edition.item.uid
    routes = {"phan": "eforms.edit_section", "muc": "eforms.edit_field"}
    if kind == "chung":
        return str(request.route_path("eforms.edit_head", uid=uid))
    if kind not in routes or not name:
        return str(request.route_path("eforms.edit", uid=uid))
    return str(request.route_path(routes[kind], uid=uid, part=name))


def _before(definition: Data, path: str) -> list[str]:
    names = []
    for known, _field, _group in paths(definition):
        if known == path or known == path.rpartition(".")[0]:
            break
        names.append(known)
    return names


def _inside(every: dict[str, Data], path: str) -> dict[str, Data]:
    """The fields of the same row that stand before."""
    found: dict[str, Data] = {}
    group = path.rpartition(".")[0]
    for known, field in every.items():
        if known == path:
            break
        if group and known.startswith(f"{group}."):
            found[field["id"]] = found[known] = field
    return found


def _part(edition: Edition, request: Request, *, posted: bool = False) -> Part:
    definition, name = edition.data["definition"], request.matchdict.get("part", "")
    route = request.matched_route.name
    if route == "eforms.edit_head":
        editing = _editing(edition, request, head_schema(), "chung", parts.head_values, parts.head_data)
        return Part("chung", request.translate(_("Tên và lời dẫn")), "", editing)
    if route == "eforms.edit_section":
        section = section_of(definition, name)
        if section is None and not posted:
            raise NoSuchPart
        schema, place = section_schema(definition, name), f"phan:{name}"
        values, data = partial(parts.section_values, section_id=name), partial(parts.section_data, section_id=name)
        title = (section or {}).get("title") or name
        return Part(place, title, f"phan-{name}", _editing(edition, request, schema, place, values, data))
    return _field_part(edition, request, name, posted=posted)


def _field_part(edition: Edition, request: Request, path: str, *, posted: bool) -> Part:
    definition = edition.data["definition"]
    kind = request.POST.get("kind", "")
    field = field_at(definition, path)
    if field is None:
        if not posted or kind not in tuple(Type):
            raise NoSuchPart
        field = {"type": kind, "id": path, "label": path}
    schema, place = field_schema(definition, field, path), f"muc:{path}"
    data = partial(parts.field_data, path=path, kind=field["type"])
    editing = _editing(edition, request, schema, place, partial(parts.field_values, path=path), data)
    return Part(place, field["label"] or path, f"muc-{path}", editing, field, path)


def _editing(edition: Edition, request: Request, schema: Any, place: str, values: Any, data: Any) -> Editing:
    extra = {}
    if place.startswith("muc:"):
        uid, path = edition.item.uid, place.partition(":")[2]
        extra["data-formula-url"] = request.route_path("eforms.formula", uid=uid, _query={"muc": path})
    form = Form(
        schema,
        request=request,
        buttons=(Button(SAVE, _("Lưu và về biểu mẫu")),),
        action=address_of(request, edition, place),
        form_id=FORM_ID,
        attributes=attributes(request, edition) | extra,
    )
    return Editing(request, edition, form, values=values, data=data)


def _page(part: Part, shown: Shown, request: Request) -> dict[str, Any]:
    edition = part.editing.edition
    place = part.path or part.place.partition(":")[2]
    return {
        "edition": edition,
        "item": edition.item,
        "part": part,
        "own_problems": [
            one.message for one in problems_of(edition.data["definition"]) if one.place == place and place
        ],
        "type_label": TYPES[Type(part.field["type"])].label if part.field else None,
        "known": choices_before(edition.data["definition"], place) if part.field else [],
        "address_of": partial(address_of, request, edition),
        **vars(shown),
    }
