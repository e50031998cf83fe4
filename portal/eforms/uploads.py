"""Files that come in pieces over a bad line (tus 1.0), kept for an owner until they are attached to what is submitted.

Whoever owns the answers registers a gate, which says who may upload for what and how much:

    config.add_upload_gate("draft", gate)            # gate(request, token, field) -> Place | None
    form_of(…, attributes=uploads.attributes(request, "draft", token))
    uploads.finished(db, owner, field)               # files that are here wholly, as answers carry them
    uploads.attach(db, owner, field, owner_kind="dossier", owner_id=dossier.id)
    uploads.store_for(request, place, field)         # the same files by plain multipart, without JavaScript

The row says how many bytes are safely here; a piece that was cut off, or whose transaction rolled back, leaves bytes on
the disk that the next piece overwrites. The content itself is checked and kept by `portal.files` when it is complete.
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from pyramid.config import Configurator
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal import files
from portal.eforms.errors import TooManyFiles, TooMuch, UploadGone, UploadRefused, WrongOffset
from portal.eforms.models import PartialUpload
from portal.files import Limits
from portal.files.storage import CHUNK, INCOMING, SUFFIX
from portal.forms import FileRef, UploadStore
from portal.request import Request, _

OWNER_KIND = "eforms.upload"
LIFETIME = timedelta(hours=24)
QUOTA = 200 * 1024 * 1024
SPARE = 20
"""Beyond the `most` of a field: uploads that a bad line cut off, and that were begun anew."""
_KEY = "portal.upload_gates"


@dataclass(frozen=True)
class Place:
    """Where somebody may upload: `owner` is kept with the files, `most` of one field, `quota` bytes of all of them."""

    owner: str
    limits: Limits = field(default_factory=Limits)
    most: int = 1
    quota: int = QUOTA


Gate = Callable[[Request, str, str], Place | None]


def add_upload_gate(config: Configurator, name: str, gate: Gate) -> None:
    """Configurator directive: `gate(request, token, field)` says where this upload goes; None refuses it."""
    config.registry.setdefault(_KEY, {})[name] = gate


def place_for(request: Request, owner: str, wanted: str) -> Place:
    """What the gate of `draft:token` says about the field. Raises `UploadRefused`, also for an unknown gate."""
    name, _colon, token = owner.partition(":")
    gate: Gate | None = request.registry.get(_KEY, {}).get(name)
    place = gate(request, token, wanted) if gate else None
    if place is None:
        raise UploadRefused
    return place


def attributes(request: Request, gate: str, token: str) -> dict[str, str]:
    """What the form's tag tells the script that uploads in pieces."""
    return {
        "data-upload-url": request.route_path("eforms.uploads"),
        "data-upload-owner": f"{gate}:{token}",
        "data-upload-waiting": request.translate(_("Tệp đang được tải lên. Trang tự đi tiếp khi tải xong.")),
    }


def begin(db: Session, place: Place, *, wanted: str, name: str, total: int, at: datetime) -> PartialUpload:
    """Announce a file of `total` bytes for the field `wanted`. Raises `TooManyFiles`, `TooMuch`, `FileRefused`."""
    clean = files.clean_name(name)
    if total == 0:
        raise files.Empty
    if total > place.limits.size:
        raise files.TooLarge(place.limits.size)
    mine = select(PartialUpload).where(PartialUpload.owner == place.owner, PartialUpload.expires_at > at)
    taken = db.scalar(select(func.coalesce(func.sum(mine.subquery().c.total), 0))) or 0
    if taken + total > place.quota:
        raise TooMuch
    there = db.scalar(select(func.count()).select_from(mine.where(PartialUpload.field == wanted).subquery())) or 0
    if there >= place.most + SPARE:
        raise TooManyFiles
    made = PartialUpload(
        key=secrets.token_urlsafe(32),
        owner=place.owner,
        field=wanted,
        name=clean,
        kinds=sorted(place.limits.kinds or ()),
        total=total,
        received=0,
        created_at=at,
        expires_at=at + LIFETIME,
    )
    db.add(made)
    db.flush()
    return made


def find(db: Session, key: str, *, at: datetime, hold: bool = False) -> PartialUpload:
    """The upload of that key; with `hold` no other piece is taken meanwhile. Raises `UploadGone`."""
    query = select(PartialUpload).where(PartialUpload.key == key, PartialUpload.expires_at > at)
    if hold:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = db.scalar(query)
    if found is None:
        raise UploadGone
    return found


def receive(
    db: Session, key: str, stream: BinaryIO, *, offset: int, place: Place, at: datetime, directory: Path
) -> PartialUpload:
    """Take a piece that begins at `offset`, as far as it comes. Complete, the content is checked and stored.

    Raises `WrongOffset`, `TooMuch`, and what `files.store` refuses the content for.
    """
    upload = find(db, key, at=at, hold=True)
    if upload.owner != place.owner:
        raise UploadRefused
    if offset != upload.received or upload.complete:
        raise WrongOffset(upload.received)
    path = part_path(directory, upload.key)
    upload.received += _append(path, stream, offset, upload.total - offset)
    upload.expires_at = at + LIFETIME
    if upload.received == upload.total:
        _complete(db, upload, path, place, at=at, directory=directory)
    db.flush()
    return upload


