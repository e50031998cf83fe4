from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jobs.databases import own_database
from mail.far_end import FarEnd, certificate, running
from pyramid.config import Configurator
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.audit import AuditHead, AuditLine
from portal.db import Base, Sessions, engine_for, maker_for
from portal.jobs import Job, PeriodicJob, Worker
from portal.mail import Mail
from portal.mail.delivering import Delivery
from portal.mail.server import Server, server_of
from portal.mail.service import JOB
from portal.settings import Settings

__all__ = ["own_database"]

SENDER = "Cổng thử nghiệm <khong-tra-loi@vidu.gov.vn>"
TABLES = (Mail, Job, PeriodicJob, AuditLine, AuditHead)


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def own_engine(own_database: str) -> Iterator[Engine]:
    engine = engine_for(own_database)
    Base.metadata.create_all(engine, tables=[model.__table__ for model in TABLES])  # type: ignore[misc]
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


@pytest.fixture(scope="session")
def _plain() -> Iterator[FarEnd]:
    with running(auth_required=False) as far_end:
        yield far_end


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The PEM file of the server's certificate, and the server's context."""
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def _starttls(certified: tuple[Path, Any]) -> Iterator[FarEnd]:
    with running(tls_context=certified[1], require_starttls=True, auth_required=True) as far_end:
        yield far_end


@pytest.fixture
def far_end(_plain: FarEnd) -> FarEnd:
    """A mail server on this machine that takes everything from everybody, unless told otherwise."""
    _plain.forget()
    return _plain


@pytest.fixture
def far_end_starttls(_starttls: FarEnd) -> FarEnd:
    """One that demands TLS and a password."""
    _starttls.forget()
    return _starttls


@pytest.fixture
def mail_settings(far_end: FarEnd) -> Settings:
    """An instance whose mail server is `far_end`."""
    return Settings(
        mail_server=f"smtp://127.0.0.1:{far_end.port}", mail_from=SENDER, address="https://cong.vidu.gov.vn"
    )


@pytest.fixture
def server(mail_settings: Settings) -> Server:
    server = server_of(mail_settings)
    assert server is not None
    return server


@pytest.fixture
def worker_for(sessions: Sessions) -> Callable[..., Worker]:
    """A worker that knows no job but that of letters, sent as these settings say."""

    def make(settings: Settings, *, chance: float = 1.0, **more: Any) -> Worker:
        config = Configurator()
        config.include("portal.jobs")
        config.registry["portal.jobs"].periods.clear()
        config.add_job(JOB, Delivery(settings, server_of(settings), chance=lambda: chance, **more))
        return Worker(sessions, config.registry)

    return make


@pytest.fixture
def worker(worker_for: Callable[..., Worker], mail_settings: Settings) -> Worker:
    return worker_for(replace(mail_settings, mail_limit=1000))
