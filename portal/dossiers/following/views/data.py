"""A person's requests about their own data, and how far they have come."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.dossiers.errors import DossierError
from portal.dossiers.following import requests
from portal.dossiers.following.models import Progress, Wish
from portal.dossiers.following.routes import Followed
from portal.dossiers.following.schemas import WISHES, DataRequestSchema
from portal.dossiers.following.views.lookup import DISCREET, to_lookup
from portal.dossiers.models import Dossier
from portal.dossiers.rules import TRACK
from portal.forms import Button, Form, Invalid
from portal.request import Request, _

TEMPLATE = "dossiers/following/data.jinja2"
PROGRESS = {
    Progress.OPEN: _("Đang chờ trả lời"),
    Progress.DONE: _("Đã thực hiện"),
    Progress.REFUSED: _("Không thực hiện được"),
}
TAGS = {Progress.OPEN: "blue", Progress.DONE: "green", Progress.REFUSED: "red"}


@view_config(route_name="following.data", request_method="GET", permission=TRACK, renderer=TEMPLATE)
def show(context: Followed, request: Request) -> Any:
    """The form, and earlier requests."""
    if context.dossier is None:
        return to_lookup(request, context.code, "du-lieu")
    return _page(context.dossier, request, _form(context.dossier, request).render())


@view_config(route_name="following.data", request_method="POST", permission=TRACK, renderer=TEMPLATE)
def ask(context: Followed, request: Request) -> Any:
    """Note the request. Whoever answers it sees the person's papers first: a receipt alone proves no identity."""
    dossier = context.dossier
    if dossier is None:
        return to_lookup(request, context.code, "du-lieu")
    form = _form(dossier, request)
    try:
        typed = form.validate(request.POST.items())
        requests.ask(request.db, dossier, Wish(typed["wish"]), at=request.at)
    except (Invalid, DossierError) as error:
        refused = error if isinstance(error, Invalid) else form.refuse(error.message)
        request.response.status = error.status
        return _page(dossier, request, refused.form.render())
    request.session.flash(request.translate(_("Đã ghi nhận yêu cầu của bạn.")))
    return HTTPSeeOther(request.route_path("following.data", code=dossier.code))


def _form(dossier: Dossier, request: Request) -> Form:
    return Form(
        DataRequestSchema(),
        request=request,
        buttons=(Button("ask", _("Gửi yêu cầu")),),
        action=request.route_path("following.data", code=dossier.code),
        form_id="yeu-cau",
    )


def _page(dossier: Dossier, request: Request, form: Any) -> dict[str, Any]:
    request.response.headers.update(DISCREET)
    return {
        "form": form,
        "dossier": dossier,
        "asked": requests.of_dossier(request.db, dossier),
        "wishes": WISHES,
        "progress": PROGRESS,
        "tags": TAGS,
    }
