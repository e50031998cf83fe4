"""The only writer of files and of who owns them."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.files import storage
from portal.files.content import Found, Limits, examine
from portal.files.errors import Mismatch, UnknownFile
from portal.files.models import File, FileUse
from portal.files.names import clean_name, renamed


def store(db: Session, stream: BinaryIO, *, name: str, at: datetime, limits: Limits, directory: Path) -> File:
    """Take a file in: checked, named by its SHA-256, stored once. Nobody sees it until something owns it (`use`).

    Raises a `FileRefused` that tells the person why. If the transaction rolls back, `sweep` removes the content.
    """
    name = clean_name(name)
    with storage.receive(directory, stream, limits.size) as received:
        found = examine(received.path, name, limits)
        # The row first: it holds off whoever removes this very content until our transaction ends (see `upkeep.sweep`).
        file = _row(db, received, found, at)
        storage.place(directory, received)
    return file


def store_as_it_is(
    db: Session, stream: BinaryIO, *, name: str, at: datetime, limits: Limits, directory: Path
) -> tuple[File, str]:
    """Like `store`, for a seekable stream whose extension may lie: also its clean name with the right extension."""
    try:
        return store(db, stream, name=name, at=at, limits=limits, directory=directory), clean_name(name)
    except Mismatch as error:
        stream.seek(0)
        right = renamed(clean_name(name), error.right)
        return store(db, stream, name=right, at=at, limits=limits, directory=directory), right


def _row(db: Session, received: storage.Received, found: Found, at: datetime) -> File:
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = insert(File).values(
        sha256=received.sha256,
        size=received.size,
        media_type="text/plain" if found.kind.name == "csv" else found.kind.media_type,
        charset=found.charset,
        created_at=at,
        stored_at=at,
    )
    again = new.on_conflict_do_update(index_elements=[File.sha256], set_={"stored_at": new.excluded.stored_at})
    return db.scalars(again.returning(File), execution_options={"populate_existing": True}).one()


def use(db: Session, file: File, owner_kind: str, owner_id: int, name: str) -> FileUse:
    """Let the owner own the file under `name`, after its others; nothing happens when it does already."""
    name = clean_name(name)
    mine = (FileUse.owner_kind == owner_kind, FileUse.owner_id == owner_id)
    existing = db.scalar(select(FileUse).where(*mine, FileUse.sha256 == file.sha256, FileUse.name == name))
    if existing is not None:
        return existing
    last = db.scalar(select(func.max(FileUse.position)).where(*mine)) or 0
    made = FileUse(file=file, owner_kind=owner_kind, owner_id=owner_id, name=name, position=last + 1)
    db.add(made)
    db.flush()
    return made


def set_uses(db: Session, owner_kind: str, owner_id: int, files: Sequence[tuple[str, str]]) -> list[FileUse]:
    """Let the owner own exactly these files, (sha256, name) in this order. Raises `UnknownFile`."""
    wanted = list(dict.fromkeys((sha256, clean_name(name)) for sha256, name in files))
    query = select(FileUse).where(FileUse.owner_kind == owner_kind, FileUse.owner_id == owner_id)
    existing = {(use.sha256, use.name): use for use in db.scalars(query)}
    for key, old in existing.items():
        if key not in wanted:
            db.delete(old)
    result = []
    for position, (sha256, name) in enumerate(wanted, 1):
        row = existing.get((sha256, name))
        if row is None:
            file = db.get(File, sha256)
            if file is None:
                raise UnknownFile()
            row = FileUse(file=file, owner_kind=owner_kind, owner_id=owner_id, name=name)
            db.add(row)
        row.position = position
        result.append(row)
    db.flush()
    return result


def release(db: Session, owner_kind: str, owner_id: int, sha256: str | None = None) -> None:
    """End the owner's ownership of one content, or of all (None). The content goes a day after its last owner."""
    statement = delete(FileUse).where(FileUse.owner_kind == owner_kind, FileUse.owner_id == owner_id)
    if sha256 is not None:
        statement = statement.where(FileUse.sha256 == sha256)
    db.execute(statement)
