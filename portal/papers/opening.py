"""From a file to a paper: what it really is, converted where need be, read apart from this process."""

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from portal.papers.child import read as read_here
from portal.papers.errors import EncryptedPaper, FormatUnknown
from portal.papers.isolation import MB, Bounds, read_apart
from portal.papers.options import Options
from portal.papers.paper import Paper, Remark
from portal.papers.remarks import Remarks
from portal.settings import Settings

if TYPE_CHECKING:
    from portal.files import Limits as FileLimits

READABLE = frozenset({"text", "html", "docx", "pdf", "doc", "rtf", "odt"})
OFFICE = frozenset({"doc", "rtf", "odt"})
"""Kinds that LibreOffice makes into .docx first."""
EXTENSIONS = (".txt", ".html", ".htm", ".docx", ".pdf", ".doc", ".rtf", ".odt")
"""What files are called that can be read."""
SHORT_TEXT = MB
"""Plain text up to this many bytes is decoded in this process: no parser is at work, time and memory are small."""
_DEFAULT = Options()


@dataclass(frozen=True)
class Limits:
    """What one reading may take. `size`: the file, in bytes; `unpacked`: what a .docx holds; `bounds`: the process.

    `max_pages`, `max_text`: as in `Options`.
    """

    size: int = 50 * MB
    unpacked: int = 512 * MB
    bounds: Bounds = field(default_factory=Bounds)
    max_pages: int = _DEFAULT.max_pages
    max_text: int = _DEFAULT.max_text
    soffice: str = ""
    """The program of LibreOffice (`portal.soffice`)."""

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """Those of an instance."""
        bounds = Bounds(settings.paper_seconds, settings.paper_memory)
        return cls(size=settings.max_upload, bounds=bounds, soffice=settings.soffice)

    def for_files(self) -> "FileLimits":
        from portal.files import Limits as FileLimits  # late: the process that reads does without

        return FileLimits(size=self.size, zip_unpacked=self.unpacked)


def read(
    path: Path, name: str, *, limits: Limits | None = None, encoding: str | None = None, roots: Path | None = None
) -> Paper:
    """The paper in the file at `path`, called `name`.

    `encoding`: the legacy encoding that a person chose; `roots`: a folder of certificates that signatures may lead to.
    A wrong extension does not matter: the content decides, and the paper says so. Programs, macros, encrypted and
    broken files are refused. Raises `PaperError` and `portal.files.FileRefused`.
    """
    limits = limits or Limits()
    kind = kind_of(path, name, limits)
    if kind not in READABLE:
        raise FormatUnknown()
    options = Options(encoding=encoding, roots=roots, max_pages=limits.max_pages, max_text=limits.max_text)
    if kind in OFFICE:
        paper = _through_office(path, name, kind, options, limits)
    elif kind == "text" and path.stat().st_size <= SHORT_TEXT:
        paper = read_here(path, name, kind, options)
    else:
        paper = read_apart(path, name, kind, options, limits.bounds)
    extension = _extension(name)
    if not _fits(kind, extension):
        remark = Remark(Remarks.KIND_DIFFERS, {"extension": extension, "kind": "txt" if kind == "text" else kind})
        paper = replace(paper, remarks=(remark, *paper.remarks))
    return paper


def kind_of(path: Path, name: str, limits: Limits) -> str:
    """The name of the kind that the file really is, whatever it is called. Raises `FileRefused`, `EncryptedPaper`."""
    from portal.files import Empty, Encrypted, KindUnknown, Mismatch, TooLarge, examine
    from portal.files.kinds import BY_EXTENSION

    size = path.stat().st_size
    if size == 0:
        raise Empty()
    if size > limits.size:
        raise TooLarge(limits.size)
    try:
        return examine(path, name, limits.for_files()).kind.name
    except Mismatch as error:
        return BY_EXTENSION[error.right].name
    except Encrypted:
        raise EncryptedPaper() from None
    except KindUnknown as error:
        is_unheard_of = error.message == KindUnknown.message
        if is_unheard_of and _extension(name) == "txt":  # UTF-16 without a mark, UTF-32, VISCII: the reader knows more
            return "text"
        raise


def _through_office(path: Path, name: str, kind: str, options: Options, limits: Limits) -> Paper:
    from portal.papers.office import to_docx

    with tempfile.TemporaryDirectory(prefix="portal-office-") as made:
        converted = to_docx(path, Path(made), soffice=limits.soffice, seconds=limits.bounds.seconds)
        paper = read_apart(converted, name, "docx", options, limits.bounds)
    return replace(paper, format=kind)


def _fits(kind: str, extension: str) -> bool:
    from portal.files import KINDS

    return extension in KINDS[kind].extensions


def _extension(name: str) -> str:
    from portal.files.names import extension_of

    return extension_of(name)
