"""A kind of content that needs nobody else: things with a title, public or not."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from search.following.plain import PlainIndex
from sqlalchemy import Column, Engine, MetaData, String, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.db import Base, maker_for
from portal.request import _
from portal.search import service
from portal.search.documents import Document, Searchable, _searchables
from portal.search.engine import Index
from portal.search.folders import Folder
from portal.search.host import Live
from portal.search.models import SearchChange, SearchSequence
from portal.search.reading import Source
from portal.search.rebuilding import Place

KIND = "thing"
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NAMESPACE = UUID("0192e4a0-0000-7000-8000-000000000000")

THINGS = Table(
    "things",
    MetaData(),
    Column("uid", String(36), primary_key=True),
    Column("title", String(200)),
    Column("turns_on", String(10)),
    Column("speaks_of", String(36)),
)
"""Only public ones stand here: a withdrawn thing is a row less."""


def uid_of(number: int) -> UUID:
    return uuid5(NAMESPACE, str(number))


def publish(db: Session, number: int, title: str, **more: Any) -> UUID:
    """Make a thing public, or say something else of it."""
    uid = uid_of(number)
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = insert(THINGS).values(uid=str(uid), title=title, **more)
    db.execute(new.on_conflict_do_update(index_elements=["uid"], set_={"title": title, **more}))
    service.changed(db, KIND, [uid], at=AT)
    return uid


def withdraw(db: Session, number: int) -> None:
    uid = uid_of(number)
    db.execute(delete(THINGS).where(THINGS.c.uid == str(uid)))
    service.changed(db, KIND, [uid], at=AT)


def uids(db: Session) -> list[UUID]:
    return [UUID(uid) for uid in db.scalars(select(THINGS.c.uid).order_by(THINGS.c.uid))]


def documents(db: Session, uids: Sequence[UUID], day: date) -> Iterator[Document]:
    wanted = select(THINGS).where(THINGS.c.uid.in_([str(uid) for uid in uids]))
    for row in db.execute(wanted):
        if row.title == "hỏng":
            raise ValueError("this one cannot be read")
        effect = "new" if row.turns_on and day.isoformat() >= row.turns_on else "old"
        yield Document(uid=row.uid, kind=KIND, title=row.title, path=f"/{row.uid}", text=row.title, effect=effect)


def also(db: Session, uids: Sequence[UUID]) -> set[UUID]:
    wanted = select(THINGS.c.speaks_of).where(THINGS.c.uid.in_([str(uid) for uid in uids]))
    return {UUID(uid) for uid in db.scalars(wanted) if uid}


def changing(db: Session, after: date, until: date) -> Collection[UUID]:
    day = THINGS.c.turns_on
    wanted = select(THINGS.c.uid).where(day > after.isoformat(), day <= until.isoformat())
    return {UUID(uid) for uid in db.scalars(wanted)}


SEARCHABLE = Searchable(kind=KIND, label=_("Văn bản"), uids=uids, documents=documents, also=also, changing=changing)


def prepare(engine: Engine) -> None:
    """The tables and the kind, in this process."""
    tables: Any = [SearchChange.__table__, SearchSequence.__table__]
    Base.metadata.create_all(engine, tables=tables)
    THINGS.metadata.create_all(engine)
    register()


def register() -> None:
    _searchables[KIND] = SEARCHABLE
    service.listen()


def engine_named(name: str) -> type[Index]:
    """`plain`, or one of the real ones."""
    if name == "plain":
        return PlainIndex  # type: ignore[return-value]
    from portal.search.engines import engine_named as real

    return real(name)


def host(engine: Engine, folder: Path, name: str = "plain") -> dict[str, Any]:
    """What of a registry the index of a host needs. `folder` is that host's."""
    place = Place(Folder(folder / f"{name}-1"), lambda: engine_named(name), 8_000_000)
    return {
        "portal.engine": engine,
        "portal.sessions": maker_for(engine),
        "portal.search": Live(place, Source.of(engine)),
    }
