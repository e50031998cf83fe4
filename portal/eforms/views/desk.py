"""The list of forms, and how a new one begins."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.accounts.keeping import refill
from portal.db import page_of
from portal.eforms import queries, service
from portal.eforms.errors import NotAForm
from portal.eforms.exchanging import LARGEST, imported
from portal.eforms.rules import CREATE, LIST
from portal.eforms.starting import STARTS, start_from
from portal.errors import BadParameter
from portal.forms import Button, Form, Invalid, NewFile, Schema, widgets
from portal.forms.uploads import FileValue
from portal.publishing.models import State
from portal.publishing.routes import small_number
from portal.publishing.views.actions import person_of
from portal.publishing.views.labels import STATES
from portal.request import Request, _
from portal.rules import APPROVER, EDITOR, READER

SIZE = 50
PARAMETERS = frozenset({"q", "trang-thai", "trang"})


@view_config(route_name="eforms.desk", permission=LIST, renderer="eforms/desk_list.jinja2")
def desk_list(context: Any, request: Request) -> dict[str, Any]:
    """Every form of the person's units, each by its current edition."""
    get, identity = request.GET, request.identity
    assert identity is not None
    for name in get:
        if name not in PARAMETERS:
            raise BadParameter(name)
    state, page = get.get("trang-thai", ""), small_number(get.get("trang") or "1")
    if state and state not in tuple(State):
        raise BadParameter("trang-thai")
    if not page:
        raise BadParameter("trang")
    units = identity.units(READER) | identity.units(EDITOR) | identity.units(APPROVER)
    words = get.get("q", "")[:200]
    query = queries.of_units(units, words=words, states=(State(state),) if state else ())
    return {
        "page": page_of(request.db, query, page=page, size=SIZE),
        "words": words,
        "state": state,
        "states": STATES,
        "state_options": [(key.value, request.translate(label)) for key, label in STATES.items()],
        "action": request.route_path("eforms.desk"),
        "may_create": request.has_permission(CREATE),
    }


@view_config(route_name="eforms.new", permission=CREATE, request_method="GET", renderer="eforms/new.jinja2")
def new(context: Any, request: Request) -> dict[str, Any]:
    """What a new form starts from."""
    form = _new_form(request)
    return {"form": form.render(None if refill(request, form) else {"start": "ca-nhan"})}


@view_config(route_name="eforms.new", permission=CREATE, request_method="POST", renderer="eforms/new.jinja2")
def make(context: Any, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Make the draft and go to it."""
    form = _new_form(request)
    try:
        values = form.validate(request.POST.items())
        definition = _beginning(form, values)
    except Invalid as invalid:
        request.response.status_int = invalid.status
        return {"form": invalid.form.render()}
    unit = next(unit for unit in _units(request) if str(unit.id) == (values.get("unit") or str(unit.id)))
    edition = service.create(
        request.db, definition, unit=unit, origin=request.portal.origin, by=person_of(request), at=request.at
    )
    request.session.flash(request.translate(_("Đã tạo bản nháp của biểu mẫu.")))
    return HTTPSeeOther(request.route_path("eforms.edit", uid=edition.item.uid))


def read_file(form: Form, file: NewFile) -> Any:
    """The definition in an uploaded file. Raises `Invalid` at the field."""
    try:
        return imported(file.stream.read(LARGEST + 1))
    except NotAForm as refused:
        raise form.refuse(refused.message, "file") from None


def _beginning(form: Form, values: dict[str, Any]) -> Any:
    if isinstance(values.get("file"), NewFile):
        definition = read_file(form, values["file"])
        return definition | {"title": values["title"] or definition["title"]}
    if not values["title"]:
        raise form.refuse(_("Hãy nhập “${title}”.", mapping={"title": _("Tên biểu mẫu")}), "title")
    return start_from(values["start"] or "trong", values["title"])


def _units(request: Request) -> list[Any]:
    identity = request.identity
    assert identity is not None
    return queries.writing_units(request.db, identity)


def _new_form(request: Request) -> Form:
    schema = Schema()
    title = colander.SchemaNode(
        colander.String(), name="title", title=_("Tên biểu mẫu"), missing=None, validator=colander.Length(max=300)
    )
    schema.add(title)
    starts = [(name, label) for name, (label, _make) in STARTS.items()]
    schema.add(
        colander.SchemaNode(
            colander.String(), name="start", title=_("Bắt đầu từ"), missing=None, widget=widgets.Radios(starts)
        )
    )
    units = _units(request)
    if len(units) > 1:
        options = [(str(unit.id), unit.label(request.lang)) for unit in units]
        schema.add(
            colander.SchemaNode(
                colander.String(), name="unit", title=_("Đơn vị"), widget=widgets.Select(options, blank=None)
            )
        )
    hint = _("Tệp .json xuất từ cổng này hoặc cổng khác; thay cho mẫu ở trên.")
    schema.add(
        colander.SchemaNode(
            FileValue(),
            name="file",
            title=_("Hoặc tệp biểu mẫu"),
            description=hint,
            missing=None,
            widget=widgets.Upload(accept=".json"),
        )
    )
    schema_any: Any = schema
    schema_any.marks_optional = False
    return Form(schema, request=request, buttons=(Button("make", _("Tạo biểu mẫu")),), form_id="bieu-mau-moi")
