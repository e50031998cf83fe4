"""Pictures of a paper: which are kept, under which name, and which only decorate."""

import posixpath
import re
import warnings
from html import escape
from io import BytesIO

from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from portal.papers.errors import PaperError
from portal.papers.paper import Image
from portal.papers.readers.docx.package import Package

_KEPT = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_MB = 1024 * 1024
_LARGEST = 25 * _MB
_LARGEST_TOTAL = 120 * _MB
_MOST = 1000
_MOST_PIXELS = 80_000_000
_EMU_A_POINT = 12_700
_THIN = 5 * _EMU_A_POINT
_UNSAFE = re.compile(r"[^a-z0-9_-]+")
_AUTOMATIC = re.compile(r"(?:picture|image|hình ảnh|graphic)?\s*\d*|.*\.(?:png|jpe?g|gif|bmp|wmf|emf)", re.IGNORECASE)
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    KeyError,
    IndexError,
    TypeError,
    OverflowError,
    EOFError,
    MemoryError,
    NotImplementedError,
    RuntimeError,
    Pillow.DecompressionBombError,
    Pillow.DecompressionBombWarning,
)


class Images:
    """The pictures found so far. `dropped` counts those in formats that a browser does not show, or broken."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names: dict[str, str | None] = {}
        self._left = _LARGEST_TOTAL
        self._found: list[Image] = []
        self.dropped = 0

    @property
    def found(self) -> tuple[Image, ...]:
        """The kept pictures in the order of the text, each once."""
        return tuple(self._found)

    def shown(self, part: str | None, alt: str, size: tuple[int, int] | None = None) -> str:
        """The picture of a part as HTML, "" when it is not kept; `size` in EMU as the page shows it."""
        if size is not None and min(size) <= _THIN:
            return ""  # a drawn line
        if part is None:
            self.dropped += 1
            return ""
        alt = "" if _AUTOMATIC.fullmatch(alt.strip()) else " ".join(alt.split())[:500]
        if part not in self._names:
            self._names[part] = self._kept(part, alt)
            self.dropped += self._names[part] is None
        name = self._names[part]
        return f'<img src="hinh:{escape(name)}" alt="{escape(alt)}">' if name else ""

    def _kept(self, part: str, alt: str) -> str | None:
        """The name under which the picture is kept; "" for a drawn line, None for what cannot be shown."""
        if len(self._found) >= _MOST or not 0 < self._package.size(part) <= min(_LARGEST, self._left):
            return None
        try:
            content = self._package.content(part, _LARGEST)
        except PaperError:
            return None
        looked = _looked_at(content) if content else None
        if content is None or looked is None:
            return None
        media_type, width, height = looked
        if min(width, height) <= 4 or (max(width, height) > 40 * min(width, height) and min(width, height) < 24):
            return ""
        self._left -= len(content)
        stem = _UNSAFE.sub("-", posixpath.splitext(posixpath.basename(part))[0].lower()).strip("-") or "hinh"
        name = f"{stem}.{_EXTENSIONS[media_type]}"
        if any(image.name == name for image in self._found):
            name = f"{stem}-{len(self._found) + 1}.{_EXTENSIONS[media_type]}"
        self._found.append(Image(name, media_type, content, alt))
        return name


def _looked_at(content: bytes) -> tuple[str, int, int] | None:
    """Media type, width and height from the header of a picture; its points are not unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(BytesIO(content), formats=list(_KEPT)) as picture:
                width, height = picture.size
                kind = _KEPT.get(picture.format or "")
    except _BROKEN:
        return None
    if kind is None or not 0 < width * height <= _MOST_PIXELS:
        return None
    return kind, width, height
