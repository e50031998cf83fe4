"""What is searched for, counted without who: how often a query was asked on a day, and with what luck.

Nothing is kept of the person: no address, no session, no time of day. What looks like somebody's own (an address of
mail, a long number: identity card, telephone, account, dossier) is cut out of the words before they are counted. Counts
are gathered in each process and written together by a thread, so that a search neither waits for them nor fails.
"""

import atexit
import logging
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from pyramid.config import Configurator
from sqlalchemy import delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal import clock
from portal.db import Sessions, insert_into
from portal.request import Request
from portal.search.maintaining import key_of
from portal.search.models import SearchedFor
from portal.search.results import Results, Wanted

log = logging.getLogger(__name__)

EVERY = 10.0
"""Seconds after which a process writes what it has counted."""
MOST = 2_000
"""Different queries that a process holds; further ones are not counted until they are written."""
MOST_A_DAY = 20_000
"""Different queries of one day that are kept; after these only the known ones are counted: nobody fills the disk."""
LONGEST, LONGEST_KEY = 200, 120
KEPT = timedelta(days=396)
"""Thirteen months: this month beside the same one of last year."""
RARE, RARE_KEPT = 3, timedelta(days=92)
"""A query asked fewer times may be somebody's own: it is shown apart, and forgotten after a quarter."""
HIDDEN = "…"

_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
_LONG_NUMBER = re.compile(r"[+(]{0,2}\d(?:[ .\-–()]{0,2}\d){8,}")
_DOSSIER = re.compile(r"(?i)\b(?:[a-z]\d{2}|\d{3})(?:[.\-]\w+){2,}-\d{4,}\S*")
_ROBOT = re.compile(
    r"(?i)bot\b|bot/|crawl|spider|slurp|fetch|monitor|preview|archiv|headless|curl/|wget/|python|java/|go-http"
)


@dataclass
class Asked:
    """One query on one day."""

    text: str
    times: int = 0
    missed: int = 0
    last_total: int = 0


Counts = dict[tuple[date, str], Asked]


@dataclass
class Counter:
    """The counts of one process that are not written yet."""

    sessions: Sessions
    counts: Counts = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None
    _stopped: threading.Event = field(default_factory=threading.Event)

    def add(self, day: date, text: str, total: int) -> None:
        """Count one asking; the first one begins the thread that writes."""
        with self._lock:
            add(self.counts, day, text, total)
            if self._thread is None and not self._stopped.is_set():
                self._thread = threading.Thread(target=self._run, name="portal-asked", daemon=True)
                self._thread.start()
                atexit.register(self.stop)

    def flush(self) -> None:
        """Write what was counted; it is kept for the next time when the database is busy."""
        with self._lock:
            counts, self.counts = self.counts, {}
        if not counts:
            return
        try:
            with self.sessions.begin() as db:
                write(db, counts)
        except SQLAlchemyError:
            log.warning("what was searched for could not be written; it is tried again", exc_info=True)
            with self._lock:
                _merge(self.counts, counts)

    def stop(self) -> None:
        """Write the rest and end."""
        self._stopped.set()
        self.flush()

    def _run(self) -> None:
        while not self._stopped.wait(EVERY):
            self.flush()


def note(request: Request, wanted: Wanted, results: Results) -> None:
    """Count what a person asked; never fails. The first page only, and nothing that calls itself a robot asks."""
    text = without_persons(wanted.q)
    if wanted.page > 1 or not text or _ROBOT.search(request.user_agent or "robot"):
        return
    given = request.environ.get("portal.db")
    if given is not None:  # a session that somebody else ends: nothing outlives it
        counts: Counts = {}
        add(counts, clock.today(request.at), text, results.total)
        write(given, counts)
        return
    request.registry["portal.search.asked"].add(clock.today(request.at), text, results.total)


def without_persons(query: str) -> str:
    """The words of a query on one line, without addresses of mail and long numbers; numbers of documents stay."""
    text = " ".join(query.split())[: 2 * LONGEST]
    for personal in (_MAIL, _DOSSIER, _LONG_NUMBER):
        text = personal.sub(HIDDEN, text)
    text = text[:LONGEST].strip()
    return text if key_of(text) else ""


def add(counts: Counts, day: date, text: str, total: int) -> None:
    """Count one asking in memory."""
    key = (day, key_of(text)[:LONGEST_KEY])
    asked = counts.get(key)
    if asked is None:
        if len(counts) >= MOST:
            return
        asked = counts[key] = Asked(text)
    asked.text, asked.last_total = text, total
    asked.times += 1
    asked.missed += total == 0


def _merge(into: Counts, earlier: Mapping[tuple[date, str], Asked]) -> None:
    for key, old in earlier.items():
        new = into.get(key)
        if new is not None:
            new.times += old.times
            new.missed += old.missed
        elif len(into) < MOST:
            into[key] = old


def write(db: Session, counts: Mapping[tuple[date, str], Asked]) -> None:
    """Add counts to the table, in one statement; of new queries no more than `MOST_A_DAY` allows."""
    rows = [
        {
            "day": day,
            "key": key,
            "text": one.text,
            "times": one.times,
            "missed": one.missed,
            "last_total": one.last_total,
        }
        for (day, key), one in sorted(_within_the_day(db, counts).items())
    ]
    if not rows:
        return
    new = insert_into(db, SearchedFor)
    more: dict[str, Any] = {
        "times": SearchedFor.times + new.excluded.times,
        "missed": SearchedFor.missed + new.excluded.missed,
        "text": new.excluded.text,
        "last_total": new.excluded.last_total,
    }
    db.execute(new.on_conflict_do_update(index_elements=["day", "key"], set_=more), rows)


def _within_the_day(db: Session, counts: Mapping[tuple[date, str], Asked]) -> Mapping[tuple[date, str], Asked]:
    kept = dict(counts)
    for day in {day for day, _key in counts}:
        asked = [key for of_day, key in counts if of_day == day]
        present = db.scalar(select(func.count()).where(SearchedFor.day == day)) or 0
        if present + len(asked) <= MOST_A_DAY:
            continue
        known = set(db.scalars(select(SearchedFor.key).where(SearchedFor.day == day, SearchedFor.key.in_(asked))))
        for key in [key for key in asked if key not in known][max(0, MOST_A_DAY - present) :]:
            del kept[day, key]
    return kept


def forget(db: Session, at: datetime) -> None:
    """Periodic: delete what is older than `KEPT`, and rare queries after `RARE_KEPT`."""
    today = clock.today(at)
    rare = select(SearchedFor.key).group_by(SearchedFor.key).having(func.sum(SearchedFor.times) < RARE)
    old = SearchedFor.day < today - KEPT
    db.execute(delete(SearchedFor).where(old | ((SearchedFor.day < today - RARE_KEPT) & SearchedFor.key.in_(rare))))


def includeme(config: Configurator) -> None:
    config.registry["portal.search.asked"] = Counter(config.registry["portal.sessions"])
    config.add_periodic("search.forget", timedelta(days=1), forget)
