"""Text in the old encodings becomes Unicode; good Unicode and other languages are never touched (C-9, E8)."""

import gzip
import json
from pathlib import Path

import once
import pytest
from hypothesis import given
from hypothesis import strategies as st
from text.legacy_encoders import encode

from portal.text import nfc
from portal.text.legacy import (
    CP1258,
    ENCODINGS,
    TCVN3,
    VIQR,
    VISCII,
    VNI,
    convert,
    encoding_of_font,
    is_capital_font,
    recognise,
    to_unicode,
)
from portal.text.syllables import is_syllable

SENTENCES = [
    "Ủy ban nhân dân tỉnh yêu cầu các sở, ngành rà soát lại quỹ đất công trước khi trời đổ mưa lớn.",
    "Hội đồng đã nghe báo cáo về tiến độ sửa chữa bảy cây cầu nhỏ và hai bến phà ở hạ lưu.",
    "Người nộp hồ sơ qua mạng được miễn một nửa lệ phí; kết quả trả trong mười ngày làm việc.",
    "Căn cứ đề nghị của Chánh Thanh tra, Giám đốc quyết định thu hồi giấy phép đã cấp sai quy định.",
    "Kỳ họp thứ chín diễn ra từ ngày 3 đến ngày 7, bế mạc lúc 16 giờ 30 phút tại hội trường lớn.",
    "Những thửa ruộng ngập úng phải được khoanh vùng, đắp bờ và bơm thoát nước ngay trong đêm.",
    "Trường hợp vắng mặt có lý do chính đáng thì uỷ quyền bằng văn bản cho người khác dự thay.",
    "Đơn vị nào chậm quyết toán sẽ bị tạm dừng cấp kinh phí quý sau, trừ khoản chi lương.",
    "Nghiêm cấm tự ý đục tường, khoét sàn, nới rộng ban công hoặc ghép hai căn hộ làm một.",
    "Bãi bỏ khoản 2 Điều 5; khoản 3 được sửa thành: “Mỗi hộ giữ một sổ theo dõi nước sạch”.",
]
PAPER = "\n".join(SENTENCES)
OTHERS = [
    "Le préfet a signé l'arrêté : les élèves du collège fermé étaient déjà placés ailleurs, où qu'ils habitent.",
    "Où êtes-vous né ? Ça s'est passé à Noël, près de l'hôtel, là où la bête dévora naïvement le maïs et l'août.",
    "The committee met on Tuesday (see note 3). Why? It's the rule: we don't vote twice a day... ok.",
    "Año nuevo: el niño pidió piñatas, ¿y tú qué quieres? Más mañana, señor; aún está lejos la estación.",
    "Die Behörde prüft größere Anträge früher; über Ausnahmen entscheidet das zuständige Büro in Köln.",
    "if (a + b) ^ c: print('e^x', o+1, u+2)  # add(1).then(foo).catch(e => d*d)",
    "10°11’00” N, 107°07’56” E; ≤ 7’,30”; 5 × 3 ± 0,5 µm – 20 ½",
    "Hà Nam, Cà Mau là hai nơi khá xa",
    "",
]


def capitals_aside(text: str) -> str:
    """TCVN3 has no capitals with marks, and its typists no others."""
    return text.casefold()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("sentence", range(len(SENTENCES)))
def test_a_paragraph_is_recognised_and_comes_back_as_it_was(encoding: str, sentence: int) -> None:
    said = SENTENCES[sentence].replace("“", '"').replace("”", '"')  # VISCII and VIQR have no others
    written = encode(said, encoding)
    assert recognise(written).encoding == encoding
    assert recognise(written).sure
    converted = to_unicode(written)
    assert capitals_aside(converted.text) == capitals_aside(said)
    assert converted.encodings == (encoding,)
    if encoding != TCVN3:
        assert converted.text == said


@pytest.mark.parametrize("encoding", [TCVN3, VNI, VISCII])
def test_a_text_that_word_shows_as_western_letters_is_recognised_too(encoding: str) -> None:
    shown = bytes(encode(PAPER.replace("“", '"').replace("”", '"'), encoding)).decode("cp1252", "surrogateescape")
    shown = "".join(chr(ord(sign) - 0xDC00) if 0xDC80 <= ord(sign) <= 0xDCFF else sign for sign in shown)
    converted = to_unicode(shown)
    assert converted.encodings == (encoding,)
    assert capitals_aside(converted.text) == capitals_aside(PAPER.replace("“", '"').replace("”", '"'))


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        (TCVN3, "Th«ng b¸o cña Uñy ban nh©n d©n §µ N½ng"),
        (VNI, "Thoâng baùo cuûa UÛy ban nhaân daân Ñaø Naüng"),
        (VIQR, "Tho^ng ba'o cu?a U?y ban nha^n da^n DDa` Na(~ng"),
    ],
)
def test_the_published_examples(encoding: str, shown: str) -> None:
    assert recognise(shown).encoding == encoding
    assert to_unicode(shown).text == "Thông báo của Ủy ban nhân dân Đà Nẵng"


