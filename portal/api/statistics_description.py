"""The part of the OpenAPI description that is about figures of dossiers."""

from typing import Any

from portal.api.shapes import ADDRESS, COUNT, TEXT, TEXT_OR_NOTHING, YES_OR_NO, list_of, object_of, to
from portal.request import Request, _

COUNTS = ("received", "solved", "on_time", "late", "open_in_time", "open_late")
SUMMARY = _("Số hồ sơ tiếp nhận, giải quyết, đúng hạn của một năm, tính đến hết hôm qua")
PARAMETERS = {
    "year": _("Năm; mặc định là năm của ngày hôm qua."),
    "agency": _("Cơ quan giải quyết: khóa hoặc mã định danh; mặc định là tất cả."),
}
_TEXTS = {
    "law": _("Theo Nghị định 61/2018/NĐ-CP; null: ít hồ sơ, không công bố."),
    "kpi": _("Theo Quyết định 766/QĐ-TTg; null: ít hồ sơ, không công bố."),
    "share_on_time": _("on_time chia cho tổng của solved và open_late; null khi chưa có hồ sơ nào để tính."),
    "together": _("true: các nhóm có ít hồ sơ, gộp lại."),
    "fewest": _("Số hồ sơ ít nhất của một nhóm được công bố riêng."),
}
_MAYBE: dict[str, Any] = {"anyOf": [to("DossierFigures"), {"type": "null"}]}
_BOTH: dict[str, dict[str, Any]] = {"law": _MAYBE, "kpi": _MAYBE}
_GROUP: dict[str, dict[str, Any]] = {"key": TEXT_OR_NOTHING, "name": TEXT_OR_NOTHING, "together": YES_OR_NO, **_BOTH}
_SCHEMAS: dict[str, Any] = {
    "DossierStatistics": object_of(
        {
            "first": {"type": "string", "format": "date"},
            "last": {"type": "string", "format": "date"},
            "agency": TEXT_OR_NOTHING,
            "fewest": COUNT,
            "total": to("DossierTotal"),
            "months": list_of(to("DossierMonth")),
            "fields": list_of(to("DossierGroup")),
            "agencies": list_of(to("DossierGroup")),
            "url": ADDRESS,
        }
    ),
    "DossierTotal": object_of(_BOTH),
    "DossierMonth": object_of({"month": TEXT, **_BOTH}),
    "DossierGroup": object_of(_GROUP),
    "DossierFigures": object_of(
        {**dict.fromkeys(COUNTS, COUNT), "share_on_time": {"type": ["number", "null"], "minimum": 0, "maximum": 1}}
    ),
}


def schemas(say: Any) -> dict[str, Any]:
    """Every schema by name."""
    return {name: _described(schema, say) for name, schema in _SCHEMAS.items()}


def parameters(request: Request) -> list[dict[str, Any]]:
    """The parameters as the description lists them."""
    kinds: dict[str, dict[str, Any]] = {"year": {"type": "integer"}, "agency": {"type": "string"}}
    return [
        {"name": name, "in": "query", "description": request.translate(text), "schema": kinds[name]}
        for name, text in PARAMETERS.items()
    ]


def _described(schema: dict[str, Any], say: Any) -> dict[str, Any]:
    told = {
        name: {**value, "description": say(_TEXTS[name])} if name in _TEXTS else value
        for name, value in schema["properties"].items()
    }
    return {**schema, "properties": told}
