"""A new generation built beside the one that is asked, then put in its place in one step."""

import logging
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.errors import PortalError, _
from portal.search.changes import Change
from portal.search.engine import Index, Writer
from portal.search.folders import Folder, Generation, Mark
from portal.search.reading import Ready, Source

log = logging.getLogger(__name__)

AT_ONCE = 500
NEAR = 50
"""With so few changes left the last of them are caught up with while nobody else may write."""

Progress = Callable[[int, int], None]
"""(documents done, documents in all)"""


class AlreadyBuilding(PortalError):
    """Another process builds the index of this host."""

    message = _("Một tiến trình khác đang dựng lại chỉ mục tìm kiếm của máy này. Hãy đợi nó xong.")


class Stopped(Exception):
    """Somebody asked to stop; nothing has changed."""


@dataclass(frozen=True)
class Place:
    """Where a host's index lies and what reads and writes it. `engine` imports it late; `memory`: bytes for caches."""

    folder: Folder
    engine: Callable[[], type[Index]]
    memory: int


def no_progress(done: int, total: int) -> None:
    """For who does not watch."""


def never() -> bool:
    """For what nobody stops."""
    return False


def rebuild(
    place: Place, source: Source, *, stop: Callable[[], bool] = never, progress: Progress = no_progress
) -> Generation:
    """Build, catch up with the log, and switch; readers have the old generation until the new one is whole.

    Raises `AlreadyBuilding`, `Stopped`, and what the database or the disk raise; then the old one is still asked.
    """
    folder = place.folder
    folder.make()
    alone = folder.lock("build")
    if not alone.take():
        raise AlreadyBuilding
    try:
        folder.clean()
        generation = folder.new()
        try:
            _fill(generation, place, source, stop, progress)
            _take_over(generation, place, source, stop)
        except BaseException:
            current = folder.current()
            if current is None or current.name != generation.name:
                shutil.rmtree(generation.path, ignore_errors=True)
            raise
        folder.clean()
        return generation
    finally:
        alone.let_go()


def _fill(generation: Generation, place: Place, source: Source, stop: Callable[[], bool], progress: Progress) -> None:
    mark = mark_now(source)  # before anything is read: what changes from here on is read again
    public = source.public()
    total = sum(len(uids) for _kind, uids in public)

    def everything() -> Iterator[Ready]:
        done = 0
        for kind, uids in public:
            for uid, units in source.everything(kind, uids):
                if stop():
                    raise Stopped
                if units:
                    yield uid, units
                done += 1
                progress(done, total)

    index = place.engine().create(generation.index)
    try:
        index.build(everything())
    finally:
        index.close()
    generation.set_mark(mark)


def _take_over(generation: Generation, place: Place, source: Source, stop: Callable[[], bool]) -> None:
    """Follow the log to its end, the last steps with the follower of this host standing still, then switch: nothing
    that the old generation has forgotten is found again."""
    index = place.engine().open(generation.index, memory=place.memory)
    try:
        writing = place.folder.lock("writing")
        while not follow(generation, index, source, most=AT_ONCE) < NEAR:
            if stop():
                raise Stopped
        make_titles(generation, index)
        writing.take(wait=True)
        try:
            while follow(generation, index, source, most=AT_ONCE, titled=True):
                pass
            place.folder.switch(generation)
        finally:
            writing.let_go()
    finally:
        index.close()


def follow(
    generation: Generation,
    index: Index,
    source: Source,
    *,
    most: int,
    writer: Writer | None = None,
    titled: bool = False,
) -> int:
    """Apply the next changes of the log to a generation, durably; returns how many there were.

    `titled`: whether it has suggestions, which then lose and gain the same titles before the index does.
    """
    mark = generation.mark()
    found = source.changes(mark.seq, most)
    if not found:
        return 0
    own = writer or index.writer()
    heads: dict[str, Mapping[str, Any] | None] = {}
    try:
        for uid, units in source.units(found):
            own.replace(uid, units)
            heads[uid] = units[0].brief if units else None
        if titled:
            note_titles(generation, heads)
        own.commit()
    finally:
        if writer is None:
            own.close()
    generation.set_mark(mark_of(found[-1]))
    return len(found)


def make_titles(generation: Generation, index: Index) -> None:
    """Suggestions of everything that the last commit holds. Nothing may be written meanwhile."""
    from portal.search.suggesting import Suggestions

    Suggestions.build(index.searcher().heads(), generation.titles)


def note_titles(generation: Generation, heads: Mapping[str, Mapping[str, Any] | None]) -> int:
    """Have the suggestions follow: uid → brief, None for what is gone. Returns how many changes they carry along."""
    from portal.search.suggesting import Suggestions

    gone = [uid for uid, brief in heads.items() if brief is None]
    return Suggestions.change(generation.titles, gone, [brief for brief in heads.values() if brief is not None])


def mark_of(change: Change) -> Mark:
    """The place of a change in the log."""
    return Mark(change.seq, change.uid, change.at.isoformat())


def mark_now(source: Source) -> Mark:
    """The present end of the log."""
    last = source.last_number()
    found = source.changes(last - 1, 1) if last else []
    return mark_of(found[-1]) if found else Mark(last)
