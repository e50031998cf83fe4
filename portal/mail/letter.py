"""A letter as bytes: RFC 5322 with RFC 2047 headers, seven bits, short lines. Each attempt makes the same bytes.

Written with `email.header.Header`, which says word by word what is encoded: `EmailMessage` would decode a subject in
which somebody typed something that looks encoded.
"""

from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime, formataddr
from typing import Any

from portal.db import new_uid
from portal.mail.models import Mail
from portal.mail.server import Server
from portal.settings import Settings

POLICY = compat32.clone(linesep="\r\n", max_line_length=76)
UTF_8 = Charset("utf-8")
UTF_8.body_encoding = QP


def message_id_of(mail: Mail, server: Server) -> str:
    """Unique for ever: the uid is; the domain is the sender's, as spam filters like it."""
    return f"<{mail.uid}@{server.domain}>"


def trial(recipient: str, subject: str, text: str, server: Server, settings: Settings, at: datetime) -> bytes:
    """A letter that no row knows of, to try the server with."""
    mail = Mail(uid=new_uid(), recipient=recipient, subject=subject, body=f"{text}\n", language="vi", created_at=at)
    return bytes_of(mail, server, settings)


def bytes_of(mail: Mail, server: Server, settings: Settings) -> bytes:
    """The whole letter, with CRLF line ends. Plain text; tells mailers not to answer it by themselves (RFC 3834)."""
    made: Any = Message(POLICY)
    made["From"] = _from(server.sender_name or settings.name_in(mail.language), server.sender)
    made["To"] = mail.recipient
    made["Subject"] = _words("Subject", mail.subject)
    made["Date"] = format_datetime(mail.created_at)
    made["Message-ID"] = mail.message_id or message_id_of(mail, server)
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = mail.language
    made["MIME-Version"] = "1.0"
    made.set_payload(mail.body or "", UTF_8)
    return bytes(made.as_bytes())


def _words(header: str, text: str) -> Header:
    """Words for people. Text that only looks encoded is encoded, so that it arrives as it is."""
    plain = text.isascii() and "=?" not in text
    return Header(text, "us-ascii" if plain else UTF_8, header_name=header)


def _from(name: str, address: str) -> Header:
    header = Header(header_name="From")
    if name.isascii() and "=?" not in name:
        header.append(formataddr((name, address)), "us-ascii")
    else:
        header.append(name, UTF_8)
        header.append(f"<{address}>", "us-ascii")
    return header
