"""Files in forms: what a field yields, and how a file already sent survives a refused form."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, TypedDict

import colander


class FileRef(TypedDict):
    """A stored file as data carry it; `size` in bytes."""

    sha256: str
    name: str
    size: int
    media_type: str


@dataclass(frozen=True)
class NewFile:
    """A file as it came with the form, not stored; `media_type` is what the browser claims."""

    stream: BinaryIO
    name: str
    media_type: str


UploadStore = Callable[[BinaryIO, str], FileRef]
"""Stores a stream under a name and returns its reference; raises a `PortalError` when the file is refused."""


class FileValue(colander.SchemaType):
    """Type of an upload field: a `FileRef` (with a store), a `NewFile` (without), a list of them for several."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        return appstruct

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        return cstruct if cstruct else colander.null


class Seal:
    """Signs references that travel through the browser, so that nobody can claim a file by its hash alone.

    A seal is made for one person (`owner`, their uid or an empty text); another person's seal is not accepted.
    """

    def __init__(self, secret: str, owner: str) -> None:
        self._key = hashlib.sha256(f"portal.forms.uploads\0{owner}\0{secret}".encode()).digest()

    def close(self, file: FileRef) -> str:
        """The text for a hidden input."""
        body = urlsafe_b64encode(json.dumps(file, sort_keys=True).encode()).decode()
        return f"{body}.{self._mark(body)}"

    def open(self, sealed: str) -> FileRef | None:
        """The reference, or None when the text was not sealed here."""
        body, _dot, mark = sealed.partition(".")
        if not hmac.compare_digest(self._mark(body).encode(), mark.encode()):
            return None
        file: FileRef = json.loads(urlsafe_b64decode(body))
        return file

    def _mark(self, body: str) -> str:
        return hmac.new(self._key, body.encode(), hashlib.sha256).hexdigest()


def file_name(raw: str) -> str:
    """The name alone: some browsers send whole paths."""
    return raw.replace("\\", "/").rsplit("/", 1)[-1].strip() or "tep"
