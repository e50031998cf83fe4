"""Interactive forms (biểu mẫu điện tử, A5-7): designed by officers, kept as versioned JSON, filled in by citizens.

What a package above needs:

    definition = queries.published_definition(db, uid)      # the JSON (`definition`), None while not published
    sha256 = service.pin(db, definition, at=at)             # kept for ever; service.definition_of(db, sha256)
    answers.visible_sections(definition, draft)             # pages asked of this applicant; next_section, missing, …
    filling.opened(…), filling.step(…)                      # one page as a form, and what was sent to it
    answers.check_all(definition, draft, on=today)          # {} when it may be submitted
    answers.settle(definition, draft)                       # what is submitted: hidden answers dropped, values computed
    rendering.render(definition, answers, lang)             # for reading, for ever; rows_to_check for a draft
    uploads                                                 # files over a bad line, tus 1.0
"""

from datetime import datetime, timedelta

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal.eforms import models, uploads
from portal.eforms.kind import EFORM
from portal.eforms.rules import LIST, RULES
from portal.request import Request, _

__all__ = ["includeme", "models", "uploads"]


def _nobody_sees(request: Request, owner_id: int) -> bool:
    """What is being uploaded is nobody's to look at until it is attached."""
    return False


def includeme(config: Configurator) -> None:
    config.add_directive("add_upload_gate", uploads.add_upload_gate)
    config.add_rules(RULES)
    config.add_kind(EFORM)
    config.add_file_owner(uploads.OWNER_KIND, _nobody_sees)
    config.add_templates("portal.eforms")
    config.include("portal.eforms.routes")
    config.add_menu("desk", _("Biểu mẫu điện tử"), "eforms.desk", order=24, permission=LIST)
    directory = config.registry["portal.settings"].files_dir

    def sweep(db: Session, at: datetime) -> None:
        uploads.sweep(db, at, directory=directory)

    config.add_periodic("eforms.sweep_uploads", timedelta(hours=1), sweep)
    config.scan("portal.eforms.views")
