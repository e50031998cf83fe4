"""What stands in the given files and folders, one `Source` a document, read as a stream."""

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from portal.errors import PortalError
from portal.request import _

TEXTS = (".txt",)
LINES = (".jsonl", ".jsonl.gz")


class NothingToImport(PortalError):
    """A path that does not exist or holds no file of a known form."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _(
                "Không tìm thấy tệp .txt, .jsonl hoặc .jsonl.gz nào ở “${path}”.",
                mapping={"path": str(path)},
            )
        )


@dataclass(frozen=True)
class Source:
    """One document as found: `row` of a JSON line, or `text` of a paper; `refused` says why it could not be read."""

    where: str
    """File name, and the line for JSON lines."""
    source_id: str
    sha256: str
    size: int
    """In bytes, as it stands in the file."""
    row: dict[str, Any] = field(default_factory=dict)
    text: str | None = None
    refused: str | None = None


def sources_in(paths: Iterable[Path]) -> Iterator[Source]:
    """Every document in the files and folders, in a stable order. Raises `NothingToImport` before the first one."""
    files = [(root, file) for root in paths for file in _files(root)]
    for root, file in files:
        name = file.relative_to(root).as_posix() if root.is_dir() else file.name
        yield from _lines(file, name) if name.endswith(LINES) else _paper(file, name)


def count(paths: Iterable[Path]) -> int:
    """How many documents there are, for the progress bar; reads the files once."""
    total = 0
    for root in paths:
        for file in _files(root):
            if file.name.endswith(LINES):
                with _open(file) as lines:
                    total += sum(1 for line in lines if line.strip())
            else:
                total += 1
    return total


def _files(root: Path) -> list[Path]:
    if root.is_file() and root.name.endswith(LINES + TEXTS):
        return [root]
    found = (
        sorted(p for p in root.rglob("*") if p.is_file() and p.name.endswith(LINES + TEXTS)) if root.is_dir() else []
    )
    if not found:
        raise NothingToImport(root)
    return found


def _open(file: Path) -> Any:
    return gzip.open(file, "rb") if file.name.endswith(".gz") else file.open("rb")


def _paper(file: Path, name: str) -> Iterator[Source]:
    content = file.read_bytes()
    found = partial(Source, name, name, hashlib.sha256(content).hexdigest(), len(content))
    try:
        yield found(text=content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        yield found(refused=f"không phải văn bản UTF-8 (byte {error.start})")


def _lines(file: Path, name: str) -> Iterator[Source]:
    with _open(file) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _line(line, f"{name}:{number}")


def _line(line: bytes, where: str) -> Source:
    sha256, size = hashlib.sha256(line.strip()).hexdigest(), len(line)
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Source(where, where, sha256, size, refused=f"không phải JSON mã UTF-8: {error}")
    if not isinstance(row, dict):
        return Source(where, where, sha256, size, refused="dòng JSON không phải một đối tượng")
    return Source(where, _identity(row, sha256), sha256, size, row=row)


def _identity(row: dict[str, Any], sha256: str) -> str:
    if row.get("id"):
        return str(row["id"])[:255]
    named = [str(row[key]) for key in ("number", "issuer", "issued_on") if row.get(key)]
    return "|".join(named)[:255] if len(named) == 3 else sha256
