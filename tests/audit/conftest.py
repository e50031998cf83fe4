from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

import pytest
from jobs.databases import own_database
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from portal.audit import AuditHead, AuditLine
from portal.db import Base, Sessions, engine_for, maker_for, new_uid

__all__ = ["own_database"]


@dataclass
class Clerk:
    name: str = "Nguyễn Thị Sáu"
    uid: UUID = field(default_factory=new_uid)


@dataclass
class Paper:
    audit_kind: ClassVar[str] = "paper"
    uid: UUID = field(default_factory=new_uid)


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def own_engine(own_database: str) -> Iterator[Engine]:
    engine = engine_for(own_database)
    Base.metadata.create_all(engine, tables=[AuditLine.__table__, AuditHead.__table__])
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(own_engine: Engine) -> sessionmaker[Session]:
    sessions: Sessions = maker_for(own_engine)
    return sessions


@pytest.fixture
def own(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session that really commits."""
    with sessions() as session:
        yield session
