"""`portal notices import`."""

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.publishing.models import Edition, State

ROW = {"issuer": "Văn phòng Chính phủ", "type": "Thông báo", "title": "Về việc thử", "body": "1. Nội dung."}
DEADLINE = 60.0


def write(path: Path, *rows: Any) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def states(engine: Engine) -> list[str]:
    with Session(engine) as db:
        return [str(state) for state in db.scalars(select(Edition.state).order_by(Edition.id))]


def test_it_counts_what_came_in_and_reports_every_doubt(
    ready: Path, empty: Engine, portal: Any, tmp_path: Path
) -> None:
    rows = write(tmp_path / "r.jsonl", ROW | {"id": "a", "number": "1/TB-X"}, "{", ROW | {"id": "b", "type": "Bùa chú"})
    report = tmp_path / "report.jsonl"
    done = portal("-c", ready, "notices", "import", rows, "--as", "published", "--report", report, "--batch", 2)
    assert done.exit_code == 0, done.output
    assert "Mới 2, cập nhật 0, không đổi 0, từ chối 1; còn ngờ 1." in done.output
    told = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [(row["where"], row["verdict"]) for row in told] == [("r.jsonl:2", "refused"), ("r.jsonl:3", "added")]
    assert "Bùa chú" in told[1]["reasons"][0]
    assert states(empty) == [State.PUBLISHED, State.PUBLISHED]


def test_documents_come_in_as_drafts_unless_told_otherwise(
    ready: Path, empty: Engine, portal: Any, tmp_path: Path
) -> None:
    assert portal("-c", ready, "notices", "import", write(tmp_path / "r.jsonl", ROW)).exit_code == 0
    assert states(empty) == [State.DRAFT]


def test_a_missing_path_and_an_unknown_unit_are_one_line(ready: Path, portal: Any, tmp_path: Path) -> None:
    missing = portal("-c", ready, "notices", "import", tmp_path / "khong-co.jsonl")
    assert missing.exit_code == 2
    assert "khong-co.jsonl" in missing.output
    unknown = portal("-c", ready, "notices", "import", write(tmp_path / "r.jsonl", ROW), "--unit", "Bộ Phép thuật")
    assert unknown.exit_code == 2
    assert "Bộ Phép thuật" in unknown.output


def test_an_interrupt_ends_with_the_batch_and_the_same_command_goes_on(
    ready: Path, empty: Engine, portal: Any, tmp_path: Path
) -> None:
    total, batch = 1200, 10
    rows = write(tmp_path / "r.jsonl", *(ROW | {"id": str(number)} for number in range(total)))
    arguments = ["-c", str(ready), "notices", "import", str(rows), "--batch", str(batch)]
    process = subprocess.Popen(
        [sys.executable, "-c", "from portal.cli import main; main()", *arguments], stderr=subprocess.PIPE, text=True
    )
    _until(lambda: _brought(empty) > 0)
    process.send_signal(signal.SIGINT)
    _out, errors = process.communicate(timeout=DEADLINE)
    brought = _brought(empty)
    assert process.returncode == 0
    assert "Chạy lại lệnh này để làm tiếp" in errors
    assert 0 < brought < total
    assert brought % batch == 0
    resumed = portal(*arguments)
    assert f"Mới {total - brought}, cập nhật 0, không đổi {brought}," in resumed.output


def _brought(engine: Engine) -> int:
    # Reading only: on SQLite a session that may write would wait in line behind every batch of the import.
    with Session(engine.execution_options(portal_reads_only=True)) as db:
        return db.scalar(select(func.count()).select_from(Edition)) or 0


def _until(reached: Any) -> None:
    end = time.monotonic() + DEADLINE
    while not reached():
        assert time.monotonic() < end, "not reached before the deadline"
        threading.Event().wait(0.02)
