"""JSON Schemas (2020-12) of procedures, their variants and the vocabularies."""

from collections.abc import Callable
from typing import Any

from portal.api.shapes import (
    ADDRESS,
    ADDRESS_OR_NOTHING,
    COUNT,
    TEXT,
    TEXT_OR_NOTHING,
    YES_OR_NO,
    list_of,
    object_of,
    to,
)
from portal.catalogue.data import ROLES, Channel, FeeKind, Level, Service, Unit
from portal.request import _

_TEXTS = {
    "service": _("Mức trực tuyến: toan-trinh, mot-phan hoặc thong-tin."),
    "free": _("true: không phải trả khoản nào; null: chưa rõ."),
    "version": _("Lần công bố thứ mấy."),
    "cases": _("Trình tự thực hiện theo từng trường hợp; text là HTML."),
    "conditions": _("Yêu cầu, điều kiện thực hiện, dạng HTML."),
    "notes": _("Lưu ý, dạng HTML."),
    "limits": _("Thời hạn: amount đơn vị unit; text là lời của nguồn."),
    "fees": _("Phí, lệ phí: amount là số nguyên, 0 là miễn phí, null là chưa rõ; text là lời của nguồn."),
    "api_url": _("Toàn bộ thủ tục ở giao diện này."),
    "behind": _("Bản chung đã thay đổi sau lần cơ quan kiểm tra gần nhất."),
    "proactive": _("Mức độ chủ động phục vụ, từ 1 đến 4."),
    "old_level": _("Mức độ theo quy định cũ, từ 1 đến 4."),
    "no_result": _("Thủ tục không trả giấy tờ nào."),
    "reviewed_on": _("Ngày rà soát gần nhất."),
    "review_by": _("Hạn rà soát lần tới."),
}
_DAY = {"type": ["string", "null"], "format": "date"}
_MOMENT = {"type": "string", "format": "date-time"}
_COUNT_OR_NOTHING = {"type": ["integer", "null"], "minimum": 0}
_LEVEL = {"type": ["integer", "null"], "minimum": 1, "maximum": 4}
_NAMED = object_of({"slug": TEXT, "name": TEXT_OR_NOTHING})
_AGENCY = object_of({"name": TEXT_OR_NOTHING, "code": TEXT_OR_NOTHING, "url": ADDRESS_OR_NOTHING})
_MAYBE_AGENCY = {"anyOf": [to("Agency"), {"type": "null"}]}
_HEAD: dict[str, Any] = {
    "uid": TEXT,
    "code": TEXT_OR_NOTHING,
    "name": TEXT,
    "name_en": TEXT_OR_NOTHING,
    "authority": _MAYBE_AGENCY,
    "effective_on": _DAY,
    "expires_on": _DAY,
    "published_at": _MOMENT,
    "version": {"type": "integer", "minimum": 1},
    "url": ADDRESS,
    "api_url": ADDRESS,
}
_SHARED: dict[str, Any] = {
    "service": {"type": "string", "enum": [one.value for one in Service]},
    "free": {"type": ["boolean", "null"]},
    "fields": list_of(to("Named")),
    "audiences": list_of(to("Named")),
    "events": list_of(to("Named")),
    "levels": list_of({"type": "string", "enum": [one.value for one in Level]}),
}
_LINKS = object_of({"self": ADDRESS, "next": ADDRESS_OR_NOTHING, "prev": ADDRESS_OR_NOTHING})
_LIMIT = object_of(
    {
        "amount": _COUNT_OR_NOTHING,
        "unit": {"enum": [*(one.value for one in Unit), None]},
        "text": TEXT_OR_NOTHING,
        "note": TEXT_OR_NOTHING,
    }
)
_FEE = object_of(
    {
        "kind": {"enum": [one.value for one in FeeKind]},
        "amount": _COUNT_OR_NOTHING,
        "currency": {"enum": ["VND", "USD"]},
        "text": TEXT_OR_NOTHING,
        "note": TEXT_OR_NOTHING,
    }
)
_CHANNEL = object_of(
    {
        "channel": {"enum": [one.value for one in Channel]},
        "description": TEXT_OR_NOTHING,
        "limits": list_of(to("TimeLimit")),
        "fees": list_of(to("Fee")),
    }
)
_FILE = object_of(
    {"sha256": TEXT, "name": TEXT, "size": _COUNT_OR_NOTHING, "media_type": TEXT_OR_NOTHING, "url": ADDRESS}
)
_DOCUMENT = object_of(
    {
        "name": TEXT,
        "case": TEXT_OR_NOTHING,
        "note": TEXT_OR_NOTHING,
        "original": _COUNT_OR_NOTHING,
        "copies": _COUNT_OR_NOTHING,
        "form": {"anyOf": [to("Form"), {"type": "null"}]},
        "form_name": TEXT_OR_NOTHING,
        "required": YES_OR_NO,
    }
)
_STEP = object_of({"name": TEXT_OR_NOTHING, "text": TEXT})
_CASE = object_of({"name": TEXT_OR_NOTHING, "steps": list_of(_STEP)})
_DECISION = object_of({"number": TEXT_OR_NOTHING, "title": TEXT_OR_NOTHING, "issued_on": _DAY})
_PLACE = object_of(dict.fromkeys(("name", "address", "hours", "phone"), TEXT_OR_NOTHING))
_CONTACT = object_of(dict.fromkeys(("name", "phone", "email", "website"), TEXT_OR_NOTHING))
_BASIS = object_of(dict.fromkeys(("number", "title", "part"), TEXT_OR_NOTHING))
_PROCEDURE = object_of(
    {
        **_HEAD,
        **_SHARED,
        **dict.fromkeys(("form_kind", "related_note", "summary", "summary_en"), TEXT_OR_NOTHING),
        **dict.fromkeys(("partial_reason", "partial_basis", "online_url"), TEXT_OR_NOTHING),
        "also_called": list_of(TEXT),
        "conditions": TEXT,
        "notes": TEXT,
        "reviewed_on": _DAY,
        "review_by": _DAY,
        "agencies": object_of({role: list_of(to("Agency")) for role in ROLES}),
        "cases": list_of(_CASE),
        "channels": list_of(to("ServiceChannel")),
        "documents": list_of(to("PaperToBring")),
        "sets": _COUNT_OR_NOTHING,
        "results": list_of(object_of({"name": TEXT_OR_NOTHING, "code": TEXT_OR_NOTHING})),
        "no_result": YES_OR_NO,
        "legal_basis": list_of(_BASIS),
        "old_level": _LEVEL,
        "proactive": _LEVEL,
        "decision": _DECISION,
        "reception": list_of(to("PlaceOfReception")),
        "contact": to("Contact"),
        "related": list_of(TEXT),
        "links": object_of(dict.fromkeys(("ttl", "jsonld", "variants"), ADDRESS)),
    }
)
_PROCEDURE["additionalProperties"] = True
"""A record may say more than this description knows."""
_VARIANT = object_of(
    {
        "uid": TEXT,
        "code": TEXT_OR_NOTHING,
        "agency": _MAYBE_AGENCY,
        "procedure": TEXT_OR_NOTHING,
        "reception": list_of(to("PlaceOfReception")),
        "channels": list_of(to("ServiceChannel")),
        "contact": to("Contact"),
        "decision": _DECISION,
        "online_url": TEXT_OR_NOTHING,
        "notes": TEXT_OR_NOTHING,
        "effective_on": _DAY,
        "expires_on": _DAY,
        "behind": YES_OR_NO,
        "published_at": _MOMENT,
        "url": ADDRESS,
    }
)
_VARIANT["additionalProperties"] = True
_WORD = object_of(
    {
        "slug": TEXT,
        "name": TEXT,
        "english_name": TEXT_OR_NOTHING,
        "description": TEXT_OR_NOTHING,
        "english_description": TEXT_OR_NOTHING,
        "count": COUNT,
    }
)
_SCHEMAS = {
    "ProcedureList": object_of(
        {
            "total": COUNT,
            "page": {"type": "integer", "minimum": 1},
            "size": {"type": "integer", "minimum": 1},
            "pages": {"type": "integer", "minimum": 1},
            "results": list_of(to("ProcedureSummary")),
            "links": _LINKS,
        }
    ),
    "ProcedureSummary": object_of({**_HEAD, **_SHARED}),
    "Procedure": _PROCEDURE,
    "VariantList": object_of({"procedure": TEXT, "total": COUNT, "results": list_of(to("Variant"))}),
    "Variant": _VARIANT,
    "Vocabulary": object_of({"name": TEXT, "results": list_of(to("Word"))}),
    "Word": _WORD,
    "Named": _NAMED,
    "Agency": _AGENCY,
    "ServiceChannel": _CHANNEL,
    "TimeLimit": _LIMIT,
    "Fee": _FEE,
    "PaperToBring": _DOCUMENT,
    "Form": _FILE,
    "PlaceOfReception": _PLACE,
    "Contact": _CONTACT,
}


def schemas(say: Callable[[str], str]) -> dict[str, Any]:
    """Every schema by name, what is not plain from its name described by `say`."""
    return {name: _described(schema, say) for name, schema in _SCHEMAS.items()}


def _described(schema: dict[str, Any], say: Callable[[str], str]) -> dict[str, Any]:
    properties = {
        name: {**value, "description": say(_TEXTS[name])} if name in _TEXTS else value
        for name, value in schema["properties"].items()
    }
    return {**schema, "properties": properties}
