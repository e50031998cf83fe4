"""Addresses of the editors' pages and the row each leads to."""

from pyramid.config import Configurator

from portal.notices.kind import NAME
from portal.publishing.routes import edition_of, of_kind, working_of

BASE = "/ban-lam-viec/van-ban"


def includeme(config: Configurator) -> None:
    config.add_route("notices.desk", BASE)
    config.add_route("notices.new", f"{BASE}/moi")
    config.add_route("notices.edit", f"{BASE}/{{uid}}/sua", factory=of_kind(NAME, working_of))
    config.add_route("notices.preview", f"{BASE}/{{uid}}/xem-truoc/{{number}}", factory=of_kind(NAME, edition_of))
