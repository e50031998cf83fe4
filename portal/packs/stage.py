"""Bringing one item of a pack to the state its file asks for, through the workflow that people use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.packs.models import PackFile
from portal.packs.people import Cast
from portal.publishing import queries as items
from portal.publishing import service as publishing
from portal.publishing.models import Edition, Item, State
from portal.publishing.service.writing import fingerprint
from portal.rules import APPROVER, EDITOR

STATES = (State.DRAFT, State.IN_REVIEW, State.SCHEDULED, State.PUBLISHED, State.WITHDRAWN)
UPDATED_NOTE = "Cập nhật theo gói nội dung."


class Verdict(StrEnum):
    """What became of a file."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    """People have changed what the file once brought: theirs stays."""


@dataclass(frozen=True)
class Wanted:
    """What an item's file says about its life."""

    state: State = State.PUBLISHED
    change_note: str = ""
    published_at: datetime | None = None
    publish_at: datetime | None = None
    withdrawn_why: str = ""


class NobodyFits(Exception):
    """The pack has nobody with this role in the unit."""

    def __init__(self, role: str, unit: Agency) -> None:
        self.role, self.unit = role, unit


@dataclass
class Stage:
    """Who acts, when, and on behalf of which pack; `own_unit` is the agency whose portal it is."""

    db: Session
    pack: str
    origin: str
    at: datetime
    own_unit: Agency
    cast: Cast

    def unit(self, code: str | None) -> Agency | None:
        """The unit of a code in a file: the portal's own when there is none; None for one that is not registered."""
        return agencies.by_code(self.db, code) if code else self.own_unit

    def known(self, path: str) -> PackFile | None:
        """What was loaded from the file before."""
        return self.db.get(PackFile, (self.pack, path))

    def is_known(self, path: str, sha256: str) -> bool:
        """Whether the file was loaded as it is now."""
        row = self.known(path)
        return row is not None and row.sha256 == sha256

    def remember(self, path: str, sha256: str, edition: Edition | None = None) -> None:
        """The file has been loaded as it is now."""
        row = self.known(path) or PackFile(pack=self.pack, path=path)
        row.sha256, row.loaded_at = sha256, self.at
        if edition is not None:
            row.item_id, row.data_sha256 = edition.item_id, fingerprint(edition)
        self.db.add(row)
        self.db.flush()

    def bring(
        self, path: str, sha256: str, *, kind: str, data: dict[str, Any], unit: Agency, wanted: Wanted
    ) -> Verdict:
        """Make or update the item of a file. Raises `NobodyFits`, and what the services of publishing raise."""
        source = f"{self.pack}:{path}"
        item = items.item_by_source(self.db, origin=self.origin, kind=kind, source_id=source)
        if item is not None and self._changed_by_people(item, self.known(path)):
            return Verdict.KEPT
        if item is None:
            edition = publishing.create(
                self.db,
                kind=kind,
                data=data,
                unit=unit,
                origin=self.origin,
                by=self.cast.editor(unit),
                at=self.at,
                source_id=source,
            )
            self._lead(edition, wanted)
        else:
            edition = self._update(item, data, wanted)
        self.remember(path, sha256, edition)
        return Verdict.ADDED if item is None else Verdict.UPDATED

    def _changed_by_people(self, item: Item, row: PackFile | None) -> bool:
        """Whether the newest edition says something else than the pack wrote, or was withdrawn: that is not undone."""
        newest = item.editions[-1]
        return row is None or fingerprint(newest) != row.data_sha256 or newest.state == State.WITHDRAWN

    def _update(self, item: Item, data: dict[str, Any], wanted: Wanted) -> Edition:
        newest = item.editions[-1]
        if newest.state == State.PUBLISHED and wanted.state is State.WITHDRAWN:
            self._withdraw(newest, wanted)
            return newest
        edition = self._as_draft(item)
        publishing.save(self.db, edition, data, version=edition.version, by=self.cast.editor(item.unit), at=self.at)
        self._lead(edition, wanted)
        return edition

    def _as_draft(self, item: Item) -> Edition:
        edition, (editor, approver) = item.working, self.cast.pair(item.unit)
        if edition is None:
            return publishing.working_copy(self.db, item, by=editor, at=self.at)
        if edition.state == State.IN_REVIEW:
            writer = _someone(editor, EDITOR, item.unit)
            publishing.take_back(self.db, edition, version=edition.version, by=writer, at=self.at)
        elif edition.state == State.SCHEDULED:
            reviewer = _someone(approver, APPROVER, item.unit)
            publishing.unschedule(self.db, edition, version=edition.version, by=reviewer, at=self.at)
        return edition

    def _lead(self, edition: Edition, wanted: Wanted) -> None:
        """From a draft to the wanted state. Where nobody of the pack fits, what is public comes as an import does."""
        public = wanted.state in (State.PUBLISHED, State.WITHDRAWN)
        editor, approver = self.cast.pair(edition.item.unit)
        if public and (editor is None or approver is None):
            first, note = self._first(edition, wanted)
            publishing.publish_imported(self.db, edition, at=self.at, published_at=first, change_note=note)
        elif wanted.state is not State.DRAFT:
            writer = _someone(editor, EDITOR, edition.item.unit)
            publishing.submit(self.db, edition, version=edition.version, by=writer, at=self.at)
        if edition.state == State.IN_REVIEW and wanted.state is not State.IN_REVIEW:
            self._approve(edition, wanted, _someone(approver, APPROVER, edition.item.unit))
        if wanted.state is State.WITHDRAWN:
            self._withdraw(edition, wanted)

    def _approve(self, edition: Edition, wanted: Wanted, by: Person) -> None:
        first, note = self._first(edition, wanted)
        if wanted.state is State.SCHEDULED:
            assert wanted.publish_at is not None
            publishing.schedule(
                self.db,
                edition,
                version=edition.version,
                by=by,
                at=self.at,
                publish_at=wanted.publish_at,
                change_note=note,
            )
        else:
            publishing.publish(
                self.db, edition, version=edition.version, by=by, at=self.at, change_note=note, published_at=first
            )

    def _first(self, edition: Edition, wanted: Wanted) -> tuple[datetime | None, str]:
        """When it became public and the change note; a later edition goes public now and never repeats a note."""
        live = edition.item.live
        if live is None:
            return wanted.published_at, wanted.change_note
        return None, wanted.change_note if wanted.change_note not in ("", live.change_note) else UPDATED_NOTE

    def _withdraw(self, edition: Edition, wanted: Wanted) -> None:
        by = self.cast.approver(edition.item.unit, besides=None)
        publishing.withdraw(self.db, edition, version=edition.version, by=by, at=self.at, why=wanted.withdrawn_why)


def _someone(person: Person | None, role: str, unit: Agency) -> Person:
    if person is None:
        raise NobodyFits(role, unit)
    return person


@dataclass(frozen=True)
class Job:
    """One thing to load: the file that is told to the operator, and what brings it in."""

    file: str
    run: Callable[[Stage], Verdict]
