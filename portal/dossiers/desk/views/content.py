"""What is personal in a dossier: shown to who may read it, after they said what for; each look is noted."""

from datetime import timedelta
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.dossiers import rules
from portal.dossiers.desk import noting, presenting
from portal.dossiers.desk.views import officer_of
from portal.dossiers.models import Dossier
from portal.dossiers.service import readings
from portal.forms import Button, Form, Invalid, Schema, widgets
from portal.request import Request, _

OPEN_FOR = timedelta(minutes=30)
"""How long one statement of purpose holds; every look within it is noted all the same."""
REMEMBERED = "dossier_reading"
OTHER = "khac"
PURPOSES = {
    "tiep-nhan": _("Kiểm tra thành phần hồ sơ để tiếp nhận"),
    "giai-quyet": _("Thẩm định, giải quyết hồ sơ"),
    "tra-loi": _("Trả lời người nộp hồ sơ"),
    "kiem-tra": _("Kiểm tra, giám sát việc giải quyết"),
    OTHER: _("Mục đích khác"),
}


class PurposeSchema(Schema):
    """Why somebody looks."""

    purpose = colander.SchemaNode(
        colander.String(),
        title=_("Bạn xem nội dung hồ sơ để làm gì?"),
        description=_("Nhật ký truy cập ghi lại tên bạn, thời điểm và mục đích."),
        validator=colander.OneOf(list(PURPOSES)),
        widget=widgets.Radios(list(PURPOSES.items())),
    )
    words = colander.SchemaNode(
        colander.String(),
        title=_("Mục đích khác, ghi rõ"),
        validator=colander.Length(max=readings.LONGEST_PURPOSE),
        missing="",
    )


@view_config(
    route_name="dossiers.content",
    request_method="GET",
    permission=rules.READ_PERSONAL,
    renderer="dossiers/desk/content.jinja2",
)
def content(dossier: Dossier, request: Request) -> dict[str, Any]:
    """Applicant, answers as they were submitted, files; or the question what for."""
    purpose = _purpose(dossier, request)
    if purpose is None:
        return _page(dossier, request, form=_form(dossier, request).render())
    noting.note(request, [dossier], "application", purpose)
    found = readings.personal_of(request.db, dossier, request.lang)
    return _page(dossier, request, personal=found, purpose=purpose)


@view_config(
    route_name="dossiers.content",
    request_method="POST",
    permission=rules.READ_PERSONAL,
    renderer="dossiers/desk/content.jinja2",
)
def say(dossier: Dossier, request: Request) -> Any:
    """Take down what for, and show it."""
    form = _form(dossier, request)
    try:
        values = form.validate(request.POST.items())
        words = " ".join(values["words"].split())
        if values["purpose"] == OTHER and not words:
            raise form.refuse(_("Hãy ghi rõ mục đích."), "words")
    except Invalid as invalid:
        request.response.status_int = invalid.status
        return _page(dossier, request, form=invalid.form.render())
    known = str(PURPOSES[values["purpose"]].interpolate())
    why = words if values["purpose"] == OTHER else known
    until = int((request.at + OPEN_FOR).timestamp())
    request.session[REMEMBERED] = {"uid": str(dossier.uid), "why": why, "until": until}
    return HTTPSeeOther(request.route_path("dossiers.content", uid=dossier.uid))


@view_config(
    route_name="dossiers.readings",
    request_method="GET",
    permission=rules.SEE_READINGS,
    renderer="dossiers/desk/readings.jinja2",
)
def log_of_readings(dossier: Dossier, request: Request) -> dict[str, Any]:
    """Who has read it, when and what for."""
    request.response.cache_control.no_store = True
    rows = readings.readings_of(request.db, dossier, by=officer_of(request))
    return {"dossier": dossier, "rows": rows, "kinds": KINDS}


KINDS = {
    "application": _("Nội dung hồ sơ"),
    "file": _("Tệp"),
    "export": _("Bản xuất dữ liệu"),
    "search": _("Tìm theo tên"),
    "paper": _("Giấy tờ theo mẫu"),
}


def _purpose(dossier: Dossier, request: Request) -> str | None:
    kept = request.session.get(REMEMBERED)
    if not isinstance(kept, dict) or kept.get("uid") != str(dossier.uid):
        return None
    return str(kept["why"]) if kept["until"] > request.at.timestamp() else None


def purpose_of(dossier: Dossier, request: Request) -> str:
    """What this officer said they look for, or that they print: for papers, which need no question of their own."""
    return _purpose(dossier, request) or "Xem, in giấy tờ của hồ sơ"


def _form(dossier: Dossier, request: Request) -> Form:
    return Form(
        PurposeSchema(),
        request=request,
        buttons=(Button("look", _("Xem nội dung")),),
        action=request.route_path("dossiers.content", uid=dossier.uid),
        form_id="muc-dich",
    )


def _page(dossier: Dossier, request: Request, **more: Any) -> dict[str, Any]:
    request.response.cache_control.no_store = True
    shown = {"form": None, "personal": None, "purpose": None, "labels": presenting.LABELS}
    return {"dossier": dossier, **shown, **more}
