"""Small forms beside the form itself."""

from typing import Any

import colander

from portal.eforms.values import is_email
from portal.forms import Schema, widgets
from portal.forms.uploads import FileValue
from portal.request import _


def _address(node: Any, value: str) -> None:
    if not is_email(value):
        raise colander.Invalid(node, _("Hãy viết địa chỉ thư như ten@vidu.vn."))


class LinkSchema(Schema):
    """Where the link to the draft is sent."""

    email = colander.SchemaNode(
        colander.String(),
        title=_("Thư điện tử"),
        validator=_address,
        widget=widgets.Text(type="email", autocomplete="email"),
    )


class PrefillSchema(Schema):
    """Code and secret of an earlier dossier."""

    code = colander.SchemaNode(
        colander.String(),
        title=_("Mã hồ sơ trước"),
        validator=colander.Length(max=100),
        widget=widgets.Text(autocomplete="off", classes="govuk-input--width-20"),
    )
    secret = colander.SchemaNode(
        colander.String(),
        title=_("Mã bí mật"),
        description=_("Ghi trên giấy biên nhận của hồ sơ đó."),
        validator=colander.Length(max=100),
        widget=widgets.Text(autocomplete="off", classes="govuk-input--width-20"),
    )


class SupplementSchema(Schema):
    """What the applicant brings."""

    words = colander.SchemaNode(
        colander.String(),
        title=_("Giải trình hoặc nội dung sửa đổi"),
        description=_("Viết rõ bạn bổ sung, sửa đổi điều gì."),
        validator=colander.Length(max=5000),
        missing=None,
        widget=widgets.TextArea(rows=6, count=5000),
    )
    tep = colander.SchemaNode(
        FileValue(),
        title=_("Tệp bổ sung"),
        description=_("Nhiều nhất 20 tệp, mỗi tệp không quá 20 MB."),
        missing=(),
        widget=widgets.Uploads(),
    )


class WithdrawSchema(Schema):
    """Why the applicant takes the dossier back, if they wish to say."""

    why = colander.SchemaNode(
        colander.String(),
        title=_("Lý do rút hồ sơ"),
        validator=colander.Length(max=2000),
        missing=None,
        widget=widgets.TextArea(rows=4),
    )
