"""A definition as labelled lines of text, for comparing editions."""

from collections.abc import Iterator

from translationstring import TranslationString

from portal.eforms.definition import Data
from portal.eforms.expressions import written
from portal.eforms.kinds import PREFILL, TYPES, Type
from portal.eforms.patterns import PATTERNS
from portal.publishing.kinds import Described
from portal.request import _

_NAMES: dict[str, TranslationString] = {
    "min_length": _("ít nhất bao nhiêu ký tự"),
    "max_length": _("nhiều nhất bao nhiêu ký tự"),
    "pattern": _("dạng"),
    "decimals": _("số chữ số sau dấu phẩy"),
    "lowest": _("nhỏ nhất"),
    "highest": _("lớn nhất"),
    "unit": _("đơn vị"),
    "earliest": _("sớm nhất"),
    "latest": _("muộn nhất"),
    "fewest": _("ít nhất"),
    "most": _("nhiều nhất"),
    "agency_kinds": _("loại cơ quan"),
    "accept": _("loại tệp"),
    "largest": _("dung lượng một tệp (MB)"),
    "row_label": _("tên một dòng"),
    "formula": _("công thức"),
}


def describe(definition: Data) -> list[Described]:
    """What the form says, field by field in its order."""
    found: list[Described] = [
        (_("Tên biểu mẫu"), definition["title"]),
        (_("Tên tiếng Anh"), definition["title_en"] or "", "en"),
        (_("Lời dẫn"), definition["intro"] or ""),
        (_("Lời dẫn tiếng Anh"), definition["intro_en"] or "", "en"),
        (_("Các phần"), "\n".join(section["title"] for section in definition["sections"])),
    ]
    for section in definition["sections"]:
        told = "\n".join(_of_section(section))
        named = {"title": section["title"], "id": section["id"]}
        found.append((_("Phần “${title}” (${id})", mapping=named), told))
        found.append((_("Phần “${title}” (${id}) bằng tiếng Anh", mapping=named), _in_english(section), "en"))
        for field in section["fields"]:
            named = {"title": field["label"], "id": field["id"]}
            found.append((_("Mục “${title}” (${id})", mapping=named), "\n".join(_of_field(field))))
            found.append((_("Mục “${title}” (${id}) bằng tiếng Anh", mapping=named), _in_english(field), "en"))
    return found


def _in_english(part: Data) -> str:
    """All English texts of a section, or of a field with its options and inner fields, a line each."""
    own = (text for key, text in part.items() if key.endswith("_en") and text)
    inner = (_in_english(one) for name in ("options", "fields") if "type" in part for one in part.get(name, ()))
    return "\n".join(filter(None, (*own, *inner)))


def _of_section(section: Data) -> Iterator[str]:
    yield from (text for text in (section["title"], section["help"]) if text)
    if section["when"]:
        yield f"{_('Chỉ hiện khi')}: {written(section['when'])}"
    yield ", ".join(field["label"] or field["id"] for field in section["fields"])


def _of_field(field: Data) -> Iterator[str]:
    yield f"{field['label']} – {TYPES[Type(field['type'])].label}"
    if field["help"]:
        yield field["help"]
    if field["required"]:
        yield str(_("Bắt buộc"))
    if field["personal"]:
        yield str(_("Dữ liệu cá nhân"))
    if field["when"]:
        yield f"{_('Chỉ hiện khi')}: {written(field['when'])}"
    if field["prefill"]:
        yield f"{_('Điền sẵn')}: {PREFILL[field['prefill']]}"
    if field["paper"]:
        yield f"{_('Thành phần hồ sơ')}: {field['paper']}"
    for name, label in _NAMES.items():
        value = field.get(name)
        if value not in (None, "", [], 0):
            yield f"{label}: {_said(name, value)}"
    for option in field.get("options", ()):
        yield f"• {option['label']} ({option['value']})"
    for inner in field.get("fields", ()):
        yield "– " + "; ".join(_of_field(inner))


def _said(name: str, value: object) -> str:
    if name == "pattern":
        return str(PATTERNS[str(value)].label)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
