"""Applying (nộp hồ sơ): from the page of a service to the receipt, one thing per page, saved at every step.

A draft is found by the key in its address, and by nothing else; whoever has the address has the draft. Its files are
owned by the draft (`OWNER`) until they become those of the dossier.
"""

from datetime import datetime, timedelta

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal.dossiers.applying import files, service
from portal.dossiers.applying.offers import apply_link


def includeme(config: Configurator) -> None:
    config.add_file_owner(files.OWNER, files.nobody_sees)
    config.add_upload_gate(files.GATE, files.gate)
    config.add_upload_gate(files.SUPPLEMENT_GATE, files.supplement_gate)
    config.add_apply_link(apply_link, order=10)
    config.add_view_predicate("filling_in", files.FillingIn)
    config.include("portal.dossiers.applying.routes")
    config.scan("portal.dossiers.applying.views")

    def sweep(db: Session, at: datetime) -> None:
        service.sweep(db, at)

    config.add_periodic("applying.sweep", timedelta(hours=1), sweep)
