"""The forms of a procedure, of a local variant, and of what begins one."""

from collections.abc import Sequence
from typing import Any, ClassVar

import colander

from portal.catalogue.data import Level, Service
from portal.catalogue.desk import parts
from portal.catalogue.desk.nodes import agency, all_codes, area, chosen, code, day, html, line, lines, number, tick
from portal.catalogue.labels import LEVELS, OLD_LEVELS, PROACTIVE, ROLES, SERVICES
from portal.forms import Schema, Section, widgets
from portal.request import _

SMALL = "govuk-checkboxes--small"
MANY = 12
"""More boxes than this stand in a list of their own that can be narrowed."""


class _LongList(widgets.Checkboxes):
    """Many boxes in a frame of their own; a script adds a box to narrow them by."""

    def __init__(self, values: Any) -> None:
        super().__init__(values, classes=SMALL)

    def params(self, field: Any, cstruct: Any) -> dict[str, Any]:
        params, say = super().params(field, cstruct), field.renderer.translate
        params["items"].sort(key=lambda item: not item["checked"])
        params["attributes"] |= {
            "data-portal-choices": "",
            "data-text-filter": say(_("Tìm trong danh sách")),
            "data-text-told": say(_("Hiện %{shown} trong %{all} mục, đã chọn %{chosen}.")),
        }
        return params


def _choices(name: str) -> Any:
    """Check boxes with the values that the form was given under this name."""

    @colander.deferred
    def widget(node: Any, bound: dict[str, Any]) -> Any:
        return _LongList(bound[name]) if len(bound[name]) > MANY else widgets.Checkboxes(bound[name], classes=SMALL)

    return widget


def _several(title: str, name: str, **more: Any) -> colander.SchemaNode:
    return colander.SchemaNode(colander.Set(), title=title, missing=frozenset(), widget=_choices(name), **more)


@colander.deferred
def _eforms(node: Any, bound: dict[str, Any]) -> Any:
    return widgets.Select(bound["eforms"], blank=_("Không dùng biểu mẫu điện tử"))


@colander.deferred
def _units(node: Any, bound: dict[str, Any]) -> Any:
    return widgets.Select(bound["units"], blank=None)


def _eform(**more: Any) -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.String(), title=_("Biểu mẫu điện tử"), missing=None, widget=_eforms,
        description=_("Người dân điền biểu mẫu này khi nộp trên cổng."), **more,
    )  # fmt: skip


def _numbered(labels: dict[int, Any]) -> list[tuple[str, Any]]:
    return [(str(number), label) for number, label in labels.items()]


def _agencies(role: str) -> Any:
    return parts.Agencies(title=ROLES[role], missing=())


class Applying(Schema):
    """How applications are handed in: the same in both forms."""

    marks_optional = False

    direct = parts.ChannelForm(title=_("Nộp trực tiếp"), missing=colander.drop)
    online = parts.ChannelForm(title=_("Nộp trực tuyến"), missing=colander.drop)
    post = parts.ChannelForm(title=_("Nộp qua dịch vụ bưu chính"), missing=colander.drop)
    reception = parts.Places(title=_("Nơi tiếp nhận hồ sơ"), missing=())
    contact = parts.Contact(title=_("Liên hệ khi cần hỏi"), missing=colander.drop)
    online_url = line(
        _("Địa chỉ nộp trực tuyến"), description=_("Trang của hệ thống khác, nơi người dân nộp hồ sơ này."),
        widget=widgets.Text(type="url"),
    )  # fmt: skip
    eform = _eform()
    decision = parts.Decision(title=_("Quyết định công bố"), missing=colander.drop)
    effective_on = day(_("Ngày có hiệu lực"))
    expires_on = day(_("Ngày hết hiệu lực"))


