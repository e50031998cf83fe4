"""Administrators look after the people of their units: the list, adding, and what one account says."""

from typing import Any

from pyramid.view import view_config

from portal.accounts import keeping, queries, schemas, service
from portal.accounts.errors import AccountError, BadEmail, EmailTaken, NameMissing, NotAdministrator, StalePerson
from portal.accounts.labels import ROLE_LABELS
from portal.accounts.models import Person
from portal.accounts.queries import PeopleFilter
from portal.accounts.routes import PersonPage
from portal.accounts.rules import ADD, CHANGE, LIST
from portal.accounts.views.account import done, me
from portal.accounts.views.links import link_page
from portal.errors import BadParameter
from portal.forms import Button, Form, Invalid
from portal.request import Request, _
from portal.rules import ROLES

PER_PAGE = 25
STATES = {
    "active": _("Đang hoạt động"),
    "waiting": _("Chưa đặt mật khẩu"),
    "inactive": _("Đã ngừng"),
}
_PATHS = {EmailTaken: "email", BadEmail: "email", NameMissing: "name", NotAdministrator: "unit"}


@view_config(route_name="accounts.people", permission=LIST, renderer="accounts/people.jinja2")
def people(request: Request) -> dict[str, Any]:
    """The people of the units that one administers; narrowed by text, role and state."""
    wanted = PeopleFilter(
        text=request.GET.get("q", "")[:200],
        role=_one_of(request, "vai-tro", ROLES),
        state=_one_of(request, "trang-thai", STATES),
    )
    page = queries.people_of(request.db, me(request), wanted, page=_page_number(request), size=PER_PAGE)
    return {
        "page": page,
        "wanted": wanted,
        "grants": queries.grants_by_person(request.db, page.rows),
        "role_labels": ROLE_LABELS,
        "states": STATES,
    }


@view_config(route_name="accounts.add_person", permission=ADD, renderer="accounts/add_person.jinja2")
def add_person(request: Request) -> Any:
    """Open an account, give its roles, and show once the link by which the person chooses a password."""
    by = me(request)
    units = queries.administered_units(request.db, by)
    buttons = (Button("save", _("Thêm người")), _cancel(request, request.route_path("accounts.people")))
    form = Form(schemas.AddPersonSchema(), request=request, buttons=buttons, units=units)
    if request.method != "POST":
        values = {"unit": units[0]} if len(units) == 1 else {}
        return {"form": form.render() if keeping.refill(request, form) else form.render(values)}
    try:
        typed = form.validate(request.POST.items())
        with request.db.begin_nested():
            person, new = _added(request, typed, by)
    except (Invalid, AccountError) as error:
        request.response.status = error.status
        return {"form": _refused(form, error).render()}
    if not new:
        text = _(
            "Địa chỉ này đã có tài khoản của ${name}; đã cấp vai trò cho tài khoản đó.", mapping={"name": person.name}
        )
        return done(request, text, request.route_path("accounts.person", uid=person.uid))
    return link_page(request, person, service.make_password_link(request.db, person, by=by, at=request.at))


@view_config(route_name="accounts.change_person", permission=CHANGE, renderer="accounts/change_person.jinja2")
def change_person(context: PersonPage, request: Request) -> Any:
    """Change what an account says; a form older than the account is refused with the new data beside it."""
    person, back = context.person, request.route_path("accounts.person", uid=context.person.uid)
    units = queries.administered_units(request.db, me(request))
    form = Form(
        schemas.PersonSchema(),
        request=request,
        buttons=(Button("save", _("Lưu")), _cancel(request, back)),
        units=units,
    )
    if request.method != "POST":
        refilled = keeping.refill(request, form)
        return {"form": form.render(None if refilled else _values(person)), "person": person, "stale": None}
    try:
        typed = form.validate(request.POST.items())
        service.change_person(request.db, person, by=me(request), at=request.at, **typed)
    except StalePerson as error:
        request.response.status = error.status
        refused = form.refuse(error.message).form
        return {"form": refused.render(typed | {"version": person.version}), "person": person, "stale": person}
    except (Invalid, AccountError) as error:
        request.response.status = error.status
        return {"form": _refused(form, error).render(), "person": person, "stale": None}
    return done(request, _("Đã lưu tài khoản."), back)


def _added(request: Request, typed: dict[str, Any], by: Person) -> tuple[Person, bool]:
    """The person and whether the account is new; with `existing` ticked an old account gets the roles."""
    person = queries.person_by_email(request.db, typed["email"]) if typed["existing"] and typed["roles"] else None
    new = person is None
    if person is None:
        person = service.add_person(
            request.db,
            email=typed["email"],
            name=typed["name"],
            unit=typed["unit"],
            language=typed["language"],
            by=by,
            at=request.at,
        )
    for role in sorted(typed["roles"]):
        service.grant(request.db, person, role, typed["unit"], by=by, at=request.at)
    return person, new


def _refused(form: Form, error: Invalid | AccountError) -> Form:
    if isinstance(error, Invalid):
        return error.form
    return form.refuse(error.message, _PATHS.get(type(error), "")).form


def _values(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "unit": person.unit,
        "language": person.language,
        "version": person.version,
    }


def _cancel(request: Request, address: str) -> Button:
    return Button("cancel", _("Hủy"), "secondary", href=address)


def _one_of(request: Request, name: str, known: Any) -> str:
    value = request.GET.get(name, "")
    if value and value not in known:
        raise BadParameter(name)
    return str(value)


def _page_number(request: Request) -> int:
    value = request.GET.get("trang", "1")
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 100_000:
        raise BadParameter("trang")
    return int(value)
