"""Signing in and out, and choosing a password by a link."""

from typing import Any
from uuid import UUID

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.security import forget, remember
from pyramid.view import view_config

from portal.accounts import destinations, keeping, queries, schemas, service
from portal.accounts.errors import AccountError, LinkUsedUp, TooManyAttempts
from portal.accounts.models import Person
from portal.accounts.rules import OWN, SIGN_IN
from portal.accounts.throttle import Limits
from portal.accounts.views.refused import EXPIRED, NOT_KEPT
from portal.forms import Button, Form, Invalid
from portal.request import Request, _

HOME = "/ban-lam-viec"
LANGUAGE_PREFIX = {"vi": "", "en": "/en"}


@view_config(
    route_name="accounts.sign_in", request_method="GET", permission=SIGN_IN, renderer="accounts/sign_in.jinja2"
)
def show_sign_in(request: Request) -> Any:
    """The sign-in form; whoever is signed in already goes on."""
    request.response.cache_control = "no-store"
    if request.identity is not None:
        return HTTPSeeOther(_destination(request, request.identity.person))
    return _page(request, _form(request).render())


@view_config(
    route_name="accounts.sign_in", request_method="POST", permission=SIGN_IN, renderer="accounts/sign_in.jinja2"
)
def sign_in(request: Request) -> Any:
    """Check the password; the tries are counted whatever comes out, so a refusal is returned, not raised."""
    request.response.cache_control = "no-store"
    form = _form(request)
    try:
        typed = form.validate(request.POST.items())
        token = service.sign_in(
            request.db,
            typed["email"],
            typed["password"],
            at=request.at,
            ip=request.remote_addr or "",
            agent=request.user_agent or "",
            limits=Limits.of(request.portal),
            known=keeping.known_sign_in(request),
        )
    except Invalid as refused:
        return _refuse(request, refused)
    except AccountError as error:
        if isinstance(error, TooManyAttempts):
            request.response.retry_after = int(error.wait.total_seconds())
        return _refuse(request, form.refuse(error.message), error.status)
    if request.identity is not None:  # somebody else, or the same person twice, in this browser
        service.sign_out(request.db, keeping.known_sign_in(request), at=request.at)
    person = queries.person_by_email(request.db, typed["email"])
    request.session.invalidate()
    return HTTPSeeOther(_destination(request, person), headers=remember(request, token))


@view_config(route_name="accounts.sign_out", request_method="POST", permission=OWN)
def sign_out(request: Request) -> Response:
    """End this sign-in; kept text and other devices stay."""
    service.sign_out(request.db, keeping.known_sign_in(request), at=request.at)
    request.session.invalidate()
    return HTTPSeeOther(request.script_name + "/", headers=forget(request))


@view_config(route_name="accounts.choose_password", permission=SIGN_IN, renderer="accounts/choose_password.jinja2")
def choose_password(request: Request) -> Any:
    """Choose a password by a link from the administrator. Looking at the page does not use the link up."""
    request.response.cache_control = "no-store"
    request.response.headers["Referrer-Policy"] = "same-origin"
    token = request.matchdict["token"]
    try:
        person = service.password_link(request.db, token, at=request.at).person
    except LinkUsedUp as error:
        request.response.status = error.status
        return {"person": None, "form": "", "message": request.translate(error.message)}
    form = Form(schemas.ChoosePasswordSchema(), request=request, buttons=(Button("save", _("Đặt mật khẩu")),))
    if request.method != "POST":
        return {"person": person, "form": form.render(), "message": ""}
    try:
        typed = form.validate(request.POST.items())
        service.use_password_link(request.db, token, typed["password"], at=request.at)
    except (Invalid, AccountError) as error:
        refused = error if isinstance(error, Invalid) else form.refuse(error.message, "password")
        request.response.status = refused.status
        return {"person": person, "form": refused.form.render(), "message": ""}
    request.session.flash(request.translate(_("Đã đặt mật khẩu. Mời bạn đăng nhập.")))
    return HTTPSeeOther(request.route_path("accounts.sign_in"))


def _form(request: Request) -> Form:
    return Form(
        schemas.SignInSchema(),
        request=request,
        buttons=(Button("sign_in", _("Đăng nhập")),),
        action=request.path_qs,
        form_id="sign-in",
    )


def _page(request: Request, form: Any) -> dict[str, Any]:
    return {
        "form": form,
        "kept": _kept_uid(request) is not None,
        "expired": request.GET.get("ly-do") == EXPIRED,
        "not_kept": request.GET.get("ly-do") == NOT_KEPT,
    }


def _refuse(request: Request, refused: Invalid, status: int | None = None) -> dict[str, Any]:
    request.response.status = status or refused.status
    return _page(request, refused.form.render())


def _kept_uid(request: Request) -> UUID | None:
    try:
        return UUID(request.GET.get(keeping.PARAMETER, ""))
    except ValueError:
        return None


def _destination(request: Request, person: Person | None) -> str:
    """Back to the kept text of this very person, else where they were going, else to their work."""
    uid = _kept_uid(request)
    if person is not None and uid is not None:
        form = queries.kept_form(request.db, person, uid, at=request.at)
        if form is not None:
            return keeping.back_to(form)
    wanted = destinations.local(request.GET.get("den"))
    if wanted is not None:
        return wanted
    if person is None or not queries.direct_units(request.db, person.id):
        return str(request.route_path("accounts.own"))
    prefix = LANGUAGE_PREFIX[person.language] if request.lang == "vi" else ""
    return f"{request.script_name}{prefix}{HOME}"
