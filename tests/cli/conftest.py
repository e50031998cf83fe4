"""Fixtures for commands: an empty database, and an instance with an `.ini` of its own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from portal.cli import root
from portal.db import engine_for
from portal.settings import ROOT

Run = Callable[..., Result]
ADMINISTRATOR = "an@vidu.gov.vn"
PASSWORD = "ba con mèo trèo cây khế"


@pytest.fixture
def empty_url(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database: a file, or a schema of its own on `PORTAL_TEST_DATABASE`."""
    server = os.environ.get("PORTAL_TEST_DATABASE")
    if not server:
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    schema = f"portal_cli_{os.getpid()}"
    engine = engine_for(server)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{server}?options=-csearch_path%3D{schema}%20-csynchronous_commit%3Doff"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = engine_for(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def ini(tmp_path: Path, empty_url: str) -> Path:
    """An instance built on `development.ini`, with an empty database and folders of its own."""
    path = tmp_path / "instance.ini"
    url = empty_url.replace("%", "%%")
    path.write_text(
        f"[app:main]\nuse = config:{ROOT / 'development.ini'}\nportal.database_url = {url}\n"
        f"portal.files_dir = {tmp_path / 'files'}\nportal.search_dir = {tmp_path / 'search'}\n"
        f"portal.secret_file = {tmp_path / 'secret.key'}\n"
    )
    return path


@pytest.fixture
def portal() -> Run:
    """`portal("-c", ini, "doctor")` → the result of the command, run in this process and in Vietnamese."""

    def run(*arguments: Any, stdin: str = "") -> Result:
        return CliRunner().invoke(root.portal, [str(argument) for argument in arguments], input=stdin)

    return run


@pytest.fixture
def ready(ini: Path, portal: Run) -> Path:
    """An instance after `portal init`: Nguyễn Văn An administers it."""
    made = portal("-c", ini, "init", "--email", ADMINISTRATOR, "--name", "Nguyễn Văn An", stdin=PASSWORD + "\n")
    assert made.exit_code == 0, made.output
    return ini
