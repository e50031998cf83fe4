"""Each host keeps its index whichever way it is served: published is found, also after the indexer was killed."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from makers import Makers
from serve.serving import Served, eventually, program
from serve.test_instance import LOGGING

from portal.cli.instance import Instance
from portal.cli.instance import open as open_instance
from portal.clock import now
from portal.settings import ROOT

WAYS = {
    "processes": ("portal", "-c", "INI", "serve", "--processes", "1"),
    "jobs elsewhere": ("portal", "-c", "INI", "serve", "--processes", "1", "--no-worker"),
    "single": ("portal", "-c", "INI", "serve", "--single"),
    "pserve without jobs": ("pserve", "INI"),
}


@pytest.fixture
def ini(tmp_path: Path) -> Path:
    path = tmp_path / "instance.ini"
    path.write_text(
        f"[app:main]\nuse = config:{ROOT / 'development.ini'}\n"
        f"portal.database_url = sqlite:///{tmp_path / 'instance.sqlite'}\n"
        f"portal.files_dir = {tmp_path / 'files'}\nportal.search_dir = {tmp_path / 'search'}\n"
        f"portal.secret_file = {tmp_path / 'secret.key'}\nportal.search_engine = tantivy\n{LOGGING}"
    )
    return path


@pytest.fixture
def instance(ini: Path) -> Iterator[Instance]:
    """A database at the newest revision, as `portal migrate` leaves it."""
    from portal.db import migrations

    opened = open_instance(ini)
    migrations.upgrade(opened.engine)
    yield opened
    opened.close()


def publish(instance: Instance, title: str) -> None:
    with instance.session() as db:
        make = Makers(db, now())
        unit = make.agency(code=f"X{time.time_ns() % 10**9}", name=f"Cơ quan {title}")
        make.notice(unit, title=title, published=True)


def finds(instance: Instance, title: str) -> bool:
    live = instance.registry["portal.search"]
    live.look_again()
    searcher = live.searcher()
    return searcher is not None and any(brief["title"] == title for brief in searcher.heads())


@pytest.mark.parametrize("way", WAYS)
def test_what_is_published_is_found_on_this_host(way: str, ini: Path, instance: Instance) -> None:
    name, *arguments = (word.replace("INI", str(ini)) for word in WAYS[way])
    if way == "pserve without jobs":
        ini.write_text(ini.read_text().replace("[app:main]\n", "[app:main]\nportal.worker = false\n"))
    served = Served(program(name), *arguments)
    try:
        served.until_serving()
        publish(instance, "Về việc nghỉ Tết")
        eventually(lambda: finds(instance, "Về việc nghỉ Tết"))
        if way == "processes":
            _killed(instance, served)
    finally:
        served.signal(signal.SIGTERM)
        assert served.ended() == (-signal.SIGTERM if name == "pserve" else 0)  # pserve has no handler of its own


def _killed(instance: Instance, served: Served) -> None:
    """The parent replaces it, and the new one goes on."""
    eventually(lambda: "pid" in instance.registry["portal.search"].place.folder.status())
    os.kill(instance.registry["portal.search"].place.folder.status()["pid"], signal.SIGKILL)
    publish(instance, "Về việc phòng, chống bão")
    eventually(lambda: finds(instance, "Về việc phòng, chống bão"))
