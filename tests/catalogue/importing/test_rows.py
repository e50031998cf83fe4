"""From a row of the national list to a record: page debris goes, the words of the source stay."""

from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from portal.catalogue.data import clean
from portal.catalogue.importing import page, procedures_in
from portal.catalogue.importing.rows import ALWAYS, PARTS, record_of, source_words, words_of

ON = date(2026, 11, 1)
PAGE = (
    "từ khóaKhông có thông tinMô tảKhông có thông tinChọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngành-- Chọn Bộ ngành --"
    "Đơn vị-- Chọn Cơ sở --Nộp hồ sơ"
)[1:]
ROW: dict[str, Any] = {
    "code": "1.234567",
    "name": "Cấp thẻ thử nghiệm.",
    "ministry": "Bộ Thử nghiệm",
    "decision_number": "Quyết định số 12 /QĐ-BTN",
    "level": "Cấp bộ, Cấp xã",
    "applicants": ["Công dân Việt Nam"],
    "implementing_agency": "Cục thử nghiệm về trật tự, xã hội, Công an tỉnh",
    "steps": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
    "channels": [{"channel": "Trực tiếp", "time_limit": "5 ngày", "fee": "Miễn phí", "description": "Miễn phí"}],
    "documents": [],
    "legal_basis": [],
    "result": f"Thẻ thử nghiệm{PAGE}",
    "result_codes": ["KQ.G15.000001"],
}


def record(**changes: Any) -> dict[str, Any]:
    return clean(record_of(ROW | changes, resolve=lambda name, on: None, field="thu-nghiem", on=ON))


def test_a_row_becomes_a_record_without_doubts() -> None:
    data = record()
    assert data["doubts"] == {}
    assert (data["code"], data["name"], data["levels"]) == ("1.234567", "Cấp thẻ thử nghiệm", ["bo", "xa"])
    assert data["decision"]["number"] == "12/QĐ-BTN"
    assert [agency["name"] for agency in data["agencies"]["implementing"]] == [
        "Cục thử nghiệm về trật tự, xã hội",
        "Công an tỉnh",
    ]
    assert data["results"] == [{"name": "Thẻ thử nghiệm", "code": "KQ.G15.000001"}]
    assert data["audiences"] == ["cong-dan"]
    assert PAGE in data["original"]["result"]


def test_keywords_and_descriptions_of_the_page_find_their_place() -> None:
    data = record(result="Thẻừ khóathẻ nhanhMô tảCấp trong ngày.Chọn cơ quan thực hiệnTỉnh/ Thành phốNộp hồ sơ")
    assert (data["also_called"], data["summary"]) == (["thẻ nhanh"], "Cấp trong ngày.")


def test_results_written_on_end_are_parted_and_get_their_letter_back() -> None:
    data = record(result=f"Văn bản chấp thuận thành lập ngân hàngăn bản không chấp thuận{PAGE}", result_codes=[])
    assert [row["name"] for row in data["results"]] == [
        "Văn bản chấp thuận thành lập ngân hàng",
        "Văn bản không chấp thuận",
    ]


def test_each_first_step_begins_a_case() -> None:
    steps = "* Trường hợp cấp mới:\n- Bước 1: Nộp đơn.\n- Bước 2. Nhận thẻ.\n* Trường hợp cấp lại:\n- Bước 1: Báo mất."
    cases = record(steps=steps)["cases"]
    assert [(case["name"], len(case["steps"])) for case in cases] == [
        ("Trường hợp cấp mới", 2),
        ("Trường hợp cấp lại", 1),
    ]


def test_lettered_lines_are_steps_and_plain_text_is_one() -> None:
    lettered = record(steps="a) Nộp hồ sơ:\n- Nộp tại quầy.\nb) Giải quyết hồ sơ:\nTrong 5 ngày.")["cases"]
    assert [step["name"] for step in lettered[0]["steps"]] == ["Nộp hồ sơ", "Giải quyết hồ sơ"]
    assert lettered[0]["steps"][0]["text"] == "<ul><li>Nộp tại quầy.</li></ul>"
    plain = record(steps="Người dân nộp hồ sơ.\n- Cơ quan trả kết quả.")["cases"]
    assert [len(case["steps"]) for case in plain] == [1]


def test_steps_that_do_not_follow_each_other_are_a_doubt() -> None:
    assert "cases" in record(steps="Bước 1: Nộp.\nBước 3: Nhận.")["doubts"]


@pytest.mark.parametrize(
    ("name", "form_file", "expected", "form_name"),
    [
        ("Tờ khai (M", "ẫu DC02)Mẫu DC02.doc", "Tờ khai (Mẫu DC02)", "Mẫu DC02.doc"),
        (
            "Đơn đề nghị theo mẫu quy địnhvăn bản đề nghị.docx",
            None,
            "Đơn đề nghị theo mẫu quy định",
            "văn bản đề nghị.docx",
        ),
        ("Phiếu thu nhận thông tin", "căn cướcMẫu CC01.doc", "Phiếu thu nhận thông tin căn cước", "Mẫu CC01.doc"),
        ("Đơn của Chủ cơ sở", '"MAU4.NCP.doc', "Đơn của Chủ cơ sở", "MAU4.NCP.doc"),
        ("Giấy tờ khác (nếu có)", None, "Giấy tờ khác (nếu có)", None),
    ],
)
def test_file_names_are_parted_from_papers(
    name: str, form_file: str | None, expected: str, form_name: str | None
) -> None:
    data = record(documents=[{"name": name, "original": 1, "copies": 0, "form_file": form_file}])
    (paper,) = data["documents"]
    assert (paper["name"], paper["form_name"]) == (expected, form_name)
    assert paper["required"] is not expected.endswith("(nếu có)")


