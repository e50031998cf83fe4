"""The officers' desk for dossiers: the inbox, the page of a dossier with every act on it, the counter, figures.

`acts` is the table of everything that can be done: address, permission, form and the one call of the service.
"""

from datetime import datetime, timedelta

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal.dossiers.desk import warning
from portal.dossiers.desk.panel import soon
from portal.dossiers.rules import LIST
from portal.request import _


def includeme(config: Configurator) -> None:
    """Routes and pages for officers, their menu, and the job that warns them."""
    office = config.registry["portal.dossiers"]

    def warn(db: Session, at: datetime) -> None:
        warning.warn(db, office, at=at)

    config.include("portal.dossiers.desk.routes")
    config.include("portal.dossiers.desk.views.acting")
    config.scan("portal.dossiers.desk.views")
    config.add_periodic("dossiers.warnings", timedelta(hours=1), warn)
    config.add_menu("desk", _("Hồ sơ cần xử lý"), "dossiers.inbox", order=15, permission=LIST, group=_("Một cửa"))
    config.add_menu("desk", _("Thống kê hồ sơ"), "dossiers.figures", order=16, permission=LIST, group=_("Một cửa"))
    config.add_panel("desk", "dossiers", "dossiers/desk/panel.jinja2", soon, order=10)
