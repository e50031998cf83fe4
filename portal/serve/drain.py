"""A waitress server that can stop without cutting anybody off.

Waitress itself, told to stop, ends its loop at once. `DrainingServer` stops accepting, lets running requests finish
and their answers leave, tells every client that the connection closes, and only then ends.
"""

import logging
import socket
import time
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask

log = logging.getLogger(__name__)

IDLE_GRACE = 1.0
"""Seconds that an idle connection stays open while draining: a request already on its way still gets its answer."""


class Task(WSGITask):
    """A request whose answer closes the connection when the server is draining."""

    def build_response_header(self) -> bytes:
        if self.channel.server.draining_since is not None:
            self.set_close_on_finish()
        header: bytes = super().build_response_header()
        return header


class Channel(HTTPChannel):
    """A connection that knows whether anything is still under way on it."""

    task_class = Task
    error_task_class = ErrorTask

    def quiet_for(self, now: float) -> float | None:
        """Seconds since the last byte; None while a request is being read, answered or sent."""
        if self.requests or self.request is not None or self.total_outbufs_len:
            return None
        return float(now - self.last_activity)


class DrainingServer(TcpWSGIServer):
    """Serves an already bound socket until `stop()`, then drains for at most `limit` seconds."""

    channel_class = Channel

    def __init__(self, application: Any, listener: socket.socket, *, limit: float, **adjustments: Any) -> None:
        self.draining_since: float | None = None
        self.limit = limit
        self._stop_asked = False
        adj = Adjustments(sockets=[listener], **adjustments)
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(adj.threads)
        super().__init__(
            application,
            {},
            True,
            listener,
            dispatcher=dispatcher,
            adj=adj,
            bind_socket=False,
            sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
        )

    def stop(self) -> None:
        """Begin to drain. Safe in a signal handler and from another thread."""
        self._stop_asked = True
        self.pull_trigger()

    def run(self) -> None:
        """Serve until stopped and drained."""
        while not self._stop_asked:
            self._turn(self.adj.asyncore_loop_timeout)
        self._stop_accepting()
        while self.active_channels and not self._overdue():
            self._close_quiet_channels()
            self._turn(0.05)
        if self.active_channels:
            log.warning("%d connections still busy after %g seconds are cut off", len(self.active_channels), self.limit)
        self.task_dispatcher.shutdown(timeout=0.5)
        wasyncore.close_all(self._map, ignore_all=True)

    def _turn(self, timeout: float) -> None:
        wasyncore.loop(timeout=timeout, use_poll=self.adj.asyncore_use_poll, map=self._map, count=1)

    def _stop_accepting(self) -> None:
        """Take the connections that the system has already agreed to, then no more."""
        self.draining_since = time.monotonic()
        known = -1
        while len(self.active_channels) > known:
            known = len(self.active_channels)
            self.handle_accept()
        self.accepting = False
        self.del_channel()
        self.socket.close()

    def _overdue(self) -> bool:
        return self.draining_since is not None and time.monotonic() - self.draining_since > self.limit

    def _close_quiet_channels(self) -> None:
        now = time.time()
        for channel in list(self.active_channels.values()):
            quiet = channel.quiet_for(now)
            if quiet is not None and quiet > IDLE_GRACE:
                channel.will_close = True
