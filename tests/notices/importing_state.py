"""What an import leaves in a database, comparable between two databases: without moments and made-up identities."""

import hashlib
from typing import Any

import orjson
from sqlalchemy import Column, Engine, Table, select

from portal.db import Base

MADE_UP = ("uid", "hash")
"""Endings of columns that differ between two runs because each run makes its own identities, and what follows them."""

Ranks = dict[Table, dict[Any, int]]


def state_of(engine: Engine) -> dict[str, str]:
    """The digest of each table's rows. Row ids count by their order: a rolled-back batch may leave a gap in them."""
    digests: dict[str, str] = {}
    ranks: Ranks = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings().all()
            if "id" in table.columns:
                ranks[table] = {row["id"]: rank for rank, row in enumerate(rows)}
            columns = [column for column in table.columns if not _differs(column.name)]
            plain = [[str(_value(column, row[column.name], ranks)) for column in columns] for row in rows]
            digests[table.name] = hashlib.sha256(orjson.dumps(plain)).hexdigest()
    return digests


def _value(column: Column[Any], value: Any, ranks: Ranks) -> Any:
    """The value, or the rank of the row that it is the id of."""
    while column.foreign_keys:
        column = next(iter(column.foreign_keys)).column
        if column.name == "id":
            break
    return ranks.get(column.table, {}).get(value, value) if column.name == "id" else value


def _differs(name: str) -> bool:
    return name == "at" or name.endswith(("_at", *MADE_UP))
