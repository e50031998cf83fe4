""".doc and .rtf through LibreOffice: what it may do, and what a person reads where it is missing."""

import os
import select
import shutil
import socket
import stat
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from portal.papers import office
from portal.papers.confinement import is_possible
from portal.papers.errors import EncryptedPaper, NeedsOffice, PaperError, TookTooLong, Unreadable
from portal.papers.office import find, to_docx
from portal.papers.options import Options
from portal.papers.readers.docx import read
from portal.settings import Settings
from portal.settings import read as read_settings

needs_office = pytest.mark.skipif(find() is None, reason="needs LibreOffice (soffice), which this machine has not")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _rtf(folder: Path, inner: str, name: str = "paper.rtf") -> Path:
    """An RTF with a body; letters beyond ASCII as RTF writes them."""
    written = "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in inner)
    path = folder / name
    path.write_text(
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times New Roman;}{\f1 .VnTime;}}\f0 " + written + "}", "ascii"
    )
    return path


def _program(folder: Path, lines: str) -> str:
    """Something that stands in the place of LibreOffice."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{lines}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def test_without_libreoffice_a_person_reads_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NeedsOffice) as told:
        to_docx(_rtf(tmp_path, "x"), tmp_path, soffice=str(tmp_path / "missing"))

    assert "LibreOffice" in str(told.value)
    assert ".docx" in str(told.value)


def test_the_settings_name_the_program(tmp_path: Path) -> None:
    program = _program(tmp_path, "exit 0")

    assert Settings().soffice == ""
    assert find(read_settings({"portal.soffice": program}).soffice) == program
    assert find(str(tmp_path / "other")) is None


def test_a_program_that_makes_nothing_leaves_an_error(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        to_docx(_rtf(tmp_path, "x"), tmp_path, soffice=_program(tmp_path, "exit 0"))


def test_at_the_deadline_everything_it_started_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = tmp_path / "started"
    monkeypatch.setattr(office, "measured", lambda: [str(tmp_path)])  # else it could not write there
    program = _program(tmp_path, f"sleep 600 & echo $! > {started}; wait")

    with pytest.raises(TookTooLong):
        to_docx(_rtf(tmp_path, "x"), tmp_path, soffice=program, seconds=1)

    assert _ends(int(started.read_text()))


def _ends(process: int) -> bool:
    """Whether it is gone, or goes within ten seconds: the kernel may take its time to carry a signal out."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 10)[0])
    finally:
        os.close(handle)


def test_a_doc_with_a_password_says_so_before_anything_is_started(tmp_path: Path) -> None:
    locked = tmp_path / "a.doc"
    locked.write_bytes(COMPOUND.ljust(512, b"\0") + b"\xec\xa5\xc1\x00" + b"\0" * 6 + b"\x00\x01" + b"\0" * 600)

    with pytest.raises(EncryptedPaper):
        to_docx(locked, tmp_path, soffice=_program(tmp_path, "exit 0"))


def test_what_is_no_office_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"MZ plain")

    with pytest.raises(Unreadable):
        to_docx(tmp_path / "a.doc", tmp_path, soffice=_program(tmp_path, "exit 0"))


@needs_office
def test_an_rtf_is_read_with_its_marks_and_old_fonts(tmp_path: Path) -> None:
    given = _rtf(tmp_path, r"Thông báo \b số 5\b0\par {\f1 H\'b5 N\'e9i}\par ")

    made = read(to_docx(given, tmp_path), "paper.rtf", options=Options())

    assert made.text == "Thông báo số 5\nHà Nội"
    assert made.encoding == "TCVN3"
    assert "<strong>số 5</strong>" in made.blocks[0].html


@needs_office
def test_a_doc_and_an_odt_are_read(tmp_path: Path) -> None:
    import subprocess

    given = _rtf(tmp_path, r"Điều 1. Phạm vi\par Điều 2. Hiệu lực\par ")
    profile = (tmp_path / "profile").as_uri()
    for kind in ("doc", "odt"):
        command = [find() or "", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", str(tmp_path), str(given)], check=True, capture_output=True, timeout=120)
        into = tmp_path / f"from-{kind}"
        into.mkdir()

        made = read(to_docx(tmp_path / f"paper.{kind}", into), "paper.doc", options=Options())

        assert made.text == "Điều 1. Phạm vi\nĐiều 2. Hiệu lực"


@needs_office
def test_several_conversions_run_at_once(tmp_path: Path) -> None:
    def convert(place: int) -> str:
        folder = tmp_path / str(place)
        folder.mkdir()
        return read(to_docx(_rtf(folder, f"Bản {place}"), folder), "a.rtf", options=Options()).text

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(convert, range(3))) == ["Bản 0", "Bản 1", "Bản 2"]


