"""Personal data: every reading is noted, they go in time or on request, a person gets a copy."""

import io
import zipfile
from datetime import date, datetime, timedelta
from typing import Any

import orjson
import pytest
from dossiers.conftest import Counter, Staff, vn
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import TestApp

from portal import files, mail
from portal.catalogue.data import Channel
from portal.dossiers import figures, service
from portal.dossiers.applications import HandedIn
from portal.dossiers.errors import NotAllowed, PurposeMissing, StillOpen
from portal.dossiers.models import AnswerSet, Applicant, Dossier, DossierEvent, DossierFile, Note, Reading
from portal.dossiers.office import Office
from portal.dossiers.service import log, readings, retention
from portal.dossiers.states import Outcome
from portal.files import Limits
from portal.mail import Mail, State

PERSONAL = ("Nguyễn Thị Hoa", "048090000001", "hoa@vidu.vn", "0912345678", "Lý do thử nghiệm", "Bà Hoa", "nhà bà Hoa")


@pytest.fixture
def paper(db: Session, office: Office, at: datetime) -> files.File:
    content = io.BytesIO("Giấy tờ của người nộp\n".encode())
    limits = Limits(size=10**6)
    return files.store(db, content, name="giay-to.txt", at=at, limits=limits, directory=office.files_dir)


def ended(counter: Counter, at: datetime, **more: Any) -> Dossier:
    dossier: Dossier = counter.take(at=at, **more)
    counter.do("receive", dossier, at=at)
    counter.do("note", dossier, words="nhà bà Hoa ở xa", at=at)
    counter.do("ask_supplement", dossier, what="Bà Hoa cần nộp bản sao", at=at)
    counter.do("give_supplement", dossier, at=at + timedelta(days=1))
    counter.do("decide", dossier, outcome=Outcome.GRANTED, at=at + timedelta(days=2))
    return dossier


def test_every_reading_is_noted_with_its_purpose(db: Session, counter: Counter, staff: Staff, at: datetime) -> None:
    dossier = counter.take()
    personal = readings.read(db, dossier, by=staff.receptionist, purpose="Kiểm tra hồ sơ", at=at)
    assert personal.applicant.name == "Nguyễn Thị Hoa"
    assert personal.answers == [{"reason": "Lý do thử nghiệm"}]
    noted = readings.readings_of(db, dossier, by=staff.administrator)
    assert [(one.person.name, one.purpose, one.read_at) for one in noted] == [
        (staff.receptionist.person.name, "Kiểm tra hồ sơ", at)
    ]


def test_who_may_not_read_gets_nothing_and_a_purpose_is_needed(
    db: Session, counter: Counter, staff: Staff, at: datetime
) -> None:
    dossier = counter.take()
    for officer in (staff.handler, staff.administrator, staff.stranger):
        with pytest.raises(NotAllowed):
            readings.read(db, dossier, by=officer, purpose="Tò mò", at=at)
    with pytest.raises(PurposeMissing):
        readings.read(db, dossier, by=staff.receptionist, purpose=" ", at=at)
    with pytest.raises(NotAllowed):
        readings.readings_of(db, dossier, by=staff.receptionist)
    assert db.scalars(select(Reading)).all() == []


def test_the_dry_run_names_what_will_go_and_changes_nothing(db: Session, counter: Counter, office: Office) -> None:
    old, recent = ended(counter, vn(2014, 3, 3, 9)), ended(counter, vn(2026, 3, 2, 9))
    at = vn(2026, 3, 10, 9)
    assert service.planned(db, at=at) == []
    service.set_rule(db, counter.procedure().item, months=120)
    assert [(one.dossier, one.ended_on, one.months) for one in service.planned(db, at=at)] == [
        (old, date(2014, 3, 5), 120)
    ]
    assert old.anonymised_at is None
    service.set_rule(db, counter.procedure().item, months=1)
    assert service.planned(db, at=vn(2026, 4, 4, 9)) == service.planned(db, at=vn(2026, 4, 4, 9))
    assert [one.dossier for one in service.planned(db, at=vn(2026, 4, 4, 9))] == [old]
    assert [one.dossier for one in service.planned(db, at=vn(2026, 4, 6, 9))] == [old, recent]
    service.set_rule(db, counter.procedure().item, months=None)
    assert service.planned(db, at=vn(2026, 4, 6, 9)) == []


