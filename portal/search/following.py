"""The one indexer of a host: whichever process gets the lock follows the log, the others wait to take over."""

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from portal.search.host import Live
from portal.search.indexing import Indexer
from portal.search.locks import Lock
from portal.search.reading import Source
from portal.search.rebuilding import Place

log = logging.getLogger(__name__)

POLL = 0.2
"""Seconds between two looks at the log."""
TURN = 1.0
"""Seconds between two attempts to become the indexer."""
LONGEST_PAUSE = 30.0
SAID_EVERY = 5.0
"""Seconds between two words about a build under way."""
TRIES = 3
"""Failures for no known reason after which the index is built anew."""
CLEANED_EVERY = 60.0


@dataclass
class Follower:
    """Follows in a thread of its own. Outlives an outage of the database, a full disk and a damaged index."""

    place: Place
    source: Source
    poll: float = POLL
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _told: str | None = None
    _doing: str = ""
    _failures: int = 0
    _strange: int = 0
    _said_at: float = 0.0
    _cleaned_at: float = 0.0

    @classmethod
    def of(cls, registry: Any) -> "Follower":
        """Of a configured instance."""
        live: Live = registry["portal.search"]
        return cls(live.place, live.source)

    def start(self) -> None:
        """Begin to follow beside whatever this process does."""
        self._thread = threading.Thread(target=self.run, name="portal-indexer", daemon=True)
        self._thread.start()

    def stop(self, timeout: float | None = None) -> bool:
        """Ask it to end after the step under way and wait for that, `timeout` seconds at most; whether it has ended."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout)
        return self._thread is None or not self._thread.is_alive()

    def run(self) -> None:
        """Until `stop`: wait for the lock, then follow."""
        while not self._stop.is_set():
            lock: Lock | None = None
            try:
                self.place.folder.make()
                lock = self.place.folder.lock("indexer")
                if lock.take():
                    self._follow(lock)
                else:
                    self._stop.wait(TURN)
            except OSError as error:
                self._trouble(f"The folder of the search index cannot be used: {error}")
            except Exception:
                log.exception("The indexer failed and begins anew.")
                self._stop.wait(LONGEST_PAUSE)
            finally:
                if lock is not None:
                    lock.let_go()

    def _follow(self, lock: Lock) -> None:
        log.info("This process keeps the search index in %s.", self.place.folder.root)
        indexer = Indexer(self.place, self.source, stop=self._stop.is_set, progress=self._progress)
        try:
            while not self._stop.is_set() and lock.held:
                self._try(indexer)
        finally:
            indexer.close()
            self._say("stopped")

    def _try(self, indexer: Indexer) -> None:
        try:
            worked = indexer.step()
            if not worked:
                indexer.refresh_titles()
        except SQLAlchemyError as error:
            self._trouble(f"The database does not answer: {getattr(error, 'orig', error)}")
        except OSError as error:
            self._trouble(f"The search index cannot be written: {error}")
        except Exception as error:
            log.exception("The search index could not follow a change.")
            self._trouble(f"Following failed: {type(error).__name__}: {error}")
            self._strange += 1
            if self._strange >= TRIES:
                self._begin_anew(indexer)
        else:
            self._well(indexer)
            if not worked:
                self._clean()
                self._stop.wait(self.poll)

    def _begin_anew(self, indexer: Indexer) -> None:
        self._strange = 0
        log.error("The search index makes every step fail: it is built anew.")
        try:
            indexer.begin_anew()
        except Exception as error:
            log.exception("The search index could not be built anew.")
            self._trouble(f"Building failed: {type(error).__name__}: {error}")

    def _well(self, indexer: Indexer) -> None:
        self._failures = self._strange = 0
        if self._told is not None:
            log.info("The search index is followed again.")
            self._told = None
        if indexer.generation is not None and self._doing != "following":
            self._say("following", generation=indexer.generation.name)

    def _say(self, doing: str, **more: Any) -> None:
        self._doing = doing
        self.place.folder.say(doing=doing, at=time.time(), **more)

    def _trouble(self, what: str) -> None:
        """Tell it once, and wait a little longer each time."""
        if what != self._told:
            log.warning("%s", what)
            self._say("waiting", error=what)
        self._told = what
        self._failures += 1
        self._stop.wait(min(LONGEST_PAUSE, self.poll * 2 ** min(self._failures, 10)))

    def _progress(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._said_at >= SAID_EVERY or done == total:
            self._said_at = now
            self._say("building", done=done, total=total)

    def _clean(self) -> None:
        now = time.monotonic()
        if now - self._cleaned_at < CLEANED_EVERY:
            return
        self._cleaned_at = now
        alone = self.place.folder.lock("build")
        try:
            if alone.take():
                self.place.folder.clean()
                self.place.folder.forget_abandoned(time.time())
        finally:
            alone.let_go()


def catch_up(registry: Any, *, source: Source | None = None, patience: float = 60.0) -> None:
    """Bring this host's index up to the log now: at once, or by waiting for the process that keeps it.

    For commands and tests; `source`: `Source.within(db)` in a test whose session never commits.
    Raises what the database and the disk raise, and TimeoutError.
    """
    live: Live = registry["portal.search"]
    reading = source or live.source
    last = reading.last_number()
    deadline = time.monotonic() + patience
    live.place.folder.make()
    lock = live.place.folder.lock("indexer")
    try:
        while True:
            if lock.take():
                try:
                    _take_a_turn(Indexer(live.place, reading))
                finally:
                    lock.let_go()
            mark = live.mark()
            if mark is not None and mark.seq >= last:
                return
            if time.monotonic() > deadline:
                raise TimeoutError("The process that keeps the search index does not catch up.")
            time.sleep(0.02)
    finally:
        live.look_again()


def _take_a_turn(indexer: Indexer) -> None:
    try:
        while indexer.step():
            pass
        indexer.refresh_titles()
    finally:
        indexer.close()
