"""The parent's inbox: signals and the readiness of children, waited for in one place and without races."""

import selectors
import signal
import socket
from collections.abc import Sequence

from portal.serve.process import HANDLED, Child


class Inbox:
    """Signals are written by the interpreter into a socket pair, so none is lost between two waits."""

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in HANDLED:
            signal.signal(number, _noted_by_the_interpreter)

    def wait(self, awaited: Sequence[Child], timeout: float | None) -> list[int]:
        """Signals that arrived, in order; children among `awaited` that reported are marked ready. None: no limit."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._reader, selectors.EVENT_READ)
            for child in awaited:
                if child.ready_fd is not None:
                    selector.register(child.ready_fd, selectors.EVENT_READ, child)
            found = selector.select(timeout)
        for key, _ in found:
            if isinstance(key.data, Child):
                key.data.hear()
        return list(self._signals())

    def _signals(self) -> bytes:
        try:
            return self._reader.recv(4096)
        except BlockingIOError:
            return b""


def _noted_by_the_interpreter(number: int, frame: object) -> None:
    """A handler must exist for the wake-up descriptor to be written; the loop does the work."""
