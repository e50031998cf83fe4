"""The conversation with servers that are kind, strict, broken or slow."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mail.far_end import ACCEPTED, CUT, HANG, FarEnd, dripping, free_port, running

from portal.mail import smtp
from portal.mail.server import STARTTLS, TLS, Server
from portal.mail.smtp import NotNow, Refused, Unanswered, Unreachable

TO = "an@vidu.vn"
MESSAGE = b"Subject: thu\r\n\r\n.mot dau cham\r\n..hai\r\nhet\r\n"


def no_timer_runs() -> bool:
    timers = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
    for timer in timers:
        timer.join(5)
    return not any(timer.is_alive() for timer in timers)


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    file = tmp_path / "mat-khau"
    file.write_text("mật khẩu thư\n", encoding="utf-8")
    return file


def test_every_byte_arrives_dots_too(server: Server, far_end: FarEnd) -> None:
    assert smtp.deliver(server, TO, MESSAGE) == ACCEPTED
    assert far_end.received == [MESSAGE]
    assert far_end.envelopes == [(server.sender, [TO])]
    assert far_end.greetings == ["cong.vidu.gov.vn"]


@pytest.mark.parametrize(
    ("where", "answer", "error"),
    [
        ("to_recipients", "550 5.1.1 no such user", Refused),
        ("to_recipients", "450 4.2.0 greylisted", NotNow),
        ("to_recipients", "421 4.3.2 shutting down", Unreachable),
        ("answers", "554 5.7.1 looks like spam", Refused),
        ("answers", "452 4.3.1 disk full", NotNow),
        ("to_sender", "550 5.7.1 sender not allowed", Unreachable),
        ("to_sender", "451 4.3.0 later", Unreachable),
    ],
)
def test_an_answer_is_about_the_letter_or_about_us_for_good_or_for_now(
    server: Server, far_end: FarEnd, where: str, answer: str, error: type[Exception]
) -> None:
    getattr(far_end, where).append(answer)
    with pytest.raises(error) as told:
        smtp.deliver(server, TO, MESSAGE)
    assert type(told.value) is error
    assert str(told.value) == answer
    assert far_end.received == []


def test_a_line_that_breaks_after_the_text_leaves_it_open(server: Server, far_end: FarEnd) -> None:
    far_end.answers.append(CUT)
    with pytest.raises(Unanswered):
        smtp.deliver(server, TO, MESSAGE)


def test_a_server_that_never_answers_the_text_leaves_it_open(server: Server, far_end: FarEnd) -> None:
    far_end.answers.append(HANG)
    with pytest.raises(Unanswered):
        smtp.deliver(server, TO, MESSAGE, whole=0.2)


@pytest.mark.parametrize("line", [b"220-cho chut\r\n", b"2"])
def test_a_server_that_drips_words_is_cut_off_in_time(server: Server, line: bytes) -> None:
    with dripping(line) as port, pytest.raises(Unreachable):
        smtp.deliver(replace(server, port=port), TO, MESSAGE, step=5, whole=0.3)
    assert no_timer_runs()


@pytest.mark.parametrize("security", ["smtp", TLS])
def test_nobody_there_is_told_as_such(server: Server, security: str) -> None:
    with pytest.raises(Unreachable, match="ConnectionRefusedError"):
        smtp.deliver(replace(server, port=free_port(), security=security), TO, MESSAGE)
    assert no_timer_runs()


def test_tls_and_password(
    server: Server, far_end_starttls: FarEnd, certified: tuple[Path, Any], password_file: Path
) -> None:
    there = replace(
        server,
        port=far_end_starttls.port,
        security=STARTTLS,
        ca_file=certified[0],
        user="cong",
        password_file=password_file,
    )
    assert smtp.deliver(there, TO, MESSAGE) == ACCEPTED
    assert far_end_starttls.signed_in == ["cong"]
    smtp.check(there)
    assert len(far_end_starttls.received) == 1
    password_file.write_text("sai")
    with pytest.raises(Unreachable, match="535"):
        smtp.deliver(there, TO, MESSAGE)
    password_file.unlink()
    with pytest.raises(Unreachable, match="FileNotFoundError"):
        smtp.check(there)
    with pytest.raises(Unreachable, match="530"):
        smtp.deliver(replace(there, user="", password_file=None), TO, MESSAGE)


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    server: Server, far_end_starttls: FarEnd, password_file: Path
) -> None:
    there = replace(server, port=far_end_starttls.port, security=STARTTLS, user="cong", password_file=password_file)
    with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
        smtp.deliver(there, TO, MESSAGE)
    assert far_end_starttls.signed_in == []


def test_a_certificate_for_another_name_is_not_trusted(
    server: Server, far_end_starttls: FarEnd, certified: tuple[Path, Any]
) -> None:
    there = replace(server, host="localhost", port=far_end_starttls.port, security=STARTTLS, ca_file=certified[0])
    with pytest.raises(Unreachable, match="Hostname mismatch"):
        smtp.deliver(there, TO, MESSAGE)


def test_tls_from_the_first_byte(server: Server, certified: tuple[Path, Any]) -> None:
    pem, context = certified
    with running(ssl_context=context) as far_end:
        assert smtp.deliver(replace(server, port=far_end.port, security=TLS, ca_file=pem), TO, MESSAGE) == ACCEPTED
    assert far_end.received == [MESSAGE]


def test_a_server_without_tls_is_not_told_anything_when_tls_is_demanded(server: Server, far_end: FarEnd) -> None:
    with pytest.raises(Unreachable, match="STARTTLS"):
        smtp.deliver(replace(server, security=STARTTLS), TO, MESSAGE)
    assert far_end.received == []
