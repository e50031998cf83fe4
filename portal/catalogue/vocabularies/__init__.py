"""What the catalogue is browsed by: audiences (đối tượng), life and business events (sự kiện), and their desk."""

from pyramid.config import Configurator

from portal.catalogue import models  # noqa: F401  # the tables belong to the schema
from portal.catalogue.vocabularies.rules import LOOK, RULES
from portal.request import _


def includeme(config: Configurator) -> None:
    config.add_rules(RULES)
    config.include("portal.catalogue.vocabularies.routes")
    config.add_menu("desk", _("Danh mục dịch vụ công"), "vocabularies.desk", order=24, permission=LOOK)
    config.scan("portal.catalogue.vocabularies.views")
