"""A page for each act: a form that says what happens, and one call. A stale page shows what happened since."""

from typing import Any, TypeAlias

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.response import Response

from portal.dossiers import clock, printing, service
from portal.dossiers.desk import choosing, noting
from portal.dossiers.desk.acts import ACTS, BY_NAME, Act
from portal.dossiers.desk.possible import why_not
from portal.dossiers.desk.views import office_of, officer_of
from portal.dossiers.desk.views.one import page_of, told
from portal.dossiers.errors import DossierError, StaleDossier
from portal.dossiers.models import Dossier
from portal.dossiers.printing.page import svg_of
from portal.dossiers.profiles import Paper
from portal.dossiers.service import log
from portal.errors import PortalError
from portal.files import upload_store
from portal.forms import Button, Form, Invalid
from portal.request import Request, _

PURPOSE = "Sửa thông tin người nộp hồ sơ"
TEMPLATE = "dossiers/desk/act.jinja2"
Answer: TypeAlias = dict[str, Any] | Response


def ask(dossier: Dossier, request: Request) -> Answer:
    """The form of an act; where the log would not take it, the reason and the way back to the dossier."""
    try:
        return _asked(_act(request), dossier, request)
    except DossierError as error:
        return _impossible(_act(request), dossier, request, error)


def _asked(act: Act, dossier: Dossier, request: Request) -> Answer:
    office, events = office_of(request), log.events_of(request.db, dossier)
    if not act.possible(dossier, events, office, request.at):
        raise why_not(act.name, dossier, events, office, request.at)
    values: dict[str, Any] = {"version": dossier.version}
    if act.name == "sua-sai":
        noting.note(request, [dossier], "application", PURPOSE)
        values |= choosing.correctable(request.db, dossier)
    return _page(act, dossier, request, _form(act, dossier, request).render(values))


def do(dossier: Dossier, request: Request) -> Answer:
    """Do it; what was typed stays when it cannot be done."""
    act, office = _act(request), office_of(request)
    try:
        form = _form(act, dossier, request)
    except DossierError as error:
        return _impossible(act, dossier, request, error)
    try:
        values = form.validate(request.POST.items())
    except Invalid as invalid:
        request.response.status_int = invalid.status
        return _page(act, dossier, request, invalid.form.render())
    seen = values.pop("version")
    given = {"seen": seen, "by": officer_of(request), "at": request.at}
    try:
        with request.db.begin_nested():
            if act.name in _OWN_ANSWERS:
                return _OWN_ANSWERS[act.name](act, dossier, request, values, given)
            event = act.do(request, dossier, office, values, given)
            paper = printing.issue(request.db, dossier, event, office, at=request.at) if event else None
    except StaleDossier as stale:
        return _stale(act, dossier, request, values, seen, stale)
    except PortalError as error:
        request.response.status_int = error.status
        form.refuse(error.message)
        return _page(act, dossier, request, form.render({**values, "version": seen}))
    _tell(request, act, dossier, paper)
    return HTTPSeeOther(request.route_path("dossiers.one", uid=dossier.uid))


def _impossible(act: Act, dossier: Dossier, request: Request, error: DossierError) -> dict[str, Any]:
    """There is no form: why."""
    request.response.status_int = error.status
    return {**_page(act, dossier, request, None), "refused": error.message, "promised": None}


def _stale(
    act: Act, dossier: Dossier, request: Request, values: dict[str, Any], seen: int, stale: StaleDossier
) -> dict[str, Any]:
    """What happened since, above the form with everything that was typed, ready to be sent again."""
    request.db.refresh(dossier)
    events = log.events_of(request.db, dossier)
    personal = page_of(dossier, request)["personal"]
    since = [told(request, event, personal) for event in events if event.sequence > seen]
    request.response.status_int = stale.status
    form = _form(act, dossier, request)
    form.refuse(stale.message)
    page = _page(act, dossier, request, form.render({**values, "version": dossier.version}))
    return {**page, "since": since, "still": act.possible(dossier, events, office_of(request), request.at)}


def _renew(act: Act, dossier: Dossier, request: Request, values: dict[str, Any], given: dict[str, Any]) -> Response:
    """The new receipt is shown once."""
    receipt = service.renew_secret(request.db, dossier, office_of(request), **given)
    return show_receipt(request, receipt, [request.translate(act.done)])


def _export(act: Act, dossier: Dossier, request: Request, values: dict[str, Any], given: dict[str, Any]) -> Response:
    """The ZIP, for the officer to hand over."""
    office, purpose = office_of(request), values["purpose"]
    made = service.export(request.db, dossier, office, by=given["by"], purpose=purpose, at=given["at"])
    answer = Response(body=made, content_type="application/zip")
    answer.content_disposition = f'attachment; filename="ho-so-{dossier.code}.zip"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


_OWN_ANSWERS = {"cap-lai-ma": _renew, "ban-sao": _export}


def show_receipt(request: Request, receipt: Any, done: list[str]) -> Response:
    """Code and secret on a page to print and hand over, now and never again."""
    office = office_of(request)
    lookup = f"{office.address}/tra-cuu-ho-so"
    values = {
        "receipt": receipt,
        "dossier": receipt.dossier,
        "done": done,
        "lookup": lookup,
        "qr": svg_of(f"{lookup}?ma={receipt.code}"),
        "number": receipt.dossier.law.paper_number(Paper.RECEIPT),
    }
    answer = render_to_response("dossiers/desk/receipt.jinja2", values, request=request)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _act(request: Request) -> Act:
    return BY_NAME[request.matchdict["act"]]


def _form(act: Act, dossier: Dossier, request: Request) -> Form:
    return Form(
        act.schema(request, dossier),
        request=request,
        buttons=(
            Button("do", act.label, "warning" if act.kind == "warning" else "primary"),
            Button(
                "cancel", _("Quay lại hồ sơ"), "secondary", href=request.route_path("dossiers.one", uid=dossier.uid)
            ),
        ),
        action=request.route_path("dossiers.act", uid=dossier.uid, act=act.name),
        form_id="thao-tac",
        uploads=upload_store(request),
    )


def _page(act: Act, dossier: Dossier, request: Request, form: Any) -> dict[str, Any]:
    request.response.cache_control.no_store = True
    page = page_of(dossier, request)
    promised = None
    if act.name == "tiep-nhan" and page["limit"]:
        limit = clock.Limit.of(page["limit"])
        office = office_of(request)
        promised = clock.term(request.at, limit, office.calendar, dossier.law) if limit else None
    return {**page, "act": act, "form": form, "promised": promised, "since": [], "still": True, "refused": None}


def _tell(request: Request, act: Act, dossier: Dossier, paper: Any) -> None:
    request.session.flash(request.translate(act.done))
    if paper is not None:
        number = dossier.law.paper_number(Paper(paper.paper))
        told_ = _("Đã lập giấy theo Mẫu số ${number}; xem và in ở mục Giấy tờ.", mapping={"number": f"{number:02}"})
        request.session.flash(request.translate(told_))


def includeme(config: Configurator) -> None:
    """One view an act and method, each with the act's own permission."""
    for act in ACTS:
        shared = {"route_name": "dossiers.act", "match_param": f"act={act.name}", "permission": act.permission}
        config.add_view(ask, request_method="GET", renderer=TEMPLATE, **shared)
        config.add_view(do, request_method="POST", renderer=TEMPLATE, **shared)
