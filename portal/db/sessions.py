"""Engines and sessions for SQLite (WAL) and PostgreSQL."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import zope.sqlalchemy
from pyramid.config import Configurator
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from portal.request import Request

log = logging.getLogger(__name__)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
Sessions = sessionmaker[Session]
JSON: dict[str, Any] = {
    "json_serializer": lambda value: orjson.dumps(value).decode(),
    "json_deserializer": orjson.loads,
}
DISCREET: dict[str, Any] = {"hide_parameters": True}
"""Errors go into logs and the list of failed jobs: what somebody wrote must not go with them."""


def engine_for(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`, tuned for many readers and few writers."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True, pool_size=8, max_overflow=8, **JSON, **DISCREET)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": 30, "check_same_thread": False}, **JSON, **DISCREET)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # the driver must not start transactions by itself: see _begin_sqlite
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.execute("PRAGMA mmap_size=268435456")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    options = connection.get_execution_options()
    if options.get("portal_single_statements"):
        return  # each statement is its own transaction: two round trips less for one question
    reads_only = options.get("portal_reads_only")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def maker_for(engine: Engine) -> Sessions:
    """Sessions that may write."""
    return sessionmaker(engine, expire_on_commit=False)


def _session_of(request: Request) -> Session:
    given = request.environ.get("portal.db")
    if given is not None:
        return given  # type: ignore[no-any-return]
    writes = request.method not in SAFE_METHODS
    sessions: Sessions = request.registry["portal.sessions" if writes else "portal.reading_sessions"]
    session = sessions()
    zope.sqlalchemy.register(session, transaction_manager=request.tm)
    return session


def after_answer(request: Request, write: Callable[[Session], None]) -> None:
    """Write something small in a transaction of its own when the page is made: reading a page stays a read.

    Nobody waits for it and no page fails with it, so it is for what may be missing once (a presence, a last use).
    """

    def run(request: Request) -> None:
        given = request.environ.get("portal.db")
        if given is not None:
            write(given)
            return
        try:
            with request.registry["portal.sessions"].begin() as db:
                write(db)
        except SQLAlchemyError:
            log.warning("what %s notes in passing could not be written", request.path_for_logs, exc_info=True)

    request.add_finished_callback(run)


def includeme(config: Configurator) -> None:
    settings = config.registry["portal.settings"]
    engine = engine_for(settings.database_url)
    config.registry["portal.engine"] = engine
    config.registry["portal.sessions"] = maker_for(engine)
    config.registry["portal.reading_sessions"] = maker_for(engine.execution_options(portal_reads_only=True))
    config.include("pyramid_tm")
    config.add_request_method(_session_of, "db", reify=True)
