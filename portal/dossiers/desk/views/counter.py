"""The counter: find the procedure, write down who hands in what, print the receipt."""

import secrets
from typing import Any

from pyramid.response import Response
from pyramid.view import view_config

from portal.catalogue import queries as catalogue
from portal.catalogue.models import Procedure
from portal.dossiers.desk import registering
from portal.dossiers.desk.routes import Counter
from portal.dossiers.desk.terms import terms_here
from portal.dossiers.desk.views import office_of, officer_of
from portal.dossiers.desk.views.acting import show_receipt
from portal.dossiers.rules import REGISTER
from portal.errors import BadParameter, PortalError
from portal.files import upload_store
from portal.forms import Button, Form, Invalid
from portal.mail import BadAddress
from portal.request import Request, _

MOST = 20
LONGEST = 200
TEMPLATE = "dossiers/desk/counter.jinja2"


@view_config(route_name="dossiers.counter", request_method="GET", permission=REGISTER, renderer=TEMPLATE)
def ask(context: Counter, request: Request) -> dict[str, Any]:
    """Which procedure, then the form for it."""
    for name in request.GET:
        if name not in ("q", "thu-tuc"):
            raise BadParameter(name)
    procedure = _procedure(request)
    if procedure is None:
        return _page(request)
    values = {
        "key": secrets.token_urlsafe(16),
        "channel": "direct",
        "audience": "cong-dan",
        "receive": True,
        **_only_choices(request, procedure),
    }
    return _page(request, procedure, _form(request, procedure).render(values))


@view_config(route_name="dossiers.counter", request_method="POST", permission=REGISTER, renderer=TEMPLATE)
def take(context: Counter, request: Request) -> Any:
    """Register it: a second click gives the same receipt."""
    procedure = _procedure(request)
    if procedure is None:
        raise BadParameter("thu-tuc")
    form = _form(request, procedure)
    office = office_of(request)
    try:
        values = form.validate(request.POST.items())
        values["key"] = values["key"] or secrets.token_urlsafe(16)
        with request.db.begin_nested():
            receipt = registering.register(request.db, procedure, values, office, by=officer_of(request), at=request.at)
    except Invalid as invalid:
        request.response.status_int = invalid.status
        return _page(request, procedure, invalid.form.render())
    except PortalError as error:
        request.response.status_int = error.status
        refused = form.refuse(error.message, "email" if isinstance(error, BadAddress) else "")
        return _page(request, procedure, refused.form.render())
    return _given(request, receipt)


def _given(request: Request, receipt: Any) -> Response:
    done = [request.translate(_("Đã lập hồ sơ. Hãy in giấy biên nhận và trao cho người nộp."))]
    return show_receipt(request, receipt, done)


def _procedure(request: Request) -> Procedure | None:
    code = request.GET.get("thu-tuc", "")
    if not code:
        return None
    found = catalogue.by_code(request.db, code[:LONGEST])
    if found is None:
        raise BadParameter("thu-tuc", _("Không có thủ tục đang công bố với mã này."))
    return found


def _choices(request: Request, procedure: Procedure) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    units = registering.receptions(request.db, officer_of(request), request.lang)
    own = [uid for uid, _name in units]
    return units, registering.deciders(request.db, procedure, own, request.lang, request.at)


def _only_choices(request: Request, procedure: Procedure) -> dict[str, str]:
    """Where there is one choice only, it is made."""
    units, deciding = _choices(request, procedure)
    chosen = {"reception": units[0][0]} if len(units) == 1 else {}
    return chosen | ({"deciding": deciding[0][0]} if deciding else {})


def _form(request: Request, procedure: Procedure) -> Form:
    code = procedure.code or ""
    back = request.route_path("dossiers.inbox")
    return Form(
        registering.schema_of(procedure, *_choices(request, procedure)),
        request=request,
        buttons=(Button("take", _("Lập hồ sơ")), Button("cancel", _("Hủy"), "secondary", href=back)),
        action=request.route_path("dossiers.counter", _query={"thu-tuc": code}),
        form_id="ho-so",
        uploads=upload_store(request),
    )


def _page(request: Request, procedure: Procedure | None = None, form: Any = None) -> dict[str, Any]:
    request.response.cache_control.no_store = True
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    wanted = catalogue.Filter(words=text.replace("\x00", ""))
    found = catalogue.listed(request.db, wanted, 1, MOST) if text and procedure is None else None
    terms = terms_here(request, procedure, *_choices(request, procedure)) if procedure else []
    return {"procedure": procedure, "form": form, "terms": terms, "text": text, "found": found}
