"""Forms around dossiers."""

import colander

from portal.dossiers.following.models import Wish
from portal.forms import Schema, widgets
from portal.request import _

WISHES = {
    Wish.EXPORT: _("Nhận bản sao dữ liệu của hồ sơ"),
    Wish.ERASE: _("Xóa dữ liệu cá nhân khỏi hồ sơ đã kết thúc"),
}


class LookupSchema(Schema):
    """Code and secret as they stand on the receipt."""

    code = colander.SchemaNode(
        colander.String(),
        title=_("Mã hồ sơ"),
        description=_("Ở phần đầu giấy biên nhận, ví dụ H17.13-20260302-0000001."),
        validator=colander.Length(max=200),
        widget=widgets.Text(autocomplete="off", attributes={"spellcheck": "false", "autocapitalize": "characters"}),
    )
    secret = colander.SchemaNode(
        colander.String(),
        title=_("Mã bí mật"),
        description=_("Mười hai chữ và số, ví dụ 7KQ2-9XYZ-4M8B. Viết hoa hay thường, có gạch nối hay không đều được."),
        validator=colander.Length(max=200),
        widget=widgets.Text(autocomplete="off", attributes={"spellcheck": "false", "autocapitalize": "characters"}),
    )


class SealSchema(Schema):
    """The number under a QR code."""

    seal = colander.SchemaNode(
        colander.String(),
        name="ma",
        title=_("Mã xác minh"),
        description=_("In dưới mã QR của giấy, ví dụ 7-3KQX-90AB-WXYZ-1234."),
        validator=colander.Length(max=100),
        widget=widgets.Text(autocomplete="off", attributes={"spellcheck": "false", "autocapitalize": "characters"}),
    )


class DataRequestSchema(Schema):
    """What somebody asks about their own data."""

    wish = colander.SchemaNode(
        colander.String(),
        title=_("Bạn muốn yêu cầu điều gì?"),
        validator=colander.OneOf([wish.value for wish in Wish]),
        widget=widgets.Radios([(wish.value, label) for wish, label in WISHES.items()]),
    )


class RefusalSchema(Schema):
    """Why a request is not met."""

    why = colander.SchemaNode(
        colander.String(),
        title=_("Lý do từ chối"),
        description=_("Người yêu cầu đọc được câu này. Không ghi họ tên, số giấy tờ, số điện thoại."),
        validator=colander.Length(max=1000),
        widget=widgets.TextArea(rows=4),
    )


class RevocationSchema(Schema):
    """Why a paper does not hold any more."""

    why = colander.SchemaNode(
        colander.String(),
        title=_("Lý do thu hồi"),
        description=_("Ai quét mã QR cũng đọc được câu này. Không ghi họ tên hay chuyện riêng."),
        validator=colander.Length(max=500),
        widget=widgets.TextArea(rows=3),
    )
