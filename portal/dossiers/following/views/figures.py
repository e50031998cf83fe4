"""How many dossiers were received, solved, and solved in time: for everybody, as chart, tables and CSV (A6-7, A6-8)."""

import csv
import io
from typing import Any

from pyramid.response import Response
from pyramid.view import view_config

from portal import clock
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.dossiers.figures import Figures
from portal.dossiers.following import chart, statistics
from portal.dossiers.following.rules import FIGURES
from portal.errors import BadParameter
from portal.request import Request, _
from portal.search.views.desk import as_text

COLUMNS = {
    "received": _("Tiếp nhận"),
    "solved": _("Đã giải quyết"),
    "on_time": _("Đúng hạn"),
    "late": _("Quá hạn"),
    "open_in_time": _("Đang giải quyết, còn hạn"),
    "open_late": _("Đang giải quyết, quá hạn"),
}
HEAD = (_("Nhóm"), _("Tên"), _("Cách tính"), *COLUMNS.values(), _("Tỷ lệ đúng hạn (%)"))
GROUPS = {
    "total": _("Cả kỳ"),
    "by_month": _("Theo tháng"),
    "by_field": _("Theo lĩnh vực"),
    "by_agency": _("Theo cơ quan giải quyết"),
}
METHODS = {"law": _("Nghị định 61/2018/NĐ-CP"), "kpi": _("Quyết định 766/QĐ-TTg")}
TOGETHER = _("Các nhóm có ít hồ sơ, gộp lại")


@view_config(
    route_name="following.figures",
    request_method="GET",
    permission=FIGURES,
    renderer="dossiers/following/figures.jinja2",
)
def look(request: Request) -> dict[str, Any]:
    """The figures of a year until yesterday. The same all day, so it may be kept until midnight."""
    years, year, agency = _asked(request)
    found = statistics.published(request.db, year, clock.today(request.at), agency=agency, lang=request.lang)
    request.depends_on("figures:dossiers", "agencies")
    return {
        "found": found,
        "years": years,
        "agency": agency,
        "agencies": statistics.deciding(request.db),
        "chart": chart.drawn(found.by_month),
        "columns": COLUMNS,
        "together": TOGETHER,
        "percent": percent,
        "fewest": statistics.FEWEST,
        "csv": {name: value for name, value in request.GET.items() if value},
    }


@view_config(route_name="following.figures_csv", request_method="GET", permission=FIGURES)
def table(request: Request) -> Response:
    """The same as a table: a line for each group and way of counting; a cell is empty where there are too few."""
    _years, year, agency = _asked(request)
    found = statistics.published(request.db, year, clock.today(request.at), agency=agency, lang=request.lang)
    written = io.StringIO()
    out = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC)
    out.writerow([request.translate(text) for text in HEAD])
    for group, label in GROUPS.items():
        rows = [found.total] if group == "total" else getattr(found, group)
        for row in rows:
            name = row.said.text if row.said else request.translate(TOGETHER) if group != "total" else str(found.year)
            for method, norm in METHODS.items():
                cells = (request.translate(label), as_text(name), request.translate(norm))
                out.writerow([*cells, *_numbers(getattr(row, method))])
    answer = Response(body=b"\xef\xbb\xbf" + written.getvalue().encode(), content_type="text/csv", charset="utf-8")
    of = f"-{agency.key}" if agency else ""
    answer.content_disposition = f'attachment; filename="thong-ke-ho-so-{found.year}{of}.csv"'
    request.depends_on("figures:dossiers", "agencies")
    return answer


def percent(one: Figures | None) -> float | None:
    """The share solved in time, as a percentage with one decimal."""
    share = one.share_on_time if one is not None else None
    return round(share * 100, 1) if share is not None else None


def _numbers(one: Figures | None) -> list[Any]:
    if one is None:
        return [""] * (len(COLUMNS) + 1)
    share = percent(one)
    return [*(getattr(one, name) for name in COLUMNS), "" if share is None else share]


def _asked(request: Request) -> tuple[list[int], int, Agency | None]:
    """Years to choose from, the year, the agency. Raises `BadParameter`."""
    for name in request.GET:
        if name not in ("nam", "co-quan"):
            raise BadParameter(name)
    years = statistics.years(request.db, clock.today(request.at))
    wanted = request.GET.get("nam") or str(years[0])
    if wanted not in map(str, years):
        raise BadParameter("nam")
    key = request.GET.get("co-quan")
    agency = agencies.by_key(request.db, key) if key else None
    if key and agency is None:
        raise BadParameter("co-quan")
    return years, int(wanted), agency
