"""Addresses of the site's own pages. The route of editorial pages matches any single word, so it comes last."""

from pyramid.config import Configurator

from portal.publishing.routes import edition_of, of_kind, working_of
from portal.site.pages import NAME

DESK = "/ban-lam-viec/trang"


def includeme(config: Configurator) -> None:
    config.add_route("site.front", "/")
    config.add_route("site.sections", "/chuyen-muc")
    config.add_route("site.section_feed", "/chuyen-muc/{slug}.atom")
    config.add_route("site.section", "/chuyen-muc/{slug}")
    config.add_route("site.map", "/so-do-trang")
    config.add_route("site.sitemap", "/sitemap.xml")
    config.add_route("site.sitemap_part", "/sitemap-{part:[0-9]{1,6}}.xml")
    config.add_route("site.robots", "/robots.txt")
    config.add_route("site.security", "/.well-known/security.txt")
    config.add_route("site.live", "/suc-khoe/song")
    config.add_route("site.ready", "/suc-khoe/san-sang")
    config.add_route("site.desk_pages", DESK)
    config.add_route("site.edit_page", f"{DESK}/{{uid}}/sua", factory=of_kind(NAME, working_of))
    config.add_route("site.preview_page", f"{DESK}/{{uid}}/xem-truoc/{{number}}", factory=of_kind(NAME, edition_of))
    config.add_route("site.page", "/{slug}")
