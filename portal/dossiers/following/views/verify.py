"""Is this paper genuine? Anybody who holds it may ask; the answer names no person."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.dossiers.following import seals
from portal.dossiers.following.labels import TAGS
from portal.dossiers.following.models import RESULT
from portal.dossiers.following.present import named
from portal.dossiers.following.rules import VERIFY
from portal.dossiers.following.schemas import SealSchema
from portal.dossiers.profiles import Paper
from portal.dossiers.states import LABELS
from portal.forms import Button, Form, Invalid
from portal.request import Request, _

PAPERS = {
    RESULT: _("Kết quả giải quyết thủ tục hành chính"),
    Paper.RECEIPT: _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    Paper.SUPPLEMENT: _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    Paper.REFUSAL: _("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    Paper.APOLOGY: _("Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
    Paper.STOP: _("Thông báo dừng giải quyết hồ sơ"),
    Paper.CONTROL: _("Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    Paper.REGISTER: _("Sổ theo dõi hồ sơ"),
}


@view_config(
    route_name="following.verify_form",
    request_method="GET",
    permission=VERIFY,
    renderer="dossiers/following/verify_form.jinja2",
)
def ask(request: Request) -> Any:
    """The form for somebody without a camera; `?ma=` leads to the answer."""
    form = _form(request)
    typed = request.GET.get("ma")
    if typed is None:
        return {"form": form.render({})}
    try:
        seal = form.validate([("ma", typed)])["ma"]
    except Invalid as refused:
        request.response.status = refused.status
        return {"form": refused.form.render()}
    return HTTPSeeOther(request.route_path("following.verify", seal=seal))


@view_config(
    route_name="following.verify", request_method="GET", permission=VERIFY, renderer="dossiers/following/verify.jinja2"
)
def verify(request: Request) -> dict[str, Any]:
    """What the seal proves; one that proves nothing is 404 with what that may mean."""
    office = request.registry["portal.dossiers"]
    typed = request.matchdict["seal"]
    found = seals.verified(request.db, office, typed)
    request.response.headers.update({"Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"})
    if found is None:
        request.response.status = 404
        return {"found": None, "typed": typed[:60]}
    return {
        "found": found,
        "typed": seals.written(office, found.seal),
        "paper": PAPERS.get(found.seal.paper, PAPERS[RESULT]),
        "result": found.seal.paper == RESULT,
        "state": LABELS[found.dossier.state],
        "tag": TAGS[found.dossier.state],
        "deciding": named(found.dossier.deciding, request.lang),
        "reception": named(found.dossier.reception, request.lang),
    }


def _form(request: Request) -> Form:
    return Form(
        SealSchema(),
        request=request,
        method="get",
        buttons=(Button("look", _("Xác minh")),),
        action=request.route_path("following.verify_form"),
        form_id="xac-minh",
    )
