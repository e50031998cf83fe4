"""The draft that comes of a file: its record, its pictures, the file itself beside it."""

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session

from portal import audit, files
from portal.accounts.models import Person
from portal.notices import data as record
from portal.notices import service as notices
from portal.notices.intake.models import IntakeFile, Outcome
from portal.notices.intake.opening import Opened
from portal.notices.intake.saying import kept
from portal.notices.paper import of_file, signatures_in
from portal.notices.reading import Reading
from portal.papers.paper import Image
from portal.publishing.models import Edition
from portal.request import _
from portal.settings import Settings

PICTURES = files.Limits(kinds=frozenset({"jpeg", "png", "gif", "webp"}))
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_ODD = re.compile(r"[^A-Za-z0-9_-]+")


def make_draft(
    db: Session, row: IntakeFile, file: files.File, opened: Opened, reading: Reading | None, *, by: Person,
    at: datetime, settings: Settings, not_secret: bool = False,
) -> Edition:  # fmt: skip
    """A draft of the row's unit from the file; what could not be read is attached, with the reason in the row."""
    notes = opened.notes
    data, lost = _record(db, opened, reading, at=at, settings=settings)
    if lost:
        notes = [*notes, _("${count} hình trong tệp không lưu được nên không có trong bài.", mapping={"count": lost})]
    data |= _file_parts(row, file, opened, readable=reading is not None)
    edition = notices.create(db, data, unit=row.unit, origin=settings.origin, by=by, at=at)
    row.item_id, row.outcome, row.read_at = edition.item.id, Outcome.DRAFT.value, at
    row.is_scan = opened.paper is not None and opened.paper.is_scan
    row.signatures = signatures_in(opened.paper) if opened.paper and opened.paper.format == "pdf" else None
    row.remarks, row.encodings = [kept(note) for note in notes], []
    read_as = opened.paper.format if opened.paper else None
    audit.record(db, by, "read from file", edition.item, at=at, sha256=file.sha256, name=row.name, format=read_as)
    if not_secret and reading is not None and reading.secrecy is not None:
        audit.record(db, by, "let a secrecy mark through", edition.item, at=at, mark=reading.secrecy.passage)
    files.release(db, "intake", row.id)
    db.flush()
    return edition


def _record(
    db: Session, opened: Opened, reading: Reading | None, *, at: datetime, settings: Settings
) -> tuple[record.Data, int]:
    """The record, and how many pictures could not be kept."""
    if opened.paper is None or opened.paper.is_scan or reading is None:
        return record.clean({"scan": opened.paper is not None and opened.paper.is_scan}), 0
    addresses = store_pictures(db, opened.paper.images, at=at, settings=settings)
    return of_file(reading, opened.paper, addresses), len(opened.paper.images) - len(addresses)


def store_pictures(db: Session, images: Iterable[Image], *, at: datetime, settings: Settings) -> dict[str, str]:
    """The pictures of a paper stored: the address of each by its name in the paper. Those refused are left out."""
    found: dict[str, str] = {}
    for image in images:
        suffix = _SUFFIXES.get(image.media_type)
        if suffix is None:
            continue
        name = f"{_ODD.sub('-', PurePosixPath(image.name).stem).strip('-') or 'hinh'}.{suffix}"
        try:
            file = files.store(
                db, BytesIO(image.content), name=name, at=at, limits=PICTURES, directory=settings.files_dir
            )
        except files.FileRefused:
            continue
        found[image.name] = f"/tep/{file.sha256}/{quote(name)}"
    return found


def _file_parts(row: IntakeFile, file: files.File, opened: Opened, *, readable: bool) -> dict[str, Any]:
    """The original beside the record; attached too when it is all that there is, or when it bears signatures."""
    ref = {"sha256": file.sha256, "name": files.clean_name(row.name), "size": file.size}
    ref["media_type"] = files.media_type_of(file.media_type, row.name)
    paper = opened.paper
    if readable and paper is not None and not paper.is_scan:
        return {"original": ref}
    signatures = signatures_in(paper) if paper is not None and paper.format == "pdf" else None
    return {"original": ref, "attachments": [ref | {"signatures": signatures}]}
