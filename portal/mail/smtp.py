"""One conversation with the mail server (RFC 5321), which ends in time whatever the server does."""

import re
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTP, SMTP_SSL, SMTPResponseException
from typing import Any

from portal.mail.server import STARTTLS, TLS, Server

STEP, WHOLE = 10.0, 60.0
"""Seconds for one answer of the server, and for the whole conversation: the worker has other jobs, too. The answer to
the text, which many servers examine first, may take all that is left."""
LONGEST_ANSWER = 500
CLOSING = 421
_DOT = re.compile(rb"^\.", re.MULTILINE)


class Undelivered(Exception):
    """The letter was not taken, or we do not know. `said`: the server's words, or what happened to the connection."""

    def __init__(self, said: str) -> None:
        self.said = " ".join(said.split())[:LONGEST_ANSWER]
        super().__init__(self.said)


class Refused(Undelivered):
    """The server will never take this letter (5xx to the recipient or the text)."""


class NotNow(Undelivered):
    """The server does not take this letter now (4xx); it may later."""


class Unanswered(NotNow):
    """The connection broke when the server had the text, so it may have taken it: a second copy may follow."""


class Unreachable(Undelivered):
    """The server takes nothing at all from us now: no connection, no TLS, no sign-in, the sender refused."""


def deliver(server: Server, recipient: str, message: bytes, *, step: float = STEP, whole: float = WHOLE) -> str:
    """Hand the letter (lines end in CRLF) over; gives the server's answer. Raises one of the `Undelivered`."""
    with _conversation(server, step, whole) as client:
        _say_who(client, server)
        code, said = client.rcpt(recipient)
        if code not in (250, 251):
            raise _judged(code, said)
        code, said = client.docmd("DATA")
        if code != 354:
            raise _judged(code, said)
        try:
            if client.sock is not None:
                client.sock.settimeout(whole)
            client.send(_DOT.sub(b"..", message) + b".\r\n")
            code, said = client.getreply()
        except OSError as error:
            raise Unanswered(_described(error)) from error
        if code != 250:
            raise _judged(code, said)
        return _told(code, said)


def check(server: Server, *, step: float = STEP, whole: float = WHOLE) -> None:
    """Connect, introduce ourselves, sign in, say who would send, and leave again. Raises `Unreachable`."""
    with _conversation(server, step, whole) as client:
        _say_who(client, server)


@contextmanager
def _conversation(server: Server, step: float, whole: float) -> Iterator[SMTP]:
    """A client that has been greeted and signed in. Whatever breaks it is `Unreachable`, unless told otherwise."""
    client: SMTP | None = None
    try:
        client = _connected(server, step, whole)
        client.ehlo_or_helo_if_needed()
        if server.security == STARTTLS:
            client.starttls(context=_context(server))
            client.ehlo()
        if server.user:
            _sign_in(client, server.user, server.password)
        yield client
        _leave(client)
    except (OSError, ValueError) as error:  # smtplib's own errors are OSErrors, too
        raise Unreachable(_described(error)) from error
    finally:
        if client is not None:
            client.close()


def _connected(server: Server, step: float, whole: float) -> SMTP:
    if server.security == TLS:
        return _TimedTLS(
            server.host,
            server.port,
            local_hostname=server.greeting,
            timeout=step,
            context=_context(server),
            whole=whole,
        )
    return _Timed(server.host, server.port, local_hostname=server.greeting, timeout=step, whole=whole)


class _Timed(SMTP):
    """A server that says a word now and then never runs into the limit of one step: after `whole` seconds the line is
    cut under it."""

    def __init__(self, host: str, port: int, *, whole: float, **more: Any) -> None:
        self._timer = threading.Timer(whole, self._cut)
        self._timer.daemon = True
        self._timer.start()
        try:
            super().__init__(host, port, **more)
        except BaseException:
            self._timer.cancel()
            raise

    def _cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):  # ended by itself just now
                self.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._timer.cancel()
        super().close()


class _TimedTLS(_Timed, SMTP_SSL):
    """The same over TLS from the first byte."""


def _context(server: Server) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(server.ca_file) if server.ca_file else None)


def _sign_in(client: SMTP, user: str, password: str) -> None:
    if user.isascii() and password.isascii():
        client.login(user, password)
        return
    token = b64encode(f"\0{user}\0{password}".encode()).decode()  # RFC 4616: UTF-8, which smtplib cannot
    code, said = client.docmd("AUTH", f"PLAIN {token}")
    if code != 235:
        raise Unreachable(_told(code, said))


def _say_who(client: SMTP, server: Server) -> None:
    code, said = client.mail(server.sender)
    if code != 250:
        raise Unreachable(_told(code, said))


def _leave(client: SMTP) -> None:
    with suppress(OSError):  # it has the letter; how it says goodbye changes nothing
        client.quit()


def _judged(code: int, said: bytes | str) -> Undelivered:
    told = _told(code, said)
    if code == CLOSING:
        return Unreachable(told)
    return Refused(told) if 500 <= code <= 599 else NotNow(told)


def _told(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {text}".split())[:LONGEST_ANSWER]


def _described(error: BaseException) -> str:
    if isinstance(error, SMTPResponseException):
        return _told(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"
