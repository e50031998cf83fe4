"""Where a person may be sent after signing in: pages of this portal only, never another site."""

import re
from urllib.parse import quote, urlsplit

LONGEST = 2000
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


def local(target: str | None) -> str | None:
    """`target` if it is the address of a page of ours (`/path?query`), else None.

    Refused: other hosts (`//host`, `/\\host`, `https:…`), control characters and blanks (header injection, and
    browsers drop some of them before reading the address), and addresses of more than 2,000 characters.
    """
    if not target or len(target) > LONGEST or _UNSAFE.search(target):
        return None
    if not target.startswith("/") or target.startswith("//"):
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        return None
    return quote(target, safe="/?#[]@!$&'()*+,;=:%~-._")


def page_of(referrer: str | None, host: str) -> str | None:
    """The local address in a `Referer` of this very host, else None."""
    if not referrer:
        return None
    try:
        parts = urlsplit(referrer)
    except ValueError:
        return None
    if parts.netloc != host or parts.scheme not in ("http", "https"):
        return None
    return local(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")
