"""The desk's part of search: what stands above all results of certain queries."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal import audit, clock
from portal.errors import PortalError
from portal.forms import Button, Form, Invalid
from portal.request import Request, _
from portal.search import editing, queries
from portal.search.addresses import is_public
from portal.search.desk_routes import Maintained, SearchDesk
from portal.search.models import BestBet
from portal.search.rules import LOOK, MAINTAIN
from portal.search.schemas import BestBetForm, lines
from portal.search.views.synonyms import ACTIONS, actor, version_of

_COLUMNS = ("title", "url", "text", "starts_on", "ends_on", "version")
NOT_PUBLIC = _(
    "Không có trang công khai nào ở địa chỉ này. Hãy mở trang cần đưa lên, chép phần địa chỉ sau tên miền; "
    "trang nháp hoặc đã thu hồi không đưa lên được."
)


@view_config(
    route_name="search.best_bets", request_method="GET", permission=LOOK, renderer="search/desk/best_bets.jinja2"
)
def list_best_bets(context: SearchDesk, request: Request) -> dict[str, Any]:
    """Every best bet, and whether people see it today."""
    day, rows = clock.today(request.at), queries.best_bets(request.db)
    return {
        "rows": [(row, _state(request, row, day)) for row in rows],
        "may_maintain": bool(request.has_permission(MAINTAIN, context)),
    }


@view_config(
    route_name="search.add_best_bet", request_method="GET", permission=MAINTAIN, renderer="search/desk/best_bet.jinja2"
)
def show_add(context: SearchDesk, request: Request) -> dict[str, Any]:
    """The form of a new one, filled with what the report handed over."""
    return _answer(request, None, _form(request).render({"queries": request.GET.get("cau", "")[:200]}))


@view_config(
    route_name="search.add_best_bet", request_method="POST", permission=MAINTAIN, renderer="search/desk/best_bet.jinja2"
)
def add(context: SearchDesk, request: Request) -> Any:
    """Add it."""
    return _sent(request, None)


@view_config(
    route_name="search.best_bet", request_method="GET", permission=MAINTAIN, renderer="search/desk/best_bet.jinja2"
)
def show(context: Maintained, request: Request) -> dict[str, Any]:
    """A best bet."""
    row = context.row
    values = {name: getattr(row, name) for name in _COLUMNS} | {"queries": "\n".join(row.queries)}
    return _answer(request, row, _form(request).render(values))


@view_config(
    route_name="search.best_bet", request_method="POST", permission=MAINTAIN, renderer="search/desk/best_bet.jinja2"
)
def change(context: Maintained, request: Request) -> Any:
    """Save it."""
    return _sent(request, context.row)


@view_config(route_name="search.best_bet_action", match_param="action=xoa", request_method="POST", permission=MAINTAIN)
def remove(context: Maintained, request: Request) -> HTTPSeeOther:
    """Delete it."""
    editing.remove(request.db, context.row, version=version_of(request), by=actor(request), at=request.at)
    request.session.flash(request.translate(_("Đã bỏ mục được đưa lên đầu.")))
    return HTTPSeeOther(request.route_path("search.best_bets"))


def _sent(request: Request, row: BestBet | None) -> Any:
    form = _form(request)
    try:
        values = form.validate(request.POST.items())
        version = values.pop("version")
        values["queries"] = lines(values["queries"])
        if not is_public(request, values["url"]):
            raise form.refuse(NOT_PUBLIC, "url")
        said: dict[str, Any] = {"by": actor(request), "at": request.at}
        if row is None:
            editing.add_best_bet(request.db, **values, **said)
        else:
            editing.change_best_bet(request.db, row, version=-1 if version is None else version, **values, **said)
    except Invalid as refused:
        request.response.status_int = refused.status
        return _answer(request, row, refused.form.render())
    except PortalError as error:
        form.refuse(error.message)
        request.response.status_int = error.status
        return _answer(request, row, form.render())
    request.session.flash(request.translate(_("Đã lưu; người tìm thấy ngay ở đầu kết quả.")))
    return HTTPSeeOther(request.route_path("search.best_bets"))


def _state(request: Request, row: BestBet, day: Any) -> str:
    """`waits`, `over`, `gone` (its page is not public now) or `shown`."""
    if row.ends_on is not None and row.ends_on < day:
        return "over"
    if not is_public(request, row.url):
        return "gone"
    return "waits" if row.starts_on is not None and row.starts_on > day else "shown"


def _form(request: Request) -> Form:
    cancel = Button("cancel", _("Hủy"), kind="secondary", href=request.route_path("search.best_bets"))
    return Form(BestBetForm(), request=request, buttons=(Button("save", _("Lưu")), cancel))


def _answer(request: Request, row: BestBet | None, form: Any) -> dict[str, Any]:
    history = audit.history(request.db, editing.subject_of(row).uid)[:20] if row is not None else []
    return {"row": row, "form": form, "history": history, "actions": ACTIONS}
