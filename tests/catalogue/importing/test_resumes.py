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
ROWS, BATCH = 7, 3
Make = Callable[[str], tuple[str, Engine, int]]


@pytest.fixture
def make_database(tmp_path: Path, at: datetime, config: object) -> Iterator[Make]:
    """`make_database("name")` → address, engine and the id of the unit of a database of its own."""
    server = os.environ.get("PORTAL_TEST_DATABASE")
    engines: list[Engine] = []
    schemas: list[str] = []

    def make(name: str) -> tuple[str, Engine, int]:
        url = f"sqlite:///{tmp_path / name}.sqlite"
        if server:
            schemas.append(f"portal_procedures_{name}_{os.getpid()}")
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


def bring(url: str, unit_id: int, rows: Path, *, dies_at: int = 0) -> int:
    command = [sys.executable, str(DOOMED), url, str(unit_id), str(rows), str(BATCH), str(dies_at)]
    return subprocess.run(command, check=False, timeout=120).returncode


def test_killed_and_run_again_equals_never_killed(make_database: Make, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    lines = [{"code": f"1.00000{n}", "name": f"Thủ tục {n}", "field": f"Lĩnh vực {n % 2}"} for n in range(ROWS)]
    rows.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    url, killed, unit_id = make_database("killed")
    first_batch = 2 * BATCH + 1  # once a row read, once for the batch, once a row remembered
    assert bring(url, unit_id, rows, dies_at=first_batch + BATCH + 1) == -signal.SIGKILL
    with Session(killed) as db:
        assert db.scalar(select(func.count()).select_from(Item)) == BATCH
    assert bring(url, unit_id, rows) == 0
    url, never, unit_id = make_database("never")
    assert bring(url, unit_id, rows) == 0
    assert state_of(killed) == state_of(never)
