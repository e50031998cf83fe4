"""Scans, stamps, passwords, broken and long files: always a paper or a clear answer."""

import random
from contextlib import suppress
from pathlib import Path

import pytest
from papers.pdf_makers import FOOT, HEAD, PAGE, Drawn, encrypted, lines, read_pdf, shown, typeset

from portal.papers.errors import EncryptedPaper, PaperError, TooLong, Unreadable
from portal.papers.paper import Paper

SHEET = "q 595 0 0 842 0 0 cm /I1 Do Q\n"
STAMP = {ord("@"): "ý", ord("~"): "ờ", ord("^"): "ở", ord("`"): "ư"}
STAMPED = ["Ng`~i k@: CONG THONG TIN", "Email: hop@thu.example", "Th~i gian k@: 09.07.2025 08:44:47 +07:00"]


def _stamp() -> str:
    return "".join(shown(text, 10, 830 - 9 * i, 7) for i, text in enumerate(STAMPED))


def test_a_scan_whose_only_text_is_the_stamp_of_signing_is_a_scan(tmp_path: Path) -> None:
    drawn = Drawn(STAMP)
    drawn.image()
    drawn.page(SHEET + _stamp()).page(SHEET)
    paper = read_pdf(drawn.save(tmp_path / "a.pdf"))
    assert paper.is_scan
    assert (paper.text, paper.blocks, paper.images, paper.pages) == ("", (), (), 2)
    assert [remark.code for remark in paper.remarks] == ["scan"]


def test_the_stamp_of_signing_is_no_text_of_a_paper_that_has_some(tmp_path: Path) -> None:
    text = "".join(shown(f"Hang chu thu {n} trong trang van ban.", 70, 700 - 20 * n) for n in range(4))
    paper = read_pdf(Drawn(STAMP).page(text + _stamp()).save(tmp_path / "a.pdf"))
    assert not paper.is_scan
    assert "ký" not in paper.text
    assert "Email" not in paper.text
    assert paper.text.startswith("Hang chu thu 0")


def test_scanned_pages_of_a_text_are_named(tmp_path: Path) -> None:
    drawn = Drawn()
    drawn.image()
    text = "".join(shown(f"Hang chu thu {n} trong trang van ban.", 70, 700 - 20 * n) for n in range(4))
    drawn.page(text).page(SHEET).page(SHEET).page(text).page(SHEET)
    paper = read_pdf(drawn.save(tmp_path / "a.pdf"))
    assert not paper.is_scan
    assert [(remark.code, remark.values) for remark in paper.remarks] == [("pages_scanned", {"pages": "2–3, 5"})]
    assert {block.page for block in paper.blocks} == {1, 4}
    assert paper.images == ()


def test_the_few_words_on_a_scanned_page_of_a_text_are_kept(tmp_path: Path) -> None:
    drawn = Drawn()
    drawn.image()
    text = "".join(shown(f"Hang chu thu {n} trong trang van ban.", 70, 700 - 20 * n) for n in range(4))
    drawn.page(text).page(SHEET + shown("PHU LUC SO DO", 200, 500))
    paper = read_pdf(drawn.save(tmp_path / "a.pdf"))
    assert lines(paper)[-1] == "PHU LUC SO DO"
    assert [remark.code for remark in paper.remarks] == ["pages_scanned"]


def test_text_recognised_from_a_scan_is_kept_and_marked(tmp_path: Path) -> None:
    drawn = Drawn()
    drawn.image()
    hidden = "".join(shown(f"chu do may nhan ra so {n} trong anh", 70, 700 - 20 * n, before="3 Tr") for n in range(4))
    paper = read_pdf(drawn.page(SHEET + hidden).save(tmp_path / "a.pdf"))
    assert not paper.is_scan
    assert paper.text.startswith("chu do may nhan ra so 0 trong anh")
    assert [(remark.code, remark.values) for remark in paper.remarks] == [("ocr_layer", {"pages": "1"})]


def test_invisible_text_without_a_picture_is_not_read(tmp_path: Path) -> None:
    hidden = shown("gia tri that la mot ty dong day nhe", 70, 600, before="3 Tr")
    paper = read_pdf(Drawn().page(shown("Gia tri la mot trieu dong.", 70, 700) + hidden).save(tmp_path / "a.pdf"))
    assert paper.text == "Gia tri la mot trieu dong."
    assert [remark.code for remark in paper.remarks] == ["hidden_text"]


