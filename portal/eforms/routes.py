"""Addresses of forms: public preview, the designer's pages, uploads in pieces."""

from pyramid.config import Configurator

from portal.eforms.kind import NAME
from portal.publishing.routes import edition_of, of_kind, working_of

DESK = "/ban-lam-viec/bieu-mau"
UPLOADS = "/tep-tai-len"


def includeme(config: Configurator) -> None:
    draft, edition = of_kind(NAME, working_of), of_kind(NAME, edition_of)
    config.add_route("eforms.desk", DESK)
    config.add_route("eforms.new", f"{DESK}/moi")
    config.add_route("eforms.edit", f"{DESK}/{{uid}}/sua", factory=draft)
    config.add_route("eforms.change", f"{DESK}/{{uid}}/sua/lam", factory=draft)
    config.add_route("eforms.remove", f"{DESK}/{{uid}}/sua/xoa", factory=draft)
    config.add_route("eforms.replace", f"{DESK}/{{uid}}/sua/nhap", factory=draft)
    config.add_route("eforms.formula", f"{DESK}/{{uid}}/sua/cong-thuc", factory=draft)
    config.add_route("eforms.edit_head", f"{DESK}/{{uid}}/sua/chung", factory=draft)
    config.add_route("eforms.edit_section", f"{DESK}/{{uid}}/sua/phan/{{part}}", factory=draft)
    config.add_route("eforms.edit_field", f"{DESK}/{{uid}}/sua/muc/{{part}}", factory=draft)
    config.add_route("eforms.preview", f"{DESK}/{{uid}}/xem-truoc/{{number}}", factory=edition)
    config.add_route("eforms.export", f"{DESK}/{{uid}}/tep/{{number}}.json", factory=edition)
    config.add_route("eforms.one", "/bieu-mau/{slug}")
    config.add_route("eforms.uploads", UPLOADS)
    config.add_route("eforms.upload", f"{UPLOADS}/{{key}}")
