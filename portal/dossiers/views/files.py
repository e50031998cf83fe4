"""Who sees the files of a dossier: officers who may read what is personal in it, and each look is noted."""

from sqlalchemy.orm import Session

from portal.db import after_answer
from portal.dossiers import rules
from portal.dossiers.models import Dossier
from portal.dossiers.service import readings
from portal.request import Request
from portal.rules import allowed

PURPOSE = "Mở tệp của hồ sơ"
"""What the log of readings says."""


def visible(request: Request, dossier_id: int) -> bool:
    """Whether whoever asks may open files of the dossier; if so, who it was is noted when the file was sent."""
    identity, dossier = request.identity, request.db.get(Dossier, dossier_id)
    if identity is None or dossier is None or not allowed(rules.RULES, rules.READ_PERSONAL, identity, dossier):
        return False

    def note(db: Session) -> None:
        held = db.get(Dossier, dossier_id)
        if held is not None:
            readings.note(db, held, by=identity, what="file", purpose=PURPOSE, at=request.at)

    after_answer(request, note)
    return True
