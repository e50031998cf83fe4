"""Fixtures that every test shares: a real database, rolled back per test, and the real application over it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from chromium import CHROMIUM, OPTIONS
from makers import Makers
from once import (
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_runtest_protocol,
    pytest_sessionfinish,
    pytest_terminal_summary,
)
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session
from webtest import TestApp

import portal
from portal.db import Base, engine_for
from portal.settings import ROOT, Settings

HASTY = "-csynchronous_commit%3Doff"
"""PostgreSQL waits for no disk: no test cuts the power."""

__all__ = [
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_runtest_protocol",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
]

SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def quick_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with a fraction of its work: in tests nobody guesses passwords, and hundreds of people sign in."""
    if "real_hashes" not in request.keywords:
        quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        monkeypatch.setattr("portal.accounts.passwords.HASHER", quick)


@pytest.fixture(autouse=True)
def unmeasured_processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an `unmeasured` test starts is not measured either: mostly it is killed, and leaves half a data file."""
    if "unmeasured" in request.keywords:
        monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database for this test process: SQLite, or a schema of its own on `PORTAL_TEST_DATABASE`."""
    server = os.environ.get("PORTAL_TEST_DATABASE")
    if not server:
        yield f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.sqlite'}"
        return
    schema = f"portal_test_{os.getpid()}"
    engine = engine_for(server)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{server}?options=-csearch_path%3D{schema}%20{HASTY}"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("instance")
    return Settings(
        database_url=database_url,
        files_dir=folder / "files",
        search_dir=folder / "search",
        secret_file=folder / "secret.key",
        address="http://localhost",
        theme="central",
        worker=False,
        page_cache=0,
        instance_name="Cổng thử nghiệm",
        instance_name_en="Test portal",
    )


@pytest.fixture(scope="session")
def config(settings: Settings) -> Any:
    return portal.configure(settings)


@pytest.fixture(scope="session")
def engine(config: Any) -> Iterator[Engine]:
    engine: Engine = config.registry["portal.engine"]
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def wsgi(config: Any, engine: Engine) -> Any:
    return config.make_wsgi_app()


@pytest.fixture
def db(engine: Engine) -> Iterator[Session]:
    """A session whose every change is rolled back; a `commit()` inside ends a savepoint only."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        outer.rollback()


@pytest.fixture
def at() -> datetime:
    """09:00 on Monday 2 March 2026 in Hà Nội."""
    return datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def app(wsgi: Any, db: Session, at: datetime) -> TestApp:
    """The application over the test's own session. A raised error is not rolled back here."""
    return TestApp(wsgi, extra_environ={"portal.db": db, "portal.at": at, "tm.active": "1"})


@pytest.fixture
def make(db: Session, at: datetime) -> Makers:
    return Makers(db, at)


@pytest.fixture
def sign_in(db: Session, at: datetime) -> Any:
    """`sign_in(app, person)`: the real sign-in, by the service and the real cookie."""
    from makers import sign_in_as

    def go(app: TestApp, person: Any) -> None:
        sign_in_as(db, app, person, at)

    return go


@pytest.fixture
def count_queries(engine: Engine) -> Any:
    """`with count_queries() as seen:` collects the SELECTs sent meanwhile."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            if statement.lstrip().upper().startswith("SELECT"):
                seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the whole run: Playwright's driver cannot be started twice in a process."""
    if not CHROMIUM.exists():
        pytest.skip(f"needs Chromium: {CHROMIUM} is not there (PORTAL_CHROMIUM says where another one is)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs Playwright to drive a browser")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=OPTIONS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The study data beside the project; a newcomer has only the repository, so tests skip without it."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, the study data that stands beside the project and is not part of it")
    return SHARED
