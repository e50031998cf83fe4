"""The search API of real web processes, beside an empty page of the same server in the same run. Prints figures.

`PORTAL_SEARCH_HTTP_DOCUMENTS=72046` measures the full size; `PORTAL_SEARCH_ENGINE` the other engine.
"""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from benchmarks.content import very_many
from benchmarks.table import show
from makers import Makers
from sqlalchemy import Engine

from portal.agencies.models import Agency
from portal.db import engine_for, maker_for

DOCUMENTS = int(os.environ.get("PORTAL_SEARCH_HTTP_DOCUMENTS", "2000"))
ENGINE = os.environ.get("PORTAL_SEARCH_ENGINE", "tantivy")
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CONNECTIONS, ASKED, PUBLISHED = 4, 300, 10
READY = 60.0
QUESTIONS = (
    "thực hiện nhiệm vụ số {n}",
    "thuc hien nhiem vu so {n}",
    "{n}/TB-THU",
    "về việc thực hiện nhiệm vụ được giao của đơn vị số {n}",
)
PORTAL = Path(sys.executable).with_name("portal")
EMPTY_PAGE = "/robots.txt"


def test_search_over_http(tmp_path: Path, config: object) -> None:  # `config`: the kinds of content are known
    ini = instance(tmp_path)
    run(ini, "migrate")
    database = engine_for(f"sqlite:///{tmp_path}/bench.sqlite")
    with maker_for(database).begin() as db:
        very_many(db, AT, count=DOCUMENTS, units=50)
    started = time.perf_counter()
    run(ini, "search", "rebuild")
    rows = [("index built", f"{time.perf_counter() - started:.1f} s", "", "", "", "")]
    paths = [
        "/api/v1/search?" + urlencode({"q": QUESTIONS[n % len(QUESTIONS)].format(n=n * 7 % DOCUMENTS), "size": 10})
        for n in range(ASKED)
    ]
    for processes in (1, 2):
        with serving(ini, processes) as (port, pid):
            floor = timed(port, [EMPTY_PAGE] * ASKED, connections=1)
            rows.append(row(f"empty page, {processes} process(es)", floor, floor))
            timed(port, paths, connections=1)
            rows.append(row("search, one after another", timed(port, paths, connections=1), floor))
            loaded = timed(port, paths, connections=CONNECTIONS)
            rows.append(row(f"search, {CONNECTIONS} connections", loaded, floor, memory=largest(pid)))
    with serving(ini, 2) as (port, _pid):
        rows.append(("published → found", *found_after(database, port)))
    columns = ("", "p50", "p95", "p99", "of the floor's p50", "a second; memory")
    show(f"{ENGINE}, {DOCUMENTS:,} documents in the database, eight in ten public", columns, rows)


def instance(folder: Path) -> Path:
    path = folder / "bench.ini"
    path.write_text(
        f"""[app:main]
use = egg:portal
portal.database_url = sqlite:///{folder}/bench.sqlite
portal.files_dir = {folder}/files
portal.secret_file = {folder}/secret.key
portal.search_dir = {folder}/search
portal.search_engine = {ENGINE}
portal.address = http://localhost
portal.theme = central
portal.page_cache = 0
""",
        encoding="utf-8",
    )
    return path


def run(ini: Path, *words: str) -> None:
    subprocess.run([str(PORTAL), "-c", str(ini), *words], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def serving(ini: Path, processes: int) -> Iterator[tuple[int, int]]:
    """Web processes, a worker and the indexer: port and pid of their parent, once a search is answered."""
    command = [str(PORTAL), "-c", str(ini), "serve", "--processes", str(processes), "--listen", "127.0.0.1:0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        port = announced(process)
        until(lambda: "results" in ask(port, "/api/v1/search?q=nhiem+vu"), "no answer from the search API")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def announced(process: "subprocess.Popen[str]") -> int:
    assert process.stderr is not None
    seen = []
    for line in process.stderr:
        seen.append(line)
        found = re.search(r"serving on http://127\.0\.0\.1:(\d+)", line)
        if found:
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return int(found[1])
    raise RuntimeError("portal serve did not start:\n" + "".join(seen))


def until(holds: Callable[[], bool], complaint: str) -> float:
    """Seconds until it held."""
    started = time.perf_counter()
    while not holds():
        if time.perf_counter() - started > READY:
            pytest.fail(complaint)
    return time.perf_counter() - started


def ask(port: int, path: str) -> dict[str, Any]:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        status, body = answer(connection, path)
    return json.loads(body) if status == 200 else {}


def answer(connection: socket.socket, path: str) -> tuple[int, bytes]:
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    received = b""
    while b"\r\n\r\n" not in received:
        received += more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])  # type: ignore[index]
    while len(body) < length:
        body += more(connection)
    return int(head.split()[1]), body


def more(connection: socket.socket) -> bytes:
    received = connection.recv(1 << 16)
    if not received:
        raise RuntimeError("the server closed the connection")
    return received


def timed(port: int, paths: list[str], *, connections: int) -> tuple[list[float], float]:
    """Milliseconds of each answer, sorted, and answers a second over all connections."""
    taken: list[float] = []

    def client(place: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            for path in paths[place::connections]:
                started = time.perf_counter()
                status, _body = answer(connection, path)
                taken.append((time.perf_counter() - started) * 1000)
                assert status in {200, 404}, f"{status} {path}"

    started = time.perf_counter()
    threads = [threading.Thread(target=client, args=(place,)) for place in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(paths)
    return sorted(taken), len(taken) / (time.perf_counter() - started)


def row(name: str, found: tuple[list[float], float], floor: tuple[list[float], float], memory: str = "") -> Any:
    times = found[0]
    parts = [times[min(len(times) - 1, int(share * len(times)))] for share in (0.5, 0.95, 0.99)]
    ratio = parts[0] / floor[0][len(floor[0]) // 2]
    return (name, *(f"{each:.1f} ms" for each in parts), f"{ratio:.1f} ×", f"{found[1]:,.0f}{memory}")


def largest(parent: int) -> str:
    """Of the children: resident memory, and what of it is not files."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    sizes = []
    for child in children:
        status = Path(f"/proc/{child}/status").read_text(encoding="ascii")
        sizes.append([int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in ("VmRSS", "RssAnon")])  # type: ignore[index]
    resident, own = max(sizes)
    return f"; {resident:.0f} MB, {own:.0f} of its own"


def found_after(database: Engine, port: int) -> tuple[str, ...]:
    """Seconds from the commit of a publication until the API of the other process finds it."""
    waited = []
    for number in range(PUBLISHED):
        word = f"đặcbiệt{number}x"
        with maker_for(database).begin() as db:
            unit = db.query(Agency).first()
            make = Makers(db, AT + timedelta(minutes=number))
            make.notice(unit, published=True, number=str(900_000 + number), title=f"Về việc {word}")
        path = "/api/v1/search?" + urlencode({"q": word})
        waited.append(until(lambda path=path: bool(ask(port, path).get("total")), f"{word} was not found"))  # type: ignore[misc]
    waited.sort()
    return f"{waited[len(waited) // 2]:.2f} s", f"{waited[-1]:.2f} s (worst)", "", "", ""
