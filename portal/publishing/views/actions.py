"""One view an action; each calls one service function. Every form carries the version that its page showed."""

from datetime import datetime, time
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal import clock
from portal.accounts.models import Person
from portal.publishing import service
from portal.publishing.errors import BadMoment
from portal.publishing.models import Edition
from portal.publishing.routes import small_number
from portal.publishing.rules import EDIT, PUBLISH, REVIEW, SUBMIT, WITHDRAW
from portal.request import Request, _
from portal.text import parse_date

MIN_YEAR = 2000
"""Nobody schedules for an earlier year: a date of two digits was typed."""


def action(name: str, permission: str) -> Any:
    """The view of `…/ban/{number}/{name}`, by POST only."""
    return view_config(
        route_name="publishing.action", match_param=f"action={name}", permission=permission, request_method="POST"
    )


@action("gui-duyet", SUBMIT)
def submit(edition: Edition, request: Request) -> HTTPSeeOther:
    """Hand in for review."""
    service.submit(request.db, edition, **_seen(request))
    return _back(edition, request, _("Đã gửi duyệt. Người duyệt của đơn vị sẽ thấy văn bản trong mục chờ duyệt."))


@action("rut-lai", EDIT)
def take_back(edition: Edition, request: Request) -> HTTPSeeOther:
    """Go on writing."""
    service.take_back(request.db, edition, **_seen(request))
    return _back(edition, request, _("Đã rút lại. Bạn có thể soạn tiếp."))


@action("tra-lai", REVIEW)
def send_back(edition: Edition, request: Request) -> HTTPSeeOther:
    """Return to the writers with a reason."""
    service.send_back(request.db, edition, why=request.POST.get("why", ""), **_seen(request))
    return _back(edition, request, _("Đã trả lại cho người soạn kèm lý do."))


@action("cong-bo", PUBLISH)
def publish(edition: Edition, request: Request) -> HTTPSeeOther:
    """Approve and make public now."""
    service.publish(request.db, edition, **_note(request), **_seen(request))
    return _back(edition, request, _("Đã công bố."))


@action("hen-gio", PUBLISH)
def schedule(edition: Edition, request: Request) -> HTTPSeeOther:
    """Approve and make public later."""
    service.schedule(request.db, edition, publish_at=_moment(request), **_note(request), **_seen(request))
    return _back(edition, request, _("Đã hẹn giờ công bố."))


@action("huy-hen", PUBLISH)
def unschedule(edition: Edition, request: Request) -> HTTPSeeOther:
    """Take off the schedule."""
    service.unschedule(request.db, edition, **_seen(request))
    return _back(edition, request, _("Đã hủy hẹn giờ. Bản này lại là bản nháp."))


@action("thu-hoi", WITHDRAW)
def withdraw(edition: Edition, request: Request) -> HTTPSeeOther:
    """Take off every public page."""
    service.withdraw(request.db, edition, why=request.POST.get("why", ""), **_seen(request))
    return _back(edition, request, _("Đã thu hồi. Địa chỉ cũ cho biết lý do thu hồi."))


@action("bo", EDIT)
def discard(edition: Edition, request: Request) -> HTTPSeeOther:
    """Throw a draft away."""
    item_gone = service.discard(request.db, edition, **_seen(request))
    if item_gone:
        request.session.flash(request.translate(_("Đã bỏ bản nháp.")))
        return HTTPSeeOther(request.route_path("desk.dashboard"))
    return _back(edition, request, _("Đã bỏ bản nháp. Bản đã công bố không thay đổi."))


def person_of(request: Request) -> Person:
    """Who asks: every view here needs a permission that only a signed-in person can have."""
    assert request.identity is not None
    person: Person = request.identity.person
    return person


def version_of(request: Request) -> int:
    """The version that the page showed; a missing one counts as stale."""
    return small_number(request.POST.get("version")) or 0


def _seen(request: Request) -> dict[str, Any]:
    return {"version": version_of(request), "by": person_of(request), "at": request.at}


def _note(request: Request) -> dict[str, Any]:
    return {"change_note": request.POST.get("change_note", ""), "minor": request.POST.get("minor") == "1"}


def _moment(request: Request) -> datetime:
    day = parse_date(request.POST.get("day", ""))
    try:
        hour = time.fromisoformat(request.POST.get("hour", "").strip())
    except ValueError:
        raise BadMoment from None
    if day is None or hour.tzinfo is not None or day.year < MIN_YEAR:
        raise BadMoment
    return clock.from_vietnam(datetime.combine(day, hour))


def _back(edition: Edition, request: Request, said: str) -> HTTPSeeOther:
    request.session.flash(request.translate(said))
    return HTTPSeeOther(request.route_path("publishing.item", uid=edition.item.uid))
