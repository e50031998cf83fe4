"""`portal notices read`: papers as JSON without any instance, and the table of scores."""

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from portal.cli import root

PAPER = """SỞ Y TẾ MẪU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/TB-SYT
Lâm Đồng, ngày 9 tháng 10 năm 2023
THÔNG BÁO
Về lịch trực
1. Trực từ 7 giờ.
Nơi nhận:
- Các phòng (để thực hiện);
- Lưu: VT.
GIÁM ĐỐC
Lê Thị Hòa
"""


def portal(*arguments: object, stdin: str = "") -> Result:
    return CliRunner().invoke(root.portal, [str(one) for one in arguments], input=stdin)


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_paper_is_one_line_of_json(tmp_path: Path) -> None:
    (tmp_path / "mot.txt").write_text(PAPER, encoding="utf-8")
    result = portal("notices", "read", tmp_path / "mot.txt")
    assert result.exit_code == 0, result.output
    (told,) = objects(result)
    expected = {
        "format": "text",
        "scan": False,
        "number": "12",
        "notation": "TB-SYT",
        "full_number": "12/TB-SYT",
        "type": "Thông báo",
        "place": "Lâm Đồng",
        "issued_on": "2023-10-09",
        "title": "Về lịch trực",
        "signer": "Lê Thị Hòa",
        "signer_position": "Giám đốc",
        "recipients": [{"name": "Các phòng", "purpose": "để thực hiện"}],
        "archive_line": "Lưu: VT",
        "effective_on": None,
        "articles": 0,
    }
    assert {name: told[name] for name in expected} == expected
    assert {"issuer", "issuer_code", "legal_bases", "references", "relations", "unsure", "warnings"} <= told.keys()


def test_a_paper_may_come_from_standard_input() -> None:
    (told,) = objects(portal("notices", "read", "-", stdin=PAPER))
    assert (told["file"], told["full_number"]) == ("-", "12/TB-SYT")


def test_pretty_json_is_the_same_in_many_lines(tmp_path: Path) -> None:
    (tmp_path / "mot.txt").write_text(PAPER, encoding="utf-8")
    pretty = portal("notices", "read", "--pretty", tmp_path / "mot.txt").stdout
    assert len(pretty.splitlines()) > 10
    assert json.loads(pretty)["number"] == "12"


def test_folders_and_archives_are_walked(tmp_path: Path) -> None:
    folder = tmp_path / "lo"
    (folder / "con").mkdir(parents=True)
    (folder / "con" / "mot.txt").write_text(PAPER, encoding="utf-8")
    with zipfile.ZipFile(folder / "nen.zip", "w") as archive:
        archive.writestr("hai.txt", PAPER)
    told = objects(portal("notices", "read", folder))
    assert [one["file"] for one in told] == ["con/mot.txt", "nen.zip/hai.txt"]
    assert {one["number"] for one in told} == {"12"}


def test_a_file_that_cannot_be_read_says_why_and_the_others_are_still_read(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 hong")
    (tmp_path / "b.txt").write_text(PAPER, encoding="utf-8")
    result = portal("notices", "read", tmp_path / "a.docx", tmp_path / "khong-co.txt", tmp_path / "b.txt")
    assert result.exit_code == 1
    broken, missing, read = objects(result)
    assert broken["error"]
    assert missing["error"]
    assert read["number"] == "12"


def test_scores_are_a_table_or_json(tmp_path: Path) -> None:
    row = {"number": "12/TB-SYT", "type": "Thông báo", "issued_on": "2023-10-10", "body": PAPER}
    path = tmp_path / "rows.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    table = portal("notices", "read", "--score", path, "--show", "issued_on")
    assert table.exit_code == 0, table.output
    assert "2023-10-10" in table.output
    assert "2023-10-09" in table.output
    told = json.loads(portal("notices", "read", "--score", path, "--json").stdout)
    assert told["fields"]["all"]["number"]["right"] == 1
    assert told["fields"]["all"]["issued_on"]["wrong_though_sure"] == 1


def test_a_row_without_body_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"number": "1"}\n')
    result = portal("notices", "read", "--score", path)
    assert result.exit_code == 2
    assert "rows.jsonl" in result.output