def test_headings_among_papers_are_cases_and_sets_are_counted() -> None:
    papers = [
        {"name": "Trường hợp cấp lại:", "original": 0, "copies": 0, "form_file": None},
        {"name": "- Đơn", "original": 1, "copies": 0, "form_file": None},
        {"name": "* Số lượng hồ sơ: 02 (hai) bộ.", "original": 1, "copies": 0, "form_file": None},
    ]
    data = record(documents=papers)
    assert [(paper["name"], paper["case"]) for paper in data["documents"]] == [("Đơn", "Trường hợp cấp lại")]
    assert data["sets"] == 2


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [
        ("Luật 51/2019/QH", "1451/2019/QH14", [("51/2019/QH14", "Luật 51/2019/QH14")]),
        ("Luật Công chứng năm 20", "2446/2024/QH15", [("46/2024/QH15", "Luật Công chứng năm 2024")]),
        (
            "Luật Quản lý thuế38/2019/QH1486/2024/TT-BTC",
            "86/2024/TT-BTC",
            [("38/2019/QH14", "Luật Quản lý thuế"), ("86/2024/TT-BTC", None)],
        ),
        (
            "Về giao dịch điện tử27/2007/NĐ-CPQuy định chi tiết",
            "60/2003/NĐ-CP",
            [("27/2007/NĐ-CP", "Về giao dịch điện tử"), ("60/2003/NĐ-CP", "Quy định chi tiết")],
        ),
        ("Nghị quyết 66.7/2025/NQ-CP 66", "7/2025/NQ-CP", [("66.7/2025/NQ-CP", "Nghị quyết 66.7/2025/NQ-CP")]),
    ],
)
def test_documents_written_on_end_are_parted(title: str, number: str, expected: list[tuple[str, str | None]]) -> None:
    data = record(legal_basis=[{"title": title, "number": number}])
    assert [(row["number"], row["title"]) for row in data["legal_basis"]] == expected
    assert data["doubts"] == {}


def test_a_number_that_is_not_the_title_s_is_a_doubt() -> None:
    data = record(legal_basis=[{"title": "Nghị định số 65/2025/NĐ-CP về phí", "number": "44/2026/NĐ-CP"}])
    assert list(data["doubts"]) == ["legal_basis.0"]


def test_one_channel_twice_is_one_row_and_a_fee_in_the_description_counts() -> None:
    rows = [
        {
            "channel": "Trực tuyến",
            "time_limit": "5 ngày",
            "fee": None,
            "description": "70,000 Việt Nam Đồng(cấp lại)Nộp ở cổng.",
        },
        {
            "channel": "Trực tuyến",
            "time_limit": "9 ngày",
            "fee": None,
            "description": "70,000 Việt Nam Đồng(cấp lại)Ở quầy.",
        },
    ]
    data = record(channels=rows)
    (channel,) = data["channels"]
    assert [row["amount"] for row in channel["limits"]] == [5, 9]
    assert [(row["amount"], row["note"]) for row in channel["fees"]] == [(70_000, "cấp lại")]
    assert channel["description"] == "Nộp ở cổng.\nỞ quầy."
    assert list(data["doubts"]) == ["channels.online.limits"]


def test_free_with_a_note_about_payments_is_not_called_free() -> None:
    note = "Mức lệ phí do Hội đồng nhân dân cấp tỉnh quyết định"
    data = record(
        channels=[{"channel": "Trực tiếp", "time_limit": "1", "fee": "Miễn phí", "description": f"Miễn phí({note})"}]
    )
    (fee,) = data["channels"][0]["fees"]
    assert (fee["amount"], fee["text"], fee["note"]) == (None, "Miễn phí", note)
    assert set(data["doubts"]) == {"channels.direct.fees", "channels.direct.limits"}


def test_no_word_of_the_national_list_is_lost_and_no_debris_is_left(shared: Path) -> None:
    """Every fifth of the 1,416 rows."""
    sources = list(procedures_in([shared / "data" / "procedures" / "procedures.jsonl.gz"]))
    assert len(sources) > 1000
    for source in sources[::5]:
        given = record_of(source.row, resolve=lambda name, on: None, field=None, on=ON)
        data = clean(given)
        for name, parts in PARTS.items():
            missing = source_words(source.row, name) - words_of([data[part] for part in parts])
            assert not missing or name in data["original"], (source.source_id, name, missing)
        assert all(name in data["original"] for name in ALWAYS if source.row.get(name))
        said = orjson.dumps(
            {part: value for part, value in data.items() if part not in ("original", "doubts")}
        ).decode()
        assert not [words for words in page.DEBRIS if words in said], source.source_id
