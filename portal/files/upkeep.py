"""Removing what nobody owns, and finding what is damaged."""

import hashlib
import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.files.models import File, FileUse
from portal.files.storage import CHUNK, INCOMING, SUFFIX, blob_path

log = logging.getLogger(__name__)

GRACE = timedelta(days=1)
_AT_ONCE = 500


def sweep(directory: Path, db: Session, at: datetime, *, folders: Collection[str] | None = None) -> int:
    """Remove temporary files and unowned contents that are older than a day; returns how many.

    `folders` (two hex digits each) narrows the search for contents that no row knows; None looks in all of them.
    The row is deleted in the caller's transaction before its content is, and the transaction must commit: whoever
    stores the same content meanwhile waits for it and puts the content back.
    """
    old = at - GRACE
    removed = _sweep_incoming(directory, old)
    for sha256 in _unowned(db, old):
        removed += _remove(db, directory, sha256, old)
    for sha256 in _unknown(db, directory, old, folders):
        removed += _adopt_and_remove(db, directory, sha256, old)
    if removed:
        log.info("%d files that nobody owns were removed.", removed)
    return removed


def destroy(db: Session, sha256: str, *, directory: Path) -> bool:
    """Remove a content now, without the day of grace, unless something owns it; whether it is gone.

    For what must not be kept. The caller's transaction must commit.
    """
    owned = exists().where(FileUse.sha256 == sha256)
    db.flush()
    if db.execute(delete(File).where(File.sha256 == sha256, ~owned).returning(File.sha256)).first() is None:
        return False
    blob_path(directory, sha256).unlink(missing_ok=True)
    return True


def _older(path: Path, than: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < than
    except FileNotFoundError:
        return False  # somebody was quicker


def _sweep_incoming(directory: Path, old: datetime) -> int:
    parts = [path for path in (directory / INCOMING).glob(f"*{SUFFIX}") if _older(path, old)]
    for path in parts:
        path.unlink(missing_ok=True)
    return len(parts)


def _unowned(db: Session, old: datetime) -> list[str]:
    owned = exists().where(FileUse.sha256 == File.sha256)
    return list(db.scalars(select(File.sha256).where(File.stored_at < old, ~owned).limit(_AT_ONCE)))


def _remove(db: Session, directory: Path, sha256: str, old: datetime) -> int:
    owned = exists().where(FileUse.sha256 == sha256)
    statement = delete(File).where(File.sha256 == sha256, File.stored_at < old, ~owned)
    try:
        with db.begin_nested():
            gone = db.execute(statement.returning(File.sha256)).first() is not None
    except IntegrityError:  # it found an owner while we waited for its row
        return 0
    if gone:
        blob_path(directory, sha256).unlink(missing_ok=True)
    return int(gone)


def _unknown(db: Session, directory: Path, old: datetime, folders: Collection[str] | None) -> Iterator[str]:
    """Contents without a row: their transaction rolled back, or the process was killed."""
    for folder in sorted(directory.glob("[0-9a-f][0-9a-f]")):
        if folders is not None and folder.name not in folders:
            continue
        names = [path.name for path in folder.glob("[0-9a-f][0-9a-f]/*") if len(path.name) == 64 and _older(path, old)]
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            known = set(db.scalars(select(File.sha256).where(File.sha256.in_(some))))
            yield from (name for name in some if name not in known)


def _adopt_and_remove(db: Session, directory: Path, sha256: str, old: datetime) -> int:
    """A row of our own holds off whoever stores this content now, until we have removed both."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(File).values(sha256=sha256, size=1, media_type="", charset=None, created_at=old, stored_at=old - GRACE)
    if db.execute(row.on_conflict_do_nothing().returning(File.sha256)).first() is None:
        return 0
    return _remove(db, directory, sha256, old)


@dataclass(frozen=True)
class Damage:
    """A content that is not what its row says."""

    sha256: str
    what: Literal["missing", "changed"]


def verify(db: Session, directory: Path) -> Iterator[Damage]:
    """Read every stored content and compare it with its name; for backups, restores and doctors. Constant memory."""
    query = select(File.sha256).order_by(File.sha256).execution_options(yield_per=_AT_ONCE)
    for sha256 in db.scalars(query):
        path = blob_path(directory, sha256)
        if not path.is_file():
            yield Damage(sha256, "missing")
        elif _hash(path) != sha256:
            yield Damage(sha256, "changed")


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
