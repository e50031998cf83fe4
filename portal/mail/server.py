"""The mail server as the settings name it. Everything that can be wrong there is told at the start."""

import re
from dataclasses import dataclass
from email.utils import getaddresses
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from translationstring import TranslationString

from portal.errors import _
from portal.mail.addresses import address_of
from portal.mail.errors import BadAddress, BadMailServer
from portal.settings import PREFIX, Settings

PLAIN, TLS, STARTTLS = "smtp", "smtps", "smtp+starttls"
PORTS = {PLAIN: 25, TLS: 465, STARTTLS: 587}
_NAME = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]")


@dataclass(frozen=True)
class Server:
    """Where letters go and who they are from. `greeting`: the name by which the portal introduces itself (EHLO)."""

    security: str
    host: str
    port: int
    user: str
    password_file: Path | None
    ca_file: Path | None
    sender: str
    sender_name: str
    """Empty: the name of the instance, in the language of the letter."""
    greeting: str

    @property
    def domain(self) -> str:
        """Of the sender's address."""
        return self.sender.rpartition("@")[2]

    @property
    def password(self) -> str:
        """Read anew each time, so that a changed one needs no restart. Raises OSError."""
        return self.password_file.read_text(encoding="utf-8").rstrip("\r\n") if self.password_file else ""

    def __str__(self) -> str:
        return f"{self.security}://{self.host}:{self.port}"


def server_of(settings: Settings) -> Server | None:
    """The server; None when no letters are to leave this instance. Raises `BadMailServer` with the key's name."""
    if settings.mail_limit < 1 or settings.mail_keep_days < 1:
        key = "mail_limit" if settings.mail_limit < 1 else "mail_keep_days"
        raise _bad(key, str(getattr(settings, key)), _("số nguyên từ 1 trở lên"))
    if not settings.mail_server:
        return None
    url = _url_of(settings)
    if url.username and (url.scheme == PLAIN or settings.mail_password_file is None):
        need = _("smtps:// hoặc smtp+starttls:// khi có tên người dùng, kèm khóa portal.mail_password_file")
        raise _bad("mail_server", settings.mail_server, need)
    name, sender = _sender_of(settings)
    return Server(
        security=url.scheme,
        host=url.hostname or "",
        port=url.port or PORTS[url.scheme],
        user=unquote(url.username or ""),
        password_file=settings.mail_password_file,
        ca_file=settings.mail_ca_file,
        sender=sender,
        sender_name=name,
        greeting=_greeting_of(settings),
    )


def _url_of(settings: Settings) -> SplitResult:
    need = _("smtp://máy:cổng, smtps://máy hoặc smtp+starttls://người-dùng@máy, không ghi mật khẩu")
    try:
        url = urlsplit(settings.mail_server)
        sound = url.scheme in PORTS and bool(url.hostname) and url.port != 0 and url.path in ("", "/")
        sound = sound and bool(
            _NAME.fullmatch(url.netloc.rpartition("@")[2].partition("]")[0].partition(":")[0] or "[")
        )
    except ValueError:
        raise _bad("mail_server", "…", need) from None
    if url.password is not None:  # told without its value: the file that holds the password is the place for it
        raise _bad("mail_server", f"{url.scheme}://{url.username}:…@{url.hostname}", need)
    if not sound or url.query or url.fragment:
        raise _bad("mail_server", settings.mail_server, need)
    return url


def _sender_of(settings: Settings) -> tuple[str, str]:
    try:
        ((name, typed),) = getaddresses([settings.mail_from])
        return " ".join(name.split()), address_of(typed)
    except (BadAddress, ValueError):  # no address, or several
        need = _("địa chỉ gửi, như Cổng thông tin <khong-tra-loi@vidu.gov.vn>")
        raise _bad("mail_from", settings.mail_from, need) from None


def _greeting_of(settings: Settings) -> str:
    host = urlsplit(settings.address).hostname or "localhost"
    if ":" in host:
        return f"[IPv6:{host}]"
    return f"[{host}]" if re.fullmatch(r"[\d.]+", host) else host


def _bad(key: str, value: str, need: TranslationString) -> BadMailServer:
    return BadMailServer(
        _(
            "Khóa “${key}” có giá trị “${value}”, cần: ${need}.",
            mapping={"key": PREFIX + key, "value": value, "need": need},
        )
    )
