"""The background work: one job for each file of a batch."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import files, papers
from portal.errors import PortalError
from portal.notices.intake import queries, service
from portal.notices.intake.errors import TooManyFiles
from portal.notices.intake.models import IntakeFile, Outcome
from portal.notices.intake.opening import opened
from portal.notices.intake.saying import kept
from portal.papers.errors import PaperError
from portal.settings import Settings

RETRIES = 2
ZIP = "application/zip"


def reader(settings: Settings) -> Callable[[Session, dict[str, Any], datetime], None]:
    """The handler of `notices.read_file`: reads the file without a transaction, then writes what came of it at once."""

    def read_file(db: Session, payload: dict[str, Any], at: datetime) -> None:
        row = db.get(IntakeFile, payload["file"])
        if row is None or not _goes_on(row) or row.sha256 is None:
            return
        file = files.get(db, row.sha256)
        path, name = files.blob_path(settings.files_dir, row.sha256), row.name
        is_archive = file is not None and file.media_type == ZIP
        db.commit()  # reading takes seconds: hold no lock meanwhile
        if is_archive:
            _unpack(db, payload["file"], path, name, at=at, settings=settings)
            return
        read = opened(path, name, settings=settings)
        claimed = queries.claim(db, payload["file"])
        if claimed is not None and claimed.is_waiting:
            service.finish(db, claimed, read, at=at, settings=settings)

    return read_file


def _goes_on(row: IntakeFile) -> bool:
    return row.is_waiting and (row.batch is None or row.batch.stopped_at is None)


def _unpack(db: Session, id_: int, path: Path, name: str, *, at: datetime, settings: Settings) -> None:
    """The files of an archive as further rows. The archive itself is not kept: its files are."""
    with TemporaryDirectory(prefix="portal-zip-") as folder:
        skipped: list[papers.Skipped] = []
        try:
            members = list(
                papers.members(path, name, into=Path(folder), limits=papers.Limits.of(settings), skipped=skipped)
            )
            refused: PortalError | None = None
        except (PaperError, files.FileRefused) as error:
            members, refused = [], error
        row = queries.claim(db, id_)
        if row is None or not row.is_waiting or row.batch is None:
            return
        room = service.MOST - queries.last_position(db, row.batch)
        if refused is None and len(members) > room:
            refused = TooManyFiles(service.MOST)
        row.read_at = at
        if refused is not None:
            row.outcome, row.why = Outcome.REFUSED.value, kept(refused.message)
        else:
            row.outcome = Outcome.UNPACKED.value
            for member in members:
                with member.path.open("rb") as stream:
                    service.add_file(db, row.batch, stream, member.name, at=at, settings=settings)
            for left in skipped[: room - len(members)]:
                service.leave_out(db, row.batch, left.name, left.why, at=at)
        _let_go(db, row, settings)


def _let_go(db: Session, row: IntakeFile, settings: Settings) -> None:
    """What an archive holds may be secret: nothing of it stays but the files that were taken out."""
    sha256, row.sha256 = row.sha256, None
    files.release(db, service.OWNER, row.id)
    others = select(IntakeFile.id).where(IntakeFile.sha256 == sha256, IntakeFile.id != row.id).limit(1)
    if sha256 is not None and db.scalar(others) is None:
        files.destroy(db, sha256, directory=settings.files_dir)
