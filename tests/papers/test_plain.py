"""Plain text comes through in whatever encoding it was saved, with its lines as they stand."""

from pathlib import Path

import pytest
from text.legacy_encoders import encode

from portal.papers import FormatUnknown, Options, Paper, Remarks, TooLong
from portal.papers.readers import plain
from portal.text.legacy import TCVN3, VISCII, VNI

TEXT = "Thông báo nghỉ lễ\n\nCác phòng cử người trực, ghi sổ\nđầy đủ và bàn giao trước bảy giờ tối."
CODECS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


def read(folder: Path, content: bytes, **options: object) -> Paper:
    path = folder / "van-ban.txt"
    path.write_bytes(content)
    return plain.read(path, path.name, options=Options(**options))  # type: ignore[arg-type]


def codes(paper: Paper) -> list[str]:
    return [remark.code for remark in paper.remarks]


@pytest.mark.parametrize("codec", CODECS)
def test_every_form_of_unicode_is_read(tmp_path: Path, codec: str) -> None:
    paper = read(tmp_path, TEXT.replace("\n", "\r\n").encode(codec))
    assert (paper.text, paper.encoding, codes(paper)) == (TEXT, None, [])


def test_a_line_is_a_block_and_says_that_it_has_no_other_structure(tmp_path: Path) -> None:
    paper = read(tmp_path, "Một < hai\n\n  Ba  ".encode())
    assert [(paper.text[b.start : b.end], b.html) for b in paper.blocks] == [
        ("Một < hai", "<p>Một &lt; hai</p>"),
        ("  Ba  ", "<p>Ba</p>"),
    ]
    assert not paper.has_structure


@pytest.mark.parametrize("encoding", [TCVN3, VNI, VISCII])
def test_a_legacy_encoding_is_converted_and_named(tmp_path: Path, encoding: str) -> None:
    paper = read(tmp_path, bytes(encode(TEXT, encoding)))
    assert (paper.text, paper.encoding, paper.encodings) == (TEXT, encoding, ())
    assert codes(paper) == [Remarks.ENCODING_CONVERTED]


def test_when_it_is_not_certain_the_candidates_are_named(tmp_path: Path) -> None:
    content = bytes(encode("cửa hàng", TCVN3))
    paper = read(tmp_path, content)
    assert TCVN3 in paper.encodings
    assert Remarks.ENCODING_UNSURE in codes(paper)
    assert read(tmp_path, content, encoding=TCVN3).text == "cửa hàng"
    assert read(tmp_path, content, encoding=TCVN3).encodings == ()


def test_unicode_and_legacy_paragraphs_in_one_file(tmp_path: Path) -> None:
    first, third = "Thông báo nghỉ lễ", "Tổ bảo vệ đổi ca."
    second = "Kho lưu trữ mở cửa cả thứ bảy và sáng chủ nhật."
    content = b"\n".join([first.encode(), bytes(encode(second, VNI)), third.encode()])
    paper = read(tmp_path, content)
    assert paper.text == "\n".join([first, second, third])
    assert paper.encoding == VNI


def test_utf8_with_a_broken_place_is_still_utf8(tmp_path: Path) -> None:
    content = TEXT.encode().replace("lễ".encode(), "lễ".encode()[:-1])
    paper = read(tmp_path, content)
    assert paper.text == TEXT.replace("lễ", "l\ufffd")
    assert codes(paper) == [Remarks.CHARACTERS_LOST]


@pytest.mark.parametrize("content", [b" \r\n\t\n", "\ufeff".encode(), b"\n"])
def test_a_file_without_words_says_so(tmp_path: Path, content: bytes) -> None:
    paper = read(tmp_path, content)
    assert codes(paper) == [Remarks.EMPTY]
    assert paper.blocks == ()


def test_too_long_a_text_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    with pytest.raises(TooLong, match="quá 1000 ký tự"):
        read(tmp_path, b"a" * 1001, max_text=1000)
    with pytest.raises(TooLong):
        read(tmp_path, b"a" * 5000, max_text=1000)


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 50, bytes(range(256)), b"\xff\xfe\x00", b"abc\x00def\xff"])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FormatUnknown):
        read(tmp_path, content)


def test_control_characters_do_not_come_through(tmp_path: Path) -> None:
    assert read(tmp_path, "Một\x0cHai\x0bBa\x7f\x85".encode()).text == "Một\nHai\nBa"
