"""One's own account: name and language, password, signed-in browsers, kept text."""

from typing import Any
from uuid import UUID

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from portal.accounts import keeping, queries, schemas, service
from portal.accounts.errors import AccountError, StalePerson, TooManyAttempts, WrongCurrentPassword
from portal.accounts.labels import ROLE_LABELS, device
from portal.accounts.models import Person, SignIn
from portal.accounts.rules import OWN
from portal.accounts.throttle import Limits
from portal.forms import Button, Form, Invalid
from portal.request import Request, _


@view_config(route_name="accounts.own", permission=OWN, renderer="accounts/own.jinja2")
def own(request: Request) -> Any:
    """What the account says, where it is signed in, what it may do, and text that was kept."""
    request.response.cache_control = "no-store"
    person = me(request)
    form = Form(schemas.OwnSchema(), request=request)
    if request.method != "POST":
        refilled = keeping.refill(request, form)
        return _own_page(request, form.render(None if refilled else _own_values(person)))
    try:
        typed = form.validate(request.POST.items())
        service.change_own(request.db, person, at=request.at, **typed)
    except Invalid as refused:
        request.response.status = refused.status
        return _own_page(request, refused.form.render())
    except AccountError as error:
        request.response.status = error.status
        refused_form = form.refuse(error.message).form
        if isinstance(error, StalePerson):
            typed["version"] = person.version
            return _own_page(request, refused_form.render(typed))
        return _own_page(request, refused_form.render())
    return done(request, _("Đã lưu thông tin của bạn."), request.route_path("accounts.own"))


@view_config(route_name="accounts.password", permission=OWN, renderer="accounts/password.jinja2")
def password(request: Request) -> Any:
    """Change the password; every other signed-in browser is signed out."""
    request.response.cache_control = "no-store"
    buttons = (Button("save", _("Đổi mật khẩu")), _cancel(request))
    form = Form(schemas.ChangePasswordSchema(), request=request, buttons=buttons)
    if request.method != "POST":
        return {"form": form.render()}
    try:
        typed = form.validate(request.POST.items())
        service.change_password(
            request.db,
            me(request),
            current=typed["current"],
            new=typed["password"],
            at=request.at,
            keep=keeping.known_sign_in(request),
            limits=Limits.of(request.portal),
        )
    except (Invalid, AccountError) as error:
        about_current = isinstance(error, WrongCurrentPassword | TooManyAttempts)
        path = "current" if about_current else "password"
        refused = error if isinstance(error, Invalid) else form.refuse(error.message, path)
        request.response.status = error.status
        return {"form": refused.form.render()}
    text = _("Đã đổi mật khẩu. Mọi thiết bị khác đã bị đăng xuất.")
    return done(request, text, request.route_path("accounts.own"))


@view_config(route_name="accounts.sessions", request_method="POST", permission=OWN)
def end_sessions(request: Request) -> Response:
    """End one sign-in (`uid`), or all but this one (`others`)."""
    person, here = me(request), keeping.known_sign_in(request)
    if "others" in request.POST:
        service.revoke_sessions(request.db, person, by=person, at=request.at, keep=here)
        text = _("Đã đăng xuất mọi thiết bị khác.")
    else:
        service.revoke_session(request.db, _sign_in_named(request, person), by=person, at=request.at)
        text = _("Đã đăng xuất thiết bị đó.")
    return done(request, text, request.route_path("accounts.own"))


@view_config(route_name="accounts.kept", request_method="POST", permission=OWN)
def discard_kept(request: Request) -> Response:
    """Throw kept text away."""
    form = queries.kept_form(request.db, me(request), uid_sent(request), at=request.at)
    if form is None:
        raise HTTPNotFound
    service.drop_form(request.db, form)
    return done(request, _("Đã xóa nội dung đã giữ."), request.route_path("accounts.own"))


def me(request: Request) -> Person:
    """The signed-in person; only for views whose permission lets nobody else in."""
    if request.identity is None:
        raise HTTPNotFound
    person: Person = request.identity.person
    return person


def uid_sent(request: Request) -> UUID:
    """The `uid` among what was posted; 404 when it is none."""
    try:
        return UUID(request.POST.get("uid", ""))
    except ValueError:
        raise HTTPNotFound from None


def done(request: Request, text: Any, address: str) -> Response:
    """Go on to `address`, which then shows `text` once."""
    request.session.flash(request.translate(text))
    return HTTPSeeOther(address)


def shown_sign_ins(request: Request, person: Person) -> list[dict[str, Any]]:
    """The person's signed-in browsers as pages show them."""
    here = keeping.known_sign_in(request)
    found = queries.live_sign_ins(request.db, person, at=request.at)
    return [
        {
            "uid": sign_in.uid,
            "device": device(sign_in.agent),
            "address": sign_in.address,
            "created_at": sign_in.created_at,
            "seen_at": sign_in.seen_at,
            "here": here is not None and sign_in.id == here.id,
        }
        for sign_in in found
    ]


def _own_values(person: Person) -> dict[str, Any]:
    return {"name": person.name, "language": person.language, "version": person.version}


def _own_page(request: Request, form: Any) -> dict[str, Any]:
    person = me(request)
    kept = queries.kept_forms(request.db, person, at=request.at)
    return {
        "form": form,
        "person": person,
        "sign_ins": shown_sign_ins(request, person),
        "grants": queries.grants_of(request.db, person),
        "role_labels": ROLE_LABELS,
        "kept": [{"uid": k.uid, "page": k.page, "at": k.created_at, "href": keeping.back_to(k)} for k in kept],
    }


def _sign_in_named(request: Request, person: Person) -> SignIn:
    sign_in = queries.sign_in_of(request.db, person, uid_sent(request))
    if sign_in is None:
        raise HTTPNotFound
    return sign_in


def _cancel(request: Request) -> Button:
    return Button("cancel", _("Hủy"), "secondary", href=request.route_path("accounts.own"))
