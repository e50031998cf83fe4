"""What readers told, for those who write and approve the pages."""

import csv
import io
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from portal import clock
from portal.errors import BadParameter
from portal.feedback import queries, service
from portal.feedback.models import Rating
from portal.feedback.routes import Words
from portal.feedback.rules import LOOK, REMOVE
from portal.feedback.schemas import RATINGS
from portal.publishing.routes import small_number
from portal.request import Request, _
from portal.rules import APPROVER, EDITOR
from portal.search.views.desk import as_text

USUAL, SIZE, MOST = 30, 30, 20_000
_COLUMNS = (_("Trang"), _("Địa chỉ"), *RATINGS.values())
_WORDS_COLUMNS = (_("Ngày"), _("Trang"), _("Địa chỉ"), _("Mức"), _("Ý kiến"))


@view_config(route_name="feedback.desk", request_method="GET", permission=LOOK, renderer="feedback/desk.jinja2")
def look(context: Any, request: Request) -> dict[str, Any]:
    """Pages by how many readers were not satisfied, and what readers wrote."""
    for name in request.GET:
        if name not in ("ngay", "trang"):
            raise BadParameter(name)
    days, units, today = _days(request), _units(request), clock.today(request.at)
    page = small_number(request.GET.get("trang")) or 1
    told = queries.told(request.db, units, today, days)
    words = queries.words(request.db, units, today, days, page=page, size=SIZE)
    return {
        "days": days,
        "periods": queries.PERIODS,
        "told": told,
        "times": sum(one.times for one in told),
        "page": words,
        "titles": queries.titles_of(request.db, {row.item_id for row in words.rows}),
        "ratings": RATINGS,
        "kept": service.KEPT.days,
    }


@view_config(route_name="feedback.export", request_method="GET", permission=LOOK)
def export(context: Any, request: Request) -> Response:
    """The same as a table for a spreadsheet: the counts, then the words."""
    days, units, today = _days(request), _units(request), clock.today(request.at)
    written = io.StringIO()
    table = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC)
    table.writerow([request.translate(column) for column in _COLUMNS])
    for one in queries.told(request.db, units, today, days):
        counts = [one.counts.get(rating.value, 0) for rating in Rating]
        table.writerow([as_text(one.title), as_text(one.item.path or ""), *counts])
    table.writerow([])
    table.writerow([request.translate(column) for column in _WORDS_COLUMNS])
    rows = queries.words(request.db, units, today, days, page=1, size=MOST).rows
    titles = queries.titles_of(request.db, {row.item_id for row in rows})
    for row in rows:
        cells = (titles.get(row.item_id, ""), row.item.path or "", request.translate(RATINGS[Rating(row.rating)]))
        table.writerow([row.told_on.isoformat(), *map(as_text, cells), as_text(row.words)])
    answer = Response(body=b"\xef\xbb\xbf" + written.getvalue().encode(), content_type="text/csv", charset="utf-8")
    answer.content_disposition = f'attachment; filename="y-kien-{today.isoformat()}-{days}-ngay.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@view_config(route_name="feedback.remove", request_method="POST", permission=REMOVE)
def remove(context: Words, request: Request) -> HTTPSeeOther:
    """Take words away that hold somebody's private matters."""
    identity = request.identity
    assert identity is not None
    service.remove(request.db, context.row, by=identity.person, at=request.at)
    request.session.flash(request.translate(_("Đã xóa ý kiến.")))
    return HTTPSeeOther(request.route_path("feedback.desk"))


def _units(request: Request) -> frozenset[int]:
    identity = request.identity
    assert identity is not None
    return identity.units(EDITOR) | identity.units(APPROVER)


def _days(request: Request) -> int:
    wanted = request.GET.get("ngay") or str(USUAL)
    if wanted not in map(str, queries.PERIODS):
        raise BadParameter("ngay")
    return int(wanted)
