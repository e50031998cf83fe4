"""The register of agencies (danh bạ cơ quan): codes, names, units, what followed what, and the working-day calendar.

Every other package asks here who somebody is: `queries.by_code`, `queries.by_name`, `queries.successors`; the reader of
papers asks `register.Register`, which needs no database. A package that has something to show on the page of an agency
registers it with `config.add_panel("agency", …)`.
"""

from pyramid.config import Configurator

from portal.agencies import routes
from portal.agencies.calendar import Calendar
from portal.agencies.rules import LIST, RULES
from portal.request import _


def includeme(config: Configurator) -> None:
    """`registry["portal.calendar"]` is the working-day calendar of the instance."""
    settings = config.registry["portal.settings"]
    config.registry["portal.calendar"] = Calendar.load(settings.content_dir / "calendar" / "vn.toml")
    config.add_rules(RULES)
    routes.add_routes(config)
    config.add_templates("portal.agencies")
    config.add_menu("main", _("Cơ quan"), "agencies.list", order=400)
    config.add_menu("desk", _("Danh bạ cơ quan"), "agencies.desk", order=810, permission=LIST)
    config.scan("portal.agencies.views")
