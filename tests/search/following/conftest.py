from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jobs.databases import own_database
from search.following import things
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.db import Sessions, engine_for, maker_for
from portal.search.documents import _searchables

__all__ = ["own_database"]


@pytest.fixture(autouse=True)
def only_things(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other kind is searched here."""
    for kind in list(_searchables):
        monkeypatch.delitem(_searchables, kind)
    monkeypatch.setitem(_searchables, things.KIND, things.SEARCHABLE)


@pytest.fixture
def own_engine(own_database: str) -> Iterator[Engine]:
    engine = engine_for(own_database)
    things.prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(own_engine: Engine) -> Sessions:
    return maker_for(own_engine)


@pytest.fixture
def own(sessions: Sessions) -> Iterator[Session]:
    """A session that really commits."""
    with sessions() as session:
        yield session


@pytest.fixture
def registry(own_engine: Engine, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A host with an index that nobody has built yet."""
    registry = things.host(own_engine, tmp_path / "search")
    yield registry
    registry["portal.search"].close()
