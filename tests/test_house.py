"""The rules of the house that no other tool checks."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from pyramid.exceptions import ConfigurationError, ConfigurationExecutionError
from pyramid.response import Response

import portal
from portal.settings import PREFIX, ROOT, Settings, UnknownSetting, read

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60


def paragraphs(ini: str) -> Iterator[list[str]]:
    for paragraph in ini.split("\n\n"):
        yield paragraph.splitlines()


def test_every_setting_stands_in_development_ini_under_a_comment() -> None:
    explained: set[str] = set()
    for lines in paragraphs((ROOT / "development.ini").read_text()):
        if any(line.startswith("#") for line in lines):
            explained |= {line.split("=")[0].strip() for line in lines if line.startswith(PREFIX)}
    assert explained == {PREFIX + field.name for field in fields(Settings)}


def test_development_ini_can_be_read() -> None:
    from portal.serve import ini

    assert ini.settings_of(ROOT / "development.ini").theme == "central"


def test_an_unknown_key_stops_the_start_with_its_name() -> None:
    with pytest.raises(UnknownSetting) as refused:
        read({"portal.max_uplod": "1"})
    told = refused.value.message.interpolate()
    assert "portal.max_uplod" in told
    assert "portal.max_upload" in told


def test_a_view_without_a_permission_stops_the_start(settings: Settings) -> None:
    config = portal.configure(settings)
    config.add_route("test.open", "/cua-mo")
    config.add_view(lambda request: Response(), route_name="test.open")
    with pytest.raises((ConfigurationError, ConfigurationExecutionError), match="does not state its permission"):
        config.commit()


def test_a_view_with_an_unknown_permission_stops_the_start(settings: Settings) -> None:
    config = portal.configure(settings)
    config.add_route("test.open", "/cua-mo")
    config.add_view(lambda request: Response(), route_name="test.open", permission="nobody.knows")
    with pytest.raises((ConfigurationError, ConfigurationExecutionError), match=r"nobody\.knows"):
        config.commit()


def test_help_imports_neither_the_framework_nor_the_database() -> None:
    program = (
        "import sys; sys.argv = ['portal', '--help']\n"
        "from portal.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(told.stderr.split())
    assert "click" in loaded
    assert not loaded & {"pyramid", "sqlalchemy", "alembic", "waitress", "jinja2", "rich", "plaster"}


def modules() -> list[Path]:
    return sorted(path for path in (ROOT / "portal").rglob("*.py") if "versions" not in path.parts)


def test_no_module_is_two_things() -> None:
    long = {path.relative_to(ROOT): len(path.read_text().splitlines()) for path in modules()}
    assert {path: lines for path, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_two_things() -> None:
    long = {}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert long == {}


def test_the_lock_has_hashes_and_no_addresses() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    pinned = re.findall(r"^[a-z0-9.-]+==", lock, flags=re.MULTILINE)
    assert len(pinned) > 50
    assert "://" not in lock
    assert " @ " not in lock
    assert all("--hash=sha256:" in part for part in re.split(r"^(?=[a-z0-9.-]+==)", lock, flags=re.MULTILINE)[1:])


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_pins_every_dependency_of_the_program() -> None:
    pinned = re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements.lock").read_text(), flags=re.MULTILINE)
    declared = {normal(Requirement(line).name) for line in requires("portal") or []}
    assert declared - {normal(name) for name in pinned} == set()


def test_the_program_imports_only_what_its_installation_brings() -> None:
    brought: set[str] = set()
    waiting = [Requirement(line) for line in requires("portal") or [] if "extra" not in line]
    while waiting:
        wanted = waiting.pop()
        if normal(wanted.name) in brought or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        brought.add(normal(wanted.name))
        waiting += [Requirement(line) for line in requires(wanted.name) or []]
    homes = packages_distributions()
    foreign = {name for name in imported() if name not in sys.stdlib_module_names and name != "portal"}
    assert {name for name in foreign if not brought & {normal(home) for home in homes.get(name, [])}} == set()


def imported() -> set[str]:
    """The top-level modules that the program imports anywhere."""
    found: set[str] = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found
