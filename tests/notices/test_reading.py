"""Reading papers: the layouts of NĐ 30/2020 in the ways they come, and what is never invented (A3-4, A3-5, A3-8)."""

import unicodedata
from datetime import date

import pytest

from portal.notices.reading import Issuer, Reading, read
from portal.text import join_number

DECISION = """BỘ NGOẠI THƯƠNG MẪU
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: 15/QĐ-BNTM
Hà Nội, ngày 05 tháng 3 năm 2024

QUYẾT ĐỊNH
Về việc ban hành Nội quy phòng đọc của thư viện

BỘ TRƯỞNG BỘ NGOẠI THƯƠNG MẪU

Căn cứ Luật Thư viện ngày 21 tháng 11 năm 2019;
Căn cứ Nghị định số 93/2020/NĐ-CP ngày 18 tháng 8 năm 2020 của Chính phủ về thư viện;
Theo đề nghị của Chánh Văn phòng.

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Nội quy phòng đọc.
Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày 15 tháng 3 năm 2024 và thay thế Quyết định số 7/QĐ-BNTM
ngày 01 tháng 02 năm 2019.
Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- Bộ trưởng (để b/c);
- Lưu: VT, TV (12).

KT. BỘ TRƯỞNG
THỨ TRƯỞNG
(Đã ký)
Trần Văn Mẫu

PHỤ LỤC
NỘI QUY PHÒNG ĐỌC
(Ban hành kèm theo Quyết định số 15/QĐ-BNTM ngày 05 tháng 3 năm 2024)
1. Giữ yên lặng.
"""

LETTER = """\
UBND TỈNH LÂM ĐỒNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ DU LỊCH\tĐộc lập - Tự do - Hạnh phúc
-------\t---------------
Số: 88/SDL-QLLH\tLâm Đồng, ngày 9 tháng 10 năm 2023
V/v rà soát biển chỉ dẫn
tại các điểm tham quan

Kính gửi:
- Ủy ban nhân dân các xã, phường;
- Ban Quản lý hồ Mẫu.

Sở Du lịch đề nghị rà soát xong trước ngày 30 tháng 11 năm 2023./.

Nơi nhận:\tKT. GIÁM ĐỐC
- Như trên;\tPHÓ GIÁM ĐỐC
- Giám đốc (để báo cáo);
- Lưu: VT, QLLH.
\tLê Thị Hoa Mẫu
"""


def number_of(reading: Reading) -> str:
    return join_number(
        reading.number.value if reading.number else None, reading.notation.value if reading.notation else None
    )


def test_a_decision_in_the_prescribed_layout_is_read_whole() -> None:
    found = read(DECISION)
    assert number_of(found) == "15/QĐ-BNTM"
    assert found.type is not None
    assert found.type.value == "quyet-dinh"
    assert found.issuer is not None
    assert found.issuer.value == Issuer("Bộ Ngoại thương mẫu")
    assert found.place is not None
    assert found.place.value == "Hà Nội"
    assert found.issued_on is not None
    assert found.issued_on.value == date(2024, 3, 5)
    assert found.title is not None
    assert found.title.value == "Về việc ban hành Nội quy phòng đọc của thư viện"
    assert found.effective_on is not None
    assert found.effective_on.value == date(2024, 3, 15)
    assert [basis.value.split(" ngày")[0] for basis in found.legal_bases] == [
        "Căn cứ Luật Thư viện",
        "Căn cứ Nghị định số 93/2020/NĐ-CP",
    ]
    assert [(f.value.name, f.value.purpose) for f in found.recipients] == [
        ("Như Điều 3", None),
        ("Bộ trưởng", "để b/c"),
    ]
    assert found.archive_line is not None
    assert found.archive_line.value == "Lưu: VT, TV (12)"
    assert found.signer is not None
    signer = found.signer.value
    assert (signer.name, signer.position, signer.on_behalf, signer.authority) == (
        "Trần Văn Mẫu",
        "Thứ trưởng",
        "KT.",
        "Bộ trưởng",
    )
    assert {(f.value.relation, f.value.number) for f in found.relations} == {
        ("replaces", "7/QĐ-BNTM"),
        ("based_on", "93/2020/NĐ-CP"),
        ("based_on", ""),
    }


def test_body_and_annex_are_told_apart_from_header_and_foot() -> None:
    found = read(DECISION)
    body = DECISION[found.body.start : found.body.end]
    assert body.startswith("BỘ TRƯỞNG BỘ NGOẠI THƯƠNG MẪU")
    assert body.endswith("thi hành Quyết định này./.")
    assert [DECISION[s.start : s.end].split("\n", 1)[0] for s in found.annexes] == ["PHỤ LỤC"]
    assert "Nơi nhận" not in found.content(DECISION)


