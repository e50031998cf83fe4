"""The editor's form of an outcome. A procedure may be named by its code or by words of its name."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

import colander

from portal.catalogue.data import CODE
from portal.forms import Schema, Section, widgets
from portal.guides import queries
from portal.guides.schemas import english, hidden, text
from portal.request import _
from portal.text import fold

MEANT = 5
"""Procedures that are named when several may be meant."""
_ADDRESS = re.compile(r"(?:https?://|/(?!/))\S{1,500}", re.IGNORECASE)


def is_reference(value: str) -> bool:
    """Whether it is a code of a procedure or the uid of an item."""
    if CODE.fullmatch(value.upper()):
        return True
    try:
        UUID(value)
    except ValueError:
        return False
    return True


@colander.deferred
def _by_name(node: Any, bound: dict[str, Any]) -> Any:
    """Takes words of a name for the code of the one procedure that has them all in its name."""
    db = bound["request"].db

    def code_of(value: Any) -> Any:
        if not isinstance(value, str) or is_reference(value):
            return value
        found = queries.procedures_named(db, value, 2)
        exact = [row for row in found if fold(row.name) == fold(value)]
        one = exact or found
        return (one[0].code or str(one[0].edition.item.uid)) if len(one) == 1 else value

    return code_of


@colander.deferred
def _known(node: Any, bound: dict[str, Any]) -> Any:
    """Refuses what is neither a code nor the name of one procedure, with those that may be meant."""
    db = bound["request"].db

    def check(node: Any, value: str) -> None:
        if is_reference(value):
            return
        meant = "; ".join(f"{row.code} {row.name}" for row in queries.procedures_named(db, value, MEANT) if row.code)
        if meant:
            told = _("Có nhiều thủ tục khớp. Hãy ghi mã của một thủ tục: ${meant}", mapping={"meant": meant})
            raise colander.Invalid(node, told)
        raise colander.Invalid(node, _("Cổng không có thủ tục này. Hãy ghi mã (ví dụ 1.001193) hoặc vài từ trong tên."))

    return check


def _address(node: Any, value: str) -> None:
    if not _ADDRESS.fullmatch(value):
        raise colander.Invalid(node, _("Địa chỉ phải bắt đầu bằng https://, http:// hoặc /."))


class ProcedureRow(Schema):
    """A procedure to which an outcome leads."""

    procedure = colander.SchemaNode(
        colander.String(), title=_("Mã hoặc tên thủ tục"), missing=None, preparer=_by_name, validator=_known,
        description=_("Mã thủ tục, ví dụ 1.001193, hoặc tên: cổng tự tìm mã khi lưu."),
    )  # fmt: skip
    why = text(
        _("Vì sao cần thủ tục này"), longest=500, description=_("Một câu, ví dụ: để con bạn có giấy khai sinh."),
        widget=widgets.TextArea(rows=2),
    )  # fmt: skip
    why_en = english(_("Vì sao, bằng tiếng Anh"), longest=500, rows=2)


class Procedures(colander.SequenceSchema):
    """The procedures of an outcome."""

    row = ProcedureRow(title=_("Thủ tục cần làm"))


class DocumentRow(Schema):
    """A document that an outcome points to."""

    number = text(_("Số, ký hiệu"), longest=120, description=_("Ví dụ: 42/2022/NĐ-CP"))
    note = text(_("Ghi chú"), longest=200, description=_("Ví dụ: Điều 5"))


class Documents(colander.SequenceSchema):
    """The documents of an outcome."""

    row = DocumentRow(title=_("Văn bản"))


class Contact(Schema):
    """Whom to ask."""

    name = text(_("Tên nơi hỏi"), longest=200)
    address = text(_("Địa chỉ"), longest=300)
    phone = text(_("Điện thoại"), longest=60)
    email = text(_("Thư điện tử"), longest=120)


class Link(Schema):
    """A further page."""

    address = colander.SchemaNode(
        colander.String(), title=_("Địa chỉ trang"), missing=None, description=_("Bắt đầu bằng https:// hoặc /"),
        validator=_address,
    )  # fmt: skip
    text = text(_("Chữ của liên kết"), longest=200)
    text_en = english(_("Chữ của liên kết bằng tiếng Anh"), longest=200)


class OutcomeSchema(Schema):
    """Where answers lead."""

    marks_optional = False
    sections: ClassVar[Sequence[Section]] = (
        Section(_("Kết quả"), ("title", "text")),
        Section(_("Thủ tục và văn bản"), ("procedures", "documents")),
        Section(_("Nơi hỏi thêm"), ("contact", "link")),
        Section(_("Tiếng Anh"), ("title_en", "text_en")),
    )

    place = hidden()
    title = text(_("Tên của kết quả này"), description=_("Ví dụ: Bạn cần đăng ký khai sinh cho con"))
    text = colander.SchemaNode(colander.String(), title=_("Nội dung"), missing="", widget=widgets.RichText(rows=8))
    procedures = Procedures(title=_("Các thủ tục cần làm"), missing=(), widget=widgets.Rows(most=20))
    documents = Documents(title=_("Văn bản liên quan"), missing=(), widget=widgets.Rows(most=20))
    contact = Contact(title=_("Nơi hỏi thêm"), missing=colander.drop)
    link = Link(title=_("Liên kết khác"), missing=colander.drop)
    title_en = english(_("Tên kết quả bằng tiếng Anh"))
    text_en = colander.SchemaNode(
        colander.String(), title=_("Nội dung bằng tiếng Anh"), missing="", widget=widgets.RichText(rows=8, lang="en")
    )