def everything_stored(db: Session, dossier: Dossier) -> str:
    rows: list[Any] = [db.get_one(Applicant, dossier.id)]
    for table in (AnswerSet, DossierEvent, DossierFile, Note):
        rows += db.scalars(select(table).where(table.dossier_id == dossier.id))
    return repr([{column.key: getattr(row, column.key) for column in row.__table__.columns} for row in rows])


def test_personal_data_go_and_statistics_and_the_chain_stay(
    db: Session, counter: Counter, office: Office, paper: files.File
) -> None:
    dossier = ended(counter, vn(2014, 3, 3, 9), files=(HandedIn(paper.sha256, "giay-to.txt"),))
    span = date(2014, 3, 1), date(2014, 3, 31)
    before = [figures.figures(db, *span, method) for method in figures.Method]
    assert all(word in everything_stored(db, dossier) for word in PERSONAL)

    service.set_rule(db, counter.procedure().item, months=120)
    assert service.anonymise_due(db, office, at=vn(2026, 3, 10, 9)) == 1

    db.expire_all()
    stored = everything_stored(db, dossier)
    assert [word for word in PERSONAL if word in stored] == []
    assert dossier.anonymised_at == vn(2026, 3, 10, 9)
    assert files.uses_of(db, "dossier", dossier.id) == []
    assert [figures.figures(db, *span, method) for method in figures.Method] == before
    assert log.broken(dossier, log.rows_of(db, dossier)) == []
    assert service.differences(db, dossier, office) == {}
    assert service.anonymise_due(db, office, at=vn(2026, 3, 11, 9)) == 0


def test_a_person_may_have_their_data_erased_when_the_dossier_has_ended(
    db: Session, counter: Counter, staff: Staff
) -> None:
    dossier = counter.take()
    counter.do("receive", dossier)
    with pytest.raises(StillOpen):
        counter.do("erase", dossier)
    counter.do("stop", dossier, why="Bà Hoa không bổ sung")
    with pytest.raises(NotAllowed):
        counter.do("erase", dossier, by=staff.leader)
    counter.do("erase", dossier)
    assert [word for word in PERSONAL if word in everything_stored(db, dossier)] == []
    assert service.events_of(db, dossier)[-1].payload == {"why": "request"}


def test_a_person_gets_a_copy_of_everything(
    db: Session, counter: Counter, staff: Staff, office: Office, paper: files.File, at: datetime
) -> None:
    dossier = counter.take(files=(HandedIn(paper.sha256, "giay-to.txt", "papers"),))
    counter.do("receive", dossier)
    made = service.export(db, dossier, office, by=None, at=at)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        said = orjson.loads(archive.read("dossier.json"))
        assert archive.read(said["files"][0]["path"]) == "Giấy tờ của người nộp\n".encode()
    assert said["applicant"]["name"] == "Nguyễn Thị Hoa"
    assert said["answers"] == [{"reason": "Lý do thử nghiệm"}]
    assert [one["kind"] for one in said["events"]] == ["submitted", "received"]
    assert service.export(db, dossier, office, by=None, at=at) == made
    with pytest.raises(NotAllowed):
        service.export(db, dossier, office, by=staff.receptionist, purpose="Sao lưu", at=at)
    service.export(db, dossier, office, by=staff.administrator, purpose="Theo đơn của người nộp", at=at)
    assert [one.what for one in readings.readings_of(db, dossier, by=staff.administrator)] == ["export"]


def test_a_file_of_a_dossier_is_seen_by_its_officers_only_and_each_look_is_noted(
    app: TestApp, db: Session, counter: Counter, staff: Staff, sign_in: Any, paper: files.File
) -> None:
    dossier = counter.take(files=(HandedIn(paper.sha256, "giay-to.txt"),))
    address = f"/tep/{paper.sha256}/giay-to.txt"
    app.get(address, status=404)
    sign_in(app, staff.stranger.person)
    app.get(address, status=404)
    assert db.scalars(select(Reading)).all() == []
    sign_in(app, staff.receptionist.person)
    assert "Giấy tờ" in app.get(address, status=200).text
    assert [one.what for one in readings.readings_of(db, dossier, by=staff.administrator)] == ["file"]


