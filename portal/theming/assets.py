"""Style sheets, scripts, fonts and pictures of a theme: in memory, each under the hash of its bytes."""

import gzip
import hashlib
import json
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from portal.theming import tokens
from portal.theming.errors import AssetUnknown, FrontEndNotBuilt
from portal.theming.lineage import Lineage, Theme

BUILD = "build"
TOKENS = "tokens.css"
OWN_SHEET = "theme.css"
"""A theme's own style sheet in `static/`; all of a lineage are served after the tokens, root first, as one file."""

_TYPES = {".woff2": "font/woff2", ".js": "text/javascript", ".svg": "image/svg+xml", ".webp": "image/webp"}
_URL = re.compile(r"""url\(\s*(['"]?)(?!data:|[#/]|https?:)([^'")]+)\1\s*\)""")


@dataclass(frozen=True)
class Asset:
    """One file. `hash` is part of its address, so the bytes at an address never change."""

    name: str
    body: bytes
    hash: str

    @property
    def media_type(self) -> str:
        suffix = Path(self.name).suffix
        return _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")

    @property
    def is_text(self) -> bool:
        """Whether compressing it is worth while."""
        return self.media_type.startswith("text/") or self.media_type.endswith(("+xml", "/json"))

    @cached_property
    def gzipped(self) -> bytes:
        """The body for a client that accepts gzip; made once."""
        return gzip.compress(self.body, 9, mtime=0)

    @property
    def path(self) -> str:
        return f"/assets/{self.hash}/{self.name}"


class Assets:
    """Every file of a lineage by its name; the nearest theme's wins."""

    def __init__(self, lineage: Lineage) -> None:
        self._by_name: dict[str, Asset] = {}
        built = False
        for theme in reversed(lineage.themes):
            built |= (theme.static / BUILD / "manifest.json").is_file()
            for name, body in _files_of(theme):
                self._by_name[name] = _asset(name, body)
        if not built:
            raise FrontEndNotBuilt()
        self._by_name[TOKENS] = _asset(TOKENS, self._tokens_sheet(lineage).encode())

    def __getitem__(self, name: str) -> Asset:
        """The file of that name. Raises `AssetUnknown`."""
        try:
            return self._by_name[name]
        except KeyError:
            raise AssetUnknown(name) from None

    def get(self, name: str) -> Asset | None:
        return self._by_name.get(name)

    def _tokens_sheet(self, lineage: Lineage) -> str:
        own = [theme.static / OWN_SHEET for theme in reversed(lineage.themes)]
        sheets = [self._with_addresses(sheet.read_text(encoding="utf-8")) for sheet in own if sheet.is_file()]
        return "\n".join([tokens.to_css(lineage.tokens), *sheets])

    def _with_addresses(self, css: str) -> str:
        """`url(name)` in a theme's own sheet, made the address of that file."""
        return _URL.sub(lambda found: f'url("../{self[found[2]].hash}/{found[2]}")', css)


def _files_of(theme: Theme) -> Iterator[tuple[str, bytes]]:
    build = theme.static / BUILD
    if (build / "manifest.json").is_file():
        manifest = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
        for name, entry in manifest.items():
            yield name, (build / entry["file"]).read_bytes()
    for file in sorted(theme.static.rglob("*")):
        name = file.relative_to(theme.static).as_posix()
        hidden = any(part.startswith(".") for part in Path(name).parts)
        if file.is_file() and not hidden and name != OWN_SHEET and not file.is_relative_to(build):
            yield name, file.read_bytes()


def _asset(name: str, body: bytes) -> Asset:
    return Asset(name, body, hashlib.sha256(body).hexdigest()[:12])
