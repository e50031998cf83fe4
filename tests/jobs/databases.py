"""A database of one test's own, for tests that really commit: several connections, threads or processes at once.

Imported (and named in `__all__`) by a conftest, it is a fixture there.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from portal.db import engine_for


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database: a SQLite file, or a new schema on the server of `PORTAL_TEST_DATABASE`."""
    server = os.environ.get("PORTAL_TEST_DATABASE")
    if not server:
        yield f"sqlite:///{tmp_path / 'own.sqlite'}"
        return
    schema = f"portal_own_{uuid4().hex[:12]}"
    engine = engine_for(server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{schema}%20-csynchronous_commit%3Doff"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()
