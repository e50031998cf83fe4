"""Notices (văn bản, thông báo): official documents from paper to page.

The record of a document (`data`), its typed rows (`models`), reading it from paper (`reading`, `body`), bringing
many in (`importing`), the public lists, pages and feeds, and the editor's forms.
"""

from pyramid.config import Configurator

from portal.notices.kind import NOTICE
from portal.notices.rules import LIST, RULES
from portal.notices.search import SEARCHABLE
from portal.notices.views.agency import latest_of
from portal.request import _


def includeme(config: Configurator) -> None:
    config.add_rules(RULES)
    config.add_kind(NOTICE)
    config.add_searchable(SEARCHABLE)
    config.add_templates("portal.notices")
    config.include("portal.notices.intake")
    config.include("portal.notices.routes")
    config.include("portal.notices.desk_routes")
    config.add_menu("main", _("Văn bản"), "notices.list.all", order=20)
    config.add_menu("desk", _("Văn bản"), "notices.desk", order=20, permission=LIST)
    config.add_panel("agency", "notices", "notices/agency.jinja2", latest_of)
    config.scan("portal.notices.views")
