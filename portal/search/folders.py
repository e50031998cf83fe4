"""Where a host's index lies: generations side by side, and a file that names the one that is asked.

<portal.search_dir>/<engine>-<version of the units>-<of the database>/
    current        name of the generation that is asked; replaced in one step
    indexer.lock   held by whoever follows the log       build.lock    held by whoever builds
    writing.lock   held while the generation in `current`, or `current` itself, is changed
    status.json    what the indexer is doing, for people
    <name>/        a generation: index/ (the engine's files), titles/ (suggestions), state.json, in-use, damaged
"""

import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.search.engine import Damaged
from portal.search.locks import Lock

_NAME = re.compile(r"[0-9a-f]{12,20}")
_ROOT = re.compile(r"[a-z]+-\d+(-[0-9a-f]{8})?")
ABANDONED = 7 * 24 * 60 * 60.0
"""Seconds after which the index of another engine or of an older release is removed, when nobody uses it."""


@dataclass(frozen=True)
class Mark:
    """How far a generation follows the log: number, item and moment of the last change in it."""

    seq: int = 0
    uid: str | None = None
    at: str | None = None


@dataclass(frozen=True)
class Generation:
    """One whole index in a folder of its own."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def index(self) -> Path:
        return self.path / "index"

    @property
    def titles(self) -> Path:
        return self.path / "titles"

    @property
    def in_use(self) -> Lock:
        """Shared by every reader; who can have it alone may delete the generation."""
        return Lock(self.path / "in-use")

    def mark(self) -> Mark:
        """How far it is. Raises `Damaged`."""
        try:
            found = json.loads((self.path / "state.json").read_text())
            return Mark(int(found["seq"]), found["uid"], found["at"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Damaged(f"{self.path / 'state.json'}: {error}") from error

    def set_mark(self, mark: Mark) -> None:
        """Write down how far it is; whole or not at all."""
        write_whole(self.path / "state.json", {"seq": mark.seq, "uid": mark.uid, "at": mark.at})

    @property
    def damaged(self) -> bool:
        """Whether somebody could not read it."""
        return (self.path / "damaged").exists()

    def report_damage(self) -> None:
        """Have it built anew by the indexer."""
        try:
            (self.path / "damaged").touch()
        except OSError:
            return  # no space or no folder: the indexer will find out by itself


@dataclass(frozen=True)
class Folder:
    """The generations of one engine, one version of the units and one database."""

    root: Path

    def make(self) -> None:
        """Create it, for its user alone: the engines trust what they read here. Raises OSError."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def lock(self, name: str) -> Lock:
        """`indexer`, `build` or `writing`."""
        return Lock(self.root / f"{name}.lock")

    def current(self) -> Generation | None:
        """The generation that is asked; None when there is none."""
        try:
            name = (self.root / "current").read_text().strip()
        except OSError:
            return None
        generation = Generation(self.root / name)
        return generation if _NAME.fullmatch(name) and generation.path.is_dir() else None

    def new(self) -> Generation:
        """An empty generation beside the others, under a name that no other one ever had."""
        generation = Generation(self.root / f"{time.time_ns():x}")
        generation.index.mkdir(parents=True)
        return generation

    def switch(self, generation: Generation) -> None:
        """Have this one asked from now on. The caller holds `writing.lock`."""
        made = self.root / f"current.{generation.name}"
        made.write_text(generation.name + "\n")
        _sync(made)
        made.replace(self.root / "current")

    def others(self) -> Iterator[Generation]:
        """All generations but the one in `current`."""
        current = self.current()
        for path in self.root.iterdir():
            if path.is_dir() and _NAME.fullmatch(path.name) and (current is None or path.name != current.name):
                yield Generation(path)

    def clean(self) -> None:
        """Delete what no reader can need. The caller holds `build.lock`, so nothing is being built."""
        for generation in self.others():
            alone = generation.in_use
            try:
                if alone.take():
                    shutil.rmtree(generation.path, ignore_errors=True)
            except OSError:
                continue
            finally:
                alone.let_go()
        for left in self.root.glob("current.*"):
            left.unlink(missing_ok=True)

    def forget_abandoned(self, now: float) -> None:
        """Delete the indexes of other engines and older releases that nobody used for a week. `now`: epoch seconds."""
        for root in self.root.parent.glob("*-*"):
            if root == self.root or not _ROOT.fullmatch(root.name) or not (root / "current").is_file():
                continue
            other = Folder(root)
            current = other.current()
            newest = max((path.stat().st_mtime for path in [root, *root.glob("*"), *root.glob("*/*")]), default=now)
            unused = other.lock("indexer").free and other.lock("build").free
            if unused and (current is None or current.in_use.free) and now - newest > ABANDONED:
                shutil.rmtree(root, ignore_errors=True)

    def status(self) -> dict[str, Any]:
        """What the indexer said of itself last; empty when it never said anything."""
        try:
            found: dict[str, Any] = json.loads((self.root / "status.json").read_text())
        except (OSError, ValueError):
            return {}
        return found

    def say(self, **status: Any) -> None:
        """Leave word of what the indexer is doing; a full disk does not stop it."""
        try:
            write_whole(self.root / "status.json", {"pid": os.getpid(), **status}, sync=False)
        except OSError:
            return


def write_whole(path: Path, value: dict[str, Any], *, sync: bool = True) -> None:
    """Replace a JSON file in one step. Raises OSError, and then the old one is still there."""
    made = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        made.write_text(json.dumps(value))
        if sync:
            _sync(made)
        made.replace(path)
    except OSError:
        made.unlink(missing_ok=True)
        raise


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