class ProcedureSchema(Applying):
    """The record of a procedure (A5-1) as an editor sees it."""

    sections: ClassVar[Sequence[Section]] = (
        Section(_("Tên và nhận dạng"), ("code", "name", "name_en", "also_called", "summary", "summary_en", "form_kind",
                                        "authority_name")),
        Section(_("Đối tượng và lĩnh vực"), ("audiences", "levels", "fields", "events")),
        Section(_("Trình tự thực hiện"), ("cases",)),
        Section(_("Cách nộp, thời hạn, phí và lệ phí"), ("direct", "online", "post")),
        Section(_("Thành phần hồ sơ"), ("documents", "sets")),
        Section(_("Kết quả"), ("results", "no_result")),
        Section(_("Căn cứ và điều kiện"), ("legal_basis", "conditions", "notes")),
        Section(_("Mức độ trực tuyến"), ("service", "partial_reason", "partial_basis", "online_url", "eform",
                                         "proactive", "old_level")),
        Section(_("Cơ quan thực hiện"), tuple(ROLES)),
        Section(_("Nơi tiếp nhận và liên hệ"), ("reception", "contact")),
        Section(_("Công bố, hiệu lực và rà soát"), ("decision", "effective_on", "expires_on", "reviewed_on",
                                                     "review_by")),
        Section(_("Thủ tục liên quan"), ("related", "related_note")),
    )  # fmt: skip

    code = code(_("Mã thủ tục"), description=_("Ví dụ: 1.001193. Tên và mã của dịch vụ công trùng với thủ tục."))
    name = line(_("Tên thủ tục"), widget=widgets.TextArea(rows=2))
    name_en = line(_("Tên tiếng Anh"), widget=widgets.TextArea(rows=2, lang="en"))
    also_called = lines(_("Người dân thường gọi là"), description=_("Mỗi dòng một tên, để người dân tìm thấy."))
    summary = area(_("Tóm tắt cho người đọc"), description=_("Một, hai câu dễ hiểu: thủ tục này để làm gì."))
    summary_en = line(_("Tóm tắt tiếng Anh"), longest=40_000, widget=widgets.TextArea(rows=3, lang="en"))
    form_kind = line(_("Loại thủ tục"))
    authority_name = agency(_("Cơ quan công bố"), description=_("Ghi tên tại thời điểm công bố."))
    audiences = _several(_("Đối tượng thực hiện"), "audiences")
    levels = colander.SchemaNode(
        colander.Set(), title=_("Cấp thực hiện"), missing=frozenset(),
        widget=widgets.Checkboxes([(level.value, LEVELS[level]) for level in Level], classes=SMALL),
    )  # fmt: skip
    fields = _several(_("Lĩnh vực"), "law_fields")
    events = _several(_("Sự kiện trong đời sống và kinh doanh"), "events")
    implementing = _agencies("implementing")
    competent = _agencies("competent")
    delegated = _agencies("delegated")
    coordinating = _agencies("coordinating")
    cases = parts.Cases(
        title=_("Trình tự"), missing=(), widget=widgets.Rows(add=_("Thêm trình tự cho trường hợp khác"))
    )
    documents = parts.Papers(title=_("Giấy tờ phải nộp"), missing=())
    sets = number(_("Số lượng hồ sơ (bộ)"), most=1000)
    results = parts.Results(title=_("Kết quả thực hiện"), missing=())
    no_result = tick(_("Thủ tục không trả giấy tờ kết quả"))
    legal_basis = parts.Bases(title=_("Căn cứ pháp lý"), missing=(), widget=widgets.Rows(add=_("Thêm văn bản")))
    conditions = html(_("Yêu cầu, điều kiện"))
    notes = html(_("Ghi chú"))
    service = chosen(_("Mức độ cung cấp"), [(one.value, SERVICES[one]) for one in Service], blank=None)
    partial_reason = area(
        _("Lý do chưa toàn trình"), description=_("Bắt buộc với dịch vụ công một phần; người dân đọc được.")
    )
    partial_basis = area(
        _("Quy định pháp luật làm căn cứ"), description=_("Bắt buộc với dịch vụ công một phần."), rows=2
    )
    proactive = chosen(_("Mức chủ động của cơ quan"), _numbered(PROACTIVE), blank=_("Không"))
    old_level = chosen(_("Mức độ theo quy định cũ"), _numbered(OLD_LEVELS))
    reviewed_on = day(_("Ngày rà soát gần nhất"))
    review_by = day(
        _("Rà soát lại trước ngày"), description=_("Quá ngày này, thủ tục hiện trong danh sách cần rà soát.")
    )
    related = lines(_("Mã thủ tục liên quan"), description=_("Mỗi dòng một mã."), validator=all_codes)
    related_note = line(_("Ghi chú về thủ tục liên quan"), widget=widgets.TextArea(rows=2))


class LocalSchema(Applying):
    """What an agency may add to a national procedure."""

    sections: ClassVar[Sequence[Section]] = (
        Section(_("Cơ quan"), ("agency_name", "code")),
        Section(_("Nơi tiếp nhận và liên hệ"), ("reception", "contact")),
        Section(
            _("Cách nộp, thời hạn, phí và lệ phí"), ("direct", "online", "post"),
            _("Chỉ ghi cách nộp mà địa phương quy định khác; cách còn lại theo thủ tục gốc."),
        ),
        Section(_("Nộp trực tuyến"), ("online_url", "eform")),
        Section(_("Quyết định và hiệu lực"), ("decision", "effective_on", "expires_on")),
        Section(_("Ghi chú"), ("notes",)),
    )  # fmt: skip

    agency_name = agency(_("Cơ quan"), description=_("Cơ quan trong danh bạ mà phần riêng này thuộc về."))
    code = code(_("Mã của địa phương"), description=_("Nếu có, ví dụ 1.001193.000.00.00.H17."))
    notes = area(_("Điều người nộp cần biết thêm"))
    seen = colander.SchemaNode(colander.String(), missing=None, widget=widgets.Hidden())


class ChangedLocalSchema(LocalSchema):
    """The same when the national procedure has changed since somebody compared the two."""

    sections = (*LocalSchema.sections, Section(_("Đối chiếu"), ("compared",)))

    compared = tick(_("Đã đối chiếu với thủ tục gốc như hiện nay"))


class NewProcedureSchema(Schema):
    """How a procedure begins."""

    marks_optional = False

    unit = colander.SchemaNode(colander.String(), title=_("Đơn vị phụ trách"), widget=_units)
    code = code(_("Mã thủ tục"), description=_("Ví dụ: 1.001193. Để trống nếu chưa được cấp mã."))
    name = line(_("Tên thủ tục"), widget=widgets.TextArea(rows=2))


class NewLocalSchema(Schema):
    """Whose part of a procedure begins."""

    marks_optional = False

    unit = colander.SchemaNode(colander.String(), title=_("Cơ quan"), widget=_units)
