"""What is taken and what is refused, by content."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from files.samples import CONTENT_TYPES, ODF, PDF, SAMPLES, TEXT, compound, image, office, open_document, zipped

from portal import files
from portal.files import Limits
from portal.files.kinds import KINDS

Examine = Callable[..., str]


@pytest.fixture
def examine(tmp_path: Path) -> Examine:
    """`examine(name, content)` says the kind, or raises."""

    def look(name: str, content: bytes, **limits: object) -> str:
        path = tmp_path / "content"
        path.write_bytes(content)
        return files.examine(path, name, Limits(**limits)).kind.name  # type: ignore[arg-type]

    return look


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known_by_its_content(examine: Examine, kind: str) -> None:
    assert examine(*SAMPLES[kind]) == kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_extension_is_refused_and_the_person_reads_what_the_file_is(examine: Examine, kind: str) -> None:
    wrong = "pdf" if kind != "pdf" else "docx"
    if kind == "csv":
        kind = "text"  # a table is a text until its name says otherwise
    with pytest.raises(files.Mismatch) as refusal:
        examine(f"Tệp.{wrong}", SAMPLES[kind][1])
    message = refusal.value.message.interpolate()
    assert f"“.{wrong}”" in message
    assert str(KINDS[kind].label) in message
    assert f"“.{KINDS[kind].extensions[0]}”" in message


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        ("Th«ng b¸o cña Uñy ban nh©n d©n".encode("latin-1"), None),
    ],
)
def test_texts_of_old_and_new_encodings_are_texts(tmp_path: Path, content: bytes, charset: str | None) -> None:
    path = tmp_path / "content"
    path.write_bytes(content)
    found = files.examine(path, "a.txt", Limits())
    assert (found.kind.name, found.charset) == ("text", charset)


def test_a_letter_cut_in_two_by_reading_in_pieces_does_not_make_a_text_binary(examine: Examine) -> None:
    assert examine("a.txt", b"a" * 65535 + "ế".encode() * 10) == "text"


@pytest.mark.parametrize(
    "content",
    [b"\x00\x01\x02\x03", b"a" * 70_000 + b"\0", "chữ\x08".encode(), TEXT.encode("utf-16-le"), b"\xff\xfea\0\0"],
)
def test_what_is_no_text_is_refused(examine: Examine, content: bytes) -> None:
    with pytest.raises(files.KindUnknown):
        examine("a.txt", content)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"II*\x00\x08\0\0\0", "TIFF"),
        (b"\0\0\0\x18ftypheic\0\0", "HEIC"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<svg onload='alert(1)'/>", "SVG"),
        (b"<?xml version='1.0'?><edXML/>", "XML"),
        (compound("VisioDocument"), "Office"),
        (open_document(f"{ODF}.graphics"), "OpenDocument"),
    ],
)
def test_what_is_known_but_not_taken_is_named(examine: Examine, content: bytes, word: str) -> None:
    with pytest.raises(files.KindUnknown, match="Cổng không nhận") as refusal:
        examine("a.png", content)
    assert word in refusal.value.message.interpolate()


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0" + b"\0" * 200,
        b"\x7fELF\x02\x01\x01",
        b"#!/bin/sh\nrm -rf /\n",
        b"#! /usr/bin/env python\n",
        b"\xca\xfe\xba\xbe\0\0\0\x34",
        b"L\0\0\0\x01\x14\x02\0\0\0",
        b"\0asm\x01\0\0\0",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.exe"])
def test_programs_are_refused_whatever_they_are_called(examine: Examine, content: bytes, name: str) -> None:
    with pytest.raises(files.Executable):
        examine(name, content)


@pytest.mark.parametrize(
    "content",
    [
        zipped({"Cài đặt.exe": b"x"}),
        zipped({"thu.pdf.JS": b"x"}),
        zipped({"Ảnh.jpg": b"MZ\x90\0" + b"\0" * 100}),
        zipped({"trong.zip": zipped({"a.bat": b"x"})}),
        office("docx", {"word/embeddings/a.bin": b"\x7fELF\x02"}),
    ],
)
def test_programs_inside_are_refused(examine: Examine, content: bytes) -> None:
    with pytest.raises(files.Executable):
        examine("a.zip", content)


@pytest.mark.parametrize(
    "content",
    [
        office("docx", {"word/vbaProject.bin": b"x"}),
        office("xlsx", types='<O ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'),
        open_document(f"{ODF}.text", {"Basic/Standard/Module1.xml": b"<x/>"}),
        compound("WordDocument", "Macros", "VBA"),
        compound("Workbook", "_VBA_PROJECT_CUR"),
        zipped({"a.docx": office("docx", {"word/vbaProject.bin": b"x"})}),
    ],
)
def test_macros_are_refused(examine: Examine, content: bytes) -> None:
    with pytest.raises(files.Macros):
        examine("a.docx", content)


def locked(content: bytes) -> bytes:
    """The same archive, its entries marked as encrypted."""
    data = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    "content",
    [
        locked(zipped({"a.txt": b"x"})),
        compound("EncryptedPackage", "EncryptionInfo"),
        open_document(f"{ODF}.text", manifest=b"<manifest:encryption-data/>"),
    ],
)
def test_what_needs_a_password_is_refused_and_says_so(examine: Examine, content: bytes) -> None:
    with pytest.raises(files.Encrypted, match="mật khẩu"):
        examine("a.zip", content)


def test_an_archive_that_unpacks_to_far_more_than_it_holds_is_refused(examine: Examine) -> None:
    bomb = zipped({"a.txt": b"\0" * (40 * 1024 * 1024)})
    assert len(bomb) < 100_000
    with pytest.raises(files.UnpacksTooLarge):
        examine("a.zip", bomb)


def test_a_small_archive_may_pack_well(examine: Examine) -> None:
    assert examine("a.zip", zipped({"a.txt": b" " * 1_000_000})) == "zip"


def test_too_many_too_large_and_too_deep_archives_are_refused(examine: Examine) -> None:
    many = zipped({str(number): b"x" for number in range(30)})
    assert examine("a.zip", many, zip_entries=30) == "zip"
    with pytest.raises(files.UnpacksTooLarge):
        examine("a.zip", many, zip_entries=29)
    with pytest.raises(files.UnpacksTooLarge):
        examine("a.zip", many, zip_unpacked=29)
    inner = PDF
    for _depth in range(3):
        inner = zipped({"a.zip": inner})
    assert examine("a.zip", inner) == "zip"
    with pytest.raises(files.UnpacksTooLarge):
        examine("a.zip", zipped({"a.zip": inner}))


def test_sizes_inside_inner_archives_count_too(examine: Examine) -> None:
    inner = zipped({"a.txt": b"x" * 1000})
    content = zipped({f"{number}.zip": inner for number in range(5)})
    assert examine("a.zip", content, zip_unpacked=5 * (len(inner) + 1000)) == "zip"
    with pytest.raises(files.UnpacksTooLarge):
        examine("a.zip", content, zip_unpacked=5 * (len(inner) + 1000) - 1)


def test_a_list_of_entries_that_would_fill_the_memory_is_refused_unread(examine: Examine) -> None:
    content = zipped({"a.txt": b"x"})
    end = bytearray(content)
    struct.pack_into("<I", end, end.rfind(b"PK\x05\x06") + 12, 900_000_000)
    with pytest.raises(files.UnpacksTooLarge):
        examine("a.zip", bytes(end))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\a.txt", "a\\..\\..\\b.txt"])
def test_entries_that_point_outside_are_refused(examine: Examine, name: str) -> None:
    with pytest.raises(files.Damaged):
        examine("a.zip", zipped({name: b"x"}))


def test_an_odd_packing_method_is_refused(examine: Examine) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", b"x" * 100)
    with pytest.raises(files.KindUnknown) as refusal:
        examine("a.zip", out.getvalue())
    assert "ZIP" in refusal.value.message.interpolate()


@pytest.mark.parametrize(
    "content",
    [
        SAMPLES["zip"][1][:-30],
        SAMPLES["docx"][1][:100],
        b"PK\x03\x04" + b"\0" * 100,
        SAMPLES["doc"][1][:600],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
        SAMPLES["png"][1][:20],
        b"\xff\xd8\xff\xe0" + b"\0" * 40,
    ],
    ids=["zip cut", "docx cut", "zip head only", "doc cut", "doc head only", "png cut", "jpeg head only"],
)
def test_damaged_files_are_refused(examine: Examine, content: bytes) -> None:
    with pytest.raises(files.Damaged):
        examine("a.png" if content[:1] in (b"\x89",) else "a.jpg" if content[:1] == b"\xff" else "a.zip", content)


def test_a_compound_file_that_runs_in_a_circle_is_refused(examine: Examine) -> None:
    data = bytearray(SAMPLES["doc"][1])
    struct.pack_into("<I", data, 512 + 4, 1)  # the directory's first sector follows itself
    with pytest.raises(files.Damaged):
        examine("a.doc", bytes(data))


def test_an_image_of_too_many_pixels_is_refused(examine: Examine) -> None:
    assert examine("a.png", image("PNG", (100, 50)), pixels=5000) == "png"
    with pytest.raises(files.ImageTooLarge):
        examine("a.png", image("PNG", (100, 51)), pixels=5000)
    huge = bytearray(image("PNG"))
    struct.pack_into(">II", huge, 16, 60_000, 60_000)
    with pytest.raises((files.ImageTooLarge, files.Damaged)):
        examine("a.png", bytes(huge))


def test_a_place_may_take_fewer_kinds(examine: Examine) -> None:
    only_images = frozenset({"png", "jpeg"})
    assert examine(*SAMPLES["png"], kinds=only_images) == "png"
    with pytest.raises(files.KindNotAllowed) as refusal:
        examine(*SAMPLES["pdf"], kinds=only_images)
    assert ".jpg, .png" in refusal.value.message.interpolate()


def test_a_document_without_its_main_part_is_only_a_zip(examine: Examine) -> None:
    with pytest.raises(files.Mismatch, match="thực ra"):
        examine("a.docx", zipped({CONTENT_TYPES: b"<Types/>"}))


def test_real_documents_are_known(shared: Path) -> None:
    found = {
        path.suffix: files.examine(path, path.name, Limits()).kind.name
        for pattern in ("*.doc", "*.pdf")
        for path in (shared / "data").rglob(pattern)
    }
    assert found == {".doc": "doc", ".pdf": "pdf"}
