"""The register for its administrators: list, change, add, reorganise."""

from collections.abc import Iterable
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal import audit
from portal.agencies import queries, service
from portal.agencies.errors import AgencyError
from portal.agencies.kinds import KIND_LABELS, Kind
from portal.agencies.models import Agency
from portal.agencies.routes import RegisterPage, UnitPage
from portal.agencies.rules import ADD, CHANGE, DESCRIBE, LIST, MERGE
from portal.agencies.schemas import ChangeUnit, DescribeUnit, MergeUnits
from portal.agencies.views.public import wanted_kind
from portal.db import page_of
from portal.errors import BadParameter
from portal.forms import Button, Form, Invalid
from portal.request import Request, _
from portal.rules import ADMINISTRATOR

SIZE = 50


@view_config(route_name="agencies.desk", request_method="GET", permission=LIST, renderer="agencies/desk.jinja2")
def list_units(context: RegisterPage, request: Request) -> dict[str, Any]:
    """All units, former ones too; each row says whether this person may change it."""
    kind, text = wanted_kind(request), (request.GET.get("q") or "").strip()
    number = request.GET.get("trang") or "1"
    if not number.isdecimal() or not 1 <= int(number) <= 10_000:
        raise BadParameter("trang")
    page = page_of(request.db, queries.search(text, kind), page=int(number), size=SIZE)
    return {
        "page": page,
        "rows": [(unit, bool(request.has_permission(DESCRIBE, _page_of(context, unit)))) for unit in page.rows],
        "text": text,
        "kind": kind.value if kind else "",
        "kinds": [(member.value, request.translate(label)) for member, label in KIND_LABELS.items()],
        "kind_labels": {member.value: label for member, label in KIND_LABELS.items()},
    }


@view_config(route_name="agencies.edit", request_method="GET", permission=DESCRIBE, renderer="agencies/form.jinja2")
def show_unit(context: UnitPage, request: Request) -> dict[str, Any]:
    """The form of a unit: everything for who may change it, else the description only."""
    return _unit_answer(context, request, _unit_form(context, request).render(_values(context.agency)))


@view_config(route_name="agencies.edit", request_method="POST", permission=DESCRIBE, renderer="agencies/form.jinja2")
def change_unit(context: UnitPage, request: Request) -> Any:
    """Save what this person may change."""
    form = _unit_form(context, request)
    try:
        values = _typed(request, form)
        service.change_unit(request.db, context.agency, by=_actor(request), at=request.at, **values)
    except Invalid as refused:
        request.response.status_int = refused.status
        return _unit_answer(context, request, refused.form.render())
    except AgencyError as error:
        form.refuse(error.message)
        request.response.status_int = error.status
        return _unit_answer(context, request, form.render())
    request.session.flash(request.translate(_("Đã lưu thông tin đơn vị.")))
    return HTTPSeeOther(request.route_path("agencies.desk"))


@view_config(route_name="agencies.add", request_method="GET", permission=ADD, renderer="agencies/form.jinja2")
def show_add(context: RegisterPage, request: Request) -> dict[str, Any]:
    """The empty form of a new unit."""
    return _add_answer(_add_form(context, request).render())


@view_config(route_name="agencies.add", request_method="POST", permission=ADD, renderer="agencies/form.jinja2")
def add_unit(context: RegisterPage, request: Request) -> Any:
    """Add a unit below one that this person administers; at the top only for who keeps the register."""
    form = _add_form(context, request)
    try:
        values = _typed(request, form)
        values.pop("version")
        service.add_unit(request.db, values.pop("name"), by=_actor(request), at=request.at, **values)
    except Invalid as refused:
        request.response.status_int = refused.status
        return _add_answer(refused.form.render())
    except AgencyError as error:
        form.refuse(error.message)
        request.response.status_int = error.status
        return _add_answer(form.render())
    request.session.flash(request.translate(_("Đã thêm đơn vị vào danh bạ.")))
    return HTTPSeeOther(request.route_path("agencies.desk"))


@view_config(route_name="agencies.merge", request_method="GET", permission=MERGE, renderer="agencies/merge.jinja2")
def show_merge(request: Request) -> dict[str, Any]:
    """The form of a reorganisation."""
    return {"form": _merge_form(request).render()}


