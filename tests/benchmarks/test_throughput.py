"""Requests a second of one process, beside a bare Pyramid view on the same server in the same run. Prints figures."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.content import a_typical_instance
from benchmarks.serving import CONNECTIONS, Speed, floor_ini, instance_ini, serving, speed
from benchmarks.table import show

from portal.db import engine_for, maker_for

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CACHE = 64 * 1024 * 1024


def test_requests_per_second(tmp_path: Path, config: object) -> None:  # `config`: the kinds of content are known
    cached, plain = instance_ini(tmp_path, page_cache=CACHE), instance_ini(tmp_path, page_cache=0)
    subprocess.run([str(Path(sys.executable).with_name("portal")), "-c", str(plain), "migrate"], check=True)
    with maker_for(engine_for(f"sqlite:///{tmp_path}/bench.sqlite")).begin() as db:
        document = a_typical_instance(db, AT)
    pages = {"one document": document, "list": "/van-ban", "front page": "/"}
    with serving(floor_ini(tmp_path)) as running:
        floor = speed(running, "/")
    rows = [("a bare Pyramid view", *_figures(floor, floor))]
    for name, ini in (("from the page cache", cached), ("made anew", plain)):
        with serving(ini) as running:
            rows += [(f"{page}, {name}", *_figures(speed(running, path), floor)) for page, path in pages.items()]
    columns = ("page", "requests/s", "of the floor", "CPU ms a request", "of the floor's")
    show(f"One process, {CONNECTIONS} connections", columns, rows)


def _figures(found: Speed, floor: Speed) -> tuple[str, str, str, str]:
    ratio, cost = found.per_second / floor.per_second, found.cpu_ms / floor.cpu_ms
    return f"{found.per_second:,.0f}", f"{ratio:.2f}", f"{found.cpu_ms:.2f}", f"{cost:.1f} ×"
