"""Addresses of guides. The address of a citizen's page holds the answers given so far and nothing else does."""

from pyramid.config import Configurator

from portal.guides.queries import NAME
from portal.publishing.routes import edition_of, of_kind, working_of

PUBLIC = "/huong-dan"
DESK = "/ban-lam-viec/huong-dan"


def includeme(config: Configurator) -> None:
    one, preview = f"{PUBLIC}/{{slug}}", f"{DESK}/{{uid}}/xem-truoc/{{number}}"
    edited, seen = of_kind(NAME, working_of), of_kind(NAME, edition_of)
    config.add_route("guides.list", PUBLIC)
    config.add_route("guides.one", one)
    config.add_route("guides.first", f"{one}/tra-loi")
    config.add_route("guides.answers", f"{one}/tra-loi/*answers")
    config.add_route("guides.desk", DESK)
    config.add_route("guides.new", f"{DESK}/moi")
    config.add_route("guides.edit", f"{DESK}/{{uid}}/sua", factory=edited)
    config.add_route("guides.add_node", f"{DESK}/{{uid}}/them", factory=edited)
    config.add_route("guides.edit_node", f"{DESK}/{{uid}}/sua/{{node}}", factory=edited)
    config.add_route("guides.remove_node", f"{DESK}/{{uid}}/xoa/{{node}}", factory=edited)
    config.add_route("guides.paths", f"{DESK}/{{uid}}/thu-tung-duong", factory=edited)
    config.add_route("guides.preview", preview, factory=seen)
    config.add_route("guides.preview_first", f"{preview}/tra-loi", factory=seen)
    config.add_route("guides.preview_answers", f"{preview}/tra-loi/*answers", factory=seen)
