"""The two founding notices and the 238 everyday papers of 2025, read as they came (E1, E2)."""

import gzip
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.notices import types
from portal.notices.reading import Found, Reading, read
from portal.text import join_number, number_key

SURE_RIGHT, SURE_WRONG, DOUBTED, UNKNOWN = "sure and right", "sure but wrong", "doubted", "unknown"


def seed(shared: Path, number: int) -> Reading:
    return read(sorted((shared / "data/seeds").glob("*.txt"))[number].read_text(encoding="utf-8"))


def values(found: tuple[Found[Any], ...]) -> list[Any]:
    return [f.value for f in found]


def test_the_first_founding_notice_reads_whole(shared: Path) -> None:
    found = seed(shared, 0)
    data = found.as_data()
    expected = {"number": "249", "notation": "TB-VPCP", "type": "thong-bao", "place": "Hà Nội"}
    assert {name: data[name] for name in expected} == expected
    assert data["issuer"]["name"] == "Văn phòng Chính phủ"
    assert data["issued_on"] == "2014-07-01"
    assert data["meeting_on"] == "2014-06-26"
    assert data["effective_on"] is None
    assert len(data["recipients"]) == 10
    assert all(row["purpose"] is None for row in data["recipients"])
    assert data["archive_line"] == "Lưu: VT, KGVX(3)"
    assert data["title"].startswith("KẾT LUẬN CỦA THỦ TƯỚNG CHÍNH PHỦ")
    assert set(data["doubts"]) == {"signer"}


def test_the_second_founding_notice_leaves_open_what_it_does_not_say(shared: Path) -> None:
    found = seed(shared, 1)
    assert found.number is None
    assert found.notation is None
    assert found.issued_on is None
    assert found.issuer is None
    assert {"number", "issued_on", "issuer", "signer"} <= found.doubts.keys()
    assert found.meeting_on is not None
    assert found.meeting_on.value == date(2014, 8, 4)
    assert [row.purpose for row in values(found.recipients)] == ["để b/c", "để b/c", None, None, None]
    assert found.archive_line is not None
    assert found.archive_line.value == "Lưu: VT, KGVX(3).HMT.31"


@pytest.mark.parametrize("number", [0, 1])
def test_the_body_ends_with_its_sign_before_the_recipients(shared: Path, number: int) -> None:
    text = sorted((shared / "data/seeds").glob("*.txt"))[number].read_text(encoding="utf-8")
    body = read(text).body
    assert text[body.start : body.end].startswith("Ngày ")
    assert text[body.start : body.end].endswith("thực hiện./.")


def verdict(found: Found[Any] | None, *, right: bool) -> str:
    if found is None:
        return UNKNOWN
    if not found.sure:
        return DOUBTED
    return SURE_RIGHT if right else SURE_WRONG


def score(rows: list[dict[str, Any]]) -> dict[str, Counter[str]]:
    """For each field how many of the rows that state it were read how."""
    scores: dict[str, Counter[str]] = {"number": Counter(), "type": Counter(), "issued_on": Counter()}
    for row in rows:
        found = read(row["body"])
        if row["number"]:
            notation = found.notation.value if found.notation else None
            whole = join_number(found.number.value if found.number else None, notation)
            scores["number"][verdict(found.number, right=number_key(whole) == number_key(row["number"]))] += 1
        type_ = types.by_name(row["type"] or "")
        if type_:
            right = found.type is not None and found.type.value == type_.slug
            scores["type"][verdict(found.type, right=right)] += 1
        if row["issued_on"]:
            right = found.issued_on is not None and found.issued_on.value.isoformat() == row["issued_on"]
            scores["issued_on"][verdict(found.issued_on, right=right)] += 1
    return scores


def test_papers_with_a_header_are_read_right_and_never_wrong_though_sure(shared: Path) -> None:
    """Of the papers that bring their header at least 97 % right; of all papers at most 1 % wrong though sure."""
    with gzip.open(shared / "data/documents/administrative-2025.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    with_header = [row for row in rows if "\nSố" in row["body"][:6000]]
    assert len(with_header) > 200
    for field, counts in score(with_header).items():
        assert counts[SURE_RIGHT] >= 0.97 * counts.total(), (field, counts)
    for field, counts in score(rows).items():
        assert counts[SURE_WRONG] <= 0.01 * counts.total(), (field, counts)