def cancel(db: Session, upload: PartialUpload, *, directory: Path) -> None:
    """Take an upload back, complete or not."""
    files.release(db, OWNER_KIND, upload.id)
    part_path(directory, upload.key).unlink(missing_ok=True)
    db.delete(upload)
    db.flush()


def finished(db: Session, owner: str, wanted: str | None = None) -> list[FileRef]:
    """The files that are wholly here for a field (or for all), in the order in which they were begun."""
    return [_reference(row) for row in _complete_ones(db, owner, wanted)]


def attach(db: Session, owner: str, wanted: str | None = None, *, owner_kind: str, owner_id: int) -> list[FileRef]:
    """Hand the finished files over to another owner (a dossier): theirs now, and no upload any more."""
    rows = _complete_ones(db, owner, wanted)
    for row in rows:
        file = files.get(db, row.sha256 or "")
        if file is not None:
            files.use(db, file, owner_kind, owner_id, row.name)
        files.release(db, OWNER_KIND, row.id)
        db.delete(row)
    db.flush()
    return [_reference(row) for row in rows]


def drop(db: Session, owner: str, sha256: str) -> None:
    """The owner took a finished file back."""
    for row in _complete_ones(db, owner, None):
        if row.sha256 == sha256:
            files.release(db, OWNER_KIND, row.id)
            db.delete(row)
    db.flush()


def store_for(request: Request, place: Place, wanted: str) -> UploadStore:
    """Files of a plain form, kept for the same owner under the same limits."""

    def keep(stream: BinaryIO, name: str) -> FileRef:
        directory, size = request.portal.files_dir, _size_of(stream)
        upload = begin(request.db, place, wanted=wanted, name=name, total=size, at=request.at)
        upload.received = size
        _store(request.db, upload, stream, place, at=request.at, directory=directory)
        return _reference(upload)

    return keep


def sweep(db: Session, at: datetime, *, directory: Path) -> int:
    """Forget uploads whose time is over, with what lies on the disk of them; returns how many."""
    old = list(db.scalars(select(PartialUpload).where(PartialUpload.expires_at <= at).limit(1000)))
    for row in old:
        files.release(db, OWNER_KIND, row.id)
        part_path(directory, row.key).unlink(missing_ok=True)
    db.execute(delete(PartialUpload).where(PartialUpload.id.in_([row.id for row in old])))
    return len(old)


def part_path(directory: Path, key: str) -> Path:
    """Where the pieces lie: among what comes in, so that what is forgotten goes with it after a day."""
    return directory / INCOMING / f"{key}{SUFFIX}"


def _append(path: Path, stream: BinaryIO, offset: int, most: int) -> int:
    """Write after `offset`, cutting off what a lost transaction left there; how many bytes came. Raises `TooMuch`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as out:
        out.truncate(offset)
        out.seek(offset)
        for chunk in _pieces(stream):
            written += len(chunk)
            if written > most:
                out.truncate(offset)
                raise TooMuch
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return written


def _pieces(stream: BinaryIO) -> Any:
    """What comes until the end, or until the line breaks: everything before that counts."""
    while True:
        try:
            chunk = stream.read(CHUNK)
        except OSError:
            return
        if not chunk:
            return
        yield chunk


def _complete(db: Session, upload: PartialUpload, path: Path, place: Place, *, at: datetime, directory: Path) -> None:
    with path.open("rb") as stream:
        _store(db, upload, stream, place, at=at, directory=directory)
    path.unlink(missing_ok=True)


def _store(
    db: Session, upload: PartialUpload, stream: BinaryIO, place: Place, *, at: datetime, directory: Path
) -> None:
    file = files.store(db, stream, name=upload.name, at=at, limits=place.limits, directory=directory)
    upload.sha256, upload.media_type = file.sha256, files.media_type_of(file.media_type, upload.name)
    db.flush()
    files.use(db, file, OWNER_KIND, upload.id, upload.name)


def _size_of(stream: BinaryIO) -> int:
    stream.seek(0, os.SEEK_END)
    size = stream.tell()
    stream.seek(0)
    return size


def _complete_ones(db: Session, owner: str, wanted: str | None) -> list[PartialUpload]:
    query = select(PartialUpload).where(PartialUpload.owner == owner, PartialUpload.sha256.is_not(None))
    if wanted is not None:
        query = query.where(PartialUpload.field == wanted)
    return list(db.scalars(query.order_by(PartialUpload.id)))


def _reference(row: PartialUpload) -> FileRef:
    return FileRef(sha256=row.sha256 or "", name=row.name, size=row.total, media_type=row.media_type or "")
