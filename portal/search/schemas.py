"""The forms of the desk's part of search."""

from typing import Any

import colander

from portal.forms import Schema
from portal.forms.widgets import Checkbox, Hidden, Text, TextArea
from portal.request import _
from portal.search.maintaining import key_of

_ADDRESS = r"/(?!/)[^\s\\]*\Z"
MOST_QUERIES = 20


def _lines(node: Any, value: str) -> None:
    rows = lines(value)
    if len(rows) > MOST_QUERIES:
        raise colander.Invalid(node, _("Nhiều nhất ${n} dòng.", mapping={"n": MOST_QUERIES}))


def _queries(node: Any, value: str) -> None:
    _lines(node, value)
    for line in lines(value):
        if not key_of(line) or len(line) > 200:
            raise colander.Invalid(node, _("“${line}” không phải từ tìm kiếm.", mapping={"line": line[:80]}))


def lines(text: str | None) -> list[str]:
    """What stands on each line, once."""
    return list(dict.fromkeys(" ".join(line.split()) for line in (text or "").splitlines() if line.strip()))


def _text(title: str, *, longest: int, missing: Any = colander.required, **more: Any) -> colander.SchemaNode:
    checks = [colander.Length(max=longest), *([more.pop("check")] if "check" in more else [])]
    return colander.SchemaNode(colander.String(), title=title, missing=missing, validator=colander.All(*checks), **more)


@colander.deferred
def _confirm(node: Any, bound: dict[str, Any]) -> Any:
    """A box to tick only where something was doubted."""
    return Checkbox() if bound.get("doubted") else Hidden()


class SynonymGroup(Schema):
    """Spellings that search treats as one."""

    version = colander.SchemaNode(colander.Integer(), widget=Hidden(), missing=None)
    terms = _text(
        _("Các cách viết"),
        longest=1000,
        check=_lines,
        description=_(
            "Mỗi dòng một cách viết: chữ viết tắt và chữ đầy đủ, hoặc các từ cùng nghĩa. "
            "Người tìm gõ cách nào cũng ra cả những cách còn lại."
        ),
        widget=TextArea(rows=5),
    )
    note = _text(_("Ghi chú"), longest=500, missing=None, description=_("Chỉ hiện trên bàn làm việc."))
    active = colander.SchemaNode(colander.Boolean(), title=_("Đang dùng khi tìm kiếm"), missing=False)
    confirmed = colander.SchemaNode(
        colander.Boolean(), title=_("Tôi đã xem lại và vẫn muốn lưu"), missing=False, widget=_confirm
    )


class BestBetForm(Schema):
    """What stands above the results of certain queries."""

    version = colander.SchemaNode(colander.Integer(), widget=Hidden(), missing=None)
    queries = _text(
        _("Khi người dân tìm"),
        longest=3000,
        check=_queries,
        description=_("Mỗi dòng một câu tìm. Không phân biệt chữ hoa, dấu và kiểu gõ; phải trùng cả câu."),
        widget=TextArea(rows=4),
    )
    title = _text(_("Tiêu đề hiện ra"), longest=200)
    url = _text(
        _("Địa chỉ trên cổng này"),
        longest=500,
        description=_(
            "Phần sau tên miền, bắt đầu bằng dấu /, ví dụ /van-ban/42-2022-nd-cp. Trang phải đang công khai."
        ),
        check=colander.Regex(_ADDRESS, _("Địa chỉ phải bắt đầu bằng một dấu / và không có khoảng trống.")),
        widget=Text(),
    )
    text = _text(_("Lời giới thiệu"), longest=500, missing=None, widget=TextArea(rows=3))
    starts_on = colander.SchemaNode(
        colander.Date(), title=_("Từ ngày"), description=_("Để trống: ngay bây giờ."), missing=None
    )
    ends_on = colander.SchemaNode(
        colander.Date(), title=_("Đến hết ngày"), description=_("Để trống: không thời hạn."), missing=None
    )

    def validator(self, node: Any, values: dict[str, Any]) -> None:
        if values["starts_on"] and values["ends_on"] and values["ends_on"] < values["starts_on"]:
            wrong = colander.Invalid(node)
            wrong["ends_on"] = _("Ngày này phải từ ngày bắt đầu trở đi.")
            raise wrong
