"""The database: Base and column types, the engine, the request's session, paging, migrations.

`request.db` is one transaction: committed by pyramid_tm when the view returns, rolled back when it raises.
On SQLite a request that may write takes the write lock at once (`BEGIN IMMEDIATE`), so it never fails half-way.
"""

from portal.db.base import Base, Json, Uid, Utc, new_uid
from portal.db.paging import Page, page_of
from portal.db.sessions import Sessions, after_answer, engine_for, includeme, maker_for
from portal.db.upserts import insert_into

__all__ = [
    "Base",
    "Json",
    "Page",
    "Sessions",
    "Uid",
    "Utc",
    "after_answer",
    "engine_for",
    "includeme",
    "insert_into",
    "maker_for",
    "new_uid",
    "page_of",
]
