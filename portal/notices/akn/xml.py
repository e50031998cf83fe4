"""Writing XML as text."""

import re
from urllib.parse import quote

from portal.text import without_controls

_SAFE = r"[\w.~!$&'()*+,;=:@%/?-]|#(?=[^#]*\Z)"
_ADDRESS = re.compile(
    rf"(?:https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{{1,5}})?(?:[/?#](?:{_SAFE})*)?"
    rf"|(?:mailto|hinh):[\w.@+%-]+|[#?](?:[\w.~!$&'()*+,;=:@%/?-])*|/(?!/)(?:{_SAFE})*)",
    re.ASCII,
)
_BROKEN_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def text(value: str) -> str:
    """Character data."""
    plain = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return without_controls(plain)


def tag(name: str, content: str = "", /, **attributes: object) -> str:
    """An element around finished `content`; attributes that are None are left out, `own_x` is `p:x`, `as_` is `as`."""
    start = name + "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    return f"<{start}>{content}</{name}>" if content else f"<{start}/>"


def start(name: str, /, **attributes: object) -> str:
    """A start tag alone."""
    return f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items() if value is not None)}>"


def address(href: str) -> tuple[str, str | None]:
    """A valid URI for `href`, and `href` itself where that had to differ from it."""
    if _ADDRESS.fullmatch(href) and not _BROKEN_PERCENT.search(href):
        return href, None
    return quote(href, safe=""), href


def _attribute(key: str, value: object) -> str:
    name = f"p:{key[4:]}" if key.startswith("own_") else key.rstrip("_").replace("__", ":")
    plain = text(str(value)).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
    return f' {name}="{plain}"'
