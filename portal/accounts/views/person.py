"""One person as their administrators see them: roles, sign-ins, state, and what was done to the account."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from portal import audit
from portal.accounts import queries, schemas, service
from portal.accounts.errors import AccountError
from portal.accounts.labels import ACTION_LABELS, ROLE_LABELS
from portal.accounts.models import Grant
from portal.accounts.routes import PersonPage
from portal.accounts.rules import CHANGE, GRANT, SEE
from portal.accounts.views.account import done, me, shown_sign_ins
from portal.accounts.views.links import link_page
from portal.forms import Button, Form, Invalid
from portal.request import Request, _
from portal.rules import ADMINISTRATOR

HISTORY = 30


@view_config(route_name="accounts.person", permission=SEE, renderer="accounts/person.jinja2")
def person(context: PersonPage, request: Request) -> dict[str, Any]:
    """Everything about one account that its administrators need."""
    return _page(context, request, _grant_form(context, request).render())


@view_config(route_name="accounts.grants", request_method="POST", permission=GRANT, renderer="accounts/person.jinja2")
def change_grants(context: PersonPage, request: Request) -> Any:
    """Give a role in a unit, or take one away (`remove` names the grant)."""
    back = request.route_path("accounts.person", uid=context.person.uid)
    form = _grant_form(context, request)
    by, at = me(request), request.at
    try:
        if "remove" in request.POST:
            gone = _grant_named(context, request)
            service.revoke_grant(request.db, context.person, gone.role, gone.unit, by=by, at=at)
            return done(request, _("Đã thu hồi vai trò."), back)
        typed = form.validate(request.POST.items())
        service.grant(request.db, context.person, typed["role"], typed["unit"], by=by, at=at)
    except (Invalid, AccountError) as error:
        refused = error if isinstance(error, Invalid) else form.refuse(error.message)
        request.response.status = error.status
        return _page(context, request, refused.form.render())
    return done(request, _("Đã cấp vai trò."), back)


@view_config(route_name="accounts.password_link", request_method="POST", permission=CHANGE)
def make_link(context: PersonPage, request: Request) -> Response:
    """A new link for choosing a password: for somebody who forgot it, or whose first link ran out."""
    token = service.make_password_link(request.db, context.person, by=me(request), at=request.at)
    return link_page(request, context.person, token)


@view_config(
    route_name="accounts.activity", request_method="POST", permission=CHANGE, renderer="accounts/person.jinja2"
)
def change_activity(context: PersonPage, request: Request) -> Any:
    """Close the account (`active` = "no") or open it again."""
    closes = request.POST.get("active") == "no"
    change = service.deactivate if closes else service.activate
    try:
        change(request.db, context.person, by=me(request), at=request.at)
    except AccountError as error:
        request.response.status = error.status
        return _page(context, request, _grant_form(context, request).refuse(error.message).form.render())
    text = _("Đã ngừng tài khoản.") if closes else _("Đã mở lại tài khoản.")
    return done(request, text, request.route_path("accounts.person", uid=context.person.uid))


@view_config(route_name="accounts.end_sessions", request_method="POST", permission=CHANGE)
def end_sessions(context: PersonPage, request: Request) -> Response:
    """Sign the person out everywhere."""
    count = service.revoke_sessions(request.db, context.person, by=me(request), at=request.at)
    text = _("Đã kết thúc ${n} phiên làm việc.", mapping={"n": count})
    return done(request, text, request.route_path("accounts.person", uid=context.person.uid))


def _grant_form(context: PersonPage, request: Request) -> Form:
    return Form(
        schemas.GrantSchema(),
        request=request,
        buttons=(Button("grant", _("Cấp vai trò"), "secondary"),),
        action=request.route_path("accounts.grants", uid=context.person.uid),
        form_id="grant",
        units=queries.administered_units(request.db, me(request)),
    )


def _grant_named(context: PersonPage, request: Request) -> Grant:
    wanted = request.POST.get("remove", "")
    for held in queries.grants_of(request.db, context.person):
        if str(held.id) == wanted:
            return held
    raise HTTPNotFound


def _page(context: PersonPage, request: Request, form: Any) -> dict[str, Any]:
    request.response.cache_control = "no-store"
    identity = request.identity
    held = queries.grants_of(request.db, context.person)
    return {
        "person": context.person,
        "grants": [(one, identity is not None and identity.has(ADMINISTRATOR, one.unit_id)) for one in held],
        "may_change": bool(request.has_permission(CHANGE, context)),
        "form": form,
        "sign_ins": shown_sign_ins(request, context.person),
        "history": audit.lines(request.db, subject_uid=context.person.uid, size=HISTORY).rows,
        "role_labels": ROLE_LABELS,
        "action_labels": ACTION_LABELS,
    }
