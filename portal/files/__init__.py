"""Files that were uploaded (tệp): kept once by their SHA-256, checked by their content, seen only while an owner is.

A file has no rights of its own. Rows of other packages own it (`use`), and on every request one of the owners must say
that it is visible; so an unpublished, withdrawn or deleted item takes its files away with it, at once.

    config.add_file_owner("notice", is_notice_visible)     # (request, owner_id) -> bool
    file = files.store(db, stream, name="Công văn.pdf", at=at, limits=files.Limits(), directory=settings.files_dir)
    files.use(db, file, "notice", notice.id, "Công văn.pdf")

Contents without an owner are removed after a day by a periodic job.
"""

from datetime import datetime, timedelta

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal.files.content import Limits, examine
from portal.files.errors import (
    Damaged,
    Empty,
    Encrypted,
    Executable,
    FileError,
    FileRefused,
    ImageTooLarge,
    KindNotAllowed,
    KindUnknown,
    Macros,
    Mismatch,
    NameRefused,
    TooLarge,
    UnknownFile,
    UnpacksTooLarge,
)
from portal.files.kinds import KINDS, FileKind, media_type_of
from portal.files.models import File, FileUse
from portal.files.names import clean_name, renamed
from portal.files.owners import add_file_owner
from portal.files.queries import get, owners_of, uses_of
from portal.files.rules import RULES
from portal.files.service import release, set_uses, store, store_as_it_is, use
from portal.files.storage import blob_path
from portal.files.upkeep import Damage, destroy, sweep, verify
from portal.files.uploads import StoredFile, upload_store

__all__ = [
    "KINDS",
    "Damage",
    "Damaged",
    "Empty",
    "Encrypted",
    "Executable",
    "File",
    "FileError",
    "FileKind",
    "FileRefused",
    "FileUse",
    "ImageTooLarge",
    "KindNotAllowed",
    "KindUnknown",
    "Limits",
    "Macros",
    "Mismatch",
    "NameRefused",
    "StoredFile",
    "TooLarge",
    "UnknownFile",
    "UnpacksTooLarge",
    "blob_path",
    "clean_name",
    "destroy",
    "examine",
    "get",
    "includeme",
    "media_type_of",
    "owners_of",
    "release",
    "renamed",
    "set_uses",
    "store",
    "store_as_it_is",
    "sweep",
    "upload_store",
    "use",
    "uses_of",
    "verify",
]


def includeme(config: Configurator) -> None:
    config.include("portal.jobs")
    config.add_directive("add_file_owner", add_file_owner)
    config.add_rules(RULES)
    config.add_route("files.file", r"/tep/{sha256:[0-9a-f]{64}}/{name}")
    config.scan("portal.files.views")
    directory = config.registry["portal.settings"].files_dir

    def sweep_a_part(db: Session, at: datetime) -> None:
        hour = int(at.timestamp() // 3600)
        part = {f"{(hour * 16 + offset) % 256:02x}" for offset in range(16)}  # every folder once in 16 hours
        sweep(directory, db, at, folders=part)

    config.add_periodic("files.sweep", timedelta(hours=1), sweep_a_part)
