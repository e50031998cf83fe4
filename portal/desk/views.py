"""The first page of the desk: what waits for me, what I am writing, what goes out next."""

from dataclasses import dataclass
from typing import Any

from pyramid.view import view_config
from sqlalchemy import Select
from translationstring import TranslationString

from portal.db import Page, page_of
from portal.desk.rules import ENTER
from portal.notices import queries as notices
from portal.notices.rules import CREATE
from portal.publishing import queries
from portal.publishing.models import Edition
from portal.publishing.views.labels import STATES
from portal.request import Request, _
from portal.rules import APPROVER, EDITOR, READER
from portal.theming.panels import DESK, panels_of

ROWS = 8


@dataclass(frozen=True)
class Panel:
    """One list of the dashboard. `when`: the column that says when, `empty`: what stands there when nothing does."""

    id: str
    title: TranslationString
    when: TranslationString
    moment: str
    empty: TranslationString
    page: Page[Edition]


@view_config(route_name="desk.dashboard", permission=ENTER, renderer="desk/dashboard.jinja2")
def dashboard(context: Any, request: Request) -> dict[str, Any]:
    """Everything that asks for this person's attention.

    The lists of content are of the units in which the person reads, writes or approves it: without one they are left
    out, as nothing could ever stand there.
    """
    identity = request.identity
    assert identity is not None
    person = identity.person
    mine = identity.units(READER) | identity.units(EDITOR) | identity.units(APPROVER)
    asked: list[tuple[str, TranslationString, TranslationString, str, TranslationString, Select[Any]]] = [
        ("cho-toi", _("Chờ tôi duyệt"), _("Gửi lúc"), "submitted_at", _("Không có gì chờ bạn duyệt."),
         queries.waiting_for(person, identity.units(APPROVER))),
        ("nhap", _("Bản nháp của tôi"), _("Sửa lúc"), "updated_at", _("Bạn không có bản nháp nào."),
         queries.drafts_of(person, mine)),
        ("hen-gio", _("Đã hẹn giờ công bố"), _("Công bố lúc"), "publish_at", _("Không có gì được hẹn giờ."),
         queries.scheduled(mine)),
        ("moi", _("Mới công bố"), _("Công bố lúc"), "published_at", _("Chưa công bố gì."),
         queries.recently_published(mine)),
    ]  # fmt: skip
    panels = [
        Panel(id_, title, when, moment, empty, page_of(request.db, query, page=1, size=ROWS))
        for id_, title, when, moment, empty, query in asked
    ]
    doubtful = notices.desk_page(
        request.db, notices.Filter(units=mine, doubtful=True), sort="updated", page=1, size=ROWS
    )
    return {
        "writes": bool(mine),
        "panels": panels,
        "doubtful": doubtful,
        "overdue": [edition for edition in queries.overdue(request.db, request.at) if edition.unit_id in mine],
        "states": STATES,
        "parts": panels_of(request, DESK),
        "may_create": request.has_permission(CREATE),
    }
