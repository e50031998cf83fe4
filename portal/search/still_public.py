"""What was withdrawn since the index last read the log is shown to nobody, however late the index is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from portal.search.changes import changed_since
from portal.search.maintaining import is_gone
from portal.search.results import Results

if TYPE_CHECKING:
    from portal.search.host import Live
    from portal.search.suggesting import Suggestion


def still_public(live: "Live | None", db: Session, results: Results) -> Results:
    """The results without what is not public now; asks the database only while the index is behind."""
    read_until = live.behind() if live is not None and results.from_index and results.hits else None
    if read_until is None:
        return results
    changed = changed_since(db, read_until, {hit.uid for hit in results.hits})
    gone = {hit.uid for hit in results.hits if hit.uid in changed and is_gone(db, hit.path)}
    hits = tuple(hit for hit in results.hits if hit.uid not in gone)
    return replace(results, hits=hits, total=max(results.total - len(gone), 0)) if gone else results


def still_suggested(live: "Live", db: Session, found: Sequence["Suggestion"]) -> list["Suggestion"]:
    """The same of suggestions."""
    if not found or live.behind() is None:
        return list(found)
    return [one for one in found if not is_gone(db, one.path)]
