"""`portal search`: status, verify, rebuild; and what the doctor says of the index."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import Result
from makers import Makers
from sqlalchemy import select, text

from portal.cli.instance import open as open_instance
from portal.clock import now
from portal.db import Base
from portal.publishing import service
from portal.publishing.models import Edition, State
from portal.search.engines import ENGINES

Run = Callable[..., Result]


@pytest.fixture
def searched(ini: Path) -> Path:
    """An instance with two public notices and a draft."""
    instance = open_instance(ini)
    Base.metadata.create_all(instance.registry["portal.engine"])
    instance.close()
    publish(ini, "Về việc nghỉ Tết", "Về việc phòng, chống bão")
    return ini


@pytest.fixture(params=ENGINES)
def on_each_engine(request: pytest.FixtureRequest, searched: Path) -> Path:
    with searched.open("a") as ini:
        ini.write(f"portal.search_engine = {request.param}\n")
    return searched


def publish(ini: Path, *titles: str) -> None:
    instance = open_instance(ini)
    with instance.session() as db:
        make = Makers(db, now())
        some = uuid4().hex
        unit = make.agency(code=some[:4].upper(), name=f"Cơ quan {some}")
        for title in titles:
            make.notice(unit, title=title, published=True)
        make.notice(unit, title="Bản nháp")
    instance.close()


def withdraw_one(ini: Path) -> None:
    instance = open_instance(ini)
    with instance.session() as db:
        edition = db.scalars(select(Edition).where(Edition.state == State.PUBLISHED).order_by(Edition.id)).first()
        assert edition is not None
        service.withdraw(db, edition, version=edition.version, by=None, at=now(), why="thử")
    instance.close()


def found(portal: Run, ini: Path, name: str = "search") -> dict[str, Any]:
    told = json.loads(portal("-c", ini, "doctor", "--json").stdout)
    [one] = [one for one in told if one["name"] == name]
    return dict(one)


def test_rebuild_then_verify_prints_no_difference(portal: Run, on_each_engine: Path) -> None:
    searched = on_each_engine
    built = portal("-c", searched, "search", "rebuild")
    assert built.exit_code == 0, built.output
    assert "2 tài liệu" in built.output
    verified = portal("-c", searched, "search", "verify")
    assert verified.exit_code == 0, verified.output
    assert verified.output.splitlines()[-1] == "2 mục công khai, 0 chỗ khác."


def test_verify_names_each_difference_and_repair_mends_them(portal: Run, on_each_engine: Path) -> None:
    searched = on_each_engine
    portal("-c", searched, "search", "rebuild")
    publish(searched, "Mới ban hành")
    withdraw_one(searched)
    verified = portal("-c", searched, "search", "verify")
    assert verified.exit_code == 1
    assert sorted(line.split(":")[0] for line in verified.output.splitlines()[:-1]) == ["thiếu", "thừa"]
    repaired = portal("-c", searched, "search", "verify", "--repair")
    assert repaired.exit_code == 0, repaired.output
    assert portal("-c", searched, "search", "verify").exit_code == 0


def test_what_the_log_never_heard_of_is_found_and_repaired(portal: Run, searched: Path) -> None:
    """A row changed behind the program's back, as after a hand at the database."""
    portal("-c", searched, "search", "rebuild")
    instance = open_instance(searched)
    with instance.engine.begin() as connection:
        connection.execute(text("UPDATE editions SET state = 'superseded' WHERE id = (SELECT min(id) FROM editions)"))
    instance.close()
    verified = portal("-c", searched, "search", "verify")
    assert verified.exit_code == 1
    assert verified.output.startswith("thừa: ")
    assert portal("-c", searched, "search", "verify", "--repair").exit_code == 0
    assert portal("-c", searched, "search", "verify").output.splitlines()[-1] == "1 mục công khai, 0 chỗ khác."


def test_without_an_index_verify_says_what_to_do(portal: Run, searched: Path) -> None:
    verified = portal("-c", searched, "search", "verify")
    assert verified.exit_code == 1
    assert "search rebuild" in verified.output


def test_two_rebuilds_at_once_are_one(portal: Run, searched: Path) -> None:
    portal("-c", searched, "search", "rebuild")
    instance = open_instance(searched)
    lock = instance.registry["portal.search"].place.folder.lock("build")
    assert lock.take()
    try:
        refused = portal("-c", searched, "search", "rebuild")
    finally:
        lock.let_go()
        instance.close()
    assert refused.exit_code == 2
    assert portal("-c", searched, "search", "verify").exit_code == 0


def test_a_stopped_rebuild_leaves_the_index_as_it_was(portal: Run, searched: Path) -> None:
    portal("-c", searched, "search", "rebuild")
    instance = open_instance(searched)
    folder = instance.registry["portal.search"].place.folder
    before = folder.current()
    program = (
        "import os, signal, sys\n"
        "from portal.search import reading\n"
        "real = reading.Source.everything\n"
        "def stopped(self, *given, **more):\n"
        "    for one in real(self, *given, **more):\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "        yield one\n"
        "reading.Source.everything = stopped\n"
        "sys.argv = ['portal', '-c', sys.argv[1], 'search', 'rebuild']\n"
        "from portal.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(searched)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode in (130, -signal.SIGINT), done.stderr
    assert folder.current() == before
    assert list(folder.others()) == []
    instance.close()


def test_status_says_where_the_index_stands(portal: Run, searched: Path) -> None:
    assert "Chưa có chỉ mục." in portal("-c", searched, "search", "status").output
    portal("-c", searched, "search", "rebuild")
    told = portal("-c", searched, "search", "status").output
    assert "2 tài liệu" in told
    assert "Không tiến trình nào" in told


def test_the_doctor_says_what_is_wrong_with_the_index(
    portal: Run, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched = ready
    publish(searched, "Về việc nghỉ Tết")
    assert found(portal, searched)["level"] == "warning"  # nobody has built it yet
    portal("-c", searched, "search", "rebuild")
    assert found(portal, searched)["level"] == "ok"
    publish(searched, "Chưa ai đọc")
    later = now() + timedelta(minutes=3)
    with monkeypatch.context() as patched:
        patched.setattr("portal.clock.now", lambda: later)
        behind = found(portal, searched)
    assert behind["level"] == "wrong"
    assert "serve" in behind["remedy"]
    instance = open_instance(searched)
    current = instance.registry["portal.search"].place.folder.current()
    (current.path / "state.json").write_text("{")
    instance.close()
    damaged = found(portal, searched)
    assert damaged["level"] == "wrong"
    assert "search rebuild" in damaged["remedy"]
