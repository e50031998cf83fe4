"""What scanning, stamps and running text do to a paper: read right, or shown to a person, never wrong and sure."""

import pytest

from portal.agencies.register import Register
from portal.notices.reading import Reading, read
from portal.notices.reading.people import is_usual
from portal.notices.reading.spelling import has_slip, is_impossible, names_put_right, parted, tightened
from portal.notices.reading.telling import told
from portal.settings import ROOT
from portal.text import join_number

PAPER = """ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 93/GM-UBND
Lâm Đồng, ngày 08 tháng 9 năm 2022
GIẤY MỜI
Dự buổi thử máy bơm
Các đơn vị có tên dưới đây cử người dự đúng giờ.
Đại biểu mang theo sổ tay của mình.
Nơi nhận:
- Như trên;
- Lưu: VT, KT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Hữu Hiệp
"""


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load(ROOT / "content" / "register")


def read_with(register: Register, *changes: tuple[str, str], text: str = PAPER) -> Reading:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read(text, resolve=register.resolve)


def number_of(found: Reading) -> str:
    return join_number(found.number.value if found.number else None, found.notation.value if found.notation else None)


def test_the_title_ends_where_sentences_begin(register: Register) -> None:
    found = read_with(register)
    assert found.title is not None
    assert found.title.value == "Dự buổi thử máy bơm"
    assert found.title.sure
    assert PAPER[found.body.start :].startswith("Các đơn vị có tên")


@pytest.mark.parametrize("first", ["Triển khai", "Thực hiện", "Tiếp tục", "Nhằm"])
def test_a_title_may_begin_like_a_text(register: Register, first: str) -> None:
    found = read_with(register, ("Dự buổi thử máy bơm", f"{first} việc thử máy bơm"))
    assert found.title is not None
    assert found.title.value == f"{first} việc thử máy bơm"


def test_a_title_whose_next_line_begins_like_a_sentence_is_flagged(register: Register) -> None:
    found = read_with(register, ("thử máy bơm\nCác", "thử máy bơm\nTrạm Bờ Tây của tỉnh\nCác"))
    assert found.title is not None
    assert not found.title.sure


@pytest.mark.parametrize(
    "text",
    [
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nVăn bản này nói về mẫu vật.",
        "Trang chủ\nChương I\n\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi",
        "Chương I QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi",
        "QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi",
        "Chương II\nQUYẾT ĐỊNH CẤP PHÉP\nĐiều 5. Hồ sơ",
        "Chương II MẪU VẬT\n\nĐiều 1.\nBan hành chương trình dạy vẽ.\nCHƯƠNG TRÌNH\nDẠY VẼ MẪU VẬT",
    ],
)
def test_the_heading_of_a_chapter_names_no_paper(text: str) -> None:
    found = read(text)
    assert found.type is None
    assert found.title is None


def test_references_tell_only_other_documents() -> None:
    text = "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nTheo Điều 2 và Nghị định số 15/2012/NĐ-CP.\nĐiều 2. Hồ sơ"
    assert [row["number"] for row in told(read(text), text)["references"]] == ["15/2012/NĐ-CP"]


@pytest.mark.parametrize(
    "stamp",
    [
        "ĐẾN Số: 1234 Ngày: 5/6/2019\n",
        "CÔNG VĂN ĐẾN\nSố: 7302\nNgày: 03/6/2020\n",
        "CÔNG VĂN ĐẾN\nSố: .......\nNgày: ....../..../....\nChuyển: Phòng Tổng hợp\n",
    ],
)
@pytest.mark.parametrize("before", ["ỦY BAN", "Độc lập", "Số: 93", "GIẤY MỜI", "Dự buổi"])
def test_the_stamp_of_the_receiver_is_no_part_of_the_paper(register: Register, stamp: str, before: str) -> None:
    found = read_with(register, (before, stamp + before))
    assert number_of(found) == "93/GM-UBND"
    assert found.issued_on is not None
    assert found.issued_on.value.isoformat() == "2022-09-08"
    assert found.issuer is not None
    assert found.issuer.value.name == "Ủy ban nhân dân tỉnh Lâm Đồng"
    assert found.title is not None
    assert found.title.value == "Dự buổi thử máy bơm"


