"""For administrators: requests about personal data, and who has read what."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import false

from portal.accounts import queries as accounts
from portal.db import page_of
from portal.dossiers import queries, rules
from portal.dossiers.errors import DossierError
from portal.dossiers.following import requests
from portal.dossiers.following.models import Progress, Wish
from portal.dossiers.following.routes import OfDossier
from portal.dossiers.following.rules import PRIVACY
from portal.dossiers.following.schemas import WISHES, RefusalSchema
from portal.dossiers.following.views.data import PROGRESS, TAGS
from portal.errors import BadParameter
from portal.forms import Button, Form, Invalid
from portal.publishing.routes import small_number
from portal.request import Request, _
from portal.rules import ADMINISTRATOR, Identity

SIZE = 50
READ = {
    "application": _("Nội dung hồ sơ"),
    "file": _("Tệp"),
    "export": _("Bản sao dữ liệu"),
    "search": _("Tìm theo tên"),
    "paper": _("Giấy tờ theo mẫu"),
}


@view_config(
    route_name="following.requests",
    request_method="GET",
    permission=PRIVACY,
    renderer="dossiers/following/requests.jinja2",
)
def listed(request: Request) -> dict[str, Any]:
    """Requests about dossiers of the administrator's units, open ones first."""
    _known(request, "trang", "tinh-trang")
    wanted = request.GET.get("tinh-trang") or ""
    if wanted and wanted not in list(Progress):
        raise BadParameter("tinh-trang")
    query = requests.listed(_units(request), Progress(wanted) if wanted else None)
    return {
        "page": page_of(request.db, query, page=_page(request), size=SIZE),
        "wanted": wanted,
        "wishes": WISHES,
        "progress": PROGRESS,
        "tags": TAGS,
    }


@view_config(
    route_name="following.request",
    request_method="GET",
    permission=rules.EXPORT,
    renderer="dossiers/following/request.jinja2",
)
def one(context: OfDossier, request: Request) -> dict[str, Any]:
    """A request with what can be done about it."""
    return _shown(context, request, _refusal(context, request).render())


@view_config(route_name="following.request_copy", request_method="POST", permission=rules.EXPORT)
def copy(context: OfDossier, request: Request) -> Response:
    """The copy as a ZIP, to hand over to the person; noted as a reading."""
    assert context.request is not None
    office = request.registry["portal.dossiers"]
    made = requests.copy(request.db, context.request, office, by=_me(request), at=request.at)
    answer = Response(body=made, content_type="application/zip")
    answer.content_disposition = f'attachment; filename="du-lieu-{context.dossier.code}.zip"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@view_config(route_name="following.request_done", request_method="POST", permission=rules.EXPORT)
def done(context: OfDossier, request: Request) -> HTTPSeeOther:
    """The person has their copy."""
    assert context.request is not None
    office = request.registry["portal.dossiers"]
    requests.handed_over(request.db, context.request, office, by=_me(request), at=request.at)
    return _back(request, _("Đã ghi nhận: bản sao đã giao cho người yêu cầu."))


@view_config(route_name="following.request_erase", request_method="POST", permission=rules.ERASE)
def erase(context: OfDossier, request: Request) -> HTTPSeeOther:
    """Let the personal data go, for good."""
    assert context.request is not None
    seen = small_number(request.POST.get("version"))
    if seen is None:
        raise BadParameter("version")
    if request.POST.get("confirmed") != "1":
        raise BadParameter("confirmed", _("Hãy đánh dấu ô xác nhận trước khi xóa: việc này không hoàn lại được."))
    office = request.registry["portal.dossiers"]
    requests.erase(request.db, context.request, office, seen=seen, by=_me(request), at=request.at)
    return _back(request, _("Đã xóa dữ liệu cá nhân của hồ sơ."))


@view_config(
    route_name="following.request_refuse",
    request_method="POST",
    permission=rules.EXPORT,
    renderer="dossiers/following/request.jinja2",
)
def refuse(context: OfDossier, request: Request) -> Any:
    """Say no, with the reason that the person reads."""
    assert context.request is not None
    form = _refusal(context, request)
    try:
        why = form.validate(request.POST.items())["why"]
        office = request.registry["portal.dossiers"]
        requests.refuse(request.db, context.request, office, why=why, by=_me(request), at=request.at)
    except (Invalid, DossierError) as error:
        refused = error if isinstance(error, Invalid) else form.refuse(error.message)
        request.response.status = error.status
        return _shown(context, request, refused.form.render())
    return _back(request, _("Đã trả lời yêu cầu."))


@view_config(
    route_name="following.readings",
    request_method="GET",
    permission=PRIVACY,
    renderer="dossiers/following/readings.jinja2",
)
def readings(request: Request) -> dict[str, Any]:
    """Who has read personal data of dossiers of these units; `?ma=` one dossier, `?nguoi=` one officer."""
    _known(request, "trang", "ma", "nguoi")
    code, mail = request.GET.get("ma", "").strip(), request.GET.get("nguoi", "").strip()
    dossier = queries.by_code(request.db, code) if code else None
    person = accounts.person_by_email(request.db, mail) if mail else None
    query = requests.readings(_units(request), dossier, person.id if person else None)
    if (code and dossier is None) or (mail and person is None):
        query = query.where(false())
    return _readings(request, query, code=code, mail=mail, dossier=None)


@view_config(
    route_name="following.readings_of",
    request_method="GET",
    permission=rules.SEE_READINGS,
    renderer="dossiers/following/readings.jinja2",
)
def readings_of(context: OfDossier, request: Request) -> dict[str, Any]:
    """Who has read this dossier."""
    _known(request, "trang")
    query = requests.readings([context.reception_id, context.deciding_id], context.dossier)
    return _readings(request, query, code=context.dossier.code, mail="", dossier=context.dossier)


def _shown(context: OfDossier, request: Request, refusal: Any) -> dict[str, Any]:
    asked = context.request
    assert asked is not None
    return {
        "asked": asked,
        "dossier": context.dossier,
        "wish": WISHES[Wish(asked.wish)],
        "is_export": asked.wish == Wish.EXPORT,
        "is_open": asked.progress == Progress.OPEN,
        "progress": PROGRESS[Progress(asked.progress)],
        "tag": TAGS[Progress(asked.progress)],
        "refusal": refusal,
    }


def _readings(request: Request, query: Any, **more: Any) -> dict[str, Any]:
    return {"page": page_of(request.db, query, page=_page(request), size=SIZE), "read": READ, **more}


def _refusal(context: OfDossier, request: Request) -> Form:
    assert context.request is not None
    return Form(
        RefusalSchema(),
        request=request,
        buttons=(Button("refuse", _("Từ chối yêu cầu"), kind="secondary"),),
        action=request.route_path("following.request_refuse", uid=context.request.uid),
        form_id="tu-choi",
    )


def _back(request: Request, told: Any) -> HTTPSeeOther:
    request.session.flash(request.translate(told))
    return HTTPSeeOther(request.route_path("following.requests"))


def _me(request: Request) -> Identity:
    assert request.identity is not None
    return request.identity


def _units(request: Request) -> frozenset[int]:
    return _me(request).units(ADMINISTRATOR)


def _page(request: Request) -> int:
    number = small_number(request.GET.get("trang") or "1")
    if not number:
        raise BadParameter("trang")
    return number


def _known(request: Request, *names: str) -> None:
    for name in request.GET:
        if name not in names:
            raise BadParameter(name)
