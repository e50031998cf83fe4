"""`portal mail`, and what the doctor says about mail."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from mail.far_end import FarEnd, free_port
from mail.letters import SUBJECT, TEXT, written
from sqlalchemy import Engine, delete, make_url, select, update
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.doctor.finding import Level
from portal.cli.doctor.mail import checks
from portal.cli.doctor.patient import Patient
from portal.cli.instance import Instance
from portal.cli.mail import mail
from portal.db import Sessions
from portal.jobs import Job, Worker
from portal.mail import BadAddress, Mail, State
from portal.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(sessions: Sessions, mail_settings: Settings) -> Run:
    """`run("status")`: the command on an instance with these settings; its makers without the program around them."""

    def call(*arguments: Any, settings: Settings = mail_settings) -> Result:
        instance = Instance(None)
        instance.__dict__["settings"] = settings
        instance.__dict__["registry"] = {"portal.sessions": sessions, "portal.reading_sessions": sessions}
        return CliRunner().invoke(mail, [str(argument) for argument in arguments], obj=instance)

    return call


def one(db: Session) -> Mail:
    db.rollback()
    db.expire_all()
    found = db.scalars(select(Mail)).one()
    db.expunge(found)
    db.rollback()  # SQLite's lock is free for the command
    return found


def test_status_tells_the_server_and_the_counts(own: Session, run: Run, worker: Worker, far_end: FarEnd) -> None:
    far_end.to_recipients.append("450 4.2.0 later")
    for key in ("1", "2"):
        written(own, clock.now(), key=key)
    own.commit()
    worker.run_once(clock.now())
    told = run("status")
    assert told.exit_code == 0
    assert f"smtp://127.0.0.1:{far_end.port}" in told.output
    assert "chờ gửi 1, đã gửi 1, không gửi được 0, giữ lại 0" in told.output
    assert "Chưa có máy chủ thư" in run("status", settings=Settings()).output


def test_verify_is_quiet_when_all_agree_and_exits_with_one_when_not(own: Session, run: Run) -> None:
    written(own, clock.now())
    own.commit()
    sound = run("verify")
    assert (sound.exit_code, sound.output.splitlines()[-1]) == (0, "Số chỗ lệch: 0")
    assert "1 thư = đã gửi 0 + chờ 1 + không được 0 + giữ lại 0" in sound.output
    own.execute(delete(Job))
    own.commit()
    astray = run("verify")
    assert astray.exit_code == 1
    assert str(one(own).uid) in astray.output
    mended = run("verify", "--repair")
    assert (mended.exit_code, "1 thư có việc nền mới." in mended.output) == (0, True)


def test_retry_sends_one_letter_or_all_of_a_state(
    own: Session, run: Run, worker_for: Callable[..., Worker], worker: Worker, far_end: FarEnd
) -> None:
    for key in ("1", "2"):
        written(own, clock.now(), key=key)
    own.commit()
    worker_for(Settings()).run_once(clock.now())
    assert run("retry", "--failed").output == "0 thư sẽ được gửi lại.\n"
    assert run("retry", "--kept").output == "2 thư sẽ được gửi lại.\n"
    worker.run_once(clock.now())
    assert len(far_end.received) == 2


@pytest.mark.parametrize("arguments", [(), ("01985a3c-0000-7000-8000-000000000001", "--failed")])
def test_retry_wants_to_be_told_which(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("retry", *arguments).exit_code == 2


def test_show_prints_what_was_written_and_what_became_of_it(own: Session, run: Run, worker: Worker) -> None:
    written(own, clock.now())
    own.commit()
    worker.run_once(clock.now())
    sent = one(own)
    told = run("show", sent.uid).output
    for part in (SUBJECT, TEXT, "anh.dang@vidu.vn", sent.message_id, "state: sent", sent.answer):
        assert part is not None
        assert part in told
    own.execute(update(Mail).values(body=None))
    own.commit()
    assert "đã được xóa" in run("show", sent.uid).output
    assert run("show", "01985a3c-0000-7000-8000-000000000001").exit_code == 2


def test_try_sends_a_letter_at_once(run: Run, far_end: FarEnd) -> None:
    assert run("try", "an@vidu.vn").exit_code == 0
    assert far_end.letters[0]["Subject"] == "Thư thử từ Cổng Thông tin điện tử"
    far_end.to_recipients.append("550 5.1.1 no such user")
    refused = run("try", "an@vidu.vn")
    assert (refused.exit_code, "550 5.1.1 no such user" in refused.output) == (1, True)
    assert isinstance(run("try", "an").exception, BadAddress)
    assert run("try", "an@vidu.vn", settings=Settings()).exit_code == 2


# -- the doctor


def examined(engine: Engine, settings: Settings) -> dict[Level, str]:
    patient = Patient(settings, clock.now(), make_url("sqlite://"))
    patient.__dict__["engine"] = engine
    found = list(checks(patient))
    assert {finding.name for finding in found} == {"mail"}
    return {finding.level: f"{finding.text} → {finding.remedy}" for finding in found}


def test_a_server_that_answers_is_well(own_engine: Engine, mail_settings: Settings, far_end: FarEnd) -> None:
    assert set(examined(own_engine, mail_settings)) == {Level.OK}
    assert far_end.received == []


def test_a_server_that_does_not_is_wrong(own_engine: Engine, mail_settings: Settings, far_end: FarEnd) -> None:
    nowhere = Settings(mail_server=f"smtp://127.0.0.1:{free_port()}", mail_from="cong@vidu.vn")
    assert "ConnectionRefusedError" in examined(own_engine, nowhere)[Level.WRONG]
    far_end.to_sender.append("550 5.7.1 sender not allowed")
    assert "sender not allowed" in examined(own_engine, mail_settings)[Level.WRONG]
    assert "portal.mail_from" in examined(own_engine, Settings(mail_server="smtp://x.vn"))[Level.WRONG]


def test_without_a_server_letters_that_lie_here_are_a_warning(
    own_engine: Engine, own: Session, worker_for: Callable[..., Worker]
) -> None:
    assert set(examined(own_engine, Settings())) == {Level.OK}
    written(own, clock.now())
    own.commit()
    worker_for(Settings()).run_once(clock.now())
    assert "retry --kept" in examined(own_engine, Settings())[Level.WARNING]


def test_letters_that_failed_or_went_astray_are_told(
    own_engine: Engine, own: Session, mail_settings: Settings, worker: Worker, far_end: FarEnd
) -> None:
    far_end.to_recipients.append("550 5.1.1 no such user")
    written(own, clock.now(), key="1")
    own.commit()
    worker.run_once(clock.now())
    assert "1 thư không gửi được" in examined(own_engine, mail_settings)[Level.WARNING]
    written(own, clock.now(), key="2")
    own.execute(delete(Job))
    own.commit()
    assert "verify --repair" in examined(own_engine, mail_settings)[Level.WRONG]
    assert {mail.state for mail in own.scalars(select(Mail))} == {State.FAILED, State.WAITING}


def test_a_password_that_others_can_read_is_a_warning(own_engine: Engine, tmp_path: Path) -> None:
    secret = tmp_path / "mat-khau"
    secret.write_text("x")
    secret.chmod(0o644)
    settings = Settings(
        mail_server=f"smtps://an@127.0.0.1:{free_port()}", mail_from="cong@vidu.vn", mail_password_file=secret
    )
    assert "chmod 600" in examined(own_engine, settings)[Level.WARNING]
    secret.chmod(0o600)
    assert Level.WARNING not in examined(own_engine, settings)
