"""For officers: the papers of a dossier that can be verified; leaders revoke one that should not have gone out."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.dossiers import rules
from portal.dossiers.errors import DossierError
from portal.dossiers.following import qr, seals
from portal.dossiers.following.routes import OfDossier
from portal.dossiers.following.rules import REVOKE
from portal.dossiers.following.schemas import RevocationSchema
from portal.dossiers.following.views.verify import PAPERS
from portal.forms import Button, Form, Invalid
from portal.request import Request, _


@view_config(
    route_name="following.seals",
    request_method="GET",
    permission=rules.READ,
    renderer="dossiers/following/seals.jinja2",
)
def sealed(context: OfDossier, request: Request) -> dict[str, Any]:
    """The papers of a dossier that can be verified."""
    return _seals(context, request, {})


@view_config(
    route_name="following.revoke", request_method="POST", permission=REVOKE, renderer="dossiers/following/seals.jinja2"
)
def revoke(context: OfDossier, request: Request) -> Any:
    """Say that a paper does not hold any more."""
    assert context.seal is not None
    assert request.identity is not None
    form = _revocation(context, request, context.seal.id)
    try:
        why = form.validate(request.POST.items())["why"]
        seals.revoke(request.db, context.seal, why=why, by=request.identity, at=request.at)
    except (Invalid, DossierError) as error:
        refused = error if isinstance(error, Invalid) else form.refuse(error.message)
        request.response.status = error.status
        return _seals(context, request, {context.seal.id: refused.form})
    request.session.flash(request.translate(_("Đã thu hồi giấy. Ai quét mã QR đều đọc được lý do.")))
    return HTTPSeeOther(request.route_path("following.seals", uid=context.dossier.uid))


def _seals(context: OfDossier, request: Request, forms: dict[int, Form]) -> dict[str, Any]:
    office = request.registry["portal.dossiers"]
    rows = seals.of_dossier(request.db, context.dossier)
    return {
        "dossier": context.dossier,
        "rows": [(seal, seals.written(office, seal), qr.drawn(seals.address(office, seal))) for seal in rows],
        "papers": PAPERS,
        "form": lambda seal: (forms.get(seal.id) or _revocation(context, request, seal.id)).render(),
        "open": set(forms),
        "revoke": REVOKE,
    }


def _revocation(context: OfDossier, request: Request, number: int) -> Form:
    return Form(
        RevocationSchema(),
        request=request,
        buttons=(Button("revoke", _("Thu hồi giấy này"), kind="warning"),),
        action=request.route_path("following.revoke", uid=context.dossier.uid, number=number),
        form_id=f"thu-hoi-{number}",
    )
