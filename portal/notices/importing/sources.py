"""What stands in the given files, folders and archives, one `Source` a document, found as a stream."""

import gzip
import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from portal import papers
from portal.errors import PortalError
from portal.request import _

LINES = (".jsonl", ".jsonl.gz")
ARCHIVES = (".zip",)
LONGEST_ID = 255


class NothingToImport(PortalError):
    """A path that does not exist or holds no file of a known form."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _(
                "Không tìm thấy tệp nào nhập được ở “${path}”. Nhập được: .docx, .doc, .rtf, .pdf, .html, .txt, "
                ".zip, .jsonl và .jsonl.gz.",
                mapping={"path": str(path)},
            )
        )


@dataclass(frozen=True)
class Source:
    """One document as found: `row` of a JSON line, or a paper still to be read; `refused` says why it cannot be.

    A paper lies in a file, or was unpacked: then its `content` is here.
    """

    where: str
    """File name, and the line for JSON lines."""
    source_id: str
    sha256: str
    size: int
    """In bytes, as it stands in the file."""
    row: dict[str, Any] = field(default_factory=dict)
    file: Path | None = None
    content: bytes | None = None
    refused: str | None = None

    @property
    def is_paper(self) -> bool:
        return self.file is not None or self.content is not None

    @property
    def name(self) -> str:
        """The name of the file without its folders."""
        return self.where.rpartition("/")[2]

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """Where the paper lies while it is read."""
        if self.file is not None:
            yield self.file
            return
        with tempfile.NamedTemporaryFile(prefix="portal-import-") as made:
            made.write(self.content or b"")
            made.flush()
            yield Path(made.name)

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """The paper's bytes."""
        with self.on_disk() as path, path.open("rb") as opened:
            yield opened


def sources_in(paths: Iterable[Path]) -> Iterator[Source]:
    """Every document in the files and folders, in a stable order. Raises `NothingToImport` before the first one."""
    files = [(root, file) for root in paths for file in _files(root)]
    for root, file in files:
        name = file.relative_to(root).as_posix() if root.is_dir() else file.name
        if name.endswith(LINES):
            yield from _lines(file, name)
        elif name.casefold().endswith(ARCHIVES):
            yield from _members(file, name)
        else:
            yield _paper(file, name)


def count(paths: Iterable[Path]) -> int:
    """How many documents there are, for the progress bar; reads the files once."""
    total = 0
    for root in paths:
        for file in _files(root):
            if file.name.endswith(LINES):
                with _open(file) as lines:
                    total += sum(1 for line in lines if line.strip())
            else:
                total += sum(1 for _one in _members(file, "")) if file.name.casefold().endswith(ARCHIVES) else 1
    return total


def _files(root: Path) -> list[Path]:
    if root.is_file() and _is_known(root):
        return [root]
    found = sorted(p for p in root.rglob("*") if p.is_file() and _is_known(p)) if root.is_dir() else []
    if not found:
        raise NothingToImport(root)
    return found


def _is_known(file: Path) -> bool:
    """Whether its name is one of a file to import; Word's lock files and hidden ones are not."""
    name = file.name.casefold()
    return name.endswith((*LINES, *ARCHIVES, *papers.EXTENSIONS)) and not name.startswith((".", "~$"))


def _open(file: Path) -> Any:
    return gzip.open(file, "rb") if file.name.endswith(".gz") else file.open("rb")


def _paper(file: Path, name: str) -> Source:
    with file.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return Source(name, _named(name), sha256, file.stat().st_size, file=file)


def _members(file: Path, name: str) -> Iterator[Source]:
    """The papers of an archive, and what of it is refused."""
    skipped: list[papers.Skipped] = []
    try:
        with tempfile.TemporaryDirectory(prefix="portal-import-") as into:
            for member in papers.members(file, name, into=Path(into), skipped=skipped):
                yield _member(member.path.read_bytes(), f"{name}/{member.name}")
                member.path.unlink()
    except PortalError as error:
        yield _refused(name, str(error.message.interpolate()))
    for one in skipped:
        yield _refused(f"{name}/{one.name}", str(one.why.interpolate()))


def _member(content: bytes, where: str) -> Source:
    return Source(where, _named(where), hashlib.sha256(content).hexdigest(), len(content), content=content)


def _refused(where: str, why: str) -> Source:
    return Source(where, _named(where), "", 0, refused=why)


def _named(name: str) -> str:
    """A file is known again by its name; a very long one by its beginning and a hash."""
    if len(name) <= LONGEST_ID:
        return name
    return f"{name[: LONGEST_ID - 65]}-{hashlib.sha256(name.encode()).hexdigest()}"


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
