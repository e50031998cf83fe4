"""The editors' list of guides, and how one begins."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.agencies.models import Agency
from portal.forms import Invalid
from portal.guides import forms, queries, service
from portal.guides.rules import CREATE, LIST
from portal.publishing.views.actions import person_of
from portal.publishing.views.labels import STATES
from portal.request import Request
from portal.rules import APPROVER, EDITOR, READER


@view_config(route_name="guides.desk", permission=LIST, renderer="guides/desk_list.jinja2")
def desk_list(context: Any, request: Request) -> dict[str, Any]:
    """Every guide of the person's units, each by its current edition."""
    identity = request.identity
    assert identity is not None
    units = identity.units(READER) | identity.units(EDITOR) | identity.units(APPROVER)
    return {
        "editions": queries.desk(request.db, units),
        "states": STATES,
        "may_create": request.has_permission(CREATE),
    }


@view_config(route_name="guides.new", permission=CREATE, renderer="guides/desk_new.jinja2", request_method="GET")
def new(context: Any, request: Request) -> dict[str, Any]:
    """Ask for the name."""
    return {"form": forms.new_form(request).render()}


@view_config(route_name="guides.new", permission=CREATE, renderer="guides/desk_new.jinja2", request_method="POST")
def begin(context: Any, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Open the draft at its first question."""
    try:
        values = forms.new_form(request).validate(request.POST.items())
    except Invalid as refused:
        request.response.status_int = refused.status
        return {"form": refused.form.render()}
    edition = service.begin(
        request.db,
        values["title"],
        unit=request.db.get_one(Agency, int(values["unit"])),
        origin=request.portal.origin,
        by=person_of(request),
        at=request.at,
    )
    return HTTPSeeOther(request.route_path("guides.edit_node", uid=edition.item.uid, node=edition.data["start"]))
