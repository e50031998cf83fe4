"""What an import keeps of a file beside its record: the file itself and its pictures."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal import files
from portal.notices.importing.sources import Source
from portal.notices.intake.drafting import store_pictures
from portal.notices.paper import signatures_in
from portal.papers import Paper
from portal.settings import Settings


def keep_pictures(db: Session, paper: Paper, *, at: datetime, settings: Settings | None) -> dict[str, str]:
    """The addresses of the paper's pictures by their names there; without an instance none are kept."""
    return store_pictures(db, paper.images, at=at, settings=settings) if settings is not None else {}


def keep_file(db: Session, source: Source, *, at: datetime, settings: Settings) -> dict[str, Any]:
    """The file stored, as the record names it; one whose extension lies gets the right one. Raises `FileRefused`."""
    limits = files.Limits(size=settings.max_upload)
    with source.stream() as stream:
        file, name = files.store_as_it_is(
            db, stream, name=source.name, at=at, limits=limits, directory=settings.files_dir
        )
    media_type = files.media_type_of(file.media_type, name)
    return {"sha256": file.sha256, "name": name, "size": file.size, "media_type": media_type}


def file_parts(file: dict[str, Any], paper: Paper) -> dict[str, Any]:
    """The original beside the record; of a scan it is all there is, so it is attached too."""
    if not paper.is_scan:
        return {"original": file}
    return {"original": file, "attachments": [file | {"signatures": signatures_in(paper)}]}
