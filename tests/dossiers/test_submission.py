"""Drafts and submission: nothing typed is lost, and a submission happens once (invariants 8, 9, 18)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from dossiers.conftest import Counter, Staff
from makers import Makers
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.db import Base, engine_for, maker_for
from portal.dossiers import forms, service
from portal.dossiers.applications import Application, Person
from portal.dossiers.errors import (
    AlreadySubmitted,
    AnswersIncomplete,
    DraftGone,
    NoAgencyCode,
    StaleDraft,
    SubmitElsewhere,
)
from portal.dossiers.models import AnswerSet, Applicant, Dossier, DossierFile, Draft
from portal.dossiers.office import Office
from portal.dossiers.service import drafts, intake
from portal.eforms import service as eforms
from portal.publishing import service as publishing
from portal.publishing.models import Edition

FORM = {
    "title": "Tờ khai thử nghiệm",
    "sections": [
        {
            "id": "who",
            "title": "Người nộp",
            "fields": [
                {"id": "name", "type": "text", "label": "Họ và tên", "required": True, "prefill": "person.name"},
                {"id": "email", "type": "email", "label": "Thư điện tử", "prefill": "person.email"},
                {"id": "reason", "type": "text", "label": "Lý do"},
            ],
        }
    ],
}


@pytest.fixture
def here(office: Office) -> Office:
    """An instance on which citizens may submit."""
    return replace(office, settings=replace(office.settings, national_portal=""))


@pytest.fixture
def form(db: Session, staff: Staff, at: datetime) -> Edition:
    edition = eforms.create(db, FORM, unit=staff.deciding, origin="localhost", by=None, at=at)
    publishing.publish_imported(db, edition, at=at)
    return edition


@pytest.fixture
def procedure(make: Makers, staff: Staff, form: Edition) -> Edition:
    edition: Edition = make.procedure(staff.deciding, published=True, eform=str(form.item.uid))
    return edition


def begin(db: Session, procedure: Edition, here: Office, at: datetime) -> tuple[Draft, str]:
    return drafts.start(db, procedure, here, at=at)


def submit(db: Session, draft: Draft, here: Office, staff: Staff, at: datetime, key: str = "k") -> Any:
    return drafts.submit(db, draft, key, here, reception=staff.reception, deciding=staff.deciding, at=at)


def test_where_citizens_submit_nationally_no_draft_is_begun(
    db: Session, procedure: Edition, office: Office, at: datetime
) -> None:
    with pytest.raises(SubmitElsewhere):
        begin(db, procedure, office, at)


def test_a_draft_is_resumed_by_its_key_where_it_was_left(
    db: Session, procedure: Edition, here: Office, at: datetime
) -> None:
    draft, key = begin(db, procedure, here, at)
    drafts.save(db, draft, {"name": "Hoa", "hidden": "giữ lại"}, section="who", seen=draft.version, at=at)
    db.expire_all()
    found = drafts.resume(db, key, at=at + timedelta(days=29))
    assert (found.answers, found.section) == ({"name": "Hoa", "hidden": "giữ lại"}, "who")
    assert key not in found.key_sha256
    with pytest.raises(DraftGone):
        drafts.resume(db, key + "x", at=at)
    with pytest.raises(DraftGone):
        drafts.resume(db, key, at=at + timedelta(days=31))


def test_a_stale_save_shows_both_texts(db: Session, procedure: Edition, here: Office, at: datetime) -> None:
    draft, _key = begin(db, procedure, here, at)
    seen = draft.version
    drafts.save(db, draft, {"name": "cửa sổ một"}, section="who", seen=seen, at=at)
    with pytest.raises(StaleDraft) as refused:
        drafts.save(db, draft, {"name": "cửa sổ hai"}, section="who", seen=seen, at=at)
    assert refused.value.status == 409
    assert refused.value.draft.answers == {"name": "cửa sổ một"}
    assert refused.value.typed == {"name": "cửa sổ hai"}


def test_a_submission_twice_is_one_dossier_and_one_receipt(
    db: Session, procedure: Edition, here: Office, staff: Staff, at: datetime
) -> None:
    draft, key = begin(db, procedure, here, at)
    drafts.save(db, draft, {"name": "Nguyễn Thị Hoa", "email": "hoa@vidu.vn"}, section="who", seen=1, at=at)
    first = submit(db, draft, here, staff, at)
    again = submit(db, draft, here, staff, at + timedelta(minutes=1))
    other = submit(db, draft, here, staff, at, key="another click")
    assert (first.code, first.secret) == (again.code, again.secret) == (other.code, other.secret)
    assert db.scalar(select(func.count()).select_from(Dossier)) == 1
    assert draft.answers == {}
    with pytest.raises(AlreadySubmitted):
        drafts.resume(db, key, at=at)
    with pytest.raises(AlreadySubmitted):
        drafts.save(db, draft, {"name": "x"}, section=None, seen=draft.version, at=at)
    applicant = db.get_one(Applicant, first.dossier.id)
    assert (applicant.name, applicant.email) == ("Nguyễn Thị Hoa", "hoa@vidu.vn")


def test_an_incomplete_form_is_not_submitted_and_stays_a_draft(
    db: Session, procedure: Edition, here: Office, staff: Staff, at: datetime
) -> None:
    draft, _key = begin(db, procedure, here, at)
    drafts.save(db, draft, {"reason": "chưa có tên"}, section="who", seen=1, at=at)
    with pytest.raises(AnswersIncomplete) as refused:
        submit(db, draft, here, staff, at)
    assert list(refused.value.errors) == ["who"]
    assert draft.answers == {"reason": "chưa có tên"}


def test_a_dossier_renders_as_it_was_submitted_after_form_and_procedure_changed(
    db: Session, procedure: Edition, form: Edition, here: Office, staff: Staff, at: datetime
) -> None:
    """Invariant 18."""
    draft, _key = begin(db, procedure, here, at)
    drafts.save(db, draft, {"name": "Nguyễn Thị Hoa", "reason": "Lý do cũ"}, section="who", seen=1, at=at)
    dossier = submit(db, draft, here, staff, at).dossier
    before = forms.rendered(db, dossier, {"name": "Nguyễn Thị Hoa", "reason": "Lý do cũ"}, "vi")
    fees = list(dossier.fees)

    newer = publishing.working_copy(db, form.item, by=None, at=at)
    changed = {"definition": {"title": "Khác", "sections": []}}
    publishing.save(db, newer, {**newer.data, **changed}, version=newer.version, by=None, at=at)
    copy = publishing.working_copy(db, procedure.item, by=None, at=at)
    publishing.save(db, copy, {**copy.data, "channels": []}, version=copy.version, by=None, at=at)
    for one in (form, procedure):
        publishing.withdraw(db, one, version=one.version, by=None, at=at, why="Thử thu hồi")
    db.expire_all()

    after = forms.rendered(db, dossier, {"name": "Nguyễn Thị Hoa", "reason": "Lý do cũ"}, "vi")
    assert after == before
    assert [row.label for section in after for row in section.rows][:2] == ["Họ và tên", "Thư điện tử"]
    assert dossier.fees == fees
    assert fees[0]["amount"] == 50000
    assert dossier.edition_id == procedure.id


def test_a_draft_can_be_thrown_away_and_runs_out(db: Session, procedure: Edition, here: Office, at: datetime) -> None:
    draft, key = begin(db, procedure, here, at)
    drafts.discard(db, draft)
    with pytest.raises(DraftGone):
        drafts.resume(db, key, at=at)
    begin(db, procedure, here, at)
    assert drafts.sweep(db, at + timedelta(days=29)) == 0
    assert drafts.sweep(db, at + timedelta(days=30)) == 1


def test_codes_count_from_one_each_day_at_each_agency(counter: Counter, at: datetime) -> None:
    codes = [counter.take().code, counter.take().code, counter.take(at=at + timedelta(days=1)).code]
    assert codes == ["H17.13-20260302-0000001", "H17.13-20260302-0000002", "H17.13-20260303-0000001"]


def test_a_unit_without_a_code_uses_that_of_the_one_above(db: Session, make: Makers, counter: Counter) -> None:
    below = make.agency("H99", "Tổ tiếp nhận", parent=counter.staff.reception)
    below.code = None
    counter.staff.reception = below
    assert counter.take().code.startswith("H17.13-")
    below.parent = None
    with pytest.raises(NoAgencyCode):
        counter.take()


def test_answers_and_files_belong_to_the_dossier(db: Session, counter: Counter) -> None:
    dossier = counter.take(answers={"reason": "một"})
    counter.do("receive", dossier)
    counter.do("ask_supplement", dossier, what="Sửa lý do")
    counter.do("give_supplement", dossier, answers={"reason": "hai"})
    sets = db.scalars(select(AnswerSet).where(AnswerSet.dossier_id == dossier.id).order_by(AnswerSet.number)).all()
    assert [one.answers for one in sets] == [{"reason": "một"}, {"reason": "hai"}]
    assert dossier.answers_sha256 == sets[1].sha256
    assert db.scalar(select(func.count()).select_from(DossierFile)) == 0


# --- many at once, with real commits ---


@pytest.fixture
def own_engine(own_database: str, config: Any) -> Iterator[Engine]:
    engine = engine_for(own_database)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def prepared(own_engine: Engine, at: datetime) -> tuple[int, int]:
    """(edition, agency) in a database of its own."""
    with maker_for(own_engine).begin() as db:
        unit = Makers(db, at).agency("H17", "Tỉnh thử nghiệm")
        edition = Makers(db, at).procedure(unit, published=True)
        return edition.id, unit.id


def apply(engine: Engine, prepared: tuple[int, int], office: Office, key: str, at: datetime) -> tuple[str, str]:
    with maker_for(engine).begin() as db:
        edition, unit = db.get_one(Edition, prepared[0]), db.get_one(Agency, prepared[1])
        applicant = Person(name="Hoa", email="hoa@vidu.vn")
        application = Application(edition=edition, reception=unit, deciding=unit, applicant=applicant)
        receipt = service.register(db, application, key, office, by=service.APPLICANT, at=at)
        return receipt.code, receipt.secret


def test_many_submissions_at_once_get_every_number_once(
    own_engine: Engine, prepared: tuple[int, int], office: Office, at: datetime
) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: apply(own_engine, prepared, office, f"key {n}", at), range(24)))
    assert sorted(code for code, _secret in made) == [f"H17-20260302-{number:07}" for number in range(1, 25)]
    assert len({secret for _code, secret in made}) == 24


def test_one_submission_sent_many_times_at_once_is_one_dossier(
    own_engine: Engine, prepared: tuple[int, int], office: Office, at: datetime
) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda n: apply(own_engine, prepared, office, "the same", at), range(16)))
    assert len(made) == 1
    with maker_for(own_engine).begin() as db:
        assert db.scalar(select(func.count()).select_from(Dossier)) == 1
        assert intake.next_code(db, db.get_one(Agency, prepared[1]), office, at=at) == "H17-20260302-0000002"


def test_two_officers_at_once_act_one_after_the_other(
    own_engine: Engine, prepared: tuple[int, int], office: Office, at: datetime
) -> None:
    """Of many who saw version 1 one receives; the others are told."""
    from portal.dossiers.errors import StaleDossier
    from portal.dossiers.officers import Officer

    code, _secret = apply(own_engine, prepared, office, "one", at)
    with maker_for(own_engine).begin() as db:
        person = Makers(db, at).person(receptionist=db.get_one(Agency, prepared[1]))
        person_id = person.id

    def receive(_number: int) -> bool:
        from portal.accounts.models import Person as Officer_

        try:
            with maker_for(own_engine).begin() as db:
                dossier = db.scalars(select(Dossier).where(Dossier.code == code)).one()
                by = Officer(db, db.get_one(Officer_, person_id))
                service.receive(db, dossier, office, seen=1, by=by, at=at)
        except StaleDossier:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(receive, range(6))) == 1
