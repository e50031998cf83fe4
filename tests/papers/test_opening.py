"""Whatever file comes: a paper, or an error in words, within bounded time and memory (the bad input of the issue)."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from files.samples import compound, image, office, zipped
from text.legacy_encoders import encode

from portal import files
from portal.papers import (
    Bounds,
    EncryptedPaper,
    FormatUnknown,
    Limits,
    Paper,
    PaperError,
    Remarks,
    TooLong,
    Unreadable,
    read,
)
from portal.papers.isolation import MB
from portal.settings import Settings
from portal.text.legacy import TCVN3, VNI

SAID = "Thông báo lịch cắt nước sinh hoạt tại khu tập thể"
QUICK = Limits(bounds=Bounds(seconds=30, memory=1024 * MB))


def paper_of(folder: Path, name: str, content: bytes, **kw: object) -> Paper:
    path = folder / "tep"
    path.write_bytes(content)
    return read(path, name, limits=QUICK, **kw)  # type: ignore[arg-type]


def codes(paper: Paper) -> list[str]:
    return [remark.code for remark in paper.remarks]


def test_a_text_and_a_page_are_read(tmp_path: Path) -> None:
    assert paper_of(tmp_path, "a.txt", SAID.encode()).text == SAID
    page = paper_of(tmp_path, "a.html", f"<p>{SAID}</p>".encode())
    assert (page.format, page.text, page.has_structure) == ("html", SAID, True)


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a.pdf", "a.html", "a", "a.txt.bak"])
def test_a_lying_extension_does_not_matter_and_is_told(tmp_path: Path, name: str) -> None:
    paper = paper_of(tmp_path, name, SAID.encode())
    assert (paper.name, paper.format, paper.text) == (name, "text", SAID)
    assert codes(paper) == [Remarks.KIND_DIFFERS]


def test_a_web_page_called_doc_is_read_as_a_page(tmp_path: Path) -> None:
    paper = paper_of(tmp_path, "a.doc", f"<html><body><b>{SAID}</b></body></html>".encode())
    assert (paper.format, paper.text, codes(paper)) == ("html", SAID, [Remarks.KIND_DIFFERS])


def test_a_large_text_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    content = bytes(encode(f"{SAID}\n", TCVN3)) * 30_000
    assert len(content) > MB
    paper = paper_of(tmp_path, "a.txt", content)
    assert (paper.encoding, paper.text.count(SAID)) == (TCVN3, 30_000)


def test_fifty_megabytes_of_text_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(TooLong, match="Hãy tách"):
        paper_of(tmp_path, "a.txt", f"{SAID}\n".encode() * (50 * MB // len(f"{SAID}\n".encode())))


def test_more_than_a_file_may_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(files.TooLarge):
        read(_written(tmp_path, b"a" * 2000), "a.txt", limits=Limits(size=1000))


def test_an_empty_file_is_refused_and_one_without_words_says_so(tmp_path: Path) -> None:
    with pytest.raises(files.Empty):
        paper_of(tmp_path, "a.docx", b"")
    assert Remarks.EMPTY in codes(paper_of(tmp_path, "a.txt", b"  \n"))
    assert Remarks.EMPTY in codes(paper_of(tmp_path, "a.html", b"<html><body></body></html>"))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"MZ" + b"\0" * 100, files.Executable),
        (b"\x7fELF" + b"\0" * 100, files.Executable),
        (b"#!/bin/sh\necho", files.Executable),
        (office("docx", {"word/vbaProject.bin": b"x"}), files.Macros),
        (office("docx", types="<x macroEnabled='1'/>"), files.Macros),
        (compound("WordDocument", "Macros"), files.Macros),
        (compound("EncryptedPackage"), EncryptedPaper),
        (compound("WordDocument")[:600], PaperError),
        (office("xlsx"), FormatUnknown),
        (office("pptx"), FormatUnknown),
        (image("PNG"), FormatUnknown),
        (b"Rar!\x1a\x07" + b"\0" * 50, files.KindUnknown),
        (b"<?xml version='1.0'?><kho/>", files.KindUnknown),
        (b"\0\1\2\3" * 30, files.KindUnknown),
        (b"PK\x03\x04" + b"\0" * 50, files.Damaged),
        (office("docx"), PaperError),
        (office("docx")[:-30], files.Damaged),
        (b"%PDF-1.7\n" + b"\0" * 50, PaperError),
        (b"%PDF-1.7\n%%EOF", PaperError),
        (zipped({"a.txt": b"x"}), FormatUnknown),
    ],
)
@pytest.mark.parametrize("name", ["a.docx", "a.doc", "a.pdf", "a.txt"])
def test_what_is_not_taken_says_why(tmp_path: Path, name: str, content: bytes, error: type[Exception]) -> None:
    expected = (error, FormatUnknown) if name == "a.txt" and error is files.KindUnknown else error
    with pytest.raises((PaperError, files.FileRefused)) as caught:
        paper_of(tmp_path, name, content)
    if error is not PaperError:
        assert isinstance(caught.value, expected)
    assert len(str(caught.value)) > 20


def test_a_docx_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises((files.UnpacksTooLarge, PaperError)):
        paper_of(tmp_path, "a.docx", office("docx", {"word/media/a.png": b"\0" * (60 * MB)}))
    document = b"<w:document>" + b" " * (100 * MB)
    with pytest.raises((files.UnpacksTooLarge, PaperError)):
        paper_of(tmp_path, "a.docx", office("docx", {"word/document2.xml": document}))


def _docx(document: str) -> bytes:
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        '"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.'
        'main+xml"/></Types>'
    )
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="word/document.xml"/></Relationships>'
    )
    return zipped(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relations.encode(),
            "word/document.xml": document.encode(),
        }
    )


def _document(body: str, before: str = "") -> str:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'


def _said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_the_smallest_word_file_is_read_under_any_name(tmp_path: Path) -> None:
    paper = paper_of(tmp_path, "a.doc", _docx(_document(_said(SAID))))
    assert (paper.format, paper.text, codes(paper)) == ("docx", SAID, [Remarks.KIND_DIFFERS])


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:1/">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd" [<!ENTITY e "bên trong">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY e "x">]>',
    ],
)
def test_entities_of_xml_open_no_file_and_no_address(tmp_path: Path, declared: str) -> None:
    try:
        paper = paper_of(tmp_path, "a.docx", _docx(_document(_said("&e;"), declared)))
    except (PaperError, files.FileRefused):
        return
    assert "root:" not in paper.text


def test_entities_that_grow_without_end_are_stopped(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha ha"}">' for n in range(12))
    try:
        paper = paper_of(tmp_path, "a.docx", _docx(_document(_said("&l11;"), f"<!DOCTYPE x [{laughs}]>")))
    except (PaperError, files.FileRefused):
        return
    assert len(paper.text) < 10_000


def _pdf(pages: int, *, encrypt: bool = False) -> bytes:
    """A PDF without compression: every page says its number."""
    out, places = io.BytesIO(), []
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n in range(pages):
        said = f"BT /F1 12 Tf 72 700 Td (This is page number {n + 1} of the long paper.) Tj ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(said)} >>\nstream\n{said}\nendstream")
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{content}\nendobj\n".encode())
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010} 00000 n \n".encode() for place in places)
    locked = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >> "
        "/ID [<0123> <0123>]"
        if encrypt
        else ""
    )
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {locked} >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def test_five_hundred_pages_are_read(tmp_path: Path) -> None:
    paper = paper_of(tmp_path, "a.pdf", _pdf(500))
    assert paper.pages == 500
    assert "page number 500" in paper.text


def test_more_pages_than_a_reader_takes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLong, match="quá 20 trang"):
        read(_written(tmp_path, _pdf(30)), "a.pdf", limits=Limits(max_pages=20))


def test_a_locked_pdf_says_so(tmp_path: Path) -> None:
    with pytest.raises(EncryptedPaper):
        paper_of(tmp_path, "a.pdf", _pdf(1, encrypt=True))


def test_a_stream_that_inflates_without_end_stays_within_bounds(tmp_path: Path) -> None:
    packed = zlib.compress(b"\0" * (300 * MB), 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream"
    plain = _pdf(1)
    start, end = plain.index(b"<< /Length"), plain.index(b"endstream") + len(b"endstream")
    limits = Limits(bounds=Bounds(seconds=20, memory=400 * MB))
    try:
        paper = read(_written(tmp_path, plain[:start] + stream + plain[end:]), "a.pdf", limits=limits)
    except PaperError:
        return
    assert paper.text.strip() == ""


@pytest.mark.parametrize("encoding", [TCVN3, VNI])
def test_a_person_may_choose_the_encoding(tmp_path: Path, encoding: str) -> None:
    content = bytes(encode("cửa hàng", encoding))
    assert paper_of(tmp_path, "a.txt", content, encoding=encoding).text == "cửa hàng"


def test_limits_come_from_the_settings_of_the_instance() -> None:
    limits = Limits.of(Settings(max_upload=7, paper_seconds=8, paper_memory=9 * MB))
    assert (limits.size, limits.bounds) == (7, Bounds(8, 9 * MB))


def test_a_broken_word_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        paper_of(tmp_path, "a.docx", _docx("<w:document"))


def test_an_archive_with_a_lying_size_is_damaged(tmp_path: Path) -> None:
    content = bytearray(_docx(_document(_said(SAID))))
    at = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 3)  # the unpacked size that the list states of the first entry
    with pytest.raises((files.FileRefused, PaperError)):
        paper_of(tmp_path, "a.docx", bytes(content))
    assert zipfile.is_zipfile(io.BytesIO(content))


def _written(folder: Path, content: bytes) -> Path:
    path = folder / "tep"
    path.write_bytes(content)
    return path
