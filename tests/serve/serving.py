"""`portal serve` as a real process: started, read line by line, and ended whatever the test does."""

import http.client
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PATIENCE = 90.0
"""Seconds before a test gives up waiting; nothing waits that long when it works."""


def program(name: str) -> str:
    """A console script of this installation."""
    return str(Path(sys.executable).with_name(name))


class Served:
    """A running server; its log lines arrive in a queue."""

    def __init__(self, *command: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HERE), **environment},
        )
        self.log: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.port = 0

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.put(line)

    def until_log(self, pattern: str) -> re.Match[str]:
        """The next log line that has `pattern` in it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"no line with {pattern!r} in:\n{''.join(self.log)}")
            self.log.append(line)
            found = re.search(pattern, line)
            if found:
                return found

    def until_serving(self) -> "Served":
        self.port = int(self.until_log(r"(?i)serving on http://127\.0\.0\.1:(\d+)")[1])
        return self

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def get(self, path: str = "/", **headers: str) -> tuple[int, dict[str, str], list[str]]:
        """Status, headers and the words of the body, over a connection of its own."""
        connection = self.connect()
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode().split()
        finally:
            connection.close()

    def pids(self) -> set[int]:
        """The processes that answer, asked often enough that each of two had its turn."""
        found = {int(self.get()[2][0]) for _ in range(20)}
        return until(lambda: found | {int(self.get()[2][0])}, lambda now: len(now) > 1, grow=found)

    def refuses(self) -> bool:
        try:
            self.get()
        except (ConnectionRefusedError, ConnectionResetError, http.client.RemoteDisconnected):
            return True
        return False

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def ended(self) -> int:
        """The exit status, waited for."""
        return self.process.wait(timeout=PATIENCE)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Gate:
    """A named pipe: `/slow` waits at it from when it opens its end until the test has opened and closed the other."""

    def __init__(self, path: Path) -> None:
        self.path = path
        os.mkfifo(path)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Begins when a request stands at the gate; lets it go at the end."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                handle = os.open(self.path, os.O_WRONLY | os.O_NONBLOCK)
                break
            except OSError:
                assert time.monotonic() < deadline, "no request came to the gate"
        try:
            yield
        finally:
            os.close(handle)


def until(ask: Callable[[], set[int]], good: Callable[[set[int]], bool], *, grow: set[int]) -> set[int]:
    """Ask again and again, adding up what was seen, until it is good."""
    deadline = time.monotonic() + PATIENCE
    while not good(grow):
        assert time.monotonic() < deadline, f"still only {grow}"
        grow |= ask()
    return grow


def eventually(true: Callable[[], bool]) -> None:
    """Ask again and again until it is true."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
