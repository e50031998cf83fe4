"""Fixtures for instances that are really served."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from serve.serving import Gate, Served, program


@pytest.fixture
def ini(tmp_path: Path) -> Path:
    """An instance whose application is `answers.py`: it tells who answers, and can be made to wait."""
    path = tmp_path / "instance.ini"
    path.write_text("[app:main]\nuse = call:answers:app\n")
    return path


@pytest.fixture
def serve(ini: Path) -> Iterator[Callable[..., Served]]:
    """`serve("--processes", "2")` → a `Served`."""
    running: list[Served] = []

    def go(*arguments: str, **environment: str) -> Served:
        command = (program("portal"), "-c", str(ini), "serve", "--listen", "127.0.0.1:0")
        running.append(Served(*command, *arguments, **environment))
        return running[-1]

    yield go
    for served in running:
        served.close()


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    """Where the application's `/slow` waits."""
    return Gate(tmp_path / "gate")
