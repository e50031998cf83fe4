"""A whole instance, really served: its pages, its worker, and its refusal to run on an old database."""

import http.client
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from serve.serving import Served, eventually, program
from sqlalchemy.orm import Session

from portal import jobs
from portal.cli.instance import open as open_instance
from portal.clock import now
from portal.db import migrations
from portal.settings import ROOT

LOGGING = """
[server:main]
use = egg:waitress#main
listen = 127.0.0.1:0

[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys = plain
[logger_root]
level = INFO
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain
[formatter_plain]
format = [%(processName)s] %(message)s
"""


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An instance on a new SQLite database whose tables are not made yet."""
    path = tmp_path / "instance.ini"
    path.write_text(
        f"[app:main]\nuse = config:{ROOT / 'development.ini'}\n"
        f"portal.database_url = sqlite:///{tmp_path / 'instance.sqlite'}\n"
        f"portal.files_dir = {tmp_path / 'files'}\nportal.search_dir = {tmp_path / 'search'}\n"
        f"portal.secret_file = {tmp_path / 'secret.key'}\n{LOGGING}"
    )
    return path


@pytest.fixture
def ready(instance: Path) -> Path:
    opened = open_instance(instance)
    migrations.upgrade(opened.engine)
    opened.close()
    return instance


@pytest.fixture
def served(request: pytest.FixtureRequest, ready: Path) -> Iterator[Served]:
    commands = {
        "processes": ("portal", "-c", str(ready), "serve", "--processes", "2"),
        "single": ("portal", "-c", str(ready), "serve", "--single"),
        "pserve": ("pserve", str(ready)),
    }
    name, *arguments = commands[request.param]
    running = Served(program(name), *arguments)
    yield running.until_serving()
    running.close()


def worked(ini: Path) -> bool:
    """Whether every periodic job has run."""
    engine = open_instance(ini).engine.execution_options(portal_reads_only=True)
    with Session(engine) as db:
        periodic = jobs.overview(db, at=now()).periodic
    engine.dispose()
    return bool(periodic) and all(job.last_done_at for job in periodic)


@pytest.mark.parametrize("served", ["processes", "single", "pserve"], indirect=True)
def test_an_instance_answers_and_its_worker_works(served: Served, ready: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", "/dang-nhap")
    answer = connection.getresponse()
    assert answer.status == 200
    assert "Đăng nhập" in answer.read().decode()
    connection.close()
    eventually(lambda: worked(ready))


@pytest.mark.parametrize("served", ["processes", "single"], indirect=True)
def test_an_instance_stops_cleanly(served: Served) -> None:
    served.signal(signal.SIGTERM)
    assert served.ended() == 0


def test_a_database_that_is_behind_stops_the_start_with_the_command_to_run(instance: Path) -> None:
    running = Served(program("portal"), "-c", str(instance), "serve", "--processes", "1")
    running.until_log("migrate")
    assert running.ended() == 2