def test_retention_counts_whole_months_after_the_end(db: Session, counter: Counter) -> None:
    dossier = ended(counter, vn(2026, 1, 29, 9))  # ends on the 31st
    service.set_rule(db, counter.procedure().item, months=1)
    assert retention.planned(db, at=vn(2026, 2, 28, 9)) == []
    assert [one.dossier for one in retention.planned(db, at=vn(2026, 3, 2, 9))] == [dossier]


def letters_about(db: Session, dossier: Dossier) -> list[Mail]:
    return list(db.scalars(select(Mail).where(Mail.about_uid == dossier.uid).order_by(Mail.id)))


def test_letters_to_the_person_go_too_and_that_they_were_written_stays(
    db: Session, counter: Counter, office: Office
) -> None:
    at = vn(2026, 3, 10, 9)
    dossier = ended(counter, vn(2026, 3, 2, 9))
    letters = letters_about(db, dossier)
    assert any("Bà Hoa" in (one.body or "") for one in letters)
    sent, waiting = letters[:-1], letters[-1]
    for number, one in enumerate(sent):
        one.state, one.sent_at, one.ended_at, one.tries, one.message_id = State.SENT, at, at, 1, f"<{number}@vidu.vn>"
    db.flush()
    counter.do("erase", dossier)

    db.expire_all()
    assert {(one.recipient, one.body) for one in sent} == {("da-xoa@invalid", None)}
    assert waiting.recipient == "hoa@vidu.vn"  # it is still to be sent
    waiting.state, waiting.ended_at = State.FAILED, at
    db.flush()
    service.anonymise_due(db, office, at=at)
    db.expire_all()
    assert (waiting.recipient, waiting.body) == ("da-xoa@invalid", None)
    assert len(letters_about(db, dossier)) == len(letters)
    assert mail.forget_about(db, "dossier", [dossier.uid]) == 0


def test_a_file_is_not_given_out_when_the_look_cannot_be_noted(
    app: TestApp, counter: Counter, staff: Staff, sign_in: Any, paper: files.File, monkeypatch: Any
) -> None:
    counter.take(files=(HandedIn(paper.sha256, "giay-to.txt"),))
    sign_in(app, staff.receptionist.person)

    def full(*given: Any, **more: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(readings, "note", full)
    assert "Giấy tờ của" not in app.get(f"/tep/{paper.sha256}/giay-to.txt", status=500).text


def test_what_officers_typed_as_facts_is_shown_nowhere_after_erasure(
    app: TestApp, sign_in: Any, db: Session, counter: Counter, staff: Staff, office: Office, at: datetime
) -> None:
    receipt = counter.receipt()
    dossier = receipt.dossier
    counter.do("receive", dossier)
    counter.do("ask_fee", dossier, amount=50000, words="Nộp phí", waits=False)
    counter.do("note_payment", dossier, amount=50000, reference="BL chị Hoa")
    counter.do("decide", dossier, outcome=Outcome.GRANTED, number="12/GP cho Hoa", signed_on=at.date())
    counter.do("announce_result", dossier, place="nhà bà Hoa")
    counter.do("return_result", dossier, channel=Channel.DIRECT)
    assert "nhà bà Hoa" in repr(service.events_of(db, dossier))
    counter.do("erase", dossier)

    copy = service.export(db, dossier, office, by=None, at=at)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        shown = [archive.read("dossier.json").decode()]
    page = app.get("/tra-cuu-ho-so").forms["tra-cuu"]
    page["code"], page["secret"] = receipt.code, receipt.secret
    shown.append(page.submit().follow().text)
    for officer in (staff.receptionist, staff.leader, staff.administrator):
        sign_in(app, officer.person)
        shown.append(app.get(f"/ban-lam-viec/ho-so/{dossier.uid}").text)
    assert [text for text in shown if "Hoa" in text] == []
    assert log.broken(dossier, log.rows_of(db, dossier)) == []
    assert service.differences(db, dossier, office) == {}
