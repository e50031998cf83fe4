"""`portal notices akn`."""

from pathlib import Path
from typing import Any

import pytest

from portal.notices import data as record
from portal.notices.akn import Source, from_akn, to_akn

GIVEN = {
    "type": "thong-bao",
    "number": "1",
    "notation": "TB-X",
    "issuer": "Văn phòng Chính phủ",
    "title": "Thử",
    "body": "<p>1. Lời.</p>",
}
ROW = '{"type": "Thông báo", "number": "1/TB-X", "issuer": "Văn phòng Chính phủ", "title": "Thử", "body": "1. Lời."}'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mot.akn.xml"
    path.write_bytes(to_akn(record.clean(GIVEN), Source(uid="mot", origin="vi-du.vn", address="https://vi-du.vn/1")))
    return path


def test_check_tells_each_file_and_fails_when_one_is_wrong(portal: Any, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "hai.xml"
    other.write_text("<html/>")
    assert portal("notices", "akn", "check", file).exit_code == 0
    done = portal("notices", "akn", "check", file, other)
    assert done.exit_code == 2
    assert "mot.akn.xml: đọc được" in done.output
    assert "akomaNtoso" in done.output


def test_check_validates_when_it_has_the_schema(portal: Any, file: Path, shared: Path) -> None:
    schema = shared / "standards" / "akomantoso30.xsd"
    assert "hợp lệ" in portal("notices", "akn", "check", "--schema", schema, file).output
    file.write_bytes(file.read_bytes().replace(b"<mainBody>", b"<mainBody><body/>"))
    done = portal("notices", "akn", "check", "--schema", schema, file)
    assert done.exit_code == 2
    assert "sai lược đồ" in done.output


def test_documents_go_out_and_come_in_as_drafts(ready: Path, portal: Any, tmp_path: Path, file: Path) -> None:
    rows = tmp_path / "r.jsonl"
    rows.write_text(ROW, encoding="utf-8")
    assert portal("-c", ready, "notices", "import", rows, "--as", "published").exit_code == 0
    out = tmp_path / "out"
    done = portal("-c", ready, "notices", "akn", "export", "--all", out)
    assert done.exit_code == 0, done.output
    (written,) = out.iterdir()
    assert from_akn(written.read_bytes())["title"] == "Thử"
    one = portal("-c", ready, "notices", "akn", "export", "--number", "1/TB-X", "-")
    assert one.stdout == written.read_text(encoding="utf-8")
    assert "đã có từ trước" in portal("-c", ready, "notices", "akn", "import", written).output
    first = portal("-c", ready, "notices", "akn", "import", file)
    assert first.exit_code == 0, first.output
    assert "bản nháp mới" in first.output
    assert "đã có từ trước" in portal("-c", ready, "notices", "akn", "import", file).output


def test_unknown_documents_and_unasked_ones_are_one_line(ready: Path, portal: Any, tmp_path: Path) -> None:
    missing = portal("-c", ready, "notices", "akn", "export", "--number", "9/TB-KHONG", "-")
    assert missing.exit_code == 2
    assert "9/TB-KHONG" in missing.output
    assert portal("-c", ready, "notices", "akn", "export", "--uid", "khong-co", "-").exit_code == 2
    assert "--all" in portal("-c", ready, "notices", "akn", "export", tmp_path).output
    assert portal("-c", ready, "notices", "akn", "export", "--all", "-").exit_code == 2
