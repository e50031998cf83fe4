"""The part of the OpenAPI description that is about public services: the catalogue, and figures of dossiers."""

from typing import Any

from portal.api import statistics_description as statistics
from portal.api.catalogue_parameters import DEEPEST, FIELDS, LARGEST, LONGEST, SIZE, SORTS, VOCABULARIES
from portal.catalogue.data import Level, Service
from portal.request import Request, _

LISTED = _("Các dịch vụ công đã công bố")
ONE = _("Toàn bộ một thủ tục")
VARIANTS = _("Phần mà từng cơ quan bổ sung cho thủ tục")
WORDS = _("Các mục của một danh mục, kèm số thủ tục")
CODE = _("Mã thủ tục, viết đủ hay không đều được, hoặc định danh uid.")
NAME = _("Tên danh mục.")
UNCHANGED = _("Chưa có gì thay đổi so với bản mà If-None-Match nêu.")
REFUSED = _("Có tham số lạ hoặc không hợp lệ; từng tham số được nêu rõ lý do.")
MISSING = _("Không có mục này.")
WITHDRAWN = _("Mục này đã được gỡ; lý do được nêu rõ.")
TROUBLE = _("Cổng đang gặp sự cố hoặc đang bận; hãy thử lại sau.")
PARAMETERS = {
    "q": _("Từ trong tên, tên thường gọi hoặc mã; có dấu hay không đều được."),
    "field": _("Lĩnh vực, dạng trong địa chỉ; xem /api/v1/vocabularies/fields."),
    "agency": _("Cơ quan công bố hoặc có phần bổ sung: khóa hoặc mã định danh."),
    "audience": _("Đối tượng; xem /api/v1/vocabularies/audiences."),
    "event": _("Sự kiện; xem /api/v1/vocabularies/life-events và business-events."),
    "level": _("Cấp thực hiện."),
    "service": _("Mức trực tuyến."),
    "free": _("true: chỉ những thủ tục chắc chắn không mất phí."),
    "sort": _("Thứ tự: theo tên, hoặc theo lĩnh vực hay cấp trước."),
    "page": _("Trang thứ mấy."),
    "size": _("Số thủ tục của một trang."),
}


def paths(request: Request) -> dict[str, Any]:
    """The paths by address."""
    say = request.translate
    code = {"name": "code", "in": "path", "required": True, "description": say(CODE)}
    code |= {"schema": {"type": "string"}, "example": "1.001193"}
    name = {"name": "name", "in": "path", "required": True, "description": say(NAME)}
    name |= {"schema": {"type": "string", "enum": [*VOCABULARIES, FIELDS]}}
    listed = [
        {"name": name, "in": "query", "description": say(text), **_form(name)} for name, text in PARAMETERS.items()
    ]
    return {
        "/api/v1/procedures": {
            "get": _operation(request, "listProcedures", LISTED, "ProcedureList", listed, (422,)),
        },
        "/api/v1/procedures/{code}": {
            "get": _operation(request, "getProcedure", ONE, "Procedure", [code], (404, 410, 422)),
        },
        "/api/v1/procedures/{code}/variants": {
            "get": _operation(request, "listVariants", VARIANTS, "VariantList", [code], (404, 410, 422)),
        },
        "/api/v1/vocabularies/{name}": {
            "get": _operation(request, "getVocabulary", WORDS, "Vocabulary", [name], (404,)),
        },
        "/api/v1/statistics/dossiers": {
            "get": _operation(
                request,
                "getDossierStatistics",
                statistics.SUMMARY,
                "DossierStatistics",
                statistics.parameters(request),
                (422,),
            ),
        },
    }


def _operation(
    request: Request, id_: str, summary: str, schema: str, parameters: list[dict[str, Any]], refusals: tuple[int, ...]
) -> dict[str, Any]:
    say = request.translate
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    headers = {name: {"schema": {"type": "string"}} for name in ("ETag", "Cache-Control")}
    told = {404: (MISSING, "Problem"), 410: (WITHDRAWN, "Problem"), 422: (REFUSED, "ParameterProblem")}
    condition = {"name": "If-None-Match", "in": "header", "description": "ETag", "schema": {"type": "string"}}
    return {
        "operationId": id_,
        "summary": say(summary),
        "parameters": [*parameters, condition],
        "responses": {
            "200": {"description": say(summary), "headers": headers, "content": content},
            "304": {"description": say(UNCHANGED)},
            **{str(status): _problem(say(told[status][0]), told[status][1]) for status in refusals},
            "default": _problem(say(TROUBLE), "Problem"),
        },
    }


def _problem(description: str, schema: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}


def _form(name: str) -> dict[str, Any]:
    """Schema and example of a parameter."""
    numbers = {"page": (DEEPEST, 1), "size": (LARGEST, SIZE)}
    if name in numbers:
        most, usual = numbers[name]
        return {"schema": {"type": "integer", "minimum": 1, "maximum": most, "default": usual}}
    choices = {"level": [one.value for one in Level], "service": [one.value for one in Service], "free": ["true"]}
    if name in choices:
        return {"schema": {"type": "string", "enum": choices[name]}}
    if name == "sort":
        return {"schema": {"type": "string", "enum": list(SORTS), "default": SORTS[0]}}
    return {"schema": {"type": "string", "maxLength": LONGEST}}
