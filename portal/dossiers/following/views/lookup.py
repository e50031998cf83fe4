"""Looking a dossier up: code and secret lead to its page, anything else to one and the same answer (invariant 19)."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.dossiers import tracking
from portal.dossiers.errors import TooManyLookups
from portal.dossiers.following import access
from portal.dossiers.following.routes import Followed
from portal.dossiers.following.schemas import LookupSchema
from portal.dossiers.rules import TRACK
from portal.forms import Button, Form, Invalid
from portal.request import Request, _

WRONG = _(
    "Mã hồ sơ hoặc mã bí mật chưa đúng. Hãy xem lại cả hai trên giấy biên nhận."
    " Nếu mất giấy biên nhận, hãy mang giấy tờ tùy thân đến nơi đã nộp để được cấp mã bí mật mới."
)
"""The one answer to an unknown code and to a wrong secret."""
ONWARD = ("bo-sung", "rut", "du-lieu", "giay-tiep-nhan")
"""Pages of a dossier to which somebody comes back who had to show code and secret again."""


@view_config(
    route_name="following.lookup", request_method="GET", permission=TRACK, renderer="dossiers/following/lookup.jinja2"
)
def ask(request: Request) -> dict[str, Any]:
    """The form; `?ma=` has the code typed already, as the QR code of a receipt does."""
    code = request.GET.get("ma", "")[:200]
    return _page(request, _form(request).render({"code": code, "secret": None} if code else {}))


@view_config(
    route_name="following.lookup", request_method="POST", permission=TRACK, renderer="dossiers/following/lookup.jinja2"
)
def look(request: Request) -> Any:
    """To the dossier's page, with a proof that holds for an hour; a wrong pair is counted, so this answer commits."""
    form = _form(request)
    try:
        typed = form.validate(request.POST.items())
        view = tracking.look(
            request.db,
            typed["code"],
            typed["secret"],
            network=request.remote_addr or "",
            office=request.registry["portal.dossiers"],
            at=request.at,
        )
        if view is None:
            raise form.refuse(WRONG)
    except (Invalid, TooManyLookups) as error:
        refused = error if isinstance(error, Invalid) else form.refuse(error.message)
        request.response.status = error.status
        return _page(request, refused.form.render())
    onward = request.GET.get("ve", "")
    path = request.route_path("following.one", code=view.code) + (f"/{onward}" if onward in ONWARD else "")
    answer = HTTPSeeOther(path)
    access.grant(request, answer, view.dossier)
    return answer


@view_config(route_name="following.close", request_method="POST", permission=TRACK)
def close(context: Followed, request: Request) -> HTTPSeeOther:
    """Forget the proof, on a computer that others use."""
    answer = HTTPSeeOther(request.route_path("following.lookup"))
    if context.dossier is not None:
        access.close(request, answer, context.dossier)
        request.session.flash(request.translate(_("Đã đóng hồ sơ trên máy này. Muốn xem lại, hãy nhập lại hai mã.")))
    return answer


def to_lookup(request: Request, code: str, onward: str = "") -> HTTPSeeOther:
    """Where a browser goes that has not proven the pair: the same for every code, existing or not."""
    asked = {"ma": code[:200]} | ({"ve": onward} if onward else {})
    return HTTPSeeOther(request.route_path("following.lookup", _query=asked))


def _form(request: Request) -> Form:
    onward = request.GET.get("ve", "")
    query = {"ve": onward} if onward in ONWARD else None
    return Form(
        LookupSchema(),
        request=request,
        buttons=(Button("look", _("Xem hồ sơ")),),
        action=request.route_path("following.lookup", _query=query),
        form_id="tra-cuu",
    )


def _page(request: Request, form: Any) -> dict[str, Any]:
    request.response.headers.update(DISCREET)
    return {"form": form, "held": access.held(request)}


DISCREET = {"Referrer-Policy": "same-origin", "Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
"""Headers of pages about one person's dossier: no copy, no trace elsewhere. A form still says where it came from."""
