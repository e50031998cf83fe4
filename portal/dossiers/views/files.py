"""Who sees the files of a dossier: officers who may read what is personal in it, and each look is noted."""

from portal.dossiers import rules
from portal.dossiers.models import Dossier
from portal.request import Request
from portal.rules import allowed

PURPOSE = "Mở tệp của hồ sơ"
"""What the log of readings says."""


def visible(request: Request, dossier_id: int) -> bool:
    """Whether whoever asks may open files of the dossier; if so, who it was is noted before the file is sent."""
    from portal.dossiers.desk import noting  # it builds on this package

    identity, dossier = request.identity, request.db.get(Dossier, dossier_id)
    if identity is None or dossier is None or not allowed(rules.RULES, rules.READ_PERSONAL, identity, dossier):
        return False
    noting.note(request, [dossier], "file", PURPOSE)
    return True
