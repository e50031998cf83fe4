"""An indexer that kills itself: it counts every step that leaves something on the disk, before and after, and dies at
one of them as by `kill -9`. Also a program, `python doomed.py URL FOLDER ENGINE TASK…`, for others to kill.

Tasks: `follow` (build if need be, then to the end of the log), `rebuild`.
"""

import os
import resource
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

from search.following import things

from portal.db import engine_for
from portal.search import following
from portal.search.folders import Folder, Generation
from portal.search.rebuilding import rebuild

count = 0


def mortal(moment: int, function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def run(*arguments: Any, **more: Any) -> Any:
        pass_by(moment)
        answer = function(*arguments, **more)
        pass_by(moment)
        return answer

    return run


def pass_by(moment: int) -> None:
    global count  # noqa: PLW0603
    count += 1
    if count == moment:
        os.kill(os.getpid(), signal.SIGKILL)


def perform(url: str, folder: Path, engine: str, moment: int, tasks: Sequence[str]) -> int:
    """How many moments there were; does not return when it dies at `moment`."""
    registry = things.host(engine_for(url), folder, engine)
    if moment:
        _make_mortal(moment, things.engine_named(engine), folder)
    live = registry["portal.search"]
    for task in tasks:
        if task == "rebuild":
            rebuild(live.place, live.source)
        else:
            following.catch_up(registry)
    return count


def fork(url: str, folder: Path, engine: str, moment: int, *tasks: str, space: int = 0) -> int | None:
    """How many moments there were; None when it died at `moment`. Asserts that nothing else went wrong.

    `space`: bytes that a file may have; whatever then fails, fails: the answer is -1.
    """
    reader, out = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            if space:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (space, space))
            os.write(out, str(perform(url, folder, engine, moment, tasks)).encode())
            os._exit(0)
        except BaseException:  # noqa: BLE001 told to the parent
            os.write(out, traceback.format_exc().encode())
            os._exit(1)
    os.close(out)
    _pid, status = os.waitpid(pid, 0)
    with os.fdopen(reader) as told:
        words = told.read()
    if os.waitstatus_to_exitcode(status) == -signal.SIGKILL:
        return None
    if space and status:
        return -1
    assert status == 0, words
    return int(words)


def _make_mortal(moment: int, index: Any, folder: Path) -> None:
    scratch = folder / f"scratch-{os.getpid()}"
    scratch.mkdir(parents=True)
    made = index.create(scratch)
    writer = made.writer()
    kind: Any = type(writer)
    writer.close()
    made.close()
    shutil.rmtree(scratch)
    for owner, name in (
        (kind, "replace"),
        (kind, "commit"),
        (index, "build"),
        (Generation, "set_mark"),
        (Folder, "switch"),
        (Folder, "new"),
        (Path, "replace"),
        (Path, "write_text"),
        (shutil, "rmtree"),
        (os, "replace"),
        (os, "rename"),
        (os, "unlink"),
    ):
        setattr(owner, name, mortal(moment, getattr(owner, name)))
    create: Any = index.create
    index.create = classmethod(lambda cls, path: mortal(moment, create)(path))


if __name__ == "__main__":
    things.register()
    perform(sys.argv[1], Path(sys.argv[2]), sys.argv[3], 0, sys.argv[4:])
