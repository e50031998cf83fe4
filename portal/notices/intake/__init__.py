"""From files to drafts (tiếp nhận): one file at once, many as a batch whose files are read one after the other.

A file row says what became of the file: a draft, the same file as before, refused and why. Originals are kept under
the draft that came of them; a file that bears a mark of state secrecy is destroyed as soon as it is recognised.
"""

from pyramid.config import Configurator

from portal.notices.intake.jobs import RETRIES, reader
from portal.notices.intake.models import IntakeFile
from portal.notices.intake.service import JOB, OWNER
from portal.notices.rules import READ_BATCH
from portal.request import Request


def file_is_visible(request: Request, file_id: int) -> bool:
    """A file that came in and has no draft yet is for those who may see its batch."""
    row = request.db.get(IntakeFile, file_id)
    return row is not None and bool(request.has_permission(READ_BATCH, row))


def includeme(config: Configurator) -> None:
    config.add_file_owner(OWNER, file_is_visible)
    config.add_job(JOB, reader(config.registry["portal.settings"]), RETRIES)
