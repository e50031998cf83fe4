"""The editor's form of a document. Every field may stay empty in a draft: publication checks what it needs."""

from collections.abc import Sequence
from typing import Any, ClassVar

import colander

from portal.forms import IsoDate, Schema, Section, widgets
from portal.forms.uploads import FileValue
from portal.notices.data import FIRST_YEAR, LAST_YEAR, ON_BEHALF, Effect, Relation
from portal.notices.effect import LABELS as EFFECTS
from portal.notices.intake.opening import ACCEPT
from portal.notices.types import TYPES
from portal.request import _

RELATIONS = {
    Relation.AMENDS: _("Sửa đổi, bổ sung"),
    Relation.REPLACES: _("Thay thế"),
    Relation.REPEALS: _("Bãi bỏ"),
    Relation.GUIDES: _("Hướng dẫn"),
    Relation.CORRECTS: _("Đính chính"),
    Relation.BASED_ON: _("Căn cứ"),
}
URGENCIES = (("khan", _("Khẩn")), ("thuong-khan", _("Thượng khẩn")), ("hoa-toc", _("Hỏa tốc")))
_BEHALF = {
    "TM.": _("TM. (thay mặt)"),
    "KT.": _("KT. (ký thay)"),
    "TL.": _("TL. (thừa lệnh)"),
    "TUQ.": _("TUQ. (thừa ủy quyền)"),
    "Q.": _("Q. (quyền)"),
}


def text(title: str, *, name: str = "", longest: int = 500, **more: Any) -> colander.SchemaNode:
    """An optional line of text."""
    widget = more.pop("widget", None)
    return colander.SchemaNode(
        colander.String(),
        name=name,
        title=title,
        missing=None,
        validator=colander.Length(max=longest),
        widget=widget or widgets.Text(),
        **more,
    )


def chosen(title: str, values: Any, *, blank: str = _("Chưa rõ"), **more: Any) -> colander.SchemaNode:
    """An optional choice from a list."""
    return colander.SchemaNode(
        colander.String(), title=title, missing=None, widget=widgets.Select(values, blank=blank), **more
    )


def day(title: str, **more: Any) -> colander.SchemaNode:
    """An optional date."""
    return colander.SchemaNode(IsoDate(), title=title, missing=None, validator=_possible_year, **more)


def _possible_year(node: Any, value: str) -> None:
    if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
        raise colander.Invalid(node, _("Hãy kiểm tra lại năm."))


def _whole_effect(node: Any, value: dict[str, Any]) -> None:
    refused = colander.Invalid(node)
    if not value["effect"]:
        refused["effect"] = _("Hãy chọn tình trạng hiệu lực.")
    if not value["on"]:
        refused["on"] = _("Hãy ghi ngày thay đổi hiệu lực.")
    if value["on"] and value["until"] and value["until"] < value["on"]:
        refused["until"] = _("Ngày kết thúc đứng trước ngày bắt đầu.")
    if refused.children:
        raise refused


class Recipient(Schema):
    """One line of Nơi nhận."""

    name = text(_("Tên"))
    purpose = text(_("Mục đích"), description=_("Ví dụ: để b/c"), longest=200)


class Recipients(colander.SequenceSchema):
    """Nơi nhận, without the archive line."""

    row = Recipient(title=_("Dòng nơi nhận"))


class JointIssuer(Schema):
    """A further agency of a joint document."""

    name = text(_("Tên cơ quan"))


class JointIssuers(colander.SequenceSchema):
    """Agencies that issued it together."""

    row = JointIssuer(title=_("Cơ quan ban hành"))


class Signer(Schema):
    """The signature block (A3-4 g)."""

    on_behalf = chosen(_("Thẩm quyền ký"), [(key, _BEHALF[key]) for key in ON_BEHALF], blank=_("Ký trực tiếp"))
    authority = text(_("Thay mặt hoặc ký thay cho"), description=_("Ví dụ: Bộ trưởng, Chủ nhiệm"))
    position = text(_("Chức vụ"))
    name = text(_("Họ và tên"))


