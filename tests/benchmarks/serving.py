"""`portal serve` as a real process, and a client that asks as fast as it is answered."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
CONNECTIONS, SECONDS, WARM = 4, 3.0, 30
"""Connections kept alive, seconds of measuring, requests before it."""


def instance_ini(folder: Path, *, page_cache: int) -> Path:
    """The `.ini` of an instance in `folder`."""
    path = folder / f"cache-{page_cache}.ini"
    path.write_text(
        f"""[app:main]
use = egg:portal
portal.database_url = sqlite:///{folder}/bench.sqlite
portal.files_dir = {folder}/files
portal.secret_file = {folder}/secret.key
portal.address = http://localhost
portal.theme = central
portal.worker = false
portal.page_cache = {page_cache}
""",
        encoding="utf-8",
    )
    return path


def floor_ini(folder: Path) -> Path:
    """The `.ini` of the bare application."""
    path = folder / "floor.ini"
    path.write_text("[app:main]\nuse = call:floor:app\n", encoding="utf-8")
    return path


@dataclass(frozen=True)
class Running:
    """A serving process."""

    pid: int
    port: int

    def cpu_seconds(self) -> float:
        """What it has computed so far, user and system; a busy machine does not change it much."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Speed:
    """Answers a second of the clock, and milliseconds of computing for one answer."""

    per_second: float
    cpu_ms: float


@contextmanager
def serving(ini: Path) -> Iterator[Running]:
    """One web process, pinned to its core as `portal serve` does it."""
    program = Path(sys.executable).with_name("portal")
    command = [
        str(program),
        "-c",
        str(ini),
        "serve",
        "--processes",
        "1",
        "--no-worker",
        "--no-indexer",
        "--listen",
        "127.0.0.1:0",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(HERE)})
    try:
        port = _port(process)
        yield Running(_web_process(process.pid, port), port)
    finally:
        process.terminate()
        process.wait()


def _web_process(parent: int, port: int) -> int:
    """The parent's only child, once it answers."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        _ask(connection, "/")
    return int(Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()[0])


def _port(process: "subprocess.Popen[str]") -> int:
    seen = []
    assert process.stderr is not None
    for line in process.stderr:
        seen.append(line)
        found = re.search(r"serving on http://127\.0\.0\.1:(\d+)", line)
        if found:
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return int(found[1])
    raise RuntimeError("portal serve did not start:\n" + "".join(seen))


def speed(running: Running, path: str, *, connections: int = CONNECTIONS) -> Speed:
    """How fast it answers 200 over connections that stay open. Raises when an answer is another one."""
    with socket.create_connection(("127.0.0.1", running.port)) as connection:
        for _ in range(WARM):
            _ask(connection, path)
    counts = [0] * connections
    computed, started = running.cpu_seconds(), time.perf_counter()

    def client(place: int) -> None:
        with socket.create_connection(("127.0.0.1", running.port)) as connection:
            while time.perf_counter() < started + SECONDS:
                _ask(connection, path)
                counts[place] += 1

    threads = [threading.Thread(target=client, args=(place,)) for place in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken, computed = time.perf_counter() - started, running.cpu_seconds() - computed
    return Speed(sum(counts) / taken, 1000 * computed / sum(counts))


def _ask(connection: socket.socket, path: str) -> None:
    question = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nAccept: text/html\r\n\r\n"
    connection.sendall(question.encode())
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode("latin-1"))
    length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])  # type: ignore[index]
    while len(body) < length:
        body += _more(connection)


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(1 << 16)
    if not received:
        raise RuntimeError("the server closed the connection")
    return received
