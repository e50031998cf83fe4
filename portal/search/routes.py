"""Public addresses of search."""

from pyramid.config import Configurator

PAGE = "/tim-kiem"


def includeme(config: Configurator) -> None:
    config.add_route("search.page", PAGE)
    config.add_route("search.feed", f"{PAGE}.atom")
    config.add_route("search.advanced", f"{PAGE}/nang-cao")
    config.add_route("search.suggestions", f"{PAGE}/goi-y")
    config.add_route("search.description", "/opensearch.xml")
