"""What may be asked about files that came in."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.db import Page
from portal.files import FileUse
from portal.jobs import Job
from portal.notices.intake.models import IntakeBatch, IntakeFile, Outcome
from portal.notices.models import Notice
from portal.publishing.models import Edition, Item, State

KEPT = "edition.kept"
"""The owner of originals (`portal.publishing`)."""


@dataclass(frozen=True)
class Progress:
    """How far a batch is. `failed`: files whose reading the portal gave up; they still wait."""

    counts: dict[str, int]
    failed: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def waiting(self) -> int:
        return self.counts.get(Outcome.WAITING, 0)

    @property
    def done(self) -> int:
        return self.total - self.waiting


@dataclass(frozen=True)
class Line:
    """A row of a batch's list. `twins`: other documents with the same number (A3-6)."""

    file: IntakeFile
    notice: Notice | None
    twins: Sequence[Notice] = ()
    failed: bool = False

    @property
    def needs_a_look(self) -> bool:
        notice = self.notice
        if self.file.outcome == Outcome.DRAFT:
            return bool(notice is None or notice.doubts or self.twins or self.file.is_scan or notice.type is None)
        return self.file.outcome not in (Outcome.WAITING, Outcome.UNPACKED) or self.failed


def batch(db: Session, uid: UUID) -> IntakeBatch | None:
    """The batch with this identity."""
    return db.scalar(select(IntakeBatch).where(IntakeBatch.uid == uid))


def file(db: Session, uid: UUID) -> IntakeFile | None:
    """The file that came in, with this identity."""
    return db.scalar(select(IntakeFile).where(IntakeFile.uid == uid))


def batches(db: Session, units: Collection[int], *, page: int, size: int) -> Page[IntakeBatch]:
    """The batches of these units, the latest first."""
    mine = IntakeBatch.unit_id.in_(units)
    total = db.scalar(select(func.count()).select_from(IntakeBatch).where(mine)) or 0
    query = select(IntakeBatch).where(mine).order_by(IntakeBatch.id.desc()).limit(size).offset((page - 1) * size)
    return Page(rows=list(db.scalars(query)), total=total, page=page, size=size)


def progress(db: Session, batches: Collection[int]) -> dict[int, Progress]:
    """How far each batch is, by its id."""
    counts: dict[int, dict[str, int]] = {id_: {} for id_ in batches}
    query = select(IntakeFile.batch_id, IntakeFile.outcome, func.count()).where(IntakeFile.batch_id.in_(batches))
    for batch_id, outcome, number in db.execute(query.group_by(IntakeFile.batch_id, IntakeFile.outcome)):
        counts[batch_id or 0][outcome] = number
    failed: dict[int, int] = defaultdict(int)
    for row in _failed(db, batches).values():
        failed[row] += 1
    return {id_: Progress(found, failed[id_]) for id_, found in counts.items()}


def lines(db: Session, batch: IntakeBatch, *, page: int, size: int) -> Page[Line]:
    """The files of a batch in their order, each with what its draft says now."""
    mine = IntakeFile.batch_id == batch.id
    total = db.scalar(select(func.count()).select_from(IntakeFile).where(mine)) or 0
    query = select(IntakeFile).where(mine).order_by(IntakeFile.position).limit(size).offset((page - 1) * size)
    rows = list(db.scalars(query.options(joinedload(IntakeFile.item))))
    notices = _current(db, {row.item_id for row in rows if row.item_id is not None})
    twins = _twins(db, list(notices.values()))
    failed = _failed(db, [batch.id])
    found = [
        Line(row, notices.get(row.item_id or 0), twins.get(row.item_id or 0, ()), row.is_waiting and row.id in failed)
        for row in rows
    ]
    return Page(rows=found, total=total, page=page, size=size)


def drafted(db: Session, sha256: str) -> list[Edition]:
    """The latest edition of each item that was read from these very bytes."""
    query = (
        select(Edition)
        .join(FileUse, FileUse.owner_id == Edition.id)
        .where(FileUse.owner_kind == KEPT, FileUse.sha256 == sha256)
        .order_by(Edition.id)
    )
    return list({edition.item_id: edition for edition in db.scalars(query)}.values())


