"""The bytes of a letter, read back by Python's own parser of mail."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32, default
from email.utils import parseaddr, parsedate_to_datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.mail.letter import bytes_of, message_id_of, trial
from portal.mail.models import Mail
from portal.mail.server import Server
from portal.mail.service import LONGEST_SUBJECT, line_of, text_of
from portal.settings import Settings

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
UID = UUID("01985a3c-0000-7000-8000-000000000001")
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy àáảãạằắẳẵặầấẩẫậ ÀĐỒ 0123 :,;<>()[]\"'?=_-/.\\@&!😀"


def server(name: str = "") -> Server:
    return Server("smtp", "127.0.0.1", 25, "", None, None, "cong@vidu.gov.vn", name, "cong.vidu.gov.vn")


def letter(subject: str = "Hồ sơ", body: str = "Kính gửi", name: str = "", language: str = "vi") -> bytes:
    mail = Mail(uid=UID, recipient="an@vidu.vn", subject=subject, body=body, language=language, created_at=AT)
    mail.message_id = message_id_of(mail, server())
    return bytes_of(mail, server(name), Settings(instance_name="Cổng Hà Nội", instance_name_en="Hanoi portal"))


def shown(message: Message, header: str) -> str:
    return str(make_header(decode_header(message[header])))


def one_line(longest: int) -> st.SearchStrategy[str]:
    return st.text(alphabet=LETTERS, min_size=1, max_size=longest).map(lambda text: " ".join(text.split())).filter(bool)


@settings(max_examples=150, deadline=None)
@given(subject=one_line(LONGEST_SUBJECT), name=one_line(60), body=st.text(alphabet=LETTERS + "\n\t.", max_size=2000))
def test_whatever_is_written_can_be_read_and_every_line_is_short_ascii(subject: str, name: str, body: str) -> None:
    raw = letter(subject, text_of(body), name)
    assert raw.isascii()
    assert set(raw.split(b"\r\n")) == set(raw.splitlines()) | {b""}  # no bare CR or LF
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    plainly = message_from_bytes(raw, policy=compat32)
    assert shown(plainly, "Subject") == subject
    told, address = parseaddr(plainly["From"])
    assert (str(make_header(decode_header(told))), address) == (name, "cong@vidu.gov.vn")
    read = message_from_bytes(raw, policy=default)
    assert read.defects == []
    assert read.get_content().replace("\r\n", "\n") == text_of(body)
    assert {key.lower() for key in plainly} == {
        *("from", "to", "subject", "date", "message-id", "auto-submitted", "content-language", "mime-version"),
        *("content-type", "content-transfer-encoding"),
    }


def test_the_headers_say_who_when_and_that_a_program_wrote_it() -> None:
    read = message_from_bytes(letter(), policy=compat32)
    assert read["To"] == "an@vidu.vn"
    assert parsedate_to_datetime(read["Date"]) == AT
    assert read["Message-ID"] == f"<{UID}@vidu.gov.vn>"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Content-Language"] == "vi"
    assert read.get_content_type() == "text/plain"


@pytest.mark.parametrize(("language", "name"), [("vi", "Cổng Hà Nội"), ("en", "Hanoi portal")])
def test_a_sender_without_a_name_is_called_like_the_instance(language: str, name: str) -> None:
    read = message_from_bytes(letter(language=language), policy=compat32)
    assert str(make_header(decode_header(parseaddr(read["From"])[0]))) == name


def test_each_attempt_makes_the_same_bytes() -> None:
    assert letter() == letter()


def test_a_long_vietnamese_line_stays_within_what_mail_may_carry() -> None:
    assert max(len(line) for line in letter(body="Đường " * 900 + "\n").split(b"\r\n")) <= 78


def test_a_trial_is_a_letter_like_any_other() -> None:
    read = message_from_bytes(trial("b@vidu.vn", "Thư thử", "Xin chào", server(), Settings(), AT), policy=default)
    assert read["Subject"] == "Thư thử"
    assert read.get_content() == "Xin chào\r\n"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=600))
def test_a_subject_is_one_line_that_fits(text: str) -> None:
    line = line_of(text)
    assert len(line.splitlines()) <= 1
    assert len(line) <= LONGEST_SUBJECT
    assert line_of(line) == line


def test_a_text_has_plain_line_ends_and_no_control_signs() -> None:
    assert text_of("a\r\nb\rc\x00\x1b[31m\td\n\n\n") == "a\nb\nc[31m\td\n"
