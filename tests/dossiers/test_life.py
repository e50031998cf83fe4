"""A dossier from submission to result: states, rules, versions, letters, the audit line, the chain of events."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from dossiers.conftest import Counter, Staff, vn
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal import audit, mail
from portal.catalogue.data import Channel
from portal.dossiers import queries, service
from portal.dossiers.applications import Person
from portal.dossiers.clock import Limit, Unit
from portal.dossiers.errors import (
    AlreadyRescheduled,
    BadEvent,
    BadProfile,
    IllegalTransition,
    NotAllowed,
    NotLater,
    NotPossibleNow,
    StaleDossier,
    TooLateToReschedule,
    WordsMissing,
)
from portal.dossiers.models import Applicant, Dossier, DossierEvent
from portal.dossiers.office import Office, office_of
from portal.dossiers.profiles import PROFILES, Paper
from portal.dossiers.service import log
from portal.dossiers.states import Delivery, Finance, Outcome, State
from portal.mail.models import Mail


def letters_of(db: Session, dossier: Dossier) -> list[str]:
    return list(db.scalars(select(Mail.subject).where(Mail.about_uid == dossier.uid).order_by(Mail.id)))


def whole_life(counter: Counter, staff: Staff) -> Any:
    dossier = counter.take()
    counter.do("receive", dossier, at=vn(2026, 3, 2, 9, 30))
    counter.do("transfer", dossier, to=staff.deciding, at=vn(2026, 3, 2, 10))
    counter.do("assign", dossier, to=staff.handler.person, at=vn(2026, 3, 2, 11))
    counter.do("ask_supplement", dossier, what="Bản sao giấy tờ nhà đất", by=staff.handler, at=vn(2026, 3, 3, 9))
    counter.do("give_supplement", dossier, answers={"reason": "Đã bổ sung"}, at=vn(2026, 3, 5, 9))
    counter.do("ask_fee", dossier, amount=50000, by=staff.handler, at=vn(2026, 3, 6, 9))
    counter.do("note_payment", dossier, amount=50000, reference="GD-1", at=vn(2026, 3, 9, 9))
    counter.do("apologise", dossier, why="Phải xác minh thêm", due_on=date(2026, 3, 20), at=vn(2026, 3, 10, 9))
    counter.do("decide", dossier, outcome=Outcome.GRANTED, number="12/GP", at=vn(2026, 3, 18, 9))
    counter.do("announce_result", dossier, place="Quầy số 3", at=vn(2026, 3, 18, 10))
    counter.do("return_result", dossier, channel=Channel.DIRECT, at=vn(2026, 3, 19, 9))
    return dossier


def test_a_dossier_goes_its_whole_way(db: Session, counter: Counter, staff: Staff) -> None:
    dossier = whole_life(counter, staff)
    assert (dossier.state, dossier.finance, dossier.delivery) == (State.RETURNED, Finance.PAID, Delivery.DELIVERED)
    assert (dossier.supplements, dossier.reschedules, dossier.outcome) == (1, 1, "granted")
    assert dossier.due_at == vn(2026, 3, 20, 17)
    assert dossier.original_due_at == vn(2026, 3, 9, 17)
    assert not dossier.is_late(vn(2026, 4, 1, 9))
    assert dossier.version == 12
    assert [one.person.name for one in queries.assignments_of(db, dossier)] == [staff.handler.person.name]


def test_who_decides_and_who_handles_is_known_at_once(counter: Counter, staff: Staff, make: Any) -> None:
    dossier, other = counter.take(), make.agency("H17.06", "Sở khác")
    counter.do("receive", dossier)
    assert (dossier.deciding, dossier.handler) == (staff.deciding, None)
    counter.do("transfer", dossier, to=other)
    assert dossier.deciding is other
    counter.do("transfer", dossier, to=staff.deciding)
    counter.do("assign", dossier, to=staff.handler.person)
    assert (dossier.deciding, dossier.handler) == (staff.deciding, staff.handler.person)


def test_the_row_is_what_the_log_says_and_the_chain_holds(db: Session, counter: Counter, staff: Staff) -> None:
    dossier = whole_life(counter, staff)
    db.expire_all()
    assert service.differences(db, dossier, counter.office) == {}
    assert log.broken(dossier, log.rows_of(db, dossier)) == []


def test_a_changed_event_is_found(db: Session, counter: Counter, staff: Staff) -> None:
    dossier = whole_life(counter, staff)
    sixth = (DossierEvent.dossier_id == dossier.id, DossierEvent.sequence == 6)
    db.execute(update(DossierEvent).where(*sixth).values(happened_at=vn(2026, 3, 4, 9)))
    assert log.broken(dossier, log.rows_of(db, dossier)) == [6]
    assert "due_at" not in service.differences(db, dossier, counter.office)
    fifth = (DossierEvent.dossier_id == dossier.id, DossierEvent.sequence == 5)
    db.execute(update(DossierEvent).where(*fifth).values(words="Chữ khác"))
    assert log.broken(dossier, log.rows_of(db, dossier)) == [5, 6]


@pytest.mark.parametrize(
    ("name", "value"), [("payload", {}), ("words", "Chữ khác"), ("happened_at", vn(2026, 1, 1, 9))]
)
def test_an_event_is_neither_changed_nor_deleted(db: Session, counter: Counter, name: str, value: Any) -> None:
    dossier = counter.take()
    row = db.get_one(DossierEvent, (dossier.id, 1))
    with db.begin_nested() as savepoint:
        setattr(row, name, value)
        with pytest.raises(audit.AppendOnly):
            db.flush()
        savepoint.rollback()
    with db.begin_nested() as savepoint:
        db.delete(db.get_one(DossierEvent, (dossier.id, 1)))
        with pytest.raises(audit.AppendOnly):
            db.flush()
        savepoint.rollback()
    assert log.broken(dossier, log.rows_of(db, dossier)) == []


def test_a_row_that_was_tampered_with_is_found_and_rebuilt(db: Session, counter: Counter) -> None:
    dossier = counter.take()
    counter.do("receive", dossier)
    true = dossier.due_at
    db.execute(update(Dossier).where(Dossier.id == dossier.id).values(due_at=true + timedelta(days=9)))
    db.refresh(dossier)
    assert set(service.differences(db, dossier, counter.office)) == {"due_at"}
    assert service.rebuild(db, dossier, counter.office)
    assert dossier.due_at == true
    assert not service.rebuild(db, dossier, counter.office)


def test_every_act_writes_an_audit_line_with_the_event_s_hash(db: Session, counter: Counter, staff: Staff) -> None:
    dossier = whole_life(counter, staff)
    lines = sorted(audit.history(db, dossier.uid), key=lambda line: line.position)
    rows = log.rows_of(db, dossier)
    assert [line.details["hash"] for line in lines] == [row.hash for row in rows]
    assert lines[1].actor_name == staff.receptionist.person.name
    assert lines[0].actor_uid is None


def test_the_applicant_is_written_to_at_each_change(db: Session, counter: Counter, staff: Staff) -> None:
    dossier = whole_life(counter, staff)
    told = letters_of(db, dossier)
    assert len(told) == 11  # every event but the transfer
    assert all(dossier.code in subject for subject in told)
    text = db.scalars(select(Mail.body).where(Mail.key == f"dossier:{dossier.uid}:9")).one() or ""
    assert "Phải xác minh thêm" in text
    assert "17:00, 20/3/2026" in text
    assert "17:00, 09/3/2026" in text
    received = db.scalars(select(Mail.body).where(Mail.key == f"dossier:{dossier.uid}:2")).one() or ""
    assert staff.receptionist.person.name in received
    assert "\n\n\n\n" not in received


def test_a_letter_is_in_the_applicant_s_language_and_names_nothing_personal(db: Session, counter: Counter) -> None:
    someone = Person(name="Ann Example", id_number="048090000009", email="ann@example.org", language="en")
    dossier = counter.take(applicant=someone)
    counter.do("refuse", dossier, why="The form is not signed.")
    bodies = list(db.scalars(select(Mail.body).where(Mail.about_uid == dossier.uid).order_by(Mail.id)))
    assert "Dear Sir or Madam" in (bodies[0] or "")
    assert "The form is not signed." in (bodies[1] or "")
    secret = service.receipt_of(dossier, counter.office).secret
    assert not any(word in (body or "") for body in bodies for word in ("Ann Example", "048090000009", secret))


def test_who_gave_no_address_is_not_written_to(db: Session, counter: Counter) -> None:
    dossier = counter.take(applicant=Person(name="Nguyễn Văn A"))
    counter.do("receive", dossier)
    assert letters_of(db, dossier) == []


def test_an_illegal_step_is_refused_with_both_states(counter: Counter) -> None:
    dossier = counter.take()
    counter.do("refuse", dossier, why="Thiếu chữ ký")
    with pytest.raises(IllegalTransition, match=r"Không được tiếp nhận.*Đã xử lý xong"):
        counter.do("decide", dossier, outcome=Outcome.GRANTED)
    assert dossier.state is State.REFUSED


def test_a_second_reschedule_is_refused_and_cites_the_article(db: Session, counter: Counter) -> None:
    """E12."""
    counter.office = replace(counter.office, settings=replace(counter.office.settings, dossier_profile="vn-2018"))
    dossier = counter.take()
    assert dossier.code == "000.00.13.H17-260302-0001"
    counter.do("receive", dossier, at=vn(2026, 3, 2, 9))
    counter.do("apologise", dossier, why="Bận", due_on=date(2026, 3, 12), at=vn(2026, 3, 6, 16))
    with pytest.raises(AlreadyRescheduled, match="khoản 9 Điều 19 Nghị định 61/2018"):
        counter.do("apologise", dossier, why="Vẫn bận", due_on=date(2026, 3, 20), at=vn(2026, 3, 13, 9))
    assert dossier.due_at == vn(2026, 3, 12, 17)
    assert dossier.is_late(vn(2026, 3, 13, 9))


def test_an_apology_must_come_in_time_and_give_a_later_working_day(counter: Counter) -> None:
    dossier = counter.take()
    counter.do("receive", dossier, at=vn(2026, 3, 2, 9))  # due on Monday the 9th
    with pytest.raises(TooLateToReschedule, match="06/3/2026"):
        counter.do("apologise", dossier, why="Bận", due_on=date(2026, 3, 12), at=vn(2026, 3, 9, 8))
    for day in (date(2026, 3, 9), date(2026, 3, 14)):
        with pytest.raises(NotLater):
            counter.do("apologise", dossier, why="Bận", due_on=day, at=vn(2026, 3, 6, 8))
    with pytest.raises(WordsMissing):
        counter.do("apologise", dossier, why=" ", due_on=date(2026, 3, 12), at=vn(2026, 3, 6, 8))


def test_a_law_may_give_more_time(counter: Counter) -> None:
    dossier = counter.take()
    counter.do("receive", dossier, at=vn(2026, 3, 2, 9))
    given = {"why": "Vụ việc phức tạp", "basis": "khoản 2 Điều 10 Luật thử nghiệm"}
    counter.do("extend", dossier, due_on=date(2026, 3, 30), at=vn(2026, 3, 9, 9), **given)
    assert dossier.due_at == vn(2026, 3, 30, 17)
    assert dossier.reschedules == 0


def test_who_saw_an_older_version_is_refused(counter: Counter) -> None:
    dossier = counter.take()
    counter.do("receive", dossier)
    with pytest.raises(StaleDossier) as refused:
        counter.do("refuse", dossier, why="Không đủ", seen=1)
    assert refused.value.dossier.version == 2
    assert dossier.state is State.RECEIVED


OFFICERS = ("receptionist", "handler", "leader", "administrator", "stranger")
MAY = {
    "receive": {"receptionist"},
    "refuse": {"receptionist"},
    "withdraw": {"receptionist"},
    "ask_supplement": {"receptionist", "leader"},
    "ask_fee": {"receptionist", "leader"},
    "note": {"receptionist", "handler", "leader"},
    "correct": {"receptionist"},
    "renew_secret": {"receptionist"},
}
FACTS: dict[str, dict[str, Any]] = {
    "refuse": {"why": "Thiếu"},
    "ask_supplement": {"what": "Bản sao"},
    "ask_fee": {"amount": 1},
    "note": {"words": "Ghi nhớ"},
    "correct": {"changes": {"phone": "0900000000"}, "why": "Sai số"},
}


@pytest.mark.parametrize("officer", OFFICERS)
@pytest.mark.parametrize("act", MAY)
def test_the_service_asks_the_rule_table(counter: Counter, staff: Staff, act: str, officer: str) -> None:
    dossier = counter.take()
    facts = dict(FACTS.get(act, {}))
    who = getattr(staff, officer)
    if officer in MAY[act]:
        counter.do(act, dossier, by=who, **facts)
        assert dossier.version == (1 if act == "renew_secret" else 2)
    else:
        with pytest.raises(NotAllowed):
            counter.do(act, dossier, by=who, **facts)
        assert dossier.version == 1


def test_a_handler_works_on_what_they_were_given_only(counter: Counter, staff: Staff) -> None:
    dossier = counter.take()
    counter.do("receive", dossier)
    with pytest.raises(NotAllowed):
        counter.do("ask_supplement", dossier, what="Bản sao", by=staff.handler)
    with pytest.raises(NotAllowed):
        counter.do("assign", dossier, to=staff.receptionist.person)
    counter.do("assign", dossier, to=staff.handler.person)
    assert dossier.state is State.IN_PROGRESS
    counter.do("ask_supplement", dossier, what="Bản sao", by=staff.handler)
    assert dossier.state is State.SUPPLEMENT
    with pytest.raises(NotAllowed):
        counter.do("decide", dossier, outcome=Outcome.GRANTED, by=staff.handler)


def test_a_wait_returns_to_where_it_came_from(counter: Counter) -> None:
    dossier = counter.take()
    counter.do("ask_supplement", dossier, what="Bản sao")
    with pytest.raises(NotPossibleNow):
        counter.do("receive", dossier)
    counter.do("give_supplement", dossier)
    assert dossier.state is State.NEW
    counter.do("receive", dossier)
    counter.do("ask_supplement", dossier, what="Bản chính")
    counter.do("give_supplement", dossier)
    assert dossier.state is State.RECEIVED
    assert dossier.supplements == 1


def test_a_dossier_that_was_not_received_is_refused_not_stopped_and_the_other_way_round(counter: Counter) -> None:
    new = counter.take()
    counter.do("ask_supplement", new, what="Bản sao")
    with pytest.raises(NotPossibleNow):
        counter.do("stop", new, why="Quá hạn bổ sung")
    counter.do("refuse", new, why="Không bổ sung")
    received = counter.take()
    counter.do("receive", received)
    counter.do("ask_supplement", received, what="Bản sao")
    with pytest.raises(NotPossibleNow):
        counter.do("refuse", received, why="Không bổ sung")
    counter.do("stop", received, why="Không bổ sung")
    assert (new.state, received.state) == (State.REFUSED, State.STOPPED)


def test_a_denial_says_why(counter: Counter) -> None:
    dossier = counter.take()
    counter.do("receive", dossier)
    with pytest.raises(WordsMissing):
        counter.do("decide", dossier, outcome=Outcome.DENIED, words=" ")
    counter.do("decide", dossier, outcome=Outcome.DENIED, words="Không đủ điều kiện")
    assert (dossier.state, dossier.outcome) == (State.DONE, "denied")


def test_an_unknown_state_of_the_law_stops_the_start(office: Office) -> None:
    with pytest.raises(BadProfile, match=r"vn-1900.*vn-2018, vn-2025"):
        office_of(replace(office.settings, dossier_profile="vn-1900"), office.calendar)


def test_each_profile_numbers_its_own_set_of_forms() -> None:
    """A6-3: the form of a stop came with the later set, and moved the two after it."""
    old, new = PROFILES["vn-2018"], PROFILES["vn-2025"]
    assert [old.paper_number(paper) for paper in Paper] == [1, 2, 3, 4, None, 5, 6]
    assert [new.paper_number(paper) for paper in Paper] == [1, 2, 3, 4, 5, 6, 7]


def test_a_limit_may_be_set_at_reception(db: Session, counter: Counter) -> None:
    dossier = counter.take(limit=None)
    counter.do("receive", dossier, limit=Limit(2, Unit.WORKING_DAYS), at=vn(2026, 3, 2, 9))
    assert dossier.due_at == vn(2026, 3, 4, 17)
    event = service.events_of(db, dossier)[-1]
    assert event.payload["promised_at"] == vn(2026, 3, 4, 17).isoformat()


def test_a_fact_that_cannot_be_is_refused_by_name(counter: Counter) -> None:
    dossier = counter.take()
    with pytest.raises(BadEvent) as refused:
        counter.do("ask_fee", dossier, amount=-1)
    assert refused.value.name == "amount"
    assert dossier.version == 1


def test_a_clock_that_went_back_does_not_reorder_events(db: Session, counter: Counter) -> None:
    dossier = counter.take(at=vn(2026, 3, 2, 9))
    counter.do("receive", dossier, at=vn(2026, 3, 2, 8))
    first, second = service.events_of(db, dossier)
    assert second.at == first.at


def test_a_correction_is_logged_without_the_data(db: Session, counter: Counter) -> None:
    dossier = counter.take()
    counter.do("correct", dossier, changes={"name": "Nguyễn Thị Hòa"}, why="Sai dấu")
    assert db.get_one(Applicant, dossier.id).name == "Nguyễn Thị Hòa"
    event = service.events_of(db, dossier)[-1]
    assert event.payload == {"what": ["name"]}
    with pytest.raises(BadEvent):
        counter.do("correct", dossier, changes={"state": "done"}, why="?")
    with pytest.raises(mail.BadAddress):
        counter.do("correct", dossier, changes={"email": "không phải"}, why="?")


def test_a_note_is_for_colleagues_only(db: Session, counter: Counter) -> None:
    dossier = counter.take()
    counter.do("note", dossier, words="Gọi lại cho người nộp")
    assert [one.words for one in queries.notes_of(db, dossier)] == ["Gọi lại cho người nộp"]
    assert len(letters_of(db, dossier)) == 1  # of the submission


def test_the_inbox_is_in_the_order_of_due_dates(db: Session, counter: Counter, staff: Staff) -> None:
    late, soon = counter.take(), counter.take()
    new = counter.take()
    counter.do("receive", late, at=vn(2026, 3, 5, 9))
    counter.do("receive", soon, at=vn(2026, 3, 2, 9))
    found = list(db.scalars(queries.inbox(staff.receptionist)))
    assert found == [soon, late, new]
    assert list(db.scalars(queries.inbox(staff.stranger))) == []
    assert list(db.scalars(queries.inbox(staff.handler, mine=True))) == []
    assert list(db.scalars(queries.overdue(vn(2026, 3, 10, 9)))) == [soon]
    assert list(db.scalars(queries.due_within(vn(2026, 3, 12, 0), vn(2026, 3, 13, 0)))) == [late]
