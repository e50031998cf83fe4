"""The form of a word."""

from typing import Any

import colander

from portal.catalogue.vocabularies.files import LONGEST_NAME, LONGEST_TEXT
from portal.forms import Schema
from portal.forms.widgets import Hidden, Number, TextArea
from portal.request import _

LAST = 100_000


def _text(title: str, longest: int, *, missing: Any = None, **more: Any) -> colander.SchemaNode:
    check = colander.Length(max=longest)
    return colander.SchemaNode(colander.String(), title=title, missing=missing, validator=check, **more)


class WordForm(Schema):
    """A word of a vocabulary."""

    version = colander.SchemaNode(colander.Integer(), widget=Hidden(), missing=None)
    name = _text(
        _("Tên"),
        LONGEST_NAME,
        missing=colander.required,
        description=_("Người dân thấy tên này khi chọn dịch vụ công. Địa chỉ trang của mục không đổi khi đổi tên."),
    )
    english_name = _text(_("Tên tiếng Anh"), LONGEST_NAME)
    description = _text(
        _("Mô tả"), LONGEST_TEXT, widget=TextArea(rows=3), description=_("Một câu cho biết mục này gồm những gì.")
    )
    english_description = _text(_("Mô tả tiếng Anh"), LONGEST_TEXT, widget=TextArea(rows=3))
    position = colander.SchemaNode(
        colander.Integer(),
        title=_("Thứ tự"),
        description=_("Số nhỏ đứng trước. Để trống: mục mới đứng cuối."),
        missing=None,
        validator=colander.Range(0, LAST),
        widget=Number(),
    )
