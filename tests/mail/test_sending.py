"""From the row to the server and back: what is committed is sent, and the row says what became of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from mail.far_end import ACCEPTED, CUT, FarEnd
from mail.letters import SUBJECT, TEXT, only, written
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import mail
from portal.db import Sessions
from portal.jobs import Job, Worker
from portal.mail import BadAddress, Mail, State, queries
from portal.mail.delivering import GIVE_UP, LONGEST_PAUSE, MOST_COPIES, pause_after
from portal.mail.server import Server
from portal.mail.smtp import NotNow
from portal.settings import Settings

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def next_run(db: Session) -> datetime:
    db.rollback()
    when = db.scalar(select(func.min(Job.run_at)).where(Job.done_at.is_(None), Job.dead_at.is_(None)))
    db.rollback()
    assert when is not None
    return when


def test_a_committed_letter_arrives_as_it_was_written(
    own: Session, worker: Worker, far_end: FarEnd, at: datetime
) -> None:
    written(own, at)
    own.commit()
    assert worker.run_once(at) == 1
    (letter,) = far_end.letters
    assert letter["Subject"] == SUBJECT
    assert letter.get_content().replace("\r\n", "\n") == TEXT + "\n"
    assert far_end.envelopes == [("khong-tra-loi@vidu.gov.vn", ["anh.dang@vidu.vn"])]
    mail = only(own)
    assert (mail.state, mail.sent_at, mail.tries, mail.unanswered) == (State.SENT, at, 1, 0)
    assert mail.answer == ACCEPTED
    assert letter["Message-ID"] == mail.message_id


def test_a_letter_of_a_rolled_back_transaction_never_was(
    own: Session, worker: Worker, far_end: FarEnd, at: datetime
) -> None:
    written(own, at)
    own.rollback()
    assert worker.run_once(at + GIVE_UP) == 0
    assert far_end.received == []


def test_the_same_key_is_one_letter(own: Session, worker: Worker, far_end: FarEnd, at: datetime) -> None:
    first = written(own, at)
    own.commit()
    worker.run_once(at)
    again = written(own, at + HOUR, subject="Khác", to="khac@vidu.vn")
    own.commit()
    assert again.uid == first.uid
    assert worker.run_once(at + HOUR) == 0
    assert len(far_end.received) == 1
    assert only(own).subject == SUBJECT


def test_a_letter_that_is_refused_for_good_fails_at_once_with_the_servers_words(
    own: Session, worker: Worker, far_end: FarEnd, at: datetime
) -> None:
    far_end.to_recipients.append("550 5.1.1 no such user here")
    written(own, at)
    own.commit()
    assert worker.run_once(at) == 1
    assert worker.run_once(at + GIVE_UP) == 0
    mail = only(own)
    assert (mail.state, mail.last_error) == (State.FAILED, "550 5.1.1 no such user here")
    assert (mail.ended_at, mail.unanswered) == (at, 0)


@pytest.mark.parametrize("where", ["to_recipients", "answers"])
def test_a_letter_that_is_not_taken_now_is_tried_again_until_it_is(
    own: Session, worker: Worker, far_end: FarEnd, at: datetime, where: str
) -> None:
    getattr(far_end, where).extend(["451 4.7.1 greylisted"] * 3)
    written(own, at)
    own.commit()
    now, waits = at, []
    for _try in range(3):
        assert worker.run_once(now) == 1
        assert only(own).state is State.WAITING
        assert worker.run_once(next_run(own) - SECOND) == 0
        waits.append(next_run(own) - now)
        now = next_run(own)
    assert waits == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert worker.run_once(now) == 1
    mail = only(own)
    assert (mail.state, mail.tries, mail.last_error) == (State.SENT, 4, None)
    assert len(far_end.received) == 1


def test_a_letter_that_is_never_taken_fails_after_three_days(
    own: Session, worker_for: Callable[..., Worker], mail_settings: Settings, at: datetime
) -> None:
    def busy(server: Server, recipient: str, message: bytes) -> str:
        raise NotNow("451 4.3.0 busy")

    worker = worker_for(mail_settings, deliver=busy)
    written(own, at)
    own.commit()
    now = at
    while only(own).state is State.WAITING:
        now = next_run(own)
        assert worker.run_once(now) == 1
    mail = only(own)
    assert (mail.state, mail.last_error) == (State.FAILED, "451 4.3.0 busy")
    assert GIVE_UP <= now - at <= GIVE_UP + LONGEST_PAUSE
    assert 70 < mail.tries < 90


def test_pauses_double_up_to_an_hour_with_jitter() -> None:
    assert pause_after(1, 0.0) == 30 * SECOND
    assert [pause_after(tries, 1.0) for tries in (1, 2, 3)] == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert pause_after(500, 1.0) == LONGEST_PAUSE


def test_a_connection_that_breaks_after_the_text_brings_a_copy_that_can_be_recognised(
    own: Session, worker: Worker, far_end: FarEnd, at: datetime
) -> None:
    far_end.answers.append(CUT)
    written(own, at)
    own.commit()
    worker.run_once(at)
    mail = only(own)
    assert (mail.state, mail.unanswered) == (State.WAITING, 1)
    worker.run_once(next_run(own))
    assert far_end.received[0] == far_end.received[1]
    mail = only(own)
    assert (mail.state, mail.unanswered) == (State.SENT, 1)


def test_a_server_that_never_answers_gets_no_endless_copies(
    own: Session, worker: Worker, far_end: FarEnd, at: datetime
) -> None:
    far_end.answers.extend([CUT] * 20)
    written(own, at)
    own.commit()
    while only(own).state is State.WAITING:
        worker.run_once(next_run(own))
    assert (only(own).state, only(own).unanswered) == (State.FAILED, MOST_COPIES)
    assert len(far_end.received) == MOST_COPIES


def test_without_a_server_letters_are_kept_and_go_out_when_there_is_one(
    own: Session,
    worker_for: Callable[..., Worker],
    mail_settings: Settings,
    far_end: FarEnd,
    at: datetime,
) -> None:
    written(own, at)
    own.commit()
    worker_for(Settings()).run_once(at)
    kept = only(own)
    assert (kept.state, kept.tries, kept.body) == (State.KEPT, 0, TEXT + "\n")
    mail.retry(own, own.merge(kept), by=None, at=at)
    own.commit()
    worker_for(mail_settings).run_once(at)
    assert only(own).state is State.SENT
    assert len(far_end.received) == 1


def test_a_server_that_is_down_is_asked_once_and_not_once_for_each_letter(
    own: Session, worker_for: Callable[..., Worker], mail_settings: Settings, far_end: FarEnd, at: datetime
) -> None:
    worker = worker_for(replace(mail_settings, mail_limit=10))
    far_end.to_sender.append("451 4.3.2 system not accepting")
    for number in range(25):
        written(own, at, key=str(number))
    own.commit()
    assert worker.run_once(at) == 25
    assert far_end.connections == 1
    assert own.scalar(select(func.sum(Mail.tries))) == 1
    own.rollback()
    now = at
    while own.scalar(select(func.count()).where(Mail.state == State.WAITING)):
        own.rollback()
        now = next_run(own)
        assert now < at + HOUR
        worker.run_once(now)
    assert sorted(key for (key,) in own.execute(select(Mail.key).where(Mail.tries == 1))) == sorted(
        map(str, range(1, 25))
    )
    assert len(far_end.received) == 25


def test_the_server_gets_no_more_letters_a_minute_than_it_may(
    own: Session, worker_for: Callable[..., Worker], mail_settings: Settings, far_end: FarEnd, at: datetime
) -> None:
    worker = worker_for(replace(mail_settings, mail_limit=3))
    for number in range(10):
        written(own, at + number * timedelta(milliseconds=1), key=str(number))
    own.commit()
    start = at + SECOND
    worker.run_once(start)
    assert len(far_end.received) == 3
    times = [start] * 3
    while len(far_end.received) < 10:
        now = next_run(own)
        before = len(far_end.received)
        worker.run_once(now)
        times += [now] * (len(far_end.received) - before)
    for when in times:
        assert sum(when - MINUTE < other <= when for other in times) <= 3
    assert times[-1] - start < 6 * MINUTE


def test_letters_about_a_thing_can_be_asked_for(own: Session, at: datetime) -> None:
    uid = uuid4()
    first = written(own, at, key="1", about=("dossier", uid))
    second = written(own, at, key="2", about=("dossier", uid))
    written(own, at, key="3", about=("notice", uid))
    written(own, at, key="4", about=("dossier", uuid4()))
    assert [mail.uid for mail in queries.about(own, "dossier", uid)] == [first.uid, second.uid]


def test_a_bad_address_writes_nothing(own: Session, at: datetime) -> None:
    with pytest.raises(BadAddress):
        written(own, at, to="anh.dang@vidu")
    assert own.scalar(select(func.count()).select_from(Mail)) == 0


@pytest.mark.parametrize(
    "wrong", [{"subject": " \n"}, {"text": "\r\n "}, {"key": ""}, {"key": "x" * 256}, {"language": "fr"}]
)
def test_what_is_no_letter_is_a_mistake_of_the_program(own: Session, at: datetime, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="A letter needs"):
        written(own, at, **{"key": "1", **wrong})


def test_nothing_in_a_subject_makes_another_header(own: Session, worker: Worker, far_end: FarEnd, at: datetime) -> None:
    written(own, at, subject="Kết quả\r\nBcc: ke-xau@vidu.vn\x00\u2028X: y\n\nthân giả")
    own.commit()
    worker.run_once(at)
    (letter,) = far_end.letters
    assert letter["Subject"] == "Kết quả Bcc: ke-xau@vidu.vn X: y thân giả"
    assert letter["Bcc"] is None
    assert far_end.envelopes[0][1] == ["anh.dang@vidu.vn"]


def test_two_writers_of_one_key_make_one_letter(sessions: Sessions, own: Session, at: datetime) -> None:
    first = written(own, at).uid
    own.commit()
    with sessions.begin() as other:
        assert written(other, at).uid == first
    assert own.scalar(select(func.count()).select_from(Job)) == 1
