"""Files over a bad line: cut, resumed, lied about, sent twice, forgotten; each counts once and only for its owner."""

import io
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal import files
from portal.db import Base, engine_for, maker_for
from portal.eforms import uploads
from portal.eforms.errors import TooMuch, UploadGone, UploadRefused, WrongOffset
from portal.eforms.models import PartialUpload
from portal.files import Limits
from portal.files.models import FileUse

PDF = b"%PDF-1.4\n" + b"1 0 obj\n<<>>\nendobj\n" * 200 + b"%%EOF\n"
PLACE = uploads.Place("draft:an", Limits(size=100_000, kinds=frozenset({"pdf"})), most=2, quota=150_000)
TUS = {"Tus-Resumable": "1.0.0", "X-Upload-Owner": "test:an"}


class Cut(io.RawIOBase):
    """A line that breaks after some bytes."""

    def __init__(self, content: bytes) -> None:
        self.left = content

    def read(self, size: int = -1) -> bytes:
        if not self.left:
            raise OSError("the line is cut")
        chunk, self.left = self.left[:size], self.left[size:]
        return chunk


@pytest.fixture
def directory(settings: Any) -> Path:
    return Path(settings.files_dir)


@pytest.fixture
def send(db: Session, at: Any, directory: Path) -> Callable[..., PartialUpload]:
    def go(upload: PartialUpload, content: Any, offset: int, place: uploads.Place = PLACE) -> PartialUpload:
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        return uploads.receive(db, upload.key, stream, offset=offset, place=place, at=at, directory=directory)

    return go


@pytest.fixture
def begun(db: Session, at: Any) -> PartialUpload:
    return uploads.begin(db, PLACE, wanted="ban_chup", name="Bản chụp.pdf", total=len(PDF), at=at)


def test_a_file_comes_in_pieces_and_is_there_once(db, at, begun, send, directory):
    for start in range(0, len(PDF), 1000):
        send(begun, PDF[start : start + 1000], start)
    assert [file["name"] for file in uploads.finished(db, PLACE.owner, "ban_chup")] == ["Bản chụp.pdf"]
    stored = files.blob_path(directory, begun.sha256)
    assert stored.read_bytes() == PDF
    assert not uploads.part_path(directory, begun.key).exists()


def test_a_cut_line_loses_nothing_that_came(db, begun, send):
    send(begun, Cut(PDF[:1500]), 0)
    assert begun.received == 1500
    send(begun, PDF[1500:], 1500)
    assert begun.complete


def test_a_piece_at_a_wrong_place_is_refused_and_the_right_place_told(begun, send):
    send(begun, PDF[:1000], 0)
    for offset in (0, 999, 1001, 5000):
        with pytest.raises(WrongOffset) as refused:
            send(begun, b"x", offset)
        assert refused.value.received == 1000


def test_bytes_of_a_transaction_that_was_lost_are_written_over(begun, send, directory):
    send(begun, PDF[:1000], 0)
    with uploads.part_path(directory, begun.key).open("ab") as part:
        part.write(b"never committed")
    send(begun, PDF[1000:], 1000)
    assert begun.complete


def test_more_than_was_announced_is_refused_and_not_kept(begun, send, directory):
    send(begun, PDF[:1000], 0)
    with pytest.raises(TooMuch):
        send(begun, PDF[1000:] + b"more", 1000)
    assert uploads.part_path(directory, begun.key).stat().st_size == 1000
    assert begun.received == 1000


def test_less_than_was_announced_is_never_finished(db, at, begun, send):
    send(begun, PDF[:-1], 0)
    assert uploads.finished(db, PLACE.owner) == []


def test_what_a_content_really_is_counts(db, at, send):
    upload = uploads.begin(db, PLACE, wanted="ban_chup", name="a.pdf", total=9, at=at)
    with pytest.raises(files.FileRefused):
        send(upload, b"\x89PNG\r\n\x1a\n!", 0)
    assert uploads.finished(db, PLACE.owner) == []