@needs_office
def test_links_to_the_network_and_to_other_files_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("BI-MAT-CUA-MAY-CHU")
    asked: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            asked.append(connection.recv(100))

    listener = threading.Thread(target=listen)
    listener.start()
    address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"

    def field(code: str) -> str:
        return rf"{{\field{{\*\fldinst {code}}}{{\fldrslt xem}}}}"

    given = _rtf(
        tmp_path,
        field(f'INCLUDEPICTURE "{address}" \\\\d') + field(f'INCLUDETEXT "{secret.as_uri()}"') + r" hết\par ",
    )
    made = read(to_docx(given, tmp_path), "a.rtf", options=Options())
    with socket.socket() as closing:
        closing.connect(server.getsockname())
        closing.sendall(b"end")
    listener.join()
    server.close()

    assert asked == [b"end"]
    assert "BI-MAT" not in made.text
    assert "hết" in made.text


@needs_office
def test_a_broken_doc_ends_in_an_answer(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(COMPOUND + b"\xff" * 4096)

    with pytest.raises(PaperError):
        to_docx(tmp_path / "a.doc", tmp_path)


@needs_office
def test_the_old_word_files_of_the_study_are_read_whole(shared: Path, tmp_path: Path) -> None:
    files = sorted((shared / "data" / "files").glob("*.doc"))
    if not files:
        pytest.skip("the study data holds no .doc files")
    for given in files:
        text = read(to_docx(shutil.copy(given, tmp_path / "a.doc"), tmp_path), given.name, options=Options()).text
        lines = text.split("\n")

        assert any("CỘNG H" in line for line in lines[:6]), given.name
        assert sum(line.startswith("Điều ") for line in lines) > 10 or "Kính gửi" in text, given.name
        assert not [line for line in lines if line.strip().isdigit()], given.name


def test_an_instance_without_its_program_tells_the_reader_of_a_doc(tmp_path: Path) -> None:
    from portal.papers import Limits
    from portal.papers import read as read_paper

    settings = read_settings({"portal.soffice": str(tmp_path / "missing")})

    with pytest.raises(NeedsOffice):
        read_paper(_rtf(tmp_path, "Thông báo"), "paper.rtf", limits=Limits.of(settings))


@needs_office
@pytest.mark.skipif(not is_possible(), reason="needs Landlock (Linux 5.13)")
@pytest.mark.parametrize("name", ["seal.png", "0" * 64])
def test_a_picture_of_the_machine_is_not_drawn_into_a_paper(tmp_path: Path, name: str) -> None:
    picture = tmp_path / name
    Image.new("RGB", (50, 50), (1, 200, 3)).save(picture, "PNG")
    given = _rtf(tmp_path, r"Một {\field{\*\fldinst INCLUDEPICTURE " + f'"{picture}"' + r"}{\fldrslt hai}} ba")

    with zipfile.ZipFile(to_docx(given, tmp_path)) as made:
        assert "word/document.xml" in made.namelist()
        assert [name for name in made.namelist() if "media" in name] == []


@pytest.mark.skipif(not is_possible(), reason="needs Landlock (Linux 5.13)")
def test_the_converter_reads_and_writes_its_own_folder_only(tmp_path: Path) -> None:
    hidden, left = tmp_path.parent / f"{tmp_path.name}-hidden", tmp_path / "left"
    hidden.mkdir()
    (hidden / "a.txt").write_text("secret")
    lines = f"cat {hidden}/a.txt > made.txt || echo refused > made.txt; echo x > {left}; mkdir -p made; "
    program = _program(tmp_path, lines + "cp made.txt made/paper.docx")

    home = tmp_path / "lo" / "program"
    home.mkdir(parents=True)
    moved = shutil.move(program, home / "soffice")
    made = to_docx(_rtf(tmp_path, "x"), tmp_path, soffice=str(moved))

    assert made.read_text().strip() == "refused"
    assert not left.exists()