class RelationRow(Schema):
    """What the document does to another one."""

    relation = chosen(_("Quan hệ"), list(RELATIONS.items()), blank=_("Chọn quan hệ"))
    number = text(_("Số, ký hiệu văn bản kia"), description=_("Ví dụ: 42/2022/NĐ-CP"), longest=120)
    title = text(_("Tên văn bản kia"))
    scope = text(_("Phạm vi"), description=_("Ví dụ: Điều 5, khoản 2 Điều 7; để trống nếu là toàn bộ"), longest=500)


class Relations(colander.SequenceSchema):
    """Relations with other documents."""

    row = RelationRow(title=_("Quan hệ"))


class StatedEffectRow(Schema):
    """A change of effect that an editor states (A3-7)."""

    effect = chosen(_("Tình trạng"), [(key, EFFECTS[key]) for key in Effect], blank=_("Chọn tình trạng"))
    on = day(_("Từ ngày"))
    until = day(_("Đến hết ngày"))
    by = text(_("Theo văn bản"), description=_("Ví dụ: 42/2022/NĐ-CP"), longest=200)


class StatedEffects(colander.SequenceSchema):
    """Changes of effect, such as a suspension for a time."""

    row = StatedEffectRow(title=_("Thay đổi hiệu lực"), validator=_whole_effect)


@colander.deferred
def _types(node: Any, bound: dict[str, Any]) -> Any:
    language = bound["request"].lang
    return widgets.Select([(type_.slug, type_.label(language)) for type_ in TYPES], blank=_("Chưa rõ"))


@colander.deferred
def _fields(node: Any, bound: dict[str, Any]) -> Any:
    return widgets.Checkboxes(bound["law_fields"])


@colander.deferred
def _agencies(node: Any, bound: dict[str, Any]) -> Any:
    return widgets.Text(suggestions=bound["agency_names"])


class NoticeSchema(Schema):
    """The document record (A3) as an editor sees it."""

    marks_optional = False

    sections: ClassVar[Sequence[Section]] = (
        Section(_("Nhận dạng"), ("type", "number", "notation", "issuer_name", "joint_issuers", "place", "issued_on")),
        Section(_("Nội dung"), ("title", "summary", "body")),
        Section(_("Nơi nhận và người ký"), ("recipients", "archive_line", "signer", "urgency")),
        Section(_("Hiệu lực"), ("effective_on", "expires_on", "effect", "meeting_on", "effects")),
        Section(_("Phân loại và liên hệ"), ("fields", "relations")),
        Section(_("Tệp đính kèm"), ("attachments", "scan")),
    )

    type = text(_("Loại văn bản"), widget=_types)
    number = text(
        _("Số"), description=_("Ví dụ: 249"), longest=40, widget=widgets.Text(classes="govuk-input--width-10")
    )
    notation = text(
        _("Ký hiệu"), description=_("Ví dụ: TB-VPCP; văn bản quy phạm: 2022/NĐ-CP"), longest=80,
        widget=widgets.Text(classes="govuk-input--width-20"),
    )  # fmt: skip
    issuer_name = text(
        _("Cơ quan ban hành"), description=_("Ghi tên tại thời điểm ban hành."), longest=300, widget=_agencies
    )
    joint_issuers = JointIssuers(
        title=_("Cơ quan cùng ban hành"), missing=(), description=_("Chỉ với văn bản liên tịch.")
    )
    place = text(_("Địa danh"), description=_("Ví dụ: Hà Nội"), longest=120)
    issued_on = day(_("Ngày ban hành"))
    title = text(_("Trích yếu"), longest=5000, widget=widgets.TextArea(rows=3))
    summary = text(
        _("Tóm tắt cho người đọc"), description=_("Một, hai câu dễ hiểu; không thay cho trích yếu."), longest=2000,
        widget=widgets.TextArea(rows=3),
    )  # fmt: skip
    body = colander.SchemaNode(colander.String(), title=_("Toàn văn"), missing="", widget=widgets.RichText())
    recipients = Recipients(title=_("Nơi nhận"), missing=())
    archive_line = text(_("Dòng lưu"), description=_("Ví dụ: Lưu: VT, KGVX(3)"), longest=200)
    signer = Signer(title=_("Người ký"), missing=colander.drop)
    urgency = chosen(_("Mức độ khẩn"), URGENCIES, blank=_("Không"))
    effective_on = day(_("Ngày có hiệu lực"))
    expires_on = day(_("Ngày hết hiệu lực"))
    effect = chosen(_("Tình trạng hiệu lực"), [(key, EFFECTS[key]) for key in Effect], blank=_("Theo ngày ở trên"))
    meeting_on = day(_("Ngày họp"), description=_("Với thông báo kết luận. Không phải ngày ban hành."))
    fields = colander.SchemaNode(colander.Set(), title=_("Lĩnh vực"), missing=frozenset(), widget=_fields)
    relations = Relations(title=_("Quan hệ với văn bản khác"), missing=())
    effects = StatedEffects(
        title=_("Thay đổi hiệu lực đã nêu"),
        missing=(),
        description=_(
            "Chỉ khi một văn bản khác hoặc cơ quan có thẩm quyền làm thay đổi, ví dụ ngưng hiệu lực một thời gian."
        ),
    )
    scan = colander.SchemaNode(
        colander.Boolean(), title=_("Tệp đính kèm là bản quét (ảnh), không có chữ để đọc"), missing=False
    )
    attachments = colander.SchemaNode(FileValue(), title=_("Tệp đính kèm"), missing=(), widget=widgets.Uploads())