@view_config(route_name="agencies.merge", request_method="POST", permission=MERGE, renderer="agencies/merge.jinja2")
def merge(request: Request) -> Any:
    """End some units and let others follow."""
    form = _merge_form(request)
    try:
        values = form.validate(request.POST.items())
        ending, following = (_by_ids(request, values.pop(side)) for side in ("predecessors", "successors"))
        service.merge(request.db, ending, following, by=_actor(request), at=request.at, **values)
    except Invalid as refused:
        request.response.status_int = refused.status
        return {"form": refused.form.render()}
    except AgencyError as error:
        form.refuse(error.message)
        request.response.status_int = error.status
        return {"form": form.render()}
    request.session.flash(request.translate(_("Đã ghi nhận việc sắp xếp đơn vị.")))
    return HTTPSeeOther(request.route_path("agencies.desk"))


def _unit_form(context: UnitPage, request: Request) -> Form:
    whole = bool(request.has_permission(CHANGE, context))
    return Form(
        ChangeUnit() if whole else DescribeUnit(),
        request=request,
        buttons=_buttons(request),
        units=_parents(context, request, context.agency.parent) if whole else (),
        parent_required=context.agency.parent_id is not None and not _keeps(context, request),
    )


def _add_form(context: RegisterPage, request: Request) -> Form:
    return Form(
        ChangeUnit(),
        request=request,
        buttons=_buttons(request),
        units=_parents(context, request, None),
        parent_required=not _keeps(context, request),
    )


def _merge_form(request: Request) -> Form:
    units = request.db.scalars(queries.search(None).where(Agency.valid_to.is_(None)))
    return Form(MergeUnits(), request=request, buttons=_buttons(request), units=_choices(units, request.lang))


def _buttons(request: Request) -> tuple[Button, ...]:
    back = request.route_path("agencies.desk")
    return Button("save", _("Lưu")), Button("cancel", _("Hủy"), kind="secondary", href=back)


def _parents(context: RegisterPage, request: Request, present: Agency | None) -> list[tuple[str, str]]:
    """Under which units this person may put one: all for who keeps the register, else those they administer."""
    query = queries.search(None).where(Agency.valid_to.is_(None))
    if not _keeps(context, request) and request.identity is not None:
        query = query.where(Agency.id.in_(request.identity.units(ADMINISTRATOR)))
    choices = _choices(request.db.scalars(query), request.lang)
    if present is not None and present.valid_to is not None:
        choices.append((str(present.id), present.label(request.lang)))
    return choices


def _choices(units: Iterable[Agency], language: str) -> list[tuple[str, str]]:
    named = [(unit, unit.label(language)) for unit in units]
    return [(str(unit.id), f"{name} ({unit.code})" if unit.code else name) for unit, name in named]


def _typed(request: Request, form: Form) -> dict[str, Any]:
    """The values sent, as the service takes them."""
    values = form.validate(request.POST.items())
    values["aliases"] = [line.strip() for line in (values["aliases"] or "").splitlines() if line.strip()]
    if "parent" in values:
        values["parent"] = request.db.get(Agency, values["parent"]) if values["parent"] else None
        values["kind"] = Kind(values["kind"])
    return values


def _values(agency: Agency) -> dict[str, Any]:
    """What the form shows of a unit; the schema picks its own fields."""
    shown = {name: getattr(agency, name) for name in (*service.PROFILE, *service.IDENTITY, "version")}
    return {**shown, "parent": agency.parent_id, "aliases": "\n".join(agency.other_names)}


def _unit_answer(context: UnitPage, request: Request, form: Any) -> dict[str, Any]:
    lines = audit.history(request.db, context.agency.uid)
    return {"agency": context.agency, "form": form, "history": lines[:20], "actions": ACTIONS}


def _add_answer(form: Any) -> dict[str, Any]:
    return {"agency": None, "form": form, "history": [], "actions": ACTIONS}


def _by_ids(request: Request, ids: list[int]) -> list[Agency]:
    return [unit for unit in (request.db.get(Agency, number) for number in dict.fromkeys(ids)) if unit is not None]


def _keeps(context: RegisterPage, request: Request) -> bool:
    return bool(request.has_permission(MERGE, RegisterPage(context.keeper_id)))


def _page_of(context: RegisterPage, unit: Agency) -> UnitPage:
    return UnitPage(context.keeper_id, unit, unit.id, unit.parent_id)


def _actor(request: Request) -> audit.Actor | None:
    return request.identity.person if request.identity else None


ACTIONS = {
    "added": _("Thêm vào danh bạ"),
    "changed": _("Sửa thông tin"),
    "merged": _("Kết thúc hoạt động, chuyển nhiệm vụ"),
    "took_over": _("Tiếp nhận nhiệm vụ"),
}
