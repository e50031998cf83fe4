"""The contract is one; each test of it runs on both engines."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from search.engines.reference import Reference

from portal.search.engine import Index, Unit
from portal.search.engines import engine_named
from portal.settings import ROOT

ENGINES = ("whoosh", "tantivy")
MEMORY = 1 << 20


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    pytest.importorskip(name)
    return name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "index"
    made.mkdir()
    return made


@pytest.fixture
def index(engine: str, folder: Path) -> Iterator[Index]:
    made = engine_named(engine).create(folder)
    yield made
    made.close()


@pytest.fixture
def filled(index: Index) -> Callable[[Sequence[Unit]], tuple[Index, Reference]]:
    """`filled(units)`: an index built from them, beside the reference."""

    def fill(units: Sequence[Unit]) -> tuple[Index, Reference]:
        by_uid: dict[str, list[Unit]] = {}
        for each in units:
            by_uid.setdefault(each.uid, []).append(each)
        index.build(by_uid.items())
        return index, Reference(by_uid.items())

    return fill


@pytest.fixture
def child(engine: str, folder: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """`child("writing", 1)` begins a process that writes into the same folder."""
    begun: list[subprocess.Popen[str]] = []

    def begin(*arguments: Any) -> subprocess.Popen[str]:
        paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
        command = [sys.executable, "-m", "search.engines.child", engine, str(folder), *map(str, arguments)]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}, cwd=folder.parent
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
