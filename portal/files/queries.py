"""What may be asked about files. Whether a person may see one is asked of `owners`."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.files.models import File, FileUse


def get(db: Session, sha256: str) -> File | None:
    """A stored content; None when it is not (or no longer) here."""
    return db.get(File, sha256)


def uses_of(db: Session, owner_kind: str, owner_id: int) -> list[FileUse]:
    """The files of one owner, in order."""
    query = select(FileUse).where(FileUse.owner_kind == owner_kind, FileUse.owner_id == owner_id)
    return list(db.scalars(query.order_by(FileUse.position, FileUse.id)))


def owners_of(db: Session, sha256: str) -> list[FileUse]:
    """Everything that owns one content, in order of taking."""
    return list(db.scalars(select(FileUse).where(FileUse.sha256 == sha256).order_by(FileUse.id)))
