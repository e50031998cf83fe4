"""The OpenAPI 3.1 description: parameters, answers and refusals of the interface, in the language of the address."""

from typing import Any

from portal.api import catalogue_description, catalogue_schemas, statistics_description
from portal.api.schemas import schemas
from portal.request import Request, _
from portal.search.documents import searchables
from portal.search.parameters import GROUPS, LARGEST, MOST_RESULTS, SIZE, SORTS
from portal.search.query.parsing import LONGEST_TEXT

VERSION = "1.1.0"
TITLE = _("Giao diện lập trình công khai")
ABOUT = _(
    "Tìm trong mọi nội dung đã công bố trên cổng và đọc danh mục dịch vụ công. "
    "Chỉ đọc, không cần khóa, dùng được từ trang web khác."
)
SEARCH = _("Tìm văn bản và nội dung đã công bố")
HOW = _(
    "Gõ có dấu, không dấu hoặc lẫn lộn đều được. Trong câu hỏi có thể dùng: “cụm từ” trong ngoặc kép, -từ để loại trừ, "
    "so:249/TB-VPCP, coquan:bộ tài chính, loai:nghị định, linhvuc:đất đai, nam:2014 hoặc nam:2010-2014, hieuluc:còn. "
    "Mọi chuỗi ký tự đều là câu hỏi hợp lệ."
)
PARAMETERS = {
    "q": _("Câu hỏi."),
    "kind": _("Nhóm nội dung; nêu nhiều lần thì lấy bất kỳ."),
    "type": _("Loại văn bản, dạng trong địa chỉ: nghi-dinh; nêu nhiều lần thì lấy bất kỳ."),
    "issuer": _("Cơ quan ban hành: khóa, mã định danh, tên hoặc tên viết tắt; nêu nhiều lần thì lấy bất kỳ."),
    "field": _("Lĩnh vực, dạng trong địa chỉ; nêu nhiều lần thì lấy bất kỳ."),
    "year": _("Năm ban hành; nêu nhiều lần thì lấy bất kỳ."),
    "effect": _("Tình trạng hiệu lực; nêu nhiều lần thì lấy bất kỳ."),
    "from": _("Ban hành từ ngày này: 2014-07-01 hoặc 01/7/2014."),
    "to": _("Ban hành đến hết ngày này: 2014-07-01 hoặc 01/7/2014."),
    "sort": _("Thứ tự: liên quan nhất hoặc mới nhất trước."),
    "page": _("Trang thứ mấy; trang nhân cỡ trang không quá ${n}.", mapping={"n": MOST_RESULTS}),
    "size": _("Số kết quả của một trang."),
    "group": _("document: mỗi văn bản một lần, kèm điều khoản hợp nhất; passage: từng văn bản và từng điều riêng."),
}
OK = _("Kết quả tìm.")
UNCHANGED = _("Chưa có gì thay đổi so với bản mà If-None-Match nêu.")
REFUSED = _("Có tham số lạ hoặc không hợp lệ; từng tham số được nêu rõ lý do.")
METHOD = _("Chỉ nhận GET, HEAD và OPTIONS.")
TROUBLE = _("Cổng đang gặp sự cố hoặc đang bận; hãy thử lại sau.")
DESCRIBED = _("Chính bản mô tả này.")


def openapi(request: Request) -> dict[str, Any]:
    """The whole document."""
    say = request.translate
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{say(TITLE)} – {request.portal.name_in(request.lang)}",
            "version": VERSION,
            "description": say(ABOUT),
        },
        "servers": [{"url": request.portal.address + request.script_name}],
        "paths": {
            "/api/v1/search": {"get": _search(request)},
            **catalogue_description.paths(request),
            "/api/v1/openapi.json": {
                "get": {
                    "operationId": "describe",
                    "summary": say(DESCRIBED),
                    "responses": {
                        "200": {
                            "description": say(DESCRIBED),
                            "content": {"application/json": {"schema": {"type": "object"}}},
                        }
                    },
                }
            },
        },
        "components": {"schemas": schemas(say) | catalogue_schemas.schemas(say) | statistics_description.schemas(say)},
    }


