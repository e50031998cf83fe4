"""The editors' list of procedures, and how a new one begins."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.catalogue import queries_desk, service
from portal.catalogue.data import Service
from portal.catalogue.desk.schemas import NewProcedureSchema
from portal.catalogue.labels import SERVICES, SHORT_SERVICES
from portal.catalogue.queries_desk import DeskFilter
from portal.catalogue.rules import CREATE, LIST
from portal.clock import today
from portal.errors import BadParameter
from portal.forms import Button, Form, Invalid
from portal.notices.views.filters import MOST, number
from portal.publishing.models import State
from portal.publishing.views.actions import person_of
from portal.publishing.views.labels import STATES
from portal.request import Request, _
from portal.rules import APPROVER, EDITOR, READER

SIZE = 50
PARAMETERS = frozenset(
    {"q", "pham-vi", "trang-thai", "co-quan", "linh-vuc", "muc-do", "xem", "xep", "trang"}
)  # fmt: skip
SORTS = {
    "moi-sua": ("updated", _("Mới sửa trước")),
    "ten": ("name", _("Tên A–Z")),
    "ma": ("code", _("Mã thủ tục")),
    "ra-soat": ("review", _("Hạn rà soát")),
}
SCOPES = {"": _("Của đơn vị tôi"), "tat-ca": _("Cả thủ tục của đơn vị khác")}
VIEWS = {"can-kiem-tra": _("Còn điểm cần kiểm tra"), "qua-han": _("Quá hạn rà soát")}


@view_config(route_name="catalogue.desk", permission=LIST, renderer="catalogue/desk_list.jinja2")
def desk_list(context: Any, request: Request) -> dict[str, Any]:
    """Every procedure of the person's units, each by its current edition."""
    refuse_unknown(request, PARAMETERS)
    units = units_of(request)
    fields = agencies.fields(request.db)
    wanted, authorities = _wanted(request, units, {row.slug for row in fields})
    sort = one_of(request, "xep", SORTS) or "moi-sua"
    page = number("trang", request.GET.get("trang"), 1, MOST) or 1
    lang, translate = request.lang, request.translate
    return {
        "page": queries_desk.desk_page(request.db, wanted, sort=SORTS[sort][0], page=page, size=SIZE),
        "wanted": wanted,
        "given": {name: request.GET.get(name, "") for name in PARAMETERS},
        "sort": sort,
        "states": STATES,
        "services": SHORT_SERVICES,
        "today": today(request.at),
        "late": queries_desk.late_count(request.db, units, today(request.at)),
        "scope_options": [(key, translate(label)) for key, label in SCOPES.items() if key],
        "view_options": [(key, translate(label)) for key, label in VIEWS.items()],
        "state_options": [(key.value, translate(label)) for key, label in STATES.items()],
        "service_options": [(key.value, translate(label)) for key, label in SERVICES.items()],
        "sort_options": [(key, translate(label)) for key, (_name, label) in SORTS.items() if key != "moi-sua"],
        "authority_options": [(agency.key, agency.label(lang)) for agency in authorities],
        "field_options": [(row.slug, row.label(lang)) for row in fields],
        "action": request.route_path("catalogue.desk"),
        "may_create": request.has_permission(CREATE),
    }


@view_config(route_name="catalogue.new", permission=CREATE, renderer="catalogue/desk_new.jinja2", request_method="GET")
def new(context: Any, request: Request) -> dict[str, Any]:
    """Ask for the little that a draft begins with."""
    return {"form": _new_form(request).render({"unit": None, "code": None, "name": None})}


@view_config(route_name="catalogue.new", permission=CREATE, renderer="catalogue/desk_new.jinja2", request_method="POST")
def begin(context: Any, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Open the draft."""
    form = _new_form(request)
    try:
        values = form.validate(request.POST.items())
    except Invalid as refused:
        request.response.status_int = refused.status
        return {"form": refused.form.render()}
    edition = service.create(
        request.db,
        {"code": values["code"], "name": values["name"]},
        unit=request.db.get_one(Agency, int(values["unit"])),
        origin=request.portal.origin,
        by=person_of(request),
        at=request.at,
    )
    return HTTPSeeOther(request.route_path("catalogue.edit", uid=edition.item.uid))


def units_of(request: Request, *roles: str) -> frozenset[int]:
    """The ids of the units in which the person holds one of the roles; any of those that work on content by default."""
    identity = request.identity
    assert identity is not None
    return frozenset().union(*(identity.units(role) for role in roles or (READER, EDITOR, APPROVER)))


def unit_choices(request: Request) -> list[tuple[str, str]]:
    """The units for which the person may write."""
    units = units_of(request, EDITOR, APPROVER)
    rows = request.db.query(Agency).where(Agency.id.in_(units), Agency.valid_to.is_(None)).order_by(Agency.name)
    return [(str(agency.id), agency.label(request.lang)) for agency in rows]


def refuse_unknown(request: Request, known: frozenset[str]) -> None:
    """Raises `BadParameter` for a parameter that the page does not have."""
    for name in request.GET:
        if name not in known:
            raise BadParameter(name)


def one_of(request: Request, name: str, known: Any) -> str:
    """The value of a parameter, empty when not given. Raises `BadParameter` when it is not one of the known."""
    value = str(request.GET.get(name, ""))
    if value and value not in known:
        raise BadParameter(name)
    return value


def _wanted(request: Request, units: frozenset[int], fields: set[str]) -> tuple[DeskFilter, list[Agency]]:
    state = one_of(request, "trang-thai", tuple(State))
    view = one_of(request, "xem", VIEWS)
    reach = DeskFilter(units, all_public=bool(one_of(request, "pham-vi", SCOPES)))
    authorities = queries_desk.authorities(request.db, reach)
    by_key = {agency.key: agency.id for agency in authorities}
    wanted = DeskFilter(
        units,
        all_public=reach.all_public,
        states=(State(state),) if state else (),
        authority_id=by_key.get(one_of(request, "co-quan", by_key)),
        field=one_of(request, "linh-vuc", fields) or None,
        service=one_of(request, "muc-do", tuple(Service)) or None,
        doubtful=view == "can-kiem-tra",
        late_on=today(request.at) if view == "qua-han" else None,
        words=request.GET.get("q", "")[:200],
    )
    return wanted, authorities


def _new_form(request: Request) -> Form:
    return Form(
        NewProcedureSchema(),
        request=request,
        buttons=(Button("begin", _("Tạo bản nháp")),),
        form_id="thu-tuc-moi",
        units=unit_choices(request),
    )
