"""What a form needs to take a file."""

from collections.abc import Callable
from typing import BinaryIO, TypedDict

from portal.files.content import Limits
from portal.files.kinds import media_type_of
from portal.files.names import clean_name
from portal.files.service import store
from portal.request import Request


class StoredFile(TypedDict):
    """A stored file as data carry it; `size` in bytes."""

    sha256: str
    name: str
    size: int
    media_type: str


def upload_store(request: Request, kinds: frozenset[str] | None = None) -> Callable[[BinaryIO, str], StoredFile]:
    """A function that stores a stream under a name within this request's transaction; `kinds` None: all kinds.

    It raises `FileRefused`. Whoever keeps the reference must `use` the file within a day.
    """
    settings = request.portal
    limits = Limits(size=settings.max_upload, kinds=kinds)

    def keep(stream: BinaryIO, name: str) -> StoredFile:
        file = store(request.db, stream, name=name, at=request.at, limits=limits, directory=settings.files_dir)
        name = clean_name(name)
        media_type = media_type_of(file.media_type, name)
        return StoredFile(sha256=file.sha256, name=name, size=file.size, media_type=media_type)

    return keep
