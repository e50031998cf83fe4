"""The officer's inbox: what to do, what is due first."""

from typing import Any

from pyramid.view import view_config

from portal.db import page_of
from portal.dossiers import queries
from portal.dossiers.desk import noting, presenting
from portal.dossiers.desk.bulk import offered
from portal.dossiers.desk.views import office_of, officer_of
from portal.dossiers.queries import Sort, Tab, Wanted
from portal.dossiers.rules import LIST
from portal.errors import BadParameter
from portal.publishing.routes import small_number
from portal.request import Request, _
from portal.rules import RECEPTIONIST
from portal.text import without_controls

SIZE = 25
LONGEST = 100
TABS = {
    Tab.MINE: _("Của tôi"),
    Tab.UNASSIGNED: _("Chưa phân công"),
    Tab.ALL: _("Đang mở"),
    Tab.WAITING: _("Chờ người nộp"),
    Tab.OVERDUE: _("Quá hạn"),
    Tab.RESULT: _("Chờ trả kết quả"),
    Tab.DONE: _("Đã xong"),
}
SORTS = {Sort.DUE: _("Hạn trả trước"), Sort.NEWEST: _("Mới nộp trước"), Sort.OLDEST: _("Nộp lâu nhất trước")}
PURPOSE = "Tìm hồ sơ theo tên người nộp"


@view_config(route_name="dossiers.inbox", request_method="GET", permission=LIST, renderer="dossiers/desk/inbox.jinja2")
def inbox(context: Any, request: Request) -> dict[str, Any]:
    """The list of a tab; a search by name is a reading of personal data and is noted for each dossier shown."""
    for name in request.GET:
        if name not in ("muc", "q", "xep", "trang"):
            raise BadParameter(name)
    identity, office, at = officer_of(request), office_of(request), request.at
    counts = queries.counts(request.db, identity, at=at)
    usual = Tab.UNASSIGNED if identity.has(RECEPTIONIST) else Tab.MINE if counts[Tab.MINE] else Tab.ALL
    wanted = Wanted(
        tab=_one_of(request, "muc", Tab, Tab.ALL if request.GET.get("q") else usual),
        text=" ".join(without_controls(request.GET.get("q", "")).split())[:LONGEST],
        sort=_one_of(request, "xep", Sort, Sort.DUE),
    )
    number = small_number(request.GET.get("trang") or "1")
    if not number:
        raise BadParameter("trang")
    page = page_of(request.db, queries.listed(identity, wanted, at=at), page=number, size=SIZE)
    rows = presenting.rows_of(request.db, page.rows, identity, office, at)
    if wanted.text and not any(sign.isdigit() for sign in wanted.text):
        noting.note(request, [row.dossier for row in rows], "search", PURPOSE)
    request.response.cache_control.no_store = True
    return {
        "wanted": wanted,
        "tabs": TABS,
        "counts": counts,
        "sorts": SORTS,
        "page": page,
        "rows": rows,
        "bulk": offered(identity),
        "labels": presenting.LABELS,
        "tags": presenting.TAGS,
        "may_register": identity.has(RECEPTIONIST),
    }


def _one_of(request: Request, name: str, kind: Any, usual: Any) -> Any:
    value = request.GET.get(name)
    if not value:
        return usual
    try:
        return kind(value)
    except ValueError:
        raise BadParameter(name) from None
