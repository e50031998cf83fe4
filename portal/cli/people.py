"""`portal people`: accounts and roles from the command line, for the operator of the machine."""

from typing import TYPE_CHECKING, Any

import click

from portal.cli.database import own_unit, password_address
from portal.cli.instance import Instance
from portal.cli.passwords import ask_password
from portal.cli.words import _
from portal.errors import NotFound
from portal.errors import _ as N_
from portal.rules import ROLES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.accounts.models import Person
    from portal.agencies.models import Agency


class NoSuchPerson(NotFound):
    """Nobody has an account with this address."""

    def __init__(self, email: str) -> None:
        super().__init__(N_("Không có tài khoản nào mang thư điện tử “${email}”.", mapping={"email": email}))


class NoSuchUnit(NotFound):
    """The register knows no such code or name."""

    def __init__(self, name: str) -> None:
        super().__init__(N_("Danh bạ không có cơ quan nào là “${name}”.", mapping={"name": name}))


@click.group(help=_("Tài khoản và vai trò."))
def people() -> None:
    pass


def _person(db: "Session", email: str) -> "Person":
    from portal.accounts import queries

    found = queries.person_by_email(db, queries.folded_email(email))
    if found is None:
        raise NoSuchPerson(email)
    return found


def unit_named(db: "Session", instance: Instance, name: str | None) -> "Agency":
    """The unit of that code or name; the instance's own agency when None."""
    from portal import clock
    from portal.agencies import queries

    at = clock.now()
    if name is None:
        found: Agency = own_unit(db, instance, at)
        return found
    resolved = queries.resolver(db, name, clock.today(at)) or queries.resolver(db, name)
    if resolved is None:
        raise NoSuchUnit(name)
    return resolved


def unit_option(command: Any) -> Any:
    """`--unit`: a code or a name of any period."""
    return click.option("--unit", help=_("Mã hoặc tên đơn vị; mặc định là cơ quan của cổng."))(command)


@people.command(help=_("Mở một tài khoản. Mật khẩu được hỏi, đọc từ đầu vào chuẩn, hoặc do người đó đặt (--link)."))
@click.argument("email")
@click.option("--name", required=True, help=_("Họ và tên."))
@unit_option
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help=_("Vai trò trong đơn vị; lặp lại được."))
@click.option("--link", is_flag=True, help=_("In một liên kết để người đó tự đặt mật khẩu."))
@click.pass_obj
def add(instance: Instance, /, **asked: Any) -> None:
    from portal import clock
    from portal.accounts import service

    at, password = clock.now(), None if asked["link"] else ask_password()
    with instance.session() as db:
        unit = unit_named(db, instance, asked["unit"])
        person = service.add_person(
            db, email=asked["email"], name=asked["name"], unit=unit, by=None, at=at, password=password
        )
        for role in asked["roles"]:
            service.grant(db, person, role, unit, by=None, at=at)
        token = service.make_password_link(db, person, by=None, at=at) if asked["link"] else None
        click.echo(_("Đã mở tài khoản ${email} ở ${unit}.", {"email": person.email, "unit": unit.name}))
    if token:
        click.echo(password_address(instance, token))


@people.command(help=_("Trao hoặc thu hồi một vai trò."))
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@unit_option
@click.option("--revoke", is_flag=True, help=_("Thu hồi thay vì trao."))
@click.pass_obj
def grant(instance: Instance, email: str, role: str, unit: str | None, revoke: bool) -> None:
    from portal import clock
    from portal.accounts import service

    with instance.session() as db:
        person, agency = _person(db, email), unit_named(db, instance, unit)
        change = service.revoke_grant if revoke else service.grant
        change(db, person, role, agency, by=None, at=clock.now())
        done = _("Đã thu hồi vai trò") if revoke else _("Đã trao vai trò")
        click.echo(f"{done}: {person.email}, {role}, {agency.name}")


@people.command(help=_("Đặt lại mật khẩu; mọi phiên làm việc của người đó kết thúc."))
@click.argument("email")
@click.option("--link", is_flag=True, help=_("In một liên kết để người đó tự đặt mật khẩu."))
@click.pass_obj
def password(instance: Instance, email: str, link: bool) -> None:
    from portal import clock
    from portal.accounts import service

    at, typed = clock.now(), None if link else ask_password()
    with instance.session() as db:
        person = _person(db, email)
        if typed is None:
            told = password_address(instance, service.make_password_link(db, person, by=None, at=at))
        else:
            service.set_password(db, person, typed, by=None, at=at)
            told = _("Đã đặt mật khẩu mới.")
    click.echo(told)


@people.command("list", help=_("Mọi tài khoản cùng vai trò."))
@click.pass_obj
def list_people(instance: Instance) -> None:
    from sqlalchemy import select

    from portal.accounts import queries
    from portal.accounts.models import Person

    with instance.reading() as db:
        for person in db.scalars(select(Person).order_by(Person.email)):
            closed = "" if person.active else " " + _("(đã khóa)")
            click.echo(f"{person.email}  {person.name}{closed}")
            for held in queries.grants_of(db, person):
                click.echo(f"    {held.role}: {held.unit.name}")
