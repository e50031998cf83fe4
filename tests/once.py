"""What is done once: tests that no database changes run on SQLite only, coverage is measured for the first few runs.

What is no different on PostgreSQL: tests that touch no database, or are marked `any_database`.

A test touches one when one of its fixtures reads `PORTAL_TEST_DATABASE`, or its module does; `test_once` checks that
nothing else can read it. `PORTAL_TEST_ALL=1` runs every test, and every test's full matrix, everywhere.
"""

import inspect
import os
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

import pytest

DATABASE, ALL = "PORTAL_TEST_DATABASE", "PORTAL_TEST_ALL"
RUN_ALL = bool(os.environ.get(ALL))
SECOND = bool(os.environ.get(DATABASE)) and not RUN_ALL
"""This run repeats another one on a second database: long matrices ask what a database may change."""
_COUNT = pytest.StashKey[int]()
MEASURED = 3
"""So many runs of a function with many parameters are measured: the others pass the same lines, at half the speed."""


def touches_a_database(item: pytest.Item) -> bool:
    """Whether the test may behave differently with another database."""
    if item.get_closest_marker("any_database"):
        return False
    fixtures = getattr(item, "_fixtureinfo", None)
    if not isinstance(item, pytest.Function) or fixtures is None:
        return True  # a doctest, a script: who knows
    used = (definition.func for found in fixtures.name2fixturedefs.values() for definition in found)
    return _mentions(item.module) or any(map(_mentions, used))


@cache
def _mentions(code: Any) -> bool:
    try:
        return DATABASE in inspect.getsource(code if isinstance(code, ModuleType) else inspect.unwrap(code))
    except (OSError, TypeError):  # written in C, or made by a decorator
        return False


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on PostgreSQL, what the run on SQLite has shown already."""
    runs = Counter[str]()
    for item in items:
        function = item.nodeid.partition("[")[0]
        runs[function] += 1
        if runs[function] > MEASURED:
            item.add_marker(pytest.mark.unmeasured)
    if not os.environ.get(DATABASE) or RUN_ALL:
        return
    left_out = [item for item in items if not touches_a_database(item)]
    if left_out:
        items[:] = [item for item in items if touches_a_database(item)]
        config.hook.pytest_deselected(items=left_out)
        config.stash[_COUNT] = len(left_out)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Measure nothing, neither its fixtures, of a test marked `unmeasured`.

    The tracer is set aside, not stopped: each start of coverage would add its handlers of forks once more.
    """
    if "unmeasured" not in item.keywords:
        return (yield)
    tracer, of_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type]
    try:
        return (yield)
    finally:
        sys.settrace(tracer)
        threading.settrace(of_threads)  # type: ignore[arg-type]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Each of several processes collects the same tests; the last one's count is everybody's."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["once"] = session.config.stash.get(_COUNT, 0)


class Controller:
    """Hears from the processes of pytest-xdist."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        self.config.stash[_COUNT] = getattr(node, "workeroutput", {}).get("once", 0)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Controller(config))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    count = config.stash.get(_COUNT, 0)
    if count:
        terminalreporter.write_line(
            f"{count} tests are the same on every database: they run on SQLite only ({ALL}=1 runs all)"
        )
