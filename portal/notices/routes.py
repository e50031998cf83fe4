"""Public addresses of documents. A list narrowed to one thing has a plain address of its own, and a feed."""

from pyramid.config import Configurator

LISTS = {
    "all": "/van-ban",
    "type": "/van-ban/loai/{type}",
    "issuer": "/van-ban/co-quan/{issuer}",
    "field": "/van-ban/linh-vuc/{field}",
    "year": "/van-ban/nam/{year}",
}


def includeme(config: Configurator) -> None:
    for name, pattern in LISTS.items():
        config.add_route(f"notices.feed.{name}", f"{pattern}.atom")
        config.add_route(f"notices.list.{name}", pattern)
    config.add_route("notices.find", "/tim")
    config.include("portal.notices.printing")  # before the page, whose address would take in its own with `.pdf`
    config.add_route("notices.akn", "/van-ban/{slug}.akn.xml")
    config.add_route("notices.one", "/van-ban/{slug}")
    config.add_route("notices.citing", "/van-ban/{slug}/duoc-dan-chieu")
