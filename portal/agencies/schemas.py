"""The forms of the register's administration."""

from typing import Any

import colander

from portal.agencies.codes import parse_code
from portal.agencies.kinds import KIND_LABELS
from portal.forms import Schema, Section
from portal.forms.widgets import Hidden, Rows, Select, Text, TextArea
from portal.request import _

KINDS = [(kind.value, label) for kind, label in KIND_LABELS.items()]


def _optional(title: str, *, longest: int, description: str = "", **more: Any) -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.String(),
        title=title,
        description=description,
        missing=None,
        validator=colander.Length(max=longest),
        **more,
    )


def _is_code(node: Any, value: str) -> None:
    if parse_code(value) is None:
        raise colander.Invalid(node, _("Mã định danh không đúng. Ví dụ: H17, H17.13.05 hoặc 000.05.13.H17."))


@colander.deferred
def _units(node: Any, bound: dict[str, Any]) -> Select:
    """Choices handed over by the view as (id, name)."""
    return Select(bound["units"], blank=_("Không trực thuộc đơn vị nào"))


@colander.deferred
def _any_unit(node: Any, bound: dict[str, Any]) -> Select:
    return Select(bound["units"])


@colander.deferred
def _needs_parent(node: Any, bound: dict[str, Any]) -> Any:
    return colander.required if bound["parent_required"] else None


class DescribeUnit(Schema):
    """What the administrators of a unit say of it."""

    version = colander.SchemaNode(colander.Integer(), widget=Hidden(), missing=None)
    short_name = _optional(_("Tên viết gọn"), longest=200, description=_("Ví dụ: Bộ TT&TT"))
    english_name = _optional(_("Tên tiếng Anh"), longest=300, widget=Text(lang="en"))
    aliases = _optional(
        _("Tên gọi khác"),
        longest=5000,
        description=_("Mỗi dòng một tên: cách viết cũ, tên tắt khác. Dùng để nhận ra đơn vị khi đọc văn bản."),
        widget=TextArea(rows=4),
    )
    address = _optional(_("Địa chỉ"), longest=500)
    phone = _optional(_("Điện thoại"), longest=100, widget=Text(type="tel"))
    email = colander.SchemaNode(
        colander.String(),
        title=_("Thư điện tử"),
        missing=None,
        validator=colander.All(colander.Length(max=200), colander.Email(_("Địa chỉ thư điện tử không đúng."))),
        widget=Text(type="email"),
    )
    website = colander.SchemaNode(
        colander.String(),
        title=_("Trang thông tin điện tử"),
        description=_("Bắt đầu bằng https://"),
        missing=None,
        validator=colander.All(
            colander.Length(max=300),
            colander.Regex(r"https?://[^\s/]+(/\S*)?\Z", _("Địa chỉ phải bắt đầu bằng https:// hoặc http://.")),
        ),
        widget=Text(type="url"),
    )


class ChangeUnit(DescribeUnit):
    """Everything about a unit, for who keeps the register or administers the unit above."""

    name = colander.SchemaNode(colander.String(), title=_("Tên đầy đủ"), validator=colander.Length(max=300))
    kind = colander.SchemaNode(colander.String(), title=_("Loại cơ quan"), widget=Select(KINDS))
    parent = colander.SchemaNode(colander.Integer(), title=_("Trực thuộc"), missing=_needs_parent, widget=_units)
    code = colander.SchemaNode(
        colander.String(),
        title=_("Mã định danh"),
        description=_("Theo Quyết định 20/2020/QĐ-TTg, ví dụ H17.13; dạng cũ 000.00.13.H17 cũng được."),
        missing=None,
        validator=_is_code,
    )
    abbreviation = _optional(_("Chữ viết tắt trong ký hiệu văn bản"), longest=50, description=_("Ví dụ: BTTTT, UBND"))
    valid_from = colander.SchemaNode(
        colander.Date(), title=_("Hoạt động từ ngày"), description=_("Ví dụ: 01/7/2025"), missing=None
    )
    valid_to = colander.SchemaNode(
        colander.Date(), title=_("Đến hết ngày"), description=_("Để trống khi còn hoạt động."), missing=None
    )
    self_approval = colander.SchemaNode(
        colander.Boolean(),
        title=_("Cho phép người soạn tự duyệt nội dung của đơn vị"),
        description=_("Chỉ bật khi đơn vị không đủ người; mỗi lần tự duyệt đều được ghi lại."),
        missing=False,
    )
    note = _optional(_("Ghi chú"), longest=2000, widget=TextArea(rows=3))

    sections = (
        Section(_("Định danh"), ("name", "kind", "parent", "code", "abbreviation", "short_name")),
        Section(_("Thời gian hoạt động"), ("valid_from", "valid_to")),
        Section(_("Tên gọi khác"), ("english_name", "aliases")),
        Section(_("Liên hệ"), ("address", "phone", "email", "website")),
        Section(_("Quản lý"), ("self_approval", "note")),
    )

    def validator(self, node: Any, values: dict[str, Any]) -> None:
        if values["valid_from"] and values["valid_to"] and values["valid_to"] < values["valid_from"]:
            wrong = colander.Invalid(node)
            wrong["valid_to"] = _("Ngày này phải từ ngày bắt đầu hoạt động trở đi.")
            raise wrong


class Units(colander.SequenceSchema):
    """Repeat rows, one unit each."""

    unit = colander.SchemaNode(colander.Integer(), title=_("Đơn vị"), widget=_any_unit)


class MergeUnits(Schema):
    """A reorganisation: who ends, who takes over, from when, by which text."""

    predecessors = Units(
        title=_("Đơn vị kết thúc hoạt động"),
        validator=colander.Length(min=1, min_err=_("Hãy chọn ít nhất một đơn vị.")),
        widget=Rows(least=1, movable=False, add=_("Thêm đơn vị kết thúc")),
    )
    successors = Units(
        title=_("Đơn vị tiếp nhận"),
        description=_(
            "Đơn vị mới phải được thêm vào danh bạ trước. Đơn vị có ở cả hai danh sách thì tiếp tục hoạt động."
        ),
        validator=colander.Length(min=1, min_err=_("Hãy chọn ít nhất một đơn vị.")),
        widget=Rows(least=1, movable=False, add=_("Thêm đơn vị tiếp nhận")),
    )
    on = colander.SchemaNode(
        colander.Date(),
        title=_("Ngày đơn vị tiếp nhận bắt đầu thực hiện nhiệm vụ"),
        description=_("Ví dụ: 01/7/2025. Đơn vị cũ kết thúc vào hết ngày hôm trước."),
    )
    instrument = _optional(_("Văn bản quyết định"), longest=300, description=_("Ví dụ: Nghị quyết 202/2025/QH15"))
    note = _optional(_("Ghi chú"), longest=2000, widget=TextArea(rows=3))
