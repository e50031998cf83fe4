"""What belongs to the portal as a whole: front page, sections, editorial pages, site map, errors, health, headers."""

from pyramid.config import Configurator
from pyramid.events import NewResponse

from portal.request import _
from portal.site.headers import add_security_headers
from portal.site.pages import PAGE
from portal.site.rules import RULES
from portal.site.search import SEARCHABLE


def includeme(config: Configurator) -> None:
    config.add_rules(RULES)
    config.add_kind(PAGE)
    config.add_searchable(SEARCHABLE)
    config.add_templates("portal.site")
    config.add_subscriber(add_security_headers, NewResponse)
    config.include("portal.site.wellformed")
    config.include("portal.site.routes")
    config.add_menu("main", _("Trang chủ"), "site.front", order=1)
    config.add_menu("main", _("Chuyên mục"), "site.sections", order=30)
    config.add_menu("desk", _("Trang giới thiệu"), "site.desk_pages", order=30, permission="site.list_pages")
    config.add_menu("footer", _("Sơ đồ trang"), "site.map", order=10, access_key="3")
    config.add_menu("footer", _("Giới thiệu"), "site.page", order=20, slug="gioi-thieu")
    config.add_menu("footer", _("Liên hệ"), "site.page", order=30, slug="lien-he")
    config.add_menu("footer", _("Trợ năng"), "site.page", order=40, slug="tro-nang", access_key="0")
    config.add_menu("footer", _("Quyền riêng tư"), "site.page", order=50, slug="chinh-sach-rieng-tu")
    config.scan("portal.site.views")
