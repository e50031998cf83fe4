"""Bringing the national list in: each row becomes a procedure or is refused with its reason, never twice."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from portal import audit
from portal.agencies.models import Agency, Field
from portal.catalogue.importing import Import, Outcome, Verdict, procedures_in
from portal.catalogue.models import Procedure
from portal.db import Sessions
from portal.publishing import service as publishing
from portal.publishing.models import Edition, Item, State

Run = Callable[..., list[Outcome]]


def row(code: str, **changes: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": f"Thủ tục {code}",
        "ministry": "Bộ Thử nghiệm",
        "field": "Nuôi cá cảnh",
        "level": "Cấp xã",
        "applicants": ["Công dân Việt Nam"],
        "steps": "Bước 1: Nộp hồ sơ.",
        "channels": [{"channel": "Trực tiếp", "time_limit": "5 ngày", "fee": "Miễn phí", "description": None}],
        "result": "Giấy phép",
    } | changes


@pytest.fixture
def unit(make: Any) -> Agency:
    agency: Agency = make.agency("G97", "Bộ Thử nghiệm")
    return agency


@pytest.fixture
def run(db: Session, unit: Agency, at: datetime, tmp_path: Path) -> Run:
    db.commit()
    sessions: Sessions = sessionmaker(db.connection(), join_transaction_mode="create_savepoint", expire_on_commit=False)

    def bring(*rows: Any, **more: Any) -> list[Outcome]:
        file = tmp_path / "rows.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        stop = more.pop("stop", lambda: False)
        options: dict[str, Any] = {"publish": True} | more
        importing = Import(sessions, unit_id=unit.id, origin="thu", now=lambda: at, **options)
        outcomes = list(importing.run(procedures_in([file]), stop=stop))
        assert importing.counts == Counter(outcome.verdict for outcome in outcomes)
        db.expire_all()
        return outcomes

    return bring


def verdicts(outcomes: list[Outcome]) -> list[str]:
    return [outcome.verdict.value for outcome in outcomes]


def live(db: Session, code: str) -> Edition:
    found = db.scalars(select(Edition).join(Item).where(Item.source_id == code)).all()
    (edition,) = [one for one in found if one.state == State.PUBLISHED]
    return edition


def test_rows_become_public_procedures_in_a_field_of_their_own(db: Session, run: Run, unit: Agency) -> None:
    (outcome,) = run(row("1.000001"))
    edition = live(db, "1.000001")
    assert (outcome.verdict, outcome.uid) == (Verdict.ADDED, str(edition.item.uid))
    assert edition.item.path == "/thu-tuc/1.000001"
    assert edition.data["authority"] == {"name": "Bộ Thử nghiệm", "code": "G97"}
    assert db.get_one(Field, "nuoi-ca-canh").name == "Nuôi cá cảnh"
    procedure = db.get_one(Procedure, edition.id)
    assert (procedure.authority_id, procedure.free) == (unit.id, True)
    assert list(audit.verify(db)) == []


def test_the_same_row_again_writes_nothing(db: Session, run: Run) -> None:
    assert verdicts(run(row("1.000001"), row("1.000002"))) == ["added", "added"]
    before = db.scalar(select(func.count()).select_from(Edition))
    assert verdicts(run(row("1.000001"), row("1.000002"))) == ["unchanged", "unchanged"]
    assert db.scalar(select(func.count()).select_from(Edition)) == before


def test_a_changed_row_is_a_new_edition_with_a_note(db: Session, run: Run) -> None:
    run(row("1.000001"))
    assert verdicts(run(row("1.000001", name="Tên mới"))) == ["updated"]
    edition = live(db, "1.000001")
    assert (edition.number, edition.data["name"]) == (2, "Tên mới")
    assert edition.change_note
    assert db.scalars(select(Edition.state).order_by(Edition.number)).all()[0] == State.SUPERSEDED


def test_drafts_stay_drafts(db: Session, run: Run) -> None:
    run(row("1.000001"), publish=False)
    run(row("1.000001", name="Tên mới"), publish=False)
    (edition,) = db.scalars(select(Edition)).all()
    assert (edition.state, edition.data["name"]) == (State.DRAFT, "Tên mới")


def test_what_people_have_changed_or_withdrawn_is_left_alone(db: Session, run: Run, make: Any, at: datetime) -> None:
    run(row("1.000001"), row("1.000002"))
    person = make.person(name="Người duyệt")
    copy = publishing.working_copy(db, live(db, "1.000001").item, by=person, at=at)
    publishing.save(db, copy, copy.data | {"name": "Của người"}, version=copy.version, by=person, at=at)
    gone = live(db, "1.000002")
    publishing.withdraw(db, gone, version=gone.version, by=person, at=at, why="Nhầm")
    db.commit()
    again = run(row("1.000001", name="Khác"), row("1.000002", name="Khác"))
    assert verdicts(again) == ["refused", "refused"]
    assert all(outcome.refused for outcome in again)
    assert copy.data["name"] == "Của người"


@pytest.mark.parametrize(
    "bad", [row("12"), row("1.000009", name=" . "), ["không phải đối tượng"]], ids=["code", "name", "shape"]
)
def test_an_unusable_row_is_refused_and_the_others_come(db: Session, run: Run, bad: Any) -> None:
    outcomes = run(bad, row("1.000001"), row("1.000001", name="Lần hai"))
    assert verdicts(outcomes) == ["refused", "added", "refused"]
    assert all(outcome.refused for outcome in outcomes if outcome.verdict is Verdict.REFUSED)


def test_doubts_stand_in_the_record_and_in_the_outcome(db: Session, run: Run) -> None:
    bare = [{"channel": "Trực tiếp", "time_limit": "1", "fee": "Miễn phí", "description": None}]
    (outcome,) = run(row("1.000001", channels=bare))
    edition = live(db, "1.000001")
    assert outcome.doubts == edition.data["doubts"]
    assert list(outcome.doubts) == ["channels.direct.limits"]
    assert db.get_one(Procedure, edition.id).doubts == 1


def test_a_dry_run_writes_nothing(db: Session, run: Run) -> None:
    assert verdicts(run(row("1.000001"), dry=True)) == ["added"]
    assert db.scalars(select(Item)).all() == []
    assert db.get(Field, "nuoi-ca-canh") is None


def test_stopping_keeps_whole_batches_and_the_next_run_goes_on(db: Session, run: Run) -> None:
    rows = [row(f"1.00000{n}") for n in range(5)]
    assert verdicts(run(*rows, batch=2, stop=lambda: True)) == ["added", "added"]
    assert verdicts(run(*rows, batch=2)) == ["unchanged", "unchanged", "added", "added", "added"]
