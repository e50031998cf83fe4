"""The edit form of a draft: save, hand in, and what happens when somebody else saved in between."""

from functools import partial
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.notices import forms, queries, service
from portal.notices.intake import queries as intake
from portal.notices.intake.saying import said
from portal.notices.models import Notice
from portal.notices.schemas import NoticeSchema
from portal.notices.views.papers import laid_out
from portal.notices.views.public import page_of_edition
from portal.publishing.models import Edition, State
from portal.publishing.rules import EDIT, READ
from portal.publishing.views.editing import Editing, Shown
from portal.request import Request


@view_config(route_name="notices.edit", permission=EDIT, renderer="notices/edit.jinja2", request_method="GET")
def edit(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """The form, filled with what is stored, or with what this person typed and did not save."""
    if edition.state is not State.DRAFT:
        return HTTPSeeOther(request.route_path("publishing.item", uid=edition.item.uid))
    editing = _editing(edition, request)
    return _page(editing, editing.open())


@view_config(route_name="notices.edit", permission=EDIT, renderer="notices/edit.jinja2", request_method="POST")
def save(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Save what was typed, complete or not; then hand in when asked to."""
    editing = _editing(edition, request)
    outcome = editing.save()
    return _page(editing, outcome) if isinstance(outcome, Shown) else outcome


@view_config(route_name="notices.preview", permission=READ, renderer="notices/one.jinja2")
def preview(edition: Edition, request: Request) -> dict[str, Any]:
    """The public page as it will be."""
    notice = queries.of_edition(request.db, edition)
    request.response.cache_control.no_store = True
    return page_of_edition(request, notice) | {"draft": edition.state is not State.PUBLISHED}


def _editing(edition: Edition, request: Request) -> Editing:
    form = forms.edit_form(request, edition)
    return Editing(request, edition, form, values=forms.values_of, data=partial(forms.data_of, request, form, edition))


def _page(editing: Editing, shown: Shown) -> dict[str, Any]:
    edition, request, form_id = editing.edition, editing.request, editing.form.form_id
    original = edition.data.get("original")
    read = intake.reading_of(request.db, edition.item, original["sha256"]) if original else None
    return {
        "edition": edition,
        "item": edition.item,
        "data": edition.data,
        "sections": [(f"{form_id}-section-{n}", s.title) for n, s in enumerate(NoticeSchema.sections, 1)],
        "doubts": forms.doubts_of(edition.data),
        "paper": laid_out(edition.data["paper"] or "", forms.passages_of(edition.data)),
        "original": original,
        "remarks": [request.translate(said(remark)) for remark in read.remarks] if read else [],
        "duplicates": [notice for notice in service.duplicates_of(request.db, edition) if _may_see(request, notice)],
        "presence_url": request.route_path("publishing.presence", uid=edition.item.uid, number=edition.number),
        **vars(shown),
    }


def _may_see(request: Request, notice: Notice) -> bool:
    """What other units have not published yet is none of this person's business."""
    return notice.edition.state is State.PUBLISHED or bool(request.has_permission(READ, notice.edition))
