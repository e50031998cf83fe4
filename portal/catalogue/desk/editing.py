"""The edit form of a procedure's draft, and its preview on the real page."""

from functools import partial
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.catalogue import queries, service
from portal.catalogue.data import Data
from portal.catalogue.desk import forms
from portal.catalogue.desk.converting import data_of, values_of
from portal.catalogue.desk.nodes import NAMES
from portal.catalogue.desk.schemas import ProcedureSchema
from portal.catalogue.models import Procedure
from portal.catalogue.public.page import page_of
from portal.forms import Form
from portal.forms.render import CONFIRM
from portal.notices.views.papers import laid_out
from portal.publishing.models import Edition, State
from portal.publishing.rules import EDIT, READ
from portal.publishing.views.editing import Editing, Shown
from portal.request import Request


@view_config(route_name="catalogue.edit", permission=EDIT, renderer="catalogue/desk_edit.jinja2", request_method="GET")
def edit(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """The form, filled with what is stored, or with what this person typed and did not save."""
    if edition.state is not State.DRAFT:
        return HTTPSeeOther(request.route_path("publishing.item", uid=edition.item.uid))
    editing = _editing(edition, request)
    return _page(editing, editing.open())


@view_config(route_name="catalogue.edit", permission=EDIT, renderer="catalogue/desk_edit.jinja2", request_method="POST")
def save(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Save what was typed, complete or not; then hand in when asked to."""
    editing = _editing(edition, request)
    outcome = editing.save()
    return _page(editing, outcome) if isinstance(outcome, Shown) else outcome


@view_config(route_name="catalogue.preview", permission=READ, renderer="catalogue/one.jinja2")
def preview(edition: Edition, request: Request) -> dict[str, Any]:
    """The public page as it will be."""
    request.response.cache_control.no_store = True
    page = page_of(request, queries.of_edition(request.db, edition))
    return page | {"draft": edition.state is not State.PUBLISHED}


def _editing(edition: Edition, request: Request) -> Editing:
    form = forms.edit_form(request, edition)
    return Editing(request, edition, form, values=values_of, data=partial(_data, request, form))


def _data(request: Request, form: Form, values: dict[str, Any], before: Data) -> Data:
    confirmed = form.confirmed | frozenset(request.POST.getall(CONFIRM) if request.method == "POST" else ())
    return data_of(values, before, partial(forms.code_of, request), confirmed)


def _page(editing: Editing, shown: Shown) -> dict[str, Any]:
    edition, request = editing.edition, editing.request
    data, translate = edition.data, request.translate
    return {
        "edition": edition,
        "item": edition.item,
        "data": data,
        "sections": [(f"{forms.FORM_ID}-section-{n}", s.title) for n, s in enumerate(ProcedureSchema.sections, 1)],
        "doubts": forms.doubts_of(data),
        "paper": laid_out(forms.original_of(data, translate), forms.passages_of(data, translate)),
        "duplicates": [row for row in service.duplicates_of(request.db, edition) if _may_see(request, row)],
        "names_id": NAMES,
        "agency_names": forms.agency_names(request),
        "presence_url": request.route_path("publishing.presence", uid=edition.item.uid, number=edition.number),
        **vars(shown),
    }


def _may_see(request: Request, row: Procedure) -> bool:
    """What other units have not published yet is none of this person's business."""
    return row.edition.state is State.PUBLISHED or bool(request.has_permission(READ, row.edition))