@pytest.mark.parametrize("text", [*SENTENCES, PAPER, *OTHERS])
def test_unicode_and_other_languages_stay_as_they_are(text: str) -> None:
    assert recognise(text).encoding is None
    assert to_unicode(text).text == nfc(text)
    assert recognise(text.encode()).encoding is None
    assert to_unicode(text.encode()).text == nfc(text)


@given(st.text(max_size=200))
def test_any_text_with_a_vietnamese_letter_of_unicode_stays(text: str) -> None:
    assert convert(f"{text}ộ", VNI) == nfc(f"{text}ộ")
    line = f"{text}ộ".splitlines()[-1]
    assert to_unicode(line).text == nfc(line)


@given(st.binary(max_size=300))
def test_any_bytes_become_text(content: bytes) -> None:
    for encoding in (None, *ENCODINGS):
        assert isinstance(to_unicode(content, encoding).text, str)


def test_western_text_in_eight_bits_is_read_as_that() -> None:
    said = OTHERS[0]
    converted = to_unicode(said.encode("cp1252"))
    assert (converted.text, converted.encodings) == (said, ())


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("Uñy ban nh©n d©n QUËN 3", "Ủy ban nhân dân QUẬN 3"),
    ],
)
def test_tcvn3_capitals_are_told_by_the_plain_letters_about_them(shown: str, said: str) -> None:
    assert convert(shown, TCVN3) == said


def test_a_font_of_capitals_makes_capitals() -> None:
    assert convert("céng hoµ x· héi", TCVN3, capitals=True) == "CỘNG HOÀ XÃ HỘI"


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", TCVN3, False),
        (".VnTimeH", TCVN3, True),
        ("ABCDEF+.VnArialH,Bold", TCVN3, True),
        ("VnTimeH", TCVN3, True),
        ("VNI-Times", VNI, False),
        ("VNI-Helve-Condense", VNI, False),
        ("VI Times", VISCII, False),
        ("Times New Roman", None, False),
        ("UVNThoiDaiH", None, False),
        ("Vnmese Gothic", None, False),
        ("", None, False),
    ],
)
def test_a_font_tells_its_encoding(font: str, encoding: str | None, capitals: bool) -> None:
    assert (encoding_of_font(font), is_capital_font(font)) == (encoding, capitals)


def test_encodings_mixed_in_one_file_are_recognised_paragraph_by_paragraph() -> None:
    parts = [encode(SENTENCES[0], TCVN3), encode(SENTENCES[1], VNI), encode(SENTENCES[2], TCVN3)]
    converted = to_unicode(b"\n".join(bytes(part) for part in parts))
    assert converted.encodings == (TCVN3, VNI)
    assert capitals_aside(converted.text) == capitals_aside("\n".join(SENTENCES[:3]))


def test_a_line_that_says_little_is_read_like_the_text_about_it() -> None:
    content = bytes(encode(PAPER, TCVN3)) + b"\n" + bytes(encode("hộ", TCVN3))
    assert to_unicode(content).text.endswith("\nhộ")


def test_when_little_speaks_for_it_nobody_is_sure() -> None:
    recognised = recognise(bytes(encode("cửa hàng", TCVN3)))
    assert not recognised.sure
    assert TCVN3 in recognised.candidates


def test_what_a_person_chose_is_not_questioned() -> None:
    content = bytes(encode(SENTENCES[3], VNI))
    assert to_unicode(content, VNI).text == SENTENCES[3]
    assert to_unicode(content, TCVN3).encodings == (TCVN3,)


def test_code_page_1258_puts_its_marks_onto_the_letters() -> None:
    assert convert(bytes(encode("Tiếng Việt đẹp", CP1258)).decode("latin-1"), CP1258) == "Tiếng Việt đẹp"


def test_viqr_knows_a_full_stop_from_a_dot_below() -> None:
    assert convert("Bo^. No^.i vu. ra the^? le^..", VIQR) == "Bộ Nội vụ ra thể lệ."
    assert convert("Ai ddi?", VIQR) == "Ai đi?"
    assert convert(r"thu+ vie^.n la\. Ddi", VIQR) == "thư viện la. Đi"


@pytest.mark.parametrize("word", ["nghiêng", "QUYẾT", "giữ", "gì", "thuở", "khoẻ", "khỏe", "ý", "đoàn", "xoong"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ñng", "hét̀", "cộp̀", "làs", "ẳb", "zô", "thễg", "á́"])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


EVERY = 1 if once.RUN_ALL else 10


@pytest.mark.unmeasured
def test_no_body_of_the_real_documents_is_taken_for_legacy(shared: Path) -> None:
    """One in ten of them; all with `PORTAL_TEST_ALL=1`."""
    wrong, seen = [], 0
    for name in ("legal", "administrative-2025"):
        with gzip.open(shared / "data" / "documents" / f"{name}.jsonl.gz") as rows:
            for row in rows:
                seen += 1
                if seen % EVERY:
                    continue
                body = json.loads(row)["body"] or ""
                if recognise(body).encoding is not None:
                    wrong.append(body[:80])
    assert seen == 4243
    assert wrong == []
