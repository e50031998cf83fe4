"""The editors' list of documents, and how a new one begins."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.errors import BadParameter, PortalError
from portal.forms import Button, Form, Invalid
from portal.notices import data as record
from portal.notices import queries, service
from portal.notices.paper import PaperTooLong, decoded, from_paper
from portal.notices.queries import Filter
from portal.notices.rules import CREATE, LIST
from portal.notices.schemas import NewNoticeSchema
from portal.notices.types import BY_SLUG, TYPES
from portal.notices.views.filters import MOST, number
from portal.publishing.models import State
from portal.publishing.views.actions import person_of
from portal.publishing.views.labels import STATES
from portal.request import Request, _
from portal.rules import APPROVER, EDITOR, READER
from portal.text import nfc

SIZE = 50
PARAMETERS = frozenset({"q", "loai", "trang-thai", "nam", "xep", "trang", "can-kiem-tra"})
SORTS = {
    "moi-sua": ("updated", _("Mới sửa trước")),
    "ngay": ("issued", _("Ngày ban hành mới trước")),
    "so": ("number", _("Số, ký hiệu")),
    "trich-yeu": ("title", _("Trích yếu A–Z")),
}


@view_config(route_name="notices.desk", permission=LIST, renderer="notices/desk_list.jinja2")
def desk_list(context: Any, request: Request) -> dict[str, Any]:
    """Every document of the person's units, each by its current edition."""
    get = request.GET
    for name in get:
        if name not in PARAMETERS:
            raise BadParameter(name)
    state, sort, page = (
        get.get("trang-thai", ""),
        get.get("xep") or "moi-sua",
        number("trang", get.get("trang"), 1, MOST),
    )
    if sort not in SORTS:
        raise BadParameter("xep")
    if state and state not in tuple(State):
        raise BadParameter("trang-thai")
    if get.get("loai") and get["loai"] not in BY_SLUG:
        raise BadParameter("loai")
    identity = request.identity
    assert identity is not None
    wanted = Filter(
        type=get.get("loai") or None,
        year=number("nam", get.get("nam"), 1900, 2200),
        words=get.get("q", "")[:200],
        units=identity.units(READER) | identity.units(EDITOR) | identity.units(APPROVER),
        states=(State(state),) if state else (),
        doubtful=get.get("can-kiem-tra") == "1",
    )
    return {
        "page": queries.desk_page(request.db, wanted, sort=SORTS[sort][0], page=page or 1, size=SIZE),
        "wanted": wanted,
        "state": state,
        "sort": sort,
        "states": STATES,
        "state_options": [(key.value, request.translate(label)) for key, label in STATES.items()],
        "sort_options": [(key, request.translate(label)) for key, (_name, label) in SORTS.items() if key != "moi-sua"],
        "type_options": [(t.slug, t.label(request.lang)) for t in TYPES],
        "types": BY_SLUG,
        "action": request.route_path("notices.desk"),
        "may_create": request.has_permission(CREATE),
    }


@view_config(route_name="notices.new", permission=CREATE, renderer="notices/new.jinja2", request_method="GET")
def new(context: Any, request: Request) -> dict[str, Any]:
    """Ask for the paper."""
    return {"form": _new_form(request).render()}


@view_config(route_name="notices.new", permission=CREATE, renderer="notices/new.jinja2", request_method="POST")
def begin(context: Any, request: Request) -> dict[str, Any] | HTTPSeeOther:
    """Read the paper and open the draft that it proposes."""
    form = _new_form(request)
    try:
        values = form.validate(request.POST.items())
        data = _proposal(request, values)
    except Invalid as refused:
        request.response.status_int = refused.status
        return {"form": refused.form.render()}
    except PortalError as error:
        request.response.status_int = error.status
        return {"form": form.refuse(error.message, "text").form.render()}
    edition = service.create(
        request.db,
        data,
        unit=request.db.get_one(Agency, int(values["unit"])),
        origin=request.portal.origin,
        by=person_of(request),
        at=request.at,
    )
    return HTTPSeeOther(request.route_path("notices.edit", uid=edition.item.uid))


def _new_form(request: Request) -> Form:
    identity = request.identity
    assert identity is not None
    units = identity.units(EDITOR) | identity.units(APPROVER)
    rows = request.db.query(Agency).where(Agency.id.in_(units), Agency.valid_to.is_(None)).order_by(Agency.name)
    return Form(
        NewNoticeSchema(),
        request=request,
        buttons=(Button("begin", _("Tạo bản nháp")),),
        form_id="van-ban-moi",
        units=[(agency.id, agency.label(request.lang)) for agency in rows],
    )


def _proposal(request: Request, values: dict[str, Any]) -> record.Data:
    limit, file = request.portal.max_text, values["file"]
    text = decoded(file.stream.read(4 * limit + 1)) if file else values["text"] or ""
    if len(text) > limit:
        raise PaperTooLong(limit)
    if not text.strip():
        return record.empty()
    return from_paper(nfc(text), resolve=lambda name: agencies.resolver(request.db, name))
