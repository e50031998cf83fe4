"""What this process asks: the live generation of this host's index, opened late and exchanged in the background."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from pyramid.config import Configurator
from sqlalchemy import make_url

from portal.search import changes, renaming, service
from portal.search.engine import Damaged, Index, Plan, Searcher
from portal.search.engines import ENGINES, engine_named
from portal.search.folders import Folder, Generation, Mark
from portal.search.locks import Lock
from portal.search.reading import Outage, Source, source_of
from portal.search.rebuilding import Place
from portal.settings import Settings

if TYPE_CHECKING:
    from portal.search.spelling import Speller
    from portal.search.suggesting import Suggestions

log = logging.getLogger(__name__)

LOOK_EVERY = 0.2
"""Seconds between two looks for a new commit or generation."""
AGAIN = 5.0
"""Seconds until one that could not be opened is tried again."""
LEARNED_EVERY = 60 * 60.0
"""Seconds after which the speller learns anew, if there was anything new."""
GRACE = 60.0
"""Seconds that a replaced generation stays open: a request under way may still be asking it."""
CALENDAR_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class State:
    """How things stand on this host. None: there is no index, or the database does not answer."""

    engine: str
    generation: str | None
    cursor: int | None
    last: int | None
    """Number of the last change in the database."""
    waiting: int | None
    """How many changes the index has not read yet, and since when."""
    since: datetime | None
    documents: int | None
    units: int | None
    damaged: bool
    kept: bool
    """Whether any process on this host follows the log."""
    doing: dict[str, Any]
    """What the indexer said last: `doing`, `at`, `error`, `done`, `total`."""


@dataclass
class _Opened:
    generation: Generation
    index: Index
    suggestions: "Suggestions | None"
    in_use: Lock
    replaced_at: float = 0.0

    def close(self) -> None:
        try:
            self.index.close()
        except Exception:
            log.exception("The search index could not be closed properly.")
        self.in_use.let_go()


def _suggestions(generation: Generation) -> "Suggestions | None":
    from portal.search.suggesting import Suggestions

    try:
        return Suggestions.open(generation.titles)
    except (Damaged, OSError):
        log.exception("The suggestions of %s cannot be read.", generation.name)
        return None


class Live:
    """This host's index, for any number of threads. Nothing here raises for a missing or damaged index.

    `background`: open generations beside the requests, which have the old one, or none, until then.
    """

    def __init__(self, place: Place, source: Source, *, background: bool = False) -> None:
        self.place, self.source, self.background = place, source, background
        self._looking = threading.Lock()
        self._look_at = 0.0
        self._opened: _Opened | None = None
        self._searcher: Searcher | None = None
        self._replaced: list[_Opened] = []
        self._refused: tuple[str, float] | None = None
        self._opening: threading.Thread | None = None
        self._speller: Speller | None = None
        self._learned_at = 0.0
        self._learned_from: Searcher | None = None
        self._compare_at = 0.0
        self._behind: int | None = None
        self._closed = threading.Event()

    # --- asking

    def searcher(self) -> Searcher | None:
        """The last commit, at most 0.2 seconds old; None while there is no index."""
        now = time.monotonic()
        if now >= self._look_at and self._looking.acquire(blocking=False):
            try:
                self._look(now)
                self._look_at = time.monotonic() + LOOK_EVERY
            finally:
                self._looking.release()
        return self._searcher

    def speller(self) -> "Speller | None":
        """Who proposes other spellings; learns beside the requests and now and then anew."""
        searcher = self.searcher()
        if searcher is None:
            return None
        speller, now = self._speller, time.monotonic()
        if speller is None or (now - self._learned_at > LEARNED_EVERY and self._learned_from is not searcher):
            from portal.search.spelling import Speller

            speller, self._learned_at = Speller(searcher, background=self.background), now
            self._speller, self._learned_from = speller, searcher
        return speller

    def suggestions(self) -> "Suggestions | None":
        """Titles while somebody types; they follow what the indexer writes by themselves."""
        opened = self._opened if self.searcher() is not None else None
        return opened.suggestions if opened is not None else None

    def behind(self) -> int | None:
        """The number of the last change in what is asked while the database has later ones, at most 0.2 seconds ago;
        None when the index has read all."""
        now, opened = time.monotonic(), self._opened
        if now >= self._compare_at and opened is not None:
            self._compare_at = now + LOOK_EVERY
            try:
                read = opened.generation.mark().seq
                self._behind = read if self.source.last_number() > read else None
            except (Damaged, *Outage) as error:
                log.warning("It is not known whether the search index is behind: %s", error)
        return self._behind

    def look_again(self) -> None:
        """Have the next question see what was committed just now."""
        with self._looking:
            self._look_at = self._compare_at = 0.0
            self._refused = None

    def complain(self, error: Exception) -> None:
        """Say that a searcher could not read its files: the indexer builds them anew, this process lets go of them."""
        with self._looking:
            opened = self._opened
            if opened is None:
                return
            log.error("The search index %s cannot be read: %s", opened.generation.name, error)
            self._refuse(opened.generation, report=isinstance(error, Damaged | FileNotFoundError))

    def mark(self) -> Mark | None:
        """How far the live generation follows the log."""
        current = self.place.folder.current()
        try:
            return current.mark() if current else None
        except Damaged:
            return None

    def open_beside(self) -> threading.Thread:
        """Open the index beside the requests as soon as there is one: the first question finds it open."""

        def run() -> None:
            while self.searcher() is None and not self._closed.wait(LOOK_EVERY):
                pass

        self.background = True
        thread = threading.Thread(target=run, name="portal-index-awaited", daemon=True)
        thread.start()
        return thread

    def close(self) -> None:
        """Let go of all files."""
        self._closed.set()
        with self._looking:
            for opened in [*self._replaced, *([self._opened] if self._opened else [])]:
                opened.close()
            self._replaced, self._opened, self._searcher = [], None, None

    # --- following what the indexer does

    def _look(self, now: float) -> None:
        self._close_replaced(now)
        current = self.place.folder.current()
        if current is None:
            self._let_go(now)
            return
        if self._opened is None or self._opened.generation.name != current.name:
            if self._refused is not None and self._refused[0] == current.name and now < self._refused[1]:
                return
            if self.background:
                self._open_beside(current)
            else:
                self._open(current)
        if self._opened is None:
            return
        try:
            self._searcher = self._opened.index.searcher()
        except Exception as error:
            log.exception("The search index %s cannot be read.", self._opened.generation.name)
            self._refuse(self._opened.generation, report=isinstance(error, Damaged | FileNotFoundError))

    def _open_beside(self, current: Generation) -> None:
        if self._opening is not None and self._opening.is_alive():
            return

        def run() -> None:
            opened = self._try_to_open(current)
            with self._looking:
                self._exchange(opened)
                self._look_at = 0.0

        self._opening = threading.Thread(target=run, name="portal-index-opener", daemon=True)
        self._opening.start()

    def _open(self, current: Generation) -> None:
        self._exchange(self._try_to_open(current))

    def _try_to_open(self, current: Generation) -> _Opened | None:
        in_use = current.in_use
        try:
            if not in_use.take(shared=True):
                return None
            still = self.place.folder.current()
            if still is None or still.name != current.name:
                in_use.let_go()
                return None
            index = self.place.engine().open(current.index, memory=self.place.memory)
            index.searcher()
        except Exception as error:
            in_use.let_go()
            if self._refused is None or self._refused[0] != current.name:
                log.exception("The search index %s cannot be opened.", current.name)
            self._refused = (current.name, time.monotonic() + AGAIN)
            if isinstance(error, Damaged):
                current.report_damage()
            return None
        return _Opened(current, index, _suggestions(current), in_use)

    def _exchange(self, opened: _Opened | None) -> None:
        if opened is None:
            return
        self._let_go(time.monotonic())
        self._opened, self._searcher, self._refused = opened, opened.index.searcher(), None
        self._speller = None

    def _refuse(self, generation: Generation, *, report: bool) -> None:
        self._refused = (generation.name, time.monotonic() + AGAIN)
        self._let_go(time.monotonic())
        if report:
            generation.report_damage()

    def _let_go(self, now: float) -> None:
        if self._opened is not None:
            self._opened.replaced_at = now
            self._replaced.append(self._opened)
        self._opened = self._searcher = self._speller = None

    def _close_replaced(self, now: float) -> None:
        for opened in [one for one in self._replaced if now - one.replaced_at > GRACE]:
            opened.close()
            self._replaced.remove(opened)

    # --- for people

    def state(self) -> State:
        """How things stand, for commands; asks the database."""
        folder = self.place.folder
        current = folder.current()
        mark = self.mark()
        last = waiting = since = None
        try:
            with self.source.polling() as db:
                last = changes.last_number(db)
                waiting, since = changes.waiting(db, mark.seq if mark else 0)
        except Outage:
            log.warning("The database does not answer.")
        searcher = self.searcher()
        return State(
            engine=folder.root.name,
            generation=current.name if current else None,
            cursor=mark.seq if mark else None,
            last=last,
            waiting=waiting,
            since=since,
            documents=searcher.total(Plan()) if searcher else None,
            units=searcher.units if searcher else None,
            damaged=current is not None and (current.damaged or mark is None or searcher is None),
            kept=not folder.lock("indexer").free,
            doing=folder.status(),
        )


def place_of(settings: Settings) -> Place:
    """Where the index of an instance lies."""
    return Place(folder_of(settings), engine_of(settings), settings.search_memory)


def folder_of(settings: Settings) -> Folder:
    """The folder of its engine, of the present version of the units and of its database: instances that were given one
    `search_dir` never answer for each other."""
    from portal.search import units

    database = make_url(settings.database_url).render_as_string(hide_password=True)
    name = blake2b(database.encode(), digest_size=4).hexdigest()
    return Folder(settings.search_dir / f"{settings.search_engine}-{units.VERSION}-{name}")


def engine_of(settings: Settings) -> Callable[[], type[Index]]:
    """The engine, imported when it is called."""

    def engine() -> type[Index]:
        return engine_named(settings.search_engine)

    return engine


def includeme(config: Configurator) -> None:
    registry = config.registry
    if registry["portal.settings"].search_engine not in ENGINES:
        engine_of(registry["portal.settings"])()  # raises: a misspelt engine stops the start
    service.listen()
    renaming.listen()
    registry["portal.search"] = Live(place_of(registry["portal.settings"]), source_of(registry))
    config.add_periodic("search.calendar", CALENDAR_EVERY, service.note_calendar)
    config.add_job(renaming.JOB, renaming.read_anew)