def test_a_page_without_anything_is_empty_and_no_scan(tmp_path: Path) -> None:
    paper = read_pdf(Drawn().page("").save(tmp_path / "a.pdf"))
    assert not paper.is_scan
    assert [remark.code for remark in paper.remarks] == ["empty"]


def test_a_file_with_a_password_says_so(tmp_path: Path) -> None:
    source = Drawn().page(shown("Khong ai doc duoc", 70, 700)).save(tmp_path / "a.pdf")
    with pytest.raises(EncryptedPaper):
        read_pdf(encrypted(source, tmp_path / "b.pdf", owner="chu", user="khach"))


def test_a_file_locked_only_against_changes_is_read(tmp_path: Path) -> None:
    source = Drawn().page(shown("Ai cung doc duoc", 70, 700)).save(tmp_path / "a.pdf")
    assert read_pdf(encrypted(source, tmp_path / "b.pdf", owner="chu", user="")).text == "Ai cung doc duoc"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 not a pdf", b"%PDF-1.4\n%%EOF"], ids=str)
def test_what_is_no_pdf_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        read_pdf(path)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read_pdf(tmp_path / "khong-co.pdf")


def test_every_cut_and_changed_file_ends_in_a_paper_or_a_clear_answer(tmp_path: Path) -> None:
    sound = typeset(PAGE + HEAD + "Nội dung của thông báo. " * 20 + FOOT, tmp_path / "a.pdf").read_bytes()
    drawn = Drawn({1: "\u0301"})
    drawn.image()
    own = drawn.page(SHEET + shown("chu a\x01 trong", 70, 700) + "70 600 m 300 600 l S 70 600 40 40 re S").save(
        tmp_path / "b.pdf"
    )
    choice = random.Random(20250304)
    broken = tmp_path / "c.pdf"
    for content in (sound, own.read_bytes()):
        for step in range(40):
            changed = bytearray(content[: choice.randrange(len(content))] if step % 4 == 0 else content)
            for _ in range(choice.randrange(1, 30)):
                if changed:
                    changed[choice.randrange(len(changed))] = choice.randrange(256)
            broken.write_bytes(changed)
            with suppress(PaperError):
                assert isinstance(read_pdf(broken), Paper)


def test_places_beyond_all_sense_do_no_harm(tmp_path: Path) -> None:
    wild = "BT /F1 1e9 Tf 1e30 0 0 1e30 -1e38 1e38 Tm (to) Tj ET\n0 0 0 0 0 0 cm 1e38 1e38 m -1e38 5 l S\n"
    text = read_pdf(Drawn().page(shown("Van con doc duoc.", 70, 700) + wild).save(tmp_path / "a.pdf")).text
    assert "Van con doc duoc." in text


def test_more_pages_than_allowed_are_refused(tmp_path: Path) -> None:
    drawn = Drawn()
    for page in range(4):
        drawn.page(shown(f"trang {page}", 70, 700))
    path = drawn.save(tmp_path / "a.pdf")
    assert read_pdf(path, max_pages=4).pages == 4
    with pytest.raises(TooLong):
        read_pdf(path, max_pages=3)
    with pytest.raises(TooLong):
        read_pdf(path, max_text=20)


def test_five_hundred_pages_are_read_whole(tmp_path: Path) -> None:
    drawn = Drawn()
    for page in range(1, 501):
        rows = [f"Dieu {page}. Noi dung cua dieu nay nam o giua trang.", "No co hai cau ngan."]
        drawn.page(
            shown("SO TAY", 280, 815, 10)
            + "".join(shown(row, 70, 700 - 40 * i) for i, row in enumerate(rows))
            + shown(f"Trang {page}/500", 270, 25, 10)
        )
    paper = read_pdf(drawn.save(tmp_path / "a.pdf"))
    assert paper.pages == 500
    assert "SO TAY" not in paper.text
    assert "Trang" not in paper.text
    articles = [line for line in lines(paper) if line.startswith("Dieu")]
    assert articles == [f"Dieu {page}. Noi dung cua dieu nay nam o giua trang." for page in range(1, 501)]
