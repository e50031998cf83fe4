"""The parent of `portal serve`: holds the listening socket, keeps the children alive, and does no other work.

It imports neither the framework nor the application: a restart of the children (SIGHUP) brings new code and settings.
"""

import logging
import multiprocessing
import os
import signal
import socket
import time
from collections import deque
from dataclasses import dataclass, field

from portal.serve import web, worker
from portal.serve.options import Options, bind, cores, url_of
from portal.serve.process import MISCONFIGURED, Body, Child, Lifeline, start
from portal.serve.signals import Inbox

log = logging.getLogger(__name__)

BESIDE = (worker.NAME, worker.INDEXER)
"""Children that answer no requests."""
EARLY = 5.0
"""A child that dies within so many seconds died at once: its replacement waits, each time twice as long."""
LONGEST_WAIT = 30.0
KILL_AFTER = 5.0
"""Seconds beyond the drain limit after which a child that does not end is killed."""
READY_WITHIN = 60.0
"""Seconds in which a successor must say that it is ready; else the restart is given up and the old child stays."""


@dataclass
class Slot:
    """A place that a living child must always fill. `due`: when to fill it (monotonic); None while it is filled."""

    name: str
    body: Body
    core: int | None = None
    child: Child | None = None
    successor: Child | None = None
    early_deaths: int = 0
    due: float | None = 0.0


@dataclass
class Parent:
    """The loop over signals, children that report, children that die, and restarts one by one."""

    options: Options
    listener: socket.socket
    slots: list[Slot]
    inbox: Inbox = field(default_factory=Inbox)
    lifeline: Lifeline = field(default_factory=Lifeline.new)
    leaving: dict[int, tuple[Child, float]] = field(default_factory=dict)
    restarts: deque[Slot] = field(default_factory=deque)
    stopping: bool = False
    serving: bool = False
    exit_status: int = 0

    def run(self) -> int:
        """Until every child has ended after a SIGTERM or SIGINT; returns the exit status."""
        while not (self.stopping and not self.leaving):
            self._fill_slots()
            self._restart_next()
            for number in self.inbox.wait(self._children_awaited(), self._timeout()):
                self._obey(number)
            self._announce()
            self._bury()
            self._kill_overdue()
        log.info("all processes have ended")
        return self.exit_status

    # --- signals

    def _obey(self, number: int) -> None:
        if number == signal.SIGHUP and not self.stopping:
            log.info("restarting the processes one by one")
            self.restarts = deque(self.slots)
        elif number in (signal.SIGTERM, signal.SIGINT):
            if self.stopping and number == signal.SIGINT:
                self._hurry()
            elif not self.stopping:
                log.info("stopping: running requests have %g seconds", self.options.drain)
                self._stop()

    def _stop(self) -> None:
        self.stopping = True
        self.listener.close()
        self.restarts.clear()
        for slot in self.slots:
            for child in (slot.child, slot.successor):
                if child:
                    self._let_go(child)
            slot.child = slot.successor = slot.due = None

    def _hurry(self) -> None:
        """A second Ctrl+C: nobody waits any longer."""
        for child, _ in self.leaving.values():
            child.signal(signal.SIGKILL)

    def _let_go(self, child: Child) -> None:
        child.signal(signal.SIGTERM)
        self.leaving[child.pid] = (child, time.monotonic() + self.options.drain + KILL_AFTER)

    def _kill_overdue(self) -> None:
        for child, deadline in self.leaving.values():
            if time.monotonic() > deadline:
                log.warning("%s (%d) does not end and is killed", child.name, child.pid)
                child.signal(signal.SIGKILL)

    # --- births

    def _start(self, slot: Slot) -> Child:
        return start(slot.name, slot.body, ini=self.options.ini, lifeline=self.lifeline, core=slot.core)

    def _fill_slots(self) -> None:
        for slot in self.slots:
            if slot.due is not None and slot.due <= time.monotonic():
                slot.child, slot.due = self._start(slot), None

    def _restart_next(self) -> None:
        """Start the next successor, or let it take over when it is ready: there is never one process less."""
        if not self.restarts:
            return
        slot = self.restarts[0]
        if slot.successor is None:
            slot.successor = self._start(slot)
        elif slot.successor.ready:
            if slot.child:
                self._let_go(slot.child)
            slot.child, slot.successor, slot.due = slot.successor, None, None
            self.restarts.popleft()
            if self.restarts:
                self._restart_next()
            else:
                log.info("every process has been restarted")
        elif slot.successor.age > READY_WITHIN:
            slot.successor.signal(signal.SIGKILL)

    def _children_awaited(self) -> list[Child]:
        children = (child for slot in self.slots for child in (slot.child, slot.successor))
        return [child for child in children if child and child.ready_fd is not None]

    def _announce(self) -> None:
        if not self.serving and any(s.child and s.child.ready and s.name not in BESIDE for s in self.slots):
            self.serving = True
            log.info("serving on %s: %s", url_of(self.listener), ", ".join(slot.name for slot in self.slots))

    # --- deaths

    def _bury(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._died(pid, os.waitstatus_to_exitcode(status))

    def _died(self, pid: int, code: int) -> None:
        if self.leaving.pop(pid, None):
            return
        for slot in self.slots:
            if slot.successor and slot.successor.pid == pid:
                self._successor_died(slot, code)
            elif slot.child and slot.child.pid == pid:
                self._child_died(slot, slot.child, code)

    def _successor_died(self, slot: Slot, code: int) -> None:
        log.error("the new %s ended before it was ready (%s): the restart is given up", slot.name, _how(code))
        slot.successor = None
        self.restarts.clear()
        if slot.child is None:
            slot.due = time.monotonic()

    def _child_died(self, slot: Slot, child: Child, code: int) -> None:
        child.forget_pipe()
        slot.child = None
        if code == MISCONFIGURED and not self.serving:
            self.exit_status = 2
            self._stop()
            return
        slot.early_deaths = slot.early_deaths + 1 if child.age < EARLY or not child.ready else 0
        wait = min(LONGEST_WAIT, 0.5 * 2 ** (slot.early_deaths - 1)) if slot.early_deaths else 0.0
        if slot.successor is None:
            slot.due = time.monotonic() + wait
        log.error(
            "%s (%d) died (%s) and is replaced%s", slot.name, child.pid, _how(code), f" in {wait:g} s" if wait else ""
        )

    def _timeout(self) -> float | None:
        """Seconds until something is due by the clock; None: only a signal or a child can bring work."""
        moments = [slot.due for slot in self.slots if slot.due is not None]
        moments += [deadline for _, deadline in self.leaving.values()]
        moments += [s.successor.started + READY_WITHIN for s in self.slots if s.successor]
        return max(0.0, min(moments) - time.monotonic()) + 0.01 if moments else None


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"status {code}"


def run(options: Options) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit status. Raises `CannotListen`, `BadListen`."""
    multiprocessing.current_process().name = "parent"
    listener = bind(options.listen)
    usable = cores()
    slots = [
        Slot(f"web-{n + 1}", web.body(options, listener), usable[(os.getpid() + n) % len(usable)] if usable else None)
        for n in range(options.processes)
    ]
    if options.worker or options.indexer:
        slots.append(Slot(worker.NAME if options.worker else worker.INDEXER, worker.body(options, listener)))
    return Parent(options, listener, slots).run()
