"""Scores of readings: what counts as right, wrong though sure, wrong and flagged, missed."""

from typing import Any

import pytest

from portal.agencies.register import Register
from portal.notices.reading import read
from portal.notices.reading.scoring import EVEN, ODD, WITH_HEADER, Score, Verdict, groups_of, half, has_header, judge
from portal.settings import ROOT

BODY = """UBND TỈNH LÂM ĐỒNG
SỞ Y TẾ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 08/QĐ-SYT
Lâm Đồng, ngày 9 tháng 10 năm 2023
QUYẾT ĐỊNH
Về việc lập tổ kiểm tra
Điều 1. Lập tổ.
Nơi nhận:
- Như trên;
- Lưu: VT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
BS. Lê Thị Hoà
"""
ROW = {
    "number": "8/QĐ-SYT",
    "type": "Quyết định",
    "issuer": "Sở Y tế",
    "issued_on": "2023-10-09",
    "signer": "Lê Thị Hòa",
}


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load(ROOT / "content" / "register")


def verdicts(register: Register, **row: Any) -> dict[str, Verdict]:
    known = ROW | {"body": BODY} | row
    reading = read(known["body"], resolve=register.resolve)
    return {case.field: case.verdict for case in judge(known, reading, name="1", identify=register.resolve)}


def test_other_spellings_of_the_same_value_are_right(register: Register) -> None:
    told = verdicts(register)
    assert set(told) == {"number", "type", "issued_on", "issuer", "signer"}
    assert set(told.values()) <= {Verdict.RIGHT, Verdict.RIGHT_FLAGGED}


@pytest.mark.parametrize(
    "issuer", ["Sở Y tế tỉnh Lâm Đồng", "Giám đốc Sở Y tế", "UBND tỉnh Lâm Đồng", "Ủy ban nhân dân tỉnh Lâm Đồng"]
)
def test_a_listing_may_name_the_agency_above_or_the_head(register: Register, issuer: str) -> None:
    assert verdicts(register, issuer=issuer)["issuer"] in (Verdict.RIGHT, Verdict.RIGHT_FLAGGED)


def test_what_differs_is_wrong_and_what_is_not_stated_is_not_counted(register: Register) -> None:
    told = verdicts(
        register, number="9/QĐ-SYT", issued_on="2023-10-10", signer=None, type="Văn bản khác", issuer="Bộ Y tế"
    )
    assert told["number"] is Verdict.WRONG_SURE
    assert told["issued_on"] is Verdict.WRONG_SURE
    assert told["issuer"] in (Verdict.WRONG_SURE, Verdict.WRONG_FLAGGED)
    assert "signer" not in told
    assert "type" not in told


def test_a_field_that_was_not_found_is_missed(register: Register) -> None:
    assert verdicts(register, body="Xin chào.")["number"] is Verdict.MISSED


def test_rows_fall_into_two_halves_that_never_change() -> None:
    assert half({"number": "1/QĐ-A", "issuer": "A"}) == half({"number": "1/QĐ-A", "issuer": "A", "body": "khác"})
    assert {half({"number": str(n), "issuer": "A"}) for n in range(20)} == {EVEN, ODD}
    assert WITH_HEADER in groups_of(ROW | {"body": BODY})
    assert WITH_HEADER not in groups_of(ROW | {"body": "Điều 1. Lập tổ."})
    assert has_header(BODY.replace("HỘI", "HỘl"))


def test_a_score_counts_each_field_and_keeps_what_is_wrong(register: Register) -> None:
    score = Score()
    for known in (ROW | {"body": BODY}, ROW | {"body": BODY, "number": "9/QĐ-SYT"}):
        reading = read(known["body"], resolve=register.resolve)
        score.add(judge(known, reading, name="1", identify=register.resolve), groups_of(known))
    figures = score.figures()["all"]["number"]
    assert (figures["n"], figures["right"], figures["wrong_though_sure"], figures["right_share"]) == (2, 1, 1, 0.5)
    assert [(case.field, case.expected, case.got) for case in score.wrong] == [("number", "9/QĐ-SYT", "08/QĐ-SYT")]
    assert score.papers["all"] == 2
