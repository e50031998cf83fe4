"""The import itself: batches of documents, each batch one transaction; stopping loses at most the batch under way."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal import papers
from portal.agencies import queries as agencies
from portal.agencies import snapshot
from portal.agencies.models import Agency
from portal.agencies.snapshot import Snapshot
from portal.db import Sessions
from portal.errors import PortalError
from portal.notices import data as record
from portal.notices.importing.keeping import file_parts, keep_file, keep_pictures
from portal.notices.importing.rows import record_of, record_of_paper
from portal.notices.importing.sources import Source
from portal.notices.kind import NAME
from portal.notices.models import ImportedRow
from portal.publishing import queries as items
from portal.publishing import service as publishing
from portal.publishing.errors import AlreadyBeingEdited
from portal.publishing.models import Edition, Item, State
from portal.publishing.service.bringing import Incoming, bring_in
from portal.request import _
from portal.settings import Settings

LARGEST_BATCH = 3_000_000
"""Bytes of documents in one transaction, unless a single one is longer."""


class Verdict(StrEnum):
    """What became of a row."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class WasWithdrawn(PortalError):
    """The row has changed, but the document was withdrawn here."""

    status = 409
    message = _(
        "Văn bản đã được gỡ khỏi cổng nên không tự công bố lại. Hãy mở văn bản trên bàn làm việc để quyết định."
    )


@dataclass(frozen=True)
class Outcome:
    """The verdict on one row, with every doubt in words and the identity of the item it became."""

    where: str
    source_id: str
    verdict: Verdict
    doubts: list[str] = field(default_factory=list)
    uid: str | None = None


@dataclass
class _Row:
    """A source on its way: read, then stored."""

    source: Source
    paper: papers.Paper | None = None
    data: record.Data = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    verdict: Verdict = Verdict.REFUSED
    edition: Edition | None = None

    def outcome(self) -> Outcome:
        uid = str(self.edition.item.uid) if self.edition is not None else None
        return Outcome(self.source.where, self.source.source_id, self.verdict, self.doubts, uid)


@dataclass
class Import:
    """One run. `publish`: make the documents public at once, else leave them as drafts.

    `settings`: of the instance: where files are kept and what reading one may take. None: nothing is kept.
    """

    sessions: Sessions
    unit_id: int
    origin: str
    now: Callable[[], datetime]
    publish: bool = True
    batch: int = 100
    settings: Settings | None = None
    counts: Counter[Verdict] = field(default_factory=Counter)
    _seen: set[int] = field(default_factory=set)
    """Hashes of the identities of this run: a second row of the same identity is refused."""

    def run(self, sources: Iterable[Source], *, stop: Callable[[], bool] = lambda: False) -> Iterator[Outcome]:
        """Bring the sources in, in order; yields each outcome after its batch is committed.

        When `stop` says so the run ends with the batch under way; the next run goes on from there.
        """
        with self.sessions() as db:
            register = snapshot.take(db)
            fields = frozenset(field.slug for field in agencies.fields(db))
        for batch in self._batches(sources):
            yield from self._commit(batch, register, fields)
            if stop():
                return

    def _batches(self, sources: Iterable[Source]) -> Iterator[list[Source]]:
        """As many as asked for, fewer of long ones: what is in memory at once does not grow with their length."""
        batch: list[Source] = []
        size = 0
        for source in sources:
            batch.append(source)
            size += source.size
            if len(batch) >= self.batch or size >= LARGEST_BATCH:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _commit(self, batch: list[Source], register: Snapshot, fields: frozenset[str]) -> list[Outcome]:
        with self.sessions() as db:
            known = self._known(db, batch)
        rows = [self._opened(source, known) for source in batch]  # may take long: no transaction is held
        with self.sessions() as db:
            snapshot.lend(db, register)
            known = self._known(db, batch)
            for row in rows:
                self._read(db, row, register, fields)
            _Store(db, self, db.get_one(Agency, self.unit_id), known).store(rows)
            outcomes = [row.outcome() for row in rows]
            db.commit()
        self.counts.update(outcome.verdict for outcome in outcomes)
        return outcomes

    def _known(self, db: Session, batch: list[Source]) -> dict[str, ImportedRow]:
        wanted = [source.source_id for source in batch]
        rows = db.scalars(
            select(ImportedRow).where(ImportedRow.origin == self.origin, ImportedRow.source_id.in_(wanted))
        )
        return {row.source_id: row for row in rows}

    def _opened(self, source: Source, known: dict[str, ImportedRow]) -> _Row:
        """What becomes of a source, as far as can be said without the database; a paper is read."""
        refused = source.refused or self._again(source)
        if refused:
            return _Row(source, doubts=[refused])
        row = known.get(source.source_id)
        if row is not None and row.sha256 == source.sha256:
            return _Row(source, verdict=Verdict.UNCHANGED)
        verdict = Verdict.UPDATED if row else Verdict.ADDED
        if not source.is_paper:
            return _Row(source, verdict=verdict)
        limits = papers.Limits.of(self.settings) if self.settings else papers.Limits()
        try:
            with source.on_disk() as path:
                return _Row(source, papers.read(path, source.name, limits=limits), verdict=verdict)
        except PortalError as error:
            return _Row(source, doubts=[_reason(error)])

    def _read(self, db: Session, row: _Row, register: Snapshot, fields: frozenset[str]) -> None:
        """The record of a row that is to be stored."""
        if row.verdict not in (Verdict.ADDED, Verdict.UPDATED):
            return
        try:
            if row.paper is None:
                row.data, row.doubts = record_of(row.source, resolve=register.resolve, fields=fields)
            else:
                self._read_paper(db, row, row.paper, register)
        except PortalError as error:
            row.verdict, row.doubts = Verdict.REFUSED, [_reason(error)]

    def _read_paper(self, db: Session, row: _Row, paper: papers.Paper, register: Snapshot) -> None:
        pictures = keep_pictures(db, paper, at=self.now(), settings=self.settings)
        row.data, row.doubts = record_of_paper(paper, resolve=register.resolve, pictures=pictures)
        if self.settings is not None:
            file = keep_file(db, row.source, at=self.now(), settings=self.settings)
            row.data = record.clean(row.data | file_parts(file, paper))

    def _again(self, source: Source) -> str | None:
        identity = hash(source.source_id)
        if identity in self._seen:
            return f"trùng với một văn bản trước đó trong cùng lần nhập: {source.source_id}"
        self._seen.add(identity)
        return None


