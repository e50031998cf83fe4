"""Intents and effects agree, and where they do not it is said and mended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from mail.far_end import FarEnd
from mail.letters import TEXT, only, written
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import audit, jobs
from portal.audit import AuditLine
from portal.jobs import Job, Worker
from portal.mail import Mail, NotToBeSent, State, TextForgotten, queries, reconciling, retry, service
from portal.mail.delivering import GIVE_UP
from portal.settings import Settings

DAY = timedelta(days=1)


def reasons(db: Session, at: datetime) -> list[str]:
    found = [difference.reason.interpolate() for difference in reconciling.differences(db, at)]
    db.rollback()
    return found


def test_letters_in_every_state_reconcile_to_zero(
    own: Session,
    worker: Worker,
    worker_for: Callable[..., Worker],
    mail_settings: Settings,
    far_end: FarEnd,
    at: datetime,
) -> None:
    written(own, at, key="kept")
    own.commit()
    worker_for(Settings()).run_once(at)
    far_end.to_recipients.extend(["550 5.1.1 no such user", "450 4.2.0 later"])
    for number, key in enumerate(("failed", "waiting", "sent")):
        written(own, at + number * timedelta(seconds=1), key=key)
    own.commit()
    worker.run_once(at + 3 * timedelta(seconds=1))
    assert reasons(own, at + DAY) == []
    assert queries.overview(own).counts == dict.fromkeys(State, 1)
    assert queries.overview(own).total == 4


def test_a_waiting_letter_without_a_job_is_told_and_mended(
    own: Session, worker: Worker, far_end: FarEnd, at: datetime
) -> None:
    written(own, at)
    own.execute(delete(Job))
    own.commit()
    assert reasons(own, at) == ["đang chờ nhưng không còn việc nền nào gửi thư này"]
    assert reconciling.repair(own, at) == 1
    own.commit()
    assert reasons(own, at) == []
    worker.run_once(at)
    assert only(own).state is State.SENT


def test_a_dead_job_sends_nothing_any_more(own: Session, at: datetime) -> None:
    written(own, at)
    own.execute(update(Job).values(dead_at=at))
    own.commit()
    assert reasons(own, at) == ["đang chờ nhưng không còn việc nền nào gửi thư này"]


def test_a_letter_that_waits_longer_than_letters_may_is_told(own: Session, at: datetime) -> None:
    written(own, at)
    own.commit()
    assert reasons(own, at + GIVE_UP) == []
    assert reasons(own, at + GIVE_UP + 2 * DAY) == ["chờ lâu hơn thời hạn gửi"]


def test_a_letter_marked_sent_that_nobody_tried_is_told(own: Session, at: datetime) -> None:
    written(own, at)
    own.execute(update(Mail).values(state=State.SENT, sent_at=at, ended_at=at, message_id="<1@vidu.vn>"))
    own.commit()
    assert reasons(own, at) == ["ghi là đã gửi nhưng số lần giao hoặc giờ gửi không thể đúng"]


@pytest.mark.parametrize(
    "impossible",
    [
        {"state": State.SENT},
        {"sent_at": datetime(2026, 3, 2, tzinfo=UTC)},
        {"body": None},
        {"state": State.FAILED},
        {"about_kind": "dossier"},
        {"language": "fr"},
    ],
)
def test_the_database_refuses_impossible_letters(own: Session, at: datetime, impossible: dict[str, object]) -> None:
    written(own, at)
    own.commit()
    with pytest.raises(IntegrityError):
        own.execute(update(Mail).values(**impossible))


def test_a_failed_letter_can_be_sent_again_and_the_record_says_who_did(
    own: Session, worker: Worker, far_end: FarEnd, at: datetime
) -> None:
    far_end.to_recipients.append("550 5.2.2 mailbox full")
    written(own, at)
    own.commit()
    worker.run_once(at)
    retry(own, own.merge(only(own)), by=None, at=at + DAY)
    own.commit()
    line = own.scalars(select(AuditLine)).one()
    assert (line.action, line.subject_kind, line.details) == ("retried", "mail", {"former": "failed"})
    assert "vidu" not in str(line.details)
    own.rollback()
    worker.run_once(at + DAY)
    mail = only(own)
    assert (mail.state, mail.tries, mail.ended_at) == (State.SENT, 2, at + DAY)


def test_a_letter_that_was_sent_or_waits_is_not_sent_again(
    own: Session, worker: Worker, far_end: FarEnd, at: datetime
) -> None:
    mail = written(own, at)
    with pytest.raises(NotToBeSent):
        retry(own, mail, by=None, at=at)
    own.commit()
    worker.run_once(at)
    with pytest.raises(NotToBeSent):
        retry(own, own.merge(only(own)), by=None, at=at)
    own.rollback()
    assert len(far_end.received) == 1


def test_the_text_is_forgotten_when_its_time_is_over_and_the_rest_stays(
    own: Session, worker: Worker, worker_for: Callable[..., Worker], far_end: FarEnd, at: datetime
) -> None:
    far_end.to_recipients.append("550 5.1.1 no such user")
    for key in ("failed", "sent"):
        written(own, at, key=key)
    own.commit()
    worker.run_once(at)
    written(own, at, key="kept")
    own.commit()
    worker_for(Settings()).run_once(at)
    written(own, at, key="waiting")
    own.commit()
    assert service.forget_texts(own, at + 30 * DAY, 30 * DAY) == 0
    assert service.forget_texts(own, at + 31 * DAY, 30 * DAY) == 2
    own.commit()
    texts = {mail.key: mail.body for mail in own.scalars(select(Mail))}
    assert texts == {"failed": None, "sent": None, "kept": TEXT + "\n", "waiting": TEXT + "\n"}
    failed = queries.by_key(own, "failed")
    assert failed is not None
    assert failed.recipient == "anh.dang@vidu.vn"
    with pytest.raises(TextForgotten):
        retry(own, failed, by=None, at=at)
    assert [mail.key for mail in queries.to_retry(own, State.FAILED)] == []
    assert service.forget_texts(own, at + 31 * DAY, 30 * DAY) == 0


def test_the_overview_tells_what_went_wrong_last(
    own: Session, worker: Worker, mail_settings: Settings, far_end: FarEnd, at: datetime
) -> None:
    far_end.to_sender.append("550 5.7.1 sender not allowed")
    written(own, at)
    own.commit()
    worker.run_once(at)
    overview = queries.overview(own)
    assert (overview.trouble, overview.oldest) == ("550 5.7.1 sender not allowed", at)
    own.rollback()
    worker.run_once(at + replace(mail_settings).mail_limit * timedelta(minutes=1))
    assert queries.overview(own).trouble is None
    assert jobs.overview(own, at=at).dead == 0
    assert audit.head(own).position == 0
