"""Reading in a process of its own: limited, without environment, ended with all it started; failures get names."""

import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from portal.papers.carrying import Garbled, regular, unpack
from portal.papers.child import ANSWER, JOB
from portal.papers.errors import (
    PaperError,
    ReaderStopped,
    TookTooLong,
    TookTooMuchMemory,
    TooManyReaders,
    from_plain,
)
from portal.papers.options import Options
from portal.papers.paper import Paper

MB = 1024 * 1024
COMMAND = (sys.executable, "-I", "-X", "utf8", "-m", "portal.papers.child")
log = logging.getLogger(__name__)

_WRITTEN = 512 * MB
"""The most that a reader may write into one file of its folder."""
_LARGEST_ANSWER = 256 * MB
_NEARLY_ALL = 0.8
AT_ONCE = 2
"""Readers that one process of the portal keeps at a time; each may take all the memory that `Bounds` allow."""
_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Bounds:
    """What one reading may take: `seconds` by the clock and of the processor, `memory` (address space) in bytes."""

    seconds: int = 60
    memory: int = 1536 * MB


@dataclass(frozen=True)
class Ended:
    """How the process ended: exit status (negative: the signal; None: out of time) and its greatest memory in bytes."""

    status: int | None
    peak: int = 0


def read_apart(
    path: Path, name: str, kind: str, options: Options, bounds: Bounds, *, command: tuple[str, ...] = COMMAND
) -> Paper:
    """Read a file of a known kind in a process of its own. Raises `PaperError` for whatever it does."""
    if not _places.acquire(timeout=bounds.seconds):
        raise TooManyReaders
    try:
        return _read_apart(path, name, kind, options, bounds, command)
    finally:
        _places.release()


def _read_apart(path: Path, name: str, kind: str, options: Options, bounds: Bounds, command: tuple[str, ...]) -> Paper:
    with tempfile.TemporaryDirectory(prefix="portal-paper-") as made:
        folder = Path(made)
        job = {
            "path": str(path.absolute()),
            "folder": made,
            "measured": measured(),
            "name": name,
            "kind": kind,
            "options": asdict(options) | {"roots": str(options.roots) if options.roots else None},
            "seconds": bounds.seconds,
            "memory": bounds.memory,
            "written": _WRITTEN,
        }
        (folder / JOB).write_text(json.dumps(job), encoding="utf-8")
        ended = run([*command, made], folder, bounds.seconds)
        return _paper(folder, ended, bounds)


def run(command: list[str], folder: Path, seconds: int) -> Ended:
    """Run a command in `folder` with next to no environment, and end its whole group after `seconds` at the latest."""
    with (folder / "stderr").open("wb") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        try:
            in_time = _wait(process, seconds)
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)  # not reaped yet, so the number is still its own
            ended = _reap(process)
    return ended if in_time else Ended(None, ended.peak)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if _is_measuring(name)}
    return kept | {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder)}


def measured() -> list[str]:
    """Where tests that measure the program collect what ran of it; nothing otherwise."""
    return [os.getcwd()] if any(map(_is_measuring, os.environ)) else []


def _is_measuring(name: str) -> bool:
    """Coverage of the program, of which readers write down their part."""
    return name.startswith("COVERAGE_")


def _wait(process: "subprocess.Popen[bytes]", seconds: int) -> bool:
    """Whether it ended by itself in time. It is left unreaped."""
    if hasattr(os, "pidfd_open"):
        handle = os.pidfd_open(process.pid)
        try:
            poll = select.poll()
            poll.register(handle, select.POLLIN)
            return bool(poll.poll(seconds * 1000))
        finally:
            os.close(handle)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return True
        time.sleep(0.01)
    return False


def _reap(process: "subprocess.Popen[bytes]") -> Ended:
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return Ended(process.returncode, usage.ru_maxrss * unit)


def _paper(folder: Path, ended: Ended, bounds: Bounds) -> Paper:
    log.debug("reader ended with %s, peak %d MB", ended.status, ended.peak // MB)
    if ended.status != 0:
        raise _failure(folder, ended, bounds)
    try:
        given = _answer(folder / ANSWER)
        if "paper" in given:
            return unpack(given["paper"], folder)
    except (Garbled, OSError, ValueError, RecursionError) as error:
        log.warning("a reader gave an answer that cannot be used: %r", error)
        raise ReaderStopped from error
    raise from_plain(given)


def _answer(file: Path) -> dict[str, Any]:
    given = json.loads(regular(file, _LARGEST_ANSWER).decode("utf-8"))
    if not isinstance(given, dict):
        raise Garbled
    return given


def _used_nearly_all(ended: Ended, bounds: Bounds) -> bool:
    """The kernel counts in what this process had when it started the other one: only more than that speaks."""
    import resource

    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return ended.peak > max(bounds.memory * _NEARLY_ALL, own)


def _failure(folder: Path, ended: Ended, bounds: Bounds) -> PaperError:
    if ended.status is None or -ended.status in (signal.SIGXCPU, signal.SIGALRM):
        return TookTooLong(seconds=bounds.seconds)
    if -ended.status == signal.SIGKILL or _used_nearly_all(ended, bounds):
        return TookTooMuchMemory(megabytes=bounds.memory // MB)
    said = (folder / "stderr").read_bytes()[-2000:].decode("utf-8", "replace").strip()
    log.warning("a reader ended with status %d: %s", ended.status, _without_words(said))
    if "MemoryError" in said:
        return TookTooMuchMemory(megabytes=bounds.memory // MB)
    return ReaderStopped()


def _without_words(said: str) -> str:
    """Where it ended and of what, without the message: that may quote the paper."""
    lines = said.splitlines()
    places = [line.strip() for line in lines if line.startswith("  File ")]
    kinds = [line.partition(":")[0] for line in lines[-1:] if not line.startswith(" ")]
    return "; ".join([*places, *kinds])