@dataclass
class _Store:
    """Writes one batch: new documents together; if one of them is refused, and for known ones, each by itself."""

    db: Session
    run: Import
    unit: Agency
    known: dict[str, ImportedRow]

    def store(self, rows: list[_Row]) -> None:
        new = [row for row in rows if row.verdict is Verdict.ADDED]
        if not self._together(new):
            self._alone(new)
        self._alone([row for row in rows if row.verdict is Verdict.UPDATED])
        for row in rows:
            if row.edition is not None:
                self._remember(row.source, row.edition)

    def _together(self, rows: list[_Row]) -> bool:
        try:
            with self.db.begin_nested():
                editions = bring_in(
                    self.db,
                    [Incoming(row.source.source_id, row.data) for row in rows],
                    kind=NAME,
                    unit=self.unit,
                    origin=self.run.origin,
                    at=self.run.now(),
                    public=self.run.publish,
                )
        except (PortalError, SQLAlchemyError):
            return False
        for row, edition in zip(rows, editions, strict=True):
            row.edition = edition
        return True

    def _alone(self, rows: list[_Row]) -> None:
        for row in rows:
            try:
                with self.db.begin_nested():
                    edition = self._store(row.source, row.data)
            except (PortalError, SQLAlchemyError) as error:
                row.verdict = Verdict.REFUSED
                row.doubts = [_reason(error)]
            else:
                row.edition = edition

    def _store(self, source: Source, data: record.Data) -> Edition:
        common: dict[str, Any] = {"by": None, "at": self.run.now()}
        item = items.item_by_source(self.db, origin=self.run.origin, kind=NAME, source_id=source.source_id)
        if item is None:
            edition = publishing.create(
                self.db,
                kind=NAME,
                data=data,
                unit=self.unit,
                origin=self.run.origin,
                source_id=source.source_id,
                **common,
            )
        else:
            _require_untouched(item)
            edition = item.working or publishing.working_copy(self.db, item, **common)
            publishing.save(self.db, edition, data, version=edition.version, **common)
        if self.run.publish:
            publishing.publish_imported(self.db, edition, at=common["at"])
        return edition

    def _remember(self, source: Source, edition: Edition) -> None:
        row = self.known.get(source.source_id)
        if row is None:
            row = ImportedRow(origin=self.run.origin, source_id=source.source_id, item_id=edition.item_id)
            self.db.add(row)
        row.sha256, row.imported_at = source.sha256, self.run.now()


def _require_untouched(item: Item) -> None:
    """A person's draft is not written over, and what a person took off the pages does not come back by itself."""
    if item.working is not None and item.working.writers:
        raise AlreadyBeingEdited(item.working)
    if item.live is not None and item.live.state == State.WITHDRAWN:
        raise WasWithdrawn


def _reason(error: PortalError | SQLAlchemyError) -> str:
    """In words for the operator."""
    if isinstance(error, PortalError):
        return str(error.message.interpolate())
    return " ".join(str(error.__cause__ or error).split())
