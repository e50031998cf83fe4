"""`portal procedures import`."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Procedure
from portal.publishing.models import Edition, State

ROW = {
    "code": "1.000001",
    "name": "Cấp thẻ thử nghiệm",
    "ministry": "Bộ Tư pháp",
    "field": "Hộ tịch",
    "level": "Cấp xã",
    "applicants": ["Công dân Việt Nam"],
    "steps": "Bước 1: Nộp hồ sơ.",
    "channels": [{"channel": "Trực tiếp", "time_limit": "5 ngày làm việc", "fee": "Miễn phí", "description": None}],
    "result": "Thẻ",
}


def write(path: Path, *rows: Any) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def states(engine: Engine) -> list[tuple[str, str]]:
    query = select(Procedure.code, Edition.state).join(Edition, Edition.id == Procedure.edition_id)
    with Session(engine) as db:
        return [(str(code), str(state)) for code, state in db.execute(query.order_by(Procedure.code))]


def test_it_counts_what_came_in_and_reports_every_doubt(
    ready: Path, empty: Engine, portal: Any, tmp_path: Path
) -> None:
    odd = [{"channel": "Trực tiếp", "time_limit": "5", "fee": "Miễn phí", "description": None}]
    rows = write(tmp_path / "r.jsonl", ROW, "{", ROW | {"code": "1.000002", "channels": odd}, ROW | {"code": "12"})
    report = tmp_path / "report.jsonl"

    done = portal("-c", ready, "procedures", "import", rows, "--report", report, "--batch", 2)

    assert done.exit_code == 0, done.output
    assert "Mới 2, cập nhật 0, không đổi 0, từ chối 2;" in done.output
    assert "Điểm cần kiểm tra theo phần:" in done.output
    told = {row["where"]: row for row in map(json.loads, report.read_text(encoding="utf-8").splitlines())}
    assert told["r.jsonl:2"]["refused"]
    assert "mã" in told["r.jsonl:4"]["refused"]
    assert any(part.endswith("limits") for part in told["r.jsonl:3"]["doubts"])
    assert states(empty) == [("1.000001", State.DRAFT), ("1.000002", State.DRAFT)]


def test_the_same_file_again_changes_nothing_and_a_changed_row_is_brought(
    ready: Path, empty: Engine, portal: Any, tmp_path: Path
) -> None:
    rows = write(tmp_path / "r.jsonl", ROW)
    for counted in ("Mới 1, cập nhật 0, không đổi 0,", "Mới 0, cập nhật 0, không đổi 1,"):
        assert counted in portal("-c", ready, "procedures", "import", rows, "--as", "published").output

    write(rows, ROW | {"name": "Cấp lại thẻ thử nghiệm"})
    assert "Mới 0, cập nhật 1," in portal("-c", ready, "procedures", "import", rows, "--as", "published").output
    assert states(empty) == [("1.000001", State.SUPERSEDED), ("1.000001", State.PUBLISHED)]


def test_a_dry_run_looks_at_everything_and_writes_nothing(
    ready: Path, empty: Engine, portal: Any, tmp_path: Path
) -> None:
    done = portal("-c", ready, "procedures", "import", write(tmp_path / "r.jsonl", ROW), "--dry-run")

    assert done.exit_code == 0, done.output
    assert "Mới 1," in done.output
    assert "Chỉ xét thử, chưa ghi gì." in done.output
    assert states(empty) == []


def test_a_missing_path_and_an_unknown_unit_are_one_line(ready: Path, portal: Any, tmp_path: Path) -> None:
    missing = portal("-c", ready, "procedures", "import", tmp_path / "khong-co.jsonl")
    assert missing.exit_code == 2
    assert "khong-co.jsonl" in missing.output
    unknown = portal("-c", ready, "procedures", "import", write(tmp_path / "r.jsonl", ROW), "--unit", "Bộ Phép thuật")
    assert unknown.exit_code == 2
    assert "Bộ Phép thuật" in unknown.output