def same_before(db: Session, row: IntakeFile) -> int | Literal[False] | None:
    """Whether these very bytes came before: in this batch, or as the draft of a document of the same unit.

    False when they did not; else the id of the document, None while the other file has none yet.
    """
    for edition in drafted(db, row.sha256 or ""):
        if edition.item.unit_id == row.unit_id:
            return edition.item_id
    earlier = select(IntakeFile).where(
        IntakeFile.batch_id == row.batch_id,
        IntakeFile.sha256 == row.sha256,
        IntakeFile.position < row.position,
        IntakeFile.outcome.in_((Outcome.WAITING, Outcome.ASKING, Outcome.DRAFT)),
    )
    first = db.scalar(earlier.order_by(IntakeFile.position).limit(1))
    return False if first is None else first.item_id


def last_position(db: Session, batch: IntakeBatch) -> int:
    """The place of the last file of a batch; 0 without any."""
    return db.scalar(select(func.max(IntakeFile.position)).where(IntakeFile.batch_id == batch.id)) or 0


def claim(db: Session, id_: int) -> IntakeFile | None:
    """The row, kept from other workers until this transaction ends, as it is now."""
    query = select(IntakeFile).where(IntakeFile.id == id_).with_for_update(of=IntakeFile)
    return db.scalar(query, execution_options={"populate_existing": True})


def reading_of(db: Session, item: Item, sha256: str) -> IntakeFile | None:
    """The file row that this item was read from."""
    query = select(IntakeFile).where(
        IntakeFile.item_id == item.id, IntakeFile.sha256 == sha256, IntakeFile.outcome == Outcome.DRAFT
    )
    return db.scalar(query.order_by(IntakeFile.id.desc()).limit(1))


def _failed(db: Session, batches: Collection[int]) -> dict[int, int]:
    """Waiting files whose job was given up and not started anew: id of the file → id of its batch."""
    waiting = select(IntakeFile.id, IntakeFile.batch_id).where(
        IntakeFile.batch_id.in_(batches), IntakeFile.outcome == Outcome.WAITING
    )
    rows: dict[str, tuple[int, Any]] = {str(id_): (id_, batch_id) for id_, batch_id in db.execute(waiting)}
    if not rows:
        return {}
    mine = (Job.kind == "notices.read_file", Job.key.in_(rows))
    open_ = set(db.scalars(select(Job.key).where(*mine, Job.done_at.is_(None), Job.dead_at.is_(None))))
    dead = set(db.scalars(select(Job.key).where(*mine, Job.dead_at.is_not(None)))) - open_
    return {rows[key][0]: rows[key][1] for key in dead}


def _current(db: Session, items: Collection[int]) -> dict[int, Notice]:
    """The typed row of the newest edition of each item."""
    newest = select(func.max(Edition.id)).where(Edition.item_id.in_(items)).group_by(Edition.item_id)
    return {row.item_id: row for row in db.scalars(select(Notice).where(Notice.edition_id.in_(newest)))}


def _twins(db: Session, notices: Sequence[Notice]) -> dict[int, list[Notice]]:
    """Documents of the same number, year and issuer as each of these, by the item (A3-6)."""
    keys = {row.number_key for row in notices if row.number_key and row.year}
    if not keys:
        return {}
    query = select(Notice).join(Edition, Edition.id == Notice.edition_id)
    others = list(db.scalars(query.where(Notice.number_key.in_(keys), Edition.state != State.SUPERSEDED)))
    return {row.item_id: found for row in notices if (found := [one for one in others if _is_twin(row, one)])}


def _is_twin(row: Notice, other: Notice) -> bool:
    same_issuer = row.issuer_id == other.issuer_id if row.issuer_id else row.issuer_name == other.issuer_name
    same_number = row.number_key == other.number_key and row.year == other.year and row.year is not None
    return row.item_id != other.item_id and same_number and same_issuer
