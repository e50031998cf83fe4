"""Papers of other forms: old numbers, the Party's, gazette headings, laws, joint papers, stamps, translations."""

from datetime import date

import pytest

from portal.agencies.register import Register
from portal.notices.reading import Reading, read
from portal.settings import ROOT
from portal.text import join_number

HEAD = """BỘ MẪU VẬT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/2021/TT-BMV
Hà Nội, ngày 10 tháng 3 năm 2021
THÔNG TƯ
{title}
Căn cứ Luật Mẫu vật năm 2019;
Điều 1. Phạm vi
{body}

Nơi nhận:
- Như trên;
- Lưu: VT.
BỘ TRƯỞNG
Trần Văn Mẫu
"""


def paper(body: str, title: str = "Quy định về lưu giữ mẫu vật") -> str:
    return HEAD.format(body=body, title=title)


def number_of(reading: Reading) -> str:
    return join_number(
        reading.number.value if reading.number else None, reading.notation.value if reading.notation else None
    )


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load(ROOT / "content" / "register")


@pytest.mark.parametrize("written", ["327-CT", "15-TTg", "1141-TC/QĐ/CĐKT", "57-NQ/TW", "12/2003/TTLT/BTC-BYT"])
def test_numbers_of_older_forms_are_read_as_they_stand(written: str) -> None:
    found = read(paper("1. Giữ.").replace("15/2021/TT-BMV", written))
    assert number_of(found) == written
    assert found.number is not None
    assert found.number.sure


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("1 2O5 /QĐ - UBND", "1205/QĐ-UBND"),
        ("l2/Q Đ-UBND", "12/QĐ-UBND"),
        ("42/2O22/NĐ-CP", "42/2022/NĐ-CP"),
        ("22I2020/NQ-HĐND", "22/2020/NQ-HĐND"),
        ("7/TB-U8ND", "7/TB-UBND"),
    ],
)
def test_a_number_with_slips_is_put_right_where_only_one_is_possible_and_flagged(written: str, mended: str) -> None:
    found = read(paper("1. Giữ.").replace("15/2021/TT-BMV", written))
    assert number_of(found) == mended
    assert found.number is not None
    assert not found.number.sure
    assert "number" in found.doubts


def test_a_mended_number_is_sure_when_the_annex_names_the_same() -> None:
    text = paper("1. Giữ.").replace("Số: 15/2021", "Số: l5/2021")
    annex = "\nPHỤ LỤC\n(Ban hành kèm theo Thông tư số 15/2021/TT-BMV ngày 10 tháng 3 năm 2021)\n"
    assert not read(text).number.sure  # type: ignore[union-attr]
    assert read(text + annex).number.sure  # type: ignore[union-attr]


def test_a_gazette_heading_gives_number_day_and_issuer() -> None:
    found = read(
        "QUYẾT ĐỊNH\nCỦA BỘ TRƯỞNG BỘ MẪU VẬT SỐ 0625/1999/QĐ-BMV NGÀY 1 THÁNG 6 NĂM 1999\nVỀ VIỆC LẬP KHO MẪU VẬT\n\n"
        "BỘ TRƯỞNG BỘ MẪU VẬT\nCăn cứ tình hình;\nQUYẾT ĐỊNH:\nĐiều 1. Lập kho.\n"
    )
    assert number_of(found) == "0625/1999/QĐ-BMV"
    assert found.issued_on is not None
    assert found.issued_on.value == date(1999, 6, 1)
    assert found.title is not None
    assert found.title.value == "VỀ VIỆC LẬP KHO MẪU VẬT"
    assert found.issuer is not None


def test_a_law_without_a_date_line_is_of_the_day_it_was_passed() -> None:
    text = """QUỐC HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Luật số: 91/2013/QH13
LUẬT
MẪU VẬT
Quốc hội ban hành Luật Mẫu vật.
Điều 1. Phạm vi
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2014.
Luật Lưu vật số 13/2003/QH11 hết hiệu lực kể từ ngày Luật này có hiệu lực.
Luật này đã được Quốc hội khóa XIII, kỳ họp thứ 6 thông qua ngày 29 tháng 11 năm 2013.
CHỦ TỊCH QUỐC HỘI
Nguyễn Văn Mẫu
"""
    found = read(text)
    assert found.issued_on is not None
    assert found.issued_on.value == date(2013, 11, 29)
    assert found.effective_on is not None
    assert found.effective_on.value == date(2014, 7, 1)
    assert ("repeals", "13/2003/QH11") in {(f.value.relation, f.value.number) for f in found.relations}


def test_a_party_paper_is_read() -> None:
    found = read(
        "ĐẢNG BỘ TỈNH MẪU\nHUYỆN ỦY THỬ\n*\nSố 123-TB/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nThử, ngày 3 tháng 02 năm 2020\n"
        "THÔNG BÁO\nkết luận của Ban Thường vụ\n-----\nNgày 01/02/2020, Ban Thường vụ họp.\nNơi nhận:\n- Các chi bộ,\n"
        "- Lưu VPHU.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\nNguyễn Văn Mẫu\n"
    )
    assert number_of(found) == "123-TB/HU"
    assert found.issuer is not None
    assert found.issuer.value.name.startswith("Huyện ủy")
    assert found.signer is not None
    signer = found.signer.value
    assert (signer.position, signer.on_behalf, signer.authority) == ("Phó Bí thư Thường trực", "TM.", "Ban Thường vụ")


