"""One child process: forked, cut loose from what the parent set up, pinned, named, and tied to the parent's life."""

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from portal.errors import ConfigurationError
from portal.serve import ini as ini_module

log = logging.getLogger(__name__)

MISCONFIGURED = 78
"""Exit status (`EX_CONFIG`) of a child that cannot work as the instance is configured; trying again is useless."""

HANDLED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)

Body = Callable[["Life"], None]


@dataclass
class Life:
    """What a child's body needs to know: when to say it is ready, and how it learns that it must stop."""

    ready_fd: int
    stop: Callable[[], None] = lambda: None
    stopped: bool = False

    def ready(self) -> None:
        """Tell the parent that this process does its work now."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self.ready_fd, b"r")
        os.close(self.ready_fd)

    def on_stop(self, stop: Callable[[], None]) -> None:
        """Call `stop` at SIGTERM or when the parent is gone; at once if that has happened already."""
        self.stop = stop
        if self.stopped:
            stop()

    def end(self, *_: object) -> None:
        """Signal handler: the work ends."""
        self.stopped = True
        self.stop()


@dataclass
class Child:
    """A running child as the parent sees it. `ready_fd` is None once it has said that it is ready, or is gone."""

    name: str
    pid: int
    ready_fd: int | None
    started: float = field(default_factory=time.monotonic)
    ready: bool = False

    @property
    def age(self) -> float:
        """Seconds since the fork."""
        return time.monotonic() - self.started

    def signal(self, number: int) -> None:
        """Send a signal; a child that is already gone does not mind."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def hear(self) -> None:
        """Read what the child reported: that it is ready, or (the end of the pipe) that it is gone."""
        if self.ready_fd is not None:
            self.ready = os.read(self.ready_fd, 1) == b"r"
            self.forget_pipe()

    def forget_pipe(self) -> None:
        """Close the pipe; nothing more is expected from it."""
        if self.ready_fd is not None:
            os.close(self.ready_fd)
            self.ready_fd = None


@dataclass(frozen=True)
class Lifeline:
    """A pipe that only the parent can write to: its end tells the children that the parent is gone."""

    reader: int
    writer: int

    @classmethod
    def new(cls) -> "Lifeline":
        return cls(*os.pipe())


def start(name: str, body: Body, *, ini: Path, lifeline: Lifeline, core: int | None) -> Child:
    """Fork a child that runs `body`, pinned to `core` unless that is None. Returns in the parent only."""
    ready_reader, ready_writer = os.pipe()
    signal.pthread_sigmask(signal.SIG_BLOCK, HANDLED)
    try:
        pid = os.fork()
        if pid == 0:
            os.close(ready_reader)
            os.close(lifeline.writer)
            os._exit(_run(name, body, Life(ready_writer), ini=ini, lifeline=lifeline.reader, core=core))
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HANDLED)
    os.close(ready_writer)
    return Child(name, pid, ready_reader)


def _run(name: str, body: Body, life: Life, *, ini: Path, lifeline: int, core: int | None) -> int:
    """The whole life of a child; returns its exit status."""
    try:
        _listen_to_parent(life, lifeline)
        multiprocessing.current_process().name = name  # the log format shows it
        if core is not None:
            os.sched_setaffinity(0, {core})
        ini_module.set_up_logging(ini)
        body(life)
        return 0
    except ConfigurationError as error:
        log.critical("%s cannot start: %s", name, error.message.interpolate())
        return MISCONFIGURED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except BaseException:
        log.exception("%s ends by an error", name)
        return 1
    finally:
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()


def _listen_to_parent(life: Life, lifeline: int) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGTERM, life.end)
    for ignored in (signal.SIGINT, signal.SIGHUP):  # the terminal sends them to all; the parent decides what they mean
        signal.signal(ignored, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HANDLED)
    threading.Thread(target=_end_with_parent, args=(lifeline,), name="lifeline", daemon=True).start()


def _end_with_parent(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
