"""A little site that shows every layout and macro, without the packages that will use them."""

from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

from pyramid.config import Configurator
from pyramid.response import Response
from pyramid.session import SignedCookieSessionFactory
from webtest import TestApp

from portal.db import Page
from portal.request import Request, _, locale_of
from portal.rules import anyone
from portal.settings import Settings

PAGES = Path(__file__).parent / "pages"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

SETTINGS: dict[str, Any] = {
    "theme": "central",
    "instance_name": "Cổng Thông tin điện tử Chính phủ",
    "instance_name_en": "Viet Nam Government Portal",
    "slogan": "Công khai, minh bạch, phục vụ Nhân dân",
    "slogan_en": "Open, transparent, at the service of the people",
    "contact_responsible": "Nguyễn Thị Minh Nguyệt, Tổng Giám đốc",
    "contact_address": "Số 16 đường Lê Hồng Phong, phường Ba Đình, thành phố Hà Nội",
    "contact_phone": "080 43162",
    "contact_email": "cong@example.gov.vn",
}

MENU = [
    ("Trang chủ", "home", "main"),
    ("Giới thiệu", "about", "main"),
    ("Văn bản", "documents", "main"),
    ("Chỉ đạo, điều hành", "steering", "main"),
    ("Dịch vụ công", "services", "main"),
    ("Góp ý dự thảo", "consultations", "main"),
    ("Liên hệ", "contact", "main"),
    ("Trợ giúp tiếp cận", "access", "strip"),
    ("Sơ đồ trang", "sitemap", "footer"),
    ("Tiếp cận cho mọi người", "access", "footer"),
    ("Danh sách nguồn tin", "feeds", "footer"),
    ("Dữ liệu mở", "data", "footer"),
    ("Liên hệ", "contact", "footer"),
    ("Cán bộ đăng nhập", "sign_in", "footer"),
    ("Việc của tôi", "desk", "desk"),
    ("Văn bản", "desk_documents", "desk"),
    ("Nhật ký", "desk_record", "desk"),
]
SHOWN = ("home", "documents", "document", "letter", "form", "error", "desk")
ROUTES = {
    "home": "/",
    "documents": "/van-ban",
    "document": "/van-ban/249-tb-vpcp",
    "letter": "/van-ban/7816-vpcp-ttdt",
    "form": "/gop-y",
    "error": "/loi",
    "desk": "/ban-lam-viec",
    "desk_documents": "/ban-lam-viec/van-ban",
}

_TITLES = [
    (
        "Nghị định",
        "42/2022/NĐ-CP",
        "Quy định về việc cung cấp thông tin và dịch vụ công trực tuyến của cơ quan nhà nước trên môi trường mạng",
        "con",
    ),
    (
        "Thông báo",
        "249/TB-VPCP",
        "Ý kiến kết luận tại cuộc họp về việc mở rộng cổng thông tin cho các bộ, ngành và địa phương",
        None,
    ),
    (
        "Quyết định",
        "20/2020/QĐ-TTg",
        "Về mã định danh điện tử của các cơ quan, tổ chức phục vụ kết nối, chia sẻ dữ liệu với các bộ, ngành",
        "mot-phan",
    ),
    (
        "Nghị định",
        "43/2011/NĐ-CP",
        "Quy định về việc cung cấp thông tin và dịch vụ công trực tuyến trên trang thông tin điện tử",
        "het",
    ),
    ("Chỉ thị", "05/CT-TTg", "Về đẩy nhanh tiến độ số hóa thủ tục hành chính ở cấp xã", "chua"),
]


def rows() -> list[dict[str, Any]]:
    return [
        {
            "type": kind,
            "number": number,
            "title": title,
            "effect": effect,
            "href": "/van-ban/249-tb-vpcp",
            "issuer": "Chính phủ" if "NĐ" in number else "Văn phòng Chính phủ",
            "issued_on": "2022-06-24",
            "effective_on": "2022-08-15" if effect else None,
        }
        for kind, number, title, effect in _TITLES
    ]


def values(request: Request) -> dict[str, Any]:
    return {
        "rows": rows(),
        "found": Page(rows=rows(), total=128, page=int(request.GET.get("trang", 1)), size=5),
        "feeds": [{"title": "Văn bản mới", "href": "/van-ban/nguon.atom"}],
    }


def make_app(settings: Settings | None = None) -> Any:
    """The WSGI application of the sample site."""
    settings = settings or Settings(**SETTINGS)
    config = Configurator(request_factory=Request, locale_negotiator=locale_of)
    config.registry["portal.settings"] = settings
    config.set_session_factory(SignedCookieSessionFactory("sample"))
    config.add_translation_dirs("portal:locale")
    config.include("portal.rules")
    config.include("portal.theming")
    config.add_rules({"sample.read": [[anyone]]})
    config.registry["portal.templates"] = [PAGES]
    for name in {route for _text, route, _place in MENU} | set(ROUTES):
        config.add_route(name, ROUTES.get(name, f"/{name}"))
        renderer = f"sample/{name if name in SHOWN else 'desk' if name.startswith('desk') else 'home'}.jinja2"
        config.add_view(values_view, route_name=name, renderer=renderer, permission="sample.read")
    for order, (text, route, place) in enumerate(MENU):
        config.add_menu(place, _(text), route, order=order, group=_("Biên tập") if route.startswith("desk_") else None)
    config.set_find_box("documents", "q")
    config.add_tween("theming.sample.csp_tween")
    return config.make_wsgi_app()


def values_view(request: Request) -> dict[str, Any]:
    return values(request)


def over_the_wire(app: TestApp, path: str) -> Response:
    """The bytes that a browser gets; WebTest's own answer is already unpacked."""
    return Request.blank(path, headers={"Accept-Encoding": "gzip, deflate, br"}).get_response(app.app)


def csp_tween(handler: Any, registry: Any) -> Any:
    """The portal's content policy, so that a page that breaks it is seen to break."""

    def with_policy(request: Request) -> Response:
        response = handler(request)
        response.headers["Content-Security-Policy"] = CSP
        return response

    return with_policy


if __name__ == "__main__":
    make_server("127.0.0.1", 8000, make_app()).serve_forever()