class ReadNoticeSchema(NoticeSchema):
    """The same for a record read from a file, which may be made public too."""

    sections = (*NoticeSchema.sections[:-1], Section(_("Tệp đính kèm"), ("attachments", "scan", "publish_original")))

    publish_original = colander.SchemaNode(
        colander.Boolean(),
        title=_("Công bố cả tệp gốc"),
        description=_("Tệp mà bản nháp này được đọc từ đó thành một tệp đính kèm, ai cũng tải được."),
        missing=False,
    )


@colander.deferred
def _units(node: Any, bound: dict[str, Any]) -> Any:
    return widgets.Select(bound["units"], blank=None)


class NewNoticeSchema(Schema):
    """How a new document begins: a unit, and the file or text of a paper where there is one."""

    marks_optional = False

    unit = colander.SchemaNode(colander.String(), title=_("Đơn vị soạn"), widget=_units)
    file = colander.SchemaNode(
        FileValue(),
        title=_("Tệp văn bản"),
        description=_(
            "Nhận .docx, .doc, .rtf, .pdf, .html, .txt, hoặc .zip chứa các tệp ấy. Chọn nhiều tệp một lúc thì cổng đọc "
            "lần lượt thành một lô bản nháp."
        ),
        missing=(),
        widget=widgets.Uploads(accept=ACCEPT, drop=True),
    )
    text = colander.SchemaNode(
        colander.String(),
        title=_("Dán toàn văn văn bản"),
        description=_("Khi không có tệp. Để trống cả hai ô thì một bản nháp trống được mở để bạn tự nhập."),
        missing=None,
        widget=widgets.TextArea(rows=6),
    )


def asking_schema(*, secret: bool, again: bool) -> NewNoticeSchema:
    """The same with boxes for what a person must say before the same paper is taken after all."""
    schema = NewNoticeSchema()
    if secret:
        schema.add(_box("not_secret", _("Tôi xác nhận văn bản này không chứa bí mật nhà nước (xác nhận được ghi lại)")))
    if again:
        schema.add(_box("again", _("Tạo thêm một bản nháp từ tệp này")))
    return schema


def _box(name: str, title: str) -> colander.SchemaNode:
    return colander.SchemaNode(colander.Boolean(), name=name, title=title, missing=False)
