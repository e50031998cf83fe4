"""`portal notices import` takes files of every kind, folders and archives of them, and keeps the originals."""

import base64
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from files.samples import image, zipped
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from text.legacy_encoders import encode

from portal import files
from portal.files import File, FileUse
from portal.notices.importing import Import, Outcome, Verdict, count, sources_in
from portal.publishing import queries as items
from portal.publishing.models import Edition
from portal.settings import Settings
from portal.text.legacy import TCVN3

Run = Callable[..., list[Outcome]]
PAPER = """BỘ THỬ NGHIỆM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 5/TB-THU
Hà Nội, ngày 4 tháng 3 năm 2025
THÔNG BÁO
Về việc cắt điện khu tập thể
Điện lực tạm ngừng cấp điện để thay trạm biến áp.
1. Thời gian: sáng thứ tư.
Nơi nhận:
- Các hộ dân;
- Lưu: VT.
KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Lò Thị Mẫu
"""
PAGE = "<html><body>{}</body></html>".format("".join(f"<p>{line}</p>" for line in PAPER.splitlines()))


@pytest.fixture
def run(db: Session, make: Any, at: datetime, settings: Settings) -> Run:
    unit = make.agency("G97", "Bộ Thử nghiệm")
    db.commit()
    sessions = sessionmaker(db.connection(), join_transaction_mode="create_savepoint", expire_on_commit=False)

    def bring(*paths: Path, **kw: Any) -> list[Outcome]:
        importing = Import(
            sessions, unit_id=unit.id, origin="thu", now=lambda: at, publish=False, settings=settings, **kw
        )
        outcomes = list(importing.run(sources_in(paths)))
        db.expire_all()
        return outcomes

    return bring


def draft(db: Session, source_id: str) -> Edition:
    item = items.item_by_source(db, origin="thu", kind="notice", source_id=source_id)
    assert item is not None
    assert item.working is not None
    return item.working


def test_a_folder_of_files_of_several_kinds(db: Session, run: Run, tmp_path: Path) -> None:
    (tmp_path / "con").mkdir()
    (tmp_path / "con" / "mot.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "hai.txt").write_bytes(bytes(encode(PAPER, TCVN3)))
    (tmp_path / "~$ba.docx").write_bytes(b"x")
    (tmp_path / "bon.xlsx").write_bytes(b"x")
    assert count([tmp_path]) == 2
    outcomes = {outcome.source_id: outcome for outcome in run(tmp_path)}
    assert set(outcomes) == {"con/mot.html", "hai.txt"}
    for source_id, outcome in outcomes.items():
        assert outcome.verdict is Verdict.ADDED
        data = draft(db, source_id).data
        assert (data["number"], data["notation"], data["signer"]["name"]) == ("5", "TB-THU", "Lò Thị Mẫu")
    assert any("TCVN3" in doubt for doubt in outcomes["hai.txt"].doubts)


def test_the_file_is_kept_as_it_came_for_the_desk_only(
    db: Session, run: Run, tmp_path: Path, settings: Settings
) -> None:
    content = bytes(encode(PAPER, TCVN3))
    (tmp_path / "hai.txt").write_bytes(content)
    run(tmp_path)
    edition = draft(db, "hai.txt")
    original = edition.data["original"]
    assert (original["name"], original["size"]) == ("hai.txt", len(content))
    assert files.blob_path(settings.files_dir, original["sha256"]).read_bytes() == content
    owners = db.scalars(select(FileUse.owner_kind).where(FileUse.sha256 == original["sha256"])).all()
    assert owners == ["edition.kept"]


def test_a_file_whose_extension_lies_is_kept_under_the_right_one(db: Session, run: Run, tmp_path: Path) -> None:
    (tmp_path / "mot.doc").write_text(PAGE, encoding="utf-8")
    [outcome] = run(tmp_path)
    assert outcome.verdict is Verdict.ADDED
    assert draft(db, "mot.doc").data["original"]["name"] == "mot.html"


def test_pictures_of_a_page_are_kept_with_it(db: Session, run: Run, tmp_path: Path) -> None:
    data = base64.b64encode(image("PNG", (60, 40))).decode()
    shown = f"<p>Điện lực xem sơ đồ.</p><p><img alt='Sơ đồ' src='data:image/png;base64,{data}'></p><p>Nơi nhận:"
    (tmp_path / "mot.html").write_text(PAGE.replace("<p>Nơi nhận:", shown), encoding="utf-8")
    run(tmp_path)
    body = draft(db, "mot.html").data["body"]
    sha256 = db.scalars(select(File.sha256).where(File.media_type == "image/png")).one()
    assert f'src="/tep/{sha256}/' in body


def test_an_archive_is_taken_file_by_file(db: Session, run: Run, tmp_path: Path) -> None:
    entries = {"Tháng 3/mot.html": PAGE.encode(), "hai.txt": PAPER.replace("Số: 5", "Số: 6").encode(), "ba.exe": b"MZ"}
    (tmp_path / "lo.zip").write_bytes(zipped(entries))
    outcomes = run(tmp_path / "lo.zip")
    assert [(outcome.source_id, outcome.verdict) for outcome in outcomes] == [
        ("lo.zip/Tháng 3/mot.html", Verdict.ADDED),
        ("lo.zip/hai.txt", Verdict.ADDED),
        ("lo.zip/ba.exe", Verdict.REFUSED),
    ]
    assert draft(db, "lo.zip/hai.txt").data["number"] == "6"
    assert draft(db, "lo.zip/Tháng 3/mot.html").data["original"]["name"] == "mot.html"
    again = run(tmp_path / "lo.zip")
    assert [outcome.verdict for outcome in again] == [Verdict.UNCHANGED, Verdict.UNCHANGED, Verdict.REFUSED]


def test_a_changed_file_is_an_update_and_an_unchanged_one_is_not_read_again(
    db: Session, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mot.html"
    path.write_text(PAGE, encoding="utf-8")
    run(tmp_path)
    path.write_text(PAGE.replace("Số: 5", "Số: 7"), encoding="utf-8")
    assert run(tmp_path)[0].verdict is Verdict.UPDATED
    assert draft(db, "mot.html").data["number"] == "7"
    monkeypatch.setattr("portal.papers.read", lambda *_a, **_k: pytest.fail("was read again"))
    assert run(tmp_path)[0].verdict is Verdict.UNCHANGED


def test_a_file_that_cannot_be_read_is_refused_with_the_reason_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04" + b"\0" * 40)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "e.txt").write_text(PAPER, encoding="utf-8")
    outcomes = {outcome.source_id: outcome for outcome in run(tmp_path)}
    assert {name for name, outcome in outcomes.items() if outcome.verdict is Verdict.ADDED} == {"e.txt"}
    assert len(outcomes) == 5
    assert all(len(outcomes[name].doubts[0]) > 10 for name in ("a.docx", "b.pdf", "c.txt", "d.zip"))


def test_a_secret_document_is_refused_and_nothing_of_it_is_kept(db: Session, run: Run, tmp_path: Path) -> None:
    before = set(db.scalars(select(File.sha256)))
    (tmp_path / "mat.txt").write_text(PAPER.replace("THÔNG BÁO\n", "TỐI MẬT\nTHÔNG BÁO\n", 1), encoding="utf-8")
    [outcome] = run(tmp_path)
    assert outcome.verdict is Verdict.REFUSED
    assert "MẬT" in outcome.doubts[0]
    assert set(db.scalars(select(File.sha256))) == before
