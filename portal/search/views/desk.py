"""The desk's part of search: what people searched for."""

import csv
import io
from typing import Any

from pyramid.response import Response
from pyramid.view import view_config

from portal import clock
from portal.errors import BadParameter
from portal.request import Request, _
from portal.search import queries
from portal.search.asking import RARE
from portal.search.desk_routes import SearchDesk
from portal.search.rules import LOOK, MAINTAIN

USUAL = 30
MOST_EXPORTED = 20_000
_COLUMNS = (
    _("Câu tìm"),
    _("Số lần tìm"),
    _("Số lần không có kết quả"),
    _("Kết quả lần gần nhất"),
    _("Ngày gần nhất"),
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@view_config(route_name="search.desk", request_method="GET", permission=LOOK, renderer="search/desk/report.jinja2")
def report(context: SearchDesk, request: Request) -> dict[str, Any]:
    """What was searched for: what found nothing first, then what was asked most."""
    days = _days(request)
    return {
        "days": days,
        "periods": queries.PERIODS,
        "report": queries.report(request.db, clock.today(request.at), days),
        "least": RARE,
        "may_maintain": bool(request.has_permission(MAINTAIN, context)),
    }


@view_config(route_name="search.report", request_method="GET", permission=LOOK)
def export(context: SearchDesk, request: Request) -> Response:
    """The same as a table for a spreadsheet, without rare queries."""
    days, today = _days(request), clock.today(request.at)
    found = queries.report(request.db, today, days, limit=MOST_EXPORTED)
    written = io.StringIO()
    table = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC)  # whatever sign a spreadsheet separates cells by
    table.writerow([request.translate(column) for column in _COLUMNS])
    for row in (*found.missed, *found.most):
        table.writerow([as_text(row.text), row.times, row.missed, row.last_total, row.last_on.isoformat()])
    answer = Response(body=b"\xef\xbb\xbf" + written.getvalue().encode(), content_type="text/csv", charset="utf-8")
    answer.content_disposition = f'attachment; filename="tim-kiem-{today.isoformat()}-{days}-ngay.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _days(request: Request) -> int:
    wanted = request.GET.get("ngay") or str(USUAL)
    if wanted not in map(str, queries.PERIODS):
        raise BadParameter("ngay")
    return int(wanted)
