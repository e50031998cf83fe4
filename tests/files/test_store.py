import hashlib
import io
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from files.samples import PDF, SAMPLES
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import files
from portal.db import Sessions
from portal.files import Damage, File, FileUse
from portal.files.storage import INCOMING, receive

SHA = hashlib.sha256(PDF).hexdigest()
DAY = timedelta(days=1)


def on_disk(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def age(folder: Path, at: datetime) -> None:
    """Let everything in the folder have been written at `at`."""
    for path in folder.rglob("*"):
        os.utime(path, (at.timestamp(), at.timestamp()))


def test_a_file_lies_under_its_hash_and_says_what_it_is(own: Session, keep: Any, folder: Path, at: datetime) -> None:
    file = keep("Thông báo.pdf", PDF)
    assert (file.sha256, file.size, file.media_type, file.created_at) == (SHA, len(PDF), "application/pdf", at)
    path = folder / SHA[:2] / SHA[2:4] / SHA
    assert path.read_bytes() == PDF
    assert files.blob_path(folder, SHA) == path
    assert on_disk(folder) == [SHA]


def test_the_same_content_is_kept_once(own: Session, keep: Any, folder: Path) -> None:
    first, second = keep("a.pdf", PDF), keep("b.pdf", PDF)
    assert first is second
    assert own.scalar(select(func.count()).select_from(File)) == 1
    assert on_disk(folder) == [SHA]


def test_a_content_of_the_exact_limit_is_taken_and_one_byte_more_is_not(keep: Any, folder: Path) -> None:
    keep("a.pdf", PDF, size=len(PDF))
    with pytest.raises(files.TooLarge):
        keep("b.pdf", PDF + b"\n", size=len(PDF))
    assert on_disk(folder) == [SHA]


def test_reading_stops_at_the_limit(folder: Path) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    stream: Any = Endless()
    with pytest.raises(files.TooLarge), receive(folder, stream, 1_000_000):
        pass
    assert stream.given < 2_000_000
    assert on_disk(folder) == []


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.pdf", b"", files.Empty),
        ("a", PDF, files.NameRefused),
        ("a.docx", PDF, files.Mismatch),
        ("a.exe", b"MZ" + b"\0" * 99, files.Executable),
    ],
)
def test_a_refused_file_leaves_nothing(
    own: Session, keep: Any, folder: Path, name: str, content: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        keep(name, content)
    assert on_disk(folder) == []
    assert own.scalar(select(func.count()).select_from(File)) == 0


def test_a_stream_that_breaks_off_leaves_nothing(own: Session, folder: Path, at: datetime) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(4)

    with pytest.raises(ConnectionResetError):
        files.store(own, Broken(PDF), name="a.pdf", at=at, limits=files.Limits(), directory=folder)
    assert on_disk(folder) == []


def test_storing_again_heals_a_damaged_content(own: Session, keep: Any, folder: Path) -> None:
    keep("a.pdf", PDF)
    files.blob_path(folder, SHA).write_bytes(b"x" * len(PDF))
    assert list(files.verify(own, folder)) == [Damage(SHA, "changed")]
    keep("a.pdf", PDF)
    assert list(files.verify(own, folder)) == []
    files.blob_path(folder, SHA).unlink()
    assert list(files.verify(own, folder)) == [Damage(SHA, "missing")]


def test_owners_hold_files_in_order_and_once(own: Session, keep: Any) -> None:
    pdf, text = keep("a.pdf", PDF), keep("b.txt", b"b")
    first = files.use(own, pdf, "notice", 1, "Thông báo.pdf")
    files.use(own, text, "notice", 1, "Ghi chú.txt")
    assert files.use(own, pdf, "notice", 1, "Thông báo.pdf") is first
    files.use(own, pdf, "notice", 2, "Khác.pdf")
    assert [(use.name, use.position) for use in files.uses_of(own, "notice", 1)] == [
        ("Thông báo.pdf", 1),
        ("Ghi chú.txt", 2),
    ]
    assert [(use.owner_id, use.name) for use in files.owners_of(own, SHA)] == [(1, "Thông báo.pdf"), (2, "Khác.pdf")]


def test_an_owner_can_say_exactly_which_files_it_owns(own: Session, keep: Any) -> None:
    keep("a.pdf", PDF)
    other = keep("b.txt", b"b")
    files.set_uses(own, "notice", 1, [(SHA, "a.pdf"), (other.sha256, "b.txt")])
    files.set_uses(own, "notice", 1, [(other.sha256, "b.txt"), (SHA, "c.pdf"), (SHA, "c.pdf")])
    assert [(use.name, use.position) for use in files.uses_of(own, "notice", 1)] == [("b.txt", 1), ("c.pdf", 2)]
    with pytest.raises(files.UnknownFile):
        files.set_uses(own, "notice", 1, [("0" * 64, "d.pdf")])
    files.set_uses(own, "notice", 1, [])
    assert files.uses_of(own, "notice", 1) == []


def test_an_owner_can_let_one_or_all_go(own: Session, keep: Any) -> None:
    pdf, text = keep("a.pdf", PDF), keep("b.txt", b"b")
    for owner in (1, 2):
        files.use(own, pdf, "notice", owner, "a.pdf")
        files.use(own, text, "notice", owner, "b.txt")
    files.release(own, "notice", 1, SHA)
    assert [use.name for use in files.uses_of(own, "notice", 1)] == ["b.txt"]
    files.release(own, "notice", 1)
    assert files.uses_of(own, "notice", 1) == []
    assert len(files.uses_of(own, "notice", 2)) == 2


def test_a_text_called_csv_is_a_table_under_that_name_only(own: Session, keep: Any) -> None:
    name, content = SAMPLES["csv"]
    file = keep(name, content)
    keep("a.txt", content)
    table = files.use(own, file, "notice", 1, name)
    text = files.use(own, file, "notice", 1, "a.txt")
    assert (table.media_type, text.media_type) == ("text/csv", "text/plain")


@pytest.mark.parametrize("sha256", ["../../../etc/passwd", "A" * 64, "a" * 63, "a" * 63 + "/"])
def test_only_a_hash_names_a_content(folder: Path, sha256: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        files.blob_path(folder, sha256)


# -- sweeping


def test_what_nobody_owns_goes_after_a_day(own: Session, keep: Any, folder: Path, at: datetime) -> None:
    owned, free = keep("a.pdf", PDF), keep("b.txt", b"b")
    files.use(own, owned, "notice", 1, "a.pdf")
    own.commit()
    assert files.sweep(folder, own, at + DAY) == 0
    assert files.sweep(folder, own, at + DAY + timedelta(seconds=1)) == 1
    own.commit()
    assert files.get(own, free.sha256) is None
    assert on_disk(folder) == [SHA]
    files.release(own, "notice", 1)
    assert files.sweep(folder, own, at + 2 * DAY) == 1
    own.commit()
    assert on_disk(folder) == []


def test_a_new_upload_of_an_unowned_content_keeps_it_another_day(
    own: Session, keep: Any, folder: Path, at: datetime
) -> None:
    keep("a.pdf", PDF)
    files.store(own, io.BytesIO(PDF), name="a.pdf", at=at + DAY, limits=files.Limits(), directory=folder)
    own.commit()
    assert files.sweep(folder, own, at + 2 * DAY) == 0


def test_a_crash_leaves_only_what_the_sweep_removes(own: Session, keep: Any, folder: Path) -> None:
    """Killed while the file came in (a temporary file), and before the commit (a content without a row)."""
    keep("a.pdf", PDF)
    own.rollback()
    (folder / INCOMING / "xyz.part").write_bytes(b"half")
    now = datetime.now(UTC)
    assert files.sweep(folder, own, now) == 0
    assert on_disk(folder) == sorted([SHA, "xyz.part"])
    age(folder, now - 2 * DAY)
    assert files.sweep(folder, own, now, folders={"zz"}) == 1
    assert files.sweep(folder, own, now, folders={SHA[:2]}) == 1
    own.commit()
    assert on_disk(folder) == []
    assert own.scalar(select(func.count()).select_from(File)) == 0


def test_a_sweep_does_not_touch_what_it_does_not_know(own: Session, folder: Path) -> None:
    strange = folder / "ab" / "cd" / "readme.txt"
    strange.parent.mkdir(parents=True)
    strange.write_text("của người quản trị")
    age(folder, datetime(2020, 1, 1, tzinfo=UTC))
    assert files.sweep(folder, own, datetime.now(UTC)) == 0
    assert strange.exists()


def test_a_content_stored_while_it_is_swept_survives(
    sessions: Sessions, own_engine: Any, keep: Any, own: Session, folder: Path, at: datetime
) -> None:
    """One transaction stores again what another one is removing; the two wait for each other, in any order."""
    keep("a.pdf", PDF)
    own.commit()
    own.close()
    later = at + 2 * DAY

    def store_again() -> None:
        with sessions.begin() as db:
            file = files.store(db, io.BytesIO(PDF), name="a.pdf", at=later, limits=files.Limits(), directory=folder)
            files.use(db, file, "notice", 1, "a.pdf")

    with sessions.begin() as db:
        files.sweep(folder, db, later)
        other = threading.Thread(target=store_again)
        other.start()
    other.join(30)
    with sessions() as db:
        assert list(files.verify(db, folder)) == []
        assert len(files.uses_of(db, "notice", 1)) == 1
        assert db.scalar(select(func.count()).select_from(FileUse)) == 1


def test_a_content_that_finds_an_owner_while_it_is_swept_survives(
    sessions: Sessions, keep: Any, own: Session, folder: Path, at: datetime
) -> None:
    keep("a.pdf", PDF)
    own.commit()
    own.close()
    removed: list[int] = []

    def sweep() -> None:
        with sessions.begin() as db:
            removed.append(files.sweep(folder, db, at + 2 * DAY))

    sweeping = threading.Thread(target=sweep)
    with sessions.begin() as db:
        file = files.get(db, SHA)
        assert file is not None
        files.use(db, file, "notice", 1, "a.pdf")
        sweeping.start()
        sweeping.join(0.2)  # on PostgreSQL it gets as far as the row that we hold
    sweeping.join(30)
    assert removed == [0]
    with sessions() as db:
        assert list(files.verify(db, folder)) == []
        assert len(files.uses_of(db, "notice", 1)) == 1
