"""Editing procedures and local variants: kinds, rules, addresses and views of the desk."""

from datetime import datetime, timedelta

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal.catalogue import reminding
from portal.catalogue.desk.panel import of_desk
from portal.catalogue.kind import procedure_kind
from portal.catalogue.local import LOCAL
from portal.catalogue.rules import LIST, RULES
from portal.request import _


def includeme(config: Configurator) -> None:
    settings = config.registry["portal.settings"]
    config.add_rules(RULES)
    config.add_kind(procedure_kind(applied_for_elsewhere=bool(settings.national_portal)))
    config.add_kind(LOCAL)
    config.include("portal.catalogue.desk.routes")
    config.add_menu("desk", _("Thủ tục"), "catalogue.desk", order=22, permission=LIST)
    config.add_menu("desk", _("Phần của địa phương"), "catalogue.desk.local", order=23, permission=LIST)
    config.add_panel("desk", "catalogue", "catalogue/desk_panel.jinja2", of_desk, order=50)

    def remind(db: Session, at: datetime) -> None:
        reminding.tell_behind(db, settings, at=at)

    config.add_periodic("catalogue.behind", timedelta(hours=1), remind)
    config.scan("portal.catalogue.desk")
