"""The register of agencies and fields says something else: documents that hold its words are read anew, by a job."""

from datetime import datetime
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from portal import clock, jobs
from portal.agencies.models import Agency, Field
from portal.search.documents import searchables
from portal.search.service import changed

JOB = "search.renamed"
_WORDS: dict[type[Any], tuple[str, ...]] = {
    Agency: ("name", "short_name", "abbreviation", "english_name"),
    Field: ("name", "english_name"),
}


def read_anew(db: Session, payload: dict[str, Any], at: datetime) -> None:
    """Job: note what holds words about these agencies and fields."""
    for kind, searchable in searchables().items():
        changed(db, kind, searchable.naming(db, payload["agencies"], payload["fields"]), at=at)


def listen() -> None:
    """Add the job whenever a name in the register is changed, by whatever path."""
    if not event.contains(Session, "after_flush", _note_renamed):
        event.listen(Session, "after_flush", _note_renamed)


def _note_renamed(db: Session, _context: Any) -> None:
    for row in db.dirty:
        if isinstance(row, Agency) and _is_renamed(row):
            _add(db, f"agency {row.key}", agencies=[row.key])
        elif isinstance(row, Field) and _is_renamed(row):
            _add(db, f"field {row.slug}", fields=[row.slug])


def _add(db: Session, key: str, **keys: list[str]) -> None:
    jobs.add(db, JOB, key=key, payload={"agencies": [], "fields": [], **keys}, at=clock.now())


def _is_renamed(row: Any) -> bool:
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in _WORDS[type(row)])