def test_a_joint_circular_has_two_signers(register: Register) -> None:
    text = (
        paper("1. Giữ.")
        .replace("BỘ MẪU VẬT\n", "BỘ TÀI CHÍNH - BỘ Y TẾ\n")
        .replace("THÔNG TƯ\n", "THÔNG TƯ LIÊN TỊCH\n")
    )
    text = text.replace("15/2021/TT-BMV", "15/2011/TTLT-BTC-BYT").replace("năm 2021", "năm 2011")
    text = text.replace(
        "BỘ TRƯỞNG\nTrần Văn Mẫu",
        "KT. BỘ TRƯỞNG BỘ Y TẾ\nTHỨ TRƯỞNG\nLê Văn Mẫu\nKT. BỘ TRƯỞNG BỘ TÀI CHÍNH\nTHỨ TRƯỞNG\nTrần Văn Mẫu",
    )
    found = read(text, resolve=register.resolve)
    assert found.issuer is not None
    assert [found.issuer.value.name, *(f.value.name for f in found.joint_issuers)] == ["Bộ Tài chính", "Bộ Y tế"]
    assert found.signer is not None
    assert [found.signer.value.name, *(f.value.name for f in found.joint_signers)] == ["Lê Văn Mẫu", "Trần Văn Mẫu"]


def test_stamps_above_the_header_are_no_agency_and_no_number() -> None:
    found = read("CÔNG VĂN ĐẾN\nSố: 3456\nNgày: 15/8/2022\n" + paper("1. Giữ."))
    assert number_of(found) == "15/2021/TT-BMV"
    assert found.issuer is not None
    assert found.issuer.value.name == "Bộ Mẫu vật"


@pytest.mark.parametrize(
    ("mark", "slug"), [("MẬT", "mat"), ("TỐI MẬT", "toi-mat"), ("TUYỆT MẬT", "tuyet-mat"), ("TỐI MÂT", "toi-mat")]
)
@pytest.mark.parametrize("place", ["above", "cell", "beside"])
def test_a_secrecy_stamp_is_found_wherever_it_stands_in_the_header(mark: str, slug: str, place: str) -> None:
    text = {
        "above": f"{mark}\n" + paper("1. Giữ."),
        "cell": paper("1. Giữ.").replace("BỘ MẪU VẬT\n", f"BỘ MẪU VẬT\t{mark}\n"),
        "beside": paper("1. Giữ.").replace("Số: 15", f"{mark}\nSố: 15"),
    }[place]
    found = read(text)
    assert found.secrecy is not None
    assert found.secrecy.value == slug


def test_words_about_secrets_are_no_secrecy_stamp() -> None:
    text = paper("Tài liệu mật, tối mật do đơn vị giữ.\nDANH MỤC BÍ MẬT NHÀ NƯỚC", "BAN HÀNH DANH MỤC BÍ MẬT, BẢO MẬT")
    assert read(text).secrecy is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Thông tư này có hiệu lực thi hành kể từ ngày ký ban hành.", date(2021, 3, 10)),
        ("Thông tư này có hiệu lực thi hành sau 45 ngày, kể từ ngày ký ban hành.", date(2021, 4, 24)),
        ("Thông tư này có hiệu lực sau 45 (bốn mươi lăm) ngày kể từ ngày ký.", date(2021, 4, 24)),
        (
            "Thông tư này có hiệu lực từ 01-5-2021 và thay thế Thông tư số 1/2010/TT-BMV ngày 02/02/2010.",
            date(2021, 5, 1),
        ),
        ("Thông tư này có hiệu lực thi hành sau 15 ngày kể từ ngày đăng Công báo.", None),
        ("Thông tư số 9/2020/TT-BMV có hiệu lực từ ngày 01 tháng 5 năm 2020.", None),
    ],
)
def test_the_day_of_effect_comes_from_its_own_article(words: str, day: date | None) -> None:
    found = read(paper(f"Điều 2. Hiệu lực\n{words}"))
    assert (found.effective_on.value if found.effective_on else None) == day


def test_a_day_of_effect_that_counts_from_publication_is_left_to_a_person() -> None:
    found = read(paper("Điều 2. Hiệu lực\nThông tư này có hiệu lực sau 15 ngày kể từ ngày đăng Công báo."))
    assert "effective_on" in found.doubts


