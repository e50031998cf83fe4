"""The desk (bàn làm việc): what an official meets after signing in, put together from the packages below."""

from pyramid.config import Configurator

from portal.desk.rules import ENTER, RULES
from portal.request import _


def includeme(config: Configurator) -> None:
    config.add_rules(RULES)
    config.add_templates("portal.desk")
    config.add_route("desk.dashboard", "/ban-lam-viec")
    config.add_menu("desk", _("Việc của tôi"), "desk.dashboard", order=10, permission=ENTER)
    config.add_menu("strip", _("Dành cho cán bộ"), "desk.dashboard", order=90)
    config.scan("portal.desk.views")
