"""What may happen to files that come in: read one at once, make a batch, read its files, stop, go on, forget.

The only writer of the intake tables.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal import audit, files, jobs
from portal.accounts.models import Person
from portal.agencies.models import Agency
from portal.notices.intake import queries
from portal.notices.intake.drafting import make_draft
from portal.notices.intake.errors import AlreadyDrafted, TooManyFiles
from portal.notices.intake.models import IntakeBatch, IntakeFile, Outcome
from portal.notices.intake.opening import Opened, limits, read_fields
from portal.notices.intake.saying import kept
from portal.notices.paper import SecretPaper
from portal.publishing.models import Edition
from portal.request import _
from portal.settings import Settings

MOST = 500
"""Files of one batch, those in archives included."""
OWNER = "intake"
JOB = "notices.read_file"
Given = tuple[BinaryIO, str]
"""A file as it came: its stream and its name."""


def check(path: Path, name: str, *, settings: Settings) -> str:
    """The clean name of a file that may be taken in, its extension put right. Raises `FileRefused`."""
    name = files.clean_name(name)
    try:
        files.examine(path, name, limits(settings))
    except files.Mismatch as error:
        name = files.renamed(name, error.right)
        files.examine(path, name, limits(settings))
    return name


def draft_from(
    db: Session, path: Path, name: str, read: Opened, *, unit: Agency, by: Person, at: datetime, settings: Settings,
    not_secret: bool = False, again: bool = False, may_see: Callable[[Edition], bool],
) -> IntakeFile:  # fmt: skip
    """One file, opened already, as a draft; its row asks instead when nobody knows its encoding.

    Raises `SecretPaper` before anything is stored, and `AlreadyDrafted` unless `again`.
    """
    reading = read_fields(db, read, at=at, not_secret=not_secret)
    with path.open("rb") as stream:
        file = files.store(db, stream, name=name, at=at, limits=limits(settings), directory=settings.files_dir)
    if not again:
        for edition in queries.drafted(db, file.sha256):
            if may_see(edition):
                raise AlreadyDrafted(edition.title, str(edition.item.uid))
    row = _row(db, unit, by, at, name, file)
    if read.asks and read.paper is not None:
        _ask(db, row, read, file)
        return row
    make_draft(db, row, file, read, reading, by=by, at=at, settings=settings, not_secret=not_secret)
    return row


def choose_encoding(
    db: Session, row: IntakeFile, encoding: str, read: Opened, *, by: Person, at: datetime, settings: Settings,
    not_secret: bool = False,
) -> None:  # fmt: skip
    """The draft of a file whose encoding a person has chosen; `read` is the file read so. Raises `SecretPaper`."""
    file = _file_of(db, row)
    if row.outcome != Outcome.ASKING or file is None:
        return
    reading = read_fields(db, read, at=at, not_secret=not_secret)
    edition = make_draft(db, row, file, read, reading, by=by, at=at, settings=settings, not_secret=not_secret)
    audit.record(db, by, "chose an encoding", edition.item, at=at, encoding=encoding)


def open_batch(
    db: Session, given: Iterable[Given], *, unit: Agency, by: Person, at: datetime, settings: Settings
) -> IntakeBatch:
    """Take many files in, to be read one after the other. Those refused and those that come twice say so."""
    batch = IntakeBatch(unit=unit, created_by=by.id, created_at=at)
    db.add(batch)
    db.flush()
    rows = 0
    for stream, name in given:
        if rows == MOST:
            raise TooManyFiles(MOST)
        add_file(db, batch, stream, name, at=at, settings=settings)
        rows += 1
    audit.record(db, by, "opened a batch", batch, at=at, files=rows)
    return batch


def add_file(
    db: Session, batch: IntakeBatch, stream: BinaryIO, name: str, *, at: datetime, settings: Settings
) -> IntakeFile:
    """One more file of a batch."""
    row = IntakeFile(
        batch=batch, position=queries.last_position(db, batch) + 1, unit_id=batch.unit_id,
        created_by=batch.created_by, created_at=at, name=name[-255:],
    )  # fmt: skip
    db.add(row)
    try:
        file, row.name = files.store_as_it_is(
            db, stream, name=name, at=at, limits=limits(settings), directory=settings.files_dir
        )
    except files.FileRefused as refused:
        return refuse(db, row, refused, at=at)
    row.sha256 = file.sha256
    db.flush()
    if (item_id := queries.same_before(db, row)) is not False:
        row.outcome, row.item_id, row.read_at = Outcome.SAME.value, item_id, at
        return row
    files.use(db, file, OWNER, row.id, row.name)
    _queue(db, row, at)
    return row


def leave_out(db: Session, batch: IntakeBatch, name: str, why: TranslationString, *, at: datetime) -> None:
    """Say of a file in an archive why it was not taken out."""
    row = IntakeFile(
        batch=batch, position=queries.last_position(db, batch) + 1, unit_id=batch.unit_id,
        created_by=batch.created_by, created_at=at, name=name[-255:],
        outcome=Outcome.REFUSED.value, why=kept(why), read_at=at,
    )  # fmt: skip
    db.add(row)
    db.flush()


def refuse(db: Session, row: IntakeFile, why: files.FileRefused | SecretPaper, *, at: datetime) -> IntakeFile:
    """Say in the row why nothing came of the file."""
    row.outcome, row.why, row.read_at = Outcome.REFUSED.value, kept(why.message), at
    db.flush()
    return row


def finish(db: Session, row: IntakeFile, read: Opened, *, at: datetime, settings: Settings) -> None:
    """What comes of a file of a batch that was read. A secret one is destroyed and forgotten, but for its name."""
    file = _file_of(db, row)
    if file is None:
        row.outcome, row.why, row.read_at = Outcome.REFUSED.value, kept(_LOST), at
        return
    by = db.get_one(Person, row.created_by)
    try:
        reading = read_fields(db, read, at=at)
    except SecretPaper as secret:
        destroy(db, row, secret, by=by, at=at, settings=settings)
        return
    if (item_id := queries.same_before(db, row)) is not False:  # another batch was quicker
        row.outcome, row.item_id, row.read_at = Outcome.SAME.value, item_id, at
        files.release(db, OWNER, row.id)
    elif read.asks:
        _ask(db, row, read, file)
        row.read_at = at
    else:
        make_draft(db, row, file, read, reading, by=by, at=at, settings=settings)
        same = (
            IntakeFile.batch_id == row.batch_id,
            IntakeFile.sha256 == row.sha256,
            IntakeFile.outcome == Outcome.SAME,
        )
        db.execute(update(IntakeFile).where(*same).values(item_id=row.item_id))


def destroy(db: Session, row: IntakeFile, secret: SecretPaper, *, by: Person, at: datetime, settings: Settings) -> None:
    """Remove a file with a mark of state secrecy at once, unless something else owns these very bytes."""
    sha256, row.sha256 = row.sha256, None
    row.outcome, row.why, row.read_at = Outcome.SECRET.value, kept(_DESTROYED % {"mark": secret.mark}), at
    row.encodings, row.remarks = [], []
    files.release(db, OWNER, row.id)
    if sha256 is not None:
        files.destroy(db, sha256, directory=settings.files_dir)
    audit.record(db, by, "refused a secret file", row.unit, at=at)


def stop(db: Session, batch: IntakeBatch, *, by: Person, at: datetime) -> None:
    """Read no further file of it; the one being read is finished."""
    if batch.stopped_at is None:
        batch.stopped_at = at
        audit.record(db, by, "stopped a batch", batch, at=at)


def resume(db: Session, batch: IntakeBatch, *, by: Person, at: datetime) -> None:
    """Go on with every file that waits, also those that a failure left lying."""
    batch.stopped_at = None
    waiting = select(IntakeFile).where(IntakeFile.batch_id == batch.id, IntakeFile.outcome == Outcome.WAITING)
    for row in db.scalars(waiting.order_by(IntakeFile.position)):
        _queue(db, row, at)
    audit.record(db, by, "resumed a batch", batch, at=at)


def forget(db: Session, batch: IntakeBatch, *, by: Person, at: datetime) -> None:
    """Take the batch off the list. Its drafts stay with their originals; files without a draft are let go."""
    audit.record(db, by, "deleted a batch", batch, at=at)
    for row in db.scalars(select(IntakeFile).where(IntakeFile.batch_id == batch.id)).all():
        files.release(db, OWNER, row.id)
        if row.outcome == Outcome.DRAFT and row.item_id is not None:
            row.batch_id = None  # the draft's screen still says what was remarked in reading
        else:
            db.delete(row)
    db.flush()
    db.delete(batch)
    db.flush()


def _row(db: Session, unit: Agency, by: Person, at: datetime, name: str, file: files.File) -> IntakeFile:
    row = IntakeFile(unit=unit, created_by=by.id, created_at=at, name=name, sha256=file.sha256)
    row.remarks, row.encodings = [], []
    db.add(row)
    db.flush()
    return row


def _ask(db: Session, row: IntakeFile, read: Opened, file: files.File) -> None:
    row.outcome = Outcome.ASKING.value
    row.encodings = list(read.paper.encodings) if read.paper else []
    files.use(db, file, OWNER, row.id, row.name)


def _queue(db: Session, row: IntakeFile, at: datetime) -> None:
    db.flush()
    jobs.add(db, JOB, key=str(row.id), payload={"file": row.id}, at=at)


def _file_of(db: Session, row: IntakeFile) -> files.File | None:
    return files.get(db, row.sha256) if row.sha256 else None


_LOST = _("Tệp không còn trong kho. Hãy gửi lại tệp này.")
_DESTROYED = _(
    "Có dấu chỉ độ mật “${mark}”: tệp đã bị hủy, không nội dung nào được giữ. Hãy xử lý theo pháp luật về bảo vệ bí "
    "mật nhà nước. Nếu không phải văn bản mật, hãy gửi riêng tệp này ở trang “Văn bản mới” và đánh dấu xác nhận."
)
