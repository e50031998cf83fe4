"""Dossiers (hồ sơ, A6): a citizen's application from draft to result, and the officers who handle it.

A dossier is the log of its events (`events`); its row is their fold (`projection`), its due date a pure function of
them, the calendar and the law (`clock`). `service` is the only writer, `tracking` what a stranger with code and secret
sees, `figures` how many were solved in time. `registry["portal.dossiers"]` is the `Office` that acts are handed.
"""

from datetime import datetime, timedelta

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal.dossiers import tracking, usage
from portal.dossiers.office import Office, office_of
from portal.dossiers.rules import READ_PERSONAL, RULES
from portal.dossiers.service import drafts, retention
from portal.dossiers.service.intake import OWNER
from portal.dossiers.views import files

PARTS = ("printing", "applying", "following", "desk")

__all__ = ["READ_PERSONAL", "RULES", "Office", "includeme"]


def includeme(config: Configurator) -> None:
    office = office_of(config.registry["portal.settings"], config.registry["portal.calendar"])
    config.registry["portal.dossiers"] = office
    config.add_file_owner(OWNER, files.visible)
    config.add_rules(RULES)
    config.add_templates("portal.dossiers")
    config.add_usage(usage.of_procedures)
    for part in PARTS:
        config.include(f"portal.dossiers.{part}")

    def upkeep(db: Session, at: datetime) -> None:
        drafts.sweep(db, at)
        tracking.sweep(db, at)
        retention.anonymise_due(db, office, at=at)

    config.add_periodic("dossiers.upkeep", timedelta(hours=1), upkeep)
