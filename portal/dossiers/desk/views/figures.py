"""What the officers' own units received, solved and owe, by the law's and by decision 766's computation."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from pyramid.view import view_config
from sqlalchemy import select

from portal import clock
from portal.agencies.models import Agency
from portal.catalogue import queries as catalogue
from portal.dossiers import figures
from portal.dossiers.desk.views import officer_of
from portal.dossiers.figures import Figures, Group, Method
from portal.dossiers.models import Dossier
from portal.dossiers.rules import LIST
from portal.errors import BadParameter
from portal.forms.dates import NotADate, parse_date
from portal.request import Request, _
from portal.rules import ADMINISTRATOR, APPROVER, HANDLER, RECEPTIONIST, Identity

METHODS = {Method.LAW: _("Nghị định 61/2018: tính lại từ đầu sau bổ sung"), Method.KPI: _("Quyết định 766: trừ thời gian bổ sung")}  # fmt: skip  # noqa: E501
LONGEST = 366 * 3
MOST = 60


@view_config(
    route_name="dossiers.figures", request_method="GET", permission=LIST, renderer="dossiers/desk/figures.jinja2"
)
def look(context: Any, request: Request) -> dict[str, Any]:
    """The figures of a period: as a whole, by month, by field, by procedure, by agency."""
    for name in request.GET:
        if name not in ("tu", "den", "cach"):
            raise BadParameter(name)
    today = clock.today(request.at)
    first = _day(request, "tu", today.replace(day=1, month=1))
    last = _day(request, "den", today)
    if not timedelta(0) <= last - first <= timedelta(days=LONGEST):
        raise BadParameter("tu", _("Kỳ báo cáo phải bắt đầu trước khi kết thúc và không dài quá ba năm."))
    method = _method(request)
    units, db = units_of(officer_of(request)), request.db
    asked: dict[str, Any] = {"units": units, "method": method}
    names = _names(request, units)
    groups = [
        (group, label, _sorted(figures.figures(db, first, last, by=group, **asked), names[group]))
        for group, label in GROUPS.items()
    ]
    return {
        "first": first,
        "last": last,
        "method": method,
        "methods": METHODS,
        "whole": figures.figures(db, first, last, **asked).get(None, Figures()),
        "other": figures.figures(db, first, last, _other(method), units=units).get(None, Figures()),
        "months": figures.months(db, first, last, **asked),
        "groups": groups,
        "columns": COLUMNS,
    }


GROUPS = {
    Group.AGENCY: _("Theo cơ quan giải quyết"),
    Group.FIELD: _("Theo lĩnh vực"),
    Group.PROCEDURE: _("Theo thủ tục"),
}
COLUMNS = {
    "received": _("Tiếp nhận"),
    "solved": _("Đã giải quyết"),
    "on_time": _("Đúng hạn"),
    "late": _("Quá hạn"),
    "open_in_time": _("Đang xử lý, trong hạn"),
    "open_late": _("Đang xử lý, quá hạn"),
}


def units_of(identity: Identity) -> frozenset[int]:
    """The units whose dossiers this officer has to do with."""
    roles = (RECEPTIONIST, HANDLER, APPROVER, ADMINISTRATOR)
    return frozenset().union(*(identity.units(role) for role in roles))


def _sorted(found: dict[Any, Figures], name: Callable[[Any], Any]) -> list[tuple[Any, Figures]]:
    rows = [(name(key), one) for key, one in found.items()]
    return sorted(rows, key=lambda row: (-row[1].received - row[1].solved, str(row[0])))[:MOST]


def _names(request: Request, units: frozenset[int]) -> dict[Group, Callable[[Any], Any]]:
    """How the key of each group is called: (name, language)."""
    db, lang = request.db, request.lang
    fields = catalogue.fields(db)
    none = (request.translate(_("Chưa xếp lĩnh vực")), lang)
    agencies = {one.id: one for one in db.scalars(select(Agency).where(Agency.id.in_(units)))}
    newest = select(Dossier.item_id, Dossier.title).where(Dossier.deciding_id.in_(units)).order_by(Dossier.id)
    titles: dict[int, str] = {row.item_id: row.title for row in db.execute(newest)}
    return {
        Group.FIELD: lambda slug: (fields[slug].name, "vi") if slug in fields else none,
        Group.AGENCY: lambda key: (agencies[key].name, "vi") if key in agencies else none,
        Group.PROCEDURE: lambda key: (titles.get(key, "–"), "vi"),
    }


def _other(method: Method) -> Method:
    return Method.KPI if method is Method.LAW else Method.LAW


def _method(request: Request) -> Method:
    try:
        return Method(request.GET.get("cach") or Method.LAW)
    except ValueError:
        raise BadParameter("cach") from None


def _day(request: Request, name: str, usual: date) -> date:
    typed = request.GET.get(name)
    if not typed:
        return usual
    try:
        found = parse_date(typed)
    except NotADate as error:
        raise BadParameter(name, error.message) from None
    if not 2000 <= found.year <= 2100:
        raise BadParameter(name)
    return found
