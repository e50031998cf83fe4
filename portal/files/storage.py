"""The folder: contents under their hash, and what is still coming in. Knows no database."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from portal.files.errors import Empty, TooLarge

CHUNK = 1 << 18
INCOMING = "incoming"
SUFFIX = ".part"


@dataclass(frozen=True)
class Received:
    """A content that came in completely and lies in a temporary file; `size` in bytes."""

    path: Path
    sha256: str
    size: int


def blob_path(directory: Path, sha256: str) -> Path:
    """Where a content lies: `ab/cd/abcd…`. Raises ValueError for what is not a SHA-256 in lower-case hex."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("A content is named by its SHA-256.")
    return directory / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def receive(directory: Path, stream: BinaryIO, limit: int) -> Iterator[Received]:
    """Read `stream` into a temporary file, `limit` bytes at most; the file is gone afterwards unless it was placed.

    Raises `TooLarge`, `Empty`.
    """
    incoming = directory / INCOMING
    incoming.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=SUFFIX, dir=incoming)
    path = Path(name)
    try:
        digest, size = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as out:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise TooLarge(limit)
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        if size == 0:
            raise Empty()
        yield Received(path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def place(directory: Path, received: Received) -> Path:
    """Move a received content to its place, atomically and for good (fsync). A damaged one there is healed by it."""
    target = blob_path(directory, received.sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(received.path, target)
    for folder in (target.parent, target.parent.parent, directory):
        _sync(folder)
    return target


def _sync(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # Windows cannot, and need not, sync a folder
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
