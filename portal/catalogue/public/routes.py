"""Public addresses of the catalogue. A list narrowed to one thing has a plain address of its own."""

from pyramid.config import Configurator

FRONT = "/dich-vu-cong"
LISTS = {
    "all": f"{FRONT}/danh-sach",
    "field": f"{FRONT}/linh-vuc/{{field}}",
    "agency": f"{FRONT}/co-quan/{{agency}}",
    "audience": f"{FRONT}/doi-tuong/{{audience}}",
    "event": f"{FRONT}/su-kien/{{event}}",
    "letter": f"{FRONT}/a-z/{{letter}}",
}
ONE = r"/thu-tuc/{code:(?![^/]*\.(?:jsonld|ttl|rdf|nt|xml|json|csv)$)[^/]+}"
"""The page of a procedure; the same address with the ending of a data format is that of its data."""


def includeme(config: Configurator) -> None:
    config.add_route("catalogue.front", FRONT)
    for name, pattern in LISTS.items():
        config.add_route(f"catalogue.list.{name}", pattern)
    config.add_route("catalogue.one", ONE)
    config.add_route("catalogue.compare", "/thu-tuc/{code}/so-sanh")
    config.add_route("catalogue.local", ONE.replace("/{code:", "/{code}/{agency:"))
