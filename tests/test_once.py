"""No test that may behave differently on PostgreSQL is left out there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import once
import pytest

HERE = Path(__file__).parent
PASSES_ON = {"once.py", "test_once.py"}


def readers(file: Path) -> Iterator[tuple[str, bool]]:
    """The functions of a file that name the variable as a value, and whether pytest finds each by itself."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            words = [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant)]
            if once.DATABASE in words:
                fixture = any("fixture" in ast.unparse(decorator) for decorator in node.decorator_list)
                yield node.name, fixture


def test_only_fixtures_and_test_modules_ask_which_database_it_is() -> None:
    hidden = [
        f"{file.relative_to(HERE)}: {name}"
        for file in sorted(HERE.rglob("*.py"))
        if file.name not in PASSES_ON and not file.name.startswith("test_")
        for name, fixture in readers(file)
        if not fixture
    ]
    assert not hidden, f"make these fixtures, or PostgreSQL is not tested where they are used: {hidden}"


def test_no_test_asks_for_a_database_behind_the_back_of_its_signature() -> None:
    """`getfixturevalue` names fixtures that the collection does not see."""
    asking = [
        str(file.relative_to(HERE))
        for file in sorted(HERE.rglob("*.py"))
        if file.name not in PASSES_ON and "getfixturevalue(" in file.read_text(encoding="utf-8")
    ]
    assert asking == []


def test_what_touches_a_database_is_told_from_what_does_not(pytester_items: dict[str, pytest.Item]) -> None:
    told = {name: once.touches_a_database(item) for name, item in pytester_items.items()}
    assert told == {"of_database": True, "of_own_database": True, "of_nothing": False}


@pytest.fixture
def pytester_items(request: pytest.FixtureRequest) -> dict[str, pytest.Item]:
    """Items that nobody runs, collected with this suite's own fixtures."""
    parent = request.node.parent
    functions = {"of_database": lambda db: None, "of_own_database": lambda tmp_path, engine: None}
    made = {**functions, "of_nothing": lambda tmp_path, at: None}
    return {name: _item(parent, name, function) for name, function in made.items()}


def _item(parent: pytest.Module, name: str, function: object) -> pytest.Item:
    fixtures = parent.session._fixturemanager.getfixtureinfo(parent, function, None)
    return pytest.Function.from_parent(parent, name=name, callobj=function, fixtureinfo=fixtures)
