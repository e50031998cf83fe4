"""What was made once: PDFs by edition and look, in a folder that anybody may empty at any time."""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from portal.notices.printing.errors import PressTooSlow
from portal.notices.printing.press import LOOK

UNUSED = timedelta(days=30)
"""A PDF that nobody asked for so long is made again when somebody does."""
NOT_AGAIN = timedelta(hours=1)


def folder_of(files_dir: Path) -> Path:
    """Beside the files, not among them: nothing in it is worth a backup."""
    return files_dir.parent / "derived" / "printing"


@cache
def look() -> str:
    """What names the present look of documents: other layout, other name."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in LOOK)).hexdigest()[:16]


def key_of(*parts: str) -> str:
    """The name of a PDF: of everything that its bytes depend on."""
    return hashlib.sha256("\0".join([look(), *parts]).encode()).hexdigest()


def kept(folder: Path, key: str, make: Callable[[], bytes], at: datetime) -> bytes:
    """The PDF of that name, made when there is none yet. Whole or not at all, also when several make it at once.

    Raises what `make` raises; `PressTooSlow` at once when it did so within the last hour.
    """
    path = folder / key[:2] / f"{key}.pdf"
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = _made(path.with_suffix(".slow"), make, at)
        _put(path, content)
        return content
    os.utime(path, (at.timestamp(), at.timestamp()))
    return content


def _made(slow: Path, make: Callable[[], bytes], at: datetime) -> bytes:
    """One that takes too long does so every time: after a first try nobody waits for it again for a while."""
    if slow.exists() and at.timestamp() - slow.stat().st_mtime < NOT_AGAIN.total_seconds():
        raise PressTooSlow
    try:
        return make()
    except PressTooSlow:
        _put(slow, b"")
        os.utime(slow, (at.timestamp(), at.timestamp()))
        raise


def fonts_in(folder: Path, fonts: Iterable[tuple[str, bytes]]) -> Path:
    """A folder with these font files, written when they are not there yet."""
    given = list(fonts)
    name = hashlib.sha256(b"\0".join(content for _name, content in given)).hexdigest()[:16]
    place = folder / "fonts" / name
    for file, content in given:
        if not (place / file).exists():
            _put(place / file, content)
    return place


def sweep(folder: Path, at: datetime) -> int:
    """Remove what nobody asked for lately; returns how many."""
    old = (at - UNUSED).timestamp()
    gone = 0
    for path in folder.glob("[0-9a-f][0-9a-f]/*"):
        try:
            if path.stat().st_mtime < old:
                path.unlink()
                gone += 1
        except FileNotFoundError:
            continue
    return gone


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        made.write_bytes(content)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
