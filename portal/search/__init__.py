"""Search (tìm kiếm): one index over everything published, fed from a log of changes, asked in Vietnamese as typed.

What is found comes from other packages (`documents.Searchable`). Text becomes terms in `analysis` and nowhere else;
`engine` is the contract of the engines; `query` turns what was typed into a plan, `ranking` orders what it
found; `following` keeps each host's index equal to the database.
"""

from pyramid.config import Configurator

from portal.request import _
from portal.search import models  # noqa: F401  # the tables belong to the schema
from portal.search.documents import Document, Passage, Searchable, add_searchable, searchables
from portal.search.rules import LOOK, RULES

__all__ = ["Document", "Passage", "Searchable", "includeme", "searchables"]


def includeme(config: Configurator) -> None:
    config.add_directive("add_searchable", add_searchable)
    config.include("portal.search.host")
    config.include("portal.search.asking")
    config.add_rules(RULES)
    config.add_templates("portal.search")
    config.include("portal.search.routes")
    config.include("portal.search.desk_routes")
    config.add_menu("desk", _("Tìm kiếm"), "search.desk", order=40, permission=LOOK)
    config.set_find_box("search.page", suggestions="search.suggestions", description="search.description")
    config.scan("portal.search.views")
