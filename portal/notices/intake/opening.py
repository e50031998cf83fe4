"""A file opened and read in the limited process; what came of it, before anything is stored."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session
from translationstring import TranslationString

from portal import files, papers
from portal.agencies import queries as agencies
from portal.clock import today
from portal.notices.paper import SecretPaper
from portal.notices.reading import Reading, read
from portal.papers.errors import PaperError
from portal.papers.paper import Paper
from portal.papers.remarks import sentence
from portal.settings import Settings
from portal.text import nfc

KINDS = frozenset({"docx", "doc", "rtf", "odt", "pdf", "html", "text", "zip"})
"""What can be read; a table or a picture is an attachment, not a paper."""
ACCEPT = ".docx,.doc,.rtf,.odt,.pdf,.html,.htm,.txt,.zip"


@dataclass(frozen=True)
class Opened:
    """`paper` None: it could not be read, `why` says the reason."""

    paper: Paper | None
    why: TranslationString | None = None

    @property
    def asks(self) -> bool:
        """Whether a person must choose its encoding."""
        return self.paper is not None and bool(self.paper.encodings)

    @property
    def notes(self) -> list[Any]:
        """Sentences for whoever checks the draft."""
        if self.paper is None:
            return [self.why]
        return [sentence(remark) for remark in self.paper.remarks]


def limits(settings: Settings) -> files.Limits:
    """What is taken in."""
    return files.Limits(size=settings.max_upload, kinds=KINDS)


def opened(path: Path, name: str, *, settings: Settings, encoding: str | None = None) -> Opened:
    """Read the file at `path`. Needs seconds, and no database: hold no transaction meanwhile."""
    try:
        return Opened(
            papers.read(
                path, name, limits=papers.Limits.of(settings), encoding=encoding, roots=settings.signature_roots
            )
        )
    except (PaperError, files.FileRefused) as error:
        return Opened(None, error.message)


def read_fields(db: Session, opened: Opened, *, at: datetime, not_secret: bool = False) -> Reading | None:
    """What the paper says about itself; None when there is nothing to read.

    Raises `SecretPaper` for one with a mark of state secrecy, sure or not, unless a person says it is none.
    """
    if opened.paper is None or not opened.paper.text.strip():
        return None
    reading = read_text(db, opened.paper.text, at=at)
    refuse_secret(reading, not_secret=not_secret)
    return reading


def read_text(db: Session, text: str, *, at: datetime) -> Reading:
    """What a text says about itself; agencies are those of its day."""
    return read(text, resolve=partial(agencies.resolver, db), today=today(at))


def refuse_secret(reading: Reading, *, not_secret: bool) -> None:
    """Raises `SecretPaper`."""
    if reading.secrecy is not None and not not_secret:
        raise SecretPaper(" ".join(nfc(reading.secrecy.passage).split()))
