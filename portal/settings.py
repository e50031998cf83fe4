"""Every key of an instance's `.ini`, typed and frozen. An unlisted key stops the start with its name."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from portal.errors import ConfigurationError, _

PREFIX = "portal."
SHORTEST_SECRET = 32
FOREIGN = ("pyramid.", "jinja2.", "tm.", "debugtoolbar.")
"""Prefixes that belong to the framework and are passed on to it."""

ROOT = Path(__file__).resolve().parent.parent


class UnknownSetting(ConfigurationError):
    """A key in the `.ini` that no release of the portal knows: most likely misspelt."""

    def __init__(self, key: str, near: str | None) -> None:
        self.key = key
        hint = _(
            "Tệp cấu hình có khóa lạ “${key}”. Có phải bạn muốn viết “${near}” không?",
            mapping={"key": key, "near": near},
        )
        plain = _(
            "Tệp cấu hình có khóa lạ “${key}”. Hãy xóa hoặc sửa khóa này.",
            mapping={"key": key},
        )
        super().__init__(hint if near else plain)


class BadSetting(ConfigurationError):
    """A value that cannot be read as what its key needs."""

    def __init__(self, key: str, value: str, need: str) -> None:
        self.key = key
        super().__init__(
            _(
                "Khóa “${key}” có giá trị “${value}”, cần: ${need}.",
                mapping={"key": key, "value": value, "need": need},
            )
        )


@dataclass(frozen=True)
class Settings:
    """One instance. Paths are absolute; sizes in bytes; times in seconds."""

    database_url: str = f"sqlite:///{ROOT / 'var' / 'portal.sqlite'}"
    files_dir: Path = ROOT / "var" / "files"
    secret_file: Path = ROOT / "var" / "secret.key"
    themes_dir: Path = ROOT / "themes"
    content_dir: Path = ROOT / "content"
    theme: str = "base"
    address: str = "http://127.0.0.1:6543"
    trusted_proxies: int = 0
    agency_code: str = "G22"
    instance_name: str = "Cổng Thông tin điện tử"
    instance_name_en: str = "Government portal"
    slogan: str = ""
    slogan_en: str = ""
    contact_responsible: str = ""
    contact_address: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    languages: tuple[str, ...] = ("vi", "en")
    signature_roots: Path | None = None
    max_upload: int = 50 * 1024 * 1024
    max_text: int = 5 * 1024 * 1024
    soffice: str = ""
    paper_seconds: int = 60
    paper_memory: int = 1536 * 1024 * 1024
    session_idle: int = 2 * 60 * 60
    session_lifetime: int = 12 * 60 * 60
    sign_in_attempts: int = 8
    lockout: int = 15 * 60
    search_engine: str = "whoosh"
    search_dir: Path = ROOT / "var" / "search"
    search_memory: int = 96 * 1024 * 1024
    page_cache: int = 64 * 1024 * 1024
    national_portal: str = "https://dichvucong.gov.vn"
    dossier_profile: str = "vn-2025"
    mail_server: str = ""
    mail_password_file: Path | None = None
    mail_ca_file: Path | None = None
    mail_from: str = ""
    mail_limit: int = 60
    mail_keep_days: int = 30
    worker: bool = True
    debug: bool = False

    @property
    def secure(self) -> bool:
        """Whether the public address is https: cookies are then `Secure`."""
        return self.address.startswith("https://")

    @property
    def origin(self) -> str:
        """The host name that marks what was first published here."""
        return self.address.split("://", 1)[-1].split("/", 1)[0]

    def name_in(self, language: str) -> str:
        """The name of the instance in the language of a page."""
        return self.instance_name_en if language == "en" else self.instance_name

    @property
    def secret(self) -> str:
        """The instance's secret, read from its file; made on first use with rights for the owner only."""
        if not self.secret_file.exists():
            _make_secret(self.secret_file)
        secret = self.secret_file.read_text().strip()
        if len(secret) < SHORTEST_SECRET:
            raise BadSetting(f"{PREFIX}secret_file", str(self.secret_file), _("tệp chứa ít nhất 32 ký tự bí mật"))
        return secret


def _make_secret(file: Path) -> None:
    """Whole or not at all: of several processes that start at once one wins, and none reads half a secret."""
    file.parent.mkdir(parents=True, exist_ok=True)
    made = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_hex(32))
    try:
        os.link(made, file)
    except FileExistsError:
        return
    finally:
        made.unlink()


_FIELDS = {f.name: f for f in fields(Settings)}


def read(ini: Mapping[str, Any]) -> Settings:
    """Settings from the keys of an `[app:main]` section.

    Raises `UnknownSetting` for a key that is neither ours (`portal.…`) nor the framework's, and `BadSetting`.
    """
    values: dict[str, Any] = {}
    for name, value in ini.items():
        short = name.removeprefix(PREFIX)
        if name.startswith(PREFIX) and short in _FIELDS:
            values[short] = _convert(name, _FIELDS[short].type, value)
            if short == "address":
                values[short] = values[short].rstrip("/")  # addresses of pages begin with a slash
        elif name not in ("here", "__file__") and not name.startswith(FOREIGN):
            raise UnknownSetting(name, _nearest(short))
    return Settings(**values)


def _nearest(name: str) -> str | None:
    import difflib  # only needed for the message of a failed start

    near = difflib.get_close_matches(name, _FIELDS, n=1)
    return PREFIX + near[0] if near else None


def _convert(name: str, kind: Any, value: Any) -> Any:
    text = str(value).strip()
    if kind == Path | None and not text:
        return None
    if kind in (Path, Path | None):
        return Path(text).expanduser().absolute()
    if kind == tuple[str, ...]:
        return tuple(text.split())
    if kind is bool:
        if text.lower() not in ("true", "false"):
            raise BadSetting(name, text, "true | false")
        return text.lower() == "true"
    if kind is int:
        try:
            return int(text)
        except ValueError:
            raise BadSetting(name, text, "số nguyên") from None
    return text
