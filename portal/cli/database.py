"""`portal init` and `portal migrate`."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from portal.cli.instance import Instance
from portal.cli.passwords import ask_password
from portal.cli.words import _
from portal.errors import ConfigurationError
from portal.errors import _ as N_

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session


class UnknownAgencyCode(ConfigurationError):
    """`portal.agency_code` is in no register."""

    def __init__(self, code: str) -> None:
        super().__init__(
            N_(
                "Danh bạ không có cơ quan mang mã “${code}”. Hãy sửa khóa portal.agency_code.",
                mapping={"code": code},
            )
        )


@click.command(help=_("Đưa cơ sở dữ liệu lên phiên bản của chương trình. Chạy lại cũng không sao."))
@click.option("--check", is_flag=True, help=_("Không đổi gì; báo những gì còn thiếu hoặc khác với chương trình."))
@click.option("--new", "message", metavar="TEXT", help=_("Dành cho người phát triển: viết một bước nâng cấp mới."))
@click.pass_obj
def migrate(instance: Instance, check: bool, message: str | None) -> None:
    from portal.db import migrations

    if message:
        click.echo(migrations.revise(instance.registry["portal.engine"], message))
    elif check:
        _tell_differences(instance.registry["portal.engine"])
    else:
        for done in migrations.upgrade(instance.engine):
            click.echo(_("Đã nâng cấp: ${what}", {"what": done.doc}))
        click.echo(_("Cơ sở dữ liệu đã ở phiên bản mới nhất."))


def _tell_differences(engine: "Engine") -> None:
    from portal.db import migrations

    missing = migrations.pending(engine)
    for script in missing:
        click.echo(_("Chưa chạy: ${what}", {"what": script.doc}))
    found = [] if missing else migrations.differences(engine)
    for difference in found:
        click.echo(_("Khác với chương trình: ${what}", {"what": difference}))
    if missing or found:
        raise SystemExit(1)
    click.echo(_("Cơ sở dữ liệu khớp với chương trình."))


@click.command(help=_("Chuẩn bị một cổng mới: bảng dữ liệu, danh bạ cơ quan và quản trị viên đầu tiên."))
@click.option("--email", prompt=_("Thư điện tử của quản trị viên đầu tiên"))
@click.option("--name", prompt=_("Họ và tên"))
@click.option("--link", is_flag=True, help=_("Không hỏi mật khẩu; in một liên kết để người đó tự đặt."))
@click.pass_obj
def init(instance: Instance, email: str, name: str, link: bool) -> None:
    from portal import clock
    from portal.accounts.service import first_administrator
    from portal.catalogue.vocabularies.files import terms_in
    from portal.catalogue.vocabularies.service import bring_terms
    from portal.db import migrations
    from portal.search.editing import bring_synonyms
    from portal.search.files import groups_in

    at, password = clock.now(), None if link else ask_password()
    migrations.upgrade(instance.engine)
    with instance.session() as db:
        fill_register(db, instance, at)
        bring_synonyms(db, groups_in(instance.settings.content_dir), source="content", at=at)
        bring_terms(db, terms_in(instance.settings.content_dir), at=at)
        unit = own_unit(db, instance, at)
        person, token = first_administrator(db, email=email, name=name, unit=unit, password=password, at=at)
        mail = person.email
    click.echo(_("Quản trị viên: ${email}", {"email": mail}))
    if token:
        click.echo(password_address(instance, token))
    click.echo(_("Xong. Hãy chạy: portal -c ${ini} serve", {"ini": str(instance.ini)}))


def fill_register(db: "Session", instance: Instance, at: datetime) -> None:
    """Bring the tables of agencies to what the data files of the register say."""
    from portal.agencies.register import Register
    from portal.agencies.service import load_register

    load_register(db, Register.load(instance.settings.content_dir / "register"), at)


def own_unit(db: "Session", instance: Instance, at: datetime) -> Any:
    """The agency whose portal this is. Raises `UnknownAgencyCode`."""
    from portal import clock
    from portal.agencies import queries

    code = instance.settings.agency_code
    unit = queries.by_code(db, code, clock.today(at)) or queries.by_code(db, code)
    if unit is None:
        raise UnknownAgencyCode(code)
    return unit


def password_address(instance: Instance, token: str) -> str:
    """The address of the page on which the holder of `token` chooses a password."""
    from pyramid.request import Request

    request = Request.blank("/", base_url=instance.settings.address)
    request.registry = instance.registry
    return str(request.route_url("accounts.choose_password", token=token))
