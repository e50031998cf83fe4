"""The only writer of synonyms and best bets: every change is recorded, and every process hears of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal import audit
from portal.errors import PortalError
from portal.request import _
from portal.search.cautions import cautions, refusals
from portal.search.maintaining import changed, key_of
from portal.search.models import BestBet, SearchSetting, Synonym

_NAMES = UUID("5a1c40b4-3d0e-4e0c-9d5e-7a3c1f0b2e11")
"""Rows here have no identity outside of the portal; in the audit record they are named by one made of their id."""


class MaintainingRefused(PortalError):
    """A group of spellings that cannot be kept; `reasons` says each why."""

    status = 422
    message = _("Nhóm từ này không lưu được.")

    def __init__(self, reasons: Sequence[TranslationString]) -> None:
        self.reasons = tuple(reasons)
        super().__init__()


class ChangedMeanwhile(PortalError):
    """Somebody else has changed it since the form was opened."""

    status = 409
    message = _("Người khác vừa sửa mục này. Hãy mở lại để xem nội dung mới rồi sửa tiếp.")


@dataclass(frozen=True)
class Subject:
    """What an audit line is about."""

    audit_kind: str
    uid: UUID


def subject_of(row: Synonym | BestBet) -> Subject:
    """The row as the audit record names it."""
    kind = "synonyms" if isinstance(row, Synonym) else "best bet"
    return Subject(kind, uuid5(_NAMES, f"{kind} {row.id}"))


def add_synonyms(
    db: Session, terms: Iterable[str], *, note: str | None = None, by: audit.Actor | None, at: datetime
) -> Synonym:
    """A new group of spellings that mean the same. Raises `MaintainingRefused`."""
    row = Synonym(terms=_checked(db, terms), note=note or None, active=True, updated_at=at)
    db.add(row)
    db.flush()
    audit.record(db, by, "added", subject_of(row), at=at, terms=row.terms, note=row.note)
    changed(db)
    return row


def change_synonyms(
    db: Session, row: Synonym, *, version: int | None, by: audit.Actor | None, at: datetime, **values: Any
) -> None:
    """Change `terms`, `note`, `active` (whether it is used). Raises `ChangedMeanwhile`, `MaintainingRefused`."""
    if "terms" in values:
        values["terms"] = _checked(db, values["terms"], besides=row.id)
    _change(db, row, values, version=version, by=by, at=at)


def remove(db: Session, row: Synonym | BestBet, *, version: int | None, by: audit.Actor | None, at: datetime) -> None:
    """Delete it for good. Raises `ChangedMeanwhile`."""
    _require(row, version)
    said = {"terms": row.terms} if isinstance(row, Synonym) else {"queries": row.queries, "title": row.title}
    audit.record(db, by, "removed", subject_of(row), at=at, **said)
    db.delete(row)
    db.flush()
    changed(db)


def add_best_bet(db: Session, *, by: audit.Actor | None, at: datetime, **values: Any) -> BestBet:
    """Put an address above the results of some queries: `queries`, `title`, `url`, `text`, `starts_on`, `ends_on`."""
    row = BestBet(**values, updated_at=at)
    db.add(row)
    db.flush()
    audit.record(db, by, "added", subject_of(row), at=at, **_plain(values))
    changed(db)
    return row


def change_best_bet(
    db: Session, row: BestBet, *, version: int | None, by: audit.Actor | None, at: datetime, **values: Any
) -> None:
    """Change what `add_best_bet` takes. Raises `ChangedMeanwhile`."""
    _change(db, row, values, version=version, by=by, at=at)


def bring_synonyms(
    db: Session, groups: Sequence[tuple[Sequence[str], str | None]], *, source: str, at: datetime
) -> int:
    """Add the groups (spellings, note) of a file that `source` names, each once for ever; how many were new.

    What people have removed, switched off or changed stays so, and a group of theirs that says the same is enough.
    Raises `MaintainingRefused`.
    """
    name = f"brought:{source}"[:64]
    known = db.get(SearchSetting, name)
    brought = set(known.value["keys"]) if known else set()
    identified = {" | ".join(sorted(map(key_of, terms))): (terms, note) for terms, note in groups}
    fresh = {identity: group for identity, group in identified.items() if identity not in brought}
    if not fresh:
        return 0
    present = [frozenset(map(key_of, terms)) for terms in db.scalars(select(Synonym.terms))]
    rows = []
    for terms, note in fresh.values():
        refused = refusals(terms)
        if refused:
            raise MaintainingRefused(refused)
        if not any(len(other.intersection(map(key_of, terms))) > 1 for other in present):
            rows.append(Synonym(terms=list(terms), note=note, active=True, updated_at=at))
    db.add_all(rows)
    value = {"keys": sorted(brought | fresh.keys())}
    if known is None:
        db.add(SearchSetting(name=name, value=value))
    else:
        known.value = value
    db.flush()
    subject = Subject("synonyms", uuid5(_NAMES, name))
    audit.record(db, None, "brought", subject, at=at, source=source, groups=[row.terms for row in rows])
    changed(db)
    return len(rows)


def _checked(db: Session, terms: Iterable[str], *, besides: int | None = None) -> list[str]:
    given = list(dict.fromkeys(" ".join(term.split()) for term in terms if term.strip()))
    found = cautions(db, given, besides=besides)
    if found.refused:
        raise MaintainingRefused(found.refused)
    return given


def _change(
    db: Session,
    row: Synonym | BestBet,
    values: dict[str, Any],
    *,
    version: int | None,
    by: audit.Actor | None,
    at: datetime,
) -> None:
    _require(row, version)
    new = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not new:
        return
    before = {name: getattr(row, name) for name in new}
    for name, value in new.items():
        setattr(row, name, value)
    row.updated_at = at
    db.flush()
    audit.record(db, by, "changed", subject_of(row), at=at, before=_plain(before), after=_plain(new))
    changed(db)


def _require(row: Synonym | BestBet, version: int | None) -> None:
    if version is not None and version != row.version:
        raise ChangedMeanwhile


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