@pytest.mark.parametrize(
    "written",
    [
        "CỘNG H ÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "CỘNG HÒA XÃ HỘI CH\nỦ NGHĨA VIỆT NAM",
        "CỘNGHÒA XÃ HỘI CHỦ NGHĨA VIỆT NA M",
    ],
)
def test_a_broken_motto_is_not_part_of_the_agency(register: Register, written: str) -> None:
    found = read_with(register, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", written))
    assert found.issuer is not None
    assert found.issuer.value.name == "Ủy ban nhân dân tỉnh Lâm Đồng"


@pytest.mark.parametrize("written", ["TỈNH LÂM Đ ỒNG", "TỈNH LÂMĐỒNG", "T ỈNH LÂM ĐỒNG"])
def test_an_agency_with_wrong_blanks_is_found_in_the_register_and_flagged(register: Register, written: str) -> None:
    found = read_with(register, ("TỈNH LÂM ĐỒNG", written))
    assert found.issuer is not None
    assert found.issuer.value.name == "Ủy ban nhân dân tỉnh Lâm Đồng"
    assert not found.issuer.sure


@pytest.mark.parametrize("written", ["93/GM-UB ND", "93/GM-UB\nND", "93/GM\n-UBND", "93/GM-UBN\nD", "93/GM-U BND"])
def test_a_broken_notation_is_right_or_flagged(register: Register, written: str) -> None:
    found = read_with(register, ("93/GM-UBND", written))
    assert number_of(found) == "93/GM-UBND" or (found.notation is not None and not found.notation.sure)


@pytest.mark.parametrize("written", ["9!/GM-UBND", "!/GM-UBND"])
def test_an_exclamation_mark_among_digits_is_a_one_and_flagged(register: Register, written: str) -> None:
    found = read_with(register, ("93/GM-UBND", written))
    assert number_of(found) == written.replace("!", "1")
    assert found.number is not None
    assert not found.number.sure


@pytest.mark.parametrize(
    "written",
    [
        "ngày 08 t háng 9 năm 2022",
        "ng\này 08 tháng 9 n ăm 2022",
        "ngày 08 tháng 9 nărn 2022",
        "ngày O8 tháng 9 năm 2O22",
    ],
)
def test_words_of_the_date_may_be_broken(register: Register, written: str) -> None:
    found = read_with(register, ("ngày 08 tháng 9 năm 2022", written))
    assert found.issued_on is not None
    assert found.issued_on.value.isoformat() == "2022-09-08"


@pytest.mark.parametrize(
    ("written", "place"),
    [("Lam Đồng", "Lâm Đồng"), ("Lâm  Đồng", "Lâm Đồng"), ("Lâm\nĐồng", "Đồng"), ("L âm Đồng", "Đồng")],
)
def test_a_place_with_slips_is_flagged(register: Register, written: str, place: str) -> None:
    found = read_with(register, ("Lâm Đồng, ngày", f"{written}, ngày"))
    assert found.place is None or found.place.value == place
    assert found.place is None or not found.place.sure or found.place.value == "Lâm Đồng"


@pytest.mark.parametrize("written", ["Ngu yễn Hữu Hiệp", "Nguyễn HữuHiệp", "Nguyễn Hữu Hi\nệp", "N guyễn Hữu Hiệp"])
def test_a_broken_name_is_put_together_and_flagged(register: Register, written: str) -> None:
    found = read_with(register, ("Nguyễn Hữu Hiệp", written))
    assert found.signer is not None
    assert found.signer.value.name == "Nguyễn Hữu Hiệp"
    assert not found.signer.sure


@pytest.mark.parametrize(
    "name", ["Hoàng Ngoc Hợp", "Trương Quoc Huy", "Trần Thi Mùi", "Pham Văn Khánh", "Lê Binh Định", "Phạm Vân Khánh"]
)
def test_a_name_that_lost_an_accent_is_not_usual(name: str) -> None:
    assert not is_usual(name)


@pytest.mark.parametrize(
    "name", ["Hoàng Ngọc Hợp", "Nguyễn Thanh Trúc", "Nguyen Van Binh", "Sùng A Lềnh", "Lê Minh An"]
)
def test_whole_names_and_those_without_any_accents_are_usual(name: str) -> None:
    assert is_usual(name)


def test_a_deputy_with_the_position_of_whom_he_signs_for_is_flagged(register: Register) -> None:
    found = read_with(register, ("PHÓ CHỦ TỊCH", "CHỦ TỊCH"))
    assert found.signer is not None
    assert not found.signer.sure


@pytest.mark.parametrize(
    "title", ["Về viêc dự buổi thử máy", "Dự buổi thử máy ban hànhQuy chế", "Dự buổi thử máy năm 2Ol8"]
)
def test_a_title_with_slips_is_flagged(register: Register, title: str) -> None:
    found = read_with(register, ("Dự buổi thử máy bơm", title))
    assert found.title is not None
    assert not found.title.sure or found.title.value == "Về việc dự buổi thử máy"


def test_words_are_known_to_be_impossible_without_a_dictionary() -> None:
    assert all(map(is_impossible, ["Ngoc", "Quoc", "viêc", "hànhQuy", "NGh"]))
    assert not any(map(is_impossible, ["Ngọc", "Quốc", "việc", "Hợp", "Yên"]))
    assert not has_slip("Về sử dụng Internet và phần mềm GIS năm 2022")
    assert "BỘ CÔNG THƯƠNG" in tightened("BỘ CÔNG THƯƠN G")
    assert "TỈNH QUẢNG NAM" in parted("TỈNH QUẢNGNAM")
    assert list(names_put_right("\nvăn bản này Ng ười đọc\n", 0, 24, ["Nguyễn"])) == []


def test_commissions_of_the_central_committee_bear_its_name(register: Register) -> None:
    found = read_with(
        register,
        ("ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG", "BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN TỔ CHỨC\n*"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("Số: 93/GM-UBND", "Số 93-GM/BTCTW"),
    )
    assert found.issuer is not None
    assert found.issuer.value.name == "Ban Tổ chức Trung ương"


def test_a_subject_of_the_party_needs_no_words_before_it(register: Register) -> None:
    found = read_with(
        register,
        ("93/GM-UBND", "93-CV/TU\nxin ý kiến về mẫu sổ"),
        ("GIẤY MỜI\nDự buổi thử máy bơm", "Kính gửi: Các huyện ủy"),
    )
    assert found.title is not None
    assert found.title.value == "xin ý kiến về mẫu sổ"


@pytest.mark.parametrize("broken", ["Nguyễn Hữu Ng\nhiệp", "Nguyễn Hữu\nHiệp", "Nguyễn Hữu H\niệp"])
def test_a_name_that_may_go_on_is_right_or_flagged(register: Register, broken: str) -> None:
    found = read_with(register, ("Nguyễn Hữu Hiệp", broken))
    assert found.signer is None or not found.signer.sure


def test_joint_types_have_joint_issuers(register: Register) -> None:
    found = read_with(
        register,
        ("ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG", "CHÍNH PHỦ - ỦY BAN TRUNG ƯƠNG MẶT TRẬN TỔ QUỐC VIỆT NAM"),
        ("93/GM-UBND", "3/2022/NQLT-CP-UBTWMTTQVN"),
        ("GIẤY MỜI", "NGHỊ QUYẾT LIÊN TỊCH"),
    )
    assert found.issuer is not None
    assert found.issuer.value.name == "Chính phủ"
    assert [one.value.name for one in found.joint_issuers] == ["Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"]
