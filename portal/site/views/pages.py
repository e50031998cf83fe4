"""Editorial pages: what the public reads, and how editors keep them."""

from typing import Any

import colander
from markupsafe import Markup
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.forms import Form, IsoDate, Schema, widgets
from portal.publishing.errors import Gone
from portal.publishing.models import Edition, State
from portal.publishing.rules import EDIT
from portal.publishing.rules import READ as READ_EDITION
from portal.publishing.views.addresses import gone_page, live_at
from portal.publishing.views.editing import BUTTONS, Editing, Shown, attributes
from portal.publishing.views.labels import STATES
from portal.request import Request, _
from portal.rules import APPROVER, EDITOR, READER
from portal.site import queries
from portal.site.pages import NAME
from portal.site.rules import LIST_PAGES, READ


class PageSchema(Schema):
    """An editorial page in both languages."""

    title = colander.SchemaNode(colander.String(), title=_("Tên trang"), validator=colander.Length(max=300))
    summary = colander.SchemaNode(colander.String(), title=_("Tóm tắt"), missing=None, widget=widgets.TextArea(rows=2))
    body = colander.SchemaNode(colander.String(), title=_("Nội dung"), missing="", widget=widgets.RichText())
    title_en = colander.SchemaNode(colander.String(), title=_("Tên trang bằng tiếng Anh"), missing=None)
    summary_en = colander.SchemaNode(
        colander.String(), title=_("Tóm tắt bằng tiếng Anh"), missing=None, widget=widgets.TextArea(rows=2, lang="en")
    )
    body_en = colander.SchemaNode(
        colander.String(), title=_("Nội dung bằng tiếng Anh"), missing="", widget=widgets.RichText(lang="en")
    )
    checked_on = colander.SchemaNode(IsoDate(), title=_("Ngày rà soát gần nhất"), missing=None)


@view_config(route_name="site.page", permission=READ, renderer="site/page.jinja2")
def page(context: Any, request: Request) -> dict[str, Any]:
    """What stands at a single word: an editorial page, or what became of it."""
    try:
        live = live_at(request, NAME)
    except Gone as gone:
        return gone_page(request, gone, _("Trang này đã được gỡ"))
    request.depends_on("list:page")
    return _shown(live.edition, request)


def _shown(edition: Edition, request: Request) -> dict[str, Any]:
    data = edition.data
    translated = request.lang == "en" and bool(data["body_en"])
    suffix = "_en" if translated else ""
    return {
        "edition": edition,
        "page_title": data[f"title{suffix}"] or data["title"],
        "title_lang": "en" if translated and data["title_en"] else "vi",
        "summary": data[f"summary{suffix}"],
        "body": Markup(data[f"body{suffix}"]),  # noqa: S704 -- cleaned with nh3 when it was stored
        "untranslated": request.lang == "en" and not translated,
        "checked_on": data["checked_on"],
        "slug": data["slug"],
        "siblings": queries.pages(request.db),
    }


@view_config(route_name="site.preview_page", permission=READ_EDITION, renderer="site/page.jinja2")
def preview(edition: Edition, request: Request) -> dict[str, Any]:
    """The public page as it will be."""
    request.response.cache_control.no_store = True
    return _shown(edition, request) | {"draft": edition.state is not State.PUBLISHED}


@view_config(route_name="site.desk_pages", permission=LIST_PAGES, renderer="site/desk_pages.jinja2")
def desk_pages(context: Any, request: Request) -> dict[str, Any]:
    """The pages of the person's units."""
    identity = request.identity
    assert identity is not None
    units = identity.units(READER) | identity.units(EDITOR) | identity.units(APPROVER)
    return {"editions": queries.desk_pages(request.db, units), "states": STATES}


def _editing(edition: Edition, request: Request) -> Editing:
    form = Form(
        PageSchema(),
        request=request,
        buttons=BUTTONS,
        action=request.route_path("site.edit_page", uid=edition.item.uid),
        form_id="trang",
        attributes=attributes(request, edition),
    )
    return Editing(request, edition, form, values=lambda data: data, data=lambda values, before: before | values)


@view_config(route_name="site.edit_page", permission=EDIT, renderer="site/edit_page.jinja2", request_method="GET")
def edit(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """The form of a draft; a published page is opened through its working copy."""
    if edition.state is not State.DRAFT:
        return HTTPSeeOther(request.route_path("publishing.item", uid=edition.item.uid))
    return {"edition": edition, **vars(_editing(edition, request).open())}


@view_config(route_name="site.edit_page", permission=EDIT, renderer="site/edit_page.jinja2", request_method="POST")
def save(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Save the draft; a stale save is answered with both texts."""
    outcome = _editing(edition, request).save()
    return {"edition": edition, **vars(outcome)} if isinstance(outcome, Shown) else outcome
