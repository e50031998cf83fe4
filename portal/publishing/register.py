"""Pages that show the register of agencies go stale with it."""

from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from portal import clock
from portal.agencies.models import Agency, AgencyAlias, Field, Succession
from portal.publishing.models import PageChange

KEY = "agencies"
_SHOWN = (Agency, AgencyAlias, Field, Succession)


def _note_changes(session: Session, _context: Any) -> None:
    if any(isinstance(row, _SHOWN) for rows in (session.new, session.dirty, session.deleted) for row in rows):
        session.execute(insert(PageChange).values(key=KEY, at=clock.now()))


def listen() -> None:
    """Announce `agencies` whenever a row of the register is written, by whatever path."""
    if not event.contains(Session, "after_flush", _note_changes):
        event.listen(Session, "after_flush", _note_changes)
