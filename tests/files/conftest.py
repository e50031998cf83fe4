import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jobs.databases import own_database
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import files
from portal.db import Base, Sessions, engine_for, maker_for
from portal.files import File, FileUse

__all__ = ["own_database"]

Keep = Callable[..., File]


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def own_engine(own_database: str) -> Iterator[Engine]:
    engine = engine_for(own_database)
    Base.metadata.create_all(engine, tables=[File.__table__, FileUse.__table__])
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
def folder(tmp_path: Path) -> Path:
    """Where contents are kept."""
    return tmp_path / "kept"


@pytest.fixture
def keep(own: Session, folder: Path, at: datetime) -> Keep:
    """`keep(name, content)` stores a file."""

    def store(name: str, content: bytes, **limits: Any) -> File:
        return files.store(own, io.BytesIO(content), name=name, at=at, limits=files.Limits(**limits), directory=folder)

    return store
