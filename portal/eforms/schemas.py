"""The designer's forms: the head of a form, a section, a field of each type."""

from collections.abc import Callable
from typing import Any

import colander

from portal.agencies.kinds import KIND_LABELS
from portal.eforms.conditions import COMPARISONS, JOINED, choices_before, values_known
from portal.eforms.definition import Data, said
from portal.eforms.expressions import NotAnExpression, fields_of, parse
from portal.eforms.kinds import PREFILL, PREFILL_TYPES, TYPES, Type
from portal.eforms.parts import TODAY_WORDS
from portal.eforms.patterns import PATTERNS
from portal.eforms.widgets import NumberText, read_number
from portal.files import KINDS
from portal.forms import Schema, Section, widgets
from portal.request import _

_NOTHING = _("Không chọn")


class _Part(Schema):
    """Nearly everything may stay empty in a draft."""

    marks_optional = False


def _line(name: str, title: Any, most: int = 300, **more: Any) -> Any:
    more.setdefault("widget", widgets.Text(lang="en" if name.endswith("_en") else None))
    validator = colander.Length(max=most)
    return colander.SchemaNode(colander.String(), name=name, title=title, missing=None, validator=validator, **more)


def _area(name: str, title: Any, rows: int = 2, **more: Any) -> Any:
    shown = widgets.TextArea(rows=rows, lang="en" if name.endswith("_en") else None)
    return _line(name, title, 5000, widget=shown, **more)


def _tick(name: str, title: Any, description: Any = None) -> Any:
    return colander.SchemaNode(
        colander.Boolean(), name=name, title=title, description=description, missing=False, widget=widgets.Checkbox()
    )


def _count(name: str, title: Any, most: int, description: Any = None) -> Any:
    return colander.SchemaNode(
        colander.Integer(),
        name=name,
        title=title,
        description=description,
        missing=None,
        validator=colander.Range(min=0, max=most),
    )


def _select(name: str, title: Any, values: Any, description: Any = None, blank: Any = _NOTHING) -> Any:
    shown = widgets.Select(values, blank=blank)
    return colander.SchemaNode(
        colander.String(), name=name, title=title, description=description, missing=None, widget=shown
    )


def head_schema() -> Any:
    """What is said of the whole form."""
    schema: Any = _Part()
    schema.add(_line("title", _("Tên biểu mẫu")))
    schema.add(_area("intro", _("Lời dẫn"), 4, description=_("Biểu mẫu dùng làm gì, cần chuẩn bị những gì.")))
    schema.add(_line("title_en", _("Tên biểu mẫu bằng tiếng Anh")))
    schema.add(_area("intro_en", _("Lời dẫn bằng tiếng Anh"), 4))
    schema.add(
        _line(
            "slug",
            _("Phần cuối của địa chỉ"),
            80,
            description=_("Chỉ dùng cho trang xem trước công khai của biểu mẫu."),
        )
    )
    return schema


def section_schema(definition: Data, section_id: str) -> Any:
    """A page of the form."""
    schema: Any = _Part()
    schema.add(_line("title", _("Tên phần")))
    schema.add(_area("help", _("Hướng dẫn ở đầu phần")))
    _add_condition(schema, definition, section_id)
    schema.add(_line("title_en", _("Tên phần bằng tiếng Anh")))
    schema.add(_area("help_en", _("Hướng dẫn bằng tiếng Anh")))
    schema.add(_line("id", _("Mã phần"), 40))
    schema.sections = (
        Section(_("Phần"), ("title", "help")),
        _CONDITION,
        Section(_("Tiếng Anh"), ("title_en", "help_en")),
        Section(_("Mã"), ("id",)),
    )
    return schema


def field_schema(definition: Data, field: Data, path: str) -> Any:
    """A field; what is asked depends on its type."""
    kind = Type(field["type"])
    schema: Any = _Part()
    schema.add(_label(kind))
    schema.add(_help(kind))
    question, settings = ["label", "help"], []
    if TYPES[kind].asks:
        schema.add(_tick("required", _("Bắt buộc trả lời")))
        question.append("required")
    for name in TYPES[kind].settings:
        if name in _SETTINGS and not name.endswith("_en"):
            schema.add(_SETTINGS[name](kind))
            settings.append(name)
    english = ["label_en", "help_en", *(n for n in ("unit_en", "row_label_en") if n in TYPES[kind].settings)]
    _add_condition(schema, definition, path)
    for name in english:
        schema.add(_area(name, _ENGLISH[name]) if name == "help_en" else _line(name, _ENGLISH[name]))
    about = _add_about(schema, kind)
    schema.sections = tuple(
        section
        for section in (
            Section(_("Câu hỏi"), tuple(question)),
            Section(TYPES[kind].label, tuple(settings)),
            _CONDITION,
            Section(_("Hồ sơ và dữ liệu"), tuple(about)),
            Section(_("Tiếng Anh"), tuple(english)),
        )
        if section.fields
    )
    return schema


