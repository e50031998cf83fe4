"""The import itself: batches of procedures, each batch one transaction; stopping loses at most the batch under way."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.agencies import snapshot
from portal.agencies.models import Agency
from portal.agencies.service import add_field
from portal.agencies.snapshot import Snapshot
from portal.catalogue.data import Data
from portal.catalogue.importing.rows import record_of
from portal.catalogue.kind import NAME
from portal.clock import today
from portal.db import Sessions
from portal.errors import PortalError
from portal.notices.importing import Source, Verdict
from portal.notices.models import ImportedRow
from portal.publishing import queries as items
from portal.publishing import service as publishing
from portal.publishing.errors import AlreadyBeingEdited
from portal.publishing.models import Edition, Item, State
from portal.publishing.service.bringing import Incoming, bring_in
from portal.request import _

CHANGE_NOTE = "Cập nhật theo danh mục thủ tục hành chính quốc gia."
_PREFIX = f"{NAME}:"
"""Before the identity in the list of imported rows, which imports of documents share."""


class WasWithdrawn(PortalError):
    """The row has changed, but the procedure was withdrawn here."""

    status = 409
    message = _(
        "Thủ tục đã được gỡ khỏi cổng nên không tự công bố lại. Hãy mở thủ tục trên bàn làm việc để quyết định."
    )


class WasEdited(PortalError):
    """The row has changed, but people have since changed what an import brought."""

    status = 409
    message = _(
        "Thủ tục đã được sửa trên bàn làm việc sau lần nhập trước nên giữ nguyên. Hãy đối chiếu và sửa tay nếu cần."
    )


@dataclass(frozen=True)
class Outcome:
    """The verdict on one row, its doubts by part of the record, and the identity of the item it became.

    `refused`: why it was not taken.
    """

    where: str
    source_id: str
    verdict: Verdict
    doubts: dict[str, str] = field(default_factory=dict)
    refused: str | None = None
    uid: str | None = None


@dataclass
class _Row:
    source: Source
    verdict: Verdict = Verdict.REFUSED
    data: Data = field(default_factory=dict)
    refused: str | None = None
    edition: Edition | None = None

    def outcome(self) -> Outcome:
        uid = str(self.edition.item.uid) if self.edition is not None else None
        doubts = {} if self.refused else self.data.get("doubts", {})
        return Outcome(self.source.where, self.source.source_id, self.verdict, doubts, self.refused, uid)


@dataclass
class Import:
    """One run. `publish`: make the procedures public at once, else leave them as drafts."""

    sessions: Sessions
    unit_id: int
    origin: str
    now: Callable[[], datetime]
    publish: bool = False
    batch: int = 100
    dry: bool = False
    """Read and judge everything, write nothing."""
    counts: Counter[Verdict] = field(default_factory=Counter)
    _seen: set[str] = field(default_factory=set)
    _fields: dict[str, str] = field(default_factory=dict)
    """Slugs of the fields of law that this run knows to be in the register, by the names of the source."""

    def run(self, sources: Iterable[Source], *, stop: Callable[[], bool] = lambda: False) -> Iterator[Outcome]:
        """Bring the sources in, in order; yields each outcome after its batch is committed.

        When `stop` says so the run ends with the batch under way; the next run goes on from there.
        """
        with self.sessions() as db:
            register = snapshot.take(db)
        for batch in _batches(sources, self.batch):
            yield from self._commit(batch, register)
            if stop():
                return

    def _commit(self, batch: tuple[Source, ...], register: Snapshot) -> list[Outcome]:
        with self.sessions() as db:
            snapshot.lend(db, register)
            known = self._known(db, batch)
            rows = [self._read(db, source, known, register) for source in batch]
            if not self.dry:
                _Store(db, self, db.get_one(Agency, self.unit_id), known).store(rows)
            outcomes = [row.outcome() for row in rows]
            if self.dry:
                db.rollback()
                self._fields.clear()
            else:
                db.commit()
        self.counts.update(outcome.verdict for outcome in outcomes)
        return outcomes

    def _known(self, db: Session, batch: tuple[Source, ...]) -> dict[str, ImportedRow]:
        wanted = [_PREFIX + source.source_id for source in batch]
        rows = db.scalars(
            select(ImportedRow).where(ImportedRow.origin == self.origin, ImportedRow.source_id.in_(wanted))
        )
        return {row.source_id.removeprefix(_PREFIX): row for row in rows}

    def _read(self, db: Session, source: Source, known: dict[str, ImportedRow], register: Snapshot) -> _Row:
        refused = source.refused or self._again(source)
        if refused:
            return _Row(source, refused=refused)
        row = known.get(source.source_id)
        if row is not None and row.sha256 == source.sha256:
            return _Row(source, Verdict.UNCHANGED)
        name = str(source.row.get("field") or "").strip()
        at = self.now()
        if name and name not in self._fields:
            self._fields[name] = add_field(db, name, by=None, at=at).slug
        try:
            data = record_of(source.row, resolve=register.resolve, field=self._fields.get(name), on=today(at))
        except PortalError as error:
            return _Row(source, refused=_reason(error))
        return _Row(source, Verdict.UPDATED if row else Verdict.ADDED, data)

    def _again(self, source: Source) -> str | None:
        if source.source_id in self._seen:
            return f"trùng mã với một thủ tục trước đó trong cùng lần nhập: {source.source_id}"
        self._seen.add(source.source_id)
        return None


@dataclass
class _Store:
    """Writes the rows of one batch: new ones together, and one by one when that is refused."""

    db: Session
    run: Import
    unit: Agency
    known: dict[str, ImportedRow]

    def store(self, rows: list[_Row]) -> None:
        added = [row for row in rows if row.verdict is Verdict.ADDED]
        if not self._together(added):
            self._alone(added)
        self._alone([row for row in rows if row.verdict is Verdict.UPDATED])
        for row in rows:
            if row.edition is not None:
                self._remember(row.source, row.edition)

    def _together(self, rows: list[_Row]) -> bool:
        incoming = [Incoming(row.source.source_id, row.data) for row in rows]
        common: dict[str, Any] = {"unit": self.unit, "origin": self.run.origin, "at": self.run.now()}
        try:
            with self.db.begin_nested():
                editions = bring_in(self.db, incoming, kind=NAME, public=self.run.publish, **common)
        except (PortalError, SQLAlchemyError):
            return False
        for row, edition in zip(rows, editions, strict=True):
            row.edition = edition
        return True

    def _alone(self, rows: list[_Row]) -> None:
        for row in rows:
            try:
                with self.db.begin_nested():
                    row.edition = self._store(row)
            except (PortalError, SQLAlchemyError) as error:
                row.verdict, row.refused = Verdict.REFUSED, _reason(error)

    def _store(self, row: _Row) -> Edition:
        common: dict[str, Any] = {"by": None, "at": self.run.now()}
        source_id = row.source.source_id
        item = items.item_by_source(self.db, origin=self.run.origin, kind=NAME, source_id=source_id)
        if item is None:
            own: dict[str, Any] = {"unit": self.unit, "origin": self.run.origin, "source_id": source_id}
            edition = publishing.create(self.db, kind=NAME, data=row.data, **own, **common)
        else:
            _require_untouched(item)
            edition = item.working or publishing.working_copy(self.db, item, **common)
            publishing.save(self.db, edition, row.data, version=edition.version, **common)
        if self.run.publish:
            note = CHANGE_NOTE if item is not None and item.live is not None else ""
            publishing.publish_imported(self.db, edition, at=common["at"], change_note=note)
        return edition

    def _remember(self, source: Source, edition: Edition) -> None:
        row = self.known.get(source.source_id)
        if row is None:
            origin, source_id = self.run.origin, _PREFIX + source.source_id
            row = ImportedRow(origin=origin, source_id=source_id, item_id=edition.item_id)
            self.db.add(row)
        row.sha256, row.imported_at = source.sha256, self.run.now()


def _batches(sources: Iterable[Source], size: int) -> Iterator[tuple[Source, ...]]:
    rest = iter(sources)
    while batch := tuple(islice(rest, size)):
        yield batch


def _require_untouched(item: Item) -> None:
    """A person's draft is not written over, and what a person took off the pages does not come back by itself."""
    if item.working is not None and item.working.writers:
        raise AlreadyBeingEdited(item.working)
    if item.live is not None and item.live.state == State.WITHDRAWN:
        raise WasWithdrawn
    if item.live is not None and item.live.writers:
        raise WasEdited


def _reason(error: PortalError | SQLAlchemyError) -> str:
    """In words for the operator."""
    if isinstance(error, PortalError):
        return str(error.message.interpolate())
    return " ".join(str(error.__cause__ or error).split())
