"""Further applications than the shared one: behind https, and with real transactions; and a clock."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session
from webtest import TestApp

import portal
from portal.db import Base
from portal.settings import Settings


@pytest.fixture
def secure_app(settings: Settings, db: Session, at: datetime) -> TestApp:
    """The same instance behind https."""
    wsgi = portal.configure(replace(settings, address="https://cong.vidu.gov.vn")).make_wsgi_app()
    environ = {
        "portal.db": db,
        "portal.at": at,
        "tm.active": "1",
        "wsgi.url_scheme": "https",
        "HTTP_HOST": "cong.vidu.gov.vn:443",
    }
    return TestApp(wsgi, extra_environ=environ)


@pytest.fixture
def live(settings: Settings, at: datetime, tmp_path: Path) -> Iterator[tuple[TestApp, Any]]:
    """An application with real transactions on a database of its own, and its session maker."""
    config = portal.configure(replace(settings, database_url=f"sqlite:///{tmp_path / 'live.sqlite'}"))
    Base.metadata.create_all(config.registry["portal.engine"])
    yield TestApp(config.make_wsgi_app(), extra_environ={"portal.at": at}), config.registry["portal.sessions"]
    config.registry["portal.engine"].dispose()


@pytest.fixture
def later(app: TestApp, at: datetime) -> Callable[..., datetime]:
    """`later(hours=3)`: every further request comes that long after `at`."""

    def go(**ahead: float) -> datetime:
        app.extra_environ["portal.at"] = at + timedelta(**ahead)
        return at + timedelta(**ahead)

    return go
