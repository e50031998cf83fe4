"""An import that is killed loses at most its batch: run again, everything is as if it had never been killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from notices.importing_state import state_of
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from portal.agencies.kinds import Kind
from portal.agencies.service import add_unit
from portal.db import Base, engine_for
from portal.publishing.models import Item

DOOMED = Path(__file__).with_name("doomed_import.py")
ROWS, BATCH = 25, 4
Make = Callable[[str], tuple[str, Engine, int]]

pytestmark = pytest.mark.unmeasured  # processes that are killed cannot be measured; test_importing covers the same code

never_killed: list[object] = []
"""What a run that nobody kills leaves, once it has run: the same for every moment of death."""


@pytest.fixture
def make_database(tmp_path: Path, at: datetime, config: object) -> Iterator[Make]:
    """`make_database("name")` → address, engine and the id of the unit of a database of its own."""
    server = os.environ.get("PORTAL_TEST_DATABASE")
    engines: list[Engine] = []
    schemas: list[str] = []

    def make(name: str) -> tuple[str, Engine, int]:
        url = f"sqlite:///{tmp_path / name}.sqlite"
        if server:
            schemas.append(f"portal_import_{name}_{os.getpid()}")
            with engine_for(server).begin() as connection:
                connection.execute(text(f"CREATE SCHEMA {schemas[-1]}"))
            url = f"{server}?options=-csearch_path%3D{schemas[-1]}"
        engine = engine_for(url)
        engines.append(engine)
        Base.metadata.create_all(engine)
        with Session(engine) as db:
            unit = add_unit(db, "Bộ Thử nghiệm", kind=Kind.MINISTRY, code="G97", by=None, at=at)
            db.commit()
            return url, engine, unit.id

    yield make
    for engine in engines:
        engine.dispose()
    for schema in schemas:
        with engine_for(server or "").begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    lines = [
        {"id": str(n), "number": f"{n % 7}/TB-THU", "issuer": "Bộ Thử nghiệm", "issued_on": "2025-03-04",
         "type": "Thông báo", "title": f"Về việc {n}", "body": f"Điều 1. Việc {n}\n1. Làm."}
        for n in range(ROWS)
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def bring(url: str, unit_id: int, rows: Path, *, dies_at: int = 0) -> int:
    command = [sys.executable, str(DOOMED), url, str(unit_id), str(rows), str(BATCH), str(dies_at)]
    return subprocess.run(command, check=False, timeout=120).returncode


@pytest.mark.parametrize("moment", [1, 3, 2 * (BATCH + 1), 3 * (BATCH + 1) + 2])
def test_killed_and_run_again_equals_never_killed(make_database: Make, rows: Path, moment: int) -> None:
    url, killed, unit_id = make_database("killed")
    assert bring(url, unit_id, rows, dies_at=moment) == -signal.SIGKILL
    with Session(killed) as db:
        brought = db.scalar(select(func.count()).select_from(Item)) or 0
    assert brought == (moment - 1) // (BATCH + 1) * BATCH < ROWS
    assert bring(url, unit_id, rows) == 0
    if not never_killed:
        url, whole, unit_id = make_database("whole")
        assert bring(url, unit_id, rows) == 0
        never_killed.append(state_of(whole))
    assert state_of(killed) == never_killed[0]


def test_a_run_over_what_is_there_changes_no_table(make_database: Make, rows: Path) -> None:
    url, engine, unit_id = make_database("twice")
    assert bring(url, unit_id, rows) == 0
    before = state_of(engine)
    assert bring(url, unit_id, rows) == 0
    assert state_of(engine) == before