def _label(kind: Type) -> Any:
    if kind is Type.STATEMENT:
        return _area("label", _("Lời cam đoan"))
    if kind is Type.PARAGRAPH:
        return _line("label", _("Tiêu đề (có thể để trống)"))
    return _line("label", _("Câu hỏi"), description=_("Người nộp đọc đúng câu này."))


def _help(kind: Type) -> Any:
    if kind is Type.PARAGRAPH:
        return _area("help", _("Nội dung"), 5)
    return _area("help", _("Giải thích dưới câu hỏi"))


def _add_about(schema: Any, kind: Type) -> list[str]:
    names = []
    if TYPES[kind].asks and kind is not Type.GROUP:
        fits = [(key, PREFILL[key]) for key in PREFILL if kind in PREFILL_TYPES.get(key.rpartition(".")[2], ())]
        if fits:
            schema.add(_select("prefill", _("Điền sẵn từ"), fits, _("Người nộp sửa được.")))
            names.append("prefill")
        schema.add(_tick("personal", _("Là dữ liệu cá nhân"), _("Mỗi lần cán bộ xem đều được ghi lại.")))
        names.append("personal")
    if kind in (Type.FILES, Type.GROUP, Type.LONG_TEXT):
        hint = _("Tên giấy tờ trong thành phần hồ sơ mà mục này thay thế.")
        schema.add(_line("paper", _("Thành phần hồ sơ"), description=hint))
        names.append("paper")
    schema.add(
        _line(
            "id",
            _("Mã mục"),
            40,
            description=_("Dùng trong điều kiện và công thức. Đổi mã thì mọi chỗ dùng tự đổi theo."),
        )
    )
    return [*names, "id"]


_CONDITION = Section(
    _("Khi nào hiện"),
    ("joined", "rows", "when_text"),
    _("Không có dòng nào: luôn hiện. Chỉ dùng được các mục đứng trước."),
)
_ENGLISH = {
    "label_en": _("Câu hỏi bằng tiếng Anh"),
    "help_en": _("Giải thích bằng tiếng Anh"),
    "unit_en": _("Đơn vị bằng tiếng Anh"),
    "row_label_en": _("Tên một dòng bằng tiếng Anh"),
}


def _add_condition(schema: Any, definition: Data, place: str) -> None:
    before = choices_before(definition, place)
    known = [(path, f"{words} ({path})") for path, words in before]
    used = {str(name) for name in _condition_fields(definition)} - {path for path, _words in known}
    known += [(name, name) for name in sorted(used)]
    schema.add(_select("joined", _("Cách ghép các dòng"), tuple(JOINED.items()), blank=None))
    row = colander.SchemaNode(colander.Mapping(), name="row", title=_("Điều kiện"))
    row.add(_select("field", _("Mục"), known, blank=_("Hãy chọn")))
    row.add(_select("op", _("So sánh"), tuple(COMPARISONS.items()), blank=None))
    row.add(_line("value", _("Giá trị"), widget=widgets.Text(suggestions=values_known(definition))))
    title = _("Điều kiện")
    schema.add(
        colander.SchemaNode(
            colander.Sequence(), row, name="rows", title=title, missing=(), widget=widgets.Rows(most=20, movable=False)
        )
    )
    hint = _(
        "Chỉ khi các dòng trên không đủ; công thức này thay cho các dòng trên. "
        'Ví dụ: tuoi ≥ 18 và (noi_o = "Hà Nội" hoặc không trống(ma_so)).'
    )
    schema.add(_area("when_text", _("Điều kiện viết bằng công thức"), description=hint))
    schema["when_text"].validator = _is_expression


def _condition_fields(definition: Data) -> set[str]:
    trees = [section["when"] for section in definition["sections"]]
    trees += [field["when"] for section in definition["sections"] for field in section["fields"]]
    trees += [one["when"] for s in definition["sections"] for f in s["fields"] for one in f.get("fields", ())]
    return {name for tree in trees for name in fields_of(tree)}


def _is_expression(node: Any, value: str) -> None:
    try:
        parse(value)
    except NotAnExpression as refused:
        told = _("Từ ký tự thứ ${n}: ${why}", mapping={"n": refused.at + 1, "why": refused.message})
        raise colander.Invalid(node, told) from None


def _decimal(name: str, title: Any) -> Any:
    return colander.SchemaNode(
        colander.String(), name=name, title=title, missing=None, widget=NumberText(whole=False), validator=_is_number
    )


