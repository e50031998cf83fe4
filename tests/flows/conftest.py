"""One instance for a whole module of questions: each question is undone, so they share it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flows.world import World, build
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from webtest import TestApp

from portal.settings import Settings

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def world(engine: Engine, settings: Settings) -> Iterator[World]:
    """The instance, rolled back after the module."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield build(session, settings, AT)
        outer.rollback()


@pytest.fixture(scope="module")
def asked(wsgi: Any, world: World) -> TestApp:
    """The application over the world's own session."""
    return TestApp(wsgi, extra_environ={"portal.db": world.db, "portal.at": AT, "tm.active": "1"})
