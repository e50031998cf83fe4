"""The desk's page about letters: what became of them, and another try for what failed."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.errors import BadParameter
from portal.mail import queries, service
from portal.mail.addresses import discreet, masked
from portal.mail.models import State
from portal.mail.routes import MailDesk, OneMail
from portal.mail.rules import LOOK_AFTER
from portal.mail.server import server_of
from portal.request import Request, _

SIZE = 50
STATES = {
    State.WAITING: _("Đang chờ gửi"),
    State.SENT: _("Đã gửi"),
    State.FAILED: _("Không gửi được"),
    State.KEPT: _("Giữ lại, không gửi"),
}
TAGS = {State.WAITING: "blue", State.SENT: "green", State.FAILED: "red", State.KEPT: "grey"}


@view_config(route_name="mail.desk", request_method="GET", permission=LOOK_AFTER, renderer="mail/desk.jinja2")
def desk(context: MailDesk, request: Request) -> dict[str, Any]:
    """Letters in one state, or all; those that failed come first when there are any."""
    state = _wanted(request)
    number = request.GET.get("trang") or "1"
    if not number.isdecimal() or not 1 <= int(number) <= 10_000:
        raise BadParameter("trang")
    return {
        "overview": queries.overview(request.db),
        "page": queries.listed(request.db, state, page=int(number), size=SIZE),
        "state": state.value if state else "",
        "states": [(member.value, request.translate(label)) for member, label in STATES.items()],
        "tags": TAGS,
        "labels": STATES,
        "masked": masked,
        "words": discreet,
        "server": server_of(request.portal),
    }


@view_config(route_name="mail.retry", request_method="POST", permission=LOOK_AFTER)
def retry(context: OneMail, request: Request) -> HTTPSeeOther:
    """Send it again."""
    assert request.identity is not None
    former = context.mail.state
    service.retry(request.db, context.mail, by=request.identity.person, at=request.at)
    request.session.flash(request.translate(_("Thư sẽ được gửi lại.")))
    return HTTPSeeOther(request.route_path("mail.desk", _query={"trang-thai": former.value}))


def _wanted(request: Request) -> State | None:
    wanted = request.GET.get("trang-thai") or ""
    if wanted and wanted not in list(State):
        raise BadParameter("trang-thai")
    return State(wanted) if wanted else None