def _search(request: Request) -> dict[str, Any]:
    say = request.translate
    return {
        "operationId": "search",
        "summary": say(SEARCH),
        "description": say(HOW),
        "parameters": [
            {"name": name, "in": "query", "description": say(text), **_form(name)} for name, text in PARAMETERS.items()
        ]
        + [{"name": "If-None-Match", "in": "header", "description": "ETag", "schema": {"type": "string"}}],
        "responses": {
            "200": {
                "description": say(OK),
                "headers": {
                    "ETag": {"schema": {"type": "string"}},
                    "Cache-Control": {"schema": {"type": "string"}},
                },
                "content": {
                    "application/json": {
                        "schema": {"$ref": "#/components/schemas/SearchAnswer"},
                        "example": _example(request),
                    }
                },
            },
            "304": {"description": say(UNCHANGED)},
            "405": _problem(say(METHOD)),
            "422": _problem(say(REFUSED), "ParameterProblem"),
            "default": _problem(say(TROUBLE)),
        },
    }


def _form(name: str) -> dict[str, Any]:
    """Schema and example of a parameter."""
    several = {"style": "form", "explode": True}
    numbers = {"page": (1, MOST_RESULTS, 1), "size": (1, LARGEST, SIZE)}
    if name in numbers:
        least, most, usual = numbers[name]
        return {"schema": {"type": "integer", "minimum": least, "maximum": most, "default": usual}}
    if name in ("sort", "group"):
        choices = SORTS if name == "sort" else GROUPS
        return {"schema": {"type": "string", "enum": list(choices), "default": choices[0]}}
    if name == "q":
        return {
            "schema": {"type": "string", "default": ""},
            "example": "thu tuc cap giay phep xay dung",
            "x-characters-read": LONGEST_TEXT,
        }
    if name in ("from", "to"):
        return {"schema": {"type": "string"}, "example": "2014-07-01"}
    items: dict[str, Any] = {"type": "string"}
    if name == "kind":
        items["enum"] = sorted(searchables())
    return {"schema": {"type": "array", "items": items}, **several}


def _problem(description: str, schema: str = "Problem") -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}


def _example(request: Request) -> dict[str, Any]:
    base = request.portal.address + request.script_name
    title = "Quy định thủ tục cấp giấy phép xây dựng"
    marked = "Quy định <mark>thủ</mark> <mark>tục</mark> cấp giấy phép xây dựng"
    passage = {
        "source_id": "12-2020-nd-cp#3",
        "anchor": "dieu-3",
        "title": "Điều 3. Thủ tục",
        "title_html": "Điều 3. <mark>Thủ</mark> <mark>tục</mark>",
        "url": f"{base}/van-ban/12-2020-nd-cp#dieu-3",
        "score": 21.5,
    }
    return {
        "query": "thu tuc",
        "total": 1,
        "took_ms": 3.2,
        "relaxed": False,
        "from_index": True,
        "results": [
            {
                "uid": "01890a5d-ac96-774b-bcce-b302099a8057",
                "source_id": "12-2020-nd-cp",
                "kind": "notice",
                "title": title,
                "title_html": marked,
                "number": "12/2020/NĐ-CP",
                "type": "nghi-dinh",
                "type_name": "Nghị định",
                "issuer": "chinh-phu",
                "issuer_name": "Chính phủ",
                "issued_on": "2020-01-15",
                "effect": "con",
                "effect_name": "Còn hiệu lực",
                "fields": ["xay-dung"],
                "language": "vi",
                "url": passage["url"],
                "path": "/van-ban/12-2020-nd-cp",
                "snippet": "Hồ sơ và <mark>thủ</mark> <mark>tục</mark> gồm …",
                "snippet_text": "Hồ sơ và thủ tục gồm …",
                "score": 21.5,
                "passage": passage,
                "passages": [passage],
            }
        ],
        "facets": {"type": [{"value": "nghi-dinh", "label": "Nghị định", "count": 1}]},
        "did_you_mean": None,
        "best_bets": [],
        "shortened": False,
        "not_understood": [],
        "page": 1,
        "size": SIZE,
        "pages": 1,
        "links": {"self": f"{base}/api/v1/search?q=thu+tuc", "next": None, "prev": None},
    }