def _is_number(node: Any, value: str) -> None:
    if read_number(value) is None:
        raise colander.Invalid(node, _("Hãy viết một số, ví dụ 1.250,5."))


def _day(name: str, title: Any) -> Any:
    return _line(
        name,
        title,
        20,
        description=_("Một ngày như 01/7/2014, hoặc “hôm nay”: ngày nộp."),
        widget=widgets.Text(suggestions=[TODAY_WORDS[0]], classes="govuk-input--width-10"),
    )


def _options(kind: Type) -> Any:
    row = colander.SchemaNode(colander.Mapping(), name="row", title=_("Lựa chọn"))
    row.add(_line("label", _("Người nộp đọc")))
    row.add(_line("label_en", _("Bằng tiếng Anh")))
    row.add(_line("value", _("Mã"), 40))
    return colander.SchemaNode(
        colander.Sequence(),
        row,
        name="options",
        title=_("Các lựa chọn"),
        description=_("Mã để trống thì tự đặt. Sau khi công bố không nên đổi mã."),
        missing=(),
        widget=widgets.Rows(most=300),
    )


def _formula(kind: Type) -> Any:
    hint = _(
        "Dùng mã của các mục đứng trước, dấu chấm thập phân. Ví dụ: so_luong × don_gia; tổng(hang.thanh_tien) × 0.1; "
        "số_năm(ngay_sinh, ngay_nop); nếu(tuoi ≥ 18, 1, 0)."
    )
    shown = widgets.TextArea(rows=3, attributes={"data-eform-formula": "", "spellcheck": "false"})
    return _line("formula", _("Công thức"), 2000, widget=shown, description=hint)


def _kinds_of_file(kind: Type) -> Any:
    names = [(name, one.label) for name, one in KINDS.items() if name != "html"]
    return colander.SchemaNode(
        colander.Set(),
        name="accept",
        title=_("Loại tệp được nhận"),
        description=_("Không đánh dấu loại nào: nhận mọi loại mà cổng nhận."),
        missing=(),
        widget=widgets.Checkboxes(names),
    )


def _kinds_of_agency(kind: Type) -> Any:
    return colander.SchemaNode(
        colander.Set(),
        name="agency_kinds",
        title=_("Chỉ gợi ý các loại cơ quan"),
        missing=(),
        widget=widgets.Checkboxes([(one.value, label) for one, label in KIND_LABELS.items()]),
    )


def _fewest(kind: Type) -> Any:
    title = _("Ít nhất bao nhiêu dòng") if kind is Type.GROUP else _("Chọn ít nhất bao nhiêu")
    return _count("fewest", title, 100)


def _most(kind: Type) -> Any:
    titles = {Type.GROUP: _("Nhiều nhất bao nhiêu dòng"), Type.FILES: _("Nhiều nhất bao nhiêu tệp")}
    return _count("most", titles.get(kind, _("Chọn nhiều nhất bao nhiêu")), 100)


_SETTINGS: dict[str, Callable[[Type], Any]] = {
    "min_length": lambda kind: _count("min_length", _("Ít nhất bao nhiêu ký tự"), 10_000),
    "max_length": lambda kind: _count("max_length", _("Nhiều nhất bao nhiêu ký tự"), 10_000),
    "pattern": lambda kind: _select(
        "pattern", _("Dạng"), [(name, one.label) for name, one in PATTERNS.items()], blank=_("Chữ bất kỳ")
    ),
    "decimals": lambda kind: _count("decimals", _("Số chữ số sau dấu phẩy"), 6),
    "lowest": lambda kind: _decimal("lowest", _("Nhỏ nhất")),
    "highest": lambda kind: _decimal("highest", _("Lớn nhất")),
    "unit": lambda kind: _line("unit", _("Đơn vị"), 30, description=_("Viết sau số, ví dụ m², người.")),
    "earliest": lambda kind: _day("earliest", _("Sớm nhất")),
    "latest": lambda kind: _day("latest", _("Muộn nhất")),
    "options": _options,
    "fewest": _fewest,
    "most": _most,
    "agency_kinds": _kinds_of_agency,
    "accept": _kinds_of_file,
    "largest": lambda kind: _count("largest", _("Một tệp lớn nhất bao nhiêu MB"), 100),
    "row_label": lambda kind: _line("row_label", _("Tên một dòng"), 60, description=_("Ví dụ: Thành viên, Mặt hàng.")),
    "formula": _formula,
}


def type_options(*, in_row: bool) -> list[tuple[str, Any, Any]]:
    """(value, label, help) of the types that can be added."""
    return [(t.value, one.label, one.help) for t, one in TYPES.items() if not (in_row and t is Type.GROUP)]


def named(field: Data, lang: str) -> str:
    """How a field is called on the desk."""
    return said(field, "label", lang) or field["id"]
