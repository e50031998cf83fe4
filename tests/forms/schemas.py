"""A schema with every widget, as a long form of the desk would have it."""

import colander

from portal.forms import IsoDate, Schema, Section
from portal.forms.uploads import FileValue
from portal.forms.widgets import (
    Checkboxes,
    Group,
    Hidden,
    Password,
    Radios,
    RichText,
    Rows,
    Select,
    Text,
    TextArea,
    Uploads,
)
from portal.request import _

FIELDS = (("y-te", "Y tế"), ("giao-duc", "Giáo dục"), ("giao-thong", "Giao thông"))


class Issuer(colander.Schema):
    name = colander.SchemaNode(colander.String(), title=_("Tên cơ quan"), widget=Text(autocomplete="organization"))
    code = colander.SchemaNode(colander.String(), title=_("Mã cơ quan"), missing=None)


class Recipient(colander.Schema):
    name = colander.SchemaNode(colander.String(), title=_("Tên nơi nhận"))
    purpose = colander.SchemaNode(colander.String(), title=_("Mục đích"), missing=None)
    channel = colander.SchemaNode(
        colander.String(), title=_("Cách gửi"), missing="giay", widget=Radios((("giay", "Giấy"), ("truc", "Qua trục")))
    )


class Recipients(colander.SequenceSchema):
    recipient = Recipient(title=_("Nơi nhận"))


class Keywords(colander.SequenceSchema):
    keyword = colander.SchemaNode(colander.String(), title=_("Từ khóa"))


class Everything(Schema):
    version = colander.SchemaNode(colander.Integer(), widget=Hidden())
    number = colander.SchemaNode(colander.String(), title=_("Số"), description=_("Ví dụ: 249"))
    issued_on = colander.SchemaNode(IsoDate(), title=_("Ngày ban hành"), missing=None)
    effective_on = colander.SchemaNode(colander.Date(), title=_("Ngày có hiệu lực"), missing=None)
    pages = colander.SchemaNode(colander.Integer(), title=_("Số trang"), missing=None)
    urgency = colander.SchemaNode(
        colander.String(),
        title=_("Độ khẩn"),
        missing=None,
        widget=Select((("khan", "Khẩn"), ("hoa-toc", "Hỏa tốc")), blank=_("Không khẩn")),
    )
    effect = colander.SchemaNode(
        colander.String(),
        title=_("Hiệu lực"),
        missing=None,
        widget=Radios((("con", "Còn hiệu lực"), ("het", "Hết hiệu lực"))),
    )
    fields = colander.SchemaNode(colander.List(), title=_("Lĩnh vực"), missing=(), widget=Checkboxes(FIELDS))
    minor = colander.SchemaNode(colander.Boolean(), title=_("Sửa nhỏ"), missing=False)
    summary = colander.SchemaNode(colander.String(), title=_("Tóm tắt"), missing=None, widget=TextArea(count=200))
    body = colander.SchemaNode(colander.String(), title=_("Nội dung"), missing="", widget=RichText())
    password = colander.SchemaNode(colander.String(), title=_("Mật khẩu"), missing=None, widget=Password())
    issuer = Issuer(title=_("Cơ quan ban hành"), widget=Group())
    recipients = Recipients(title=_("Danh sách nơi nhận"), missing=())
    keywords = Keywords(title=_("Từ khóa"), missing=(), widget=Rows(most=3))
    attachments = colander.SchemaNode(FileValue(), title=_("Tệp đính kèm"), missing=(), widget=Uploads(accept=".pdf"))

    sections = (
        Section(_("Số và ngày"), ("number", "issued_on", "effective_on", "pages")),
        Section(_("Nội dung văn bản"), ("summary", "body"), _("Dán từ Word được.")),
    )
