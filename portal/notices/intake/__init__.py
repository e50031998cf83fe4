"""From files to drafts (tiếp nhận): one file at once, many as a batch whose files are read one after the other.

A file row says what became of the file: a draft, the same file as before, refused and why. Originals are kept under
the draft that came of them; a file that bears a mark of state secrecy is destroyed as soon as it is recognised.
"""

from datetime import datetime, timedelta

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal.notices.intake.jobs import RETRIES, reader
from portal.notices.intake.models import IntakeFile
from portal.notices.intake.service import JOB, OWNER
from portal.notices.reading import read
from portal.notices.rules import READ_BATCH
from portal.papers import leftovers
from portal.request import Request
from portal.text import nfc

_SHORT = 40
"""Characters in which no paper is written."""


def file_is_visible(request: Request, file_id: int) -> bool:
    """A file that came in and has no draft yet is for those who may see its batch."""
    row = request.db.get(IntakeFile, file_id)
    return row is not None and bool(request.has_permission(READ_BATCH, row))


def is_secret(fields: list[tuple[str, str]]) -> bool:
    """Whether a long text among what was typed bears a mark of state secrecy: then it is not kept for later either."""
    return any(read(nfc(text)).secrecy is not None for _name, text in fields if len(text) > _SHORT)


def sweep_temporary(db: Session, at: datetime) -> None:
    """Folders that a killed process left behind; a paper in them may be secret."""
    leftovers.sweep(at)


def includeme(config: Configurator) -> None:
    config.add_file_owner(OWNER, file_is_visible)
    config.never_keep(is_secret)
    config.add_periodic("papers.leftovers", timedelta(hours=1), sweep_temporary)
    config.add_job(JOB, reader(config.registry["portal.settings"]), RETRIES)
