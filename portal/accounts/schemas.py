"""Forms about people, with labels and help."""

from typing import Any

import colander

from portal.accounts import passwords
from portal.accounts.labels import ROLE_HINTS, ROLE_LABELS
from portal.accounts.models import LANGUAGES
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.forms import Schema
from portal.forms.widgets import Checkbox, Checkboxes, Hidden, Password, Radios, Select, Text
from portal.request import _
from portal.rules import ROLES

LISTED_UNITS = 150
"""More units than this are typed, not picked from a list."""

_LANGUAGE_NAMES = (("vi", "Tiếng Việt"), ("en", "English"))


class Unit(colander.SchemaType):
    """A unit of the register: its key, code or name in the form, an `Agency` as value."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        return colander.null if appstruct is colander.null else appstruct.key

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        if not cstruct:
            return colander.null
        db = node.bindings["request"].db
        unit: Agency | None = agencies.by_key(db, cstruct) or agencies.resolver(db, cstruct)
        if unit is None:
            raise colander.Invalid(
                node,
                _(
                    "Không có đơn vị nào tên hoặc mã là “${text}”. Hãy viết đúng mã định danh hoặc tên đầy đủ.",
                    mapping={"text": cstruct},
                ),
            )
        return unit


@colander.deferred
def unit_widget(node: Any, bindings: dict[str, Any]) -> Any:
    units: list[Agency] = bindings.get("units", [])
    if not units or len(units) > LISTED_UNITS:
        return Text()
    lang = bindings["request"].lang
    return Select([(unit.key, unit.label(lang)) for unit in units])


@colander.deferred
def unit_help(node: Any, bindings: dict[str, Any]) -> Any:
    many = len(bindings.get("units", [])) > LISTED_UNITS
    return _("Mã định danh hoặc tên đầy đủ của đơn vị.") if many else ""


def _email(**more: Any) -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.String(),
        title=_("Địa chỉ thư điện tử"),
        widget=Text(type="email", autocomplete=more.pop("autocomplete", "off")),
        **more,
    )


def _name(autocomplete: str = "off") -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.String(),
        title=_("Họ và tên"),
        validator=colander.Length(max=200),
        widget=Text(autocomplete=autocomplete),
    )


def _language() -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.String(),
        title=_("Ngôn ngữ làm việc"),
        validator=colander.OneOf(LANGUAGES),
        widget=Radios(_LANGUAGE_NAMES, inline=True),
        default="vi",
    )


def _new_password() -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.String(),
        title=_("Mật khẩu mới"),
        description=_(
            "Ít nhất ${n} ký tự. Hãy dùng một câu gồm vài từ không liên quan đến nhau; dấu cách và dấu tiếng Việt "
            "đều được. Không bắt buộc có chữ hoa, chữ số hay ký hiệu.",
            mapping={"n": passwords.SHORTEST},
        ),
        widget=Password(autocomplete="new-password"),
    )


def _version() -> colander.SchemaNode:
    return colander.SchemaNode(colander.Integer(), widget=Hidden(), missing=None)


class SignInSchema(Schema):
    email = _email(autocomplete="username")
    password = colander.SchemaNode(colander.String(), title=_("Mật khẩu"), widget=Password())


class ChoosePasswordSchema(Schema):
    password = _new_password()


class ChangePasswordSchema(Schema):
    current = colander.SchemaNode(colander.String(), title=_("Mật khẩu hiện tại"), widget=Password())
    password = _new_password()


class OwnSchema(Schema):
    name = _name("name")
    language = _language()
    version = _version()


class PersonSchema(Schema):
    name = _name()
    email = _email()
    unit = colander.SchemaNode(Unit(), title=_("Đơn vị công tác"), description=unit_help, widget=unit_widget)
    language = _language()
    version = _version()


class AddPersonSchema(Schema):
    name = _name()
    email = _email()
    unit = colander.SchemaNode(Unit(), title=_("Đơn vị công tác"), description=unit_help, widget=unit_widget)
    roles = colander.SchemaNode(
        colander.Set(),
        title=_("Vai trò tại đơn vị"),
        description=_("Vai trò có hiệu lực ở đơn vị này và mọi đơn vị cấp dưới. Có thể cấp thêm sau."),
        widget=Checkboxes([(role, ROLE_LABELS[role]) for role in ROLES], hints=ROLE_HINTS),
        missing=(),
    )
    language = _language()
    existing = colander.SchemaNode(
        colander.Boolean(),
        title=_("Nếu địa chỉ thư đã có tài khoản thì cấp vai trò cho tài khoản đó"),
        widget=Checkbox(),
        missing=False,
    )


class GrantSchema(Schema):
    role = colander.SchemaNode(
        colander.String(),
        title=_("Vai trò"),
        widget=Select([(role, ROLE_LABELS[role]) for role in ROLES]),
    )
    unit = colander.SchemaNode(Unit(), title=_("Tại đơn vị"), description=unit_help, widget=unit_widget)
