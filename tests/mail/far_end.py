"""Mail servers that are not ours: aiosmtpd, told by a test what to answer."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
ACCEPTED = "250 2.0.0 nhận rồi, mã A1"
CUT, HANG = "cut", "hang"


@dataclass
class FarEnd:
    """A mail server. `answers`: what it says to the next letters (after the text), then `ACCEPTED`; `CUT` breaks the
    connection instead, `HANG` never answers. `to_sender`, `to_recipients`: the same for MAIL and RCPT."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    to_sender: list[str] = field(default_factory=list)
    to_recipients: list[str] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    connections: int = 0
    heard: threading.Event = field(default_factory=threading.Event)

    def forget(self) -> None:
        for remembered in (self.answers, self.to_sender, self.to_recipients, self.received, self.envelopes):
            remembered.clear()
        self.signed_in.clear()
        self.greetings.clear()
        self.connections = 0
        self.heard.clear()

    @property
    def letters(self) -> list[EmailMessage]:
        """What arrived, as a mail program reads it."""
        parsed = [message_from_bytes(raw, policy=default) for raw in self.received]
        return [letter for letter in parsed if isinstance(letter, EmailMessage)]

    # -- hooks, named as aiosmtpd names them

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:  # noqa: N802
        session.host_name = hostname
        self.connections += 1
        self.greetings.append(hostname)
        return responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.to_sender:
            return self.to_sender.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.to_recipients:
            return self.to_recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else ACCEPTED
        if answer == ACCEPTED or answer in (CUT, HANG):  # a server that breaks off may well have kept the letter
            self.received.append(envelope.original_content)
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        self.heard.set()
        if answer == CUT:
            server.transport.abort()
        if answer == HANG:
            await asyncio.Event().wait()
        return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(**options: Any) -> Iterator[FarEnd]:
    far_end = FarEnd(port=free_port())

    def sign_in(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password == "mật khẩu thư".encode()
        if good:
            far_end.signed_in.append(data.login.decode())
        return AuthResult(success=good, handled=good)

    controller = Controller(far_end, hostname=HOST, port=far_end.port, authenticator=sign_in, **options)
    controller.start()
    try:
        yield far_end
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for `HOST` that vouches for itself: its PEM file, and a server's context with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Máy chủ thư thử nghiệm")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, key_file = folder / "server.pem", folder / "server.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem, key_file)
    return pem, context


@contextmanager
def dripping(line: bytes) -> Iterator[int]:
    """A server that says `line` for ever, a little apart, and never comes to the end; gives its port."""
    over = threading.Event()
    with socket.create_server((HOST, 0)) as listening:

        def serve() -> None:
            connection, _address = listening.accept()
            with connection:
                while not over.wait(0.02):
                    try:
                        connection.sendall(line)
                    except OSError:
                        return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        over.set()
        thread.join(10)
