"""JSON Schemas (2020-12) of what the interface answers."""

from collections.abc import Callable
from typing import Any

from portal.api.shapes import (
    ADDRESS,
    ADDRESS_OR_NOTHING,
    COUNT,
    NUMBER,
    TEXT,
    TEXT_OR_NOTHING,
    YES_OR_NO,
    list_of,
    object_of,
    to,
)
from portal.request import _
from portal.search.documents import FACETS

_TEXTS = {
    "total": _("Số văn bản khớp, chính xác."),
    "took_ms": _("Thời gian tìm, tính bằng mili giây."),
    "relaxed": _("Quá ít văn bản có đủ mọi từ, nên kết quả gồm cả văn bản chỉ có phần lớn các từ."),
    "from_index": _("false: chỉ mục đang được dựng lại, mới tìm theo số và tên trong cơ sở dữ liệu."),
    "did_you_mean": _("Cách viết khác có thể đúng hơn."),
    "best_bets": _("Nội dung được biên tập viên đưa lên đầu cho câu hỏi này."),
    "shortened": _("Câu hỏi quá dài nên chỉ phần đầu được dùng."),
    "not_understood": _("Những điều kiện trong câu hỏi không có nghĩa ở đây nên bị bỏ qua."),
    "source_id": _("Định danh ở nguồn."),
    "document_source_id": _("Định danh ở nguồn của cả văn bản; chỉ có khi group=passage."),
    "url": _("Địa chỉ của chỗ khớp nhất."),
    "path": _("Đường dẫn của cả văn bản."),
    "snippet": _("Đoạn trích, đã thoát ký tự HTML, từ khớp nằm trong thẻ mark."),
    "snippet_text": _("Đoạn trích, chữ thường."),
    "title_html": _("Tên, đã thoát ký tự HTML, từ khớp nằm trong thẻ mark."),
    "passage": _("Điều, khoản khớp nhất, nếu chỗ khớp nhất không phải cả văn bản."),
    "passages": _("Tối đa ba điều, khoản khớp nhất."),
    "pages": _("Số trang; null khi group=passage."),
    "count": _("Số văn bản sẽ còn nếu chọn giá trị này."),
    "links": _("Địa chỉ của trang này, trang sau và trang trước."),
    "allowed": _("Những giá trị được phép, khi liệt kê được."),
}

_ANSWER = object_of(
    {
        "query": TEXT,
        "total": COUNT,
        "took_ms": {**NUMBER, "minimum": 0},
        "relaxed": YES_OR_NO,
        "from_index": YES_OR_NO,
        "results": list_of(to("Result")),
        "facets": {
            "type": "object",
            "properties": {facet: list_of(to("FacetValue")) for facet in FACETS},
            "additionalProperties": False,
        },
        "did_you_mean": TEXT_OR_NOTHING,
        "best_bets": list_of(to("BestBet")),
        "shortened": YES_OR_NO,
        "not_understood": list_of(TEXT),
        "page": {"type": "integer", "minimum": 1},
        "size": {"type": "integer", "minimum": 1},
        "pages": {"type": ["integer", "null"], "minimum": 0},
        "links": object_of({"self": ADDRESS, "next": ADDRESS_OR_NOTHING, "prev": ADDRESS_OR_NOTHING}),
    }
)
_RESULT = object_of(
    {
        "uid": TEXT,
        "source_id": TEXT_OR_NOTHING,
        "document_source_id": TEXT_OR_NOTHING,
        "kind": TEXT,
        "title": TEXT,
        "title_html": TEXT,
        "number": TEXT_OR_NOTHING,
        "type": TEXT_OR_NOTHING,
        "type_name": TEXT_OR_NOTHING,
        "issuer": TEXT_OR_NOTHING,
        "issuer_name": TEXT_OR_NOTHING,
        "issued_on": {"type": ["string", "null"], "format": "date"},
        "effect": TEXT_OR_NOTHING,
        "effect_name": TEXT_OR_NOTHING,
        "fields": list_of(TEXT),
        "language": TEXT,
        "url": ADDRESS,
        "path": TEXT,
        "snippet": TEXT,
        "snippet_text": TEXT,
        "score": NUMBER,
        "passage": {"anyOf": [to("Passage"), {"type": "null"}]},
        "passages": {**list_of(to("Passage")), "maxItems": 3},
    },
    optional=("document_source_id",),
)
_PASSAGE = object_of(
    {
        "source_id": TEXT_OR_NOTHING,
        "anchor": TEXT,
        "title": TEXT,
        "title_html": TEXT,
        "url": ADDRESS,
        "score": NUMBER,
    }
)
_FACET_VALUE = object_of({"value": TEXT, "label": TEXT, "count": COUNT})
_BEST_BET = object_of({"title": TEXT, "url": ADDRESS, "text": TEXT_OR_NOTHING})
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
    },
    "required": ["type", "title", "status", "detail"],
}
_PARAMETER_ERROR = object_of({"parameter": TEXT, "detail": TEXT, "allowed": {"type": ["array", "null"], "items": TEXT}})
_PARAMETER_PROBLEM: dict[str, Any] = {
    "allOf": [
        to("Problem"),
        {
            "type": "object",
            "properties": {"errors": {**list_of(to("ParameterError")), "minItems": 1}},
            "required": ["errors"],
        },
    ]
}
_SCHEMAS = {
    "SearchAnswer": _ANSWER,
    "Result": _RESULT,
    "Passage": _PASSAGE,
    "FacetValue": _FACET_VALUE,
    "BestBet": _BEST_BET,
    "Problem": _PROBLEM,
    "ParameterError": _PARAMETER_ERROR,
    "ParameterProblem": _PARAMETER_PROBLEM,
}


def schemas(say: Callable[[str], str]) -> dict[str, Any]:
    """Every schema by name, what is not plain from its name described by `say`."""
    return {name: _described(schema, say) for name, schema in _SCHEMAS.items()}


def _described(schema: dict[str, Any], say: Callable[[str], str]) -> dict[str, Any]:
    properties = {
        name: {**value, "description": say(_TEXTS[name])} if name in _TEXTS and "description" not in value else value
        for name, value in schema.get("properties", {}).items()
    }
    return {**schema, "properties": properties} if properties else schema
