"""A worker that is killed in the middle of a batch: the next one goes on, and no file becomes two drafts."""

import io
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from makers import Makers
from notices.test_intake import LINES, text_file
from sqlalchemy import text
from sqlalchemy.orm import Session

import portal
from portal.db import Base, engine_for
from portal.notices.intake import service
from portal.notices.intake.models import IntakeFile
from portal.publishing.models import Edition
from portal.settings import Settings

DOOMED = Path(__file__).with_name("doomed_intake.py")
FILES = 4

pytestmark = pytest.mark.unmeasured  # processes that are killed cannot be measured; test_intake covers the same code


@pytest.fixture
def url(tmp_path):
    server = os.environ.get("PORTAL_TEST_DATABASE")
    if not server:
        yield f"sqlite:///{tmp_path / 'killed.sqlite'}"
        return
    schema = f"portal_intake_{os.getpid()}"
    with engine_for(server).begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{server}?options=-csearch_path%3D{schema}"
    with engine_for(server).begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))


def work(url, folder, dies_at=0):
    command = [sys.executable, str(DOOMED), url, str(folder), str(dies_at)]
    return subprocess.run(command, check=False, timeout=120).returncode


@pytest.mark.parametrize("moment", [1, 3])
def test_killed_and_gone_on_with_makes_one_draft_of_each_file(url, tmp_path, at, moment):
    settings = Settings(
        database_url=url, files_dir=tmp_path / "files", secret_file=tmp_path / "secret.key", worker=False
    )
    registry = portal.configure(settings).registry
    Base.metadata.create_all(registry["portal.engine"])
    with registry["portal.sessions"].begin() as db:
        make = Makers(db, at - timedelta(hours=1))
        unit = make.agency(code="G22", name="Văn phòng Chính phủ")
        given = [
            (io.BytesIO(text_file([line.replace("58/", f"{n}/") for line in LINES])), f"{n}.txt") for n in range(FILES)
        ]
        service.open_batch(
            db, given, unit=unit, by=make.person(editor=unit), at=at - timedelta(hours=1), settings=settings
        )
    assert work(url, tmp_path, dies_at=moment) == -signal.SIGKILL
    with Session(registry["portal.engine"]) as db:
        counted = Counter(row.outcome for row in db.query(IntakeFile))
        assert (counted["draft"], counted["waiting"]) == (moment - 1, FILES - moment + 1)
    assert work(url, tmp_path) == 0
    with Session(registry["portal.engine"]) as db:
        assert {row.outcome for row in db.query(IntakeFile)} == {"draft"}
        assert sorted(edition.data["number"] for edition in db.query(Edition)) == [str(n) for n in range(FILES)]
    registry["portal.engine"].dispose()
