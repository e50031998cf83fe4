"""The files of a pack: TOML, and texts with TOML between two lines `+++` before them."""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.packs.errors import BadPack

FENCE = "+++"
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")


@dataclass(frozen=True)
class Matter:
    """A file with front matter: its values, the text after them, and where everything stands."""

    file: str
    """Path within the pack."""
    source: str
    values: dict[str, Any]
    text: str
    text_line: int
    """The line of the file on which `text` begins, from 1."""

    @property
    def sha256(self) -> str:
        """Of the whole file."""
        return digest(self.source)

    def bad(self, reason: str, key: str | None = None) -> BadPack:
        """The error that names this file, and the line of `key` in the front matter."""
        return BadPack(self.file, reason, self._line_of(key) if key else None)

    def _line_of(self, key: str) -> int | None:
        wanted = re.compile(rf"\s*{re.escape(key)}\s*=")
        lines = self.source.splitlines()[: self.text_line - 1]
        return next((number for number, line in enumerate(lines, 1) if wanted.match(line)), None)


def digest(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_text(path: Path, name: str) -> str:
    """A file of the pack as text. Raises `BadPack` when it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadPack(name, "không có tệp này") from None
    except UnicodeDecodeError as error:
        raise BadPack(name, f"không phải văn bản UTF-8 (byte {error.start})") from None


def read_toml(path: Path, name: str) -> dict[str, Any]:
    """A TOML file. Raises `BadPack` with the line."""
    return _toml(read_text(path, name), name, first_line=1)


def read_matter(path: Path, name: str) -> Matter:
    """A file with front matter. Raises `BadPack`."""
    source = read_text(path, name)
    lines = source.splitlines(keepends=True)
    fences = [number for number, line in enumerate(lines) if line.rstrip() == FENCE][:2]
    if len(fences) != 2 or fences[0] != 0:
        raise BadPack(name, f"phần mô tả TOML phải nằm ở đầu tệp, giữa hai dòng {FENCE}", 1)
    head, rest = lines[1 : fences[1]], lines[fences[1] + 1 :]
    return Matter(name, source, _toml("".join(head), name, first_line=2), "".join(rest), fences[1] + 2)


def _toml(text: str, name: str, *, first_line: int) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) + first_line - 1 if found and found[1] else None
        raise BadPack(name, f"không đọc được TOML: {_AT_LINE.sub('', str(error))}", line) from None
