"""Repeated parts of the catalogue's forms: steps, channels with limits and payments, papers, places."""

from typing import Any

import colander

from portal.catalogue.data import FeeKind, Unit
from portal.catalogue.desk.nodes import Amount, agency, area, chosen, day, html, line, needs, number, tick
from portal.catalogue.labels import FEE_KINDS, UNITS
from portal.forms import Schema, widgets
from portal.forms.uploads import FileValue
from portal.request import _

CURRENCIES = (("VND", _("đồng")), ("USD", _("đô la Mỹ")))


class Step(Schema):
    """A step of a case."""

    name = line(_("Tên bước"), description=_("Có thể để trống."))
    text = html(_("Nội dung"), rows=4)


class Steps(colander.SequenceSchema):
    """The steps in order."""

    row = Step(title=_("Bước"))


class Case(Schema):
    """A case of the procedure with its steps."""

    name = line(_("Trường hợp"), description=_("Để trống khi thủ tục chỉ có một trình tự."))
    steps = Steps(title=_("Các bước"), missing=(), widget=widgets.Rows(add=_("Thêm bước")))


def _case(node: Any, value: dict[str, Any]) -> None:
    needs(node, value, "steps", _("Hãy ghi ít nhất một bước của trường hợp này."))


class Cases(colander.SequenceSchema):
    """Trình tự thực hiện."""

    row = Case(title=_("Trình tự"), validator=_case)


class Limit(Schema):
    """A time limit as an amount of a unit, or in words."""

    amount = number(_("Thời hạn"))
    unit = chosen(_("Đơn vị"), [(unit.value, UNITS[unit]) for unit in Unit], blank=_("Chọn đơn vị"))
    text = line(_("Ghi bằng lời"), description=_("Khi không phải một con số, hoặc để cổng tự đọc ra số và đơn vị."))
    note = area(_("Áp dụng cho, ghi chú"), rows=2)


def _limit(node: Any, value: dict[str, Any]) -> None:
    refused = colander.Invalid(node)
    if value["amount"] is not None and not value["unit"]:
        refused["unit"] = _("Hãy chọn đơn vị của thời hạn.")
    if value["unit"] and value["unit"] != Unit.AT_ONCE and value["amount"] is None:
        refused["amount"] = _("Hãy nhập số của thời hạn.")
    if refused.children:
        raise refused


class Limits(colander.SequenceSchema):
    """Thời hạn giải quyết."""

    row = Limit(title=_("Thời hạn"), validator=_limit)


class Fee(Schema):
    """A payment."""

    kind = chosen(_("Loại"), [(kind.value, FEE_KINDS[kind]) for kind in FeeKind], blank=None)
    amount = number(_("Số tiền"), description=_("Miễn phí: ghi 0."), widget=Amount())
    currency = chosen(_("Tiền tệ"), CURRENCIES, blank=None)
    text = line(_("Ghi bằng lời"), description=_("Khi không phải một số tiền, hoặc để cổng tự đọc ra số tiền."))
    note = area(_("Áp dụng cho, ghi chú"), rows=2)


class Fees(colander.SequenceSchema):
    """Phí, lệ phí."""

    row = Fee(title=_("Khoản thu"))


class ChannelForm(Schema):
    """How applications are handed in by one channel."""

    used = tick(_("Nhận hồ sơ theo cách này"))
    description = area(_("Cách nộp"))
    limits = Limits(title=_("Thời hạn giải quyết"), missing=())
    fees = Fees(title=_("Phí, lệ phí"), missing=(), widget=widgets.Rows(add=_("Thêm khoản thu")))


class Paper(Schema):
    """A paper to bring."""

    name = line(_("Tên giấy tờ"), widget=widgets.TextArea(rows=2))
    case = line(_("Chỉ trong trường hợp"), description=_("Tên trường hợp như ở trình tự; để trống nếu luôn cần."))
    original = number(_("Số bản chính"), most=1000)
    copies = number(_("Số bản sao"), most=1000)
    optional = tick(_("Không bắt buộc (nếu có)"))
    form_name = line(_("Tên mẫu đơn, tờ khai"))
    form = colander.SchemaNode(FileValue(), title=_("Mẫu trống để tải về"), missing=None, widget=widgets.Upload())
    note = area(_("Ghi chú"), rows=2)


def _paper(node: Any, value: dict[str, Any]) -> None:
    needs(node, value, "name", _("Hãy ghi tên giấy tờ."))


class Papers(colander.SequenceSchema):
    """Thành phần hồ sơ."""

    row = Paper(title=_("Giấy tờ"), validator=_paper)


class Result(Schema):
    """What the applicant gets."""

    name = line(_("Tên kết quả"))
    code = line(_("Mã kết quả"), widget=widgets.Text(classes="govuk-input--width-20"))


class Results(colander.SequenceSchema):
    """Kết quả thực hiện."""

    row = Result(title=_("Kết quả"))


class Basis(Schema):
    """A document that the procedure rests on."""

    number = line(_("Số, ký hiệu"), description=_("Ví dụ: 42/2022/NĐ-CP"))
    title = line(_("Tên văn bản"), widget=widgets.TextArea(rows=2))
    part = line(_("Điều, khoản"), description=_("Ví dụ: khoản 2 Điều 14"))


def _basis(node: Any, value: dict[str, Any]) -> None:
    if value["part"] and not value["number"] and not value["title"]:
        needs(node, value, "number", _("Hãy ghi số, ký hiệu hoặc tên văn bản."))


class Bases(colander.SequenceSchema):
    """Căn cứ pháp lý."""

    row = Basis(title=_("Văn bản"), validator=_basis)


class Named(Schema):
    """An agency by its name."""

    name = agency(_("Tên cơ quan"))


class Agencies(colander.SequenceSchema):
    """Agencies of one role."""

    row = Named(title=_("Cơ quan"))


class Place(Schema):
    """Where applications are handed in."""

    name = line(_("Tên nơi tiếp nhận"))
    address = area(_("Địa chỉ"), rows=2)
    hours = area(_("Giờ làm việc"), rows=2)
    phone = line(_("Điện thoại"), widget=widgets.Text(classes="govuk-input--width-20"))


class Places(colander.SequenceSchema):
    """Nơi tiếp nhận."""

    row = Place(title=_("Nơi tiếp nhận"))


class Contact(Schema):
    """Whom to ask."""

    name = line(_("Người hoặc bộ phận"))
    phone = line(_("Điện thoại"), widget=widgets.Text(classes="govuk-input--width-20"))
    email = line(_("Thư điện tử"), widget=widgets.Text(type="email"))
    website = line(_("Trang thông tin"))


class Decision(Schema):
    """The decision that announced the procedure."""

    number = line(_("Số, ký hiệu"), widget=widgets.Text(classes="govuk-input--width-20"))
    title = line(_("Trích yếu"), widget=widgets.TextArea(rows=2))
    issued_on = day(_("Ngày ban hành"))
