"""Local variants on the desk: of the person's units, of one procedure, and the form beside the national words."""

from functools import partial
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config

from portal.agencies.models import Agency
from portal.catalogue import local, present, queries, queries_desk
from portal.catalogue.behind import fingerprint, kept_apart, national_edition
from portal.catalogue.data import Data
from portal.catalogue.desk import forms
from portal.catalogue.desk.converting import local_data_of, local_values_of
from portal.catalogue.desk.listing import SIZE, one_of, refuse_unknown, unit_choices, units_of
from portal.catalogue.desk.nodes import NAMES
from portal.catalogue.desk.schemas import ChangedLocalSchema, LocalSchema, NewLocalSchema
from portal.catalogue.models import LocalService
from portal.catalogue.public.page import LABELS, page_of
from portal.catalogue.rules import CREATE, LIST
from portal.forms import Button, Form, Invalid
from portal.notices.views.filters import MOST, number
from portal.publishing.models import Edition, Item, State
from portal.publishing.rules import EDIT, READ
from portal.publishing.views.actions import person_of
from portal.publishing.views.editing import BUTTONS, Editing, Shown, attributes
from portal.publishing.views.labels import STATES
from portal.request import Request, _

FORM_ID = "dia-phuong"
PARAMETERS = frozenset({"trang-thai", "xem", "trang"})
BEHIND = "can-doi-chieu"


@view_config(route_name="catalogue.desk.local", permission=LIST, renderer="catalogue/desk_local_list.jinja2")
def of_my_units(context: Any, request: Request) -> dict[str, Any]:
    """The variants of the person's units, those first that the national procedure has left behind."""
    refuse_unknown(request, PARAMETERS)
    state = one_of(request, "trang-thai", tuple(State))
    behind = one_of(request, "xem", (BEHIND,)) == BEHIND
    page = number("trang", request.GET.get("trang"), 1, MOST) or 1
    units, chosen = units_of(request), State(state) if state else None
    rows = queries_desk.variants_page(request.db, units, behind=behind, state=chosen, page=page, size=SIZE)
    return {
        "page": rows,
        "state": state,
        "behind": behind,
        "states": STATES,
        "state_options": [(key.value, request.translate(label)) for key, label in STATES.items()],
        "action": request.route_path("catalogue.desk.local"),
    }


@view_config(route_name="catalogue.variants", permission=LIST, renderer="catalogue/desk_variants.jinja2",
             request_method="GET")  # fmt: skip
def of_procedure(item: Item, request: Request) -> dict[str, Any]:
    """The variants of one procedure, and a form for one more."""
    return _variants(item, request, _new_form(request).render({"unit": None}))


@view_config(route_name="catalogue.variants", permission=CREATE, renderer="catalogue/desk_variants.jinja2",
             request_method="POST")  # fmt: skip
def begin(item: Item, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Open the draft of an agency's part."""
    form = _new_form(request)
    try:
        values = form.validate(request.POST.items())
    except Invalid as refused:
        request.response.status_int = refused.status
        return _variants(item, request, refused.form.render())
    edition = local.create(
        request.db,
        {"procedure": str(item.uid)},
        unit=request.db.get_one(Agency, int(values["unit"])),
        origin=request.portal.origin,
        by=person_of(request),
        at=request.at,
    )
    return HTTPSeeOther(request.route_path("catalogue.local.edit", uid=edition.item.uid))


@view_config(route_name="catalogue.local.edit", permission=EDIT, renderer="catalogue/desk_local_edit.jinja2",
             request_method="GET")  # fmt: skip
def edit(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """The form with the national procedure beside it."""
    if edition.state is not State.DRAFT:
        return HTTPSeeOther(request.route_path("publishing.item", uid=edition.item.uid))
    editing = _editing(edition, request)
    return _page(editing, editing.open())


@view_config(route_name="catalogue.local.edit", permission=EDIT, renderer="catalogue/desk_local_edit.jinja2",
             request_method="POST")  # fmt: skip
def save(edition: Edition, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Save what was typed, complete or not; then hand in when asked to."""
    editing = _editing(edition, request)
    outcome = editing.save()
    return _page(editing, outcome) if isinstance(outcome, Shown) else outcome


@view_config(route_name="catalogue.local.preview", permission=READ, renderer="catalogue/one.jinja2")
def preview(edition: Edition, request: Request) -> dict[str, Any]:
    """The public page of the agency as it will be."""
    national = national_edition(request.db, edition.data["procedure"])
    if national is None:
        raise HTTPNotFound
    request.response.cache_control.no_store = True
    row = request.db.get_one(LocalService, edition.id)
    page = page_of(request, queries.of_edition(request.db, national), row)
    return page | {"draft": edition.state is not State.PUBLISHED}


def _variants(item: Item, request: Request, form: Any) -> dict[str, Any]:
    edition = item.live or item.working or item.editions[-1]
    return {
        "item": item,
        "procedure": queries.of_edition(request.db, edition),
        "rows": queries_desk.variants_of(request.db, item.uid, units_of(request)),
        "mine": units_of(request),
        "states": STATES,
        "form": form if unit_choices(request) else None,
    }


def _new_form(request: Request) -> Form:
    return Form(
        NewLocalSchema(),
        request=request,
        buttons=(Button("begin", _("Thêm phần của địa phương")),),
        form_id="dia-phuong-moi",
        units=unit_choices(request),
    )


def _editing(edition: Edition, request: Request) -> Editing:
    behind = request.db.get_one(LocalService, edition.id).behind
    current = queries_desk.eforms(request.db)
    chosen = edition.data["eform"]
    form = Form(
        ChangedLocalSchema() if behind else LocalSchema(),
        request=request,
        buttons=BUTTONS,
        action=request.route_path("catalogue.local.edit", uid=edition.item.uid),
        form_id=FORM_ID,
        attributes=attributes(request, edition),
        eforms=[*current, (chosen, chosen)] if chosen and chosen not in dict(current) else current,
    )
    return Editing(
        request, edition, form, values=partial(_values, request), data=partial(_data, request, behind=behind)
    )


def _values(request: Request, data: Data) -> dict[str, Any]:
    national = national_edition(request.db, data["procedure"])
    return local_values_of(data) | {"seen": fingerprint(national.data) if national else None, "compared": False}


def _data(request: Request, values: dict[str, Any], before: Data, *, behind: bool) -> Data:
    """`seen`: the national words that stood beside the form; they count as compared unless the person must say so."""
    after = local_data_of(values, before, partial(forms.code_of, request))
    seen = values.get("seen") or before["saw"]
    if behind and not values.get("compared"):
        seen = kept_apart(before, seen)
    national = national_edition(request.db, before["procedure"])
    return after | {"saw": seen, "name": national.data["name"] if national else before["name"]}


def _page(editing: Editing, shown: Shown) -> dict[str, Any]:
    edition, request = editing.edition, editing.request
    national = national_edition(request.db, edition.data["procedure"])
    schema = LocalSchema.sections
    return {
        "edition": edition,
        "item": edition.item,
        "national": national,
        "behind": request.db.get_one(LocalService, edition.id).behind,
        "sections": [(f"{FORM_ID}-section-{n}", s.title) for n, s in enumerate(schema, 1)],
        "names_id": NAMES,
        "agency_names": forms.agency_names(request),
        "presence_url": request.route_path("publishing.presence", uid=edition.item.uid, number=edition.number),
        "limit_words": lambda row: present.limit_words(request, row),
        "fee_words": lambda row: present.fee_words(request, row),
        **LABELS,
        **vars(shown),
    }
