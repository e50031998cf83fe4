"""What `portal serve` was asked for, and what waitress is told."""

import os
import re
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.errors import ConfigurationError, _
from portal.settings import Settings

DEFAULT_LISTEN = "127.0.0.1:6543"
BACKLOG = 1024
FORM_OVERHEAD = 1024 * 1024
"""Bytes for the fields of a form beside its file."""


class BadListen(ConfigurationError):
    """An address to listen on that is not `HOST:PORT`."""

    def __init__(self, listen: str) -> None:
        super().__init__(
            _(
                "Không hiểu địa chỉ lắng nghe “${listen}”. Hãy viết MÁY:CỔNG, ví dụ 127.0.0.1:6543 hoặc [::1]:6543.",
                mapping={"listen": listen},
            )
        )


class CannotListen(ConfigurationError):
    """The address is taken, not ours, or needs rights that this user lacks."""

    def __init__(self, listen: str, reason: str) -> None:
        super().__init__(
            _(
                "Không lắng nghe được ở ${listen} (${reason}). Có thể cổng đang chạy: hãy dừng nó hoặc chọn số khác.",
                mapping={"listen": listen, "reason": reason},
            )
        )


@dataclass(frozen=True)
class Options:
    """What to run.

    `processes`: web processes; `threads`: request threads in each; `drain`: seconds for running requests at the end;
    `worker`: whether a process beside them does jobs; `indexer`: whether it keeps the search index of this host.
    """

    ini: Path
    listen: str
    processes: int
    threads: int
    drain: float
    worker: bool = True
    indexer: bool = True


def cores() -> list[int]:
    """The cores this process may use, by number; empty where the system does not say."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return []


def core_count() -> int:
    """How many cores this process may use."""
    return len(cores()) or os.cpu_count() or 1


def bind(listen: str) -> socket.socket:
    """The listening socket that every web process shares. Raises `BadListen` or `CannotListen`."""
    found = re.fullmatch(r"(?:\[([0-9a-fA-F:.]+)\]|([^:\[\]]+)):(\d{1,5})", listen)
    if not found or int(found[3]) > 65535:
        raise BadListen(listen)
    host, port = found[1] or found[2], int(found[3])
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise CannotListen(listen, error.strerror or str(error)) from error


def url_of(listener: socket.socket) -> str:
    """The address a browser on this machine types."""
    host, port = listener.getsockname()[:2]
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 shown, not bound
    return f"http://{name}:{port}"


def adjustments(settings: Settings, *, threads: int) -> dict[str, Any]:
    """Waitress's own settings for an instance.

    Headers of a proxy are believed only when `portal.trusted_proxies` says that one stands in front; the name of the
    host comes from `Host` always, never from `X-Forwarded-Host`, which many proxies pass on unseen.
    """
    chosen: dict[str, Any] = {
        "threads": threads,
        "ident": None,
        "backlog": BACKLOG,
        "connection_limit": 1000,
        "channel_timeout": 60,
        "cleanup_interval": 15,
        "asyncore_use_poll": True,
        "log_socket_errors": False,
        "max_request_header_size": 64 * 1024,
        "max_request_body_size": settings.max_upload + settings.max_text + FORM_OVERHEAD,
        "clear_untrusted_proxy_headers": True,
        "url_scheme": "https" if settings.secure else "http",
    }
    if settings.trusted_proxies > 0:
        chosen |= {
            "trusted_proxy": "*",
            "trusted_proxy_count": settings.trusted_proxies,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
    return chosen
