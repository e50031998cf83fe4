"""Bringing documents in: every row becomes a document or is refused with its reason, and the same row never twice."""

import gzip
import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from portal import audit
from portal.agencies.models import Agency, Field
from portal.agencies.register import Register
from portal.agencies.service import load_register
from portal.db import Sessions
from portal.notices import service
from portal.notices.body import plain_text
from portal.notices.importing import Import, Outcome, Verdict, count, sources_in
from portal.notices.importing.sources import NothingToImport
from portal.notices.models import Notice
from portal.publishing import queries as items
from portal.publishing import service as publishing
from portal.publishing.models import Edition, Item, State

Write = Callable[..., Path]
Run = Callable[..., list[Outcome]]
ROW = {
    "id": "mot",
    "number": "12/TB-THU",
    "type": "Thông báo",
    "issuer": "Bộ Thử nghiệm",
    "issued_on": "2025-03-04",
    "title": "Về việc thử nghiệm",
    "body": "1. Nội dung thứ nhất.\n2. Nội dung thứ hai.",
}


@pytest.fixture
def unit(make: Any) -> Agency:
    agency: Agency = make.agency("G97", "Bộ Thử nghiệm")
    return agency


@pytest.fixture
def sessions(db: Session, unit: Agency) -> Sessions:
    """Sessions over the test's own connection: what they commit is rolled back with the test."""
    db.add(Field(slug="giao-duc", name="Giáo dục"))
    db.commit()
    return sessionmaker(db.connection(), join_transaction_mode="create_savepoint", expire_on_commit=False)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write(row, row)` → a file of JSON lines; a row may be bytes."""

    def lines(*rows: dict[str, Any] | bytes, name: str = "rows.jsonl") -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join((r if isinstance(r, bytes) else json.dumps(r).encode()) + b"\n" for r in rows))
        return path

    return lines


@pytest.fixture
def run(db: Session, sessions: Sessions, unit: Agency, at: datetime) -> Run:
    """Import these files; afterwards `db` sees what is there now."""

    def bring(*paths: Path, publish: bool = True, batch: int = 100, stop: Any = lambda: False) -> list[Outcome]:
        importing = Import(sessions, unit_id=unit.id, origin="thu", now=lambda: at, publish=publish, batch=batch)
        outcomes = list(importing.run(sources_in(paths), stop=stop))
        assert importing.counts == Counter(outcome.verdict for outcome in outcomes)
        db.expire_all()
        return outcomes

    return bring


def verdicts(outcomes: list[Outcome]) -> list[str]:
    return [outcome.verdict.value for outcome in outcomes]


def live(db: Session, source_id: str) -> Edition:
    item = db.scalars(select(Item).where(Item.source_id == source_id)).one()
    found = item.live
    assert found is not None
    return found


def lines_of_audit(db: Session) -> int:
    return db.scalar(select(func.count()).select_from(audit.AuditLine)) or 0


def test_a_row_becomes_a_public_document_at_its_address(db: Session, run: Run, write: Write, unit: Agency) -> None:
    [outcome] = run(write(ROW))
    shown = items.by_path(db, "/van-ban/12-tb-thu-2025")
    assert (outcome.verdict, outcome.doubts) == (Verdict.ADDED, [])
    assert outcome.uid == str(shown.item.uid)
    assert shown.edition.state == State.PUBLISHED
    notice = db.get_one(Notice, shown.edition.id)
    assert (notice.full_number, notice.issuer_id, notice.year) == ("12/TB-THU", unit.id, 2025)
    assert "Nội dung thứ hai." in shown.edition.data["body"]
    assert list(audit.verify(db)) == []


def test_a_second_run_writes_nothing(db: Session, run: Run, write: Write) -> None:
    path = write(ROW, ROW | {"id": "hai"})
    run(path)
    before = lines_of_audit(db)
    assert verdicts(run(path)) == ["unchanged", "unchanged"]
    assert lines_of_audit(db) == before


def test_a_changed_row_makes_the_next_edition_of_the_same_document(db: Session, run: Run, write: Write) -> None:
    [first] = run(write(ROW))
    [second] = run(write(ROW | {"title": "Về việc khác"}))
    edition = live(db, "mot")
    assert (second.verdict, second.uid) == (Verdict.UPDATED, first.uid)
    assert (edition.number, edition.data["title"], edition.item.path) == (2, "Về việc khác", "/van-ban/12-tb-thu-2025")


def test_rows_come_in_as_drafts_when_asked(db: Session, run: Run, write: Write) -> None:
    run(write(ROW), publish=False)
    edition = db.scalars(select(Edition)).one()
    assert (edition.state, edition.item.path) == (State.DRAFT, None)


def test_what_cannot_be_read_is_refused_with_its_line_and_the_rest_comes_in(run: Run, write: Write) -> None:
    path = write(ROW, b'{"id": "hong", ', b'{"id": "latin", "title": "\xe0"}', b'["khong"]', ROW | {"id": "cuoi"})
    outcomes = run(path)
    assert verdicts(outcomes) == ["added", "refused", "refused", "refused", "added"]
    assert [outcome.where for outcome in outcomes[1:4]] == ["rows.jsonl:2", "rows.jsonl:3", "rows.jsonl:4"]
    assert all(outcome.doubts for outcome in outcomes[1:4])


def test_a_paper_that_is_no_text_is_refused_and_one_in_another_encoding_is_converted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cu.txt").write_bytes("THÔNG BÁO".encode("utf-16"))
    (tmp_path / "hong.txt").write_bytes(b"\x00\x01\x02" * 40)
    converted, refused = run(tmp_path, publish=False)
    assert converted.verdict is Verdict.ADDED
    assert refused.verdict is Verdict.REFUSED
    assert "Cổng đọc được" in refused.doubts[0]


def test_a_document_that_came_another_way_is_known_again(
    db: Session, run: Run, write: Write, unit: Agency, at: datetime
) -> None:
    """The whole batch is refused by the database at first; each row then comes in by itself."""
    by_hand = service.create(db, {}, unit=unit, origin="thu", by=None, at=at, source_id="hai")
    db.commit()
    outcomes = run(write(ROW, ROW | {"id": "hai"}, ROW | {"id": "ba"}))
    assert verdicts(outcomes) == ["added", "added", "added"]
    assert outcomes[1].uid == str(by_hand.item.uid)
    assert live(db, "ba").data["title"] == ROW["title"]
    assert list(audit.verify(db)) == []


def test_what_a_person_is_writing_is_not_written_over_and_other_rows_come_in(
    db: Session, run: Run, write: Write, make: Any, unit: Agency, at: datetime
) -> None:
    run(write(ROW))
    copy = publishing.working_copy(db, live(db, "mot").item, by=make.person(editor=unit), at=at)
    db.commit()
    outcomes = run(write(ROW | {"title": "Về việc khác"}, ROW | {"id": "hai"}))
    assert verdicts(outcomes) == ["refused", "added"]
    assert "bản đang soạn" in outcomes[0].doubts[0]
    assert copy.data["title"] == ROW["title"]


def test_a_withdrawn_document_does_not_come_back_by_itself(db: Session, run: Run, write: Write, at: datetime) -> None:
    run(write(ROW))
    shown = live(db, "mot")
    publishing.withdraw(db, shown, version=shown.version, by=None, at=at, why="Đăng nhầm.")
    db.commit()
    assert verdicts(run(write(ROW))) == ["unchanged"]
    [outcome] = run(write(ROW | {"title": "Về việc khác"}))
    assert outcome.verdict is Verdict.REFUSED
    assert live(db, "mot").state == State.WITHDRAWN


def test_a_path_that_does_not_exist_is_told_before_anything_is_written(db: Session, run: Run, write: Write) -> None:
    with pytest.raises(NothingToImport) as refused:
        run(write(ROW), Path("khong-co"))
    assert "khong-co" in refused.value.message.interpolate()
    assert db.scalar(select(func.count()).select_from(Item)) == 0


def test_doubtful_rows_come_in_with_every_doubt_named(run: Run, write: Write) -> None:
    odd = {"type": "Bùa chú", "number": "không số", "issued_on": "hôm qua", "title": "", "body": "", "field": "Phép"}
    [outcome] = run(write(ROW | odd))
    assert outcome.verdict is Verdict.ADDED
    for word in ("Bùa chú", "không số", "hôm qua", "trích yếu", "nội dung", "phep"):
        assert any(word in doubt for doubt in outcome.doubts), word


def test_the_same_identity_twice_is_refused_the_second_time_in_every_run(run: Run, write: Write) -> None:
    path = write(ROW, ROW | {"title": "Về việc khác"})
    assert verdicts(run(path, batch=1)) == ["added", "refused"]
    assert verdicts(run(path)) == ["unchanged", "refused"]


def test_two_documents_that_want_one_address_get_one_each(db: Session, run: Run, write: Write) -> None:
    rows = [ROW | {"id": str(number)} for number in range(4)]
    run(write(*rows[:3]), batch=2)
    run(write(*rows))
    paths = [live(db, str(number)).item.path for number in range(4)]
    assert paths == ["/van-ban/12-tb-thu-2025", *(f"/van-ban/12-tb-thu-2025-{n}" for n in (2, 3, 4))]


def test_a_run_that_is_stopped_ends_with_its_batch_and_the_next_goes_on(run: Run, write: Write) -> None:
    path = write(*(ROW | {"id": str(number)} for number in range(5)))
    assert verdicts(run(path, batch=2, stop=lambda: True)) == ["added"] * 2
    assert verdicts(run(path, batch=2)) == ["unchanged"] * 2 + ["added"] * 3


def test_a_table_in_the_text_is_a_real_table(db: Session, run: Run, write: Write) -> None:
    run(write(ROW | {"body": "Danh sách như sau:\n| Số | Tên |\n| 1 | An & Bình |\n| 2 |\nHết."}))
    body = live(db, "mot").data["body"]
    assert '<th scope="col">Số</th><th scope="col">Tên</th>' in body
    assert "<td>An &amp; Bình</td></tr><tr><td>2</td><td></td></tr>" in body


def test_the_position_of_the_signer_comes_from_the_paper(db: Session, run: Run, write: Write) -> None:
    paper = (
        "BỘ THỬ NGHIỆM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/TB-THU\n"
        "Hà Nội, ngày 04 tháng 3 năm 2025\nTHÔNG BÁO\nVề việc thử nghiệm\n1. Nội dung./.\n\nNơi nhận:\n- Như trên;\n"
        "- Lưu: VT.\n\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nLò Thị Mẫu\n"
    )
    run(write(ROW | {"body": paper, "signer": "LÒ THỊ MẪU"}, ROW | {"id": "khac", "body": paper, "signer": "Ai Đó"}))
    assert live(db, "mot").data["signer"]["position"] == "Thứ trưởng"
    assert live(db, "mot").data["paper"] == paper
    assert live(db, "khac").data["signer"] == {"name": "Ai Đó", "position": None, "on_behalf": None, "authority": None}


def test_the_longest_document_comes_in_whole(db: Session, run: Run, write: Write) -> None:
    body = "\n".join(
        f"Điều {n}. Tên điều {n}\n1. Khoản một của điều {n}.\na) Điểm {'dài ' * 40}." for n in range(1, 3000)
    )
    assert len(body) > 609_000
    [outcome] = run(write(ROW | {"body": body}))
    stored = live(db, "mot").data["body"]
    assert outcome.doubts == []
    assert 'id="dieu-2999-khoan-1-diem-a"' in stored
    assert plain_text(stored).split() == body.split()


def test_counting_matches_what_is_read(write: Write, tmp_path: Path) -> None:
    path = write(ROW, b"", ROW)
    (tmp_path / "giay.txt").write_text("THÔNG BÁO", encoding="utf-8")
    assert count([tmp_path]) == len(list(sources_in([tmp_path]))) == 3
    assert count([path]) == 2


def test_real_rows_come_in_without_a_refusal(
    db: Session, run: Run, write: Write, shared: Path, settings: Any, at: datetime
) -> None:
    load_register(db, Register.load(settings.content_dir / "register"), at)
    db.commit()
    documents = shared / "data" / "documents"
    legal = islice(_real(documents / "legal.jsonl.gz"), 0, 4000, 40)
    papers = islice(_real(documents / "administrative-2025.jsonl.gz"), 0, 238, 5)
    path = write(*legal, *papers)
    outcomes = run(path, batch=40)
    assert len(outcomes) > 140
    assert {outcome.verdict for outcome in outcomes} == {Verdict.ADDED}
    assert db.scalar(select(func.count()).select_from(Item).where(Item.path.is_(None))) == 0
    assert list(audit.verify(db)) == []
    assert {outcome.verdict for outcome in run(path)} == {Verdict.UNCHANGED}


def _real(path: Path) -> Any:
    with gzip.open(path, "rb") as lines:
        yield from (line.rstrip(b"\n") for line in lines)


ARTICLE = {
    "id": "82-2019-nd-cp#32",
    "kind": "article",
    "type": "Nghị định",
    "issuer": "Bộ Thử nghiệm",
    "year": 2019,
    "number": "82/2019/NĐ-CP",
    "title": "Thẩm quyền phá dỡ",
    "document": "Nghị định 82/2019/NĐ-CP phá dỡ tàu biển",
    "document_title": "phá dỡ tàu biển",
    "text": "1. Chủ tàu quyết định.",
}


def test_an_article_of_a_judged_set_becomes_a_document_that_names_its_source(db: Session, write: Write, run: Run):
    (outcome,) = run(write(ARTICLE))
    assert (outcome.verdict, outcome.doubts) == (Verdict.ADDED, [])
    edition = live(db, "82-2019-nd-cp#32")
    data, notice = edition.data, service_row(db, edition)
    assert (data["title"], data["issued_on"]) == ("Thẩm quyền phá dỡ", None)
    assert data["summary"] == "Nghị định 82/2019/NĐ-CP phá dỡ tàu biển"
    assert plain_text(data["body"]) == "1. Chủ tàu quyết định."
    assert (notice.full_number, notice.year, notice.type) == ("82/2019/NĐ-CP", 2019, "nghi-dinh")
    assert edition.item.path == "/van-ban/82-2019-nd-cp-dieu-32"


def test_an_article_without_a_heading_is_called_by_its_number_and_a_year_without_a_day_is_told(
    db: Session, write: Write, run: Run
):
    row = {**ARTICLE, "id": "phap-lenh#2", "number": None, "title": "", "document": "Pháp lệnh", "year": 1995}
    run(write({**row, "document_title": None, "type": "Pháp lệnh"}))
    edition = live(db, "phap-lenh#2")
    assert (edition.data["title"], edition.data["summary"]) == ("Điều 2", "Pháp lệnh (1995)")
    assert edition.item.path == "/van-ban/phap-lenh-dieu-2"


def test_articles_of_one_document_have_addresses_of_their_own(db: Session, write: Write, run: Run):
    run(write(*({**ARTICLE, "id": f"82-2019-nd-cp#{number}"} for number in ("1", "2", "2a"))))
    paths = {item.path for item in db.scalars(select(Item).where(Item.source_id.startswith("82-2019")))}
    assert paths == {f"/van-ban/82-2019-nd-cp-dieu-{number}" for number in ("1", "2", "2a")}


def service_row(db: Session, edition: Edition) -> Notice:
    return db.get_one(Notice, edition.id)