def test_a_day_of_effect_counted_from_an_unsure_day_is_unsure() -> None:
    text = paper("Điều 2. Hiệu lực\nThông tư này có hiệu lực sau 45 ngày kể từ ngày ký.").replace("ngày 10", "ngày 1O")
    found = read(text)
    assert found.effective_on is not None
    assert not found.effective_on.sure


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Bãi bỏ Điều 5, khoản 2 Điều 7 của Thông tư số 3/2018/TT-BMV.",
            ("repeals", "3/2018/TT-BMV", "Điều 5, khoản 2 Điều 7"),
        ),
        ("Bãi bỏ một phần Thông tư số 3/2018/TT-BMV.", ("repeals", "3/2018/TT-BMV", "một phần")),
        ("Thông tư này thay thế Thông tư số 3/2018/TT-BMV.", ("replaces", "3/2018/TT-BMV", None)),
        (
            "Thông tư số 3/2018/TT-BMV hết hiệu lực kể từ ngày Thông tư này có hiệu lực.",
            ("repeals", "3/2018/TT-BMV", None),
        ),
        (
            "Bãi bỏ các văn bản sau đây:\na) Thông tư số 1/2018/TT-BMV;\nb) Thông tư số 3/2018/TT-BMV.",
            ("repeals", "3/2018/TT-BMV", None),
        ),
        ("Bãi bỏ Thông tư số 1/2018/TT-BMV và Thông tư số 3/2018/TT-BMV.", ("repeals", "3/2018/TT-BMV", None)),
        ("Bãi bỏ Luật Lưu vật số 13/2003/QH11.", ("repeals", "13/2003/QH11", None)),
    ],
)
def test_closing_articles_say_what_becomes_of_others(words: str, expected: tuple[str, str, str | None]) -> None:
    found = read(paper(f"Điều 2. Hiệu lực\n{words}"))
    assert expected in {(f.value.relation, f.value.number, f.value.scope) for f in found.relations}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Quy định chi tiết một số điều của Luật Mẫu vật năm 2019", ("guides", "")),
        ("Hướng dẫn thi hành Nghị định số 93/2020/NĐ-CP của Chính phủ", ("guides", "93/2020/NĐ-CP")),
        ("Sửa đổi, bổ sung một số điều của Thông tư số 3/2018/TT-BMV", ("amends", "3/2018/TT-BMV")),
        ("Đính chính Thông tư số 3/2018/TT-BMV", ("corrects", "3/2018/TT-BMV")),
    ],
)
def test_titles_say_what_is_guided_amended_or_corrected(title: str, expected: tuple[str, str]) -> None:
    relations = [(f.value.relation, f.value.number) for f in read(paper("1. Giữ.", title)).relations]
    assert relations[0] == expected


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("tháng 3 năm 2021", "tháng 3 năm 2091", "issued_on"),
        ("tháng 3 năm 2021", "tháng 3 năm 1931", "issued_on"),
        ("tháng 3 năm 2021", "tháng 3 năm 2019", "issued_on"),
        ("15/2021/TT-BMV", "15/2021/TT-BtV", "number"),
        ("THÔNG TƯ\n", "THÔNG BÁO\n", "type"),
    ],
)
def test_what_is_not_plausible_is_flagged(old: str, new: str, field: str) -> None:
    assert field not in read(paper("1. Giữ.")).doubts
    assert field in read(paper("1. Giữ.").replace(old, new), today=date(2026, 1, 1)).doubts


def test_an_issuer_that_the_letters_of_the_number_contradict_is_flagged(register: Register) -> None:
    text = paper("1. Giữ.").replace("BỘ MẪU VẬT", "BỘ Y TẾ").replace("TT-BMV", "TT-BTC")
    found = read(text, resolve=register.resolve)
    assert found.issuer is not None
    assert not found.issuer.sure


def test_an_agency_of_another_time_is_flagged(register: Register) -> None:
    text = paper("1. Giữ.").replace("BỘ MẪU VẬT", "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG").replace("2021", "2001")
    found = read(text, resolve=register.resolve)
    assert found.issuer is not None
    assert not found.issuer.sure


def test_a_translation_is_read_but_never_sure(register: Register) -> None:
    found = read(
        "THE MINISTRY OF FINANCE\n-------\nSOCIALIST REPUBLIC OF VIETNAM\nIndependence - Freedom - Happiness\n"
        "No. 12/2015/TT-BTC\nHanoi, January 30, 2015\nCIRCULAR\nON KEEPING SPECIMENS\nPursuant to the law;\n"
        "DEPUTY MINISTER\nTran Van Mau\n",
        resolve=register.resolve,
    )
    assert number_of(found) == "12/2015/TT-BTC"
    assert found.issued_on is not None
    assert found.issued_on.value == date(2015, 1, 30)
    assert found.issuer is not None
    assert found.issuer.value.code == "G12"
    values = (found.number, found.type, found.issued_on, found.issuer, found.signer)
    assert all(value is not None and not value.sure for value in values)


def test_a_telegrams_title_ends_before_those_it_is_sent_to() -> None:
    text = paper("1. Giữ.", "VỀ VIỆC TẬP TRUNG ỨNG PHÓ\nBỘ TRƯỞNG BỘ MẪU VẬT điện:\n- Các sở;").replace(
        "THÔNG TƯ\n", "CÔNG ĐIỆN\n"
    )
    found = read(text)
    assert found.title is not None
    assert found.title.value == "VỀ VIỆC TẬP TRUNG ỨNG PHÓ"
