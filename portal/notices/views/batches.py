"""Batches of files: the list, one batch, and what can be done with it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.notices.forms import NAMES
from portal.notices.intake import queries, service
from portal.notices.intake.models import IntakeBatch, Outcome
from portal.notices.intake.queries import Line
from portal.notices.intake.saying import said
from portal.notices.models import Notice
from portal.notices.rules import CHANGE_BATCH, LIST, READ_BATCH
from portal.notices.views.filters import MOST, number
from portal.publishing.models import State
from portal.publishing.rules import READ
from portal.publishing.views.actions import person_of
from portal.request import Request, _
from portal.rules import APPROVER, EDITOR, READER

SIZE = 100
OUTCOMES = {
    Outcome.WAITING: _("Chờ đọc"),
    Outcome.DRAFT: _("Đã thành bản nháp"),
    Outcome.ASKING: _("Cần chọn bảng mã"),
    Outcome.SAME: _("Trùng tệp"),
    Outcome.REFUSED: _("Không nhận"),
    Outcome.SECRET: _("Có dấu mật, đã hủy"),
    Outcome.UNPACKED: _("Tệp nén, đã mở"),
}


@view_config(route_name="notices.batches", permission=LIST, renderer="notices/batches.jinja2")
def batch_list(context: Any, request: Request) -> dict[str, Any]:
    """The batches of the person's units."""
    identity = request.identity
    assert identity is not None
    units = identity.units(READER) | identity.units(EDITOR) | identity.units(APPROVER)
    page = queries.batches(request.db, units, page=_page(request), size=SIZE)
    return {"page": page, "progress": queries.progress(request.db, [batch.id for batch in page.rows])}


@view_config(route_name="notices.batch", permission=READ_BATCH, renderer="notices/batch.jinja2", request_method="GET")
def batch_page(batch: IntakeBatch, request: Request) -> dict[str, Any]:
    """How far it is, and what needs a look."""
    page = queries.lines(request.db, batch, page=_page(request), size=SIZE)
    progress = queries.progress(request.db, [batch.id])[batch.id]
    rows = [_shown(request, line) for line in page.rows]
    request.response.cache_control.no_store = True
    return {
        "batch": batch,
        "page": page,
        "progress": progress,
        "running": progress.waiting > progress.failed and batch.stopped_at is None,
        "to_see": [row for row in rows if row["look"]],
        "others": [row for row in rows if not row["look"]],
        "outcomes": OUTCOMES,
        "may_change": request.has_permission(CHANGE_BATCH, batch),
    }


@view_config(route_name="notices.batch_action", match_param="action=dung", permission=CHANGE_BATCH,
             request_method="POST")  # fmt: skip
def stop(batch: IntakeBatch, request: Request) -> HTTPSeeOther:
    """Read no further."""
    service.stop(request.db, batch, by=person_of(request), at=request.at)
    return _back(request, batch, _("Đã dừng. Các tệp chưa đọc vẫn chờ ở đây."))


@view_config(route_name="notices.batch_action", match_param="action=doc-tiep", permission=CHANGE_BATCH,
             request_method="POST")  # fmt: skip
def resume(batch: IntakeBatch, request: Request) -> HTTPSeeOther:
    """Go on."""
    service.resume(request.db, batch, by=person_of(request), at=request.at)
    return _back(request, batch, _("Đang đọc tiếp."))


@view_config(route_name="notices.batch_action", match_param="action=xoa", permission=CHANGE_BATCH,
             request_method="POST")  # fmt: skip
def forget(batch: IntakeBatch, request: Request) -> HTTPSeeOther:
    """Take it off the list."""
    service.forget(request.db, batch, by=person_of(request), at=request.at)
    request.session.flash(request.translate(_("Đã xóa lô khỏi danh sách. Các bản nháp vẫn còn.")))
    return HTTPSeeOther(request.route_path("notices.batches"))


def _page(request: Request) -> int:
    return number("trang", request.GET.get("trang"), 1, MOST) or 1


def _back(request: Request, batch: IntakeBatch, told: str) -> HTTPSeeOther:
    request.session.flash(request.translate(told))
    return HTTPSeeOther(request.route_path("notices.batch", uid=batch.uid))


def _shown(request: Request, line: Line) -> dict[str, Any]:
    """A row of the list: the file, its draft where there is one, and sentences about what to look at."""
    row, item = line.file, line.file.item
    visible = item is not None and bool(request.has_permission(READ, item))
    return {
        "file": row,
        "look": line.needs_a_look,
        "title": (line.notice.title if line.notice else "") if visible else "",
        "number": line.notice.full_number if line.notice and visible else None,
        "href": _href(request, line) if visible else None,
        "reasons": [request.translate(reason) for reason in _reasons(request, line)],
        "tag": OUTCOMES[Outcome(row.outcome)],
    }


def _href(request: Request, line: Line) -> str | None:
    item, notice = line.file.item, line.notice
    if item is None:
        return None
    is_draft = notice is not None and notice.edition.state == State.DRAFT
    return str(request.route_path("notices.edit" if is_draft else "publishing.item", uid=item.uid))


def _reasons(request: Request, line: Line) -> list[Any]:
    row, found = line.file, []
    if line.failed:
        found.append(_("Cổng gặp lỗi khi đọc tệp này. Tệp vẫn được giữ; bấm “Đọc tiếp” để thử lại."))
    if row.why is not None:
        found.append(said(row.why))
    if row.outcome == Outcome.SAME:
        found.append(_("Chính tệp này đã có, nên không tạo thêm bản nháp."))
    if row.outcome != Outcome.DRAFT:
        return found
    found += [said(remark) for remark in row.remarks]
    if line.notice is not None and line.notice.doubts:
        doubts = line.notice.edition.data["doubts"]
        names = ", ".join(request.translate(NAMES.get(name, name)) for name in doubts)
        found.append(_("Cần kiểm tra: ${fields}.", mapping={"fields": names}))
    twins = [one for one in line.twins if _may_know(request, one)]
    if twins:
        found.append(_("Trùng số, ký hiệu, cơ quan và năm với ${n} văn bản khác.", mapping={"n": len(twins)}))
    return found


def _may_know(request: Request, notice: Notice) -> bool:
    """What other units have not published yet is none of this person's business."""
    return notice.edition.state == State.PUBLISHED or bool(request.has_permission(READ, notice.edition))
