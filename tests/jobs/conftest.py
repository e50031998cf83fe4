from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from jobs.databases import own_database
from pyramid.config import Configurator
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.db import Base, Sessions, engine_for, maker_for
from portal.jobs import Job, PeriodicJob, Worker

__all__ = ["own_database"]


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def own_engine(own_database: str) -> Iterator[Engine]:
    engine = engine_for(own_database)
    Base.metadata.create_all(engine, tables=[Job.__table__, PeriodicJob.__table__])
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
def config() -> Any:
    """An application that knows no jobs but those the test adds."""
    config = Configurator()
    config.include("portal.jobs")
    config.registry["portal.jobs"].periods.clear()
    return config


@pytest.fixture
def worker(sessions: Sessions, config: Any) -> Worker:
    return Worker(sessions, config.registry)
