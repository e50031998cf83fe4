"""The editors' list of documents."""

from typing import Any

from pyramid.view import view_config

from portal.errors import BadParameter
from portal.notices import queries
from portal.notices.intake import queries as intake
from portal.notices.queries import Filter
from portal.notices.rules import CREATE, LIST
from portal.notices.types import BY_SLUG, TYPES
from portal.notices.views.filters import MOST, number
from portal.publishing.models import State
from portal.publishing.views.labels import STATES
from portal.request import Request, _
from portal.rules import APPROVER, EDITOR, READER

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
        "has_batches": intake.batches(request.db, wanted.units or frozenset(), page=1, size=1).total > 0,
    }