def test_a_letter_with_two_columns_kept_by_tabs() -> None:
    found = read(LETTER)
    assert number_of(found) == "88/SDL-QLLH"
    assert found.type is not None
    assert found.type.value == "cong-van"
    assert found.title is not None
    assert found.title.value == "V/v rà soát biển chỉ dẫn tại các điểm tham quan"
    assert found.issuer is not None
    assert found.issuer.value == Issuer("Sở Du lịch", None, "Ủy ban nhân dân tỉnh Lâm Đồng")
    assert found.issued_on is not None
    assert found.issued_on.value == date(2023, 10, 9)
    assert [f.value for f in found.addressees] == ["Ủy ban nhân dân các xã, phường", "Ban Quản lý hồ Mẫu"]
    assert [f.value.name for f in found.recipients] == ["Như trên", "Giám đốc"]
    assert found.signer is not None
    assert found.signer.value.name == "Lê Thị Hoa Mẫu"
    assert found.signer.value.position == "Phó Giám đốc"
    assert found.archive_line is not None
    assert found.archive_line.value == "Lưu: VT, QLLH"


def flattened(paper: str) -> str:
    """The whole paper on one line, as some web pages give it."""
    return " ".join(paper.replace("(Đã ký)\n", "").split())


def in_one_column_after_the_other(paper: str) -> str:
    """Motto first, then the agency: what PDF extraction makes of the two columns."""
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n"
    return motto + paper.replace(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n", ""
    )


def with_odd_spaces(paper: str) -> str:
    return paper.replace("Số: 15/QĐ-BNTM", "Số :\u00a015 / QĐ \u2013 BNTM").replace(
        "ngày 05 tháng 3 năm 2024\n\nQUYẾT", "ngày  05tháng 3\u00a0năm 2024\n\nQUYẾT"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda paper: unicodedata.normalize("NFD", paper),
        lambda paper: paper.replace("Đ", "Ð"),
        lambda paper: paper.replace("\n", "\r\n"),
        lambda paper: paper.replace("HÒA", "HOÀ").replace("BỘ NGOẠI", "\ufeffBỘ NGOẠI"),
        flattened,
        in_one_column_after_the_other,
        with_odd_spaces,
    ],
    ids=["nfd", "eth", "crlf", "bom", "one-line", "motto-first", "spaces"],
)
def test_number_type_and_date_survive_how_the_paper_came(change: object) -> None:
    paper = change(DECISION)  # type: ignore[operator]
    found = read(paper)
    assert number_of(found) == "15/QĐ-BNTM"
    assert found.type is not None
    assert found.type.value == "quyet-dinh"
    assert found.issued_on is not None
    assert found.issued_on.value == date(2024, 3, 5)
    assert found.issuer is not None
    assert found.issuer.value.name == "Bộ Ngoại thương mẫu"
    assert found.effective_on is not None
    assert found.effective_on.value == date(2024, 3, 15)


@pytest.mark.parametrize("change", [str, lambda paper: unicodedata.normalize("NFD", paper)], ids=["nfc", "nfd"])
def test_every_passage_is_what_stands_at_its_offsets(change: object) -> None:
    paper = change(DECISION)  # type: ignore[operator]
    found = read(paper)
    values = [found.number, found.type, found.issuer, found.issued_on, found.title, found.signer, found.archive_line]
    for value in [*values, *found.recipients, *found.relations, *found.legal_bases]:
        assert value is not None
        assert paper[value.start : value.end] == value.passage
        assert value.passage.strip() == value.passage


def test_a_draft_with_room_for_number_and_day_leaves_both_unknown() -> None:
    draft = DECISION.replace("Số: 15/QĐ-BNTM", "Số:        /QĐ-BNTM").replace(
        "Hà Nội, ngày 05 tháng 3 năm 2024", "Hà Nội, ngày      tháng     năm 2024"
    )
    draft = draft[: draft.index("PHỤ LỤC")]
    found = read(draft)
    assert found.number is None
    assert found.notation is not None
    assert found.notation.value == "QĐ-BNTM"
    assert found.issued_on is None
    assert found.place is not None
    assert {"number", "issued_on"} <= found.doubts.keys()


def test_a_form_in_the_annex_is_not_taken_for_the_header() -> None:
    paper = """THÔNG BÁO
Về việc tiếp nhận hồ sơ

Trung tâm tiếp nhận hồ sơ từ 7 giờ 30.

Mẫu số 01
TÊN ĐƠN VỊ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 01/ĐĐK
Cần Thơ, ngày 01 tháng 01 năm 2020
"""
    found = read(paper)
    assert found.number is None
    assert found.issued_on is None
    assert found.issuer is None
    assert found.type is not None
    assert found.type.value == "thong-bao"


