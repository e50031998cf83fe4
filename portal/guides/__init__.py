"""Guides (hướng dẫn từng bước): questions that lead a citizen to the procedure they need.

The record (`data`), its graph (`graph`), following answers (`walking`), what is still to mend (`checks`), the picture
(`layout`), citizens' pages and the editor. Nothing that a citizen answers is stored anywhere.
"""

from pyramid.config import Configurator

from portal.guides.kind import GUIDE
from portal.guides.panels import of_front, of_procedure
from portal.guides.rules import LIST, RULES
from portal.guides.search import SEARCHABLE
from portal.request import _


def includeme(config: Configurator) -> None:
    config.add_rules(RULES)
    config.add_kind(GUIDE)
    config.add_searchable(SEARCHABLE)
    config.add_templates("portal.guides")
    config.include("portal.guides.routes")
    config.add_menu("main", _("Hướng dẫn từng bước"), "guides.list", order=26)
    config.add_menu("desk", _("Hướng dẫn từng bước"), "guides.desk", order=26, permission=LIST)
    config.add_panel("front", "guides", "guides/front_panel.jinja2", of_front, order=120)
    config.add_panel("service", "guides", "guides/procedure_panel.jinja2", of_procedure)
    config.scan("portal.guides.views")