def test_one_file_and_all_files_have_a_limit(db, at):
    with pytest.raises(files.TooLarge):
        uploads.begin(db, PLACE, wanted="a", name="a.pdf", total=100_001, at=at)
    uploads.begin(db, PLACE, wanted="a", name="a.pdf", total=100_000, at=at)
    with pytest.raises(TooMuch):
        uploads.begin(db, PLACE, wanted="b", name="b.pdf", total=50_001, at=at)
    uploads.begin(db, uploads.Place("draft:binh", PLACE.limits), wanted="a", name="a.pdf", total=50_001, at=at)


def test_nobody_goes_on_with_somebody_elses_upload(begun, send):
    with pytest.raises(UploadRefused):
        send(begun, PDF, 0, uploads.Place("draft:khac", PLACE.limits))


def test_what_is_attached_belongs_to_the_dossier_and_is_no_upload_any_more(db, at, begun, send):
    send(begun, PDF, 0)
    [reference] = uploads.attach(db, PLACE.owner, "ban_chup", owner_kind="dossier", owner_id=7)
    assert reference["size"] == len(PDF)
    assert [use.owner_kind for use in files.owners_of(db, reference["sha256"])] == ["dossier"]
    assert uploads.attach(db, PLACE.owner, owner_kind="dossier", owner_id=8) == []


def test_a_file_taken_back_is_gone(db, begun, send):
    send(begun, PDF, 0)
    uploads.drop(db, PLACE.owner, begun.sha256)
    assert uploads.finished(db, PLACE.owner) == []
    assert db.query(FileUse).count() == 0


def test_what_is_forgotten_goes_after_its_time(db, at, begun, send, directory):
    send(begun, PDF[:1000], 0)
    assert uploads.sweep(db, at + timedelta(hours=23), directory=directory) == 0
    late = at + uploads.LIFETIME + timedelta(seconds=1)
    with pytest.raises(UploadGone):
        uploads.find(db, begun.key, at=late)
    assert uploads.sweep(db, late, directory=directory) == 1
    assert not uploads.part_path(directory, begun.key).exists()


@pytest.fixture
def shop(settings: Any, tmp_path: Path, at: Any) -> Iterator[Any]:
    """A database of its own, as real processes share one."""
    given = settings.database_url
    engine = engine_for(given if given.startswith("postgresql") else f"sqlite:///{tmp_path / 'own.sqlite'}")
    Base.metadata.create_all(engine)
    yield maker_for(engine)
    with maker_for(engine).begin() as db:
        db.query(FileUse).delete()
        db.query(PartialUpload).delete()
        db.query(files.File).delete()
    engine.dispose()


def test_of_pieces_sent_at_once_one_counts(shop, tmp_path, at):
    with shop.begin() as db:
        key = uploads.begin(db, PLACE, wanted="a", name="a.pdf", total=len(PDF), at=at).key
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def patch() -> None:
        start.wait()
        try:
            with shop.begin() as db:
                uploads.receive(db, key, io.BytesIO(PDF), offset=0, place=PLACE, at=at, directory=tmp_path)
            outcomes.append("taken")
        except WrongOffset:
            outcomes.append("refused")

    threads = [threading.Thread(target=patch) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "refused", "refused", "taken"]
    with shop.begin() as db:
        assert len(uploads.finished(db, PLACE.owner)) == 1


# ----- over HTTP


@pytest.fixture
def gate(config: Any) -> Iterator[None]:
    known = config.registry.setdefault("portal.upload_gates", {})
    known["test"] = lambda request, token, field: PLACE if token == "an" and field == "ban_chup" else None
    yield
    del known["test"]


@pytest.fixture
def token(app: Any) -> str:
    return str(app.get("/dang-nhap").html.find("input", {"name": "csrf_token"})["value"])


def metadata(**said: str) -> str:
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in said.items())


def announce(app: Any, token: str, total: int = len(PDF), **said: str) -> Any:
    about = {"owner": "test:an", "field": "ban_chup", "filename": "Bản chụp.pdf"} | said
    headers = TUS | {"X-CSRF-Token": token, "Upload-Length": str(total), "Upload-Metadata": metadata(**about)}
    return app.post("/tep-tai-len", headers=headers, expect_errors=True)


