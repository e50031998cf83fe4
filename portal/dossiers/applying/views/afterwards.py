"""After submission, by whoever has proven code and secret: bring what was asked for, or take the dossier back."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.dossiers.applications import HandedIn
from portal.dossiers.applying import files
from portal.dossiers.applying.errors import NothingAsked, NothingGiven
from portal.dossiers.applying.schemas import SupplementSchema, WithdrawSchema
from portal.dossiers.applying.views.private import agency_named, office_of, private, sent
from portal.dossiers.errors import DossierError, IllegalTransition, StaleDossier
from portal.dossiers.events import Event, Kind
from portal.dossiers.following.routes import Followed
from portal.dossiers.models import Dossier
from portal.dossiers.rules import APPLY
from portal.dossiers.service import log, supplements
from portal.dossiers.states import LABELS, OPEN, State
from portal.eforms import uploads
from portal.eforms.errors import TooMuch
from portal.forms import Button, Form, Invalid
from portal.publishing.routes import small_number
from portal.request import Request, _

SEEN = "phien_ban"


@view_config(
    route_name="applying.supplement", permission=APPLY, request_method="GET",
    renderer="dossiers/applying/supplement.jinja2",
)  # fmt: skip
def what_is_missing(context: Followed, request: Request) -> Any:
    """What the agency asked for, and where to put it. Without proof: to the lookup, whatever the code is."""
    dossier = context.dossier
    if dossier is None:
        return _prove(context, request, "bo-sung")
    if dossier.state is not State.SUPPLEMENT:
        raise NothingAsked()
    waiting = uploads.finished(request.db, files.supplement_place(dossier).owner, files.FIELD)
    return _supplement(dossier, request, _form(dossier, request).render({"words": None, files.FIELD: waiting}))


@view_config(
    route_name="applying.supplement", permission=APPLY, request_method="POST",
    renderer="dossiers/applying/supplement.jinja2",
)  # fmt: skip
def bring(context: Followed, request: Request) -> Any:
    """Hand it in, as one supplement."""
    dossier = context.dossier
    if dossier is None:
        return _prove(context, request, "bo-sung")
    if dossier.state is not State.SUPPLEMENT:
        raise NothingAsked()
    db, owner = request.db, files.supplement_place(dossier).owner
    files.put_into(request, {files.FIELD: uploads.finished(db, owner, files.FIELD)})
    form = _form(dossier, request)
    try:
        typed = form.validate(request.POST.items())
        given = tuple(HandedIn(one["sha256"], one["name"]) for one in typed[files.FIELD] or ())
        if not given and not typed["words"]:
            raise NothingGiven()
        if len(given) > files.MOST:
            raise TooMuch
        supplements.bring(
            db, dossier, office_of(request), words=typed["words"], files=given, seen=_seen(request), at=request.at
        )
    except (Invalid, DossierError, TooMuch) as error:
        refused = error if isinstance(error, Invalid) else form.refuse(error.message)
        request.response.status_int = refused.status if isinstance(error, Invalid) else error.status
        stale = isinstance(error, StaleDossier)
        return _supplement(dossier, request, refused.form.render()) | {"stale": stale}
    for one in uploads.finished(db, owner):
        uploads.drop(db, owner, one["sha256"])
    request.session.flash(
        request.translate(_("Đã gửi phần bổ sung. Cơ quan sẽ xem và cập nhật trạng thái ở trang này."))
    )
    return HTTPSeeOther(request.route_path("following.one", code=dossier.code))


@view_config(
    route_name="applying.withdraw", permission=APPLY, request_method="GET",
    renderer="dossiers/applying/withdraw.jinja2",
)  # fmt: skip
def before_withdrawing(context: Followed, request: Request) -> Any:
    """What withdrawing means, and a reason if one likes."""
    dossier = context.dossier
    if dossier is None:
        return _prove(context, request, "rut")
    if dossier.state not in OPEN:
        raise IllegalTransition(LABELS[dossier.state], LABELS[State.WITHDRAWN])
    return _withdrawal(dossier, request, _why(request).render({}))


@view_config(
    route_name="applying.withdraw", permission=APPLY, request_method="POST",
    renderer="dossiers/applying/withdraw.jinja2",
)  # fmt: skip
def withdraw(context: Followed, request: Request) -> Any:
    """Take it back."""
    dossier = context.dossier
    if dossier is None:
        return _prove(context, request, "rut")
    form = _why(request)
    try:
        typed = form.validate(request.POST.items())
        supplements.take_back(
            request.db, dossier, office_of(request), why=typed["why"], seen=_seen(request), at=request.at
        )
    except (Invalid, StaleDossier) as error:
        refused = error if isinstance(error, Invalid) else form.refuse(error.message)
        request.response.status_int = refused.status if isinstance(error, Invalid) else error.status
        return _withdrawal(dossier, request, refused.form.render())
    request.session.flash(request.translate(_("Đã rút hồ sơ.")))
    return HTTPSeeOther(request.route_path("following.one", code=dossier.code))


def _prove(context: Followed, request: Request, onward: str) -> Any:
    """To the lookup, and from there back here."""
    return HTTPSeeOther(request.route_path("following.lookup", _query={"ma": context.code[:100], "ve": onward}))


def _seen(request: Request) -> int:
    return small_number(sent(request, SEEN)) or 0


def _supplement(dossier: Dossier, request: Request, form: Any) -> dict[str, Any]:
    asked = _asked(request, dossier)
    return _shell(dossier, request) | {
        "form": form,
        "asked": asked.words if asked else None,
        "asked_at": asked.at if asked else None,
        "until": asked.payload.get("until") if asked else None,
        "stale": False,
    }


def _withdrawal(dossier: Dossier, request: Request, form: Any) -> dict[str, Any]:
    return _shell(dossier, request) | {"form": form}


def _shell(dossier: Dossier, request: Request) -> dict[str, Any]:
    private(request)
    return {
        "dossier": dossier,
        "seen": dossier.version,
        "state": LABELS[dossier.state],
        "agency": agency_named(dossier.reception, request.lang),
        "follow": request.route_path("following.one", code=dossier.code),
    }


def _asked(request: Request, dossier: Dossier) -> Event | None:
    events = log.events_of(request.db, dossier)
    return next((event for event in reversed(events) if event.kind is Kind.SUPPLEMENT_ASKED), None)


def _form(dossier: Dossier, request: Request) -> Form:
    place = files.supplement_place(dossier)
    return Form(
        SupplementSchema(),
        request=request,
        buttons=(Button("send", _("Gửi phần bổ sung")),),
        action=request.path,
        form_id="bo-sung",
        attributes=uploads.attributes(request, files.SUPPLEMENT_GATE, dossier.code),
        uploads=uploads.store_for(request, place, files.FIELD),
    )


def _why(request: Request) -> Form:
    return Form(
        WithdrawSchema(),
        request=request,
        buttons=(Button("withdraw", _("Rút hồ sơ"), kind="warning"),),
        action=request.path,
        form_id="rut-ho-so",
    )
