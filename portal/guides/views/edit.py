"""The editor of a draft: the guide as a whole with its picture, and a page for each question and outcome."""

from dataclasses import replace
from functools import partial
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config

from portal.errors import BadParameter
from portal.guides import forms, service
from portal.guides.checks import findings
from portal.guides.data import KINDS, QUESTION, Answer, Data, node_of
from portal.guides.views.drawing import drawn, outlined
from portal.publishing import service as publishing
from portal.publishing.models import Autosave, Edition, State
from portal.publishing.rules import EDIT
from portal.publishing.views.actions import person_of, version_of
from portal.publishing.views.editing import Editing, Shown
from portal.request import Request, _

TAKE_UP = "tiep"


@view_config(route_name="guides.edit", permission=EDIT, renderer="guides/edit.jinja2", request_method="GET")
def edit(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """The guide as a whole."""
    if edition.state is not State.DRAFT:
        return _managed(request, edition)
    editing = _editing(request, edition, forms.WHOLE)
    return _whole(editing, _opened(editing, forms.WHOLE))


@view_config(route_name="guides.edit", permission=EDIT, renderer="guides/edit.jinja2", request_method="POST")
def save(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Save what was typed, complete or not; then hand in when asked to."""
    editing = _editing(request, edition, forms.WHOLE)
    outcome = _saved(editing, forms.WHOLE)
    return _whole(editing, outcome) if isinstance(outcome, Shown) else outcome


@view_config(route_name="guides.edit_node", permission=EDIT, renderer="guides/edit_node.jinja2", request_method="GET")
def edit_node(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """One question or outcome."""
    if edition.state is not State.DRAFT:
        return _managed(request, edition)
    node = _node(request, edition)
    editing = _editing(request, edition, node["id"])
    return _one(editing, node, _opened(editing, node["id"]))


@view_config(route_name="guides.edit_node", permission=EDIT, renderer="guides/edit_node.jinja2", request_method="POST")
def save_node(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Save one question or outcome; back to the picture, or to the page when other fields are to be filled now."""
    node = _node(request, edition)
    editing = _editing(request, edition, node["id"])
    outcome = _saved(editing, node["id"])
    if isinstance(outcome, Shown):
        return _one(editing, node, outcome)
    now = node_of(edition.data, node["id"])
    if edition.state is State.DRAFT and now is not None:
        if now.get("answer") != node.get("answer"):
            request.session.flash(request.translate(_("Đã đổi cách trả lời. Hãy kiểm tra lại từng câu trả lời.")))
            return HTTPSeeOther(_address(request, edition, node["id"]))
        return HTTPSeeOther(f"{_address(request, edition, forms.WHOLE)}#{node['id']}")
    return outcome


@view_config(route_name="guides.add_node", permission=EDIT, request_method="POST")
def add_node(edition: Edition, request: Request) -> HTTPSeeOther:
    """Add a question or an outcome and open it."""
    kind, answer = request.POST.get("kind", ""), request.POST.get("answer", Answer.CHOICE)
    if kind not in KINDS:
        raise BadParameter("kind")
    if answer not in tuple(Answer):
        raise BadParameter("answer")
    node = service.add_node(request.db, edition, kind, answer=answer, **_seen(request))
    return HTTPSeeOther(_address(request, edition, node))


@view_config(route_name="guides.remove_node", permission=EDIT, request_method="POST")
def remove_node(edition: Edition, request: Request) -> HTTPSeeOther:
    """Take a question or an outcome out."""
    node = _node(request, edition)
    service.remove_node(request.db, edition, node["id"], **_seen(request))
    said = _("Đã xóa câu hỏi.") if node["kind"] == QUESTION else _("Đã xóa kết quả.")
    request.session.flash(request.translate(said))
    return HTTPSeeOther(_address(request, edition, forms.WHOLE))


def _editing(request: Request, edition: Edition, place: str) -> Editing:
    """The form of a place. While something unsaved of another place is kept, it does not save itself over that."""
    saves_itself = _elsewhere(request, edition, place) is None
    if place == forms.WHOLE:
        form = forms.whole_form(request, edition, saves_itself=saves_itself)
        return Editing(request, edition, form, values=forms.whole_values, data=forms.whole_data)
    node, stored = node_of(edition.data, place), edition.data
    assert node is not None
    form = forms.node_form(request, edition, node, saves_itself=saves_itself)
    values = partial(forms.node_values, id_=place, stored=stored)
    return Editing(request, edition, form, values=values, data=partial(forms.node_data, id_=place))


def _opened(editing: Editing, place: str) -> Shown:
    """The form filled; what was typed on another page of the guide is not offered in this one."""
    if _elsewhere(editing.request, editing.edition, place) is None:
        return editing.open()
    if TAKE_UP in editing.request.GET:
        raise HTTPSeeOther(editing.request.path)
    return replace(editing.open(), unsaved=None)


def _saved(editing: Editing, place: str) -> Shown | HTTPSeeOther:
    """Save; what was typed on another page and not saved stays kept, as of the version that this save makes."""
    request, edition = editing.request, editing.edition
    other = _elsewhere(request, edition, place)
    fields = [(name, value) for name, value in other.fields] if other else []
    outcome = editing.save()
    if fields and edition.state is State.DRAFT and isinstance(outcome, HTTPSeeOther):
        person = person_of(request)
        publishing.autosave(request.db, edition, person, fields, version=edition.version, at=request.at)
    return outcome


def _elsewhere(request: Request, edition: Edition, place: str) -> Autosave | None:
    """What this person typed on another page of the guide and did not save."""
    kept = publishing.autosaved(request.db, edition, person_of(request))
    return kept if kept is not None and _place_of(kept) != place else None


def _place_of(kept: Autosave) -> str:
    return next((str(value) for name, value in kept.fields if name == "place"), forms.WHOLE)


def _node(request: Request, edition: Edition) -> Data:
    node = node_of(edition.data, request.matchdict["node"])
    if node is None:
        raise HTTPNotFound
    return node


def _seen(request: Request) -> dict[str, Any]:
    return {"version": version_of(request), "by": person_of(request), "at": request.at}


def _managed(request: Request, edition: Edition) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path("publishing.item", uid=edition.item.uid))


def _address(request: Request, edition: Edition, place: str) -> str:
    uid = edition.item.uid
    if place == forms.WHOLE:
        return str(request.route_path("guides.edit", uid=uid))
    return str(request.route_path("guides.edit_node", uid=uid, node=place))


def _common(editing: Editing, shown: Shown, place: str) -> dict[str, Any]:
    request, edition = editing.request, editing.edition
    other = _elsewhere(request, edition, place)
    node = node_of(edition.data, _place_of(other)) if other else None
    left = _address(request, edition, node["id"] if node else forms.WHOLE) + f"?{TAKE_UP}=1"
    return {
        "edition": edition,
        "item": edition.item,
        "data": edition.data,
        "here": _address(request, edition, place),
        "elsewhere": (other.saved_at, left) if other else None,
        "presence_url": request.route_path("publishing.presence", uid=edition.item.uid, number=edition.number),
        **vars(shown),
    }


def _whole(editing: Editing, shown: Shown) -> dict[str, Any]:
    request, edition = editing.request, editing.edition
    found = findings(request.db, edition.data)
    outline = outlined(request, edition, found)
    return {
        **_common(editing, shown, forms.WHOLE),
        "findings": found,
        "picture": drawn(request, edition),
        "outline": outline,
        "rows": {row["id"]: row for row in outline},
    }


def _one(editing: Editing, node: Data, shown: Shown) -> dict[str, Any]:
    request, edition = editing.request, editing.edition
    now = node_of(edition.data, node["id"]) or node
    mine = [finding for finding in findings(request.db, edition.data) if finding.node == node["id"]]
    row = next((row for row in outlined(request, edition, mine) if row["id"] == node["id"]), None)
    return {**_common(editing, shown, node["id"]), "node": now, "row": row, "findings": mine}