def patch(app: Any, place: str, token: str, content: bytes, offset: int, **more: str) -> Any:
    headers = TUS | {"X-CSRF-Token": token, "Upload-Offset": str(offset)} | more
    kind = more.get("Content-Type", "application/offset+octet-stream")
    return app.request(
        place, method="PATCH", body=content, headers=headers | {"Content-Type": kind}, expect_errors=True
    )


def test_a_client_of_tus_uploads_asks_and_goes_on(app, db, gate, token):
    assert app.options("/tep-tai-len").headers["Tus-Version"] == "1.0.0"
    made = announce(app, token)
    assert made.status_int == 201
    assert patch(app, made.location, token, PDF[:1000], 0).headers["Upload-Offset"] == "1000"
    asked = app.head(made.location, headers=TUS)
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("1000", str(len(PDF)))
    assert asked.headers["Cache-Control"] == "no-store"
    wrong = patch(app, made.location, token, PDF[900:], 900)
    assert (wrong.status_int, wrong.headers["Upload-Offset"]) == (409, "1000")
    assert patch(app, made.location, token, PDF[1000:], 1000).status_int == 204
    assert len(uploads.finished(db, PLACE.owner, "ban_chup")) == 1


def test_a_refused_content_is_told_in_words_and_forgotten(app, db, gate, token):
    made = announce(app, token, 9)
    answer = patch(app, made.location, token, b"MZ\x90\x00aaaaa", 0)
    assert answer.status_int == 422
    assert "chương trình" in answer.text
    assert app.head(made.location, headers=TUS, expect_errors=True).status_int == 410
    assert db.query(PartialUpload).count() == 0


@pytest.mark.parametrize(
    ("said", "total", "status"),
    [
        ({"owner": "test:khac"}, 10, 403),
        ({"owner": "khong-co:an"}, 10, 403),
        ({"field": "muc_khac"}, 10, 403),
        ({"filename": ""}, 10, 422),
        ({}, 200_000, 413),
        ({}, 0, 422),
    ],
)
def test_what_the_gate_and_the_limits_refuse_is_not_begun(app, db, gate, token, said, total, status):
    assert announce(app, token, total, **said).status_int == status
    assert db.query(PartialUpload).count() == 0


def test_the_key_alone_opens_nothing(app, gate, token):
    place = announce(app, token).location
    stranger = {"Tus-Resumable": "1.0.0", "X-Upload-Owner": "test:khac"}
    assert app.head(place, headers=stranger, expect_errors=True).status_int == 403
    assert patch(app, place, token, PDF, 0, **{"X-Upload-Owner": "test:khac"}).status_int == 403
    assert app.head("/tep-tai-len/khong-co", headers=TUS, expect_errors=True).status_int == 410


def test_the_protocol_is_kept(app, gate, token):
    place = announce(app, token).location
    assert app.head(place, headers={"X-Upload-Owner": "test:an"}, expect_errors=True).status_int == 412
    assert patch(app, place, token, PDF, 0, **{"Content-Type": "text/plain"}).status_int == 415
    assert patch(app, place, token, PDF, 0, **{"Upload-Offset": "-1"}).status_int == 422
    assert patch(app, place, "khong phai", PDF, 0).status_int in (400, 403)
    gone = app.delete(place, headers=TUS | {"X-CSRF-Token": token}, expect_errors=True)
    assert gone.status_int == 204
    assert app.head(place, headers=TUS, expect_errors=True).status_int == 410


def test_a_plain_form_brings_the_same_file_under_the_same_limits(db, at, settings):
    class Asked:
        portal = settings

    asked: Any = Asked()
    asked.db, asked.at = db, at
    store = uploads.store_for(asked, PLACE, "ban_chup")
    reference = store(io.BytesIO(PDF), "Bản chụp.pdf")
    assert uploads.finished(db, PLACE.owner, "ban_chup") == [reference]
    with pytest.raises(files.FileRefused):
        store(io.BytesIO(b"\x89PNG\r\n\x1a\n!"), "a.png")
