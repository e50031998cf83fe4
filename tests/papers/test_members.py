"""The papers of an archive come with their names as the sender wrote them; what is not taken is told and why."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from files.samples import zipped

from portal import files
from portal.papers import Limits, NotAnArchive, Skipped, members
from portal.papers.isolation import MB

NAME = "Công văn số 5 gửi Sở.txt"


def taken(folder: Path, content: bytes, **kw: object) -> tuple[dict[str, bytes], dict[str, str]]:
    path, into = folder / "lo.zip", folder / "into"
    path.write_bytes(content)
    into.mkdir(exist_ok=True)
    skipped: list[Skipped] = []
    found = {m.name: m.path.read_bytes() for m in members(path, "lo.zip", into=into, skipped=skipped, **kw)}  # type: ignore[arg-type]
    return found, {one.name: str(one.why.interpolate()) for one in skipped}


def with_raw_name(name: bytes, content: bytes = b"x", extra: bytes = b"", flags: int = 0) -> bytes:
    """An archive whose only name is these bytes."""
    sums = struct.pack("<III", zlib.crc32(content), len(content), len(content))
    local = (
        b"PK\x03\x04" + struct.pack("<HHHHH", 20, flags, 0, 0, 33) + sums + struct.pack("<HH", len(name), len(extra))
    )
    body = local + name + extra + content
    central = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, flags, 0, 0, 33) + sums
    central += struct.pack("<HHHHHII", len(name), len(extra), 0, 0, 0, 0, 0) + name + extra
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(body), 0)
    return body + central + end


def test_papers_come_with_their_folders_and_system_files_do_not(tmp_path: Path) -> None:
    content = zipped(
        {
            f"Tháng 3/{NAME}": b"mot",
            "__MACOSX/Tháng 3/._a.txt": b"x",
            ".DS_Store": b"x",
            "Tháng 3/~$hai.docx": b"x",
            "Thumbs.db": b"x",
            "Tháng 3/": b"",
        }
    )
    assert taken(tmp_path, content) == ({f"Tháng 3/{NAME}": b"mot"}, {})


@pytest.mark.parametrize("raw", [NAME.encode(), NAME.encode("utf-8")])
def test_a_name_in_utf8_that_does_not_say_so(tmp_path: Path, raw: bytes) -> None:
    assert list(taken(tmp_path, with_raw_name(raw))[0]) == [NAME]


def test_a_name_of_a_vietnamese_windows(tmp_path: Path) -> None:
    from text.legacy_encoders import encode

    assert list(taken(tmp_path, with_raw_name(bytes(encode(NAME, "CP1258"))))[0]) == [NAME]
    assert list(taken(tmp_path, with_raw_name(bytes(encode(NAME, "TCVN3"))))[0]) == [NAME]


def test_a_name_in_the_field_of_info_zip(tmp_path: Path) -> None:
    raw = b"C?ng van.txt"
    said = struct.pack("<BI", 1, zlib.crc32(raw)) + NAME.encode()
    extra = struct.pack("<HH", 0x7075, len(said)) + said
    assert list(taken(tmp_path, with_raw_name(raw, extra=extra))[0]) == [NAME]
    stale = struct.pack("<BI", 1, 1) + NAME.encode()
    extra = struct.pack("<HH", 0x7075, len(stale)) + stale
    assert list(taken(tmp_path, with_raw_name(raw, extra=extra))[0]) == ["C?ng van.txt"]


@pytest.mark.parametrize("name", ["../../a.txt", "/etc/a.txt", "C:\\x\\a.txt", "a/./b/../a.txt"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    found, _skipped = taken(tmp_path, with_raw_name(name.encode()))
    assert list(found.values()) == [b"x"]
    assert {path.parent for path in (tmp_path / "into").rglob("*")} == {tmp_path / "into"}
    assert not any(part in ("..", "") for part in next(iter(found)).split("/"))


def test_archives_within_are_opened_once(tmp_path: Path) -> None:
    inner = zipped({"trong.txt": b"hai", "sau.zip": zipped({"day.txt": b"ba"})})
    found, skipped = taken(tmp_path, zipped({"mot.txt": b"mot", "goi.zip": inner}))
    assert found == {"mot.txt": b"mot", "goi.zip/trong.txt": b"hai"}
    assert list(skipped) == ["goi.zip/sau.zip"]


def test_what_is_not_taken_is_named_with_the_reason(tmp_path: Path) -> None:
    locked = with_raw_name(b"khoa.txt", flags=1)
    content = zipped({"bang.xlsx": b"x", "may.exe": b"MZ", "hong.zip": b"PK\x03\x04", "to.txt": b"y" * 99})
    found, skipped = taken(tmp_path, content, limits=Limits(size=90 * MB))
    assert list(found) == ["to.txt"]
    assert set(skipped) == {"bang.xlsx", "may.exe", "hong.zip"}
    assert all(len(why) > 20 for why in skipped.values())
    assert "mật khẩu" in taken(tmp_path, locked)[1]["khoa.txt"]


def test_a_member_with_a_wrong_sum_is_damaged_and_the_others_are_taken(tmp_path: Path) -> None:
    content = zipfile_stored({"mot.txt": b"noi dung mot", "hai.txt": b"noi dung hai"})
    found, skipped = taken(tmp_path, content.replace(b"noi dung mot", b"noi dung mo?", 1))
    assert found == {"hai.txt": b"noi dung hai"}
    assert list(skipped) == ["mot.txt"]


def zipfile_stored(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_what_unpacks_without_end_is_refused_before_anything_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(files.UnpacksTooLarge):
        taken(tmp_path, zipped({f"{n}.txt": b"\0" * (30 * MB) for n in range(3)}))
    with pytest.raises(files.UnpacksTooLarge):
        taken(tmp_path, zipped({f"{n}.txt": b"" for n in range(5001)}))
    assert list((tmp_path / "into").iterdir()) == []


def test_a_bomb_within_is_skipped_and_the_rest_taken(tmp_path: Path) -> None:
    bomb = zipped({f"{n}.txt": b"\0" * (30 * MB) for n in range(3)})
    found, skipped = taken(tmp_path, zipped({"bom.zip": bomb, "mot.txt": b"mot"}))
    assert (list(found), list(skipped)) == (["mot.txt"], ["bom.zip"])


@pytest.mark.parametrize("content", [b"", b"abc", b"%PDF-1.7", b"Rar!\x1a\x07"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises((NotAnArchive, files.Damaged)):
        taken(tmp_path, content)


@pytest.mark.parametrize("cut", [10, 40, 90])
def test_a_cut_archive_is_damaged(tmp_path: Path, cut: int) -> None:
    with pytest.raises(files.Damaged):
        taken(tmp_path, zipped({"mot.txt": b"mot" * 50})[:cut])
