"""A page that shows personal data is a read, but the note of it must not be lost: it is written first, by itself.

A transaction that only reads cannot become one that writes (SQLite refuses it once somebody else has written), so the
note has its own, which is over before anything is shown. When it cannot be written, nothing is shown.
"""

from collections.abc import Iterable

from portal.dossiers.models import Dossier
from portal.dossiers.service import readings
from portal.request import Request


def note(request: Request, dossiers: Iterable[Dossier], what: str, purpose: str) -> None:
    """Note that whoever asks reads these; raises what the database raises."""
    identity, at, rows = request.identity, request.at, list(dossiers)
    assert identity is not None
    given = request.environ.get("portal.db")
    if given is not None:
        for dossier in rows:
            readings.note(given, dossier, by=identity, what=what, purpose=purpose, at=at)
    elif rows:
        with request.registry["portal.sessions"].begin() as db:
            for dossier in rows:
                readings.note(db, dossier, by=identity, what=what, purpose=purpose, at=at)
