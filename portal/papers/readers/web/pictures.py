"""Pictures of a page: those that stand in it; nothing is fetched."""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from portal.papers.paper import Image, Remark
from portal.papers.remarks import Remarks

_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp)\s*(;[^,]{0,100})?,", re.IGNORECASE)
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"GIF8", "gif", "image/gif"),
    (b"RIFF", "webp", "image/webp"),
)
_SMALLEST = 100
"""Bytes; less is a spacer."""


class Pictures:
    """Collects them; the same picture is kept once."""

    def __init__(self) -> None:
        self.found: list[Image] = []
        self._names: dict[bytes, str] = {}
        self._dropped = 0

    def take(self, address: str, alt: str) -> str | None:
        """The name under which the picture is kept; None when it is not in the page or is none."""
        begun = _DATA.match(address.strip()[:300])
        if begun is None:
            self._dropped += bool(address.strip())
            return None
        content = _content(address.strip()[begun.end() :], "base64" in (begun[1] or "").lower())
        known = next((row for row in _BEGINNINGS if content.startswith(row[0])), None)
        if known is None or len(content) < _SMALLEST:
            self._dropped += known is None
            return None
        if content not in self._names:
            name = f"hinh-{len(self.found) + 1}.{known[1]}"
            self._names[content] = name
            self.found.append(Image(name, known[2], content, alt))
        return self._names[content]

    def remarks(self) -> list[Remark]:
        return [Remark(Remarks.IMAGE_DROPPED, {"count": self._dropped})] if self._dropped else []


def _content(encoded: str, is_base64: bool) -> bytes:
    plain = unquote_to_bytes(encoded)
    if not is_base64:
        return plain
    try:
        return base64.b64decode(re.sub(rb"\s+", b"", plain), validate=False)
    except (binascii.Error, ValueError):
        return b""
