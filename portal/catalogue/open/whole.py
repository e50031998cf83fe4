"""The whole catalogue as files of data: written once for each state of the database, kept packed, sent as they are.

The folder is derived: anybody may empty it at any time.
"""

import gzip
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency, Field
from portal.catalogue import kind, local
from portal.catalogue.models import Term
from portal.catalogue.open import known, table
from portal.catalogue.open.cpsv import Describer
from portal.catalogue.open.rdf import Graph, Node, jsonld, turtle
from portal.notices.kind import NAME as NOTICE
from portal.publishing.models import Edition, Item, State
from portal.settings import Settings

FORM = "2"
"""Another one when the written form of the data changes: what was kept in an older form is not sent."""
CHUNK = 64 * 1024
_KINDS = (kind.NAME, local.NAME, NOTICE)
_making = Lock()


def nodes(db: Session, settings: Settings) -> Iterator[Node]:
    """Every published procedure with what it refers to; a batch at a time, each node once."""
    graph = Graph()
    for services, found in known.services(db):
        describer = Describer(graph, settings, found, whole=True)
        for service in services:
            describer.describe(service)
        yield from graph.taken()


WRITERS: dict[str, Callable[[Session, Settings], Iterable[bytes]]] = {
    "ttl": lambda db, settings: turtle(nodes(db, settings)),
    "jsonld": lambda db, settings: jsonld(nodes(db, settings)),
    "csv": table.write,
}


def state(db: Session, settings: Settings) -> str:
    """A word for everything that the files depend on: another one after each publication or change of a name."""
    public = select(func.count(), func.sum(Edition.id), func.sum(Edition.version)).join(Item)
    public = public.where(Edition.state == State.PUBLISHED, Item.kind.in_(_KINDS))
    facts = [
        *db.execute(public).one(),
        *db.execute(select(func.count(), func.sum(Term.version))).one(),
        *db.execute(select(func.count(), func.sum(Agency.version))).one(),
        *db.execute(select(func.count(), func.max(Field.name))).one(),
    ]
    named = [settings.address, settings.instance_name, settings.instance_name_en, settings.agency_code]
    return blake2b(repr([FORM, facts, named]).encode(), digest_size=12).hexdigest()


def kept(db: Session, settings: Settings, form: str, stamp: str) -> Path:
    """The packed file of the form ("ttl", "jsonld", "csv") for this state, written when there is none yet."""
    folder = _folder(settings)
    path = folder / f"{stamp}.{form}.gz"
    if not path.exists():
        with _making:  # whoever else asks meanwhile takes what is made now
            if not path.exists():
                _write(path, WRITERS[form](db, settings))
                _forget(folder, form, path)
    return path


def refresh(db: Session, settings: Settings) -> list[str]:
    """Write the forms that somebody has asked for before for the present state, so that nobody waits for them."""
    folder, stamp = _folder(settings), state(db, settings)
    asked_for = [form for form in WRITERS if any(folder.glob(f"*.{form}.gz"))]
    behind = [form for form in asked_for if not (folder / f"{stamp}.{form}.gz").exists()]
    for form in behind:
        kept(db, settings, form, stamp)
    return behind


def unpacked(path: Path) -> Iterator[bytes]:
    """Its content, in pieces."""
    with gzip.open(path) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _folder(settings: Settings) -> Path:
    return settings.files_dir.parent / "derived" / "catalogue"


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """Whole or not at all, also when several processes do it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with made.open("wb") as out, gzip.GzipFile("", "wb", 6, out, mtime=0) as packed:
            for piece in pieces:
                packed.write(piece)
        os.replace(made, path)
    finally:
        made.unlink(missing_ok=True)


def _forget(folder: Path, form: str, besides: Path) -> None:
    """Files of former states; who still reads one keeps it."""
    for path in folder.glob(f"*.{form}.gz"):
        if path != besides:
            path.unlink(missing_ok=True)
