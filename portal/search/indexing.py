"""The generation in `current`, open for writing: one step of following the log at a time. For one thread."""

import logging
import time
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from portal.search.changes import latest_of
from portal.search.engine import Damaged, Index, Writer
from portal.search.folders import Generation, Mark
from portal.search.reading import Source
from portal.search.rebuilding import (
    AlreadyBuilding,
    Place,
    Progress,
    Stopped,
    follow,
    make_titles,
    never,
    no_progress,
    note_titles,
    rebuild,
)

log = logging.getLogger(__name__)

FEW, MANY = 50, 500
"""Changes that one step applies: few while it keeps up, many while it is behind."""

MOST_NOTED = 1000
"""Changes that the suggestions carry along before they are sorted anew."""


class Indexer:
    """Keeps the index of this host equal to the database. Whoever steps holds `indexer.lock`."""

    def __init__(
        self,
        place: Place,
        source: Source,
        *,
        stop: Callable[[], bool] = never,
        progress: Progress = no_progress,
    ) -> None:
        self.place, self.source = place, source
        self.stop, self.progress = stop, progress
        self.generation: Generation | None = None
        self._index: Index | None = None
        self._writer: Writer | None = None
        self._since_titles = 0
        self._behind = False
        self._sound: str | None = None

    def step(self) -> int:
        """Apply what is next; how many changes there were. Builds the index when there is none that can be used.

        Raises what the database and the disk raise, after closing what it had open: the next step begins anew.
        """
        try:
            return self._step()
        except Damaged as error:
            self.close()
            log.error("The search index is damaged and is built anew: %s", error)
            return self._build()
        except (SQLAlchemyError, OSError):
            self.close()
            raise
        except BaseException:
            self._sound = None
            self.close()
            raise

    def refresh_titles(self) -> None:
        """Make the suggestions anew when they carry many changes along, or when there are none."""
        if self._since_titles >= MOST_NOTED and self.generation is not None and self._index is not None:
            make_titles(self.generation, self._index)
            self._since_titles = 0

    def begin_anew(self) -> None:
        """Build the index although it can be read: something in it makes every step fail."""
        self.close()
        self._build()

    def close(self) -> None:
        """Let go of the files; what was not committed is read again."""
        writer, self._writer = self._writer, None
        index, self._index = self._index, None
        self.generation = None
        for one in (writer, index):
            try:
                if one is not None:
                    one.close()
            except Exception:
                log.exception("The search index could not be closed properly.")

    def _step(self) -> int:
        current = self.place.folder.current()
        if current is None:
            self.close()
            log.info("There is no search index yet: it is built.")
            return self._build()
        if current.damaged:
            raise Damaged(f"{current.path}: reported by a reader")
        if self.generation is None or self.generation.name != current.name:
            self.close()
            if not self._open(current):
                return self._build()
        return self._follow()

    def _follow(self) -> int:
        assert self.generation is not None
        assert self._index is not None
        if not self.source.changes(self.generation.mark().seq, 1):  # looking costs no lock
            self._behind = False
            return 0
        writing = self.place.folder.lock("writing")
        if not writing.take():
            return 0  # another generation takes over at this moment
        try:
            current = self.place.folder.current()
            if current is None or current.name != self.generation.name:
                return 0
            if self._writer is None:
                self._writer = self._index.writer()
            most = MANY if self._behind else FEW
            done = follow(self.generation, self._index, self.source, most=most, writer=self._writer, titled=True)
            self._behind = done == most
            self._since_titles += done
            return done
        finally:
            writing.let_go()

    def _open(self, generation: Generation) -> bool:
        """False when it follows another past than the database has."""
        mark = generation.mark()
        if not self._is_ours(mark):
            log.warning("The database is older than the search index (restored from a copy?): the index is built anew.")
            return False
        index = self.place.engine().open(generation.index, memory=self.place.memory)
        if self._sound != generation.name:
            try:
                index.check()
            except BaseException:
                index.close()
                raise
            self._sound = generation.name
        self.generation, self._index, self._behind = generation, index, True
        self._since_titles = note_titles(generation, {}) if (generation.titles / "titles").exists() else MOST_NOTED
        log.info("The search index %s follows the changes from number %d.", generation.name, mark.seq)
        return True

    def _is_ours(self, mark: Mark) -> bool:
        """Whether the change at which the index stands did happen in this database."""
        if self.source.last_number() < mark.seq:
            return False
        if mark.uid is None:
            return True
        with self.source.polling() as db:
            latest = latest_of(db, mark.uid)
        if latest is None or latest.seq < mark.seq:
            return False
        return latest.seq > mark.seq or latest.at.isoformat() == mark.at

    def _build(self) -> int:
        """How many documents it began with; at least 1, so that the caller goes on."""
        began = time.monotonic()
        try:
            generation = rebuild(self.place, self.source, stop=self.stop, progress=self.progress)
        except (AlreadyBuilding, Stopped):
            return 0
        log.info("The search index %s was built in %.1f seconds.", generation.name, time.monotonic() - began)
        return 1