def test_the_day_of_other_texts_is_not_the_day_of_effect() -> None:
    paper = DECISION.replace(
        "Quyết định này có hiệu lực thi hành kể từ ngày 15 tháng 3 năm 2024 và thay thế",
        "Nghị định số 1/2020/NĐ-CP có hiệu lực từ ngày 01 tháng 5 năm 2020. Quyết định này thay thế",
    )
    assert read(paper).effective_on is None


def test_effect_from_signing_is_the_day_of_issue_and_words_in_quotation_marks_do_not_count() -> None:
    paper = DECISION.replace("kể từ ngày 15 tháng 3 năm 2024", "kể từ ngày ký")
    quoted = paper.replace(
        "Điều 1.", "Điều 1. Sửa đổi Điều 9 như sau: “Quyết định này có hiệu lực từ ngày 01 tháng 9 năm 2031.”\nĐiều 1a."
    )
    found = read(quoted)
    assert found.effective_on is not None
    assert found.effective_on.value == date(2024, 3, 5)


def test_two_different_days_of_effect_are_doubtful() -> None:
    paper = DECISION.replace(
        "Điều 3.", "Điều 2a. Quyết định này có hiệu lực từ ngày 01 tháng 4 năm 2024 đối với người dùng mới.\nĐiều 3."
    )
    found = read(paper)
    assert found.effective_on is not None
    assert not found.effective_on.sure
    assert "effective_on" in found.doubts


def test_heading_and_number_that_contradict_each_other_are_doubtful() -> None:
    found = read(DECISION.replace("QUYẾT ĐỊNH\nVề việc", "THÔNG BÁO\nVề việc"))
    assert found.type is not None
    assert found.type.value == "thong-bao"
    assert not found.type.sure
    assert "type" in found.doubts


def test_urgency_and_secrecy_marks_are_read() -> None:
    found = read(DECISION.replace("Số: 15", "HỎA TỐC\nMẬT\nSố: 15"))
    assert found.urgency is not None
    assert found.urgency.value == "hoa-toc"
    assert found.secrecy is not None
    assert found.secrecy.value == "mat"
    assert found.issuer is not None
    assert found.issuer.value.name == "Bộ Ngoại thương mẫu"


def test_a_joint_circular_has_several_issuers() -> None:
    paper = DECISION.replace("BỘ NGOẠI THƯƠNG MẪU\n-------", "BỘ Y TẾ\nBỘ TÀI CHÍNH\n-------").replace(
        "15/QĐ-BNTM\n", "15/2012/TTLT-BYT-BTC\n"
    )
    found = read(paper.replace("QUYẾT ĐỊNH\nVề", "THÔNG TƯ LIÊN TỊCH\nVề"))
    assert found.issuer is not None
    assert found.issuer.value.name == "Bộ Y tế"
    assert [f.value.name for f in found.joint_issuers] == ["Bộ Tài chính"]
    assert found.type is not None
    assert found.type.value == "thong-tu-lien-tich"


def test_titles_tell_what_is_amended() -> None:
    paper = DECISION.replace(
        "Về việc ban hành Nội quy phòng đọc của thư viện", "Sửa đổi, bổ sung một số điều của Thông tư số 3/2021/TT-BNTM"
    )
    relations = [(f.value.relation, f.value.number) for f in read(paper).relations]
    assert relations[0] == ("amends", "3/2021/TT-BNTM")


def test_an_agency_of_the_register_gets_its_name_and_code() -> None:
    class Known:
        name, code = "Bộ Ngoại thương Mẫu", "G99"

    found = read(DECISION, resolve=lambda name, on=None: Known() if "Ngoại thương" in name else None)
    assert found.issuer is not None
    assert found.issuer.value == Issuer("Bộ Ngoại thương Mẫu", "G99")
    assert found.issuer.sure


def test_an_agency_unknown_to_the_register_is_doubtful() -> None:
    found = read(DECISION, resolve=lambda name, on=None: None)
    assert found.issuer is not None
    assert not found.issuer.sure
    assert "issuer" in found.doubts


@pytest.mark.parametrize("text", ["", " \n\t ", "-----", "Xin chào", "Số: ", "Nơi nhận:", "\u0301", "THÔNG BÁO"])
def test_scraps_are_read_without_failing_or_inventing(text: str) -> None:
    found = read(text)
    assert found.number is None
    assert found.issued_on is None
    assert found.as_data()["doubts"]
